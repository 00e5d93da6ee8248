"""Several tables on one sheet: stacked below each other, or side by side; each has an area of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.workbook import words
from storage.workbook.layout import Layout
from storage.workbook.sheet import CellValue, Range, Sheet, address, column_number, kind_of
from storage.workbook.table import NOTE, Table, find_table, is_number, is_period

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)", re.IGNORECASE)
_BESIDE = frozenset().union(*(words.SINGLE[role] for role in ("unit", "status", "note", "source", "url", "scope")))


def area_of(text: str) -> Range:
    """Read an area such as "A5:F20"; raise InvalidInput when it is none."""
    found = _AREA.fullmatch(text.strip())
    if not found:
        raise InvalidInput(msg("“{area}” is no area of a sheet; write for example A5:F20.", area=text))
    rows, columns = sorted((int(found[2]) - 1, int(found[4]) - 1)), sorted(map(column_number, (found[1], found[3])))
    return max(rows[0], 0), columns[0], max(rows[1], 0), columns[1]


def area_text(area: Range) -> str:
    """Write an area as a person would: "A5:F20"."""
    return f"{address(area[0], area[1])}:{address(area[2], area[3])}"


def may_hold_more(sheet: Sheet, layout: Layout) -> bool:
    """Whether a sheet deserves the search for further tables: one below is seen, or the header has a gap or repeats."""
    if layout.next_table is not None or _above(sheet, layout.header_rows[0]):
        return True
    headers = [column.header for column in layout.columns]
    named = [header for header in headers if header]
    trimmed = "\n".join(header or " " for header in headers).strip()
    return "\n \n" in trimmed or len(set(named)) * 2 <= len(named)


def table_areas(sheet: Sheet) -> tuple[Range, ...]:
    """Return the areas of the tables with figures, from top to bottom, then from left to right."""
    whole = (0, 0, sheet.height - 1, sheet.width - 1)
    found: list[Range] = []
    for band in _bands(sheet, whole):
        for block in _blocks(sheet, band):
            found += [block] if block == band else _bands(sheet, block)
    return tuple(found)


def _bands(sheet: Sheet, area: Range) -> list[Range]:
    """The areas of tables below each other, each with the titles above it."""
    top, left, bottom, right = area
    part = sheet.within(area)
    table = find_table(part)
    if table is None or not _has_figures(part, table):
        return []
    start = _title_start(part, table.header_rows[0], top)
    above = _bands(sheet, (top, left, start - 1, right)) if start > top and _above(part, start) else []
    if table.next_table is None:
        return [*above, (start if above else top, left, bottom, right)]
    end = _title_start(part, table.next_table, table.last_row + 1)
    own = (start if above else top, left, end - 1, right)
    return [*above, own, *_bands(sheet, (end, left, bottom, right))]


def _above(sheet: Sheet, before: int) -> bool:
    """Whether rows with figures beside a name stand above a row."""
    rows = [row for row in range(before) if kind_of(_first(sheet, row)) == "text" and _numbers(sheet, row)]
    return len(rows) >= 2


def _first(sheet: Sheet, row: int) -> CellValue:
    return next((value for value in sheet.rows[row] if kind_of(value) != "blank"), None)


def _numbers(sheet: Sheet, row: int) -> bool:
    return any(is_number(value) and not is_period(value) for value in sheet.rows[row][1:])


def _has_figures(sheet: Sheet, table: Table) -> bool:
    return any(_numbers(sheet, row) for row in range(table.first_row, min(table.last_row, table.first_row + 200) + 1))


def _title_start(sheet: Sheet, header: int, least: int) -> int:
    """The first of the title lines above a header; notes of the table before stay with that one."""
    row = header
    while row > least and _is_line(sheet, row - 1):
        row -= 1
    if row == header and row - 2 >= least and not _filled(sheet, row - 1) and _is_line(sheet, row - 2):
        while row - 2 >= least and _is_line(sheet, row - 2):
            row -= 1
        row -= 1
    return row


def _is_line(sheet: Sheet, row: int) -> bool:
    filled = _filled(sheet, row)
    return 0 < len(filled) <= 2 and not NOTE.match(sheet.text(row, filled[0])) and not _numbers(sheet, row)


def _filled(sheet: Sheet, row: int) -> list[int]:
    return [column for column, value in enumerate(sheet.rows[row]) if kind_of(value) != "blank"]


def _blocks(sheet: Sheet, band: Range) -> list[Range]:
    """The areas of tables side by side; the band itself when it is one table."""
    part = sheet.within(band)
    table = find_table(part)
    if table is None:
        return [band]
    cuts = _repeated(table) or list(_after_gaps(part, table, band))
    if len(cuts) < 2:
        return [band]
    top, _, bottom, right = band
    edges = [*cuts[1:], right + 1]
    blocks = [(top, left, bottom, edge - 1) for left, edge in zip(cuts, edges, strict=True)]
    return blocks if all(_stands_alone(sheet, block) for block in blocks) else [band]


def _repeated(table: Table) -> list[int]:
    """Where the headers begin anew: a long list folded into halves beside each other."""
    headers = [" / ".join(parts) for parts in table.headers]
    first = next((place for place, header in enumerate(headers) if header), 0)
    told = headers[first:]
    while told and not told[-1]:
        told.pop()
    for width in range(2, len(told) // 2 + 1):
        if len(told) % width == 0 and all(told[place] == told[place % width] for place in range(len(told))):
            return list(range(first, first + len(told), width))
    return []


def _after_gaps(sheet: Sheet, table: Table, band: Range) -> Iterator[int]:
    """The columns with which a block begins, after a blank column."""
    filled = {column for row in range(table.header_rows[0], band[2] + 1) for column in _filled(sheet, row)}
    for column in sorted(filled):
        if column - 1 not in filled:
            yield column


def _stands_alone(sheet: Sheet, block: Range) -> bool:
    """Whether a block has a column of names or periods at its left, and figures right of it."""
    part = sheet.within(block)
    table = find_table(part)
    if table is None or not _has_figures(part, table) or block[3] == block[1]:
        return False
    keys = [part.value(row, block[1]) for row in range(table.first_row, table.last_row + 1)]
    told = [key for key in keys if kind_of(key) != "blank"]
    named = sum(1 for key in told if kind_of(key) == "text" or is_period(key))
    header = words.words(" ".join(table.headers[block[1]])) if block[1] < len(table.headers) else []
    return bool(told) and named == len(told) and not set(header) & _BESIDE
