"""What stands over the marks of a panel: whiskers, competing figures, breaks, values and names, the current mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QGraphicsObject

from storage.domain.caveats import amount_text
from ui.charts.ink import Ink
from ui.charts.plan import Mark, Panel, Plan, Shape
from ui.charts.wording import CONFLICT, flagged_text
from ui.language import current_code

CAP = 4.0
DIAMOND = 4.0
RING = 8.0
AWAY = 6.0
MOST_NAMES = 60  # points of a scatter that may carry their names


class Overlay(QGraphicsObject):
    """Lies over a ViewBox in its pixels, so that texts and marks keep their size at any range."""

    def __init__(self, view: Any) -> None:
        super().__init__()
        # a parent given to the constructor would be destroyed first, and the process with it
        self.setParentItem(view)
        self._view = view
        self._plan = Plan(Shape.LINE)
        self._panel = Panel("", "", ())
        self._ink: Ink | None = None
        self.current: Mark | None = None
        self.setZValue(100)
        view.sigResized.connect(self._moved)
        view.sigRangeChanged.connect(self._moved)

    def show_panel(self, plan: Plan, panel: Panel, ink: Ink) -> None:
        """Take what to draw."""
        self._plan, self._panel, self._ink = plan, panel, ink
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
        ink = self._ink
        if ink is None or not self._panel.marks:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ink.font)
        self._paint_whiskers(painter, ink)
        self._paint_rivals(painter, ink)
        if self._plan.shape is Shape.LINE:
            self._paint_breaks(painter, ink)
        elif self._plan.shape is Shape.BARS:
            self._paint_values(painter, ink)
        elif self._plan.shape is Shape.COLUMNS:
            self._paint_heads(painter, ink)
        else:
            self._paint_names(painter, ink)
        self._paint_current(painter, ink)

    def _colour(self, mark: Mark, ink: Ink) -> QColor:
        return ink.style(self._plan.entries[mark.entry]).colour

    def _paint_whiskers(self, painter: QPainter, ink: Ink) -> None:
        bars = self._plan.shape in (Shape.BARS, Shape.COLUMNS)
        for mark in self._panel.marks:
            colour = ink.colour("text") if bars else self._colour(mark, ink)
            painter.setPen(ink.stroke(colour, 1.25))
            if mark.y_span is not None:
                low, high = (self.point(mark.x, y) for y in mark.y_span)
                _whisker(painter, low, high, QPointF(CAP, 0.0))
            if mark.x_span is not None:
                low, high = (self.point(x, mark.y) for x in mark.x_span)
                _whisker(painter, low, high, QPointF(0.0, CAP))

    def _paint_rivals(self, painter: QPainter, ink: Ink) -> None:
        """A small open diamond for each competing figure, tied to the one that is drawn."""
        for mark in self._panel.marks:
            for amount in rival_amounts(mark):
                x, y = (amount, mark.y) if self._plan.shape is Shape.BARS else (mark.x, amount)
                at, here = self.point(x, y), self.position(mark)
                painter.setPen(ink.stroke(ink.colour("mind"), 1.0))
                painter.drawLine(here, at)
                painter.setPen(ink.stroke(ink.colour("mind"), 1.5))
                painter.setBrush(QBrush(ink.colour("panel")))
                painter.drawPolygon(_diamond(at))

    def _paint_breaks(self, painter: QPainter, ink: Ink) -> None:
        """Two strokes before a figure where the series begins anew."""
        painter.setPen(ink.stroke(ink.colour("mind"), 1.5))
        for mark in self._panel.marks:
            if mark.figure.broken:
                at = self.position(mark)
                for x in (at.x() - 13, at.x() - 9):
                    painter.drawLine(QPointF(x - 2, at.y() + 6), QPointF(x + 2, at.y() - 6))

    def _paint_values(self, painter: QPainter, ink: Ink) -> None:
        """The value behind the end of each bar that has room for it."""
        metrics = QFontMetricsF(ink.font)
        room = abs(self.point(0, self._plan.thickness).y() - self.point(0, 0).y())
        if room < metrics.height() * 0.75:
            return
        painter.setPen(ink.colour("text"))
        for mark in self._panel.marks:
            end = max(self.point(x, mark.y).x() for x in (*reached(mark), *self._base()))
            painter.drawText(QPointF(end + AWAY, self.position(mark).y() + metrics.capHeight() / 2), value_label(mark))

    def _base(self) -> tuple[float, ...]:
        """Where bars begin; dots begin nowhere."""
        return () if self._panel.places else (0.0,)

    def _paint_heads(self, painter: QPainter, ink: Ink) -> None:
        """The value over each column that is wide enough for it."""
        metrics = QFontMetricsF(ink.font)
        room = abs(self.point(self._plan.thickness, 0).x() - self.point(0, 0).x())
        painter.setPen(ink.colour("text"))
        for mark in self._panel.marks:
            text = value_label(mark)
            width = metrics.horizontalAdvance(text)
            if width > room + 4:
                continue
            top = min(self.point(mark.x, y).y() for y in (mark.y, *(mark.y_span or ()), *rival_amounts(mark)))
            painter.drawText(QPointF(self.position(mark).x() - width / 2, top - 4), text)

    def _paint_names(self, painter: QPainter, ink: Ink) -> None:
        """The names beside the points, as many as fit without touching another."""
        metrics = QFontMetricsF(ink.font)
        taken = [QRectF(at.x() - 5, at.y() - 5, 10, 10) for at in map(self.position, self._panel.marks)]
        taken = taken if len(taken) <= MOST_NAMES else []
        for mark in self._panel.marks[:MOST_NAMES]:
            name = self._plan.entries[mark.entry].name
            for box in _places(self.position(mark), metrics.horizontalAdvance(name), metrics.height()):
                inside = self.boundingRect().contains(box)
                if inside and not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    painter.setPen(self._colour(mark, ink))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
                    break

    def _paint_current(self, painter: QPainter, ink: Ink) -> None:
        if self.current is not None:
            painter.setPen(ink.stroke(ink.colour("text"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.position(self.current), RING, RING)


def rival_amounts(mark: Mark) -> Iterator[float]:
    """Go through the amounts of a mark's competing figures that have one."""
    for rival in mark.figure.rivals:
        if rival.amount is not None:
            yield rival.amount


