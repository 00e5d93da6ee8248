"""The panel of the mapping: the current cell and how it is read, its column, and what could not be read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from storage.domain.problem import Problem
from storage.domain.text import Text
from storage.workbook.sheet import address, column_letters
from ui.importing.state import State
from ui.language import ntr, tr
from ui.models.roles import reason_text
from ui.models.sheet import SheetModel
from ui.theme import Space
from ui.widgets.active_label import ActiveLabel
from ui.widgets.labels import Label, section_header

LISTED = 12


class ColumnPanel(QScrollArea):
    """Emits `change_wanted(column)` and `cell_wanted(address)`."""

    change_wanted = Signal(int)
    cell_wanted = Signal(str)

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._section = -1
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._headline = Label("", "headline", wrap=True)
        self._role = Label("", wrap=True)
        self._change = QPushButton(tr("Change what it means …"))
        self._change.clicked.connect(self._want_change)
        self._cell_header = section_header("")
        self._cell = Label("", "strong", wrap=True)
        self._reading = Label("", "muted", wrap=True)
        self._doubts = Label("", "muted", wrap=True)
        self._problems_header = section_header("")
        self._problems = QVBoxLayout()
        self._problems.setSpacing(Space.XS)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("inspectorContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        column.setSpacing(Space.S)
        for part in (self._headline, self._role):
            column.addWidget(part)
        column.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._cell_header, self._cell, self._reading, self._problems_header):
            column.addWidget(part)
        column.addLayout(self._problems)
        column.addWidget(self._doubts)
        column.addStretch()
        self.setWidget(content)

    @Slot(int, int)
    def show_cell(self, row: int, section: int) -> None:
        """Show a cell and its column."""
        self._section = section
        column = self._model.column(section)
        letters = column_letters(section) if section >= 0 else ""
        self._headline.setText(column.header if column and column.header else tr("Column {letters}", letters=letters))
        self._role.setText(reason_text(column) if column else tr("Outside the table"))
        self._change.setVisible(column is not None)
        here = row >= 0 and section >= 0
        self._cell_header.setText(tr("Cell {cell}", cell=address(row, section)) if here else "")
        self._cell.setText(str(self._model.index(row, section).data() or "–") if here else "")
        self._reading.setText(self._model.reading(row, section) if here else "")

    def show_state(self, state: State) -> None:
        """List what could not be read, and doubts about the whole."""
        planned, workbook = state.planned, state.workbook
        staged = planned.staged if planned else ()
        problems = [problem for sheet in staged for problem in sheet.problems]
        while item := self._problems.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._problems_header.setText(ntr("{n} problem", "{n} problems", len(problems)) if problems else "")
        for problem in problems[:LISTED]:
            self._problems.addWidget(self._problem(problem))
        doubts: tuple[Text, ...] = workbook.notes if workbook else ()
        doubts += tuple(note for mapping in (planned.recipe.mappings if planned else ()) for note in mapping.notes)
        self._doubts.setText("\n".join(dict.fromkeys(tr(doubt) for doubt in doubts)))

    def _problem(self, problem: Problem) -> QWidget:
        cause, remedy = tr(problem.cause), tr(problem.remedy)
        if not problem.cell:
            return Label(tr("{cause} {remedy}", cause=cause, remedy=remedy), "problem", wrap=True)
        text = tr("{cell}: {cause} {remedy}", cell=problem.cell, cause=cause, remedy=remedy)
        label = ActiveLabel(text, "problem")
        label.activated.connect(partial(self.cell_wanted.emit, problem.cell))
        return label

    @Slot()
    def _want_change(self) -> None:
        self.change_wanted.emit(self._section)
