"""The revisions of a catalogue as a table."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from storage.domain.changes import Revision
from storage.domain.text import msg
from ui.language import tr

Index = QModelIndex | QPersistentModelIndex
REVISION = Qt.ItemDataRole.UserRole

KINDS = {"edit": msg("edit"), "import": msg("import"), "undo": msg("undo"), "redo": msg("redo")}
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RevisionColumn(IntEnum):
    """The columns in order."""

    NUMBER, LABEL, KIND, CHANGES, AUTHOR, TIME = range(6)


HEADERS = {
    RevisionColumn.NUMBER: msg("No."),
    RevisionColumn.LABEL: msg("What"),
    RevisionColumn.KIND: msg("How"),
    RevisionColumn.CHANGES: msg("Changes"),
    RevisionColumn.AUTHOR: msg("Who"),
    RevisionColumn.TIME: msg("When"),
}


class RevisionModel(QAbstractTableModel):
    """Newest first; a revision that was taken back is shown muted and says so."""

    def __init__(self) -> None:
        super().__init__()
        self._revisions: list[Revision] = []
        self._standing: frozenset[int] = frozenset()

    def set_revisions(self, revisions: list[Revision], standing: frozenset[int]) -> None:
        """Show these; `standing` are the numbers of those that were not taken back."""
        self.beginResetModel()
        self._revisions = revisions
        self._standing = standing
        self.endResetModel()

    def revision(self, row: int) -> Revision | None:
        """Return the revision of a row, None where there is none."""
        return self._revisions[row] if 0 <= row < len(self._revisions) else None

    def row_of(self, number: int) -> int:
        """Return the row of a revision, -1 when it is not shown."""
        return next((row for row, revision in enumerate(self._revisions) if revision.id == number), -1)

    def is_taken_back(self, revision: Revision) -> bool:
        """Whether an edit or import no longer stands."""
        return revision.kind in ("edit", "import") and revision.id not in self._standing

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of revisions."""
        return 0 if parent is not None and parent.isValid() else len(self._revisions)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(RevisionColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the headers of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(RevisionColumn):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADERS[RevisionColumn(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, or the whole revision."""
        if not index.isValid():
            return None
        revision = self._revisions[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(revision, RevisionColumn(index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return revision if role == REVISION else None

    def _text(self, revision: Revision, column: RevisionColumn) -> str:
        match column:
            case RevisionColumn.NUMBER:
                return f"{revision.id:,}"
            case RevisionColumn.LABEL:
                return tr(revision.text)
            case RevisionColumn.KIND:
                kind = tr(KINDS[revision.kind])
                return tr("{kind}, taken back", kind=kind) if self.is_taken_back(revision) else kind
            case RevisionColumn.CHANGES:
                return f"{revision.change_count:,}"
            case RevisionColumn.AUTHOR:
                return revision.author
            case RevisionColumn.TIME:
                return local_time(revision.at)


def local_time(at: str) -> str:
    """Return an ISO time in UTC as the user's clock shows it."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def _alignment(column: int) -> int:
    numeric = column in (RevisionColumn.NUMBER, RevisionColumn.CHANGES)
    return int(RIGHT if numeric else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