def reached(mark: Mark) -> Sequence[float]:
    """Return the amounts that a lying bar reaches: its end, its whisker, its rivals."""
    return (mark.x, *(mark.x_span or ()), *rival_amounts(mark))


def value_label(mark: Mark) -> str:
    """Return what stands at a bar's end; a conflict names the other figures."""
    rivals = mark.figure.rivals
    if not rivals:
        return flagged_text(mark.figure)
    others = ", ".join(amount_text(rival, current_code()) for rival in rivals)
    return f"{amount_text(mark.figure.point, current_code())} {CONFLICT} {others}"


def _whisker(painter: QPainter, low: QPointF, high: QPointF, cap: QPointF) -> None:
    painter.drawLine(low, high)
    for end in (low, high):
        painter.drawLine(end - cap, end + cap)


def _diamond(at: QPointF) -> QPolygonF:
    size = DIAMOND
    corners = ((0, -size), (size, 0), (0, size), (-size, 0))
    return QPolygonF([at + QPointF(x, y) for x, y in corners])


def _places(at: QPointF, width: float, height: float) -> Iterator[QRectF]:
    """Right, left, above, below of a point."""
    yield QRectF(at.x() + AWAY, at.y() - height / 2, width + 4, height)
    yield QRectF(at.x() - AWAY - width - 4, at.y() - height / 2, width + 4, height)
    yield QRectF(at.x() - width / 2, at.y() - AWAY - height, width + 4, height)
    yield QRectF(at.x() - width / 2, at.y() + AWAY, width + 4, height)
