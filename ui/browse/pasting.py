"""What a pasted block of cells would change, cell by cell, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from storage.domain.fields import Choice, Field, Ref, Reference
from storage.domain.text import msg
from storage.errors import InvalidInput
from ui.browse.clipboard import Block
from ui.browse.writing import change_of
from ui.choosing import Chooser
from ui.language import tr
from ui.models.columns import Column, Reader, edited_field, label_of, shown, values_by_column
from ui.models.planned import PlannedChange


@dataclass(frozen=True, slots=True)
class Target:
    """Where a block goes: records of a kind in order, the columns as they stand, the first column, and how to read."""

    kind: str
    ids: Sequence[int]
    columns: Sequence[Column]
    first: int
    read: Reader


@dataclass(frozen=True, slots=True)
class Placed:
    """One text of a block over one cell: the record, its name, the column and the values there."""

    record: int
    name: str
    column: Column
    values: Sequence[Any]
    text: str


def planned_changes(block: Block, target: Target, choose: Chooser) -> list[PlannedChange]:
    """Return the change of every cell that differs, and the reason for each that cannot be read; on any thread."""
    places, rows = _matched(block, target)
    if len(rows) == 1 and len(rows[0]) == 1:
        rows = rows * len(target.ids)
    placed = (_planned(target.kind, one, choose) for one in _placed(places, rows, target))
    planned = [one for one in placed if one is not None]
    if (left := len(rows) - len(target.ids)) > 0:
        planned.append(PlannedChange("", "", "", "", None, msg("{n} rows lie past the end of the list.", n=left)))
    return planned


def _matched(block: Block, target: Target) -> tuple[list[int | None], Block]:
    """Return the place of each of the block's columns, by a header where the block has one, and the block's rows."""
    titles = {column.title.casefold(): place for place, column in enumerate(target.columns)}
    head = [text.strip().casefold() for text in block[0]]
    if len(block) > 1 and any(head) and all(text in titles for text in head if text):
        return [titles.get(text) for text in head], block[1:]
    return list(range(target.first, len(target.columns))), block


def _placed(places: Sequence[int | None], rows: Block, target: Target) -> Iterator[Placed]:
    ids = target.ids[: len(rows)]
    read = values_by_column(target.columns, ids, target.read)
    for record, values, texts in zip(ids, read, rows, strict=False):
        name = target.columns[0].cell(values[0]).text
        for place, text in zip(places, texts, strict=False):
            if place is not None:
                yield Placed(record, name, target.columns[place], values[place], text)


def _planned(kind: str, placed: Placed, choose: Chooser) -> PlannedChange | None:
    column = placed.column
    field = edited_field(column, placed.values)
    before = placed.values[(column.field, *column.beside).index(field)]
    now = column.cell(placed.values).text or shown(field, before)
    if placed.text.strip() in (now, shown(field, before)):
        return None
    try:
        after = _read(column, field, placed.text, choose)
    except InvalidInput as error:
        return PlannedChange(placed.name, label_of(field), now, placed.text, None, error.text)
    change = change_of(kind, placed.record, field, before, after)
    if change is None:
        return None
    return PlannedChange(placed.name, label_of(field), now, shown(field, after), change)


def _read(column: Column, field: Field, text: str, choose: Chooser) -> Any:
    if not column.field.editable:
        raise InvalidInput(msg("“{text}”: this column is worked out and cannot be changed.", text=text))
    if isinstance(field.type, Choice):
        return _chosen(field, field.type, text)
    if isinstance(field.type, Reference):
        return _referred(field, field.type, text, choose)
    return field.parse(text)


def _chosen(field: Field, choice: Choice, text: str) -> Any:
    wanted = text.strip().casefold()
    found = next((option.key for option in choice.options if tr(option.label).casefold() == wanted), None)
    return found or field.parse(text)


def _referred(field: Field, reference: Reference, text: str, choose: Chooser) -> Ref | None:
    if not text.strip():
        field.parse("")
        return None
    found = choose.named(reference.kind, text)
    if found is None:
        raise InvalidInput(msg("“{text}” is no known name for {field}.", text=text.strip(), field=field.label))
    return found
