"""Staged figures held against the catalogue: new, changed, same, in conflict or invalid, one by one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Change, insert, update
from storage.domain.periods import Period
from storage.domain.problem import Problem
from storage.domain.proposal import Delta, Item, Outcome
from storage.domain.quantities import Quantity, format_quantity
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.domain.vocabulary import SCENARIOS, STATUSES
from storage.exchange.mentions import Mentions
from storage.exchange.naming import Named
from storage.exchange.sources import Sources
from storage.workbook.staged import StagedFigure

ALIKE = 1e-14  # relative; spreadsheets keep 15 digits, and a naive comparison sees changes where there are none
FEWEST_DIGITS = 3  # shown digits from which two roundings of one figure are taken for one

COLUMNS = (
    "entity_id", "metric_id", "sector_id", "period", "period_start", "period_end", "value", "low", "high", "precision",
    "multiplier", "unit_id", "scope", "scenario", "measure", "status", "note", "preferred", "passage_id", "source",
)  # fmt: skip
COMPARED = ("value", "low", "high", "precision", "multiplier", "unit_id", "status", "note")
ROLES = {"entity": msg("record"), "metric": msg("metric"), "sector": msg("sector"), "unit": msg("unit")}

FigureKey = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """One staged figure with its names resolved; `values` are stored columns."""

    sheet: str
    row: StagedFigure
    values: dict[str, Any]
    source_id: int
    title: str
    period: str

    @property
    def key(self) -> FigureKey:
        """What tells one figure from another, the source aside."""
        return figure_key(self.values)


def figure_key(values: dict[str, Any]) -> FigureKey:
    """Return entity, metric, sector, interval (or the words, where there is none), scope, scenario and measure."""
    start, end = values.get("period_start"), values.get("period_end")
    when = (start, end) if start else (values.get("period"), None)
    return (
        values["entity_id"], values["metric_id"], values.get("sector_id"), *when, values.get("scope") or "",
        values.get("scenario") or "actual", values.get("measure") or "level",
    )  # fmt: skip


def amount(values: dict[str, Any]) -> float | None:
    """Return value times multiplier."""
    value = values.get("value")
    return None if value is None else value * (values.get("multiplier") or 1.0)


def alike(left: Any, right: Any) -> bool:
    """Compare two stored values, numbers as far as a spreadsheet keeps them."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return math.isclose(left, right, rel_tol=ALIKE, abs_tol=0.0)
    return bool(_or_none(left) == _or_none(right))


def _or_none(value: Any) -> Any:
    """Take a blank text and a plain no for nothing; nought is a figure."""
    return None if value == "" or value is False else value


def same_up_to_rounding(left: float, right: float) -> bool:
    """Tell whether one number is the other one, rounded to the digits it shows."""
    if math.isclose(left, right, rel_tol=ALIKE):
        return True
    digits = min(_shown_digits(left), _shown_digits(right))
    return digits >= FEWEST_DIGITS and f"{left:.{digits - 1}e}" == f"{right:.{digits - 1}e}"


def _shown_digits(number: float) -> int:
    mantissa = f"{number!r}".lower().split("e")[0]
    return len(mantissa.replace(".", "").replace("-", "").strip("0"))


class Resolver:
    """Turns staged rows into figures with ids; what cannot be resolved becomes an item of its own."""

    def __init__(self, mentions: Mentions, named: Named, sources: Sources) -> None:
        self._mentions, self._named, self._sources = mentions, named, sources

    def figure(self, sheet: str, row: StagedFigure) -> Figure | Problem | None:
        """Return the figure, the problem that keeps it out, or None when it is left out on purpose."""
        ids: dict[str, int | None] = {}
        for role, mention in (
            ("entity_id", self._mentions.entity(row.entity)), ("metric_id", self._mentions.metric(row)),
            ("sector_id", self._mentions.sector(row)), ("unit_id", self._mentions.unit(row)),
        ):  # fmt: skip
            if mention is None:
                continue
            if mention.key in self._named.open:
                return self._unknown(sheet, row, mention.role, mention.name)
            ids[role] = self._named.ids[mention.key]
            if ids[role] is None:
                return None
        scenario = row.scenario.strip().lower() or "actual"
        if scenario not in {option.key for option in SCENARIOS.options}:
            return Problem(sheet, row.cell, msg("“{scenario}” is no scenario.", scenario=row.scenario),
                           msg("Write actual, estimate, forecast, target, baseline or planned."))  # fmt: skip
        return self._resolved(sheet, row, ids, scenario)

    def _unknown(self, sheet: str, row: StagedFigure, role: str, name: str) -> Problem:
        candidates = self._named.open[next(k for k in self._named.open if k[0] == role and k[1] == name)].candidates
        if candidates:
            near = ", ".join(candidate.name for candidate in candidates)
            cause = msg("It is not sure which record “{name}” is; it may be: {near}.", name=name, near=near)
        else:
            cause = msg("The catalogue knows no {role} “{name}”.", role=ROLES[role], name=name)
        return Problem(sheet, row.cell, cause, msg("Choose a record for it, or have missing records created."))

    def _resolved(self, sheet: str, row: StagedFigure, ids: dict[str, int | None], scenario: str) -> Figure:
        quantity, period = row.quantity, row.period or Period(None, None, "")
        flags = (row.status or quantity.status or "A").upper()
        status = next((flag for flag in flags if flag in {o.key for o in STATUSES.options}), "A")
        note = row.note or (msg("Flag {flag}", flag=flags) if status == "A" and flags != "A" else "")
        source_id, passage_id = self._sources.passage(sheet, row.source, row.url)
        values = ids | {
            "period": period.text or None, "period_start": period.start, "period_end": period.end,
            "value": quantity.value, "low": quantity.low, "high": quantity.high, "precision": quantity.precision,
            "multiplier": quantity.multiplier, "value_text": _words_of(quantity), "scope": row.scope,
            "scenario": scenario, "measure": "level", "status": status, "note": str(note) or None,
            "passage_id": passage_id, "locator": row.cell,
        }  # fmt: skip
        where = [row.entity.name or row.entity.code, row.metric.name, *([row.sector.name] if row.sector else [])]
        written = period.format() if row.period else ""
        return Figure(sheet, row, values, source_id, " · ".join([*where, *([written] if written else [])]), written)


