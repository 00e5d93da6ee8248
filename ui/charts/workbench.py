"""The middle of the comparison: what is chosen, the chart, and the table under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from storage.domain.fields import Ref
from ui.charts.board import Board
from ui.charts.chart_view import ChartView
from ui.charts.choice import Choice
from ui.charts.choice_bar import ChoiceBar
from ui.charts.ink import Ink
from ui.charts.option_bar import OptionBar
from ui.charts.plan import Plan
from ui.charts.swatch import HEIGHT, WIDTH
from ui.charts.table_model import GridModel
from ui.command import Command
from ui.language import current_code, tr
from ui.theme import Space, Tokens
from ui.widgets.buttons import CommandButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label

NAMED = 2  # records or metrics that a title names


class FigureTable(QTableView):
    """The figures of the chart; emits `copy_requested` on the keys for it."""

    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("The figures of the chart"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setIconSize(QSize(WIDTH, HEIGHT))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(Space.HEADER + 2 * Space.ROW)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Space.ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(Space.HEADER)
        header.setResizeContentsPrecision(50)
        header.setMinimumSectionSize(72)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or what a table does."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)


class Workbench(QWidget):
    """Emits `choice_changed(Choice)`, `record_opened(id)` and `figure_chosen(observation id)`."""

    choice_changed = Signal(object)
    record_opened = Signal(int)
    figure_chosen = Signal(int)

    def __init__(self, buttons: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleLabel(self)
        self.choices = ChoiceBar(self)
        self.options = OptionBar(self)
        self.chart = ChartView()
        self.model = GridModel()
        self.table = FigureTable(self)
        self.table.setModel(self.model)
        self._empty: EmptyState | None = None
        self._build(buttons)
        for bar in (self.choices, self.options):
            bar.changed.connect(self.choice_changed)
        self.choices.record_opened.connect(self.record_opened)
        self.chart.figure_chosen.connect(self.figure_chosen)
        self.table.activated.connect(self._cell_activated)
        self.setFocusProxy(self.choices.records)

    def _build(self, buttons: Sequence[QWidget]) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.title, 1)
        self._buttons = tuple(buttons)
        for button in buttons:
            head.addWidget(button)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setHandleWidth(Space.M)
        self._split.addWidget(self.chart)
        self._split.addWidget(self.table)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        middle = QWidget(self)
        self._middle = QStackedLayout(middle)
        self._middle.addWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self.choices)
        column.addWidget(self.options)
        column.addWidget(middle, 1)

    def show_board(self, board: Board, choice: Choice, plan: Plan, tokens: Tokens) -> None:
        """Show the figures of a choice."""
        ink = Ink.of(tokens, self.devicePixelRatioF())
        self.title.show_title(title_of(board) or tr("Compare"))
        self.choices.show_choice(board, choice, ink, coloured=_by_record(plan, choice))
        self.options.show_choice(board, choice, plan.kind)
        self.options.setVisible(bool(board.records))
        self.chart.show_plan(plan, tokens)
        self.model.set_grid(plan.grid, plan.entries, ink)
        self._fit_columns()
        for button in self._buttons:
            if isinstance(button, CommandButton):
                button.update_state()
            else:
                button.setEnabled(not plan.empty)

    def _fit_columns(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.resizeColumnsToContents()
        if self.model.columnCount():
            self.table.setColumnWidth(0, min(max(self.table.columnWidth(0) + Space.XL, 180), 320))
            room = self.table.viewport().width() - header.length()
            if room > 0:
                header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows = min(self.model.rowCount(), 5 if len(self.chart.plan.panels) < 2 else 3)
        wanted = Space.HEADER + rows * Space.ROW + 8
        self._split.setSizes([max(self._split.height() - wanted, wanted), wanted])

    def show_empty(self, sentence: str, command: Command | None) -> None:
        """Show a sentence and what to do in place of the chart."""
        if self._empty is not None:
            self._middle.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = EmptyState(sentence, "chart-line", command, self)
        self._middle.addWidget(self._empty)
        self._middle.setCurrentWidget(self._empty)

    def show_chart(self) -> None:
        """Show the chart."""
        self._middle.setCurrentWidget(self._split)

    @property
    def empty_sentence(self) -> str:
        """What stands in place of the chart, blank while there is one."""
        shown = self._empty is not None and self._middle.currentWidget() is self._empty
        return self._empty.sentence.text() if self._empty is not None and shown else ""

    @Slot(QModelIndex)
    def _cell_activated(self, index: QModelIndex) -> None:
        cell = self.model.cell(index)
        if cell is not None and cell.figure is not None:
            self.figure_chosen.emit(cell.figure.point.observation)


class TitleLabel(Label):
    """A title that gives way to the buttons beside it, whole in its tool tip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "title", parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_title(self, text: str) -> None:
        """Show a title, shortened to the room."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten for the new width."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


def title_of(board: Board) -> str:
    """Return what is compared, in a few words."""
    if not board.records or not board.metrics:
        return ""
    return tr("{metrics}: {records}", metrics=_listed(board.metrics), records=_listed(board.records))


def _listed(refs: Sequence[Ref]) -> str:
    names = [ref.label(current_code()) for ref in refs]
    if len(names) <= NAMED:
        return ", ".join(names)
    return tr("{names} and {n} more", names=", ".join(names[:NAMED]), n=len(names) - NAMED)


def _by_record(plan: Plan, choice: Choice) -> bool:
    """Whether the colours tell the records apart, as their chips then show."""
    looks = choice.looks
    return all(plan.entries[mark.entry].colour == looks.get(mark.line.entity.id) for _, mark in plan.marks())
