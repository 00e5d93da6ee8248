"""Rows written straight as sheet XML: text stays text, a number comes back as the same double, and it is fast."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from storage.workbook.sheet import column_letters

CellContent = None | str | bool | int | float
MOST_CHARACTERS = 32_767  # in one cell, counted as UTF-16 does
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_KEPT, LONGEST_KEPT = 20_000, 200  # ready cells of text, and characters of each

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
    """A sheet of a workbook in constant-memory mode whose rows go to its row file as ready XML."""

    def __init__(self) -> None:
        super().__init__()
        self.next_row = 0
        self._openings: list[str] = []
        self._endings: dict[str, str] = {}

    def stream(self, values: Sequence[CellContent], formats: Sequence[int], height: float | None = None) -> None:
        """Write the next row: its cells and the indexes of their formats; the height is in points."""
        if len(self._openings) < len(values):
            self._widen(len(values))
        self.dim_rowmax = self.next_row
        self.next_row += 1
        self.previous_row = self.next_row  # XlsxWriter has no row of its own to write
        number = self.next_row
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        pieces = [f'<row r="{number}"{tall}>']
        for opening, value, style in zip(self._openings, values, formats, strict=False):
            if value is None:
                if style:
                    pieces.append(f'{opening}{number}" s="{style}"/>')
            elif type(value) is str:
                ending = self._endings.get(value) or self._text(value)
                pieces.append(f'{opening}{number}" s="{style}"{ending}')
            else:
                pieces.append(f'{opening}{number}" s="{style}"{_plain(value)}')
        pieces.append("</row>")
        self.row_data_fh.write("".join(pieces))

    def _widen(self, width: int) -> None:
        self._openings = [f'<c r="{column_letters(place)}' for place in range(width)]
        self.dim_rowmin, self.dim_colmin, self.dim_colmax = 0, 0, width - 1

    def _text(self, value: str) -> str:
        """Return the end of a cell of text; the last thousands are kept, since columns repeat themselves."""
        ending = _text_xml(value)
        if len(self._endings) >= MOST_KEPT:
            self._endings.clear()
        if len(value) <= LONGEST_KEPT:
            self._endings[value] = ending
        return ending


def _text_xml(value: str) -> str:
    if len(value) > MOST_CHARACTERS // 2 and utf16_length(value) > MOST_CHARACTERS:
        raise ValueError("a cell takes no more than 32,767 characters")
    keep = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{keep}>{escaped(value)}</t></is></c>'


def _plain(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str) or not math.isfinite(value):
        return _text_xml(str(value))
    return f"><v>{number_xml(value)}</v></c>"
