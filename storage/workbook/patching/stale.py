"""Formulas whose stored results are no longer true once cells were written: those that read them, and so on.

Excel would work them out anew when asked to, but LibreOffice, previews and other readers show what is stored. So the
results of these formulas are taken out, and the rest stay. Names, structured references and INDIRECT or OFFSET may
lead anywhere: formulas with them always count as stale.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from storage.workbook.patching.cells import Place
from storage.workbook.patching.markup import attribute, tags
from storage.workbook.patching.sheet_part import SheetPart, range_of
from storage.workbook.sheet import Range, place_of

Cell = tuple[str, Place]
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
MOST_LOOKS = 20_000_000  # pairs of a stale cell and a range before all formulas count as stale
MOST_SPILLED = 100_000
_STRING = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!)?"
_CELLS = re.compile(
    r"(?<![\w.$!'\]])" + _SHEET + r"(?P<ref>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d+:\$?\d+)(?![\w.(!\[])"
)
_FUNCTION = re.compile(r"[^\W\d][\w.]*\(")
_PLAIN = re.compile(r"\b(?:TRUE|FALSE)\b|#[A-Z/0!?]+|\d[\d.]*(?:[Ee][+-]?\d+)?")
_LEADING = re.compile(r"\b(?:INDIRECT|OFFSET)\(", re.IGNORECASE)
_CORNER = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


@dataclass(frozen=True, slots=True)
class _Formula:
    """One formula: what it reads (None: anything) and which cells show its result."""

    sheet: str
    reads: tuple[tuple[str, Range], ...] | None
    shows: tuple[Place, ...]


@dataclass
class _Index:
    """Who reads what."""

    cells: dict[Cell, list[_Formula]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[tuple[Range, _Formula]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, formula: _Formula) -> None:
        """Note what a formula reads."""
        for sheet, area in formula.reads or ():
            if area[:2] == area[2:]:
                self.cells[sheet.casefold(), (area[0], area[1])].append(formula)
            else:
                self.areas[sheet.casefold()].append((area, formula))

    def readers(self, cell: Cell) -> Iterator[_Formula]:
        """Yield the formulas that read a cell."""
        sheet, (row, column) = cell
        yield from self.cells.get(cell, ())
        for (top, left, bottom, right), formula in self.areas.get(sheet, ()):
            if top <= row <= bottom and left <= column <= right:
                yield formula


def stale_results(sheets: Mapping[str, SheetPart], written: Mapping[str, Iterable[Place]]) -> dict[str, set[Place]]:
    """Return, by sheet, the cells whose stored result came of cells that were written."""
    formulas = [formula for name, sheet in sheets.items() for formula in _formulas(name, sheet)]
    index = _Index()
    for formula in formulas:
        index.add(formula)
    waiting: list[Cell] = [(name.casefold(), place) for name, places in written.items() for place in places]
    stale = {id(formula): formula for formula in formulas if formula.reads is None}
    waiting += [(f.sheet.casefold(), place) for f in stale.values() for place in f.shows]
    looks = MOST_LOOKS
    while waiting:
        cell = waiting.pop()
        looks -= len(index.areas.get(cell[0], ()))
        if looks < 0:
            return _shown(formulas, written)
        for formula in index.readers(cell):
            if id(formula) not in stale:
                stale[id(formula)] = formula
                waiting += [(formula.sheet.casefold(), place) for place in formula.shows]
    return _shown(stale.values(), written)


def _shown(formulas: Iterable[_Formula], written: Mapping[str, Iterable[Place]]) -> dict[str, set[Place]]:
    found: dict[str, set[Place]] = defaultdict(set)
    for formula in formulas:
        found[formula.sheet].update(formula.shows)
    for sheet, places in written.items():
        found[sheet].difference_update(places)
    return {sheet: places for sheet, places in found.items() if places}


def _formulas(name: str, sheet: SheetPart) -> Iterator[_Formula]:
    shared: dict[str, tuple[Place, str]] = {}
    for place, tag, text in _texts(sheet):
        kind, group = attribute(tag, b"t"), attribute(tag, b"si") or ""
        shows: tuple[Place, ...] = (place,)
        shift, formula = (0, 0), text
        if kind == "shared" and text:
            shared[group] = (place, text)
        elif kind == "shared" and group in shared:
            first, formula = shared[group]
            shift = (place[0] - first[0], place[1] - first[1])
        elif kind in ("array", "dataTable"):
            shows = _spilled(range_of(attribute(tag, b"ref") or ""))
        yield _Formula(name, _reads(name, formula, shift) if formula and kind != "dataTable" else None, shows)


def _texts(sheet: SheetPart) -> Iterator[tuple[Place, bytes, str]]:
    """Yield the place, the tag and the text of every formula."""
    name = sheet.prefix + b"f"
    found = tags(sheet.xml, name, start=sheet.data.end)
    places: Iterator[Place] | None = None
    for tag in found:
        closing = tag if tag.empty else next(found)
        cell = sheet.xml.rfind(b"<" + sheet.prefix + b"c ", 0, tag.start)
        told = attribute(sheet.xml[cell : tag.start], b"r") if cell >= 0 and places is None else None
        place = place_of(told) if told else None
        if place is None:
            places = places or _places(sheet, tag.start)
            place = next(places)
        yield place, tag.text, html.unescape(sheet.xml[tag.end : closing.start].decode("utf-8", "replace"))


def _places(sheet: SheetPart, start: int) -> Iterator[Place]:
    """Yield the places of the cells with a formula from some byte on, where cells do not tell their address."""
    for row in sheet.rows():
        for span in sheet.row_cells(row):
            if span.end > start and span.held.formula is not None:
                yield row.number, span.column


def _spilled(area: Range) -> tuple[Place, ...]:
    if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) > MOST_SPILLED:
        return ((area[0], area[1]),)
    return tuple((row, column) for row in range(area[0], area[2] + 1) for column in range(area[1], area[3] + 1))


def _reads(sheet: str, text: str, shift: Place) -> tuple[tuple[str, Range], ...] | None:
    """Return the ranges that a formula names; None where it may read anything."""
    bare = _STRING.sub("", text)
    if _LEADING.search(bare):
        return None
    found = [
        ((told["sheet"] or sheet).strip("'").replace("''", "'"), _area(told["ref"], shift))
        for told in _CELLS.finditer(bare)
    ]
    rest = _PLAIN.sub("", _FUNCTION.sub("", _CELLS.sub("", bare)))
    return None if re.search(r"[\w\[\]!:]", rest) else tuple(found)


def _area(reference: str, shift: Place) -> Range:
    first, _, second = reference.partition(":")
    top, left = _corner(first, shift, (0, 0))
    bottom, right = _corner(second or first, shift, (LAST_ROW, LAST_COLUMN))
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _corner(text: str, shift: Place, missing: Place) -> Place:
    """Return the place of a corner; a whole column has no row, a whole row no column."""
    told = _CORNER.fullmatch(text)
    assert told is not None
    fixed_column, letters, fixed_row, digits = told.groups()
    if not letters:  # a lone $ before a row stands in the first group
        fixed_row = fixed_column
    place = place_of(f"{letters or 'A'}{digits or 1}")
    assert place is not None
    row = place[0] + (0 if fixed_row else shift[0]) if digits else missing[0]
    column = place[1] + (0 if fixed_column else shift[1]) if letters else missing[1]
    return row, column
