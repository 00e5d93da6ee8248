"""Finds the table on a sheet: title lines above, one or more header rows, data, notes below."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from storage.domain import number_grammar
from storage.domain.periods import PeriodError, parse_period
from storage.workbook.sheet import CellValue, Sheet, kind_of
from storage.workbook.units import read_unit, split_unit

_SEARCHED_ROWS = 60
_PROBED_ROWS = 25
_TITLE_ROWS = 4
_NUMBERED_TITLE = re.compile(r"^\s*(table|표|<|\[|【|■|□|▣|▶|\d+[-.)]|[ivx]+\.)\s*\S", re.IGNORECASE)
_CONTINUED = re.compile(r"continued|cont[’'.]|계속|\(계\)", re.IGNORECASE)
NOTE = re.compile(r"^\W*(source|note|notes|출처|자료|주|주석|\*|※)\s*\d?\s*[):：.]|^\s*[※*]", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(source|unit|units|date|title|table|note|notes|출처|자료|단위|주|주석|통계표|기준|작성)\b\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows from 0; `last_row` is inclusive; `headers` holds each column's header parts from top to bottom.

    `next_table` is the header row of another table below, or None.
    """

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    headers: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...]
    next_table: int | None = None


def is_period(value: CellValue) -> bool:
    """Whether a header cell names a period: 2015, "2015-Q2", "2005-07 to 2010-12"."""
    if isinstance(value, (float, str)) and not isinstance(value, bool):
        try:
            return parse_period(value).frequency != "none"
        except PeriodError:
            return False
    return isinstance(value, date)


def find_table(sheet: Sheet, header_row: int | None = None) -> Table | None:
    """Locate the table; None for a sheet without cells."""
    filled = [_filled(row) for row in sheet.rows]
    if not any(filled):
        return None
    width = _usual_width(filled)
    header = header_row if header_row is not None else _best_header(sheet, filled, width)
    header_rows = (*_upper_rows(sheet, filled, header), header, *_lower_rows(sheet, filled, header))
    first = header_rows[-1] + 1
    further = _next_table(sheet, filled, header_rows)
    last = _last_row(sheet, filled[:further], first, min(2, width))
    titles = [sheet.text(row, filled[row][0]) for row in range(header_rows[0]) if _is_title(sheet, row, filled[row])]
    return Table(header_rows, first, last, _headers(sheet, header_rows), tuple(titles), further)


