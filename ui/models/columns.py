"""Columns of a table of records, and the cells that they make of values: texts, greyed names, tags, ready to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storage.domain.fields import Choice, Field, Reference
from storage.domain.text import msg
from ui.language import current_code, name_of, other_name, tr

Tone = Literal["neutral", "good", "mind", "bad", "accent"]
Tag = tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: a text, the other name greyed after it, and small tags."""

    text: str = ""
    other: str = ""
    tags: tuple[Tag, ...] = ()

    @property
    def spoken(self) -> str:
        """All of it as one text, for screen readers, tool tips and widths."""
        return " ".join(part for part in (self.text, self.other, *(word for word, _ in self.tags)) if part)


METRIC = "metric:"
Render = Callable[[Field, Sequence[Any]], Cell]
Reader = Callable[[Sequence[int], Sequence[Field]], Sequence[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A field as a column; `beside` are fields that its cells are made of as well."""

    field: Field
    render: Render
    beside: tuple[Field, ...] = ()
    lead: bool = False

    def cell(self, values: Sequence[Any]) -> Cell:
        """Return the cell for values of the field and of those beside it."""
        return self.render(self.field, values)

    @property
    def title(self) -> str:
        """What stands in the header."""
        return label_of(self.field)

    @property
    def short_title(self) -> str:
        """What stands in a header too narrow for the unit."""
        return self.title.rpartition(" (")[0] or self.title


def metric_of(field: Field) -> int | None:
    """Return the metric whose latest figure a field of an entity shows, None for any other field."""
    return int(field.key.removeprefix(METRIC)) if field.key.startswith(METRIC) else None


def label_of(field: Field) -> str:
    """Return what a field is called in the window's language."""
    return field.label_ko if field.label_ko and current_code() == "ko" else tr(field.label)


def shown(field: Field, value: Any) -> str:
    """Return a value as a person reads it in the window's language."""
    if isinstance(field.type, Choice):
        return tr(field.type.label(value)) if value else ""
    return field.format(value, current_code())


def plain(field: Field, values: Sequence[Any]) -> Cell:
    """Show the value alone."""
    return Cell(shown(field, values[0]))


def named(_field: Field, values: Sequence[Any]) -> Cell:
    """Show a name in the window's language, the other one greyed."""
    name, name_ko = values[0] or "", values[1] or ""
    return Cell(name_of(name, name_ko), other_name(name, name_ko))


def referred(_field: Field, values: Sequence[Any]) -> Cell:
    """Show the names of the record that is referred to."""
    ref = values[0]
    return Cell(name_of(ref.name, ref.name_ko), other_name(ref.name, ref.name_ko)) if ref else Cell()


def tagged(field: Field, values: Sequence[Any]) -> Cell:
    """Show a choice as a tag, and its usual value not at all."""
    value = values[0]
    if not value or value in USUAL:
        return Cell()
    return Cell(tags=((shown(field, value), TONES.get(value, "neutral")),))


def preference(_field: Field, values: Sequence[Any]) -> Cell:
    """Show which figure of several is preferred."""
    return Cell(tags=((tr(PREFERRED), "good"),)) if values[0] else Cell()


def figure(field: Field, values: Sequence[Any]) -> Cell:
    """Show an observed value; where several compete, a tag with their number, and whether this one is preferred."""
    text = shown(field, values[0])
    count = int(values[1] or 0) + 1
    if values[2]:
        return Cell(text, tags=((tr(PREFERRED_OF if count > 1 else PREFERRED, n=count), "good"),))
    return Cell(text, tags=((tr(COMPETING, n=count), "mind"),)) if count > 1 else Cell(text)


USUAL = ("A", "actual")
TONES: dict[str, Tone] = {"B": "mind", "E": "mind", "F": "accent", "P": "mind", "M": "bad",
                          "estimate": "mind", "forecast": "accent", "target": "accent"}  # fmt: skip
PREFERRED = msg("preferred")
PREFERRED_OF = msg("preferred of {n}")
COMPETING = msg("1 of {n}")
RENDERS: dict[tuple[str, str], Render] = {
    ("observation", "entity_id"): referred,
    ("observation", "status"): tagged,
    ("observation", "scenario"): tagged,
    ("observation", "preferred"): preference,
    ("observation", "value"): figure,
}
BESIDE = {("observation", "value"): ("competing", "preferred")}


def columns_of(kind: str, fields: Sequence[Field], keys: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of the keys that there are fields for; the first is the lead."""
    known = {field.key: field for field in fields}
    wanted = [known[key] for key in keys if key in known]
    return tuple(_column(kind, known, field, lead=place == 0) for place, field in enumerate(wanted))


def _column(kind: str, known: dict[str, Field], field: Field, *, lead: bool) -> Column:
    if field.key == "name" and "name_ko" in known:
        return Column(field, named, (known["name_ko"],), lead)
    beside = tuple(known[key] for key in BESIDE.get((kind, field.key), ()))
    render = RENDERS.get((kind, field.key), plain)
    if render is plain and lead and isinstance(field.type, Reference):
        render = referred
    return Column(field, render, beside, lead)


def edited_field(column: Column, values: Sequence[Any]) -> Field:
    """Return the field that an edit of the cell means: of two names the one that is shown."""
    if column.render is named and values[1] and current_code() == "ko":
        return column.beside[0]
    return column.field


def values_by_column(columns: Sequence[Column], ids: Sequence[int], read: Reader) -> list[list[Sequence[Any]]]:
    """Read records; return for each of them the values that each column's cells are made of."""
    rows = read(ids, [field for column in columns for field in (column.field, *column.beside)])
    places = []
    end = 0
    for column in columns:
        begin, end = end, end + 1 + len(column.beside)
        places.append(slice(begin, end))
    return [[row[place] for place in places] for row in rows]
