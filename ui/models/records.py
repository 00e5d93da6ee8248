"""A table over ordered record ids: rows are fetched in windows and kept as formatted cells, ready to draw."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from storage.domain.fields import Field
from ui.models.columns import Cell, Column, Reader, edited_field, metric_of

Index = QModelIndex | QPersistentModelIndex
Ids = NDArray[np.int64]

WINDOW = 200
KEPT_WINDOWS = 24
NO_IDS: Ids = np.empty(0, dtype=np.int64)

# plain ints: comparing enum members costs more than all the rest of data()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
EDITABLE = READ_ONLY | Qt.ItemFlag.ItemIsEditable


class RecordModel(QAbstractTableModel):
    """Rows are records by id, columns are Fields; `read(ids, fields)` fetches values."""

    def __init__(self, read: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._ids = NO_IDS
        self._columns: tuple[Column, ...] = ()
        self._fields: tuple[Field, ...] = ()
        self._places: tuple[tuple[int, ...], ...] = ()
        self._titles: tuple[str, ...] = ()
        self._marks: dict[int, str] = {}
        self._short: frozenset[int] = frozenset()
        self._cells: OrderedDict[int, list[tuple[Cell, ...]]] = OrderedDict()
        self._values: dict[int, list[Sequence[Any]]] = {}

    @property
    def ids(self) -> Ids:
        """The ids of the rows in order."""
        return self._ids

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in order."""
        return self._columns

    def show(self, columns: tuple[Column, ...], ids: Ids) -> None:
        """Show other rows or columns; a view should have scrolled to its top before."""
        self.beginResetModel()
        self._columns = columns
        self._ids = ids
        keys: dict[str, Field] = {}
        for column in columns:
            keys |= {field.key: field for field in (column.field, *column.beside)}
        self._fields = tuple(keys.values())
        place = {key: number for number, key in enumerate(keys)}
        self._places = tuple(tuple(place[f.key] for f in (c.field, *c.beside)) for c in columns)
        self._marks = {}
        self._short = frozenset()
        self._retitle()
        self._forget()
        self.endResetModel()

    def mark(self, marks: dict[int, str]) -> None:
        """Put signs (of the sort order) after the titles of columns."""
        self._marks = marks
        self._retitle()

    def shorten(self, places: frozenset[int]) -> None:
        """Leave the unit out of the titles of columns that are too narrow for it; their tool tips keep it."""
        if places != self._short:
            self._short = places
            self._retitle()

    def _retitle(self) -> None:
        titles = (c.short_title if n in self._short else c.title for n, c in enumerate(self._columns))
        self._titles = tuple(f"{title} {self._marks.get(n, '')}".rstrip() for n, title in enumerate(titles))
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def reload(self) -> None:
        """Fetch the same rows again."""
        self._forget()
        if len(self._ids) and self._columns:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _forget(self) -> None:
        self._cells.clear()
        self._values.clear()

    def record_id(self, row: int) -> int:
        """Return the id of the record in a row."""
        return int(self._ids[row])

    def row_of(self, record_id: int) -> int | None:
        """Return the row of a record, None when it is not listed."""
        found = np.flatnonzero(self._ids == record_id)
        return int(found[0]) if len(found) else None

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows."""
        return self._window(row // WINDOW)[row % WINDOW][column]

    def values(self, row: int, column: int) -> Sequence[Any]:
        """Return the value of a cell, and of the fields beside it."""
        self._window(row // WINDOW)
        values = self._values[row // WINDOW][row % WINDOW]
        return [values[place] for place in self._places[column]]

    def edited(self, row: int, column: int) -> tuple[Field, Any]:
        """Return the field that an edit of the cell changes, with its value."""
        values = self.values(row, column)
        shown = self._columns[column]
        field = edited_field(shown, values)
        return field, values[(shown.field, *shown.beside).index(field)]

    def can_edit(self, row: int, column: int) -> bool:
        """Return whether a cell has an editor; a figure's has one where there is a figure."""
        field = self._columns[column].field
        return field.editable or (metric_of(field) is not None and self.values(row, column)[0] is not None)

    def _window(self, number: int) -> list[tuple[Cell, ...]]:
        cells = self._cells.get(number)
        if cells is None:
            cells = self._fetch(number)
        elif len(self._cells) > KEPT_WINDOWS // 2:
            self._cells.move_to_end(number)
        return cells

    def _fetch(self, number: int) -> list[tuple[Cell, ...]]:
        ids = self._ids[number * WINDOW : (number + 1) * WINDOW]
        rows = self._read(ids.tolist(), self._fields)
        drawn = tuple((c.field, c.render, places) for c, places in zip(self._columns, self._places, strict=True))
        cells = [tuple(render(f, [row[p] for p in places]) for f, render, places in drawn) for row in rows]
        self._cells[number] = cells
        self._values[number] = list(rows)
        if len(self._cells) > KEPT_WINDOWS:
            oldest, _ = self._cells.popitem(last=False)
            del self._values[oldest]
        return cells

    # What Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of records."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Return text, alignment, tool tip or accessible text."""
        if role == DISPLAY or role == EDIT:  # noqa: PLR1714, SIM109 - the quickest way for what Qt asks thousands of times
            return self.cell(index.row(), index.column()).text if index.isValid() else None
        if role == ALIGNMENT:
            return RIGHT if index.isValid() and self._columns[index.column()].field.numeric else LEFT
        if role == TOOL_TIP:
            return self.cell(index.row(), index.column()).spoken if index.isValid() else None
        if role == SPOKEN and index.isValid():
            return f"{self._columns[index.column()].title}: {self.cell(index.row(), index.column()).spoken}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        """Return the title of a column or the number of a row."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == DISPLAY else None
        if not 0 <= section < len(self._columns):
            return None
        if role == DISPLAY:
            return self._titles[section]
        if role == TOOL_TIP:
            return self._columns[section].title
        if role == ALIGNMENT:
            return RIGHT if self._columns[section].field.numeric else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the fields be edited that can be."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        field = self._columns[index.column()].field
        # asked for thousands of cells: whether there is a figure to edit, the delegate finds out
        return EDITABLE if field.editable or metric_of(field) is not None else READ_ONLY
