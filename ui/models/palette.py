"""What the palette lists: records that were found, and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line: a title, its other name or place, what it is (or its keys), and what Return does."""

    title: str
    icon: str
    run: Callable[[], object]
    note: str = ""
    kind: str = ""


class PaletteModel(QAbstractListModel):
    """The lines of the palette in order."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[PaletteEntry, ...] = ()

    def set_entries(self, entries: tuple[PaletteEntry, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, row: int) -> PaletteEntry | None:
        """Return a line, None where there is none."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of lines."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the whole line for a screen reader, or the entry."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.note, entry.kind) if part)
        return entry if role == ENTRY else None
