"""Who says what where workbooks disagree: a row for each field, a column for each workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from storage.domain.disputes import OURS, Dispute, Spot
from ui.language import name_of, tr

Index = QModelIndex | QPersistentModelIndex
FieldName = Callable[[str, str], str]
CHOSEN = Qt.ItemDataRole.UserRole
BASE, CATALOGUE, FIRST_FILE = range(3)


class DisputeModel(QAbstractTableModel):
    """What was exported, what the catalogue holds, what each workbook says; beside each row its record and field."""

    def __init__(self, field_name: FieldName) -> None:
        """`field_name(kind, column)` is what a stored column is called."""
        super().__init__()
        self._field_name = field_name
        self._files: tuple[str, ...] = ()
        self._rows: tuple[Dispute, ...] = ()
        self._chosen: Mapping[Spot, int] = {}

    def show_disputes(self, files: Sequence[str], disputes: Sequence[Dispute], chosen: Mapping[Spot, int]) -> None:
        """Show disputes among the files of these names, and who was said to be right."""
        if (tuple(files), tuple(disputes)) == (self._files, self._rows):
            self._chosen = dict(chosen)
            if self._rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._files, self._rows, self._chosen = tuple(files), tuple(disputes), dict(chosen)
        self.endResetModel()

    def dispute(self, row: int) -> Dispute | None:
        """Return the dispute of a row, None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def side(self, row: int, column: int) -> int | None:
        """Return whose value stands in a cell, None where nobody says anything there."""
        dispute = self.dispute(row)
        if dispute is None or column < CATALOGUE:
            return None
        place = OURS if column == CATALOGUE else column - FIRST_FILE
        return place if place == OURS or place in dispute.theirs else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of disputes."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else FIRST_FILE + len(self._files)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the headers: above the workbooks by their files' names, beside the rows record and field."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._about(section)
        if section >= FIRST_FILE:
            return self._files[section - FIRST_FILE] if section < self.columnCount() else None
        return (tr("As exported"), tr("In the catalogue"))[section]

    def _about(self, row: int) -> str | None:
        dispute = self.dispute(row)
        if dispute is None:
            return None
        record = name_of(dispute.title, dispute.title_ko)
        return tr("{record} · {field}", record=record, field=self._field_name(dispute.kind, dispute.column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, or whether its side was chosen."""
        dispute = self.dispute(index.row()) if index.isValid() else None
        if dispute is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(dispute, index.column())
        if role == CHOSEN:
            side = self.side(index.row(), index.column())
            return side is not None and self._chosen.get(dispute.spot) == side
        return None

    def _text(self, dispute: Dispute, column: int) -> str:
        if column < FIRST_FILE:
            return (dispute.base if column == BASE else dispute.ours) or "–"
        return dispute.theirs.get(column - FIRST_FILE, "")
