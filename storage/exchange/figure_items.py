"""Figures of a workbook held against those of the catalogue: new, changed, same or in conflict, one item each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Change, insert, update
from storage.domain.items import Making
from storage.domain.problem import Problem
from storage.domain.proposal import Delta, Item, Outcome
from storage.domain.quantities import Quantity, format_quantity
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.exchange.figures import COLUMNS as FIGURE_COLUMNS
from storage.exchange.figures import (
    Figure,
    FigureKey,
    Values,
    alike,
    amount,
    figure_key,
    same_up_to_rounding,
    shown_digits,
)
from storage.exchange.sources import Sources

COLUMNS = (
    "entity_id", "metric_id", "sector_id", "period", "period_start", "period_end", "value", "low", "high", "precision",
    "multiplier", "unit_id", "scope", "scenario", "measure", "status", "note", "preferred", "passage_id", "source",
)  # fmt: skip
COMPARED = ("value", "low", "high", "precision", "multiplier", "unit_id", "status", "note")


class Ledger:
    """The figures that the catalogue holds, by key and source."""

    def __init__(self, catalogue: Catalogue, metrics: Iterable[int]) -> None:
        self.units = {unit.id: unit.name for unit in catalogue.known_names("unit")}
        self._by_key: dict[FigureKey, list[dict[str, Any]]] = defaultdict(list)
        wanted = tuple(sorted(id for id in metrics if id > 0))
        if not wanted:
            return
        query = Query("observation", Where("metric_id", "in", wanted))
        for id, *row in catalogue.stored(query, COLUMNS):
            values = dict(zip(COLUMNS, row, strict=True)) | {"id": id}
            self._by_key[figure_key(values)].append(values)

    def of(self, figure: Figure) -> list[dict[str, Any]]:
        """Return what the catalogue holds for the figure's key, from any source."""
        return self._by_key.get(figure.key, [])

    def own(self, figure: Figure) -> list[Values]:
        """Return what the catalogue holds for the figure's key from its own source."""
        return [values for values in self.of(figure) if values["source"] == figure.source_id]


def making(ledger: Ledger) -> Making:
    """Return how new figures become items."""
    return Making("observation", Outcome.NEW, FIGURE_COLUMNS, lambda figure: _new(figure, ledger.units))


