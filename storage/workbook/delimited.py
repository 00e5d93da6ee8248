"""Delimited text: finds encoding and delimiter, keeps ragged rows, types only what is surely a number."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from charset_normalizer import from_bytes

from storage.workbook.sheet import CellValue

_DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CODE_PAGES = ["cp1252", "cp1250", "iso8859_2", "mac_roman", "cp949", "shift_jis", "gb18030", "big5", "cp1251"]
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|-?\.\d+")
_BOOLS = {"TRUE": True, "FALSE": False, "True": True, "False": False}
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a]")
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text, each as long as the file has it."""

    rows: list[list[str]]
    encoding: str
    delimiter: str


def read_table(data: bytes, suffix: str = ".csv") -> Table | None:
    """Split the bytes of a delimited file; None when they are no text."""
    decoded = decode(data)
    if decoded is None:
        return None
    text, encoding = decoded
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        text, delimiter = text[stated.end() :], stated[1]
    else:
        delimiter = "\t" if suffix in (".tsv", ".tab") and "\t" in text else find_delimiter(text)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return Table(_without_stub(rows), encoding, delimiter)


def _without_stub(rows: list[list[str]]) -> list[list[str]]:
    r"""Split Eurostat's first column ("freq,unit,geo\TIME_PERIOD") into one column per dimension."""
    stub = rows[0][0] if rows and rows[0] else ""
    if "\\" not in stub or "," not in stub:
        return rows
    names = stub.rpartition("\\")[0].split(",")
    split = (row[0].split(",") if row else [] for row in rows[1:])
    return [names + rows[0][1:], *(keys + row[1:] for keys, row in zip(split, rows[1:], strict=True))]


def decode(data: bytes) -> tuple[str, str] | None:
    """Text and the name of its encoding: by mark, as UTF-8, as Korean, else by statistics; None for no text."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None) or _bare_utf16(data) or "utf-8"
    try:
        found: tuple[str, str] | None = data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
    except UnicodeDecodeError:
        found = _legacy(data) if encoding == "utf-8" else None
    return None if found is None or _CONTROL.search(found[0][:_SAMPLE]) else found


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every second byte."""
    head = data[:2000]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) // 5 or min(even, odd) > len(head) // 50:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _legacy(data: bytes) -> tuple[str, str] | None:
    try:
        korean = data.decode("cp949")
    except UnicodeDecodeError:
        korean = ""
    foreign = [char for char in korean if ord(char) > 127]
    if foreign and sum("가" <= char <= "힣" for char in foreign) > 0.7 * len(foreign):
        return korean, "cp949"
    lines = b"\n".join(line for line in data.splitlines() if any(byte > 127 for byte in line))
    name = _likeliest(lines[:_SAMPLE])
    try:
        return data.decode(name), name
    except UnicodeDecodeError:
        return None


def _likeliest(sample: bytes) -> str:
    """The best code page by statistics; on a draw the Western one, which short samples hide."""
    matches = from_bytes(sample, cp_isolation=_CODE_PAGES)
    best = matches.best()
    if best is None:
        return "cp1252"
    draw = any(match.encoding == "cp1252" and match.chaos <= best.chaos for match in matches)
    return "cp1252" if draw else best.encoding


def find_delimiter(text: str) -> str:
    """The delimiter that splits the first lines into the most columns most evenly."""
    scores = {}
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
        widths = Counter(len(row) for row in islice(_readable(reader), 60) if row)
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 1))
        scores[delimiter] = (rows / max(1, widths.total())) * (width > 1), width
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _readable(reader: Iterable[list[str]]) -> Iterable[list[str]]:
    """Rows of a sample whose last quoted cell may be cut off."""
    try:
        yield from reader
    except csv.Error:
        return


def typed_rows(rows: list[list[str]], pause: Callable[[], None]) -> tuple[list[list[CellValue]], list[list[str]]]:
    """Values and texts of the rows; "00123", "1,234" and codes of 16 digits stay text.

    `pause` is called now and then and may raise to stop.
    """
    fullmatch = _NUMBER.fullmatch
    typed: list[list[CellValue]] = []
    for start in range(0, len(rows), 5000):
        pause()
        typed.extend([_typed(cell, fullmatch) for cell in row] for row in rows[start : start + 5000])
    return typed, rows


def _typed(cell: str, fullmatch: Callable[[str], re.Match[str] | None]) -> CellValue:
    if not cell:
        return None
    if fullmatch(cell):
        return float(cell)
    return _BOOLS.get(cell, cell)


def typed_cell(text: str) -> CellValue:
    """Return the value of one cell by the same rules."""
    return _typed(text, _NUMBER.fullmatch)
