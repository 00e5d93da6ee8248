"""The figures of a chart as a table: the same values, read-only."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.charts.ink import Ink
from ui.charts.plan import EMPTY_GRID, Cell, Entry, Grid
from ui.charts.swatch import swatch_icon
from ui.charts.wording import figure_qualities, figure_source, figure_title, figure_value, value_text

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GridModel(QAbstractTableModel):
    """Names with swatches in the first column, figures in the others; EditRole gives these without their flags."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = EMPTY_GRID
        self._entries: tuple[Entry, ...] = ()
        self._ink: Ink | None = None

    def set_grid(self, grid: Grid, entries: tuple[Entry, ...], ink: Ink) -> None:
        """Show another table, with the legend that its rows belong to."""
        self.beginResetModel()
        self._grid, self._entries, self._ink = grid, entries, ink
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """Return a cell with its figure, None for a name."""
        if not index.isValid() or index.column() == 0:
            return None
        return self._grid.cells[index.row()][index.column() - 1]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of series or records."""
        return 0 if parent.isValid() else len(self._grid.names)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns with the names' one."""
        return 0 if parent.isValid() or not self._grid.names else len(self._grid.columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._grid.corner if section == 0 else self._grid.columns[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == 0 else RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a name or a figure."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        return self._name(index.row(), role) if cell is None else _figure(cell, role)

    def _name(self, row: int, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self._grid.names[row]
        if role == Qt.ItemDataRole.DecorationRole and self._ink is not None and self._grid.entries:
            return swatch_icon(self._entries[self._grid.entries[row]], self._ink)
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def rows(self, indexes: Iterable[QModelIndex]) -> tuple[list[str], list[list[str]], list[bool]]:
        """Return header, rows and which columns are numbers for the selected rows, all of them for no selection."""
        wanted = sorted({index.row() for index in indexes}) or list(range(self.rowCount()))
        header = [self._grid.corner, *self._grid.columns]
        rows = [[self._grid.names[row], *(_plain(cell) for cell in self._grid.cells[row])] for row in wanted]
        numeric = [any(row[n].figure is not None for row in self._grid.cells) for n in range(len(self._grid.columns))]
        return header, rows, [False, *numeric]


def _plain(cell: Cell) -> str:
    return cell.text if cell.figure is None else value_text(cell.figure)


def _figure(cell: Cell, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return cell.text
    if role == Qt.ItemDataRole.EditRole:
        return _plain(cell)
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return RIGHT
    if role == Qt.ItemDataRole.ToolTipRole and cell.figure is not None and cell.line is not None:
        return _told(cell)
    return None


def _told(cell: Cell) -> str:
    assert cell.line is not None
    assert cell.figure is not None
    lines = (figure_title(cell.line, cell.figure), figure_value(cell.line, cell.figure),
             figure_qualities(cell.line, cell.figure), figure_source(cell.figure.point))  # fmt: skip
    return "\n".join(line for line in lines if line)
