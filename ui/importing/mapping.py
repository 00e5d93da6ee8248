"""First step: which sheet and rows are read, and what each column means, with the sheet itself under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import Sheet, place_of
from ui.importing.constants import ConstantsPanel
from ui.importing.decimal_question import DecimalQuestion
from ui.importing.mapping_choices import MappingChoices
from ui.importing.recipe_button import RecipeButton
from ui.importing.role_menu import MetricPopup, RoleMenu
from ui.importing.session import ImportSession
from ui.importing.state import State
from ui.importing.unit_popup import UnitPopup
from ui.importing.work import Planned
from ui.language import ntr, tr
from ui.models.roles import sureness_text
from ui.models.sheet import UNREAD, SheetModel, TableRead
from ui.theme import Space, Theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import Label
from ui.widgets.popup import Popup
from ui.widgets.sheet_legend import SheetLegend
from ui.widgets.sheet_table import SheetTable

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping


class MappingView(QWidget):
    """Emits `cell_shown(row, column)` as one goes through the sheet."""

    cell_shown = Signal(int, int)

    def __init__(self, session: ImportSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._state: State | None = None
        self._table_place = 0
        self.model = SheetModel()
        self.table = SheetTable(self.model, theme)
        self.table.role_wanted.connect(self.open_roles)
        self.table.header_wanted.connect(self.open_row_menu)
        self.table.cell_shown.connect(self.cell_shown)
        self.constants = ConstantsPanel()
        self.constants.told.connect(session.set_constant)
        self.recipe_button = RecipeButton(session)
        self.choices = MappingChoices(self.recipe_button)
        self.choices.sheet_chosen.connect(self._sheet_chosen)
        self.choices.table_chosen.connect(self._table_chosen)
        self.choices.row_chosen.connect(self.set_header_row)
        self.choices.renamed.connect(session.rename)
        self.sheets, self.header_row, self.recipe = self.choices.sheets, self.choices.header_row, self.choices.recipe
        self.question = DecimalQuestion()
        self.question.answered.connect(self._decimal_chosen)
        self._sureness = ElidedLabel("small")
        self._summary = Label("", "small")
        self._lay_out(theme)
        self.setFocusProxy(self.table)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        above = QVBoxLayout()
        above.setContentsMargins(Space.L, 0, Space.L, 0)
        above.setSpacing(Space.S)
        for part in (self.choices, self.constants, self.question, self._sureness):
            above.addWidget(part)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, Space.S)
        foot.setSpacing(Space.M)
        foot.addWidget(self._summary)
        foot.addStretch(1)
        foot.addWidget(SheetLegend(theme))
        column.addLayout(foot)

    def show_state(self, state: State) -> None:
        """Show the sheet as it is read now."""
        if state.workbook is None:
            return
        planned = state.planned
        if state is not self._state:
            self._table_place = 0
        mappings = planned.recipe.mappings if planned else ()
        self._table_place = min(self._table_place, max(len(mappings) - 1, 0))
        mapping = mappings[self._table_place] if mappings else None
        sheet = state.workbook.sheet(mapping.sheet) if mapping else None
        sheet = sheet or state.workbook.sheet(state.options.sheet or "") or state.workbook.sheets[0]
        self.choices.show_state(state, self._table_place)
        if state is not self._state:
            self._state = state
            self.constants.set_open(self.constants.can_show(_told(state, mapping)))
        self.constants.show_constants(_told(state, mapping))
        self.recipe_button.show_state(state)
        self.question.show_question(sheet, mapping)
        self._sureness.show_text(_sureness(planned, mapping))
        self._summary.setText(_summary(planned))
        self._show_sheet(sheet, mapping, planned)

    def _show_sheet(self, sheet: Sheet, mapping: Mapping | None, planned: Planned | None) -> None:
        read = UNREAD
        if planned is not None and mapping is not None:
            unknown = frozenset(place for name, place in planned.recipe.unknown if name == mapping.sheet)
            read = TableRead(mapping, planned.staged[self._table_place], unknown)
        self.model.set_sheet(sheet, read)
        if not self.table.currentIndex().isValid() and mapping is not None:
            column = min(read.unknown, default=mapping.columns[0].index)
            self.table.setCurrentIndex(self.model.index(mapping.header_rows[-1], column))
        self.cell_shown.emit(self.table.currentIndex().row(), self.table.currentIndex().column())

    @Slot(str, str)
    def go_to(self, sheet: str, cell: str) -> None:
        """Show a cell, on the table of its sheet."""
        place = place_of(cell)
        planned = self._session.state.planned
        mappings = planned.recipe.mappings if planned else ()
        tables = [n for n, mapping in enumerate(mappings) if mapping.sheet == sheet and _holds(mapping, place)]
        if tables and self._table_place not in tables:
            self._table_chosen(tables[0])
        if place is not None:
            self.table.setCurrentIndex(self.model.index(*place))
            self.table.scrollTo(self.table.currentIndex())
            self.table.setFocus()

    # What the user tells

    @Slot(str)
    def _sheet_chosen(self, name: str) -> None:
        self._table_place = 0
        self._session.tell(sheet=name or None, header_row=None, area="")

    @Slot(int)
    def _table_chosen(self, place: int) -> None:
        self._table_place = place
        self.show_state(self._session.state)

    @Slot(int)
    def set_header_row(self, row: int) -> None:
        """Say which row, from 1, holds the headers of the table shown."""
        mapping = self._mapping()
        several = len(self._session.state.workbook.sheets) > 1 if self._session.state.workbook else False
        self._session.tell(header_row=row, **({"sheet": mapping.sheet} if mapping and several else {}))

    @Slot(int)
    def open_row_menu(self, row: int) -> None:
        """Offer what a click on a row's number can say."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Row {row} is the header row", row=row + 1), lambda: self.set_header_row(row + 1))
        if self._session.state.options.header_row is not None:
            menu.addAction(tr("Find the header row again"), lambda: self._session.tell(header_row=None))
        menu.popup(QCursor.pos())

    @Slot(str)
    def _decimal_chosen(self, mark: str) -> None:
        self._session.set_constant("decimal", mark)

    @Slot(int)
    def change_role(self, section: int) -> None:
        """Open the menu of a column from its panel."""
        self.open_roles(section, self.table.button_place(section))

    @Slot(int)
    def change_unit(self, section: int) -> None:
        """Ask for the unit of a column from its panel."""
        column = self.model.column(section)
        if column is not None:
            self._asked, self._place = column, self.table.button_place(section)
            self._ask_unit()

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
        menu.unit_wanted.connect(self._ask_unit)
        menu.popup(place)

    @Slot()
    def _ask_metric(self) -> None:
        popup = MetricPopup(self._asked, self)
        popup.chosen.connect(self._role_chosen)
        self._open(popup)

    @Slot()
    def _ask_unit(self) -> None:
        popup = UnitPopup(self._asked, self)
        popup.chosen.connect(self._unit_chosen)
        self._open(popup)

    def _open(self, popup: Popup) -> None:
        popup.adjustSize()
        popup.move(self._place)
        popup.show()
        field = popup.focusProxy()
        if field is not None:
            field.setFocus()

    @Slot(str)
    def _role_chosen(self, role: str) -> None:
        self._session.set_role(self._key(self._asked), role)

    @Slot(str)
    def _unit_chosen(self, text: str) -> None:
        self._session.set_constant(f"unit:{self._key(self._asked)}", text)

    def _mapping(self) -> Mapping | None:
        planned = self._session.state.planned
        return planned.recipe.mappings[self._table_place] if planned else None

    def _key(self, column: ColumnRole) -> str:
        """Return the header where it tells the column from the others, else its letters."""
        # heavy to import: the window starts without it
        from storage.workbook.known import key_of  # noqa: PLC0415

        mapping = self._mapping()
        return key_of(column, mapping.columns if mapping else ())


def _sureness(planned: Planned | None, mapping: Mapping | None) -> str:
    """Return what changed since the recipe, where something did, else how sure the layout is and why."""
    if planned is None or mapping is None:
        return ""
    return " · ".join(tr(note) for note in planned.recipe.notes) or sureness_text(mapping)


def _holds(mapping: Mapping, place: tuple[int, int] | None) -> bool:
    """Whether a place lies in the area of a table."""
    if mapping.area is None or place is None:
        return True
    top, left, bottom, right = mapping.area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _told(state: State, mapping: Mapping | None) -> dict[str, str]:
    return (dict(mapping.constants) if mapping else {}) | dict(state.options.constants)


def _summary(planned: Planned | None) -> str:
    if planned is None:
        return ""
    problems = len(planned.problems)
    ignored = sum(sheet.ignored for sheet in planned.staged)
    parts = [ntr("{n} figure", "{n} figures", planned.figures)]
    if problems:
        parts.append(ntr("{n} problem", "{n} problems", problems))
    if ignored:
        parts.append(ntr("{n} cell left out", "{n} cells left out", ignored))
    return " · ".join(parts)