def _is_title(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether a row is one line of text; a unit or a date may stand at its right."""
    beside = (sheet.text(row, column) for column in columns[1:])
    return bool(columns) and len(columns) <= 2 and all(_LABEL.match(text) for text in beside)


def _next_table(sheet: Sheet, filled: list[list[int]], header_rows: tuple[int, ...]) -> int | None:
    """The header row of another table: labels after a blank row or a title, and figures below them."""
    first = header_rows[-1] + 1
    for row in range(first + 1, len(filled) - 1):
        if len(filled[row]) < 2 or not _opens(sheet, filled, first, row) or not _like_header(sheet, row, filled[row]):
            continue
        if _figures_follow(sheet, filled, row) and not _continues_above(sheet, filled, header_rows, row):
            return row
    return None


def _opens(sheet: Sheet, filled: list[list[int]], first: int, row: int) -> bool:
    """Whether a blank row, or titles below one, stand above a row."""
    above = row - 1
    while above >= first and above > row - 1 - _TITLE_ROWS and len(filled[above]) == 1:
        if _NUMBERED_TITLE.match(sheet.text(above, filled[above][0])):
            return True
        above -= 1
    return above >= first and not filled[above]


def _figures_follow(sheet: Sheet, filled: list[list[int]], row: int) -> bool:
    """Whether a row of figures comes after a header of at most three rows."""
    for below in range(row + 1, min(row + 4, len(filled))):
        values = [sheet.value(below, column) for column in filled[below][1:]]
        if any(is_number(value) and not is_period(value) for value in values):
            return True
        if not filled[below] or not _like_header(sheet, below, filled[below]):
            return any(map(is_number, values))
    return False


def _continues_above(sheet: Sheet, filled: list[list[int]], header_rows: tuple[int, ...], row: int) -> bool:
    """Whether the very header stands here again, as on every page of a long table, under no title of its own."""
    title = sheet.text(row - 1, filled[row - 1][0]) if len(filled[row - 1]) == 1 else ""
    old = {sheet.text(above, filled[above][0]) for above in range(header_rows[0]) if filled[above]}
    own = title and title not in old and not _CONTINUED.search(title)
    top = header_rows[0]
    same = [sheet.text(row, c) for c in filled[row]] == [sheet.text(top, c) for c in filled[top]]
    return same and not own and filled[row] == filled[top]


def _last_row(sheet: Sheet, filled: list[list[int]], first: int, least: int) -> int:
    """The last row with a figure beside a name; in a table of texts the last one that is wide enough."""
    wide = [row for row in range(first, len(filled)) if len(filled[row]) >= least]
    figures = (row for row in reversed(wide) if any(is_number(sheet.value(row, column)) for column in filled[row][1:]))
    return next(figures, wide[-1] if wide else first - 1)


def _filled(row: list[CellValue]) -> list[int]:
    return [
        column
        for column, value in enumerate(row)
        if value is not None and (not isinstance(value, str) or value.strip())
    ]


def _usual_width(filled: list[list[int]]) -> int:
    counts = sorted(len(columns) for columns in filled[:500] if columns)
    return counts[len(counts) * 3 // 4]


def _like_header(sheet: Sheet, row: int, columns: list[int]) -> bool:
    values = [sheet.value(row, column) for column in columns]
    return bool(values) and all(is_period(value) or _is_label(value) for value in values)


def _is_label(value: CellValue) -> bool:
    return kind_of(value) == "text" and not _is_figure(value)


def _best_header(sheet: Sheet, filled: list[list[int]], width: int) -> int:
    """The row of texts and periods that names most of the columns that hold data below it."""
    best, best_score = next(row for row, columns in enumerate(filled) if columns), 0.0
    for row, columns in enumerate(filled[:_SEARCHED_ROWS]):
        if len(columns) < min(2, width) or not _like_header(sheet, row, columns):
            continue
        below = Counter(column for probe in filled[row + 1 : row + 1 + _PROBED_ROWS] for column in probe)
        served = sum(1 for column in columns if below[column]) / len(columns)
        score = min(1.0, len(columns) / width) + served - 0.03 * row
        if (row + 1 < len(filled) and not filled[row + 1]) or _LABEL.match(sheet.text(row, columns[0])):
            score -= 0.5
        if score > best_score + 1e-9:
            best, best_score = row, score
    return best


def _upper_rows(sheet: Sheet, filled: list[list[int]], header: int) -> tuple[int, ...]:
    """Rows of group labels directly above the header."""
    rows: list[int] = []
    row = header - 1
    while row >= 0 and _groups(sheet, row, filled[row], filled[header]):
        rows.insert(0, row)
        row -= 1
    return tuple(rows)


def _groups(sheet: Sheet, row: int, columns: list[int], below: list[int]) -> bool:
    if not _like_header(sheet, row, columns) or any(_LABEL.match(sheet.text(row, column)) for column in columns):
        return False
    if _is_prose(sheet, row, columns, below):
        return False
    spans = any(first == row and right > left for first, left, _, right in sheet.merged)
    if len(columns) >= 2:
        return len(columns) < len(below) or spans or not set(columns) <= set(below)
    lone = sheet.value(row, columns[0])
    wide = any(first == row and 1 < right - left + 1 < len(below) for first, left, _, right in sheet.merged)
    completes = columns[0] not in below and len(str(lone)) <= 20 and not is_period(lone)
    return wide or completes


def _is_prose(sheet: Sheet, row: int, columns: list[int], below: list[int]) -> bool:
    """Whether a row above says other words over the name column and right beside it: lines of text, no groups."""
    first = columns[0]
    merged = any(top == row and left == first < right for top, left, _, right in sheet.merged)
    own = first == below[0] and not merged and sheet.text(row, first) != sheet.text(row + 1, first)
    return own and len(columns) > 1 and columns[1] == first + 1 and not is_period(sheet.value(row, columns[1]))


def _lower_rows(sheet: Sheet, filled: list[list[int]], header: int) -> tuple[int, ...]:
    """Rows below the header that still name columns: periods or texts over nothing but numbers."""
    rows: list[int] = []
    row = header + 1
    while row < len(filled) and _continues(sheet, row, filled, header):
        rows.append(row)
        row += 1
    return tuple(rows)


def _continues(sheet: Sheet, row: int, filled: list[list[int]], header: int) -> bool:
    columns = filled[row]
    if len(columns) < 2 or not _like_header(sheet, row, columns):
        return False
    gaps = [column for column in columns if column not in filled[header]]
    spanned = any(first == header and left < right for first, left, _, right in sheet.merged)
    labels = [sheet.text(header, column) for column in filled[header]]
    doubled = any(left == right for left, right in pairwise(labels))
    if _units_only(sheet, row, columns):
        return True
    if not gaps and not spanned and not doubled:
        return False
    gaps = gaps or [column for column in columns if sheet.text(row, column) != sheet.text(header, column)]
    probes = range(row + 1, min(row + 1 + _PROBED_ROWS, len(filled)))
    below = [sheet.value(probe, column) for probe in probes for column in gaps]
    told = [value for value in below if kind_of(value) != "blank"]
    return sum(map(_is_figure, told)) * 2 > len(told)


def _units_only(sheet: Sheet, row: int, columns: list[int]) -> bool:
    return all(read_unit(sheet.text(row, column).strip("()[]（）")) for column in columns)


def _is_figure(value: CellValue) -> bool:
    return is_number(value) or (isinstance(value, str) and number_grammar.is_missing(number_grammar.clean(value)))


def is_number(value: CellValue) -> bool:
    """Whether a cell is a number, stored as one or as text."""
    if isinstance(value, str):
        bare = (
            number_grammar.split_flags(number_grammar.clean(value))[0].removesuffix("%").strip("() ").removeprefix("-")
        )
        return any(number_grammar.read_number(bare, mark) is not None for mark in ".,")
    return isinstance(value, float)


def _headers(sheet: Sheet, header_rows: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    """Parts of each column's header; group labels reach over the blank cells right of them."""
    width = sheet.width
    grid = [[_one_line(text) for text in _header_texts(sheet, row, width)] for row in header_rows]
    for level, row in enumerate(header_rows[:-1]):
        _spread(grid, level)
        for first, left, last, right in sheet.merged:
            if first <= row <= last:
                grid[level][left : right + 1] = [sheet.text(first, left)] * (right + 1 - left)
    columns = zip(*grid, strict=True) if grid else ()
    return tuple(tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part)) for parts in columns)


