"""One import from file to revision: the jobs that carry it on, and what the user tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from storage.domain.changes import Revision
from storage.domain.review import Review
from storage.domain.text import Text, msg
from storage.errors import CatalogueError, StaleChange
from storage.exchange import importing
from ui.importing import work
from ui.importing.state import State, Step
from ui.importing.work import Names, Opened, Planned
from ui.job import Job, Progress
from ui.language import tr
from ui.page import Context

Found = TypeVar("Found")


class ImportSession(QObject):
    """Emits `moved` whenever something else is to be shown, `applied(Revision)` once it is written."""

    moved = Signal()
    applied = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self.state = State()
        self._pending: tuple[State, Callable[[Any], None]] = (self.state, _nothing)

    # Reading

    def open(self, path: Path) -> None:
        """Begin with a file; what was under way is dropped."""
        catalogue = self._context.bridge.catalogue

        def read(progress: Progress) -> Opened:
            return work.open_file(catalogue, path, progress)

        job = self._context.jobs.run(tr("Reading {file}", file=path.name), read, self._opened, self._not_opened)
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

    def _read(self, doing: Text, read: Callable[[Progress], Found], done: Callable[[Found], None]) -> None:
        """Do something on a worker whose expected trouble is shown above the step; only the last one is heard."""

        def guarded(progress: Progress) -> Found | Text:
            try:
                return read(progress)
            except CatalogueError as error:
                return error.text

        self.state.busy = doing
        self._pending = (self.state, done)
        self.moved.emit()
        self._context.jobs.read("import", guarded, self._heard)

    def _heard(self, found: Any) -> None:
        state, done = self._pending
        if state is not self.state:
            return
        state.busy = None
        state.trouble = found if isinstance(found, Text) else None
        if state.trouble is None:
            done(found)
        self.moved.emit()

    # What the columns mean

    def tell(self, **options: Any) -> None:
        """Change what a person says about the workbook (fields of Options), and read it again."""
        state, catalogue = self.state, self._context.bridge.catalogue
        workbook = state.workbook
        if workbook is None:
            return
        told = replace(state.options, **options)

        def plan(progress: Progress) -> Planned:
            return work.plan(catalogue, workbook, told, progress)

        def planned(found: Planned) -> None:
            state.drop_review()
            state.options, state.planned, state.names = told, found, None
            state.choices.new_kind = found.kind

        self._read(msg("Reading again …"), plan, planned)

    def set_role(self, header: str, role: str) -> None:
        """Say what a column means."""
        self.tell(roles=dict(self.state.options.roles) | {header: role})

    def set_constant(self, key: str, value: str) -> None:
        """Say what holds for every row; a blank takes it back."""
        constants = {name: told for name, told in self.state.options.constants.items() if name != key}
        self.tell(constants=constants | ({key: value} if value else {}))

    def rename(self, name: str) -> None:
        """Give the recipe another name."""
        if name.strip() != self.state.recipe_name:
            self.state.name = name.strip()
            self.state.drop_review()
            self.moved.emit()

    # Steps

    def show(self, step: Step) -> None:
        """Go to a step that is ready."""
        if self.state.can_show(step):
            self.state.step = step
            self.state.trouble = None
            self.moved.emit()

    def go_on(self) -> None:
        """Leave the columns for the names, and the names for the review."""
        state, catalogue, planned = self.state, self._context.bridge.catalogue, self.state.planned
        if state.busy is not None or planned is None:
            return

        def ask(_progress: Progress) -> Names:
            return work.ask_names(catalogue, planned)

        if state.step is Step.NAMES or (state.names is not None and not state.names.asked):
            self.propose()
        elif state.names is not None:
            self.show(Step.NAMES)
        else:
            self._read(msg("Matching names …"), ask, self._names_asked)

    def _names_asked(self, names: Names) -> None:
        self.state.names = names
        if names.asked:
            self.state.step = Step.NAMES
        else:
            self.propose()

    def names_moved(self) -> None:
        """Take note that somebody chose what a name means."""
        self.state.drop_review()
        self.moved.emit()

    # Review

    def propose(self) -> None:
        """Hold the workbook against the catalogue as it is now; decisions stay with their cells."""
        state, catalogue = self.state, self._context.bridge.catalogue
        workbook = state.workbook
        if workbook is None:
            return
        kept = state.kept | (state.review.kept if state.review else {})
        recipe = replace(state.planned.recipe, name=state.recipe_name) if state.planned else None
        asked = work.Asked(recipe, state.choices.naming, kept)

        def propose(progress: Progress) -> Review:
            return work.propose(catalogue, workbook, asked, progress)

        def proposed(review: Review) -> None:
            state.review, state.step = review, Step.REVIEW

        self._read(msg("Comparing with the catalogue …"), propose, proposed)

    def catch_up(self) -> None:
        """Propose again when the catalogue moved under an open review; tell when an import was taken back."""
        state, catalogue = self.state, self._context.bridge.catalogue
        if state.step is Step.DONE and state.revision is not None:
            state.taken_back = state.revision.id not in catalogue.standing()
            self.moved.emit()
        elif state.review is not None and state.busy is None and state.review.proposal.revision != catalogue.revision:
            state.note = msg("The catalogue changed meanwhile, so the workbook was compared again.")
            self.propose()

    def apply(self) -> None:
        """Write what was decided, as one revision."""
        state, catalogue, review = self.state, self._context.bridge.catalogue, self.state.review
        if review is None or not review.count or state.busy is not None:
            return
        decisions = review.decisions

        def write(_progress: Progress) -> Revision | None:
            return importing.apply(catalogue, review.proposal, decisions)

        title = tr("Importing {file}", file=review.proposal.workbook)
        job = self._context.jobs.run(title, write, self._applied, self._not_applied)
        if job is not None:
            state.busy = msg("Writing one revision …")
            self.moved.emit()

    def _applied(self, revision: Revision | None) -> None:
        state = self.state
        state.busy, state.trouble, state.note = None, None, None
        state.revision, state.step = revision, Step.DONE
        self.moved.emit()
        if revision is not None:
            self.applied.emit(revision)

    def _not_applied(self, error: CatalogueError) -> None:
        self.state.busy = None
        self.state.trouble = error.text
        self.moved.emit()
        if isinstance(error, StaleChange):
            self.catch_up()


def _nothing(_found: Any) -> None:
    """Wait for nothing."""
