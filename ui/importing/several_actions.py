"""What can be done with several workbooks that came in one go: begin anew, import all, take all of it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from storage.domain.changes import Revision
from storage.domain.text import Text, msg
from ui.command import Command
from ui.importing.several import SeveralSession
from ui.language import tr
from ui.page import Context


class SeveralActions(QObject):
    """The commands of the page while it shows several workbooks."""

    def __init__(self, context: Context, session: SeveralSession, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.session = session
        session.applied.connect(self._announce)

    def commands(self) -> tuple[Command, Command]:
        """Return what begins anew and what applies all."""
        run = self.session
        again = Command("import-several-again", msg("Other workbooks"), run.close, None, "file-plus", self._is_open)
        return again, Command("import-several", self._text, run.apply, None, "", self._can_write)

    def _is_open(self) -> bool:
        return bool(self.session.state.files) and self.session.state.busy is None

    def _can_write(self) -> bool:
        return bool(self.session.state.ready) and self.session.state.busy is None

    def _text(self) -> Text:
        count = len(self.session.state.ready)
        if not count:
            return msg("Nothing to import")
        return msg("Import 1 workbook") if count == 1 else msg("Import {n} workbooks", n=count)

    @Slot(object)
    def _announce(self, revisions: Sequence[Revision]) -> None:
        one = len(revisions) == 1
        text = revisions[0].text if one else msg("{n} workbooks imported", n=len(revisions))
        self._context.toast(text, tr("Undo"), self.session.undo_all)
