"""Wrapping text that can be clicked and reached by keys: a link, or a value that opens its editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.labels import Label, Role

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)


class ActiveLabel(Label):
    """Emits `activated` on a click and on Enter, Space or F2; unlike a button it wraps."""

    activated = Signal()

    def __init__(self, text: str = "", role: Role = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent, wrap=True)
        self.setProperty("active", True)
        # a label with a border would shift its text by half a letter
        self.setIndent(0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # one long word must not hold the panel open
        self.setMinimumWidth(1)
        if role == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click with the left button."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.activated.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, Space and F2."""
        if event.key() in KEYS:
            self.activated.emit()
        else:
            super().keyPressEvent(event)
