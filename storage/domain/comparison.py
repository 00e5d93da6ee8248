"""Figures side by side: which of them may be joined into one line, and which one stands for a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from storage.domain.fields import Ref
from storage.domain.periods import Period
from storage.domain.summary import Point, Series

# a level at a moment means the same whatever the length of its period; a flow does not
TIMELESS_NATURES = ("stock", "rank")
GAP = 1.5  # steps between two figures from which on something is missing between them


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """What decides whether figures compare, blank where the catalogue does not say."""

    nature: str = ""
    statistical_unit: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that can be drawn; `place` is the middle of its period as a fraction of years.

    `rivals` are the other figures of its conflict set; `joined` tells whether it continues the figure before it.
    """

    point: Point
    amount: float
    place: float | None
    rivals: tuple[Point, ...] = ()
    joined: bool = False

    @property
    def approximate(self) -> bool:
        """Whether the source hedges, or gives bounds instead of a value."""
        quantity = self.point.quantity
        assert quantity is not None
        return quantity.precision != "exact" or quantity.value is None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Lowest and highest amount, None where the source gives no bounds."""
        low, high = self.point.low, self.point.high
        if low is None and high is None:
            return None
        return (self.amount if low is None else low, self.amount if high is None else high)

    @property
    def broken(self) -> bool:
        """Whether the series begins anew here."""
        return self.point.status == "B"


@dataclass(frozen=True, slots=True)
class Line:
    """Figures that mean the same at different times: one entity, metric, unit, sector, scope and scenario.

    `frequency` is blank where periods of any length may follow each other.
    """

    entity: Ref
    metric: Ref
    unit: Ref | None
    sector: Ref | None
    scope: str
    scenario: str
    frequency: str
    figures: tuple[Figure, ...]

    @property
    def latest(self) -> Figure:
        """The last figure in time, one without a period only if there is no other."""
        dated = [figure for figure in self.figures if figure.place is not None]
        return dated[-1] if dated else self.figures[-1]

    def at(self, period: Period | None) -> Figure | None:
        """Return the figure of a period."""
        return next((f for f in self.figures if period_key(f.point.period) == period_key(period)), None)

    @property
    def kind(self) -> tuple[object, ...]:
        """What the line measures, whoever it is about."""
        return (self.metric.id, self.unit and self.unit.id, self.sector and self.sector.id, self.scope,
                self.scenario, self.frequency)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines that may stand on one sheet, and the figures that cannot be drawn: relative ones and known gaps."""

    lines: tuple[Line, ...]
    relative: tuple[tuple[Series, Point], ...] = ()
    missing: tuple[tuple[Series, Point], ...] = ()
    facts: Mapping[int, MetricFacts] | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period that has a figure, in order."""
        found = {period_key(f.point.period): f.point.period for line in self.lines for f in line.figures}
        known = [period for period in found.values() if period is not None]
        return tuple(sorted(known, key=lambda period: period.sort_key))

    def nature(self, metric: int) -> str:
        """Return stock, flow and so on, blank where unknown."""
        return self.facts_of(metric).nature

    def facts_of(self, metric: int) -> MetricFacts:
        """Return what is known of a metric."""
        return (self.facts or {}).get(metric, MetricFacts())


def compare(series: Sequence[Series], facts: Mapping[int, MetricFacts], scenarios: Sequence[str] = ()) -> Comparison:
    """Join figures into lines where they mean the same; `scenarios` limits them (all when empty)."""
    lines: list[Line] = []
    relative: list[tuple[Series, Point]] = []
    missing: list[tuple[Series, Point]] = []
    for one in series:
        wanted = [point for point in one.points if not scenarios or point.scenario in scenarios]
        levels = [point for point in wanted if point.measure == "level"]
        relative += [(one, point) for point in wanted if point.measure != "level"]
        gaps = [point for point in levels if _amount(point) is None]
        missing += [(one, point) for point in gaps]
        nature = facts.get(one.metric.id, MetricFacts()).nature
        lines += _lines(one, [point for point in levels if _amount(point) is not None], gaps, nature)
    return Comparison(tuple(lines), tuple(relative), tuple(missing), dict(facts))


def _lines(one: Series, points: Sequence[Point], gaps: Sequence[Point], nature: str) -> list[Line]:
    groups: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in points:
        groups[point.scenario, _frequency(point, nature)].append(point)
    return [
        Line(one.entity, one.metric, one.unit, one.sector, one.scope, scenario, frequency,
             _joined(_figures(members), [gap for gap in gaps if gap.scenario == scenario]))
        for (scenario, frequency), members in groups.items()
    ]  # fmt: skip


def _frequency(point: Point, nature: str) -> str:
    if nature in TIMELESS_NATURES or point.period is None or point.period.frequency == "none":
        return ""
    return point.period.frequency


def _figures(points: Sequence[Point]) -> list[Figure]:
    """One figure a period, the preferred one of a set; those without a known period stand each for itself."""
    sets: dict[object, list[Point]] = defaultdict(list)
    for point in points:
        dated = point.period is not None and point.period.start is not None
        sets[period_key(point.period) if dated else point.observation].append(point)
    figures = []
    for members in sets.values():
        leader = next((point for point in members if point.preferred), members[0])
        rivals = tuple(point for point in members if point is not leader)
        amount = _amount(leader)
        assert amount is not None
        figures.append(Figure(leader, amount, place(leader.period), rivals))
    return sorted(figures, key=lambda figure: (figure.place is None, figure.place or 0.0))


def _joined(figures: Sequence[Figure], gaps: Sequence[Point]) -> tuple[Figure, ...]:
    """Tell of each figure whether it continues the one before: no break, nothing missing between."""
    steps = [step for a, b in pairwise(figures) if (step := _step(a, b))]
    usual = min(steps, default=0.0)
    holes = [at for gap in gaps if (at := place(gap.period)) is not None]
    joined = list(figures[:1])
    for before, figure in pairwise(figures):
        step = _step(before, figure)
        expected = max(usual, _length(before), _length(figure))
        hole = any((before.place or 0) < at < (figure.place or 0) for at in holes)
        joined.append(replace(figure, joined=0 < step <= expected * GAP and not hole and not figure.broken))
    return tuple(joined)


def _step(before: Figure, after: Figure) -> float:
    if before.place is None or after.place is None:
        return 0.0
    return after.place - before.place


def _length(figure: Figure) -> float:
    """The years that a period takes, 0 for a range, which follows no rhythm."""
    period = figure.point.period
    if period is None or period.start is None or period.end is None or period.frequency in ("range", "decade"):
        return 0.0
    return year_fraction(period.end) - year_fraction(period.start)


def _amount(point: Point) -> float | None:
    """The value, else the middle of the bounds."""
    if point.amount is not None:
        return point.amount
    bounds = [bound for bound in (point.low, point.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else None


def period_key(period: Period | None) -> tuple[str | None, ...]:
    """Return what two writings of one period share."""
    if period is None or period.start is None:
        return (None, None, period.text if period else "")
    return (period.start, period.end)


def place(period: Period | None) -> float | None:
    """Return the middle of a period as a fraction of years: 2015.5 for the year 2015."""
    if period is None or period.start is None or period.end is None:
        return None
    return (year_fraction(period.start) + year_fraction(period.end)) / 2


def year_fraction(day: str) -> float:
    """Return an ISO date as a fraction of years."""
    moment = date.fromisoformat(day)
    first, last = date(moment.year, 1, 1), date(moment.year + 1, 1, 1)
    return moment.year + (moment - first).days / (last - first).days
