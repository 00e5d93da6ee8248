"""Figures as lines to read: the newest of each series with its tags, its course, and sets of competing figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from storage.domain.fields import Ref
from storage.domain.quantities import Quantity, format_quantity
from storage.domain.summary import Point, Series
from storage.domain.text import Text, msg
from storage.domain.vocabulary import MEASURES, PRECISION_OPTIONS, SCENARIOS
from ui.language import current_code, name_of, tr
from ui.widgets.labels import TagTone
from ui.widgets.trend_line import TrendPoint

STATUS_TAGS: dict[str, tuple[Text, TagTone]] = {
    "B": (msg("break"), "mind"),
    "E": (msg("estimated"), "neutral"),
    "I": (msg("imputed"), "neutral"),
    "P": (msg("provisional"), "neutral"),
    "M": (msg("missing"), "neutral"),
}
RATIO = "ratio to base"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """What one line shows: what it is about, where and when, the value with its unit, tags, the course.

    `quantity` is what an edit of the value begins with; `metric` and `record` are what its label calls them.
    """

    observation: int
    title: str
    detail: str
    value: str
    unit: str
    tags: tuple[tuple[str, TagTone], ...]
    trend: tuple[TrendPoint, ...] = ()
    quantity: Quantity | None = None
    metric: str = ""
    record: str = ""

    @property
    def spoken(self) -> str:
        """All of it as one text, for screen readers."""
        parts = (self.title, self.detail, self.value, self.unit, *(word for word, _ in self.tags))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ConflictSet:
    """Figures that say different things about the same; at most one of them is preferred."""

    title: str
    points: tuple[Point, ...]

    @property
    def preferred(self) -> Point | None:
        """The figure that is preferred, None while nobody decided."""
        return next((point for point in self.points if point.preferred), None)


def figure_lines(series: Iterable[Series], units: dict[int, str], *, by_entity: bool = False) -> list[FigureLine]:
    """Return a line for each series, scenario and measure; titled by metric, or by entity."""
    lines = []
    for one in series:
        groups: dict[tuple[str, str], list[Point]] = defaultdict(list)
        for point in one.points:
            groups[point.scenario, point.measure].append(point)
        title = shown_name(one.entity if by_entity else one.metric)
        lines += [_line(one, points, title, units) for points in groups.values()]
    return lines


def _line(series: Series, points: Sequence[Point], title: str, units: dict[int, str]) -> FigureLine:
    newest = _newest(points)
    details = (
        newest.period.format(current_code()) if newest.period else "",
        shown_name(series.sector),
        series.scope,
    )
    return FigureLine(
        newest.observation,
        title,
        " · ".join(part for part in details if part),
        value_text(newest),
        "" if newest.measure == RATIO else unit_text(series.unit, units),
        tags_of(newest),
        tuple(trend_points(points)),
        newest.quantity,
        shown_name(series.metric),
        shown_name(series.entity),
    )


def shown_name(ref: Ref | None) -> str:
    """Return a record's name in the window's language, blank for none."""
    return name_of(ref.name, ref.name_ko) if ref is not None else ""


def _newest(points: Sequence[Point]) -> Point:
    """The last period's figure, the preferred one of a set; those without a date only where there is nothing else."""

    def rank(point: Point) -> tuple[bool, str, str, bool]:
        start, end = (point.period.start, point.period.end) if point.period else (None, None)
        return (point.quantity is not None and start is not None, end or "", start or "", point.preferred)

    return max(points, key=rank)


def value_text(point: Point) -> str:
    """Return the figure with its sign of precision; where there is no number, the words of the source."""
    if point.quantity is None:
        return point.text
    written = format_quantity(point.quantity, current_code())
    return tr("× {number}", number=written) if point.measure == RATIO else written


def unit_text(unit: Ref | None, codes: dict[int, str]) -> str:
    """Return the unit, by its code where that is a sign (KRW, %)."""
    if unit is None:
        return ""
    code = codes.get(unit.id, "")
    return code if code.isupper() or code == "%" else shown_name(unit)


def tags_of(point: Point) -> tuple[tuple[str, TagTone], ...]:
    """Return what a reader must mind about a figure."""
    tags: list[tuple[str, TagTone]] = []
    if point.quantity is not None and point.quantity.precision != "exact":
        tags.append((tr(PRECISION_OPTIONS.label(point.quantity.precision)), "mind"))
    if point.scenario != "actual":
        tags.append((tr(SCENARIOS.label(point.scenario)), "neutral"))
    if point.measure != "level":
        tags.append((tr(MEASURES.label(point.measure)), "neutral"))
    if point.status in STATUS_TAGS:
        text, tone = STATUS_TAGS[point.status]
        tags.append((tr(text), tone))
    if point.competing:
        tags.append((tr("conflict"), "bad"))
    return tuple(tags)


def trend_points(points: Iterable[Point]) -> list[TrendPoint]:
    """Return the course of the figures: one for each dated period, the preferred one of a set."""
    found: dict[tuple[str, str], Point] = {}
    for point in points:
        if point.period is not None and point.period.start is not None and point.period.end is not None:
            key = (point.period.start, point.period.end)
            if key not in found or point.preferred:
                found[key] = point
    return [
        TrendPoint(_middle(start, end), point.amount, point.low, point.high, broken=point.status == "B")
        for (start, end), point in sorted(found.items())
    ]


def _middle(start: str, end: str) -> float:
    return (date.fromisoformat(start).toordinal() + date.fromisoformat(end).toordinal()) / 2


def conflict_sets(series: Iterable[Series], *, by_entity: bool = False) -> list[ConflictSet]:
    """Return the sets of figures with the same key, as `Mini-clusters 2005-06: 2 sources, one preferred`."""
    found = []
    for one in series:
        groups: dict[tuple[str | None, ...], list[Point]] = defaultdict(list)
        for point in one.points:
            if point.competing and point.period is not None:
                groups[point.period.start, point.period.end, point.scenario, point.measure].append(point)
        subject = shown_name(one.entity if by_entity else one.metric)
        found += [_conflict_set(subject, points) for points in groups.values() if len(points) > 1]
    return found


def _conflict_set(subject: str, points: Sequence[Point]) -> ConflictSet:
    period = points[0].period
    values = {
        "subject": subject,
        "period": period.format(current_code()) if period else "",
        "n": len(points),
    }
    if any(point.preferred for point in points):
        title = tr("{subject} {period}: {n} sources, one preferred", **values)
    else:
        title = tr("{subject} {period}: {n} sources, none preferred", **values)
    return ConflictSet(title, tuple(points))
