"""One figure as a row: name and tags, where and when, its course, the value with its unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from storage.domain.fields import Field, Ref
from storage.domain.text import Text
from ui.inspector.figure_lines import FigureLine
from ui.inspector.values import Save, ValueView
from ui.theme import Space, tabular
from ui.widgets.active_label import ActiveLabel
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, Tag
from ui.widgets.trend_line import TrendLine

LONG = 24
EDITOR_WIDTH = 150


class FigureValue(ValueView):
    """A figure as its line says it, which a click, Enter or F2 turns into its editor."""

    def __init__(self, line: FigureLine, field: Field, parent: QWidget) -> None:
        super().__init__(replace(field, label=Text(line.metric)), _no_records, parent)
        self._line = line
        self.label.setWordWrap(len(line.value) > LONG)
        self.label.setFont(tabular(self.label.font()))
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)

    def text_of(self, value: Any) -> str:
        """Return the words of the line for its own value."""
        return self._line.value if value == self._line.quantity else super().text_of(value)

    @Slot()
    def begin(self) -> None:
        """Open the editor, wide enough to write in."""
        super().begin()
        if self.editor is not None:
            self.editor.setMinimumWidth(EDITOR_WIDTH)


def _no_records(_kind: str, _words: str) -> list[Ref]:
    return []


class FigureRow(QWidget):
    """Emits `figure_wanted(observation)` when its name is activated; `save` keeps another value."""

    figure_wanted = Signal(int)
    history_wanted = Signal(object, str, int)

    def __init__(self, line: FigureLine, field: Field, save: Save, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self.title = ActiveLabel(line.title, "plain", self)
        self.title.setAccessibleName(line.spoken)
        self.title.activated.connect(self._open)
        self.value = FigureValue(line, field, self)
        self.value.show_value(line.quantity, save)
        self.value.history_wanted.connect(self._ask_history)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, Space.XS)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.title, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        if len(line.trend) > 1:
            grid.addWidget(TrendLine(line.trend, self), 0, 1)
        grid.addWidget(self.value, 0, 2, right)
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

    @Slot(object)
    def _ask_history(self, field: Field) -> None:
        self.history_wanted.emit(field, "observation", self.line.observation)
