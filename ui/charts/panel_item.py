"""One pair of axes on the canvas: title, grid, marks, overlay, and the mark under a point."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Slot

from ui.charts.aim import Aim
from ui.charts.axes import SCALES, EndLabel, LabelAxis, NameAxis, TitleAxis
from ui.charts.overlay import Overlay
from ui.charts.plan import Mark
from ui.charts.sheet import Sheet
from ui.charts.surface import Surface
from ui.charts.wording import panel_title


class PanelItem(pg.PlotItem):  # type: ignore[misc]
    """A plot without pyqtgraph's menu, buttons and dragging, made for one sheet; its range follows its size."""

    def __init__(self, sheet: Sheet) -> None:
        kind, ink = sheet.plan.kind, sheet.ink
        sides = {"left": kind.left, "bottom": kind.bottom}
        axes = {name: SCALES[side.scale](name, ink, grid=side.grid) for name, side in sides.items() if side}
        around = {"top": TitleAxis("top", ink), "right": LabelAxis("right", ink)}
        super().__init__(axisItems={**axes, **around}, enableMenu=False)
        for axis in (*axes.values(), *around.values()):
            axis.setZValue(-1000)  # the grid lies under the marks
        for name in sides.keys() - axes.keys():
            self.hideAxis(name)
        self.hideButtons()
        self.setMouseEnabled(False, False)
        self.layout.setContentsMargins(0, 0, 0, 0)
        self.vb.setDefaultPadding(0.0)
        self.vb.disableAutoRange()
        self.vb.invertY(kind.downwards)
        self.showAxis("top")
        self.showAxis("right")
        self.overlay = Overlay(self.vb)
        self._sheet = sheet
        self._axes = axes
        self._places = np.array([(mark.x, mark.y) for mark in sheet.panel.marks]).reshape(-1, 2)

    def draw(self) -> None:
        """Draw the sheet, once, when the panel has its place on the canvas."""
        sheet = self._sheet
        panel, kind = sheet.panel, sheet.plan.kind
        kind.paint(Surface(self, sheet.ink), sheet)
        self.getAxis("top").show_title(panel_title(panel.title, panel.unit) if panel.title else "")
        for name, axis in self._axes.items():
            axis.dress(sheet, values=kind.lying == (name == "bottom"))
        self._fit()
        self.vb.sigResized.connect(self._fit)
        self.overlay.show_sheet(sheet)

    def show_end_labels(self, longest: float, *, shown: bool) -> None:
        """Write the names at the lines' ends, none longer than `longest`, or leave that to a legend."""
        sheet = self._sheet
        last: dict[int, Mark] = {}
        if shown:
            for mark in sheet.panel.marks:
                if mark.entry not in last or mark.x >= last[mark.entry].x:
                    last[mark.entry] = mark
        labels = [EndLabel(sheet.plan.entries[n].name, mark.y, sheet.colour(mark)) for n, mark in last.items()]
        self.getAxis("right").show_labels(labels, longest)

    @property
    def series_count(self) -> int:
        """How many series the panel has."""
        return len({mark.entry for mark in self._sheet.panel.marks})

    @property
    def named_at_left(self) -> bool:
        """Whether the names of categories stand at the left side."""
        return isinstance(self.getAxis("left"), NameAxis)

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
        if not self._sheet.panel.marks:
            return
        across, upright = self._sheet.plan.kind.ranges(self._sheet, self.vb.size())
        self.setXRange(*across, padding=0)
        self.setYRange(*upright, padding=0)

    def holds(self, mark: Mark) -> bool:
        """Whether a mark is one of this panel's."""
        return any(own is mark for own in self._sheet.panel.marks)

    def mark_at(self, scene: QPointF) -> Mark | None:
        """Return the mark that a point of the scene means."""
        if not len(self._places) or not self.vb.sceneBoundingRect().contains(scene):
            return None
        at = self.vb.mapSceneToView(scene)
        pixel = self.vb.viewPixelSize()
        across = np.abs(self._places[:, 0] - at.x()) / pixel[0]
        upright = np.abs(self._places[:, 1] - at.y()) / pixel[1]
        plan, panel = self._sheet.plan, self._sheet.panel
        thickness = (plan.thickness / pixel[0], plan.thickness / pixel[1])
        return plan.kind.aimed(Aim(panel.marks, across, upright, thickness))

    def scene_point(self, mark: Mark) -> QPointF:
        """Return where a mark stands in the scene."""
        return QPointF(self.vb.mapToScene(self.overlay.position(mark)))
