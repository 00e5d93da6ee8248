"""What a template asks for: every known series, period by period, with its limits and its last figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.catalogue import Catalogue
from storage.domain.collection import Collection
from storage.domain.periods import Period, PeriodError, parse_period
from storage.domain.quantities import Quantity
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.workbook.form import Limits

METRIC_COLUMNS = ("unit_id", "nature", "statistical_unit", "definition")
UNIT_COLUMNS = ("code", "dimension")
FIGURE_COLUMNS = (
    "entity_id", "metric_id", "sector_id", "scope", "scenario", "measure", "period", "period_start", "period_end",
    "value", "low", "high", "precision", "multiplier", "unit_id", "preferred",
)  # fmt: skip
CALENDAR_YEAR, PER_CENT = "year", "%"
YEARS = (1000, 2200)
NO_LIMIT = Limits()
MOST_ROWS = 20_000
SeriesKey = tuple[int, int, int | None, str]  # record, metric, sector, scope


@dataclass(frozen=True, slots=True)
class Metric:
    """What the catalogue says of a metric."""

    id: int
    unit: int | None
    nature: str
    statistical_unit: str
    definition: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code, and the dimension that it shares with others."""

    code: str
    dimension: str


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the catalogue holds."""

    series: SeriesKey
    scenario: str
    period: Period
    quantity: Quantity
    unit: int | None
    preferred: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure that is asked for: its key, the unit and multiplier in which it is wanted, and what is known."""

    series: SeriesKey
    scenario: str
    period: Period
    unit: int | None
    multiplier: float
    limits: Limits
    known: Known | None

    @property
    def last(self) -> float | None:
        """The last known figure as it would be written in the cell, None where its unit is another."""
        if self.known is None or self.known.unit != self.unit or self.known.quantity.value is None:
            return None
        value, size = self.known.quantity.value, self.known.quantity.multiplier
        return value if size == self.multiplier else value * size / self.multiplier


