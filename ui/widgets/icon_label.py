"""An icon that stands by itself and follows the palette."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.icons import Tone, icon
from ui.theme import Space


class IconLabel(QWidget):
    """Draws an icon anew at each paint, so that it never shows an old palette's colour."""

    def __init__(
        self, name: str, tone: Tone = Tone.TEXT, size: int = Space.ICON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.show_icon(name, tone)
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: Tone = Tone.TEXT) -> None:
        """Show another icon."""
        self._icon = icon(name, tone)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's size."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        self._icon.paint(painter, QRect(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignCenter)
        painter.end()
