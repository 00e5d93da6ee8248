"""First step: which sheet and rows are read, and what each column means, with the sheet itself under it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import Sheet, column_letters
from storage.workbook.staged import Staged
from ui.importing.constants import ConstantsPanel
from ui.importing.role_menu import MetricPopup, RoleMenu
from ui.importing.session import ImportSession
from ui.importing.state import State, place_of
from ui.importing.work import Planned
from ui.language import ntr, tr
from ui.models.sheet import SheetModel
from ui.theme import Space, Theme
from ui.widgets.labels import Label
from ui.widgets.sheet_table import SheetTable

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping

BY_ITSELF = ""


class MappingView(QWidget):
    """Emits `cell_shown(row, column)` as one goes through the sheet."""

    cell_shown = Signal(int, int)

    def __init__(self, session: ImportSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state: State | None = None
        self.model = SheetModel()
        self.table = SheetTable(self.model, theme)
        self.table.role_wanted.connect(self.open_roles)
        self.table.cell_shown.connect(self.cell_shown)
        self.constants = ConstantsPanel()
        self.constants.told.connect(session.set_constant)
        self._summary = Label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        above = QVBoxLayout()
        above.setContentsMargins(Space.L, 0, Space.L, 0)
        above.setSpacing(Space.S)
        above.addLayout(self._choices())
        above.addWidget(self.constants)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, Space.S)
        foot.addWidget(self._summary, 1)
        foot.addWidget(Label(tr("Enter, or a click above a column, changes what it means"), "small"))
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def _choices(self) -> QHBoxLayout:
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(tr("Sheet"))
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheets.setMaximumWidth(320)
        self.sheets.activated.connect(self._sheet_chosen)
        self.header_row = QSpinBox()
        self.header_row.setAccessibleName(tr("Header row"))
        self.header_row.setKeyboardTracking(False)
        self.header_row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.header_row.setFixedWidth(72)
        self.header_row.valueChanged.connect(self._row_chosen)
        self.recipe = QLineEdit()
        self.recipe.setAccessibleName(tr("Name of the recipe"))
        self.recipe.setToolTip(tr("Under this name the next edition of the workbook opens ready mapped."))
        self.recipe.setFixedWidth(200)
        self.recipe.editingFinished.connect(self._renamed)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        fields = ((tr("Sheet"), self.sheets), (tr("Header row"), self.header_row), (tr("Recipe"), self.recipe))
        for title, field in fields:
            row.addWidget(Label(title, "small"))
            row.addWidget(field)
            row.addSpacing(Space.S)
        row.addStretch(1)
        return row

    def show_state(self, state: State) -> None:
        """Show the sheet as it is read now."""
        if state.workbook is None:
            return
        planned = state.planned
        mapping = planned.recipe.mappings[0] if planned else None
        sheet = state.workbook.sheet(mapping.sheet) if mapping else None
        sheet = sheet or state.workbook.sheet(state.options.sheet or "") or state.workbook.sheets[0]
        self._show_sheets(state, mapping)
        self.header_row.blockSignals(True)
        self.header_row.setRange(1, max(sheet.height, 1))
        self.header_row.setValue(mapping.header_rows[0] + 1 if mapping else state.options.header_row or 1)
        self.header_row.blockSignals(False)
        if not self.recipe.hasFocus():
            self.recipe.setText(state.recipe_name)
        if state is not self._state:
            self._state = state
            self.constants.set_open(bool(_told(state, mapping)))
        self.constants.show_constants(_told(state, mapping))
        self._summary.setText(_summary(planned))
        self._show_sheet(sheet, mapping, planned.staged[0] if planned else None)

    def _show_sheet(self, sheet: Sheet, mapping: Mapping | None, staged: Staged | None) -> None:
        self.model.set_sheet(sheet, mapping, staged)
        if not self.table.currentIndex().isValid() and mapping is not None:
            self.table.setCurrentIndex(self.model.index(mapping.header_rows[-1], mapping.columns[0].index))
        self.cell_shown.emit(self.table.currentIndex().row(), self.table.currentIndex().column())

    def _show_sheets(self, state: State, mapping: Mapping | None) -> None:
        assert state.workbook is not None
        self.sheets.clear()
        if len(state.workbook.sheets) > 1:
            self.sheets.addItem(_found(state.planned), BY_ITSELF)
        for sheet in state.workbook.sheets:
            rows = ntr("{n} row", "{n} rows", sheet.height)
            text = tr("{sheet} · {rows}", sheet=sheet.name, rows=rows)
            self.sheets.addItem(tr("{sheet}, hidden", sheet=text) if sheet.hidden else text, sheet.name)
        wanted = state.options.sheet or (BY_ITSELF if len(state.workbook.sheets) > 1 else state.workbook.sheets[0].name)
        self.sheets.setCurrentIndex(self.sheets.findData(wanted))

    def go_to(self, cell: str) -> None:
        """Show a cell of the sheet."""
        place = place_of(cell)
        if place is not None:
            self.table.setCurrentIndex(self.model.index(*place))
            self.table.scrollTo(self.table.currentIndex())
            self.table.setFocus()

    # What the user tells

    @Slot()
    def _sheet_chosen(self) -> None:
        name = self.sheets.currentData()
        self._session.tell(sheet=name or None, header_row=None)

    @Slot(int)
    def _row_chosen(self, row: int) -> None:
        self._session.tell(header_row=row)

    @Slot()
    def _renamed(self) -> None:
        self._session.rename(self.recipe.text())

    @Slot(int)
    def change_role(self, section: int) -> None:
        """Open the menu of a column from its panel."""
        self.open_roles(section, self.table.button_place(section))

    @Slot(int, QPoint)
    def open_roles(self, section: int, place: QPoint) -> None:
        """Open the menu of a column."""
        column = self.model.column(section)
        if column is None:
            return
        self._asked = column
        self._place = place
        menu = RoleMenu(column, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.chosen.connect(self._role_chosen)
        menu.metric_wanted.connect(self._ask_metric)
        menu.popup(place)

    @Slot()
    def _ask_metric(self) -> None:
        popup = MetricPopup(self._asked, self)
        popup.chosen.connect(self._role_chosen)
        popup.adjustSize()
        popup.move(self._place)
        popup.show()
        popup.metric_line.setFocus()

    @Slot(str)
    def _role_chosen(self, role: str) -> None:
        self._session.set_role(self._key(self._asked), role)

    def _key(self, column: ColumnRole) -> str:
        """Return the header where it tells the column from the others, else its letters."""
        planned = self._session.state.planned
        columns = planned.recipe.mappings[0].columns if planned else ()
        alike = Counter(other.header for other in columns)
        return column.header if column.header and alike[column.header] == 1 else column_letters(column.index)


def _found(planned: Planned | None) -> str:
    if planned is None:
        return tr("Found by itself")
    mappings = planned.recipe.mappings
    if len(mappings) > 1:
        return tr("All {n} sheets with these headers", n=len(mappings))
    return tr("Found by itself: {sheet}", sheet=mappings[0].sheet)


def _told(state: State, mapping: Mapping | None) -> dict[str, str]:
    return (dict(mapping.constants) if mapping else {}) | dict(state.options.constants)


def _summary(planned: Planned | None) -> str:
    if planned is None:
        return ""
    problems = sum(len(sheet.problems) for sheet in planned.staged)
    ignored = sum(sheet.ignored for sheet in planned.staged)
    parts = [ntr("{n} figure", "{n} figures", planned.figures)]
    if problems:
        parts.append(ntr("{n} problem", "{n} problems", problems))
    if ignored:
        parts.append(ntr("{n} cell left out", "{n} cells left out", ignored))
    return " · ".join(parts)
