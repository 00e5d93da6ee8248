"""Help > Keyboard shortcuts, Getting started, About."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from ui.command import Command
from ui.language import current_code, tr
from ui.theme import Space
from ui.widgets.labels import Label

RESOURCES = Path(__file__).parent.parent / "resources"
LICENCES = (("Cluster Atlas", Path("LICENSE")), ("Lucide", Path("resources/icons/LICENSE")))


class ShortcutList(QDialog):
    """Every command that has keys, beside them."""

    def __init__(self, commands: Iterable[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        grid = QGridLayout(self)
        grid.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.S)
        shown = [command for command in commands if command.shortcut_text]
        lines = (len(shown) + 1) // 2
        for place, command in enumerate(shown):
            side, row = divmod(place, lines)
            grid.addWidget(Label(command.label, parent=self), row, 2 * side)
            grid.addWidget(Label(command.shortcut_text, "muted", self), row, 2 * side + 1, Qt.AlignmentFlag.AlignRight)


class TextDialog(QDialog):
    """A text to read, written in Markdown."""

    def __init__(self, title: str, markdown: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        browser = QTextBrowser(self)
        browser.setOpenExternalLinks(True)
        browser.setMarkdown(markdown)
        browser.setAccessibleName(title)
        close = QPushButton(tr("Close"), self)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setSpacing(Space.M)
        column.addWidget(browser, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(640, 560)


def getting_started() -> str:
    """Return the first steps in the window's language, as Markdown."""
    path = RESOURCES / "help" / f"getting-started.{current_code()}.md"
    return path.read_text(encoding="utf-8")


def about() -> str:
    """Return what the program is and under which licences it stands, as Markdown."""
    head = tr(
        "# Cluster Atlas {version}\n\nAn offline catalogue of innovation clusters, their organisations and their "
        "figures. Nothing leaves this machine.",
        version=QGuiApplication.applicationVersion(),
    )
    used = tr(
        "It is built with Qt and PySide6 (LGPL 3), SQLAlchemy and Alembic (MIT), openpyxl and python-calamine (MIT), "
        "XlsxWriter (BSD), pyqtgraph (MIT), NumPy (BSD), RapidFuzz, platformdirs, polib and charset-normalizer (MIT), "
        "defusedxml (PSF) and the Lucide icons (ISC)."
    )
    texts = [f"## {name}\n\n{(RESOURCES.parent / path).read_text(encoding='utf-8')}" for name, path in LICENCES]
    return "\n\n".join((head, used, *texts))
