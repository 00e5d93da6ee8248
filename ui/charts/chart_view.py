"""A chart on the screen: the canvas, its legend, and the card of the figure under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.charts.canvas import Canvas, Spot
from ui.charts.description import describe
from ui.charts.hover_card import HoverCard
from ui.charts.ink import Ink
from ui.charts.kinds import NO_CHART
from ui.charts.legend import Legend, legend_entries
from ui.charts.plan import Mark, Plan
from ui.language import tr
from ui.theme import Space, Tokens


class ChartView(QFrame):
    """Shows a plan; emits `figure_chosen(observation id)` for a click or Return on a mark."""

    figure_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.plan = NO_CHART
        self.canvas = Canvas()
        self.canvas.setAccessibleName(tr("Chart"))
        self.canvas.pointed.connect(self._point)
        self.canvas.chosen.connect(self._choose)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.canvas)
        self.legend = Legend(self)
        self.card = HoverCard(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.legend)
        self.setFocusProxy(self.canvas)

    def show_plan(self, plan: Plan, tokens: Tokens) -> None:
        """Draw a plan in these colours."""
        self.plan = plan
        ink = Ink.of(tokens, self.devicePixelRatioF())
        self.card.hide()
        self.canvas.draw(plan, ink)
        # the scroll area does not notice another least height by itself
        self._scroll.setWidgetResizable(True)
        self.legend.show_entries(legend_entries(plan, labelled=self.canvas.labelled), ink)
        self.canvas.setAccessibleDescription(describe(plan))

    @Slot(object)
    def _point(self, spot: Spot | None) -> None:
        if spot is None:
            self.card.hide()
            return
        at = self.canvas.mapTo(self, spot.at.toPoint())
        self._scroll.ensureVisible(round(spot.at.x()), round(spot.at.y()), 20, 20)
        self.card.show_mark(spot.mark, QPoint(at))
        if self.canvas.hasFocus() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, self.card.text))

    @Slot(object)
    def _choose(self, mark: Mark) -> None:
        self.figure_chosen.emit(mark.figure.point.observation)
