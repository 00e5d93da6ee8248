"""What can be done around an import: choose a file, go on, take back, go and see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.changes import ChangeSet, Revision, delete
from storage.domain.text import Text, msg
from storage.errors import CatalogueError, UndoBlocked
from storage.exchange.paused import Paused
from ui.command import Command
from ui.importing.clipboard import ClipboardImport
from ui.importing.remarks import Remarks
from ui.importing.session import ImportSession
from ui.importing.several import SeveralSession
from ui.importing.several_actions import SeveralActions
from ui.importing.state import Step
from ui.importing.work import imported_figures
from ui.language import tr
from ui.page import Context

PATTERNS = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.html"
BACK = {Step.REVIEW: (Step.NAMES, Step.MAPPING), Step.NAMES: (Step.MAPPING,)}


class ImportActions(QObject):
    """The commands of the page; `changed` work goes through the session and the bridge."""

    def __init__(self, context: Context, session: ImportSession, several: SeveralSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self.together = SeveralActions(context, several, self)
        self._window = parent
        self.folder = str(Path.home())
        self.clipboard = ClipboardImport(context, session, self)
        self.remarks = Remarks(context, session, parent)
        session.applied.connect(self._announce)

    def commands(self) -> Sequence[Command]:
        """Return what is in the palette and the menus."""
        back = Command("import-back", msg("One step back"), self._go_back, "Alt+Left", enabled=self._can_go_back)
        under_way = (self.forward(), back, self.stop(), self.remarks.command(), *self.leaving())
        return (self.choose(), self.clipboard.command(), *self.together.commands(), *under_way, *self.afterwards())

    def choose(self) -> Command:
        """Return the command that asks for a file."""
        return Command("import-choose", msg("Choose a workbook …"), self.choose_file, None, "folder-open")

    def stop(self) -> Command:
        """Return the command that stops the reading."""
        return Command("import-stop", msg("Stop reading"), self._session.stop, None, "x", self._session.is_reading)

    def forward(self) -> Command:
        """Return the command of the button that leads on."""
        return Command("import-forward", self._forward_text, self._go_on, "Ctrl+Return", enabled=self._can_go_on)

    def again(self) -> Command:
        """Return the command that begins anew."""
        return Command("import-again", msg("Another workbook"), self._session.close, None, "file-plus")

    def leaving(self) -> Sequence[Command]:
        """Return the ways out of an import that is under way."""
        discard = Command("import-discard", msg("Discard"), self.discard, None, "trash-2", self._is_under_way)
        return (Command("import-leave", msg("Leave for later"), self._leave, None, "save", self._is_under_way), discard)

    def afterwards(self) -> Sequence[Command]:
        """Return what is offered once the import is written."""
        return (
            Command("import-data", msg("Show the figures"), self._show_data, None, "table-2", self._has_figures),
            Command("import-undo", msg("Undo this import"), self._undo_own, None, "undo-2", self._can_undo),
            Command("import-history", msg("Show in the history"), self._show_own, None, "history", self._was_written),
            self.again(),
        )

    # Going on and back

    def choose_file(self) -> None:
        """Ask for a workbook or several, and begin with them."""
        kinds = tr("Workbooks ({patterns})", patterns=PATTERNS)
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Import workbooks"), self.folder, kinds)
        if names:
            self.folder = str(Path(names[0]).parent)
            self.open([Path(name) for name in names])

    def open(self, paths: Sequence[Path]) -> None:
        """Begin with a workbook, or with several in one go."""
        if len(paths) == 1:
            self._session.open(paths[0])
        else:
            self._session.close()
            self.together.session.open(paths)

    def _forward_text(self) -> Text:
        state = self._session.state
        if state.step is Step.MAPPING:
            return msg("Go on to the names") if state.names is None or state.names.asked else msg("Review the changes")
        if state.step is Step.NAMES:
            open_names = state.open_names
            if open_names == 1:
                return msg("Review, 1 name open")
            return msg("Review, {n} names open", n=f"{open_names:,}") if open_names else msg("Review the changes")
        count = state.review.count if state.review else 0
        if not count:
            return msg("Nothing to apply")
        return msg("Apply 1 change") if count == 1 else msg("Apply {n} changes", n=f"{count:,}")

    def _can_go_on(self) -> bool:
        state = self._session.state
        if state.busy is not None:
            return False
        if state.step is Step.MAPPING:
            return state.planned is not None and state.planned.figures > 0
        return state.step is Step.NAMES or (
            state.step is Step.REVIEW and state.review is not None and state.review.count > 0
        )

    def _go_on(self) -> None:
        if self._session.state.step is Step.REVIEW:
            self._session.apply()
        else:
            self._session.go_on()

    def _before(self) -> Step | None:
        state = self._session.state
        return next((step for step in BACK.get(state.step, ()) if state.can_show(step)), None)

    def _can_go_back(self) -> bool:
        return self._before() is not None

    def _go_back(self) -> None:
        if (step := self._before()) is not None:
            self._session.show(step)

    # Leaving

    def _is_under_way(self) -> bool:
        return self._session.state.step not in (Step.START, Step.DONE) and self._session.state.busy is None

    def _leave(self) -> None:
        """Go back to the beginning, where the review waits."""
        if not self._session.state.keep_id:
            self._context.toast(msg("This review cannot be kept for later; apply it, or discard it."))
            return
        self._session.close()

    @Slot()
    def discard(self) -> None:
        """Throw the review under way away; the toast brings it back."""
        id, path = self._session.state.keep_id, self._session.state.path
        self._session.discard()
        self._tell_discarded(id, path)

    @Slot(object)
    def resume(self, paused: Paused) -> None:
        """Take up a review that was left."""
        self._session.resume(paused)

    @Slot(object)
    def discard_left(self, paused: Paused) -> None:
        """Throw a review away that was left; the toast takes it back."""
        self._session.keeper.discard(paused.id)
        self._tell_discarded(paused.id, paused.original)

    def _tell_discarded(self, id: str, path: Path | None) -> None:
        if not id or path is None:
            return
        text = msg("The review of {file} is discarded.", file=path.name)
        self._context.toast(text, tr("Undo"), partial(self._session.keeper.restore, id))

    # Afterwards

    @Slot(object)
    def _announce(self, revision: Revision) -> None:
        self._context.toast(revision.text, tr("Undo"), self._undo_own)

    def _was_written(self) -> bool:
        return self._session.state.revision is not None

    def _can_undo(self) -> bool:
        return self._was_written() and not self._session.state.taken_back

    def _has_figures(self) -> bool:
        revision = self._session.state.revision
        return revision is not None and revision.touches("observation") and self._can_undo()

    def _show_data(self) -> None:
        review, revision = self._session.state.review, self._session.state.revision
        if review is not None and revision is not None:
            catalogue = self._context.bridge.catalogue
            self._context.show_page("data", imported_figures(catalogue, review, revision))

    def _show_own(self) -> None:
        if (revision := self._session.state.revision) is not None:
            self.show_revision(revision.id)

    def _undo_own(self) -> None:
        if (revision := self._session.state.revision) is not None:
            self.undo(revision.id)

    @Slot(int)
    def show_revision(self, number: int) -> None:
        """Go to a revision on the history page."""
        self._context.show_page("history", number)

    @Slot(int)
    def undo(self, number: int) -> None:
        """Take an import back; what stands in the way is told above the step."""
        self._step(self._context.bridge.undo, number)

    @Slot(int)
    def redo(self, number: int) -> None:
        """Write an import again."""
        self._step(self._context.bridge.redo, number)

    def _step(self, step: Callable[[int], Revision], number: int) -> None:
        self._session.complain(None)
        try:
            done = step(number)
        except CatalogueError as error:
            self._session.state.blocked = error if isinstance(error, UndoBlocked) else None
            self._session.complain(error.text)
        else:
            self._context.toast(done.text)

    @Slot(int, str)
    def forget(self, recipe: int, name: str) -> None:
        """Forget a recipe; the toast takes it back."""
        changes = ChangeSet.of([delete("recipe", recipe)])
        self._context.bridge.perform(changes, msg("Forget the recipe {name}", name=name))
