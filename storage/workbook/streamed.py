"""Rows written straight as sheet XML, column by column: text stays text, a number stays the same double, and fast."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from itertools import repeat
from math import isfinite
from types import NoneType
from typing import Any

from xlsxwriter.worksheet import Worksheet

from storage.workbook.sheet import column_letters

CellContent = None | str | bool | int | float
Styles = int | Sequence[int]  # the index of the format of a whole column, or those of its cells
MOST_CHARACTERS = 32_767  # in one cell, counted as UTF-16 does
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_KEPT, LONGEST_KEPT = 4_000, 200  # ready cells of text of a column, and characters of each
BLOCK = 500  # rows that wait to be written together
ROW = "\0"  # stands in a cell for the number of its row
HEAD, END = f'<row r="{ROW}">', "</row>"
ROWS_HERE = "<sheetData/>"

_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
_NOTHING, _WORDS, _NUMBERS, _TRUTHS = {NoneType}, {NoneType, str}, {NoneType, int, float}, {NoneType, bool}


def utf16_length(text: str) -> int:
    """Return how long Excel takes a text to be."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """Return a text as it stands in sheet XML; what looks like Excel's own escape is escaped itself."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    piece = found[0]
    if piece in _ESCAPED:
        return _ESCAPED[piece]
    return "\ufffd" if "\ud800" <= piece <= "\udfff" else f"_x{ord(piece):04X}_"


def number_xml(value: float) -> str:
    """Return the shortest digits from which the same number comes back."""
    return repr(value).removesuffix(".0")


class StreamedSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows go to a file of their own as ready XML; `packing` puts them into the workbook."""

    def __init__(self) -> None:
        super().__init__()
        self.next_row = 0
        self.usual: Sequence[int] = ()  # the formats of whole columns, which blank cells have anyway
        self.rows_file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the workbook
        self._columns: list[CellColumn] = []
        self._waiting: list[tuple[tuple[CellContent, ...], tuple[int, ...], float | None]] = []

    def stream(self, values: Sequence[CellContent], formats: Sequence[int], height: float | None = None) -> None:
        """Write the next row: its cells and the indexes of their formats; the height is in points."""
        waiting = self._waiting
        if waiting and (len(waiting) >= BLOCK or len(waiting[0][0]) != len(values)):
            self.flush()
        self._waiting.append((tuple(values), tuple(formats), height))
        self.next_row += 1

    def stream_columns(self, columns: Sequence[Sequence[CellContent]], styles: Sequence[Styles]) -> None:
        """Write the next rows, given by column."""
        self.flush()
        self.next_row += len(columns[0])
        self._write(columns, styles, [HEAD] * len(columns[0]))

    def flush(self) -> None:
        """Write the rows that wait."""
        if not self._waiting:
            return
        values, formats, heights = zip(*self._waiting, strict=True)
        self._waiting = []
        styles: Sequence[Styles] = formats[0] if len(set(formats)) == 1 else list(zip(*formats, strict=True))
        heads = [f'<row r="{ROW}" ht="{height:g}" customHeight="1">' if height else HEAD for height in heights]
        self._write(list(zip(*values, strict=True)), styles, heads)

    def _write(self, columns: Sequence[Sequence[CellContent]], styles: Sequence[Styles], heads: Sequence[str]) -> None:
        while len(self._columns) < len(columns):
            place = len(self._columns)
            self._columns.append(CellColumn(column_letters(place), (*self.usual[place : place + 1], 0)[0]))
            self.dim_rowmin, self.dim_colmin, self.dim_colmax = 0, 0, place
        each = zip(self._columns, columns, styles, strict=False)
        made = (column.cells(values, style) for column, values, style in each)
        rows = map("".join, zip(heads, *(cells for cells in made if cells is not None), repeat(END)))
        first = self.next_row - len(heads) + 1
        numbered = [row.replace(ROW, str(number)) for number, row in enumerate(rows, first)]
        self.rows_file.write("".join(numbered).encode())
        self.dim_rowmax = self.next_row - 1
        self.previous_row = self.next_row  # XlsxWriter has no row of its own to write

    def _write_optimized_sheet_data(self) -> None:
        """Leave a place for the rows, where XlsxWriter would copy them."""
        self.flush()
        self.fh.write(ROWS_HERE)


class CellColumn:
    """One column of a sheet; a blank cell in the `usual` style, which the whole column has, is left out."""

    def __init__(self, letters: str, usual: int) -> None:
        self._letters = letters
        self._usual = usual
        self._styled: dict[int, _StyledCells] = {}

    def cells(self, values: Sequence[Any], styles: Styles) -> Iterable[str] | None:
        """Return the cell of every value, with ROW for the number of the row, None for nothing at all."""
        kinds = set(map(type, values))
        numbers = kinds <= _NUMBERS and (float not in kinds or all(map(isfinite, filter(None, values))))
        if not isinstance(styles, int):
            return self._each_styled(values, styles, numbers)
        styled = self._of(styles)
        if kinds == _NOTHING and not styled.blank:
            return None
        if kinds <= _WORDS:
            return map(styled.__getitem__, values)
        if numbers:
            begin, blank = styled.begin, styled.blank
            return [blank if value is None else f"{begin}><v>{value!r}</v></c>" for value in values]
        if kinds <= _TRUTHS:
            return map({truth: styled.cell(truth) for truth in (None, True, False)}.__getitem__, values)
        return map(styled.cell, values)

    def _each_styled(self, values: Sequence[Any], styles: Sequence[int], numbers: bool) -> Iterable[str]:
        of = {style: self._of(style) for style in set(styles)}
        pairs = zip(values, styles, strict=True)
        if not numbers:
            return [of[style].cell(value) for value, style in pairs]
        begins = {style: cells.begin for style, cells in of.items()}
        blanks = {style: cells.blank for style, cells in of.items()}
        return [blanks[look] if value is None else f"{begins[look]}><v>{value!r}</v></c>" for value, look in pairs]

    def _of(self, style: int) -> _StyledCells:
        if style not in self._styled:
            begin = f'<c r="{self._letters}{ROW}" s="{style}"'
            self._styled[style] = _StyledCells(begin, "" if style in (0, self._usual) else f"{begin}/>")
        return self._styled[style]


class _StyledCells(dict[str | None, str]):
    """The cells of a column in one style, by their text; the last thousands are kept, as columns repeat themselves."""

    def __init__(self, begin: str, blank: str) -> None:
        super().__init__({None: blank})
        self.begin = begin
        self.blank = blank

    def __missing__(self, text: str | None) -> str:
        if text is None:
            return self.blank
        cell = self.begin + _text_xml(text)
        if len(self) >= MOST_KEPT:
            self.clear()
        if len(text) <= LONGEST_KEPT:
            self[text] = cell
        return cell

    def cell(self, value: Any) -> str:
        """Return the cell of any value; what is no number is shown as text."""
        if value is None or type(value) is str:
            return self[value]
        if type(value) is bool:
            return f'{self.begin} t="b"><v>{value:d}</v></c>'
        if type(value) in (int, float):
            return f"{self.begin}><v>{value!r}</v></c>" if isfinite(value) else self[str(value)]
        # numpy's and other kinds stand for a plain one
        return self.cell(str(value) if isinstance(value, str) else float(value))


def _text_xml(value: str) -> str:
    if len(value) > MOST_CHARACTERS // 2 and utf16_length(value) > MOST_CHARACTERS:
        raise ValueError("a cell takes no more than 32,767 characters")
    keep = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{keep}>{escaped(value)}</t></is></c>'
