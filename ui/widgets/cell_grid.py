"""A few cells of a sheet, as in Excel, with one of them framed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.language import tr
from ui.theme import Space, Theme, TypeSize, sized, tabular

ROW, GUTTER = 28, 40
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Cells:
    """Letters over the columns, and rows of a number and texts; `marked` is the place (row, column) of the frame."""

    letters: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    marked: tuple[int, int] = (0, 0)

    @property
    def address(self) -> str:
        """The address of the marked cell."""
        row, column = self.marked
        return f"{self.letters[column]}{self.rows[row][0]}" if self.rows else ""


class CellGrid(QWidget):
    """Draws the cells in the width that it gets."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = Cells()
        self._font = tabular(sized(self.font(), TypeSize.LABEL))
        self._metrics = QFontMetrics(self._font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cells(self, cells: Cells) -> None:
        """Show other cells."""
        self._cells = cells
        row, column = cells.marked
        told = cells.rows[row][1][column] if cells.rows else ""
        self.setAccessibleName(tr("Cell {cell}: {text}", cell=cells.address, text=told))
        self.setVisible(bool(cells.rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the rows and their head."""
        return QSize(240, ROW * (len(self._cells.rows) + 1) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw letters, numbers, texts, and the frame."""
        cells, tokens = self._cells, self._theme.tokens
        if not cells.rows:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.muted))
        for place, letters in enumerate(cells.letters):
            painter.drawText(self._place(-1, place), CENTRE, letters)
        for row, (number, texts) in enumerate(cells.rows):
            top = self._place(row, 0).top()
            painter.fillRect(0, top, self.width(), 1, QColor(tokens.line))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRect(0, top, GUTTER, ROW), CENTRE, str(number))
            painter.setPen(QColor(tokens.text))
            for column, text in enumerate(texts):
                room = self._place(row, column).adjusted(Space.XS + 2, 0, -Space.XS, 0)
                shown = self._metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, LEFT, shown)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawRect(self._place(*cells.marked).adjusted(1, 1, -1, -1))
        painter.end()

    def _place(self, row: int, column: int) -> QRect:
        width = (self.width() - GUTTER) // max(len(self._cells.letters), 1)
        return QRect(GUTTER + column * width, (row + 1) * ROW, width, ROW)
