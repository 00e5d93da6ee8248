"""One pair of axes on the canvas: title, grid, marks, overlay, and the mark under a point."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Slot
from PySide6.QtGui import QFontMetricsF

from ui.charts.axes import EndLabel, LabelAxis, NameAxis, NumberAxis, PeriodAxis, TitleAxis
from ui.charts.ink import Ink
from ui.charts.overlay import AWAY, Overlay, reached, rival_amounts, value_label
from ui.charts.painters import PAINTERS
from ui.charts.plan import Mark, Panel, Plan, Shape, Span
from ui.charts.wording import panel_title

NEAR = 14.0  # pixels from a mark within which the pointer means it
HEADROOM = 1.08
FROM_ZERO = 0.7  # an axis begins at zero unless all figures lie in its upper part


class PanelItem(pg.PlotItem):  # type: ignore[misc]
    """A plot without pyqtgraph's menu, buttons and dragging; its range follows its panel."""

    def __init__(self, shape: Shape, ink: Ink) -> None:
        across = {Shape.LINE: PeriodAxis, Shape.COLUMNS: NameAxis}.get(shape, NumberAxis)
        upright = NameAxis if shape is Shape.BARS else NumberAxis
        axes = {
            "bottom": across("bottom", ink, grid=shape in (Shape.BARS, Shape.SCATTER)),
            "left": upright("left", ink, grid=shape is not Shape.BARS),
            "top": TitleAxis("top", ink),
            "right": LabelAxis("right", ink),
        }
        super().__init__(axisItems=axes, enableMenu=False)
        for axis in axes.values():
            axis.setZValue(-1000)  # the grid lies under the marks
        self.hideButtons()
        self.setMouseEnabled(False, False)
        self.layout.setContentsMargins(0, 0, 0, 0)
        self.vb.setDefaultPadding(0.0)
        self.vb.disableAutoRange()
        self.showAxis("top")
        self.showAxis("right")
        self.overlay = Overlay(self.vb)
        self._shape = shape
        self._places = np.empty((0, 2))
        self._panel = Panel("", "", ())
        self._plan = Plan(shape)
        self._ink = ink
        self.vb.sigResized.connect(self._fit)

    def draw(self, plan: Plan, panel: Panel, ink: Ink) -> None:
        """Draw a panel in place of the one before."""
        self.clear()
        self._plan, self._panel, self._ink = plan, panel, ink
        self._places = np.array([(mark.x, mark.y) for mark in panel.marks]).reshape(-1, 2)
        PAINTERS[self._shape](self, plan, panel, ink)
        self.getAxis("top").show_title(panel_title(panel.title, panel.unit) if panel.title else "")
        self._dress_axes()
        self._fit()
        self.overlay.show_panel(plan, panel, ink)

    def _dress_axes(self) -> None:
        left, bottom = self.getAxis("left"), self.getAxis("bottom")
        (bottom if self._shape is Shape.BARS else left).places = self._panel.places
        if self._shape is Shape.BARS:
            left.show_names(self._panel.categories)
            self.vb.invertY(True)
        elif self._shape is Shape.COLUMNS:
            bottom.show_names(self._panel.categories)
        elif self._shape is Shape.LINE:
            lengths = [_length(mark) for mark in self._panel.marks]
            bottom.finest = min(lengths, default=1.0)
        else:
            bottom.show_title(panel_title(self._panel.x_title, self._panel.x_unit))

    def show_end_labels(self, longest: float, *, shown: bool) -> None:
        """Write the names at the lines' ends, none longer than `longest`, or leave that to a legend."""
        last: dict[int, Mark] = {}
        if shown and self._shape is Shape.LINE:
            for mark in self._panel.marks:
                if mark.entry not in last or mark.x >= last[mark.entry].x:
                    last[mark.entry] = mark
        entries = self._plan.entries
        labels = [EndLabel(entries[n].name, mark.y, self._ink.style(entries[n]).colour) for n, mark in last.items()]
        self.getAxis("right").show_labels(labels, longest)

    @property
    def series_count(self) -> int:
        """How many series the panel has."""
        return len({mark.entry for mark in self._panel.marks})

    def set_names_width(self, width: float) -> None:
        """Give the categories' names this room, 0 to leave them to the panel beside."""
        self.getAxis("left").set_shown(shown=width > 0)
        self.getAxis("left").setWidth(width or 8)

    def set_sides(self, left: float, right: float) -> None:
        """Give what stands at the sides this room."""
        self.getAxis("left").setWidth(left)
        self.getAxis("right").setWidth(right)

    def side_width(self, side: str) -> float:
        """Return the room that names or labels at a side were given."""
        return float(self.getAxis(side).maximumWidth())

    @Slot()
    def _fit(self) -> None:
        """Choose the ranges: zero where that is honest, room for what sticks out of the marks."""
        if not self._panel.marks:
            return
        count = len(self._panel.categories)
        if self._shape is Shape.BARS:
            self.setXRange(*self._lying_reach(), padding=0)
            self.setYRange(-0.6, count - 0.4, padding=0)
        elif self._shape is Shape.COLUMNS:
            self.setXRange(-0.6, count - 0.4, padding=0)
            self.setYRange(*_from_zero(self._amounts(), always=True), padding=0)
        elif self._shape is Shape.LINE:
            self.setXRange(*self._time_reach(), padding=0)
            self.setYRange(*_from_zero(self._amounts()), padding=0)
        else:
            xs = [x for mark in self._panel.marks for x in (mark.x, *(mark.x_span or ()))]
            self.setXRange(*_from_zero(xs), padding=0)
            self.setYRange(*_from_zero(self._amounts()), padding=0)

    def _amounts(self) -> list[float]:
        return [
            y for mark in self._panel.marks for y in (mark.y, *(mark.y_span or ()), *_shown_rivals(mark, self._shape))
        ]

    def _time_reach(self) -> Span:
        # panels under each other share their time
        xs = [x for _, mark in self._plan.marks() for x in (mark.x, *(mark.x_span or ()))]
        first, last = min(xs), max(xs)
        if last - first < 0.5:
            return first - 1.0, last + 1.0
        side = (last - first) * 0.03
        return first - side, last + side

    def _lying_reach(self) -> Span:
        """From zero to the longest bar with its value behind it."""
        metrics = QFontMetricsF(self._ink.font)
        width = max(self.vb.width(), 60.0)
        xs = [x for mark in self._panel.marks for x in reached(mark)]
        low, high = _reach(xs, self._panel.places)
        reach = high - low or 1.0
        needed = reach
        for mark in self._panel.marks:
            text = min(metrics.horizontalAdvance(value_label(mark)) + AWAY + 4, width * 0.6)
            needed = max(needed, (max(reached(mark)) - low) * width / (width - text))
        return low - (reach * 0.02 if low else 0.0), low + needed

    def holds(self, mark: Mark) -> bool:
        """Whether a mark is one of this panel's."""
        return any(own is mark for own in self._panel.marks)

    def mark_at(self, scene: QPointF) -> Mark | None:
        """Return the mark that a point of the scene means."""
        if not len(self._places) or not self.vb.sceneBoundingRect().contains(scene):
            return None
        at = self.vb.mapSceneToView(scene)
        pixel = self.vb.viewPixelSize()
        across = np.abs(self._places[:, 0] - at.x()) / pixel[0]
        upright = np.abs(self._places[:, 1] - at.y()) / pixel[1]
        if self._shape is Shape.BARS:
            return self._banded(upright, self._plan.thickness / pixel[1])
        if self._shape is Shape.COLUMNS:
            return self._banded(across, self._plan.thickness / pixel[0])
        distance = np.hypot(across, upright)
        nearest = int(distance.argmin())
        return self._panel.marks[nearest] if distance[nearest] <= NEAR else None

    def _banded(self, distance: NDArray[np.float64], thickness: float) -> Mark | None:
        """The bar in whose band the point lies, wherever along it."""
        nearest = int(distance.argmin())
        return self._panel.marks[nearest] if distance[nearest] <= max(thickness / 2, 2.0) else None

    def scene_point(self, mark: Mark) -> QPointF:
        """Return where a mark stands in the scene."""
        return QPointF(self.vb.mapToScene(self.overlay.position(mark)))


def _shown_rivals(mark: Mark, shape: Shape) -> list[float]:
    return [] if shape is Shape.BARS else list(rival_amounts(mark))


def _reach(values: list[float], places: bool) -> Span:
    """From zero on for amounts; around the values where they are places on a scale."""
    if not places:
        return min(0.0, *values), max(0.0, *values)
    side = max((max(values) - min(values)) * 0.2, 1.0)
    return min(values) - side, max(values)


def _length(mark: Mark) -> float:
    span = {"A": 1.0, "H": 0.5, "Q": 0.25, "M": 1 / 12, "D": 1 / 12}
    period = mark.figure.point.period
    return span.get(period.frequency, 1.0) if period else 1.0


def _from_zero(values: list[float], *, always: bool = False) -> Span:
    low, high = min(values), max(values)
    if low >= 0 and (always or low < high * FROM_ZERO or low == high):
        low = 0.0
    elif low >= 0:
        low -= (high - low) * 0.1
    if high <= 0:
        high = 0.0 if always or high > low * FROM_ZERO else high
    reach = high - low or 1.0
    return (low - reach * (HEADROOM - 1) if low < 0 else low), high + reach * (HEADROOM - 1)
