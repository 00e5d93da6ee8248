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
from ui.models.columns import Column, label_of, shown
from ui.models.planned import PlannedChange
from ui.models.records import RecordModel


@dataclass(frozen=True, slots=True)
class Target:
    """Where a block goes: the rows of the table in order, the columns as they stand, and the first column."""

    rows: Sequence[int]
    columns: Sequence[int]
    first: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One text of a block over one cell of the table."""

    row: int
    column: int
    text: str


def planned_changes(
    model: RecordModel, kind: str, block: Block, target: Target, choose: Chooser
) -> list[PlannedChange]:
    """Return the change of every cell that differs, and the reason for each that cannot be read."""
    planned = [_planned(model, kind, placed, choose) for placed in _placed(model, block, target)]
    return [one for one in planned if one is not None]


def _placed(model: RecordModel, block: Block, target: Target) -> Iterator[Placed]:
    columns, rows = _matched(model, block, target)
    if len(rows) == 1 and len(rows[0]) == 1 and len(target.rows) > 1:
        rows = rows * len(target.rows)
    lines = target.rows if len(target.rows) >= len(rows) else _onwards(model, target, len(rows))
    for row, texts in zip(lines, rows, strict=False):
        for column, text in zip(columns, texts, strict=False):
            if column is not None:
                yield Placed(row, column, text)


def _onwards(model: RecordModel, target: Target, count: int) -> Sequence[int]:
    first = target.rows[0]
    return range(first, min(first + count, model.rowCount()))


def _matched(model: RecordModel, block: Block, target: Target) -> tuple[list[int | None], Block]:
    """Return the table's column for each of the block's, by a header where the block has one, and its rows."""
    titles = {column.title.casefold(): place for place, column in enumerate(model.columns)}
    head = [text.strip().casefold() for text in block[0]]
    if len(block) > 1 and any(head) and all(text in titles for text in head if text):
        return [titles.get(text) for text in head], block[1:]
    return list(target.columns[target.first :]), block


def _planned(model: RecordModel, kind: str, placed: Placed, choose: Chooser) -> PlannedChange | None:
    column = model.columns[placed.column]
    field, before = model.edited(placed.row, placed.column)
    now = model.cell(placed.row, placed.column).text or shown(field, before)
    if placed.text.strip() in (now, shown(field, before)):
        return None
    record = model.cell(placed.row, 0).text
    try:
        after = _read(column, field, placed.text, choose)
    except InvalidInput as error:
        return PlannedChange(record, label_of(field), now, placed.text, None, error.text)
    change = change_of(kind, model.record_id(placed.row), field, before, after)
    if change is None:
        return None
    return PlannedChange(record, label_of(field), now, shown(field, after), change)


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
