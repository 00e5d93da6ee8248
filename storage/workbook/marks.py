"""What the fast reader drops: error cells, formulas without a result, hidden rows; found in the sheet's XML."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from storage.workbook.looks import Look, Looks, LookScan
from storage.workbook.sheet import UNCALCULATED, CellError

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_CELL_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_UNCACHED = re.compile(
    rb'<(?:\w+:)?c\b([^>]*)\br="([A-Z]+)(\d+)"([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_OTHER_ROOTS = (b"chartsheet", b"dialogsheet")
BLOCK = 1 << 22  # bytes read at a time


@dataclass(slots=True)
class Marks:
    """Places from 0 in one sheet."""

    errors: dict[tuple[int, int], CellError] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    looks: Looks = field(default_factory=Looks)


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"(?:\w+:)?\b" + name + rb'="([^"]*)"', tag)
    return found[1].decode("utf-8", "replace") if found else ""


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name; "" where the part is missing.

    Empty for packages whose workbook is not XML (.xlsb, .ods).
    """
    by_name = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    book = next((name for name in by_name if name.endswith("workbook.xml")), None)
    if book is None:
        return {}
    folder, base = posixpath.split(book)
    relations = by_name.get(posixpath.join(folder, "_rels", base + ".rels"))
    if relations is None:
        return {}
    targets = {}
    for tag in _RELATION.findall(archive.read(relations)):
        target = _attribute(tag, b"Target").replace("\\", "/")
        full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        targets[_attribute(tag, b"Id")] = posixpath.normpath(full).lower()
    tags = _SHEET.findall(archive.read(by_name[book]))
    return {
        html.unescape(_attribute(tag, b"name")): by_name.get(targets.get(_relation_id(tag), ""), "") for tag in tags
    }


def _relation_id(tag: bytes) -> str:
    found = re.search(rb'\w+:id="([^"]*)"', tag)
    return found[1].decode() if found else ""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def marks_of(file: IO[bytes], styles: Mapping[int, Look]) -> Marks | None:
    """Find error cells, uncached formulas, hidden rows and telling number formats in the XML of one sheet.

    None for what is no sheet of cells.
    """
    marks, looks, known, formula = Marks(), LookScan(styles), False, b"<f"
    for xml in _blocks(file):
        if not known:
            known = b"sheetData" in xml or any(root in xml[:4_000] for root in _OTHER_ROOTS)
            formula = b":f" if b":sheetData" in xml else b"<f"
        looks.feed(xml)
        _find_in(xml, marks, formula)
    marks.looks = looks.looks()
    return marks if known else None


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Read XML in pieces that end behind a row: a sheet of a million rows would take more than a gigabyte at once."""
    held: list[bytes] = []
    while more := file.read(BLOCK):
        found = _ROW_END.search(more, max(more.rfind(b"row>") - 40, 0))
        held.append(more[: found.end()] if found else more)
        if found:
            yield b"".join(held)
            held = [more[found.end() :]]
    yield b"".join(held)


def _find_in(xml: bytes, marks: Marks, formula: bytes) -> None:
    if b't="e"' in xml:
        for letters, row, code in _CELL_ERROR.findall(xml):
            marks.errors[int(row) - 1, _column(letters)] = CellError(code.decode("utf-8", "replace"))
    if formula in xml:  # much faster than an expression alone
        for before, letters, row, after, value in _UNCACHED.findall(xml):
            if value and b't="str"' in before + after:
                continue  # calculated: a text without a character
            marks.errors[int(row) - 1, _column(letters)] = UNCALCULATED
    if b'hidden="' in xml:
        marks.hidden_rows |= {int(row) - 1 for row in _HIDDEN_ROW.findall(xml)}
