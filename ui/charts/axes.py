"""Axes: amounts in the language's words, periods as year fractions, names, and the labels at the lines' ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from ui.charts.ink import Ink
from ui.charts.kinds.kind import Scale
from ui.charts.plan import Mark
from ui.charts.sheet import Sheet
from ui.charts.ticks import amount_labels, amount_ticks, name_step, period_labels, period_ticks, place_labels, spread
from ui.charts.wording import panel_title

VERTICAL_ROOM, HORIZONTAL_ROOM = 48.0, 84.0
LONGEST_NAME = 210.0
LEADER = 12.0
OFFSET = 8  # between an axis and its texts


class Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis in the ink's colours; `grid` draws its ticks across the panel."""

    def __init__(self, orientation: str, ink: Ink, *, grid: bool = False) -> None:
        super().__init__(orientation)
        self.ink = ink
        self.setStyle(tickFont=ink.font, tickLength=0, tickAlpha=255, tickTextOffset=OFFSET, autoExpandTextSpace=True)
        self.setGrid(255 if grid else False)
        self.setTextPen(ink.colour("muted"))
        self.setTickPen(ink.pen("line"))
        self.setPen(ink.pen("line") if not grid else pg.mkPen(None))
        self.enableAutoSIPrefix(False)

    def boundingRect(self) -> QRectF:
        """Leave room for the half of a label that stands at the very end."""
        box = QRectF(super().boundingRect())
        upright = self.orientation in ("left", "right")
        return box.adjusted(0, -12, 0, 12) if upright else box.adjusted(-40, 0, 40, 0)

    def show_title(self, title: str) -> None:
        """Write what the axis measures along it."""
        style = {"color": self.ink.tokens.muted, "font-size": f"{self.ink.font.pixelSize()}px"}
        self.setLabel(_escaped(title), **style)


class NumberAxis(Axis):
    """Amounts, counted in the word that suits the reach of the axis: 20k, 2만; in full where they are places."""

    places = False

    def dress(self, sheet: Sheet, *, values: bool) -> None:
        """Suit the panel's values, or name what they are set against."""
        panel = sheet.panel
        self.places = values and panel.places
        if not values and panel.x_title:
            self.show_title(panel_title(panel.x_title, panel.x_unit))

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return one level of ticks."""
        room = HORIZONTAL_ROOM if self.orientation in ("bottom", "top") else VERTICAL_ROOM
        step, ticks = amount_ticks(low, high, size, room)
        # there is no year 1990.5 and no rank 2.5
        return [(step, [tick for tick in ticks if tick.is_integer()] if self.places else ticks)]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        """Return what the ticks say."""
        return place_labels(values, spacing) if self.places else amount_labels(values, spacing)


class PeriodAxis(Axis):
    """Years, quarters or months on a plain axis of year fractions; a tick stands in the middle of its period."""

    finest = 1.0

    def dress(self, sheet: Sheet, *, values: bool) -> None:
        """Suit the shortest period."""
        self.finest = min((_length(mark) for mark in sheet.panel.marks), default=1.0)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return one level of ticks."""
        return [period_ticks(low, high, size, self.finest)]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        """Return what the ticks say."""
        return period_labels(values, spacing)


class NameAxis(Axis):
    """Names of categories 0, 1, 2 …; those that have no room are left out, long ones shortened."""

    names: tuple[str, ...] = ()
    _shown = True

    def dress(self, sheet: Sheet, *, values: bool) -> None:
        """Take the names and, at the side, the width that they need."""
        names = sheet.plan.kind.names(sheet, self.orientation)
        metrics = QFontMetricsF(self.ink.font)
        self.names = tuple(metrics.elidedText(name, Qt.TextElideMode.ElideRight, LONGEST_NAME) for name in names)
        if self.orientation == "left":
            self.setWidth(max((metrics.horizontalAdvance(name) for name in self.names), default=0.0) + 2 * OFFSET)
        else:
            self.setHeight(metrics.height() + 2 * OFFSET)

    def set_shown(self, *, shown: bool) -> None:
        """Write the names, or leave them to the panel beside."""
        self._shown = shown
        self.update()

    def paint(self, painter: QPainter, _option: Any, _widget: Any) -> None:
        """Write the names that fit; drawn anew each time, pyqtgraph's own texts are laid out for an earlier size."""
        view = self.linkedView()
        box = self.mapRectFromParent(self.geometry())
        upright = self.orientation == "left"
        painter.setPen(self.ink.pen("line"))
        painter.drawLine(box.topRight(), box.bottomRight() if upright else box.topLeft())
        if view is None or not self._shown:
            return
        metrics = QFontMetricsF(self.ink.font)
        widest = max((metrics.horizontalAdvance(name) for name in self.names), default=0.0) + 10
        room, height = (metrics.height(), box.height()) if upright else (widest, box.width())
        painter.setFont(self.ink.font)
        painter.setPen(self.ink.colour("muted"))
        for n in range(0, len(self.names), name_step(len(self.names), height, room)):
            at = self.mapFromItem(view, view.mapFromView(QPointF(n, n)))
            place = (
                QRectF(box.left(), at.y() - room / 2, box.width() - OFFSET, room)
                if upright
                else QRectF(at.x() - widest / 2, box.top() + OFFSET, widest, box.height() - OFFSET)
            )
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(place, side if upright else below, self.names[n])


