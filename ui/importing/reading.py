"""The file of an import: opened on a worker, stopped, left, resumed; and quick work whose trouble is shown above."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from storage.exchange.paused import Paused
from ui.importing import work
from ui.importing.keeping import Keeper
from ui.importing.state import State, Step
from ui.importing.work import Opened
from ui.job import Job, Progress
from ui.language import tr
from ui.models.names import NameChoices
from ui.page import Context

Found = TypeVar("Found")
NAMES_GONE = msg("A record that a name was to mean is no longer there, so that name is asked again.")


class Reading(QObject):
    """Emits `moved` whenever something else is to be shown."""

    moved = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._job: Job | None = None
        self.state = State()
        self._pending: tuple[State, Callable[[Any], None]] = (self.state, _nothing)
        self.keeper = Keeper(context, self._state_now, self)
        self.moved.connect(self.keeper.keep_soon)

    def _state_now(self) -> State:
        return self.state

    def open(self, path: Path) -> None:
        """Begin with a file; what was under way is left."""
        catalogue, keeper = self.context.bridge.catalogue, self.keeper

        def read(progress: Progress) -> State:
            state = _state_of(work.open_file(catalogue, path, progress), path)
            state.keep_id, state.note = keeper.take_in(path)
            return state

        self._begin(path, read)

    def resume(self, paused: Paused) -> None:
        """Take up a review that was left, on the copy of its workbook and the catalogue as it is now."""
        catalogue, reviews = self.context.bridge.catalogue, self.keeper.reviews

        def read(progress: Progress) -> State:
            left, copy = reviews.load(paused.id)
            return _resumed(left, *work.reopen(catalogue, left, copy, progress))

        self._begin(paused.original, read)

    def _begin(self, path: Path, read: Callable[[Progress], State]) -> None:
        self.keeper.keep()
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
        """Begin anew; what was under way is left, and can be resumed."""
        self.keeper.keep()
        self._job = None
        self.state = State()
        self.moved.emit()

    def _not_opened(self, error: CatalogueError) -> None:
        self._opened(State(trouble=error.text))

    def _opened(self, state: State) -> None:
        self._job = None
        self.state = state
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


def _state_of(opened: Opened, path: Path) -> State:
    steps = ((Step.REVIEW, opened.review), (Step.NAMES, opened.names))
    step = next((step for step, reached in steps if reached is not None), Step.MAPPING)
    state = State(step, path, opened.workbook, planned=opened.planned, names=opened.names)
    state.review, state.trouble = opened.review, opened.trouble
    if opened.planned is not None:
        state.choices.new_kind = opened.planned.kind
    return state


def _resumed(left: Paused, opened: Opened, choices: NameChoices) -> State:
    state, told = _state_of(opened, left.original), left.told
    state.options, state.name, state.choices = told.options, told.recipe, choices
    state.kept, state.keep_id = dict(told.decisions), left.id
    if opened.review is not None:
        state.note = work.note_on(opened.review, moved=opened.review.proposal.revision != left.revision)
    elif len(choices.choices) < len(told.names):
        state.note = NAMES_GONE
    return state


def _nothing(_found: Any) -> None:
    """Wait for nothing."""
