"""A sheet of a report workbook as an item model: mapped cells stand out, and show what the copy will show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from storage.workbook.sheet import Sheet, address, column_letters
from ui.language import tr
from ui.models.sheet import LEFT, RIGHT, STATE, CellState

if TYPE_CHECKING:
    from storage.exchange.report_filling import FilledCell

Index = QModelIndex | QPersistentModelIndex
ROOM_ROWS, ROOM_COLUMNS = 10, 3  # blank cells offered beyond what is filled


class ReportSheetModel(QAbstractTableModel):
    """Rows and columns counted as in Excel."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", [])
        self._planned: Mapping[str, FilledCell] = {}

    def show_sheet(self, sheet: Sheet, planned: Mapping[str, FilledCell]) -> None:
        """Show a sheet with what is planned for its cells, by address; the same sheet keeps the place."""
        same = sheet is self._sheet
        if not same:
            self.beginResetModel()
        self._sheet, self._planned = sheet, planned
        if not same:
            self.endResetModel()
        elif sheet.height:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def planned(self, row: int, column: int) -> FilledCell | None:
        """Return what is planned for a cell."""
        return self._planned.get(address(row, column))

    def state(self, row: int, column: int) -> CellState:
        """Return how a cell is drawn."""
        planned = self.planned(row, column)
        if planned is None:
            return CellState.LEFT_OUT
        return CellState.PROBLEM if planned.reason is not None else CellState.FIGURE

    def reading(self, row: int, column: int) -> str:
        """Return what a cell will show, as a tool tip says it."""
        planned = self.planned(row, column)
        if planned is None:
            return ""
        title = planned.found.title
        return f"{title}\n{tr(planned.reason)}" if planned.reason is not None else title

    def text(self, row: int, column: int) -> str:
        """Return the figure that will be filled in, else what stands in the file."""
        planned = self.planned(row, column)
        if planned is None or planned.reason is not None:
            return self._sheet.text(row, column)
        return shown_text(planned.found.shown)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows of the sheet, and some below them."""
        return 0 if parent is not None and parent.isValid() else self._sheet.height + ROOM_ROWS

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns of the sheet, and some beside them."""
        return 0 if parent is not None and parent.isValid() else self._sheet.width + ROOM_COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return row numbers and letters."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(section + 1) if orientation is Qt.Orientation.Vertical else column_letters(section)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, what the cell will show, and how it is drawn."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.reading(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            figure = self.planned(row, column) is not None or isinstance(self._sheet.value(row, column), (int, float))
            return RIGHT if figure else LEFT
        return self.state(row, column) if role == STATE else None


def shown_text(shown: float | str | None) -> str:
    """Return a figure as it stands in the preview."""
    if shown is None:
        return "–"
    return f"{shown:,.15g}" if isinstance(shown, (int, float)) else shown
