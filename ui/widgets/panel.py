"""A part of a page that opens over its table, asks for something, and closes again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label


class Panel(QFrame):
    """A part of a page that asks for something; Escape closes it (`closed`)."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setProperty("inset", True)
        self.setAccessibleName(title)
        self.title = Label(title, "strong", self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self.column.setSpacing(Space.S)
        self.column.addWidget(self.title)

    def button_row(self, go: QPushButton) -> QHBoxLayout:
        """Return a row with the button that goes on, and one that closes the panel."""
        go.setProperty("primary", True)
        leave = QPushButton(tr("Cancel"), self)
        leave.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(go)
        row.addWidget(leave)
        row.addStretch()
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
