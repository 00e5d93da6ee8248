"""What the grounds of the cells of a sheet mean."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storage.domain.text import Text, msg
from ui.language import tr
from ui.models.sheet import CellState
from ui.theme import Space, Theme, TypeSize, sized
from ui.widgets.sheet_table import SIGNS, cell_ground

WORDS: dict[CellState, Text] = {
    CellState.FIGURE: msg("figure"),
    CellState.NAME: msg("name or fact"),
    CellState.PERIOD: msg("period"),
    CellState.LEFT_OUT: msg("left out or blank"),
    CellState.DOUBT: msg("doubt"),
    CellState.PROBLEM: msg("problem"),
}
BOX = 12


class SheetLegend(QWidget):
    """One line of boxes with words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = sized(self.font(), TypeSize.SMALL)
        self._metrics = QFontMetrics(self._font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("What the colours of the cells mean"))
        theme.changed.connect(self.update)

    def _words(self) -> dict[CellState, str]:
        return {state: f"{SIGNS[state]} {tr(word)}" if state in SIGNS else tr(word) for state, word in WORDS.items()}

    def sizeHint(self) -> QSize:
        """Return the room of all boxes and words."""
        width = sum(BOX + Space.XS + self._metrics.horizontalAdvance(word) + Space.M for word in self._words().values())
        return QSize(width, max(BOX, self._metrics.height()) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each box and its word."""
        painter, tokens, left = QPainter(self), self._theme.tokens, 0
        painter.setFont(self._font)
        for state, word in self._words().items():
            box = QRect(left, (self.height() - BOX) // 2, BOX, BOX)
            painter.fillRect(box, cell_ground(tokens, state))
            painter.setPen(QColor(tokens.control_line))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(QColor(tokens.muted))
            width = self._metrics.horizontalAdvance(word)
            place = QRect(left + BOX + Space.XS, 0, width + 2, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            left += BOX + Space.XS + width + Space.M
        painter.end()
