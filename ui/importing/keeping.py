"""Keeps the review under way in the user's folder, so that it can be left and resumed, after a restart too."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from storage.catalogue import Catalogue
from storage.domain.proposal import Decision
from storage.domain.review import Review, kept_of
from storage.domain.text import Text
from storage.errors import CatalogueError
from storage.exchange.paused import STEPS, Paused, PausedReviews, Told
from ui.importing.state import State
from ui.job import Progress
from ui.page import Context

FOLDER = "reviews"
SOON_MS = 500
DECIDED_A_MS = 40  # so many decisions put off the writing by a millisecond

log = logging.getLogger(__name__)


class Keeper(QObject):
    """Writes on a worker, soon after something moved; when the window closes, at once. Emits `kept`."""

    kept = Signal()

    def __init__(self, context: Context, state: Callable[[], State], parent: QObject) -> None:
        super().__init__(parent)
        self.reviews = PausedReviews(context.folder / FOLDER)
        self._context = context
        self._state = state
        self._told: Text | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        context.closing.connect(self._keep_at_once)

    def take_in(self, path: Path) -> tuple[str, Text | None]:
        """Copy a workbook; return the id of its review, blank with the reason where it cannot be kept."""
        try:
            return self.reviews.begin(path), None
        except CatalogueError as error:
            return "", error.text

    @Slot()
    def keep_soon(self) -> None:
        """Write before long how the review stands."""
        state = self._state()
        if _is_kept(state) and not self._timer.isActive():
            decided = len(state.review.decisions) if state.review else 0
            self._timer.start(SOON_MS + decided // DECIDED_A_MS)

    @Slot()
    def keep(self) -> None:
        """Write on a worker how the review stands now."""
        self._timer.stop()
        state = self._state()
        if not _is_kept(state):
            return
        self._run(state.keep_id, self._writing(state))

    def throw_away(self) -> None:
        """Put the review under way aside; it can be restored until the next start."""
        state = self._state()
        if not _is_kept(state):
            return
        write, discard = self._writing(state), partial(self.reviews.discard, state.keep_id)

        def write_and_discard() -> None:
            write()
            discard()

        self._run(state.keep_id, write_and_discard)

    def discard(self, id: str) -> None:
        """Put a review aside that was left."""
        self._run(id, partial(self.reviews.discard, id))

    def restore(self, id: str) -> None:
        """Take a discarded review back."""
        self._run(id, partial(self.reviews.restore, id))

    def _run(self, id: str, work: Callable[[], None]) -> None:
        def guarded(_progress: Progress) -> Text | None:
            try:
                work()
            except CatalogueError as error:
                return error.text
            return None

        self._context.jobs.read(f"keep-{id}", guarded, self._written)

    def _written(self, trouble: Text | None) -> None:
        if trouble is not None and self._told is None:
            self._context.toast(trouble)
        self._told = trouble
        self.kept.emit()

    @Slot()
    def _keep_at_once(self) -> None:
        """Write on this thread, since the workers are about to stop."""
        if not _is_kept(self._state()):
            return
        try:
            self._writing(self._state())()
        except CatalogueError as error:
            log.warning("%s", error)

    def _writing(self, state: State) -> Callable[[], None]:
        """Return what writes the state as it is now; what takes long is left to the thread that calls it."""
        reviews, turn, seen = self.reviews, self.reviews.turn(), _Seen.of(state)
        catalogue = self._context.bridge.catalogue

        def write() -> None:
            reviews.keep(seen.paused(catalogue), turn)

        return write


@dataclass(frozen=True)
class _Seen:
    """A state as it was at one moment; `how_far` are the conflicts undecided and the changes to be written."""

    id: str
    original: Path
    step: str
    told: Told
    how_far: tuple[int, int]
    review: Review | None
    decisions: Mapping[int, Decision]

    @classmethod
    def of(cls, state: State) -> _Seen:
        choices, review = state.choices, state.review
        told = Told(state.options, state.name, dict(choices.choices), choices.new_kind, dict(state.kept))
        step, decisions = state.step.value, review.decisions if review else {}
        how_far = (review.open_count, review.count) if review else (0, 0)
        return cls(state.keep_id, state.path or Path(), step, told, how_far, review, decisions)

    def paused(self, catalogue: Catalogue) -> Paused:
        """Return what is written; looks at every item that was decided."""
        told, review = self.told, self.review
        if review is None:
            return Paused(self.id, self.original, catalogue.identity, catalogue.revision, self.step, told)
        told = replace(told, decisions={**told.decisions, **kept_of(review.items, self.decisions)})
        revision = review.proposal.revision
        return Paused(self.id, self.original, catalogue.identity, revision, self.step, told, *self.how_far)


def _is_kept(state: State) -> bool:
    return bool(state.keep_id) and state.step.value in STEPS
