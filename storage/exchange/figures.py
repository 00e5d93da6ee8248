"""Staged figures with their names resolved, and when two of them are the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from storage.domain.periods import Period
from storage.domain.problem import Problem
from storage.domain.quantities import Quantity
from storage.domain.text import msg
from storage.domain.vocabulary import SCENARIOS, STATUSES
from storage.exchange.mentions import Mention, Mentions, names_key
from storage.exchange.naming import Named
from storage.exchange.sources import Sources
from storage.workbook.staged import StagedFigure

ALIKE = 1e-14  # relative; spreadsheets keep 15 digits, and a naive comparison sees changes where there are none
FEWEST_DIGITS = 3  # shown digits from which two roundings of one figure are taken for one

ROLES = {"entity": msg("record"), "metric": msg("metric"), "sector": msg("sector"), "unit": msg("unit")}

SCENARIO_KEYS = frozenset(option.key for option in SCENARIOS.options)
STATUS_KEYS = frozenset(option.key for option in STATUSES.options)

FigureKey = tuple[Any, ...]
Values = dict[str, Any]


@dataclass(slots=True)
class Figure:
    """One staged figure with its names resolved; `values` are stored columns.

    `key` is what tells one figure from another, the source aside; `number` is that of its item.
    """

    sheet: str
    row: StagedFigure
    values: dict[str, Any]
    source_id: int
    title: str
    period: str
    key: FigureKey
    number: int = 0


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
    digits = min(shown_digits(left), shown_digits(right))
    return digits >= FEWEST_DIGITS and f"{left:.{digits - 1}e}" == f"{right:.{digits - 1}e}"


def shown_digits(number: float) -> int:
    """Return how many digits a number shows, noughts at its ends aside."""
    mantissa = f"{number!r}".lower().split("e")[0]
    return len(mantissa.replace(".", "").replace("-", "").strip("0"))


@dataclass(slots=True)
class _Resolved:
    """What the names of a row come to: the ids, or the mention that stays open; `left_out` where one is not wanted."""

    ids: dict[str, int | None]
    where: str
    open: Mention | None = None
    left_out: bool = False


class Resolver:
    """Turns staged rows into figures with ids; what cannot be resolved becomes an item of its own."""

    def __init__(self, mentions: Mentions, named: Named, sources: Sources) -> None:
        self._mentions, self._named, self._sources = mentions, named, sources
        self._known: dict[tuple[int, int, int, str], _Resolved] = {}

    def figure(self, sheet: str, row: StagedFigure) -> Figure | Problem | None:
        """Return the figure, the problem that keeps it out, or None when it is left out on purpose."""
        key = names_key(row)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._names(row)
        if found.open is not None:
            return self._unknown(sheet, row, found.open)
        if found.left_out:
            return None
        scenario = row.scenario.strip().lower() or "actual"
        if scenario not in SCENARIO_KEYS:
            return Problem(sheet, row.cell, msg("“{scenario}” is no scenario.", scenario=row.scenario),
                           msg("Write actual, estimate, forecast, target, baseline or planned."))  # fmt: skip
        return self._resolved(sheet, row, found, scenario)

    def _names(self, row: StagedFigure) -> _Resolved:
        where = [row.entity.name or row.entity.code, row.metric.name, *([row.sector.name] if row.sector else [])]
        found = _Resolved({}, " · ".join(where))
        for role, mention in (
            ("entity_id", self._mentions.entity(row.entity)), ("metric_id", self._mentions.metric(row)),
            ("sector_id", self._mentions.sector(row)), ("unit_id", self._mentions.unit(row)),
        ):  # fmt: skip
            if mention is None:
                continue
            if mention.key in self._named.open:
                found.open = mention
                return found
            found.ids[role] = self._named.ids[mention.key]
            if found.ids[role] is None:
                found.left_out = True
                return found
        return found

    def _unknown(self, sheet: str, row: StagedFigure, mention: Mention) -> Problem:
        role, name = mention.role, mention.name
        candidates = self._named.open[mention.key].candidates
        if candidates:
            near = ", ".join(candidate.name for candidate in candidates)
            cause = msg("It is not sure which record “{name}” is; it may be: {near}.", name=name, near=near)
        else:
            cause = msg("The catalogue knows no {role} “{name}”.", role=ROLES[role], name=name)
        return Problem(sheet, row.cell, cause, msg("Choose a record for it, or have missing records created."))

    def _resolved(self, sheet: str, row: StagedFigure, found: _Resolved, scenario: str) -> Figure:
        quantity, period = row.quantity, row.period or NO_PERIOD
        flags = (row.status or quantity.status or "A").upper()
        status = flags if flags in STATUS_KEYS else next((flag for flag in flags if flag in STATUS_KEYS), "A")
        note = row.note or (msg("Flag {flag}", flag=flags) if status == "A" and flags != "A" else "")
        source_id, passage_id = self._sources.passage(sheet, row.source, row.url)
        values = found.ids | {
            "period": period.text or None, "period_start": period.start, "period_end": period.end,
            "value": quantity.value, "low": quantity.low, "high": quantity.high, "precision": quantity.precision,
            "multiplier": quantity.multiplier, "value_text": _words_of(quantity), "scope": row.scope,
            "scenario": scenario, "measure": "level", "status": status, "note": str(note) or None,
            "passage_id": passage_id, "locator": row.cell,
        }  # fmt: skip
        written = _written(period) if row.period else ""
        title = f"{found.where} · {written}" if written else found.where
        return Figure(sheet, row, values, source_id, title, written, figure_key(values))


NO_PERIOD = Period(None, None, "")


@lru_cache(maxsize=4_096)
def _written(period: Period) -> str:
    return period.format()


def _words_of(quantity: Quantity) -> str | None:
    """Return the text as given where it says more than the number."""
    try:
        float(quantity.text.replace(",", ""))
    except ValueError:
        return quantity.text or None
    return None
