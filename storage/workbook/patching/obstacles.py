"""Cells that must not be written to: what fills them, covers them or takes its names from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storage.domain.text import Text, msg
from storage.workbook.patching.archive import Package
from storage.workbook.patching.cells import Place
from storage.workbook.patching.markup import attribute, root, tags
from storage.workbook.patching.relations import relations_of
from storage.workbook.patching.sheet_part import SheetPart, range_of, within
from storage.workbook.sheet import Range, address


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a cell takes no value; a plain formula may be given up when somebody says so."""

    reason: Text
    yields: bool = False


def obstacles(held: Package, part: str, sheet: SheetPart, places: set[Place]) -> dict[Place, Obstacle]:
    """Return what stands in the way of a value, by cell."""
    found: dict[Place, Obstacle] = {}
    for place, cell in sheet.held(places).items():
        if (reason := cell.obstacle()) is not None:
            found[place] = Obstacle(reason)
        elif cell.formula is not None:
            found[place] = Obstacle(msg("it holds a formula"), yields=True)
    for area, reason in _areas(held, part, sheet):
        for place in places:
            if within(place, area) and place not in found:
                found[place] = Obstacle(reason)
    for area in sheet.merged():
        anchor = (area[0], area[1])
        covered = Obstacle(msg("the merged cell {cell} covers it", cell=address(*anchor)))
        found |= {place: covered for place in places if within(place, area) and place != anchor}
    return found


def _areas(held: Package, part: str, sheet: SheetPart) -> Iterator[tuple[Range, Text]]:
    for area in sheet.arrays():
        yield area, msg("it belongs to an array formula")
    for relation in relations_of(held, part):
        if relation.kind == "pivotTable" and relation.target:
            locations = (tag for tag in tags(held.xml(relation.target)) if tag.local == b"location")
            for location in locations:
                if not location.closing:
                    yield range_of(attribute(location.text, b"ref") or ""), msg("a pivot table fills it")
        if relation.kind == "table" and relation.target:
            table = root(held.xml(relation.target)).tag.text
            yield from _table_areas(table)


def _table_areas(table: bytes) -> Iterator[tuple[Range, Text]]:
    area = range_of(attribute(table, b"ref") or "")
    headers = int(attribute(table, b"headerRowCount") or 1)
    if headers:
        yield (area[0], area[1], area[0] + headers - 1, area[3]), msg("it is a header of a table")
