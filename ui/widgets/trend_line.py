"""A small line without axes: how a figure moved, with gaps where nothing is known and whiskers for bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

DOT = 2.0
WIDTH, HEIGHT = 72, 20


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One figure at its place in time (any unit); `broken` when it does not compare with the one before."""

    position: float
    value: float | None
    low: float | None = None
    high: float | None = None
    broken: bool = False


def segments(points: Sequence[TrendPoint]) -> list[list[TrendPoint]]:
    """Return the runs of points that a line may join: parted by unknown values and by breaks."""
    runs: list[list[TrendPoint]] = [[]]
    for point in points:
        if (point.value is None or point.broken) and runs[-1]:
            runs.append([])
        if point.value is not None:
            runs[-1].append(point)
    return [run for run in runs if run]


class TrendLine(QWidget):
    """Draws its points in the palette's accent, the newest one as a dot; nothing for less than two values."""

    def __init__(self, points: Sequence[TrendPoint] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[TrendPoint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_points(points)

    def show_points(self, points: Sequence[TrendPoint]) -> None:
        """Show other points, in any order."""
        known = sorted(points, key=lambda point: point.position)
        self._points = tuple(known) if sum(point.value is not None for point in known) > 1 else ()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that fits a row."""
        return QSize(WIDTH, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw whiskers, lines and the newest point."""
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = _Scale(self._points, QRectF(self.rect()).adjusted(DOT, DOT + 1, -DOT - 1, -DOT - 1))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1.0))
        for point in self._points:
            if point.low is not None and point.high is not None:
                painter.drawLine(scale.place(point.position, point.low), scale.place(point.position, point.high))
        accent = self.palette().color(QPalette.ColorRole.Accent)
        painter.setPen(QPen(accent, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(accent)
        runs = segments(self._points)
        for run in runs:
            places = [scale.place(point.position, point.value or 0.0) for point in run]
            painter.drawPolyline(places)
            if len(run) == 1 or run is runs[-1]:
                painter.drawEllipse(places[-1], DOT, DOT)
        painter.end()


class _Scale:
    """Leads from positions and values to places in a rectangle."""

    def __init__(self, points: Sequence[TrendPoint], room: QRectF) -> None:
        heights = [n for point in points for n in (point.value, point.low, point.high) if n is not None]
        self._room = room
        self._first, self._bottom = points[0].position, min(heights)
        self._width = points[-1].position - self._first
        self._height = max(heights) - self._bottom

    def place(self, position: float, value: float) -> QPointF:
        x = (position - self._first) / self._width if self._width else 0.5
        y = (value - self._bottom) / self._height if self._height else 0.5
        return QPointF(self._room.left() + x * self._room.width(), self._room.bottom() - y * self._room.height())
