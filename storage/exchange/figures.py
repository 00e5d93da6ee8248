"""Staged figures with their names resolved, and when two of them are the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from storage.domain.items import NewRecord
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


COLUMNS = (
    "entity_id", "metric_id", "sector_id", "unit_id", "passage_id", "period", "period_start", "period_end", "value",
    "low", "high", "precision", "multiplier", "value_text", "scope", "scenario", "measure", "status", "note", "locator",
)  # fmt: skip


@dataclass(slots=True)
class Resolved:
    """What the names of a row come to; `open` is the mention that stays open, `left_out` says that one is not wanted.

    `ids` are those of entity, metric, sector and unit.
    """

    where: str
    ids: tuple[int | None, ...] = ()
    open: Mention | None = None
    left_out: bool = False


@dataclass(slots=True)
class Figure(NewRecord):
    """One staged figure with its names resolved.

    `key` is what tells one figure from another, the source aside; `number` is that of its item.
    """

    sheet: str
    row: StagedFigure
    named: Resolved
    source: tuple[int, int]
    scenario: str
    key: FigureKey
    number: int = 0

    @property
    def source_id(self) -> int:
        """The source that says it."""
        return self.source[0]

    @property
    def period(self) -> str:
        """The period as it is written, blank where there is none."""
        return _written(self.row.period) if self.row.period else ""

    @property
    def title(self) -> str:
        """What it is a figure of."""
        period = self.period
        return f"{self.named.where} · {period}" if period else self.named.where

    @property
    def values(self) -> Values:
        """The stored columns."""
        return dict(zip(COLUMNS, self.stored(), strict=True))

    def stored(self) -> tuple[Any, ...]:
        """Return the values of its COLUMNS."""
        row = self.row
        quantity, period = row.quantity, row.period or NO_PERIOD
        status, note = _flagged(row.status or quantity.status, row.note)
        return (
            *self.named.ids, self.source[1], period.text or None, period.start, period.end, quantity.value,
            quantity.low, quantity.high, quantity.precision, quantity.multiplier, _words_of(quantity), row.scope,
            self.scenario, "level", status, note, row.cell,
        )  # fmt: skip


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


class Resolver:
    """Turns staged rows into figures with ids; what cannot be resolved becomes an item of its own."""

    def __init__(self, mentions: Mentions, named: Named, sources: Sources) -> None:
        self._mentions, self._named, self._sources = mentions, named, sources
        self._known: dict[tuple[int, int, int, str], Resolved] = {}

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
        source = self._sources.passage(sheet, row.source, row.url)
        entity, metric, sector, _ = found.ids
        start, end = (period.start, period.end) if (period := row.period) else (None, None)
        when = (start, end) if start else (period.text or None if period else None, None)
        key = (entity, metric, sector, *when, row.scope, scenario, "level")
        return Figure(sheet, row, found, source, scenario, key)

    def _names(self, row: StagedFigure) -> Resolved:
        where = [row.entity.name or row.entity.code, row.metric.name, *([row.sector.name] if row.sector else [])]
        found = Resolved(" · ".join(where))
        for mention in (
            self._mentions.entity(row.entity), self._mentions.metric(row), self._mentions.sector(row),
            self._mentions.unit(row),
        ):  # fmt: skip
            if mention is not None and mention.key in self._named.open:
                found.open = mention
                return found
            id = self._named.ids[mention.key] if mention else None
            if mention and id is None:
                found.left_out = True
                return found
            found.ids += (id,)
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


NO_PERIOD = Period(None, None, "")


def _flagged(flags: str, note: str) -> tuple[str, str | None]:
    """Return the status and the note; a flag that is no status is told as a note."""
    flags = (flags or "A").upper()
    status = flags if flags in STATUS_KEYS else next((flag for flag in flags if flag in STATUS_KEYS), "A")
    note = note or (str(msg("Flag {flag}", flag=flags)) if status == "A" and flags != "A" else "")
    return status, note or None


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
