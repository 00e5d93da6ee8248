"""Figures as columns of numbers, with what is known of their units, metrics and records: what every check reads."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storage.domain.quality.groups import group_codes
from storage.domain.quantities import number_text
from storage.domain.text import Text

Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

# the stored columns of an observation that the checks read, in this order
COLUMNS = (
    "entity_id", "metric_id", "sector_id", "period_start", "period_end", "value", "multiplier", "unit_id", "scope",
    "scenario", "measure", "status",
)  # fmt: skip
SHOWN_DIGITS = 6  # of the numbers in sentences: enough to tell them apart, short enough to read
UNCOUNTED = frozenset({"rank", "event"})  # metric natures whose numbers are places and dates, not amounts


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit: `factor` leads to the base unit of its dimension; `known` unless nobody can say what it means."""

    name: str
    dimension: str = ""
    factor: float = 1.0
    known: bool = True


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """A metric; blank where the catalogue does not say, `unit` 0 for none."""

    name: str
    nature: str = ""
    aggregation: str = ""
    statistical_unit: str = ""
    unit: int = 0


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """A record that figures are about; `places` are those that it is part of or lies in."""

    name: str
    kind: str = ""
    code: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of the things that figures refer to, by id; those still to be made have negative ids."""

    units: Mapping[int, UnitFacts] = field(default_factory=dict)
    metrics: Mapping[int, MetricFacts] = field(default_factory=dict)
    entities: Mapping[int, EntityFacts] = field(default_factory=dict)

    def amount_of(self, stored: tuple[float | None, float | None, int | None]) -> float:
        """Return value times multiplier in the base unit, NaN where there is no value."""
        value, multiplier, unit = stored
        if value is None:
            return float("nan")
        return value * (multiplier or 1.0) * self.units.get(unit or 0, NO_UNIT).factor


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fresh figure comes from: its sheet, and stored value, multiplier and unit of what it replaces, if any."""

    sheet: str = ""
    replaced: tuple[float | None, float | None, int | None] = (None, None, None)


NO_UNIT, NO_METRIC, NO_ENTITY = UnitFacts(""), MetricFacts(""), EntityFacts("")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is doubtful about one figure: its row, the check that says so, the cause and a remedy."""

    row: int
    check: str
    cause: Text
    remedy: Text


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures of a workbook (`fresh`) and of the catalogue; arrays share their rows.

    `start` and `end` are ordinal days, 0 where unknown; `amount` is in the base unit of its dimension, NaN for none;
    `replaced` is the amount that a fresh one takes the place of.
    """

    facts: Facts
    fresh: Flags
    entity: Ints
    metric: Ints
    sector: Ints
    start: Ints
    end: Ints
    amount: Reals
    replaced: Reals
    factor: Reals
    unit: Ints
    dimension: Ints
    scope: Ints
    scenario: Ints
    level: Flags
    settled: Flags
    sheet: Ints
    scopes: tuple[str, ...]
    dimensions: tuple[str, ...]

    @staticmethod
    def of(columns: Sequence[Sequence[Any]], fresh: int, facts: Facts, origins: Sequence[Origin] = ()) -> Figures:
        """Lay out the values of COLUMNS; the first `fresh` rows are from the workbook, of the origins told."""
        entity, metric, sector, start, end, value, multiplier, unit, scope, scenario, measure, status = columns
        units = [own or facts.metrics.get(id, NO_METRIC).unit for own, id in zip(unit, metric, strict=True)]
        unit_ids, unit_codes = _factorised(units)
        told = [facts.units.get(id, NO_UNIT) for id in unit_ids]
        factor = np.array([one.factor for one in told], float)[unit_codes]
        scopes, scope_codes = _factorised([each or "" for each in scope])
        dimensions, dimension_codes = _factorised([one.dimension for one in told])
        amounts = np.array([np.nan if each is None else each for each in value], float)
        return Figures(
            facts, np.arange(len(value)) < fresh, _ints(entity), _ints(metric), _ints(sector), _days(start), _days(end),
            amounts * np.array([each or 1.0 for each in multiplier], float) * factor,
            _padded([facts.amount_of(one.replaced) for one in origins], len(value)), factor, _ints(units),
            dimension_codes[unit_codes], scope_codes, _factorised(scenario)[1],
            np.array([each in (None, "level") for each in measure], bool),
            np.array([(each or "actual") == "actual" for each in scenario], bool)
            & np.array([each not in ("E", "F") for each in status], bool),
            _factorised([*(one.sheet for one in origins), *[""] * (len(value) - len(origins))])[1], scopes, dimensions,
        )  # fmt: skip

    @cached_property
    def series(self) -> Ints:
        """A number for each row, the same for figures that differ in nothing but their period."""
        return group_codes(
            self.entity, self.metric, self.sector, self.scope, self.scenario, self.level, self.dimension
        )  # fmt: skip

    @cached_property
    def cohort(self) -> Ints:
        """A number for each row, the same for figures that differ in nothing but the record."""
        return group_codes(
            self.metric, self.sector, self.scope, self.scenario, self.level, self.dimension, self.start, self.end
        )  # fmt: skip

    @cached_property
    def counted(self) -> Flags:
        """Rows that have an amount which may be compared by size: no rank, no year, no nought."""
        natures = {id for id, known in self.facts.metrics.items() if known.nature in UNCOUNTED}
        years = {id for id, known in self.facts.units.items() if known.dimension == "date"}
        plain = ~np.isin(self.metric, _ints(sorted(natures))) & ~np.isin(self.unit, _ints(sorted(years)))
        return np.asarray(plain & self.level & np.isfinite(self.amount) & (self.amount != 0))

    @cached_property
    def size(self) -> Reals:
        """Return the decimal logarithms of the amounts, NaN where there is nothing to compare."""
        found = np.full(len(self.amount), np.nan)
        found[self.counted] = np.log10(np.abs(self.amount[self.counted]))
        return found

    def metric_of(self, row: int) -> MetricFacts:
        """Return what is known of the metric of a row."""
        return self.facts.metrics.get(int(self.metric[row]), NO_METRIC)

    def unit_of(self, row: int) -> UnitFacts:
        """Return what is known of the unit of a row."""
        return self.facts.units.get(int(self.unit[row]), NO_UNIT)

    def entity_of(self, row: int) -> EntityFacts:
        """Return what is known of the record of a row."""
        return self.facts.entities.get(int(self.entity[row]), NO_ENTITY)

    def shown(self, row: int, amount: float | None = None) -> str:
        """Write the amount of a row, or another one as the row would give it, for a sentence."""
        own = self.amount[row] if amount is None else amount
        return written(float(own) / float(self.factor[row]))


def written(number: float) -> str:
    """Write a number for a sentence, with as many digits as a reader compares."""
    return number_text(float(f"{number:.{SHOWN_DIGITS}g}"))


def _padded(amounts: Sequence[float], length: int) -> Reals:
    return np.array([*amounts, *[np.nan] * (length - len(amounts))], float)


def _ints(values: Iterable[Any]) -> Ints:
    return np.array([value or 0 for value in values], np.int64)


def _factorised(values: Sequence[Hashable]) -> tuple[tuple[Any, ...], Ints]:
    known = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return tuple(known), np.fromiter(map(known.__getitem__, values), np.int64, len(values))


def _days(values: Sequence[str | None]) -> Ints:
    known = {value: date.fromisoformat(value[:10]).toordinal() if value else 0 for value in set(values)}
    return np.fromiter(map(known.__getitem__, values), np.int64, len(values))
