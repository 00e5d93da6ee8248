"""One import from file to revision: what the user tells it, step by step, until it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal

from storage.domain.changes import Revision
from storage.domain.review import Review
from storage.domain.text import msg
from storage.errors import CatalogueError, StaleChange
from ui.importing import work
from ui.importing.reading import Reading
from ui.importing.state import Step
from ui.importing.work import Names, Planned
from ui.job import Progress
from ui.language import tr


class ImportSession(Reading):
    """Emits `applied(Revision)` once the import is written."""

    applied = Signal(object)

    # What the columns mean

    def tell(self, **options: Any) -> None:
        """Change what a person says about the workbook (fields of Options), and read it again."""
        state, catalogue = self.state, self.context.bridge.catalogue
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

        self.read_on(msg("Reading again …"), plan, planned)

    def set_role(self, header: str, role: str) -> None:
        """Say what a column means."""
        self.tell(roles=dict(self.state.options.roles) | {header: role})

    def set_constant(self, key: str, value: str) -> None:
        """Say what holds for every row; a blank takes it back."""
        self.tell(constants=dict(self.state.options.constants) | {key: value})

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
        state, catalogue, planned = self.state, self.context.bridge.catalogue, self.state.planned
        if state.busy is not None or planned is None:
            return

        def ask(_progress: Progress) -> Names:
            return work.ask_names(catalogue, planned)

        if state.step is Step.NAMES or (state.names is not None and not state.names.asked):
            self.propose()
        elif state.names is not None:
            self.show(Step.NAMES)
        else:
            self.read_on(msg("Matching names …"), ask, self._names_asked)

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

    def propose(self, *, moved: bool = False) -> None:
        """Hold the workbook against the catalogue as it is now; decisions stay with their cells.

        `moved` tells that the catalogue changed under the review.
        """
        state, catalogue = self.state, self.context.bridge.catalogue
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
            state.note = work.note_on(review, moved=moved)

        self.read_on(msg("Comparing with the catalogue …"), propose, proposed)

    def catch_up(self) -> None:
        """Propose again when the catalogue moved under an open review; tell when an import was taken back."""
        state, catalogue = self.state, self.context.bridge.catalogue
        if state.step is Step.DONE and state.revision is not None:
            state.taken_back = state.revision.id not in catalogue.standing()
            self.moved.emit()
        elif state.review is not None and state.busy is None and state.review.proposal.revision != catalogue.revision:
            self.propose(moved=True)

    def apply(self) -> None:
        """Write what was decided, as one revision."""
        state, catalogue, review = self.state, self.context.bridge.catalogue, self.state.review
        if review is None or not review.count or state.busy is not None:
            return
        decisions = review.decisions

        def write(_progress: Progress) -> Revision | None:
            return work.write(catalogue, review.proposal, decisions)

        title = tr("Importing {file}", file=review.proposal.workbook)
        job = self.context.jobs.run(title, write, self._applied, self._not_applied)
        if job is not None:
            state.busy = msg("Writing one revision …")
            self.moved.emit()

    def discard(self) -> None:
        """Throw the review away; its folder stays till the next start, so that this can be taken back."""
        self.keeper.throw_away()
        self.state.keep_id = ""
        self.close()

    def _applied(self, revision: Revision | None) -> None:
        state = self.state
        if state.keep_id:
            self.keeper.reviews.drop(state.keep_id)
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