class Asking:
    """Turns a collection into the figures asked for."""

    def __init__(self, catalogue: Catalogue, collection: Collection) -> None:
        self._catalogue = catalogue
        self.periods = tuple(dict.fromkeys(_period(text) for text in collection.periods))
        if not self.periods:
            raise InvalidInput(msg("Say for which periods figures are asked, for example 2024."))
        self.metrics = {id: Metric(id, *values) for id, *values in catalogue.stored(Query("metric"), METRIC_COLUMNS)}
        self.units = {id: Unit(code, dimension or "") for id, code, dimension in self._units()}
        known = list(self._read(collection))
        self._history: dict[SeriesKey, list[Known]] = defaultdict(list)
        self._of_metric: dict[int, list[Known]] = defaultdict(list)
        self._of_pair: dict[tuple[int, int], set[SeriesKey]] = defaultdict(set)
        for figure in known:
            self._history[figure.series].append(figure)
            self._of_pair[figure.series[0], figure.series[1]].add(figure.series)
            self._of_metric[figure.series[1]].append(figure)
        self.records = collection.records or tuple(dict.fromkeys(figure.series[0] for figure in known))
        self.asked_metrics = collection.metrics or self._usual(known)
        self._known_only = not (collection.records and collection.metrics)

    def scopes(self, metric: int) -> list[str]:
        """Return the scopes in which a metric is known."""
        return sorted({figure.series[3] for figure in self._of_metric[metric]} - {""})

    def rows(self) -> list[Asked]:
        """Return every figure asked for, record by record, metric by metric; raise InvalidInput for none or many."""
        pairs = [(record, metric) for record in self.records for metric in self.asked_metrics]
        series = [one for record, metric in pairs for one in self._series(record, metric)]
        if not series:
            raise InvalidInput(
                msg("There is nothing to ask: choose records and metrics, the catalogue knows no figures of these.")
            )
        if len(series) * len(self.periods) > MOST_ROWS:
            raise InvalidInput(
                msg("A template asks for {most} figures at most, not {wanted}; choose fewer records or metrics.",
                    most=f"{MOST_ROWS:,}", wanted=f"{len(series) * len(self.periods):,}")
            )  # fmt: skip
        return [self._asked(one, period) for one in series for period in self.periods]

    def _units(self) -> list[tuple[int, str, str]]:
        return self._catalogue.stored(Query("unit"), UNIT_COLUMNS)

    def _read(self, collection: Collection) -> Iterator[Known]:
        query = Query("observation", Where("measure", "=", "level"))
        if collection.records:
            query = query.narrowed(Where("entity_id", "in", collection.records))
        if collection.metrics:
            query = query.narrowed(Where("metric_id", "in", collection.metrics))
        for _, *row in self._catalogue.stored(query, FIGURE_COLUMNS):
            found = dict(zip(FIGURE_COLUMNS, row, strict=True))
            quantity = Quantity(*(found[key] for key in ("value", "low", "high", "precision", "multiplier")))
            if not quantity.missing:
                series = (found["entity_id"], found["metric_id"], found["sector_id"], found["scope"])
                period = Period(found["period_start"], found["period_end"], found["period"] or "")
                yield Known(series, found["scenario"], period, quantity, found["unit_id"], bool(found["preferred"]))

    def _usual(self, known: Sequence[Known]) -> tuple[int, ...]:
        """Return the metrics that the records have figures of; what happened once is not asked again."""
        found = dict.fromkeys(figure.series[1] for figure in known)
        return tuple(id for id in found if self.metrics[id].nature != "event")

    def _series(self, record: int, metric: int) -> list[SeriesKey]:
        """Return the series of a pair that have figures; where there are none, and both were told, a plain one."""
        found = sorted(self._of_pair[record, metric], key=lambda key: (key[2] or 0, key[3]))
        return found if found or self._known_only else [(record, metric, None, "")]

    def _asked(self, series: SeriesKey, period: Period) -> Asked:
        metric, history = self.metrics[series[1]], self._history.get(series, [])
        known = _nearest(history, period)
        told = known or next(iter(self._of_metric[metric.id]), None)
        unit = metric.unit or (told.unit if told else None)
        multiplier = told.quantity.multiplier if told and told.unit == unit else 1.0
        limits = self.limits(metric.id, unit, multiplier)
        return Asked(series, _scenario(period), period, unit, multiplier, limits, known)

    def limits(self, id: int, unit: int | None, multiplier: float) -> Limits:
        """Return between what a figure of a metric can lie, by its unit, its nature and what was ever observed."""
        metric = self.metrics[id]
        code = self.units[unit].code if unit in self.units else ""
        seen = [figure.quantity.amount for figure in self._of_metric[metric.id]]
        amounts = [amount for amount in seen if amount is not None]
        if code == CALENDAR_YEAR:
            return Limits(*YEARS, whole=True)
        if metric.nature == "rank":
            return Limits(1, whole=True)
        if any(amount < 0 for amount in amounts):
            return NO_LIMIT
        if code == PER_CENT:
            part = metric.nature == "ratio" and multiplier == 1 and all(amount <= 100 for amount in amounts)
            return Limits(0, 100) if part else NO_LIMIT
        return Limits(0)


def _period(text: str) -> Period:
    try:
        period = parse_period(text.strip())
    except PeriodError as error:
        raise InvalidInput(error.text) from error
    if period.start is None:
        raise InvalidInput(msg("“{text}” is no period to ask for; write for example 2024 or 2024-Q2.", text=text))
    return period


def _scenario(period: Period) -> str:
    """Return what figures of a period usually are: forecasts when it is still to come."""
    today = datetime.now(UTC).date().isoformat()
    return "forecast" if (period.start or "") > today else "actual"


def _nearest(history: Iterable[Known], period: Period) -> Known | None:
    """Return the figure of the period or the newest before it, else the first after it; the preferred, actual one."""
    ranked = sorted(history, key=lambda one: (one.preferred, one.scenario == "actual"), reverse=True)
    dated = [one for one in ranked if one.period.start is not None]
    before = [one for one in dated if one.period.sort_key <= period.sort_key]
    if before:
        return max(before, key=lambda one: one.period.sort_key[:3])
    return min(dated, key=lambda one: one.period.sort_key[:3], default=next(iter(ranked), None))
