"""The part of one sheet: its cells are found and changed in place, everything around them stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from storage.workbook.patching.cells import (
    CellEdit,
    HeldCell,
    Place,
    cell_xml,
    new_cell,
    with_style,
    with_value,
)
from storage.workbook.patching.markup import Tag, Unsound, attribute, root, row_pattern, tags, with_attribute
from storage.workbook.sheet import Range, address, column_letters, place_of

Restyle = Callable[[int, str], int]
Change = Callable[[Place, HeldCell], HeldCell]
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?", re.IGNORECASE)


class Row(NamedTuple):
    """A row's number, from 0, where it begins, and its first tag; there are a million of them."""

    number: int
    start: int
    opening: bytes

    @property
    def tag(self) -> Tag:
        """Its first tag."""
        return Tag(self.start, self.start + len(self.opening), self.opening)


@dataclass(frozen=True, slots=True)
class CellSpan:
    """Where a cell of a row stands, and the cell."""

    column: int
    start: int
    end: int
    held: HeldCell


class SheetPart:
    """The XML of a sheet; raises Unsound where it has no cells, or rows or cells out of order."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        whole = root(xml).tag
        self.prefix = whole.name[: -len(whole.local)]
        self._data = next((tag for tag in tags(xml, self.prefix + b"sheetData") if not tag.closing), None)
        if self._data is None:
            raise Unsound("no cells")
        head = tags(xml, self.prefix + b"col", end=self._data.start)
        self._columns = [_column_style(tag.text) for tag in head]

    @property
    def data(self) -> Tag:
        """The tag before the first row."""
        assert self._data is not None
        return self._data

    # Reading

    def rows(self) -> Iterator[Row]:
        """Yield the rows in order."""
        if self.data.empty:
            return
        number = -1
        for found in row_pattern(self.prefix).finditer(self.xml, self.data.end):
            if found["row"] is None:
                if found["end"]:
                    return
                continue
            opening = found[0]
            told = found["first"] or _number(opening)
            following = int(told) - 1 if told else number + 1
            if following <= number:
                raise Unsound("rows out of order")
            number = following
            yield Row(number, found.start(), opening)

    def row_cells(self, row: Row) -> Iterator[CellSpan]:
        """Yield the cells of a row in order."""
        if row.tag.empty:
            return
        name, column = self.prefix + b"c", -1
        found = tags(self.xml, name, self.prefix + b"row", start=row.tag.end)
        for tag in found:
            if tag.closing:
                return
            end = inner_end = tag.end
            if not tag.empty:
                closing = next(found)
                inner_end, end = closing.start, closing.end
            told = attribute(tag.text, b"r")
            place = place_of(told) if told else (row.number, column + 1)
            if place is None or place[1] <= column:
                raise Unsound("cells out of order")
            column = place[1]
            yield CellSpan(column, tag.start, end, HeldCell(tag.text, self.xml[tag.end : inner_end]))

    def held(self, places: set[Place]) -> dict[Place, HeldCell]:
        """Return the cells that there are at these places."""
        wanted: dict[int, set[int]] = {}
        for row_number, column in places:
            wanted.setdefault(row_number, set()).add(column)
        found: dict[Place, HeldCell] = {}
        last = max(wanted, default=-1)
        for row in self.rows():
            if row.number in wanted:
                spans = (span for span in self.row_cells(row) if span.column in wanted[row.number])
                found |= {(row.number, span.column): span.held for span in spans}
            if row.number >= last:
                break
        return found

    def merged(self) -> list[Range]:
        """Return the merged ranges."""
        found = tags(self.xml, self.prefix + b"mergeCell", start=self.data_end)
        return [range_of(attribute(tag.text, b"ref") or "") for tag in found if not tag.closing]

    def arrays(self) -> list[Range]:
        """Return the ranges that one formula fills."""
        if b"array" not in self.xml and b"dataTable" not in self.xml:
            return []
        formulas = (tag.text for tag in tags(self.xml, self.prefix + b"f", start=self.data.end) if not tag.closing)
        filling = (tag for tag in formulas if attribute(tag, b"t") in ("array", "dataTable"))
        return [range_of(attribute(tag, b"ref") or "") for tag in filling]

    @property
    def data_end(self) -> int:
        """Where the rows are over."""
        if self.data.empty:
            return self.data.end
        last = self.xml.rindex(b"</" + self.data.name)
        # only a comment could hold the words once more
        start = self.data.end if b"<!--" in self.xml[last:] else last
        return next(tag for tag in tags(self.xml, self.data.name, start=start) if tag.closing).end

    # Writing

    def patched(self, edits: Mapping[Place, CellEdit], restyle: Restyle) -> bytes:
        """Return the part with the edits made; `restyle` gives a style with another fill."""

        def change(place: Place, held: HeldCell) -> HeldCell:
            edit = edits[place]
            if edit.writes:
                held = with_value(held, edit.value)
            return with_style(held, restyle(held.style, edit.colour)) if edit.colour else held

        pieces = list(self._pieces(set(edits), change))
        return self._widened(b"".join(pieces), edits)

    def changed(self, places: set[Place], change: Change) -> bytes:
        """Return the part with these cells, which are there, changed."""
        return b"".join(self._pieces(places, change))

    def _pieces(self, places: set[Place], change: Change) -> Iterator[bytes]:
        wanted: dict[int, list[int]] = {}
        for number, column in sorted(places):
            wanted.setdefault(number, []).append(column)
        left = list(wanted)
        done = 0
        for row in self.rows():
            while left and left[0] < row.number:
                yield self.xml[done : row.start]
                done = row.start
                yield self._new_row(left[0], wanted[left.pop(0)], change)
            if not left:
                break
            if left[0] == row.number:
                yield self.xml[done : row.start]
                done, patched = self._patched_row(row, wanted[left.pop(0)], change)
                yield patched
        if left:
            end, opening, ending = self._rows_end()
            yield self.xml[done:end] + opening
            yield from (self._new_row(number, wanted[number], change) for number in left)
            yield ending
            done = self.data.end if self.data.empty else end
        yield self.xml[done:]

    def _rows_end(self) -> tuple[int, bytes, bytes]:
        """Return where rows are added at the end, and what opens and closes the rows where there are none yet."""
        if self.data.empty:
            opening = self.data.text.removesuffix(b"/>").rstrip() + b">"
            return self.data.start, opening, b"</" + self.data.name + b">"
        return self.xml.rindex(b"<", 0, self.data_end), b"", b""

    def _new_row(self, number: int, columns: list[int], change: Change) -> bytes:
        cells = b"".join(self._new_cell((number, column), None, change) for column in columns)
        name = self.prefix + b"row"
        return b"<" + name + f' r="{number + 1}">'.encode() + cells + b"</" + name + b">"

    def _new_cell(self, place: Place, row: bytes | None, change: Change) -> bytes:
        style = self._style_at(place[1], row)
        return cell_xml(change(place, new_cell(self.prefix, place, style)))

    def _style_at(self, column: int, row: bytes | None) -> int:
        """Return the style that an empty cell has from its row, else from its column."""
        if row is not None and attribute(row, b"customFormat") in ("1", "true"):
            return int(attribute(row, b"s") or 0)
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    def _patched_row(self, row: Row, columns: list[int], change: Change) -> tuple[int, bytes]:
        """Return where the row's cells are over and the row up to there, with the cells of these columns changed."""
        pieces = [row.tag.text]
        done, left, spans = row.tag.end, list(columns), list(self.row_cells(row))
        for span in spans:
            while left and left[0] < span.column:
                pieces += [self.xml[done : span.start], self._new_cell((row.number, left.pop(0)), row.tag.text, change)]
                done = span.start
            if left and left[0] == span.column:
                pieces += [self.xml[done : span.start], cell_xml(change((row.number, left.pop(0)), span.held))]
                done = span.end
        end = spans[-1].end if spans else row.tag.end
        pieces += [self.xml[done:end], *(self._new_cell((row.number, c), row.tag.text, change) for c in left)]
        if set(columns) - {span.column for span in spans}:
            pieces[0] = with_attribute(row.tag.text, b"spans", None)  # only a hint, and no longer true
        if row.tag.empty:
            pieces[0] = pieces[0].removesuffix(b"/>").rstrip() + b">"
            pieces.append(b"</" + row.tag.name + b">")
        return end, b"".join(pieces)

    def _widened(self, xml: bytes, edits: Mapping[Place, CellEdit]) -> bytes:
        """Return the part whose told size takes in the edited cells."""
        tag = next(tags(xml, self.prefix + b"dimension", end=self.data.start), None)
        if tag is None or not edits:
            return xml
        top, left, bottom, right = range_of(attribute(tag.text, b"ref") or "A1")
        rows, columns = [place[0] for place in edits], [place[1] for place in edits]
        first = address(min(top, *rows), min(left, *columns))
        last = address(max(bottom, *rows), max(right, *columns))
        told = first if first == last else f"{first}:{last}"
        return xml[: tag.start] + with_attribute(tag.text, b"ref", told.encode()) + xml[tag.end :]


def _number(opening: bytes) -> bytes | None:
    found = _NUMBER.search(opening)
    return found[1] if found else None


def _column_style(tag: bytes) -> tuple[int, int, int]:
    first, last = int(attribute(tag, b"min") or 1), int(attribute(tag, b"max") or 1)
    return first - 1, last - 1, int(attribute(tag, b"style") or 0)


def range_of(reference: str) -> Range:
    """Return the range that a reference such as B2:C5 names; raise Unsound where it names none."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        raise Unsound(reference)
    first = place_of(found[1] + found[2])
    last = place_of(found[3] + found[4]) if found[3] else first
    if first is None or last is None:
        raise Unsound(reference)
    return (*first, *last)


def within(place: Place, area: Range) -> bool:
    """Whether a cell lies in a range."""
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def range_text(area: Range) -> str:
    """Return a range as people write it."""
    first, last = address(area[0], area[1]), f"{column_letters(area[3])}{area[2] + 1}"
    return first if first == last else f"{first}:{last}"
