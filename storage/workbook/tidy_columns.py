"""How records lie in our own workbooks: which sheets and columns, under which headers; writing and reading share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storage.domain.fields import Field, FieldType, Number, RecordKind, Words
from storage.domain.text import Text, msg
from storage.domain.vocabulary import PRECISION_OPTIONS

RECORD_KINDS = (
    "cluster", "organisation", "region", "alias", "relation", "sector", "specialisation", "unit", "metric",
    "observation", "source", "passage",
)  # fmt: skip
OBSERVATIONS, WIDE, LONG_TEXTS = msg("Observations"), msg("Data wide"), msg("Long texts")
LISTS, STAMP = "lists", "_meta"
LONG_HEADERS = (msg("Kind"), msg("id"), msg("Column"), msg("Part"), msg("Text"))
ID_HEADER = "id"
ID_OF = "#id"  # ends the key of the column beside a name that holds the record's id

_PARTS: dict[str, tuple[Text, FieldType, object]] = {
    "low": (msg("Low"), Number(), None),
    "high": (msg("High"), Number(), None),
    "precision": (msg("Precision"), PRECISION_OPTIONS, "exact"),
    "multiplier": (msg("Multiplier"), Number(), 1.0),
}

Part = Literal["value", "reference", "period", "day"]


@dataclass(frozen=True, slots=True)
class TidyColumn:
    """One stored column, `key`, as a workbook carries it; `field` holds that column alone."""

    key: str
    field: Field
    part: Part

    @property
    def header(self) -> Text:
        """What stands above it."""
        return self.field.label

    @property
    def id_header(self) -> Text:
        """What stands above the ids beside a column of names."""
        return msg("{field}: id", field=self.field.label)


def tidy_columns(kind: RecordKind) -> tuple[TidyColumn, ...]:
    """Return every stored column of a kind, in the order of its fields."""
    return tuple(column for group in column_groups(kind) for column in group)


def column_groups(kind: RecordKind) -> tuple[tuple[TidyColumn, ...], ...]:
    """Return the columns of each field together: they are changed and taken as one."""
    fields = [field for field in kind.fields if field.editable]
    return tuple(tuple(TidyColumn(own.key, own, part) for own, part in _parts_of(field)) for field in fields)


def _parts_of(field: Field) -> list[tuple[Field, Part]]:
    name = field.type.name
    if name == "reference":
        return [(field, "reference")]
    if name == "period":
        start, end = (msg("{field}: from", field=field.label), msg("{field}: before", field=field.label))
        text, first, last = field.columns
        return [
            (_own(field, text, field.label, Words()), "period"),
            (_own(field, first, start, Words()), "day"),
            (_own(field, last, end, Words()), "day"),
        ]
    if name == "quantity":
        value, *parts = field.columns
        found: list[tuple[Field, Part]] = [(_own(field, value, field.label, Number()), "value")]
        for part in parts:
            label, kind, blank = _PARTS[part]
            found.append((Field(part, label, kind, default=blank), "value"))
        return found
    return [(field, "value")]


def _own(field: Field, key: str, label: Text, kind: FieldType) -> Field:
    return Field(key, label, kind, required=field.required)


def sheet_title(kind: RecordKind) -> Text:
    """Return the name of the sheet that holds records of a kind."""
    return OBSERVATIONS if kind.key == "observation" else kind.plural


def name_list(kind: str) -> str:
    """Return the list from which a reference to a kind is chosen; all kinds of entity share one."""
    return "entity" if kind in ("cluster", "organisation", "region") else kind
