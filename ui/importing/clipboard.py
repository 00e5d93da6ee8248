"""An import that begins with cells on the clipboard: they become a file in the user's folder, read like any other."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from ui.command import Command
from ui.importing.session import ImportSession
from ui.importing.state import Step
from ui.language import tr
from ui.page import Context

FOLDER = "clipboard"


class ClipboardImport(QObject):
    """Knows whether there is a table to be had, looking once after each copy; emits `moved` when that may be so."""

    moved = Signal()

    def __init__(self, context: Context, session: ImportSession, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._tabular: bool | None = None
        QGuiApplication.clipboard().dataChanged.connect(self._forget)

    def command(self) -> Command:
        """Return the command that begins with the clipboard."""
        return Command("import-clipboard", self._text, self.paste, "Ctrl+V", "clipboard", self._can_paste)

    @Slot()
    def _forget(self) -> None:
        self._tabular = None
        self.moved.emit()

    def _text(self) -> Text:
        return msg("Import from the clipboard") if self._holds_table() else msg("No table on the clipboard")

    def _can_paste(self) -> bool:
        state = self._session.state
        return state.step is Step.START and state.busy is None and self._holds_table()

    def _holds_table(self) -> bool:
        if self._tabular is None:
            self._tabular = _is_tabular(*_contents())
        return self._tabular

    def paste(self) -> None:
        """Begin an import with the cells on the clipboard."""
        # heavy to import: the window starts without it
        from storage.workbook.clipboard import save  # noqa: PLC0415

        now = datetime.now(UTC).astimezone()
        name = tr("Clipboard {when}", when=f"{now:%Y-%m-%d %H.%M}")
        folder = self._context.folder / FOLDER
        try:
            # what was pasted before has its copy with the review that it led to
            for old in folder.glob("*") if self._session.state.busy is None else ():
                old.unlink(missing_ok=True)
            path = save(*_contents(), folder / name)
        except (CatalogueError, OSError) as error:
            self._session.complain(error.text if isinstance(error, CatalogueError) else _unwritable(error))
        else:
            self._session.open(path)


def _contents() -> tuple[str, str]:
    """Return what is on the clipboard as HTML and as plain text."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if data is None:
        return "", ""
    return data.html() if data.hasHtml() else "", data.text() if data.hasText() else ""


def _unwritable(error: OSError) -> Text:
    return msg("The cells could not be put down as a file: {reason}.", reason=error.strerror or str(error))


def _is_tabular(markup: str, text: str) -> bool:
    if not markup and not text:
        return False
    # heavy to import: the window starts without it
    from storage.workbook.clipboard import is_tabular  # noqa: PLC0415

    return is_tabular(markup, text)
