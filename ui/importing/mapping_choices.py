"""What is read of a workbook: sheet, table, header row; and the recipe under which it is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from storage.workbook.sheet import address
from ui.importing.state import State
from ui.importing.work import Planned
from ui.language import ntr, tr
from ui.theme import Space
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping

BY_ITSELF = ""


class MappingChoices(QWidget):
    """Emits `sheet_chosen(name)`, `table_chosen(place)`, `row_chosen(row)` from 1 and `renamed(name)`."""

    sheet_chosen = Signal(str)
    table_chosen = Signal(int)
    row_chosen = Signal(int)
    renamed = Signal(str)

    def __init__(self, recipe_button: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = self._box(tr("Sheet"))
        self.sheets.activated.connect(self._sheet_chosen)
        self.tables = self._box(tr("Table shown"))
        self.tables.activated.connect(self.table_chosen)
        self.header_row = QSpinBox()
        self.header_row.setAccessibleName(tr("Header row"))
        self.header_row.setKeyboardTracking(False)
        self.header_row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.header_row.setFixedWidth(72)
        self.header_row.valueChanged.connect(self.row_chosen)
        self.recipe = QLineEdit()
        self.recipe.setAccessibleName(tr("Name of the recipe"))
        self.recipe.setToolTip(tr("Under this name the next edition of the workbook opens ready mapped."))
        self.recipe.setFixedWidth(200)
        self.recipe.editingFinished.connect(self._renamed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._tables_label = Label(tr("Table shown"), "small")
        fields = (
            (Label(tr("Sheet"), "small"), self.sheets), (self._tables_label, self.tables),
            (Label(tr("Header row"), "small"), self.header_row), (Label(tr("Recipe"), "small"), self.recipe),
        )  # fmt: skip
        for label, field in fields:
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(0 if field is self.recipe else Space.S)
        row.addWidget(recipe_button)
        row.addStretch(1)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(260)
        return box

    def show_state(self, state: State, place: int) -> None:
        """Show what is read now; `place` is that of the table shown."""
        assert state.workbook is not None
        mappings = state.planned.recipe.mappings if state.planned else ()
        mapping = mappings[place] if mappings else None
        self._show_sheets(state)
        self.tables.clear()
        for other in mappings:
            self.tables.addItem(_table_name(other))
        self.tables.setCurrentIndex(place)
        for part in (self.tables, self._tables_label):
            part.setVisible(len(mappings) > 1)
        shown = state.workbook.sheet(mapping.sheet) if mapping else state.workbook.sheets[0]
        self.header_row.blockSignals(True)
        self.header_row.setRange(1, max(shown.height if shown else 1, 1))
        self.header_row.setValue(mapping.header_rows[0] + 1 if mapping else state.options.header_row or 1)
        self.header_row.blockSignals(False)
        if not self.recipe.hasFocus():
            self.recipe.setText(state.recipe_name)

    def _show_sheets(self, state: State) -> None:
        workbook = state.workbook
        assert workbook is not None
        self.sheets.clear()
        if len(workbook.sheets) > 1:
            self.sheets.addItem(_found(state.planned), BY_ITSELF)
        for sheet in workbook.sheets:
            rows = ntr("{n} row", "{n} rows", sheet.height)
            text = tr("{sheet} · {rows}", sheet=sheet.name, rows=rows)
            self.sheets.addItem(tr("{sheet}, hidden", sheet=text) if sheet.hidden else text, sheet.name)
        wanted = state.options.sheet or (BY_ITSELF if len(workbook.sheets) > 1 else workbook.sheets[0].name)
        self.sheets.setCurrentIndex(self.sheets.findData(wanted))

    @Slot()
    def _sheet_chosen(self) -> None:
        self.sheet_chosen.emit(str(self.sheets.currentData()))

    @Slot()
    def _renamed(self) -> None:
        self.renamed.emit(self.recipe.text())


def _table_name(mapping: Mapping) -> str:
    if mapping.area is None:
        return mapping.sheet
    top, left, bottom, right = mapping.area
    area = f"{address(top, left)}:{address(bottom, right)}"
    return tr("{sheet} · {area}", sheet=mapping.sheet, area=area)


def _found(planned: Planned | None) -> str:
    if planned is None:
        return tr("Found by itself")
    mappings = planned.recipe.mappings
    if len({mapping.sheet for mapping in mappings}) > 1:
        return tr("All {n} sheets with these headers", n=len({mapping.sheet for mapping in mappings}))
    return tr("Found by itself: {sheet}", sheet=mappings[0].sheet)
