"""What Excel shows instead of the stored number, by its format: 12.3 % for 0.123, 00123 for 123, 2015 for a day."""

from __future__ import annotations

import html
import re
import zipfile
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from storage.domain.quantities import number_text
from storage.workbook.units import read_unit

_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_BUILT_IN = {9: "0%", 10: "0.00%", 17: "mmm-yy"}
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, conditions, room and filling
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
PERCENT, PADDED, YEAR, MONTH, UNIT, SCALED = "percent", "padded", "year", "month", "unit", "scaled"
TEXTS = frozenset([PADDED, YEAR, MONTH])  # what is shown is what is meant


@dataclass(frozen=True, slots=True)
class Look:
    """What a number format makes of a number: one of the kinds above, the digits it shows, the unit it writes.

    The digits of a scaled one are those that it hides: 3 for `#,##0,`.
    """

    kind: str
    digits: int = 0
    unit: str = ""

    @property
    def measure(self) -> tuple[str, float]:
        """The unit that it writes, and its multiplier: `0"억원"` is KRW in hundred millions."""
        return (read_unit(self.unit) or (self.unit, 1.0)) if self.kind == UNIT else ("", 1.0)

    def text(self, value: object) -> str | None:
        """What is seen, None where the format says nothing about such a value."""
        if isinstance(value, date):
            months = f"{value.year}-{value.month:02}" if self.kind == MONTH else None
            return str(value.year) if self.kind == YEAR else months
        if not isinstance(value, float):
            return None
        if self.kind == PADDED and value.is_integer() and value >= 0:
            return f"{int(value):0{self.digits}d}"
        return f"{number_text(per_cent(value), self.digits)}%" if self.kind == PERCENT else None


def per_cent(value: float) -> float:
    """A share as per cent, to the last digit: 0.07 is 7, not 7.000000000000001."""
    return float(Decimal(repr(value)).scaleb(2))


@dataclass(frozen=True)
class Looks:
    """The looks of a sheet's cells, kept as runs down each column: first rows, last rows, looks."""

    columns: Mapping[int, tuple[tuple[int, ...], tuple[int, ...], tuple[Look, ...]]] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Look | None:
        """The look of a cell, None where it shows what it holds."""
        if column not in self.columns:
            return None
        firsts, lasts, looks = self.columns[column]
        place = bisect_right(firsts, row) - 1
        return looks[place] if place >= 0 and row <= lasts[place] else None


def look_of(code: str) -> Look | None:
    """The look that a number format gives, None where it only groups digits, rounds or writes a whole date."""
    first = _ASIDE.sub("", code.split(";", maxsplit=1)[0])
    bare = _LITERAL.sub("", first).strip().lower()
    decimals = len(re.match(r"[^.]*\.?(0*)", bare)[1]) if "." in bare else 0  # type: ignore[index]
    if "%" in bare:
        return Look(PERCENT, decimals)
    if re.fullmatch(r"0{2,}", bare):
        return Look(PADDED, len(bare))
    if re.fullmatch(r"'?y{1,4}[^a-z]*", bare):
        return Look(YEAR)
    if re.fullmatch(r"'?y{1,4}[^a-z]*m{1,5}[^a-z]*|m{1,5}[^a-z]*y{1,4}[^a-z]*", bare):
        return Look(MONTH)
    if scaled := re.fullmatch(r"[#,0]*0(?:\.0+)?(,+)", bare):
        return Look(SCALED, 3 * len(scaled[1]))
    written = "".join(one or other for one, other in _LITERAL.findall(first)).strip()
    if written and re.fullmatch(r"[#,0]*0(?:\.0+)?", bare.replace(" ", "")) and read_unit(written):
        return Look(UNIT, decimals, written)
    return None


def style_looks(archive: zipfile.ZipFile) -> dict[int, Look]:
    """The styles of a workbook, by number, that show something else than the number."""
    part = next((name for name in archive.namelist() if name.lower().endswith("styles.xml")), None)
    xml = archive.read(part) if part else b""
    found = _CELL_FORMATS.search(xml)
    if not found:
        return {}
    codes = dict(_BUILT_IN)
    for tag in _FORMAT.findall(xml):
        number, code = (re.search(rb"\b" + name + rb'="([^"]*)"', tag) for name in (b"numFmtId", b"formatCode"))
        if number and code and number[1].isdigit():
            codes[int(number[1])] = html.unescape(code[1].decode("utf-8", "replace"))
    looks: dict[int, Look] = {}
    for place, tag in enumerate(_CELL_FORMAT.findall(found[0])):
        number = re.search(rb'\bnumFmtId="(\d+)"', tag)
        look = look_of(codes.get(int(number[1]), "")) if number else None
        if look is not None:
            looks[place] = look
    return looks


class LookScan:
    """Gathers the looks of a sheet's cells from its XML, some rows after the other."""

    def __init__(self, styles: Mapping[int, Look]) -> None:
        wanted = b"|".join(str(number).encode() for number in styles)
        pattern = rb'<(?:\w+:)?c\b(?=[^>]*\bs="(' + wanted + rb')")[^>]*?\br="([A-Z]{1,3})(\d+)"'
        self._cells = re.compile(pattern) if styles else None
        self._styles = styles
        self._runs: dict[int, list[tuple[int, int, Look]]] = {}

    def feed(self, xml: bytes) -> None:
        """Look at further rows."""
        for style, letters, digits in self._cells.findall(xml) if self._cells else ():
            row, look = int(digits) - 1, self._styles[int(style)]
            column = self._runs.setdefault(_column(letters), [])
            if column and column[-1][1] == row - 1 and column[-1][2] == look:
                column[-1] = (column[-1][0], row, look)
            elif not column or column[-1][1] < row:
                column.append((row, row, look))

    def looks(self) -> Looks:
        """Return what was found."""
        return Looks({column: tuple(zip(*parts, strict=True)) for column, parts in self._runs.items()})  # type: ignore[misc]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