def _header_texts(sheet: Sheet, row: int, width: int) -> list[str]:
    """The texts of a row; months stored as numbers have lost the last digit of October: 2015.1 beside 2015.09."""
    values = [sheet.value(row, column) for column in range(width)]
    parts = {value: f"{value:.2f}" for value in values if isinstance(value, float) and not value.is_integer()}
    months = all(is_period(text) and float(text) == value for value, text in parts.items())
    lost = months and any(not text.endswith("0") for text in parts.values())
    return [
        parts[v] if lost and isinstance(v, float) and v in parts else sheet.text(row, c) for c, v in enumerate(values)
    ]


def _one_line(text: str) -> str:
    """A header of two lines as one, a unit that ends the first of them at the end: "면적 (㎡)", "Area"."""
    first, _, rest = text.partition("\n")
    name, unit, multiplier = split_unit(" ".join(first.split()))
    if not rest.strip() or not name or (not unit and multiplier == 1.0):
        return text
    bracket = first.strip().removeprefix(name).strip()
    return f"{name} {rest.strip()} {bracket}" if bracket[:1] in ("(", "[", "（") else text


def _spread(grid: list[list[str]], level: int) -> None:
    """Carry a label right while the row below has labels of its own under blank cells."""
    label = ""
    for column, text in enumerate(grid[level]):
        below = any(lower[column] for lower in grid[level + 1 :])
        if text:
            label = text if below else ""
        elif label and below:
            grid[level][column] = label
        else:
            label = ""
