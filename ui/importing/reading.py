"""The file of an import: opened on a worker, stopped, closed; and quick work whose trouble is shown above the step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from ui.importing import work
from ui.importing.state import State, Step
from ui.importing.work import Opened
from ui.job import Job, Progress
from ui.language import tr
from ui.page import Context

Found = TypeVar("Found")


class Reading(QObject):
    """Emits `moved` whenever something else is to be shown."""

    moved = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._job: Job | None = None
        self.state = State()
        self._pending: tuple[State, Callable[[Any], None]] = (self.state, _nothing)

    def open(self, path: Path) -> None:
        """Begin with a file; what was under way is dropped."""
        catalogue = self.context.bridge.catalogue

        def read(progress: Progress) -> Opened:
            return work.open_file(catalogue, path, progress)

        job = self.context.jobs.run(tr("Reading {file}", file=path.name), read, self._opened, self._not_opened)
        if job is None:
            return
        job.cancelled.connect(self.close)
        self._job = job
        self.state = State(path=path, busy=msg("Reading {file} …", file=path.name))
        self.moved.emit()

    def complain(self, trouble: Text | None) -> None:
        """Show a sentence above the step, None to take it away."""
        self.state.trouble = trouble
        self.moved.emit()

    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._job is not None

    def stop(self) -> None:
        """Stop the reading or writing under way."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Begin anew."""
        self._job = None
        self.state = State()
        self.moved.emit()

    def _not_opened(self, error: CatalogueError) -> None:
        self._job = None
        self.state = State(trouble=error.text)
        self.moved.emit()

    def _opened(self, opened: Opened) -> None:
        self._job = None
        state = self.state
        state.workbook, state.planned, state.names = opened.workbook, opened.planned, opened.names
        state.review, state.trouble, state.busy = opened.review, opened.trouble, None
        if opened.planned is not None:
            state.choices.new_kind = opened.planned.kind
        steps = ((Step.REVIEW, opened.review), (Step.NAMES, opened.names))
        state.step = next((step for step, reached in steps if reached is not None), Step.MAPPING)
        self.moved.emit()

    def read_on(self, doing: Text, read: Callable[[Progress], Found], done: Callable[[Found], None]) -> None:
        """Do something on a worker whose expected trouble is shown above the step; only the last one is heard."""

        def guarded(progress: Progress) -> Found | Text:
            try:
                return read(progress)
            except CatalogueError as error:
                return error.text

        self.state.busy = doing
        self._pending = (self.state, done)
        self.moved.emit()
        self.context.jobs.read("import", guarded, self._heard)

    def _heard(self, found: Any) -> None:
        state, done = self._pending
        if state is not self.state:
            return
        state.busy = None
        state.trouble = found if isinstance(found, Text) else None
        if state.trouble is None:
            done(found)
        self.moved.emit()


def _nothing(_found: Any) -> None:
    """Wait for nothing."""
