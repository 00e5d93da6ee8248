"""What stands over the marks of a panel: whiskers, competing figures, the words of its kind, the current mark."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QBrush, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsObject

from ui.charts.plan import Mark
from ui.charts.sheet import Sheet

CAP = 4.0
DIAMOND = 4.0
RING = 8.0
AWAY = 6.0  # between a mark and its words


class Overlay(QGraphicsObject):
    """Lies over a ViewBox in its pixels, so that texts and marks keep their size at any range."""

    def __init__(self, view: Any) -> None:
        super().__init__()
        # a parent given to the constructor would be destroyed first, and the process with it
        self.setParentItem(view)
        self._view = view
        self._sheet: Sheet | None = None
        self.current: Mark | None = None
        self.setZValue(100)
        view.sigResized.connect(self._moved)
        view.sigRangeChanged.connect(self._moved)

    def show_sheet(self, sheet: Sheet) -> None:
        """Take what to draw."""
        self._sheet = sheet
        self.current = None
        self.update()

    def show_current(self, mark: Mark | None) -> None:
        """Put a ring around a mark."""
        if mark is not self.current:
            self.current = mark
            self.update()

    @Slot()
    def _moved(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the view, and the room for values that stick out."""
        return QRectF(self._view.rect())

    def position(self, mark: Mark) -> QPointF:
        """Return where a mark stands, in the view's pixels."""
        return self.point(mark.x, mark.y)

    def point(self, x: float, y: float) -> QPointF:
        """Return where values stand, in the view's pixels."""
        return QPointF(self._view.mapFromView(QPointF(x, y)))

    def paint(self, painter: QPainter, _option: Any, _widget: Any = None) -> None:
        """Draw everything for the range and size of the moment."""
        sheet = self._sheet
        if sheet is None or not sheet.panel.marks:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sheet.ink.font)
        self._paint_whiskers(painter, sheet)
        self._paint_rivals(painter, sheet)
        sheet.plan.kind.annotate(self, sheet, painter)
        self._paint_current(painter, sheet)

    def _paint_whiskers(self, painter: QPainter, sheet: Sheet) -> None:
        filled, text = sheet.plan.kind.filled, sheet.ink.colour("text")
        for mark in sheet.panel.marks:
            painter.setPen(sheet.ink.stroke(text if filled else sheet.colour(mark), 1.25))
            if mark.y_span is not None:
                low, high = (self.point(mark.x, y) for y in mark.y_span)
                _whisker(painter, low, high, QPointF(CAP, 0.0))
            if mark.x_span is not None:
                low, high = (self.point(x, mark.y) for x in mark.x_span)
                _whisker(painter, low, high, QPointF(0.0, CAP))

    def _paint_rivals(self, painter: QPainter, sheet: Sheet) -> None:
        """A small open diamond for each competing figure, tied to the one that is drawn."""
        ink = sheet.ink
        for mark in sheet.panel.marks:
            for amount in mark.rival_amounts:
                at, here = self.point(*sheet.plan.kind.place(mark, amount)), self.position(mark)
                painter.setPen(ink.stroke(ink.colour("mind"), 1.0))
                painter.drawLine(here, at)
                painter.setPen(ink.stroke(ink.colour("mind"), 1.5))
                painter.setBrush(QBrush(ink.colour("panel")))
                painter.drawPolygon(_diamond(at))

    def _paint_current(self, painter: QPainter, sheet: Sheet) -> None:
        if self.current is not None:
            painter.setPen(sheet.ink.stroke(sheet.ink.colour("text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.position(self.current), RING, RING)


def _whisker(painter: QPainter, low: QPointF, high: QPointF, cap: QPointF) -> None:
    painter.drawLine(low, high)
    for end in (low, high):
        painter.drawLine(end - cap, end + cap)


def _diamond(at: QPointF) -> QPolygonF:
    size = DIAMOND
    corners = ((0, -size), (size, 0), (0, size), (-size, 0))
    return QPolygonF([at + QPointF(x, y) for x, y in corners])