class TitleAxis(Axis):
    """The upper side of a panel: what it measures, in which unit."""

    title = ""

    def show_title(self, title: str) -> None:
        """Take the words; none take no room."""
        self.title = title
        self.setHeight(QFontMetricsF(self.ink.strong).height() + 10 if title else 10)
        self.update()

    def paint(self, painter: QPainter, _option: Any, _widget: Any) -> None:
        """Write the title from the left edge of the panel on."""
        box = self.mapRectFromParent(self.geometry())
        left = -self.geometry().left()
        room = QRectF(left, box.top(), box.right() - left, box.height() - 6)
        text = QFontMetricsF(self.ink.strong).elidedText(self.title, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(self.ink.strong)
        painter.setPen(self.ink.colour("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def boundingRect(self) -> QRectF:
        """Reach over the axis at the left, where the title begins."""
        box = QRectF(self.mapRectFromParent(self.geometry()))
        box.setLeft(-self.geometry().left())
        return box


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A name at the height of a line's last figure."""

    text: str
    value: float
    colour: QColor


class LabelAxis(Axis):
    """The right side of a panel: the lines' names at their ends, moved apart where they would overlap."""

    labels: tuple[EndLabel, ...] = ()

    def show_labels(self, labels: Sequence[EndLabel], longest: float) -> None:
        """Take the labels and the width that they need, long ones shortened."""
        metrics = QFontMetricsF(self.ink.strong)
        self.labels = tuple(
            EndLabel(metrics.elidedText(one.text, Qt.TextElideMode.ElideMiddle, longest), one.value, one.colour)
            for one in labels
        )
        widest = max((metrics.horizontalAdvance(one.text) for one in self.labels), default=0.0)
        self.setWidth(widest + LEADER + 6 if labels else 8)
        self.update()

    def paint(self, painter: QPainter, _option: Any, _widget: Any) -> None:
        """Draw the labels, a thin leader to those that were moved."""
        view = self.linkedView()
        if not self.labels or view is None:
            return
        box = self.mapRectFromParent(self.geometry())
        height = QFontMetricsF(self.ink.strong).height()
        ends = [self._height_of(label.value) for label in self.labels]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.ink.strong)
        for label, end, y in zip(self.labels, ends, spread(ends, height, box.top(), box.bottom()), strict=True):
            if abs(y - end) > 3:
                painter.setPen(self.ink.pen("control_line"))
                painter.drawLine(QPointF(box.left() + 1, end), QPointF(box.left() + LEADER - 3, y))
            painter.setPen(label.colour)
            room = QRectF(box.left() + LEADER, y - height / 2, box.width() - LEADER, height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label.text)

    def _height_of(self, value: float) -> float:
        view = self.linkedView()
        return float(self.mapFromItem(view, view.mapFromView(QPointF(0.0, value))).y())


Scaled = NumberAxis | PeriodAxis | NameAxis
SCALES: dict[Scale, type[Scaled]] = {
    Scale.AMOUNTS: NumberAxis,
    Scale.PERIODS: PeriodAxis,
    Scale.NAMES: NameAxis,
}


def _length(mark: Mark) -> float:
    """The years that a figure's period takes."""
    span = {"A": 1.0, "H": 0.5, "Q": 0.25, "M": 1 / 12, "D": 1 / 12}
    period = mark.figure.point.period
    return span.get(period.frequency, 1.0) if period else 1.0


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
