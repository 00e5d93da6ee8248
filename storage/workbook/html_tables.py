"""Tables of HTML as spreadsheets and browsers write them: cells as shown, the numbers behind them, merged cells."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from storage.domain.number_grammar import clean, read_number
from storage.workbook.delimited import typed_cell
from storage.workbook.looks import per_cent
from storage.workbook.sheet import CellValue, Range, Sheet

CHUNK = 1 << 20
# what is still unparsed at the end is a tag without its end; the parser tries each of its characters anew, for minutes
LONGEST_REST = 16_384
UNSEEN = frozenset({"style", "script", "head", "title"})
WIDEST, TALLEST = 16_384, 1_048_576  # what a sheet of Excel holds; a span beyond is a mistake or a trap
MOST_CELLS = 5_000_000
TOO_NARROW = "#"  # a number that its column has no room for is shown as ####
ROUNDING = 0.05  # what is shown may be rounded; the wrong mark is a thousand times off
AS_TEXT = "@"  # the number format of cells that are text, whatever their characters


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: its text as shown, the number behind it, and how far it reaches."""

    text: str
    number: float | None = None
    rows: int = 1
    columns: int = 1


@dataclass
class HtmlTable:
    """The rows of one table, cells in the order in which they are written; `hidden` are rows not to be seen."""

    rows: list[list[Shown]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


class TooManyCells(ValueError):
    """A table that is larger than any that people copy."""


def read_tables(text: str, pause: Callable[[], None]) -> list[HtmlTable]:
    """Return the tables that have cells, in the order of their beginnings; `pause` may raise to stop."""
    reader = _TableReader()
    for start in range(0, len(text), CHUNK):
        pause()
        reader.feed(text[start : start + CHUNK])
    if len(reader.rawdata) <= LONGEST_REST:
        reader.close()
    reader.finish()
    return [table for table in reader.tables if any(table.rows)]


class _TableReader(HTMLParser):
    """Collects cells; a table within a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[HtmlTable] = []
        self._open: list[HtmlTable] = []
        self._cells: list[_OpenCell | None] = []
        self._unseen = 0
        self._count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open.append(HtmlTable())
            self._cells.append(None)
            self.tables.append(self._open[-1])
        elif self._open:
            self._within(tag, {name: value or "" for name, value in attrs})

    def _within(self, tag: str, told: Mapping[str, str]) -> None:
        table, cell = self._open[-1], self._cells[-1]
        if tag == "tr":
            self._end_cell()
            table.rows.append([])
            if "display:none" in told.get("style", "").replace(" ", "").casefold():
                table.hidden.add(len(table.rows) - 1)
        elif tag in ("td", "th", "caption"):
            self._end_cell()
            if tag == "caption" or not table.rows:
                table.rows.append([])
            self._cells[-1] = _OpenCell(told)
        elif tag in ("br", "p", "div") and cell is not None:
            cell.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif self._open and tag in ("td", "th", "tr", "caption"):
            self._end_cell()
        elif self._open and tag == "table":
            self._end_cell()
            self._open.pop()
            self._cells.pop()

    def handle_data(self, data: str) -> None:
        if self._cells and not self._unseen and (cell := self._cells[-1]) is not None:
            # line breaks of the source are only blanks, those of the cell are <br>
            cell.words.append(" ".join(f"|{data}|".split())[1:-1])

    def finish(self) -> None:
        """End what the text leaves open."""
        while self._open:
            self._end_cell()
            self._open.pop()
            self._cells.pop()

    def _end_cell(self) -> None:
        cell = self._cells[-1]
        if cell is None:
            return
        shown = cell.shown()
        self._count += shown.rows * shown.columns
        if self._count > MOST_CELLS:
            raise TooManyCells
        self._open[-1].rows[-1].append(shown)
        self._cells[-1] = None


class _OpenCell:
    def __init__(self, told: Mapping[str, str]) -> None:
        self._told = told
        self.words: list[str] = []

    def shown(self) -> Shown:
        lines = "".join(self.words).split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        told = self._told
        rows, columns = _span(told.get("rowspan", ""), TALLEST), _span(told.get("colspan", ""), WIDEST)
        return Shown(text, _number_behind(told, text), rows, columns)


def _span(told: str, most: int) -> int:
    return min(max(int(told), 1), most) if told.strip().isascii() and told.strip().isdigit() and len(told) < 9 else 1


def _number_behind(told: Mapping[str, str], text: str) -> float | None:
    """Return the number that Excel (x:num), LibreOffice (sdval) or Google (data-sheets-value) says is in the cell."""
    if "x:str" in told or told.get("sdnum", "").rpartition(";")[2] == AS_TEXT:
        return None
    for name in ("x:num", "sdval"):
        if name in told:
            return _finite(told[name] or text)
    if "data-sheets-value" in told:
        try:
            value = json.loads(told["data-sheets-value"])
        except ValueError:
            return None
        number = value.get("3") if isinstance(value, dict) else None
        return float(number) if isinstance(number, (int, float)) and math.isfinite(number) else None
    return None


def _finite(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def sheet_of(table: HtmlTable, name: str) -> Sheet:
    """Lay the cells out on a sheet, each where the ones above and before it leave room."""
    grid = _Grid()
    for cells in table.rows:
        grid.add(cells)
    last = len(grid.rows) - 1
    merged = tuple((top, left, min(bottom, last), right) for top, left, bottom, right in grid.merged)
    rows = [[_value(shown) for shown in row] for row in grid.rows]
    texts = [[shown.text if shown else "" for shown in row] for row in grid.rows]
    return Sheet(name, rows, merged=merged, texts=texts, hidden_rows=frozenset(table.hidden),
                 point_proven=_point_proven(table))  # fmt: skip


@dataclass
class _Grid:
    """Rows of cells, None where there is none of its own; `below` says how many rows each column is taken for."""

    rows: list[list[Shown | None]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)

    def add(self, cells: list[Shown]) -> None:
        """Place the cells of the next row."""
        taken = self.below
        self.below = {column: left - 1 for column, left in taken.items() if left > 1}
        row: list[Shown | None] = []
        for shown in cells:
            while len(row) in taken:
                row.append(None)
            if shown.columns > 1 or shown.rows > 1:
                self._merge(shown, len(row))
            row.append(shown)
            row += [None] * (shown.columns - 1)
        self.rows.append(row[:WIDEST])

    def _merge(self, shown: Shown, column: int) -> None:
        first, last = len(self.rows), column + shown.columns - 1
        if shown.text:
            self.merged.append((first, column, first + shown.rows - 1, last))
        if shown.rows > 1:
            self.below |= dict.fromkeys(range(column, last + 1), shown.rows - 1)


def _value(shown: Shown | None) -> CellValue:
    """Return the number behind a cell that shows one, else its text; a percentage keeps its sign, with all digits."""
    if shown is None or not shown.text:
        return None
    number, text = shown.number, shown.text
    if number is None:
        return typed_cell(text)
    padded = text[0] == "0" and text[1:].isdecimal()
    if not padded and (_plain(text) == number or not text.strip(TOO_NARROW) or _read(text) is not None):
        return number
    if text.endswith("%") and _read(text.removesuffix("%").strip()) is not None:
        return f"{per_cent(number)!r}%"
    return text  # a date, a code, a unit or a word around it, which the number alone would lose


def _plain(text: str) -> float | None:
    """Return what most cells show, a number with a point, without looking closer."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _read(text: str) -> float | None:
    """Return the size of a number as it is shown, by either decimal mark; None for any other text."""
    bare = clean(text).strip("()").removeprefix("-").strip()
    point = read_number(bare)
    return read_number(bare, ",") if point is None else point


def _point_proven(table: HtmlTable) -> bool:
    """Whether a number behind a cell shows that its mark is the point: 80,123 for 80123.25."""
    for row in table.rows:
        for shown in row:
            if shown.number is not None and ("." in shown.text or "," in shown.text):
                point, comma = (read_number(clean(shown.text), mark) for mark in ".,")
                if _rounds(shown.number, point) and not _rounds(shown.number, comma):
                    return True
    return False


def _rounds(number: float, shown: float | None) -> bool:
    return shown is not None and math.isclose(number, shown, rel_tol=ROUNDING)
