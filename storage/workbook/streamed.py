"""Rows written straight as sheet XML: text stays text, a number comes back as the same double, and it is fast."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Sequence
from types import NoneType

from xlsxwriter.worksheet import Worksheet

from storage.workbook.sheet import column_letters

CellContent = None | str | bool | int | float
MOST_CHARACTERS = 32_767  # in one cell, counted as UTF-16 does
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_KEPT, LONGEST_KEPT = 20_000, 200  # ready cells of text, and characters of each
MOST_TEMPLATES = 5_000
ROW = "\0"  # stands in a template for the number of the row
ROWS_HERE = "<sheetData/>"

Kinds = tuple[type, ...]
NUMBER = "><v>%s</v></c>"
FILLINGS = {NoneType: "/>", str: "%s", bool: ' t="b"' + NUMBER, int: NUMBER, float: NUMBER}
KINDS = frozenset(FILLINGS)

_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}


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
    """A sheet whose rows go to a file of their own as ready XML; `packing` puts them into the workbook.

    Rows of the same kinds of cells in the same formats share a template, which is filled by one formatting.
    """

    def __init__(self) -> None:
        super().__init__()
        self.next_row = 0
        self.usual: Sequence[int] = ()  # the formats of whole columns, which blank cells have anyway
        self.rows_file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the workbook
        self._letters: list[str] = []
        self._endings = _Endings()
        self._templates: dict[tuple[Kinds, tuple[int, ...]], str] = {}

    def stream(self, values: Sequence[CellContent], formats: Sequence[int], height: float | None = None) -> None:
        """Write the next row: its cells and the indexes of their formats; the height is in points."""
        if len(self._letters) < len(values):
            self._widen(len(values))
        kinds = tuple(map(type, values))
        if not KINDS.issuperset(kinds):
            values = [_plain(value) for value in values]
            kinds = tuple(map(type, values))
        key = (kinds, tuple(formats))
        template = self._templates.get(key) or self._template(key)
        endings = self._endings
        cells = [
            endings[value] if type(value) is str else f"{value:d}" if type(value) is bool else repr(value)
            for value in values
            if value is not None
        ]
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        row = template.replace(ROW, str(self.next_row + 1)) % (tall, *cells)
        if "nan</v>" in row or "inf</v>" in row:
            return self.stream([_visible(value) for value in values], formats, height)
        self.dim_rowmax = self.next_row
        self.next_row += 1
        self.previous_row = self.next_row  # XlsxWriter has no row of its own to write
        self.rows_file.write(row.encode())
        return None

    def _template(self, key: tuple[Kinds, tuple[int, ...]]) -> str:
        """Return the XML of such rows, with ROW for the number of the row and %s for what a cell holds."""
        pieces = [f'<row r="{ROW}"%s>']
        usual = (*self.usual, *[0] * len(self._letters))
        for letters, kind, style, common in zip(self._letters, *key, usual, strict=False):
            if kind is not NoneType or style not in (0, common):
                pieces.append(f'<c r="{letters}{ROW}" s="{style}"{FILLINGS[kind]}')
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[key] = "".join(pieces) + "</row>"
        return self._templates[key]

    def _widen(self, width: int) -> None:
        self._letters = [column_letters(place) for place in range(width)]
        self.dim_rowmin, self.dim_colmin, self.dim_colmax = 0, 0, width - 1

    def _write_optimized_sheet_data(self) -> None:
        """Leave a place for the rows, where XlsxWriter would copy them."""
        self.fh.write(ROWS_HERE)


class _Endings(dict[str, str]):
    """The end of a cell of text, by the text; the last thousands are kept, since columns repeat themselves."""

    def __missing__(self, text: str) -> str:
        ending = _text_xml(text)
        if len(self) >= MOST_KEPT:
            self.clear()
        if len(text) <= LONGEST_KEPT:
            self[text] = ending
        return ending


def _text_xml(value: str) -> str:
    if len(value) > MOST_CHARACTERS // 2 and utf16_length(value) > MOST_CHARACTERS:
        raise ValueError("a cell takes no more than 32,767 characters")
    keep = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{keep}>{escaped(value)}</t></is></c>'


def _plain(value: CellContent) -> CellContent:
    """Return a value of another type, such as numpy's, as the plain one that it stands for."""
    if type(value) in KINDS:
        return value
    return str(value) if isinstance(value, str) else float(value or 0.0)


def _visible(value: CellContent) -> CellContent:
    """Return what is no number as text."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