def propose_figures(figures: Iterable[Figure], ledger: Ledger, sources: Sources, first: int) -> Iterator[Item | Figure]:
    """Yield an item for each figure, numbered on from `first`; one that is plainly new comes as it is.

    Equal rows of the workbook are one, contradicting ones a conflict.
    """
    firsts: dict[tuple[FigureKey, int], Figure] = {}
    more: dict[tuple[FigureKey, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        key = (figure.key, figure.source_id)
        if firsts.setdefault(key, figure) is not figure:
            more[key].append(figure)
    for number, (key, one) in enumerate(firsts.items(), first):
        finest, rival = _settle([one, *more[key]]) if key in more else (one, None)
        finest.number = number
        if rival:
            yield _contradiction(finest, rival, ledger, sources)
        else:
            yield _propose(finest, ledger)


def _settle(group: list[Figure]) -> tuple[Figure, Figure | None]:
    """Return the figure shown with most digits, and one that contradicts it, if any."""
    finest = max(group, key=lambda figure: (shown_digits(figure.values["value"] or 0.0), -group.index(figure)))
    for other in group:
        mine, theirs = amount(finest.values), amount(other.values)
        if mine is None or theirs is None:
            if mine is not theirs or finest.values["low"] != other.values["low"]:
                return finest, other
        elif not same_up_to_rounding(mine, theirs) or finest.values.get("unit_id") != other.values.get("unit_id"):
            return group[0], other if other is not group[0] else finest
    return finest, None


def _contradiction(first: Figure, second: Figure, ledger: Ledger, sources: Sources) -> Item:
    """Return the conflict of two rows; one that was decided before, and stands so in the catalogue, is settled."""
    own = ledger.own(first)
    if any(not _deltas(values, figure.values) for values in own for figure in (first, second)):
        return _item(first, Outcome.SAME)
    apart: list[Change] = []
    for figure in (first, second):
        passage, makes = sources.cell_passage(figure.source_id, figure.sheet, figure.row.cell)
        apart += [*makes, insert("observation", figure.values | {"passage_id": passage})]
    one, other = _shown(first.values), _shown(second.values)
    cause = msg("{first} and {second} say different things of the same: {one} and {other}.",
                first=first.row.cell, second=second.row.cell, one=one, other=other)  # fmt: skip
    before = own[0] if own else {}
    return _item(
        first, Outcome.CONFLICT, rival=second.row.cell, take=(_change(before, first),),
        take_rival=(_change(before, second),), both=tuple(apart),
        deltas=(Delta("value", before.get("value"), first.values["value"], _shown(before), one),),
        problem=Problem(first.sheet, first.row.cell, cause, msg("Decide which row is right, or keep both.")),
    )  # fmt: skip


def _change(before: Values, figure: Figure) -> Change:
    """Return what brings the catalogue to the figure: a new observation, or the change of the one it holds."""
    if not before:
        return insert("observation", figure.values)
    changed = [delta.column for delta in _deltas(before, figure.values)]
    return update("observation", before["id"], {name: before[name] for name in changed},
                  {name: figure.values.get(name) for name in changed})  # fmt: skip


def _new(figure: Figure, units: dict[int, str]) -> Item:
    values = figure.values
    return _item(
        figure, Outcome.NEW, take=(insert("observation", values),), deltas=_first_deltas(figure, values, units)
    )


def _propose(figure: Figure, ledger: Ledger) -> Item | Figure:
    held = ledger.of(figure)
    if not held:
        return figure
    if own := ledger.own(figure):
        return _revised(figure, own, ledger.units)
    rivals = [values for values in held if not _agree(values, figure.values)]
    if not rivals:
        return _item(figure, Outcome.SAME)
    withdrawn = tuple(
        update("observation", values["id"], {"preferred": True}, {"preferred": False})
        for values in held if values["preferred"]
    )  # fmt: skip
    preferred = insert("observation", figure.values | {"preferred": True, "reason": "Taken over from the workbook"})
    return _item(
        figure, Outcome.CONFLICT, take=(*withdrawn, preferred), both=(insert("observation", figure.values),),
        deltas=_named_deltas(rivals[0], figure, ledger.units),
        problem=Problem(figure.sheet, figure.row.cell, msg("Another source says {ours}.", ours=_shown(rivals[0])),
                        msg("Keep what is there, take the workbook’s, or keep both side by side.")),
    )  # fmt: skip


def _revised(figure: Figure, own: list[Values], units: dict[int, str]) -> Item:
    """Compare with what the same source said before; a competing passage that agrees settles it."""
    for values in own:
        if not _deltas(values, figure.values):
            return _item(figure, Outcome.SAME)
    before = own[0]
    change = _change(before, figure)
    return _item(figure, Outcome.CHANGED, take=(change,), deltas=_named_deltas(before, figure, units))


def _agree(held: dict[str, Any], values: dict[str, Any]) -> bool:
    mine, theirs = amount(held), amount(values)
    same_unit = not held["unit_id"] or not values.get("unit_id") or held["unit_id"] == values["unit_id"]
    return same_unit and alike(mine, theirs) and held["precision"] == values["precision"]


def _deltas(before: dict[str, Any], after: dict[str, Any]) -> tuple[Delta, ...]:
    found = []
    for name in COMPARED:
        ours, theirs = before.get(name), after.get(name)
        if name in ("note", "unit_id") and theirs is None:
            continue
        if not alike(ours, theirs) and (before or theirs is not None):
            texts = (_shown(before), _shown(after)) if name == "value" else (_plain(ours), _plain(theirs))
            found.append(Delta(name, ours, theirs, *texts))
    return tuple(found)


def _first_deltas(figure: Figure, values: Values, units: dict[int, str]) -> tuple[Delta, ...]:
    """Return what a new figure says; most figures say the same of everything but the value."""
    found = []
    for name in COMPARED:
        theirs = values[name]
        if theirs is None or theirs == "":
            continue
        if name == "value":
            found.append(Delta(name, None, theirs, "", _shown(values)))
        else:
            text = units.get(theirs, figure.row.unit) if name == "unit_id" else str(theirs)
            found.append(_first_delta(name, theirs, text))
    return tuple(found)


@lru_cache(maxsize=4_096)
def _first_delta(name: str, theirs: Any, text: str) -> Delta:
    return Delta(name, None, theirs, "", text)


def _named_deltas(before: Values, figure: Figure, units: dict[int, str]) -> tuple[Delta, ...]:
    """Return the deltas with names in place of ids; a unit still to be made is called as in the workbook."""
    return tuple(
        replace(delta, ours_text=units.get(delta.ours, ""), theirs_text=units.get(delta.theirs, figure.row.unit))
        if delta.column == "unit_id"
        else delta
        for delta in _deltas(before, figure.values)
    )


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(values: dict[str, Any]) -> str:
    if not values:
        return ""
    quantity = Quantity(values.get("value"), values.get("low"), values.get("high"), values.get("precision") or "exact",
                        values.get("multiplier") or 1.0)  # fmt: skip
    return format_quantity(quantity, "en")


def _item(figure: Figure, outcome: Outcome, **more: Any) -> Item:
    row = figure.row
    return Item(
        figure.number, "observation", outcome, figure.title, "", figure.sheet, row.cell,
        entity=row.entity.name or row.entity.code, metric=row.metric.name, period=figure.period, **more,
    )  # fmt: skip
