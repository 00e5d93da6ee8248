"""What revisions did, told line by line: a record, and under it each field from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from storage.domain.changes import FieldChange
from storage.domain.fields import Choice, Field, Ref, Reference
from storage.domain.text import Text, msg
from storage.domain.vocabulary import PRECISION_OPTIONS
from ui.language import current_code, tr

if TYPE_CHECKING:
    from storage.catalogue import Catalogue

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole

# the bounds of a period follow from its text, and the parts of a figure have no fields of their own
WORKED_OUT = ("_start", "_end")
PARTS = {
    "low": msg("Lowest"),
    "high": msg("Highest"),
    "precision": msg("Precision"),
    "multiplier": msg("Multiplier"),
}
# what the program keeps for itself in a recipe and a saved view, of use to nobody who reads it
INTERNAL = {("recipe", "fingerprint"), ("recipe", "definition"), ("view", "definition")}
PART_CHOICES = {"precision": PRECISION_OPTIONS}
ACTIONS = {"insert": msg("new"), "update": msg("changed"), "delete": msg("deleted")}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A record (`is_record`, with what was done to it), or one of its fields with both values as text."""

    kind: str
    record_id: int
    title: str
    is_record: bool = False
    note: str = ""
    before: str = ""
    after: str = ""


def change_lines(catalogue: Catalogue, changes: Sequence[FieldChange]) -> list[ChangeLine]:
    """Tell the changes in the window's language; reads the names of the records that values refer to."""
    fields = {(change.kind, change.column): _field(catalogue, change) for change in changes}
    refs = _refs(catalogue, changes, fields)
    lines: list[ChangeLine] = []
    last: tuple[str, int] | None = None
    for change in changes:
        if (change.kind, change.record_id) != last:
            last = (change.kind, change.record_id)
            lines.append(_record_line(catalogue, change))
        if (change.kind, change.column) in INTERNAL:
            continue
        field = fields[change.kind, change.column]
        choice = choice_of(field, change.column)
        before, after = (
            tr(choice.label(str(value))) if choice and value is not None else _told(value, field, refs)
            for value in (change.before, change.after)
        )
        if before != after and not change.column.endswith(WORKED_OUT):
            title = tr(PARTS[change.column]) if change.column in PARTS else tr(field.label) if field else change.column
            lines.append(ChangeLine(change.kind, change.record_id, title, before=before, after=after))
    return lines


def choice_of(field: Field | None, column: str) -> Choice | None:
    """Return what a stored column of the field chooses from, None where it holds something else."""
    if column in PART_CHOICES:
        return PART_CHOICES[column]
    return field.type if field is not None and isinstance(field.type, Choice) else None


def _record_line(catalogue: Catalogue, change: FieldChange) -> ChangeLine:
    kind = catalogue.kinds.get(change.kind)
    label = tr(kind.label) if kind else change.kind
    note = f"{label} · {tr(ACTIONS[change.action])}"
    return ChangeLine(change.kind, change.record_id, change.title, is_record=True, note=note)


def _field(catalogue: Catalogue, change: FieldChange) -> Field | None:
    kind = catalogue.kinds.get(change.kind)
    return next((field for field in kind.fields if change.column in field.columns), None) if kind else None


def _refs(
    catalogue: Catalogue, changes: Iterable[FieldChange], fields: dict[tuple[str, str], Field | None]
) -> dict[tuple[str, int], Ref]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        field = fields[change.kind, change.column]
        if field is not None and isinstance(field.type, Reference):
            wanted[field.type.kind] |= {value for value in (change.before, change.after) if isinstance(value, int)}
    return {(kind, id): ref for kind, ids in wanted.items() for id, ref in catalogue.refs(kind, sorted(ids)).items()}


def _told(value: object, field: Field | None, refs: dict[tuple[str, int], Ref]) -> str:
    if value is None:
        return ""
    if field is not None and isinstance(field.type, Reference) and isinstance(value, int):
        ref = refs.get((field.type.kind, value))
        return ref.label(current_code()) if ref else tr(msg("no. {id}", id=value))
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


class ChangeLineModel(QAbstractListModel):
    """The lines in order; `record_title` lines stand above their fields."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ChangeLine] = []

    def set_lines(self, lines: list[ChangeLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of lines."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line as one sentence, or the line itself."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return told_line(line)
        return line if role == LINE else None


def told_line(line: ChangeLine) -> str:
    """Return a line as one sentence, as a tool tip or a screen reader gives it."""
    if line.is_record:
        return f"{line.title} ({line.note})"
    return tr(Text("{field}: {change}"), field=line.title, change=arrow(line))


def arrow(line: ChangeLine) -> str:
    """Return both values of a field, parted by an arrow; one alone where the other is blank."""
    if line.before and line.after:
        return f"{line.before} → {line.after}"
    return line.after or tr("{value}, removed", value=line.before)
