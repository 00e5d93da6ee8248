"""The past of one record: what each revision changed in it, as a person reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from storage.domain.changes import FieldChange, Revision
from storage.domain.fields import Field, Reference
from storage.domain.quantities import Quantity
from ui.inspector.reading import Reading
from ui.language import tr
from ui.models.columns import label_of, shown
from ui.widgets.editors.readings import quantity_reading

READ_CHANGES = 200
LONGEST = 120


@dataclass(frozen=True, slots=True)
class PastChange:
    """One revision's part in a record: sentences such as `Type: Techno valley → Corridor`."""

    revision: Revision
    lines: tuple[str, ...]
    stands: bool


def past_changes(reading: Reading, only: Field | None = None) -> list[PastChange]:
    """Return what happened to the record, or to one of its fields, newest first.

    The journal holds the columns that moved; the others are known by walking back from the record as it is now.
    """
    changes = reading.catalogue.history_of(reading.kind, reading.id, limit=READ_CHANGES)
    standing = reading.catalogue.standing()
    fields = [field for field in reading.catalogue.kinds[reading.kind].fields if field.columns and field.editable]
    state = _stored(reading, fields)
    found = []
    for _, group in groupby(changes, key=lambda change: change.revision.id):
        part = list(group)
        earlier = _before(state, part)
        moved = {change.column for change in part}
        touched = [field for field in (fields if only is None else [only]) if moved.intersection(field.columns)]
        if part[0].action != "insert":
            lines = _told(reading, touched, earlier, state)
        elif only is None:
            lines = (tr("Entered"),)
        else:
            lines = (tr("Entered: {value}", value=_text(only, _value(reading, only, state))),)
        if touched and lines:
            found.append(PastChange(part[0].revision, lines, part[0].revision.id in standing))
        state = earlier
    return found


def _stored(reading: Reading, fields: Sequence[Field]) -> dict[str, Any]:
    row = reading.catalogue.rows(reading.kind, [reading.id], fields)[0]
    state: dict[str, Any] = defaultdict(type(None))
    for field, value in zip(fields, row, strict=True):
        state |= field.write(value)
    return state


def _before(state: dict[str, Any], changes: Iterable[FieldChange]) -> dict[str, Any]:
    earlier = state.copy()
    for change in changes:
        earlier[change.column] = change.before
    return earlier


def _told(reading: Reading, fields: Iterable[Field], before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    lines = []
    for field in fields:
        old, new = (_text(field, _value(reading, field, state)) for state in (before, after))
        if old and new:
            lines.append(tr("{field}: {old} → {new}", field=label_of(field), old=old, new=new))
        elif new:
            lines.append(tr("{field}: {new}", field=label_of(field), new=new))
        elif old:
            lines.append(tr("{field}: {old}, removed", field=label_of(field), old=old))
    return tuple(lines)


def _value(reading: Reading, field: Field, state: dict[str, Any]) -> Any:
    value = field.read(state)
    if isinstance(field.type, Reference) and value is not None:
        return reading.catalogue.refs(field.type.kind, [value]).get(value)
    return value


def _text(field: Field, value: Any) -> str:
    # bounds are part of a figure, and may be all that moved
    text = quantity_reading(value) if isinstance(value, Quantity) else shown(field, value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
