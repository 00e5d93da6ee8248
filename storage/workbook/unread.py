"""What a plan leaves unread: numbers outside every table, and sheets with tables of another kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.domain.text import Text, msg
from storage.workbook.mapping import Mapping
from storage.workbook.sheet import Sheet, Workbook, address
from storage.workbook.table import is_period


def unread(workbook: Workbook, mappings: Sequence[Mapping], others: Sequence[str]) -> tuple[Text, ...]:
    """Return a note for each kind of thing that is not read; `others` are the sheets that are laid out differently."""
    found: list[Text] = []
    for name in dict.fromkeys(mapping.sheet for mapping in mappings):
        sheet = workbook.sheet(name)
        cells = list(_outside(sheet, [m for m in mappings if m.sheet == name])) if sheet else []
        if cells:
            found.append(
                msg("Sheet “{sheet}”: {count} numbers outside the table are not read, the first in {cell}.",
                    sheet=name, count=len(cells), cell=address(*cells[0]))
            )  # fmt: skip
    if others:
        found.append(
            msg("These sheets are laid out differently and are not read: {sheets}. Choose one to read it.",
                sheets=", ".join(others))
        )  # fmt: skip
    return tuple(found)


def _outside(sheet: Sheet, mappings: Sequence[Mapping]) -> Iterator[tuple[int, int]]:
    """The places of numbers, years left out, that no table holds."""
    for row in _rows(sheet, mappings):
        for column, value in enumerate(sheet.rows[row]):
            number = isinstance(value, float) and not is_period(value)
            if number and not any(_holds(mapping, row, column) for mapping in mappings):
                yield row, column


def _rows(sheet: Sheet, mappings: Sequence[Mapping]) -> Iterator[int]:
    """The rows that may hold such numbers: a table without an area takes the whole width."""
    whole = [mapping for mapping in mappings if mapping.area is None]
    for row in range(sheet.height):
        if not any(mapping.header_rows[0] <= row <= mapping.last_row for mapping in whole):
            yield row


def _holds(mapping: Mapping, row: int, column: int) -> bool:
    left, right = (mapping.area[1], mapping.area[3]) if mapping.area else (0, column)
    return mapping.header_rows[0] <= row <= mapping.last_row and left <= column <= right
