"""The drawing itself: panels one under (or beside) the other, the pointer and the keys on their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.charts.ink import Ink
from ui.charts.panel_item import PanelItem
from ui.charts.plan import Mark, Plan
from ui.charts.sheet import Sheet
from ui.charts.walking import Step

MOST_LABELS = 12  # lines that are named at their ends; more are named in a legend
LABELS, LEAST_LABEL = 0.21, 120  # share of the width that names at the lines' ends may take
LEFT_SIDE = 56  # room for the numbers of panels under each other

FORWARD = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark, and where it stands in the canvas' own pixels."""

    mark: Mark
    at: QPointF


class Canvas(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Emits `pointed(Spot | None)` for the mark under the pointer or the keys, `chosen(Mark)` for a click or Return."""

    pointed = Signal(object)
    chosen = Signal(object)

    # resized while it is being made
    _panels: Sequence[PanelItem] = ()
    _plan: Plan | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: Mark | None = None
        self.ci.setContentsMargins(4, 4, 8, 4)
        self.ci.layout.setSpacing(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    @property
    def labelled(self) -> bool:
        """Whether the series are named at their ends, so that no legend is needed."""
        named = self._plan is not None and self._plan.kind.ends_named
        return named and all(panel.series_count <= MOST_LABELS for panel in self._panels)

    def draw(self, plan: Plan, ink: Ink) -> None:
        """Draw a plan in place of the one before."""
        self._plan = plan
        self._current = None
        self.setBackground(ink.tokens.panel)
        self._prepare(plan, ink)
        for item in self._panels:
            item.draw()
        for item in self._panels:
            item.show_end_labels(max(LEAST_LABEL, self.width() * LABELS), shown=self.labelled)
        self._align(plan)
        self.setMinimumHeight(plan.kind.least_height(plan))
        self._share_width()
        self._place()

    def _align(self, plan: Plan) -> None:
        """Let the panels begin and end at the same places."""
        if len(self._panels) < 2:
            return
        left, right = (max(item.side_width(side) for item in self._panels) for side in ("left", "right"))
        for place, item in enumerate(self._panels):
            if item.named_at_left:
                item.set_names_width(0 if plan.beside and place else left)
            else:
                item.set_sides(LEFT_SIDE, right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep panels beside each other equally wide."""
        super().resizeEvent(event)
        if self._panels:
            self._share_width()
            self._place()

    def _place(self) -> None:
        """Lay everything out now: a request that is under way for the panels before would swallow a new one."""
        layouts = [item.layout for item in self._panels]
        for layout in (*layouts, self.ci.layout):
            layout.invalidate()
        self.ci.layout.activate()

    def _share_width(self) -> None:
        if self._plan is None or not self._plan.beside or not self._panels:
            return
        layout = self.ci.layout
        names = [item.side_width("left") for item in self._panels]
        gaps = sum(layout.getContentsMargins()[::2]) + layout.horizontalSpacing() * (len(self._panels) - 1)
        share = (self.width() - gaps - sum(names)) / len(self._panels)
        for column, width in enumerate(names):
            layout.setColumnFixedWidth(column, max(share + width, 40))

    def _prepare(self, plan: Plan, ink: Ink) -> None:
        """Make as many panels as the plan has; axes are dressed once, so that new ink means new panels."""
        self.ci.clear()
        self._panels = [PanelItem(Sheet(plan, panel, ink)) for panel in plan.panels]
        layout = self.ci.layout
        layout.setSpacing(24 if plan.beside else 8)
        for column in range(layout.columnCount()):
            # a width of -1 is no width: what a plan with panels beside each other left behind
            layout.setColumnFixedWidth(column, -1)
        for place, (item, panel) in enumerate(zip(self._panels, plan.panels, strict=True)):
            self.ci.addItem(item, 0 if plan.beside else place, place if plan.beside else 0)
            if (share := plan.kind.share(plan, panel)) is not None:
                layout.setRowStretchFactor(place, share)

    def close(self) -> bool:
        """Let go of the panels before the scene does, which would take them apart in the wrong order."""
        self.ci.clear()
        self._panels = ()
        return bool(super().close())

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mark under the pointer; pyqtgraph's own dragging is left out."""
        self.point_to(self._mark_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus, and the mark under the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        mark = self._mark_at(event.position())
        if mark is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(mark)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the press has chosen."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do nothing more than the first click."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the scroll area around."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Point to nothing."""
        super().leaveEvent(event)
        self.point_to(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the arrow keys begin when the focus comes by Tab."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.point_to(self._next(1, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point to nothing."""
        super().focusOutEvent(event)
        self.point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mark to mark with the arrow keys, choose with Return."""
        key = Qt.Key(event.key())
        if key in FORWARD:
            self.point_to(self._next(*FORWARD[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current is not None:
            self.chosen.emit(self._current)
        elif key == Qt.Key.Key_Escape and self._current is not None:
            self.point_to(None)
        else:
            event.ignore()

    def point_to(self, mark: Mark | None) -> None:
        """Make a mark the current one and say where it is."""
        if mark is self._current:
            return
        self._current = mark
        for item in self._panels:
            item.overlay.show_current(mark if mark is not None and item.holds(mark) else None)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(self.spot(mark))

    def spot(self, mark: Mark | None) -> Spot | None:
        """Return a mark with its place on the canvas."""
        for item in self._panels:
            if mark is not None and item.holds(mark):
                return Spot(mark, QPointF(self.mapFromScene(item.scene_point(mark))))
        return None

    def _mark_at(self, position: QPointF) -> Mark | None:
        scene = self.mapToScene(position.toPoint())
        return next((mark for item in self._panels if (mark := item.mark_at(scene)) is not None), None)

    def _next(self, across: int, down: int) -> Mark | None:
        if self._plan is None:
            return None
        marks = [mark for _, mark in self._plan.marks()]
        if self._current is None or self._current not in marks:
            return marks[0] if marks else None
        return self._plan.kind.stepped(Step(marks, self._current, across, down))
