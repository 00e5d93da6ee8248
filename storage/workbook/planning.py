"""The mappings of a workbook: every table of the chosen sheet, and every other sheet that is laid out alike."""

from __future__ import annotations

from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field, replace

from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.workbook.areas import area_of, may_hold_more, table_areas
from storage.workbook.known import Given, KnownTable, as_given, best_known
from storage.workbook.layout import Layout, guess_layout
from storage.workbook.mapping import UNIT_OF, Mapping, choose, find_column, has_column, mapping_of
from storage.workbook.sheet import Range, Sheet, Workbook
from storage.workbook.unread import unread

ALIKE = 0.7  # least share of headers that two sheets of one kind have in common
_INHERITED = ("entity", "period", "source", "source.title", "source.code", "source.period", "source.date", "url")


@dataclass(frozen=True)
class Told:
    """What a person says about the layout: sheet, area ("A5:F20"), header row from 0, roles by header, constants.

    `known` are the tables of a recipe, whose roles hold where the person says nothing.
    """

    sheet: str | None = None
    area: str = ""
    header_row: int | None = None
    roles: Mapped[str, str] = field(default_factory=dict)
    constants: Mapped[str, str] = field(default_factory=dict)
    known: tuple[KnownTable, ...] = ()

    def given(self, layout: Layout) -> dict[str, Given]:
        """What tables that were read before say of the columns about which the person says nothing."""
        known = best_known(self.known, layout.columns)
        found = known.given(layout.columns) if known and not self.roles.get("*") else {}
        told = {find_column(layout.columns, key).index for key in self.roles if has_column(layout.columns, key)}
        return {key: one for key, one in found.items() if find_column(layout.columns, key).index not in told}


@dataclass(frozen=True)
class _Place:
    """One table: the sheet reduced to it, its layout and its area, None where it has the sheet for itself."""

    sheet: Sheet
    layout: Layout
    area: Range | None = None


def plan_mappings(workbook: Workbook, told: Told) -> tuple[Mapping, ...]:
    """Guess how to read the workbook; raise InvalidInput for an unknown sheet, area, column, role or constant."""
    if told.area:
        places = [_within(workbook, told)]
    else:
        sheet, layout = choose(workbook, told.sheet, told.header_row, told.constants.get("across", ""))
        places = _places(sheet, layout, told)
    mappings = _mapped(workbook, places, told)
    if told.area or told.sheet is not None or told.header_row is not None:
        return tuple(mappings)
    twins, others = _twins(workbook, mappings, told)
    first, *more = (*mappings, *twins)
    notes = (*first.notes, *unread(workbook, (first, *more), others))
    return (replace(first, notes=notes), *more)


def _within(workbook: Workbook, told: Told) -> _Place:
    area = area_of(told.area)
    name = told.sheet or choose(workbook, None, None)[0].name
    sheet = workbook.sheet(name)
    part = sheet.within(area) if sheet is not None else None
    layout = guess_layout(part, told.header_row, told.constants.get("across", "")) if part is not None else None
    if part is None or layout is None:
        raise InvalidInput(msg("There is no table in {area} of sheet “{sheet}”.", area=told.area, sheet=name))
    return _Place(part, layout, area)


def _places(sheet: Sheet, layout: Layout, told: Told) -> list[_Place]:
    if told.header_row is not None or not may_hold_more(sheet, layout):
        return [_Place(sheet, layout)]
    areas = table_areas(sheet)
    if len(areas) < 2:
        return [_Place(sheet, layout)]
    found = []
    for area in areas:
        part = sheet.within(area)
        own = guess_layout(part, None, told.constants.get("across", ""))
        if own is not None and own.orientation != "no figures":
            found.append(_Place(part, own, area))
    return found or [_Place(sheet, layout)]


def _mapped(workbook: Workbook, places: list[_Place], told: Told) -> list[Mapping]:
    """The mapping of each table; a column that is told need be in one of them only."""
    units = (key.removeprefix(UNIT_OF) for key in told.constants if key.startswith(UNIT_OF))
    for key in (*told.roles, *units):
        if key != "*":
            find_column(tuple(column for place in places for column in place.layout.columns), key)
    found: list[Mapping] = []
    for place in places:
        given = told.given(place.layout)
        own = {key: role for key, role in told.roles.items() if key == "*" or has_column(place.layout.columns, key)}
        roles = {key: one.role for key, one in given.items()} | own
        book = workbook.with_sheet(place.sheet) if place.area else workbook
        mapping = mapping_of(book, place.sheet, place.layout, roles, told.constants)
        found.append(replace(mapping, area=place.area, columns=as_given(mapping.columns, given)))
    return [_with_common(mapping, found[0]) for mapping in found]


def _with_common(mapping: Mapping, first: Mapping) -> Mapping:
    """A table with what the sheet says above its first table, where it says nothing itself."""
    roles = {column.role for column in mapping.columns}
    dated = "period" in roles or any(column.period for column in mapping.columns)
    named = bool(roles & {"entity", "entity.code"}) or any(column.entity for column in mapping.columns)
    left_out = ({"period"} if dated else set()) | ({"entity"} if named else set())
    common = {key: first.constants[key] for key in _INHERITED if key in first.constants and key not in left_out}
    return replace(mapping, constants=common | mapping.constants)


def _twins(workbook: Workbook, mappings: list[Mapping], told: Told) -> tuple[list[Mapping], list[str]]:
    """The mappings of the other sheets that are laid out as the first one, and the names of those that are not."""
    found: list[Mapping] = []
    others: list[str] = []
    for sheet in workbook.sheets:
        if sheet.hidden or sheet.name == mappings[0].sheet:
            continue
        layout = guess_layout(sheet, None, told.constants.get("across", ""))
        if layout is None or layout.orientation == "no figures":
            continue
        places = _places(sheet, layout, told)
        plain = _mapped(workbook, places, replace(told, roles={}, constants={}, known=()))
        if _alike(plain[0], mappings):
            found += _mapped(workbook, places, _for_these(told, places))
        else:
            others.append(sheet.name)
    return found, others


def _for_these(told: Told, places: list[_Place]) -> Told:
    """What a person told, as far as these tables have the columns."""
    columns = tuple(column for place in places for column in place.layout.columns)
    roles = {key: role for key, role in told.roles.items() if key == "*" or has_column(columns, key)}
    constants = {
        key: text
        for key, text in told.constants.items()
        if not key.startswith(UNIT_OF) or has_column(columns, key.removeprefix(UNIT_OF))
    }
    return replace(told, roles=roles, constants=constants)


def _alike(other: Mapping, mappings: list[Mapping]) -> bool:
    if any(other.fingerprint == mapping.fingerprint for mapping in mappings):
        return True
    mine, theirs = mappings[0].lasting_headers, other.lasting_headers
    return (
        bool(mine & theirs)
        and other.orientation == mappings[0].orientation
        and len(mine & theirs) >= ALIKE * len(mine | theirs)
    )