def _words_of(quantity: Quantity) -> str | None:
    """Return the text as given where it says more than the number."""
    try:
        float(quantity.text.replace(",", ""))
    except ValueError:
        return quantity.text or None
    return None


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


def propose_figures(figures: Iterable[Figure], ledger: Ledger, sources: Sources) -> Iterator[Item]:
    """Yield an item for each figure; equal rows of the workbook are one, contradicting ones a conflict."""
    groups: dict[tuple[FigureKey, int], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.key, figure.source_id].append(figure)
    for group in groups.values():
        finest, rival = _settle(group)
        item = _contradiction(finest, rival, ledger.own(finest), sources) if rival else _propose(finest, ledger)
        deltas = tuple(_unit_named(delta, ledger.units, finest.row.unit) for delta in item.deltas)
        yield item if deltas == item.deltas else replace(item, deltas=deltas)


def _unit_named(delta: Delta, units: dict[int, str], unit: str) -> Delta:
    """Return the delta of a unit with names in place of ids; a unit still to be made is called as in the workbook."""
    if delta.column != "unit_id":
        return delta
    return replace(delta, ours_text=units.get(delta.ours, ""), theirs_text=units.get(delta.theirs, unit))


def _settle(group: list[Figure]) -> tuple[Figure, Figure | None]:
    """Return the figure shown with most digits, and one that contradicts it, if any."""
    finest = max(group, key=lambda figure: (_shown_digits(figure.values["value"] or 0.0), -group.index(figure)))
    for other in group:
        mine, theirs = amount(finest.values), amount(other.values)
        if mine is None or theirs is None:
            if mine is not theirs or finest.values["low"] != other.values["low"]:
                return finest, other
        elif not same_up_to_rounding(mine, theirs) or finest.values.get("unit_id") != other.values.get("unit_id"):
            return group[0], other if other is not group[0] else finest
    return finest, None


def _contradiction(first: Figure, second: Figure, own: list[Values], sources: Sources) -> Item:
    """Return the conflict of two rows; one that was decided before, and stands so in the catalogue, is settled."""
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


def _propose(figure: Figure, ledger: Ledger) -> Item:
    held = ledger.of(figure)
    if own := ledger.own(figure):
        return _revised(figure, own)
    rivals = [values for values in held if not _agree(values, figure.values)]
    if not rivals and held:
        return _item(figure, Outcome.SAME)
    if not rivals:
        return _item(
            figure, Outcome.NEW, take=(insert("observation", figure.values),), deltas=_deltas({}, figure.values)
        )
    withdrawn = tuple(
        update("observation", values["id"], {"preferred": True}, {"preferred": False})
        for values in held if values["preferred"]
    )  # fmt: skip
    preferred = insert("observation", figure.values | {"preferred": True, "reason": "Taken over from the workbook"})
    return _item(
        figure, Outcome.CONFLICT, take=(*withdrawn, preferred), both=(insert("observation", figure.values),),
        deltas=_deltas(rivals[0], figure.values),
        problem=Problem(figure.sheet, figure.row.cell, msg("Another source says {ours}.", ours=_shown(rivals[0])),
                        msg("Keep what is there, take the workbook’s, or keep both side by side.")),
    )  # fmt: skip


def _revised(figure: Figure, own: list[dict[str, Any]]) -> Item:
    """Compare with what the same source said before; a competing passage that agrees settles it."""
    for values in own:
        if not _deltas(values, figure.values):
            return _item(figure, Outcome.SAME)
    before = own[0]
    deltas = _deltas(before, figure.values)
    change = _change(before, figure)
    return _item(figure, Outcome.CHANGED, take=(change,), deltas=deltas)


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
    more |= {"entity": row.entity.name or row.entity.code, "metric": row.metric.name, "period": figure.period}
    return Item(0, "observation", outcome, figure.title, "", figure.sheet, row.cell, **more)
