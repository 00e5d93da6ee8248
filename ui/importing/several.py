"""Several workbooks in one go: each read and compared by itself, what they disagree on decided, each a revision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from storage.catalogue import Catalogue
from storage.domain.changes import Revision
from storage.domain.disputes import OURS, Dispute, Spot, disputes
from storage.domain.proposal import Naming, Proposal
from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from ui.importing import work
from ui.importing.work import Asked, Opened
from ui.job import Progress
from ui.language import tr
from ui.page import Context


@dataclass(frozen=True)
class Received:
    """One of the workbooks: what came of reading it, and of applying it."""

    path: Path
    opened: Opened | None = None
    trouble: Text | None = None
    written: bool = False
    revision: Revision | None = None

    @property
    def proposal(self) -> Proposal | None:
        """What it would change, None where it cannot be compared without being asked."""
        return self.opened.review.proposal if self.opened and self.opened.review else None


@dataclass
class Several:
    """Where the import of several workbooks stands; `chosen` is who is right, by the spot in dispute."""

    files: tuple[Received, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    chosen: dict[Spot, int] = field(default_factory=dict)
    busy: Text | None = None
    trouble: Text | None = None
    revision: int = 0

    @property
    def ready(self) -> tuple[int, ...]:
        """The places of the files that can be applied."""
        return tuple(place for place, file in enumerate(self.files) if file.proposal and not file.written)

    @property
    def undecided(self) -> int:
        """How many disputes nobody decided."""
        return sum(dispute.spot not in self.chosen for dispute in self.disputes)


class SeveralSession(QObject):
    """Emits `moved` whenever something else is to be shown, and `applied(revisions)` once something was written."""

    moved = Signal()
    applied = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.state = Several()

    def open(self, paths: Sequence[Path]) -> None:
        """Read and compare the workbooks."""
        catalogue, files = self.context.bridge.catalogue, [Received(path) for path in paths]
        revision = catalogue.revision

        def read(progress: Progress) -> Several:
            found = _compared(catalogue, tuple(_read(catalogue, file, progress) for file in files))
            return replace(found, revision=revision)

        self._run(msg("Reading {n} workbooks …", n=len(files)), read, self._show)

    def close(self) -> None:
        """Let go of the workbooks."""
        self.state = Several()
        self.moved.emit()

    def catch_up(self) -> None:
        """Compare again when the catalogue moved."""
        state, catalogue = self.state, self.context.bridge.catalogue
        if state.files and state.busy is None and state.revision != catalogue.revision:
            chosen, revision = dict(state.chosen), catalogue.revision

            def compare(progress: Progress) -> Several:
                standing = catalogue.standing()
                files = tuple(_proposed_again(catalogue, _standing(file, standing), progress) for file in state.files)
                found = _compared(catalogue, files)
                return replace(found, chosen=chosen, revision=revision, trouble=state.trouble)

            self._run(msg("Comparing with the catalogue …"), compare, self._show)

    def take_out(self, place: int) -> Received:
        """Let go of one workbook, which goes its own way, and compare the others again."""
        file, catalogue = self.state.files[place], self.context.bridge.catalogue
        left = (*self.state.files[:place], *self.state.files[place + 1 :])
        self._show(_compared(catalogue, left))
        return file

    def choose(self, dispute: Dispute, place: int) -> None:
        """Say who is right: the file of that place, or OURS for the catalogue."""
        self.state.chosen[dispute.spot] = place
        self.moved.emit()

    def apply(self) -> None:
        """Write each workbook that can be written as a revision of its own."""
        state, catalogue = self.state, self.context.bridge.catalogue

        def write(progress: Progress) -> Several:
            return _applied(catalogue, state, progress)

        self._run(msg("Importing {n} workbooks …", n=len(state.ready)), write, self._written)

    def undo(self, place: int) -> None:
        """Take the import of one workbook back; what stands in the way is told."""
        self._take_back([place])

    def undo_all(self) -> None:
        """Take the imports of all the workbooks back, the last first."""
        self._take_back(range(len(self.state.files) - 1, -1, -1))

    def _take_back(self, places: Iterable[int]) -> None:
        trouble: Text | None = None
        for file in [self.state.files[place] for place in places]:
            if not file.written or file.revision is None:
                continue
            try:
                self.context.bridge.undo(file.revision.id)
            except CatalogueError as error:
                trouble = trouble or error.text
        self.state.trouble = trouble
        self.moved.emit()
        self.catch_up()

    def _run(self, doing: Text, slow: Callable[[Progress], Several], done: Callable[[Several], None]) -> None:
        job = self.context.jobs.run(tr(doing), slow, done, self._failed)
        if job is not None:
            self.state.busy = doing
            self.moved.emit()

    def _show(self, state: Several) -> None:
        self.state = state
        self.moved.emit()
        self.catch_up()  # with what moved while it was compared

    def _written(self, state: Several) -> None:
        self._show(state)
        revisions = [file.revision for file in state.files if file.written and file.revision is not None]
        if revisions:
            self.applied.emit(revisions)

    def _failed(self, error: CatalogueError) -> None:
        self.state.busy, self.state.trouble = None, error.text
        self.moved.emit()


def _read(catalogue: Catalogue, file: Received, progress: Progress) -> Received:
    progress(what=file.path.name)
    try:
        return replace(file, opened=work.open_file(catalogue, file.path, progress))
    except CatalogueError as error:
        return replace(file, trouble=error.text)


def _asked(opened: Opened) -> Asked:
    planned = opened.planned
    if planned is None:
        return Asked(None, Naming(), {})
    return Asked(planned.recipe, Naming(new_entity_kind=planned.kind, take_same_letters=False), {})


def _standing(file: Received, standing: Collection[int]) -> Received:
    """Tell whether what was written of a workbook still stands: it may be taken back or redone in the history, too."""
    return replace(file, written=file.revision is not None and file.revision.id in standing)


def _proposed_again(catalogue: Catalogue, file: Received, progress: Progress) -> Received:
    if file.opened is None or file.opened.review is None or file.written:
        return file
    review = work.propose(catalogue, file.opened.workbook, _asked(file.opened), progress)
    return replace(file, opened=replace(file.opened, review=review))


def _compared(catalogue: Catalogue, files: tuple[Received, ...]) -> Several:
    found = disputes([None if file.written else file.proposal for file in files], catalogue.kinds)
    return Several(files, tuple(found), revision=catalogue.revision)


def _applied(catalogue: Catalogue, state: Several, progress: Progress) -> Several:
    # heavy to import: the window starts without it
    from storage.exchange import importing  # noqa: PLC0415

    files = list(state.files)
    chosen = {dispute.spot: state.chosen.get(dispute.spot, OURS) for dispute in state.disputes}

    def propose(place: int) -> Proposal:
        progress(what=files[place].path.name)
        files[place] = _proposed_again(catalogue, files[place], progress)
        proposal = files[place].proposal
        assert proposal is not None
        return proposal

    trouble: Text | None = None
    try:
        for place, revision in importing.apply_each(catalogue, state.ready, propose, chosen):
            files[place] = replace(files[place], written=True, revision=revision)
    except CatalogueError as error:
        trouble = error.text
    found = _compared(catalogue, tuple(files))
    return replace(found, chosen=dict(state.chosen), trouble=trouble)
