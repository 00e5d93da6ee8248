"""The panel of the mapping: the current cell and how it is read, its column, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from storage.domain.problem import Problem
from storage.domain.text import Text
from storage.workbook.sheet import address, column_letters
from ui.importing.state import State
from ui.language import ntr, tr
from ui.models.roles import reason_text, sureness_text
from ui.models.sheet import CellState, SheetModel
from ui.theme import Space
from ui.widgets.active_label import ActiveLabel
from ui.widgets.labels import Label, Tag, section_header

LISTED = 12


def _link(text: str, run: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("link", True)
    button.clicked.connect(run)
    return button


class ColumnPanel(QScrollArea):
    """Emits `change_wanted(column)`, `unit_wanted(column)`, `header_wanted(row)` from 1, `cell_wanted(sheet, cell)`."""

    change_wanted = Signal(int)
    unit_wanted = Signal(int)
    header_wanted = Signal(int)
    cell_wanted = Signal(str, str)

    def __init__(self, model: SheetModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._row, self._section = -1, -1
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._headline = Label("", "headline", wrap=True)
        self._role = Label("", wrap=True)
        self._change = QPushButton(tr("Change what it means …"))
        self._change.clicked.connect(self._want_change)
        self._new = Tag(tr("new in this edition"), "mind")
        self._unit = _link(tr("Change its unit …"), self._want_unit)
        self._header = _link("", self._want_header)
        self._sure_header = section_header(tr("How sure"))
        self._sure = Label("", "muted", wrap=True)
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
        for part in (self._headline, self._new, self._role):
            column.addWidget(part)
        for button in (self._change, self._unit):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._cell_header, self._cell, self._reading):
            column.addWidget(part)
        column.addWidget(self._header, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problems_header)
        column.addLayout(self._problems)
        for part in (self._doubts, self._sure_header, self._sure):
            column.addWidget(part)
        column.addStretch()
        self.setWidget(content)

    @Slot(int, int)
    def show_cell(self, row: int, section: int) -> None:
        """Show a cell and its column."""
        self._row, self._section = row, section
        column = self._model.column(section)
        letters = column_letters(section) if section >= 0 else ""
        self._headline.setText(column.header if column and column.header else tr("Column {letters}", letters=letters))
        self._role.setText(reason_text(column) if column else tr("Outside the table"))
        self._change.setVisible(column is not None)
        self._unit.setVisible(column is not None and column.holds_values)
        self._new.setVisible(self._model.is_new(section))
        here = row >= 0 and section >= 0
        self._cell_header.setText(tr("Cell {cell}", cell=address(row, section)) if here else "")
        self._cell.setText(str(self._model.index(row, section).data() or "–") if here else "")
        heads = here and self._model.state(row, section) is CellState.HEADER
        self._reading.setText(self._model.reading(row, section) if here and not heads else "")
        self._header.setVisible(here and not heads)
        self._header.setText(tr("Row {row} is the header row", row=row + 1))

    def show_state(self, state: State) -> None:
        """List what could not be read, and doubts about the whole."""
        planned, workbook = state.planned, state.workbook
        problems = planned.problems if planned else ()
        while item := self._problems.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._problems_header.setText(ntr("{n} problem", "{n} problems", len(problems)) if problems else "")
        for problem in problems[:LISTED]:
            self._problems.addWidget(self._problem(problem))
        doubts: tuple[Text, ...] = workbook.notes if workbook else ()
        doubts += tuple(note for mapping in (planned.recipe.mappings if planned else ()) for note in mapping.notes)
        mappings = planned.recipe.mappings if planned else ()
        self._sure.setText("\n".join(dict.fromkeys(sureness_text(m).replace(" · ", "\n") for m in mappings[:1])))
        self._sure_header.setVisible(bool(mappings))
        self._doubts.setText("\n".join(dict.fromkeys(tr(doubt) for doubt in doubts)))

    def _problem(self, problem: Problem) -> QWidget:
        cause, remedy = tr(problem.cause), tr(problem.remedy)
        if not problem.cell:
            return Label(tr("{cause} {remedy}", cause=cause, remedy=remedy), "problem", wrap=True)
        text = tr("{cell}: {cause} {remedy}", cell=problem.cell, cause=cause, remedy=remedy)
        label = ActiveLabel(text, "problem")
        label.activated.connect(partial(self.cell_wanted.emit, problem.sheet, problem.cell))
        return label

    @Slot()
    def _want_unit(self) -> None:
        self.unit_wanted.emit(self._section)

    @Slot()
    def _want_header(self) -> None:
        self.header_wanted.emit(self._row + 1)

    @Slot()
    def _want_change(self) -> None:
        self.change_wanted.emit(self._section)
