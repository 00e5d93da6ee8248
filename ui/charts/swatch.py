"""A short piece of a series' line with its marker: what a legend and a chip show."""

from __future__ import annotations

from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui.charts.ink import Ink
from ui.charts.plan import Entry

WIDTH, HEIGHT = 26, 14
MARKER = 7
LINE = 1.75


def paint_swatch(painter: QPainter, box: QRectF, entry: Entry, ink: Ink) -> None:
    """Draw the line with its dash, and the marker in its middle."""
    style = ink.style(entry)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(style.pen(LINE * ink.scale))
    middle = box.center()
    painter.drawLine(QPointF(box.left() + 1, middle.y()), QPointF(box.right() - 1, middle.y()))
    painter.translate(middle)
    fill = QBrush(ink.colour("panel") if entry.pale else style.colour)
    drawSymbol(painter, style.marker, MARKER, ink.stroke(style.colour, 1.0), fill)
    painter.restore()


def swatch_icon(entry: Entry, ink: Ink) -> QIcon:
    """Return the swatch as an icon in the ink of the moment."""
    scale = QApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(QSize(WIDTH, HEIGHT) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_swatch(painter, QRectF(0, 0, WIDTH, HEIGHT), entry, ink)
    painter.end()
    return QIcon(picture)


class Swatch(QWidget):
    """A swatch that stands by itself, beside a name."""

    def __init__(self, entry: Entry, ink: Ink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry, self._ink = entry, ink
        self.setFixedSize(WIDTH, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the swatch."""
        painter = QPainter(self)
        paint_swatch(painter, QRectF(self.rect()), self._entry, self._ink)
        painter.end()
