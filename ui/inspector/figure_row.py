"""One figure as a row: name and tags, where and when, its course, the value with its unit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.inspector.figure_lines import FigureLine
from ui.theme import Space, tabular
from ui.widgets.active_label import ActiveLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, Tag
from ui.widgets.trend_line import TrendLine

LONG = 24


class FigureRow(QWidget):
    """Emits `figure_wanted(observation)` when its name is activated."""

    figure_wanted = Signal(int)

    def __init__(self, line: FigureLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self.title = ActiveLabel(line.title, "plain", self)
        self.title.setAccessibleName(line.spoken)
        self.title.activated.connect(self._open)
        value = Label(line.value, "plain", self, wrap=len(line.value) > LONG)
        value.setFont(tabular(value.font()))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.XS)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.title, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if len(line.trend) > 1:
            grid.addWidget(TrendLine(line.trend, self), 0, 1)
        grid.addWidget(value, 0, 2, right)
        if line.unit:
            unit = Label(line.unit, "small", self, wrap=len(line.unit) > LONG)
            unit.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(unit, 1, 2, right)
        self._add_below(grid, line)
        grid.setColumnStretch(0, 1)

    def _add_below(self, grid: QGridLayout, line: FigureLine) -> None:
        """Where and when beside the tags, or above them when it is long."""
        flow = FlowLayout(spacing=Space.XS)
        flow.setContentsMargins(Space.XS, 0, 0, 0)
        if len(line.detail) > LONG:
            detail = Label(line.detail, "small", self, wrap=True)
            detail.setIndent(Space.XS)
            grid.addWidget(detail, 1, 0, 1, 2)
        elif line.detail:
            flow.addWidget(Label(line.detail, "small", self))
        for word, tone in line.tags:
            flow.addWidget(Tag(word, tone, self))
        if flow.count():
            grid.addLayout(flow, 2 if len(line.detail) > LONG else 1, 0, 1, 2)

    @Slot()
    def _open(self) -> None:
        self.figure_wanted.emit(self.line.observation)
