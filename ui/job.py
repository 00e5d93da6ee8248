"""Slow work on worker threads: long jobs one at a time with progress and cancel; quick reads, the last wins."""

from __future__ import annotations

import gc
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from storage.domain.text import Text
from storage.errors import CatalogueError

# more often than this nobody sees, and the queue of the window would fill
TELL_EVERY_S = 0.05

Problem = Callable[[BaseException], None]


class Cancelled(Exception):
    """Raised inside the work when the user asked to stop."""


class Progress:
    """What the work gets: call it to tell how far it is; it raises `Cancelled` once the user asked to stop."""

    def __init__(self, report: Callable[[tuple[str, Any]], None]) -> None:
        self._report = report
        self._told = -TELL_EVERY_S
        self._stop = threading.Event()

    def __call__(self, done: int = 0, total: int = 0, what: str | Text = "") -> None:
        """Tell that `done` of `total` is through; a total of 0 means that nobody knows. May be called for every row."""
        self.check()
        now = time.monotonic()
        if now - self._told >= TELL_EVERY_S:
            self._told = now
            self._report(("progress", (done, total, what)))

    def check(self) -> None:
        """Stop here when the user asked to."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next call."""
        self._stop.set()


Work = Callable[[Progress], Any]


Report = tuple[str, Any]


class _Errand:
    """What the worker gets of a job: plain Python, so that no Qt object is ever let go on another thread."""

    def __init__(self, number: int, work: Work, report: Callable[[int, Report], object]) -> None:
        self._number = number
        self._work: Work | None = work
        self._report = report
        self.progress = Progress(self._tell)

    def _tell(self, report: Report) -> None:
        self._report(self._number, report)

    def run(self) -> None:
        """Do the work; runs on the worker."""
        work, self._work = self._work, None
        assert work is not None
        try:
            self.progress.check()
            self._tell(("done", work(self.progress)))
        except Cancelled:
            self._tell(("cancelled", None))
        except BaseException as error:  # carried to the UI thread, where CatalogueError and bugs part ways
            self._tell(("failed", error))


class Job(QObject):
    """One piece of work; all signals arrive on the thread that made the job."""

    progressed = Signal(int, int, object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, title: str, progress: Progress, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._progress = progress

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._progress.cancel()

    def abandon(self) -> None:
        """Ask the work to stop and hear no more of it."""
        self.cancel()
        self.done.disconnect()
        self.failed.disconnect()

    def hear(self, report: Report) -> None:
        """Tell on what the worker said."""
        what, value = report
        if what == "progress":
            self.progressed.emit(*value)
            return
        signals = {"done": self.done, "failed": self.failed}
        if what in signals:
            signals[what].emit(value)
        else:
            self.cancelled.emit()
        self.finished.emit()


class _Collector:
    """Lets the collector of cycles rest while workers run; it comes back on the UI thread.

    On a worker's thread it would take Qt objects apart while the UI thread uses them, which ends the process.
    """

    def __init__(self) -> None:
        self._workers = 0

    def rest(self) -> None:
        """Take note that a worker begins."""
        self._workers += 1
        gc.disable()

    def wake(self, workers: int = 1) -> None:
        """Take note that workers ended; what they left is looked through here, so that none of them begins with it."""
        self._workers -= workers
        if workers and not self._workers:
            gc.collect(1)
            gc.enable()


_COLLECTOR = _Collector()


class Jobs(QObject):
    """Runs jobs: `run` for long ones, one at a time; `read` for quick ones, of which the last of each key is heard."""

    started = Signal(object)
    refused = Signal(object)
    _reported = Signal(int, object)

    def __init__(self, problem: Problem, parent: QObject | None = None) -> None:
        """`problem` hears every error that no job's own `failed` takes."""
        super().__init__(parent)
        self._problem = problem
        self._long = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._quick = ThreadPoolExecutor(max_workers=2, thread_name_prefix="read")
        self._current: Job | None = None
        self._latest: dict[str, Job] = {}
        self._under_way: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._reported.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._closed = False

    @property
    def current(self) -> Job | None:
        """The long job under way."""
        return self._current

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._current is None and not self._latest

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], object],
        failed: Callable[[CatalogueError], object] | None = None,
    ) -> Job | None:
        """Start long work with progress in the status bar; None (and `refused`) while another runs.

        `done` gets the result, `failed` a CatalogueError; bugs go to the hook.
        """
        if self._closed:
            return None
        if self._current is not None:
            self.refused.emit(self._current)
            return None
        job, errand = self._prepared(title, work, done, failed)
        self._current = job
        job.finished.connect(self._long_finished)
        self.started.emit(job)
        self._long.submit(errand.run)
        return job

    def read(self, key: str, work: Work, done: Callable[[Any], object]) -> None:
        """Start quick work without progress; an earlier one of the same key is no longer heard."""
        if self._closed:
            return
        if earlier := self._latest.get(key):
            earlier.abandon()
        job, errand = self._prepared(key, work, done, None)
        self._latest[key] = job
        job.setObjectName(key)
        job.finished.connect(self._quick_finished)
        self._quick.submit(errand.run)

    def close(self) -> None:
        """Stop everything and wait for the workers; nothing starts or is heard afterwards."""
        if self._closed:
            return
        self._closed = True
        for job in (self._current, *self._latest.values()):
            if job is not None:
                job.cancel()
        self._long.shutdown(wait=True, cancel_futures=True)
        self._quick.shutdown(wait=True, cancel_futures=True)
        _COLLECTOR.wake(len(self._under_way))

    def _prepared(
        self, title: str, work: Work, done: Callable[[Any], object], failed: Callable[[CatalogueError], object] | None
    ) -> tuple[Job, _Errand]:
        _COLLECTOR.rest()
        number = next(self._numbers)
        errand = _Errand(number, work, self._reported.emit)
        job = self._under_way[number] = Job(title, errand.progress, self)
        job.done.connect(_Listener(job, done).hear)
        job.failed.connect(_Listener(job, _sorted_failure(failed or self._problem, self._problem)).hear)
        return job, errand

    @Slot(int, object)
    def _hear(self, number: int, report: Report) -> None:
        if report[0] == "progress":
            self._under_way[number].hear(report)
            return
        job = self._under_way.pop(number)
        if not self._closed:
            _COLLECTOR.wake()
        job.hear(report)

    @Slot()
    def _long_finished(self) -> None:
        job, self._current = self._current, None
        if job is not None:
            job.setParent(None)  # goes with its last reference; a deferred deletion was seen to strike it twice

    @Slot()
    def _quick_finished(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            if self._latest.get(job.title) is job:
                del self._latest[job.title]
            job.setParent(None)


class _Listener(QObject):
    """Calls back on the UI thread, unless the widget that wanted the answer is gone."""

    def __init__(self, job: Job, callback: Callable[[Any], object]) -> None:
        super().__init__(job)
        self._callback = callback

    @Slot(object)
    def hear(self, value: object) -> None:
        owner = getattr(self._callback, "__self__", None)
        if not isinstance(owner, QObject) or isValid(owner):
            self._callback(value)


def _sorted_failure(expected: Callable[[CatalogueError], object], bug: Problem) -> Problem:
    def sort(error: BaseException) -> None:
        if isinstance(error, CatalogueError):
            expected(error)
        else:
            bug(error)

    return sort
