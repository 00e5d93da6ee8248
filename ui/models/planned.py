"""Changes that are shown before they are written: a bulk edit, or a block that was pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from storage.domain.changes import Change
from storage.domain.text import Text, msg
from ui.language import tr

Index = QModelIndex | QPersistentModelIndex
TITLES = (msg("Record"), msg("Field"), msg("Now"), msg("New value"))


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One cell: its record and field, both values as text, and the change, or the reason why there is none."""

    record: str
    field: str
    before: str
    after: str
    change: Change | None
    problem: Text | None = None


class PlannedModel(QAbstractTableModel):
    """The planned changes, those that cannot be made first."""

    def __init__(self) -> None:
        super().__init__()
        self._planned: list[PlannedChange] = []

    def set_planned(self, planned: Sequence[PlannedChange]) -> None:
        """Show other changes."""
        self.beginResetModel()
        self._planned = sorted(planned, key=lambda one: one.problem is None)
        self.endResetModel()

    def planned(self, row: int) -> PlannedChange:
        """Return the change of a row."""
        return self._planned[row]

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of cells."""
        return 0 if parent is not None and parent.isValid() else len(self._planned)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return record, field, now, new."""
        return 0 if parent is not None and parent.isValid() else len(TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the texts; the reason of a cell that cannot be read stands beside what was given."""
        if not index.isValid():
            return None
        one = self._planned[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            after = one.after if one.problem is None else tr(one.problem)
            return (one.record, one.field, one.before, after)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and one.problem is not None and index.column() == len(TITLES) - 1:
            return QGuiApplication.palette().brush(QPalette.ColorRole.BrightText)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the titles."""
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return tr(TITLES[section]) if wanted and 0 <= section < len(TITLES) else None
