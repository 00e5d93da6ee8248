"""The checks of quality fed with a proposal and the catalogue: what they doubt is hung on the items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Change
from storage.domain.items import Items, NewRecord
from storage.domain.problem import Problem
from storage.domain.proposal import Item, Outcome
from storage.domain.quality.checks import check
from storage.domain.quality.figures import COLUMNS, EntityFacts, Facts, Figures, MetricFacts, Origin, UnitFacts
from storage.domain.quality.units import DIMENSIONS, unknown_unit
from storage.domain.query import Query, Where
from storage.workbook.units import read_unit

CHECKED = (Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT)
METRIC_COLUMNS = ("name", "nature", "aggregation", "statistical_unit", "unit_id")
BLANK = dict.fromkeys(COLUMNS)
_values = itemgetter(*COLUMNS)
NOTHING = (None, None, None)
Made = Mapping[str, Sequence[Change]]
Row = Sequence[Any]


def with_doubts(catalogue: Catalogue, items: Sequence[Item], today: date | None = None) -> tuple[Item, ...]:
    """Return the items with what is doubtful about the figures and units that they would write."""
    doubted = doubtful(catalogue, items, today)
    return tuple(doubted.get(place, item) for place, item in enumerate(items))


def doubtful(catalogue: Catalogue, items: Sequence[Item], today: date | None = None) -> dict[int, Item]:
    """Return those items of which something is doubtful, with their doubts, by their places."""
    doubts: dict[int, list[Problem]] = defaultdict(list)
    given = list(items.given if isinstance(items, Items) else enumerate(items))
    made = _made(item for _, item in given)
    for place, item in given:
        if item.kind == "unit" and item.outcome is Outcome.NEW and (unit := _stranger(item)):
            doubts[place].append(Problem(item.sheet, item.cell, *unknown_unit(unit)))
    places, figures = _figures(catalogue, items, made)
    for finding in check(figures, today or datetime.now().astimezone().date()):
        item = items[places[finding.row]]
        doubts[places[finding.row]].append(Problem(item.sheet, item.cell, finding.cause, finding.remedy))
    found = ((place, items[place]) for place in sorted(doubts))
    return {place: replace(item, doubts=(*item.doubts, *doubts[place])) for place, item in found}


def _stranger(item: Item) -> str:
    """Return the code of a new unit of which nobody says what it measures, blank for any other."""
    values = item.take[-1].after if item.take else {}
    code = str(values.get("code") or "")
    return "" if values.get("dimension") or _known(code) else code


def _made(items: Iterable[Item]) -> Made:
    """Return what the items make besides figures, by kind."""
    found: dict[str, list[Change]] = defaultdict(list)
    for item in items:
        if item.kind != "observation":
            for change in item.take:
                if change.action == "insert":
                    found[change.kind].append(change)
    return found


@dataclass(slots=True)
class _Written:
    """A figure that the item at a place would write: all of it, or what an update changes."""

    place: int
    origin: Origin
    row: Row = ()
    update: Change | None = None


def _figures(catalogue: Catalogue, items: Sequence[Item], made: Made) -> tuple[list[int], Figures]:
    """Return the figures to be checked before those that the catalogue holds, and the place of the item of each."""
    written = list(_written(items))
    held = _held(catalogue, written)
    for one in written:
        if one.update and (before := held.get(one.update.id)):
            old = dict(zip(COLUMNS, before, strict=True))
            one.row = _values(old | one.update.after)
            one.origin = Origin(one.origin.sheet, (old["value"], old["multiplier"], old["unit_id"]))
    # two items may change one figure, each a column of it
    for one in written:
        if one.update:
            held.pop(one.update.id, None)
    written = [one for one in written if one.row]
    rows = [one.row for one in written]
    columns: list[Sequence[Any]] = [*zip(*rows, *held.values(), strict=True)] or [()] * len(COLUMNS)
    facts = _facts(catalogue, set(columns[0]), made) if written else Facts()
    places, origins = [one.place for one in written], [one.origin for one in written]
    return places, Figures.of(columns, len(places), facts, origins)


@cache
def _origin(sheet: str) -> Origin:
    return Origin(sheet, NOTHING)


def _written(items: Sequence[Item]) -> Iterator[_Written]:
    """Yield the figures that the items would write, in their order."""
    members: Sequence[Item | NewRecord] = items.members if isinstance(items, Items) else items
    names = items.making.columns if isinstance(items, Items) else COLUMNS
    read = itemgetter(*map(names.index, COLUMNS))
    for place, member in enumerate(members):
        if isinstance(member, NewRecord):
            yield _Written(place, _origin(member.sheet), read(member.stored()))
        elif member.kind == "observation" and member.outcome in CHECKED and member.take:
            change = member.take[-1]
            if change.action == "insert":
                yield _Written(place, _origin(member.sheet), _values(BLANK | change.after))
            elif not change.after.keys().isdisjoint(COLUMNS):  # a note alone moves nothing that the checks read
                yield _Written(place, _origin(member.sheet), update=change)


def _held(catalogue: Catalogue, written: Iterable[_Written]) -> dict[int, Row]:
    """Return what the catalogue holds of the metrics that the figures are of."""
    of_metric = COLUMNS.index("metric_id")
    metrics = {one.row[of_metric] for one in written if one.row and (one.row[of_metric] or 0) > 0}
    ids = {one.update.id for one in written if one.update}
    if ids:
        of = catalogue.stored(Query("observation", Where("id", "in", tuple(ids))), ("metric_id",))
        metrics |= {metric for _, metric in of}
    if not metrics:
        return {}
    query = Query("observation", Where("metric_id", "in", tuple(sorted(metrics))))
    return {row[0]: row[1:] for row in catalogue.stored(query, COLUMNS)}


def _facts(catalogue: Catalogue, used: set[int], made: Made) -> Facts:
    metrics = {id: _metric(*told) for id, *told in catalogue.stored(Query("metric"), METRIC_COLUMNS)}
    for change in made.get("metric", ()):
        metrics[change.id] = _metric(*map(change.after.get, METRIC_COLUMNS))
    return Facts(_units(catalogue, made), metrics, _entities(catalogue, used, made))


def _metric(name: Any, nature: Any, added: Any, counted: Any, unit: Any) -> MetricFacts:
    return MetricFacts(str(name), nature or "", added or "", counted or "", unit or 0)


def _units(catalogue: Catalogue, made: Made) -> dict[int, UnitFacts]:
    stored = catalogue.stored(Query("unit"), ("code", "dimension", "factor"))
    new = [(change.id, change.after["code"], None, None) for change in made.get("unit", ())]
    return {id: _unit(code, dimension, factor) for id, code, dimension, factor in (*stored, *new)}


def _unit(code: str, dimension: str | None, factor: float | None) -> UnitFacts:
    """Fill in what is generally known; a unit by itself is a dimension of its own."""
    usual, size = DIMENSIONS.get(code, (code, 1.0))
    if dimension:
        return UnitFacts(code, dimension, factor or 1.0)
    return UnitFacts(code, usual, factor or size, _known(code))


def _known(unit: str) -> bool:
    return unit in DIMENSIONS or read_unit(unit.removeprefix("per ")) is not None


def _entities(catalogue: Catalogue, used: set[int], made: Made) -> dict[int, EntityFacts]:
    """Return the records that figures are of, and those around them, with the places that they are part of."""
    places: dict[int, list[int]] = defaultdict(list)
    for change in made.get("relation", ()):
        if change.after["type"] in ("located in", "part of"):
            places[change.after["subject_id"]].append(change.after["object_id"])
    found = {
        known.id: EntityFacts(known.name, known.kind, known.code, (*known.places, *places[known.id]))
        for known in catalogue.known_names("entity")
    }
    for kind in ("cluster", "organisation", "region"):
        for change in made.get(kind, ()):
            found[change.id] = EntityFacts(
                change.after["name"], kind, change.after.get("code") or "", tuple(places[change.id])
            )
    return {id: known for id, known in found.items() if id in used}
