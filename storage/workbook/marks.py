"""What the fast reader drops: error cells, formulas without a result, hidden rows; found in the sheet's XML."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.workbook.looks import Look, Looks, looks_of
from storage.workbook.sheet import UNCALCULATED, CellError

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_CELL_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_UNCACHED = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')


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


def marks_of(xml: bytes, styles: Mapping[int, Look] | None = None) -> Marks:
    """Find error cells, uncached formulas, hidden rows and telling number formats in the XML of one sheet."""
    marks = Marks(looks=looks_of(xml, styles or {}))
    if b't="e"' in xml:
        for letters, row, code in _CELL_ERROR.findall(xml):
            marks.errors[int(row) - 1, _column(letters)] = CellError(code.decode("utf-8", "replace"))
    if re.search(rb"<(?:\w+:)?f\b", xml):
        for letters, row in _UNCACHED.findall(xml):
            marks.errors[int(row) - 1, _column(letters)] = UNCALCULATED
    if b'hidden="' in xml:
        marks.hidden_rows = frozenset(int(row) - 1 for row in _HIDDEN_ROW.findall(xml))
    return marks
