import gc
import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.job import Jobs, Progress


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[QThread] = []

    @Slot(object)
    def hear(self, value: object) -> None:
        self.heard.append(value)
        self.threads.append(QThread.currentThread())


@pytest.fixture
def listener() -> Listener:
    return Listener()


def thread_name(_progress: Progress) -> str:
    return threading.current_thread().name


def expected_trouble(_progress: Progress) -> None:
    raise CatalogueError(msg("The disk is full."))


def bug(_progress: Progress) -> None:
    raise ZeroDivisionError


def wait_idle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: jobs.idle)


class Gate:
    """Work that stands until it is opened, telling its progress."""

    def __init__(self) -> None:
        self.open = threading.Event()

    def __call__(self, progress: Progress) -> str:
        while not self.open.wait(0.005):
            progress(1, 3, "waiting")
        return "through"


@pytest.fixture
def gate() -> Gate:
    return Gate()


def test_work_runs_on_a_worker(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    jobs.run("name", thread_name, listener.hear)
    wait_idle(qtbot, jobs)
    assert str(listener.heard[0]).startswith("job")


def test_result_arrives_on_the_thread_of_the_window(qtbot: QtBot, jobs: Jobs, listener: Listener, qapp) -> None:
    jobs.run("name", thread_name, listener.hear)
    wait_idle(qtbot, jobs)
    assert listener.threads == [qapp.thread()]


def test_progress_is_told(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    job = jobs.run("gate", gate, listener.hear)
    assert job is not None
    with qtbot.waitSignal(job.progressed) as told:
        pass
    gate.open.set()
    assert told.args == [1, 3, "waiting"]


def test_telling_for_every_row_does_not_flood_the_window(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    def many_rows(progress: Progress) -> None:
        for row in range(20_000):
            progress(row, 20_000)

    job = jobs.run("rows", many_rows, listener.hear)
    assert job is not None
    told: list[object] = []
    job.progressed.connect(lambda done, _total, _what: told.append(done))
    wait_idle(qtbot, jobs)
    assert 1 <= len(told) < 100


def test_second_long_job_is_refused(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    first = jobs.run("gate", gate, listener.hear)
    with qtbot.waitSignal(jobs.refused) as refused:
        second = jobs.run("name", thread_name, listener.hear)
    gate.open.set()
    assert (second, refused.args) == (None, [first])


def test_next_job_may_start_after_the_first(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    jobs.run("one", lambda _: 1, listener.hear)
    wait_idle(qtbot, jobs)
    jobs.run("two", lambda _: 2, listener.hear)
    wait_idle(qtbot, jobs)
    assert listener.heard == [1, 2]


def test_cancelled_work_gives_no_result(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    job = jobs.run("gate", gate, listener.hear)
    assert job is not None
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    wait_idle(qtbot, jobs)
    assert listener.heard == []


def test_expected_trouble_goes_to_whoever_asked(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    jobs.run("copy", expected_trouble, listener.hear, failed=listener.hear)
    wait_idle(qtbot, jobs)
    assert str(listener.heard[0]) == "The disk is full."


def test_expected_trouble_else_goes_to_the_hook(
    qtbot: QtBot, jobs: Jobs, listener: Listener, problems: list[BaseException]
) -> None:
    jobs.run("copy", expected_trouble, listener.hear)
    wait_idle(qtbot, jobs)
    assert [str(problem) for problem in problems] == ["The disk is full."]


def test_bug_goes_to_the_hook_even_so(
    qtbot: QtBot, jobs: Jobs, listener: Listener, problems: list[BaseException]
) -> None:
    jobs.run("bug", bug, listener.hear, failed=listener.hear)
    wait_idle(qtbot, jobs)
    assert (listener.heard, [type(p) for p in problems]) == ([], [ZeroDivisionError])


def test_last_read_of_a_key_wins(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    jobs.read("search", gate, listener.hear)
    jobs.read("search", lambda _: "last", listener.hear)
    gate.open.set()
    wait_idle(qtbot, jobs)
    assert listener.heard == ["last"]


def test_reads_of_different_keys_are_both_heard(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    jobs.read("one", lambda _: 1, listener.hear)
    jobs.read("two", lambda _: 2, listener.hear)
    wait_idle(qtbot, jobs)
    assert sorted(map(str, listener.heard)) == ["1", "2"]


def test_answer_for_a_deleted_widget_is_dropped(
    qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate, problems: list[BaseException]
) -> None:
    heard = listener.heard
    jobs.read("search", gate, listener.hear)
    listener.deleteLater()
    with qtbot.waitSignal(listener.destroyed):
        pass
    gate.open.set()
    wait_idle(qtbot, jobs)
    assert (heard, problems) == ([], [])


def test_closing_stops_what_runs(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    jobs.run("gate", gate, listener.hear)
    jobs.close()
    assert listener.heard == []


def test_nothing_starts_after_closing(jobs: Jobs, listener: Listener) -> None:
    jobs.close()
    jobs.read("search", thread_name, listener.hear)
    assert jobs.run("name", thread_name, listener.hear) is None


def collects(_progress: Progress) -> bool:
    return gc.isenabled()


def test_no_worker_takes_cycles_apart(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    jobs.run("long", gate, listener.hear)
    jobs.read("quick", collects, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [False])
    assert not gc.isenabled()
    gate.open.set()
    wait_idle(qtbot, jobs)
    assert gc.isenabled()


def test_closing_brings_the_collector_back(qtbot: QtBot, jobs: Jobs, listener: Listener, gate: Gate) -> None:
    jobs.run("long", gate, listener.hear)
    jobs.close()
    jobs.close()
    assert gc.isenabled()
