"""The newest figures for the cells of a report: the one that each asks for, or why there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.catalogue import Catalogue
from storage.domain.periods import Period, PeriodError, parse_period
from storage.domain.quantities import format_quantity
from storage.domain.query import Query
from storage.domain.report import MappedCell, Shows, Wanted
from storage.domain.summary import Point, Series, Summary
from storage.domain.text import Text, listed, msg
from storage.domain.vocabulary import MEASURES, SCENARIOS

MOST = 6  # alternatives that a reason names


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """What a cell comes to: its figure and what is shown of it, or the reason why it is left as it is."""

    mapped: MappedCell
    title: str
    shown: float | str | None = None
    point: Point | None = None
    unit: str = ""
    reason: Text | None = None


def find_figures(catalogue: Catalogue, cells: Sequence[MappedCell], language: str = "en") -> list[FoundFigure]:
    """Return the figure for every cell, in the order of the cells."""
    found = _Figures(catalogue, cells, language)
    return [found.find(cell) for cell in cells]


class _Figures:
    """The series of all the cells, read at once."""

    def __init__(self, catalogue: Catalogue, cells: Sequence[MappedCell], language: str) -> None:
        self._language = language
        self._series: dict[tuple[int, int], list[Series]] = defaultdict(list)
        wanted = {(cell.wanted.entity, cell.wanted.metric) for cell in cells}
        entities = tuple(sorted({entity for entity, _ in wanted}))
        metrics = tuple(sorted({metric for _, metric in wanted}))
        for series in catalogue.series(Summary(entities, metrics)) if wanted else ():
            self._series[series.entity.id, series.metric.id].append(series)
        self._entities = catalogue.refs("entity", entities)
        self._metrics = catalogue.refs("metric", metrics)
        natures = catalogue.stored(Query("metric"), ("nature",))
        self._stocks = {id for id, nature in natures if nature == "stock"}

    def find(self, cell: MappedCell) -> FoundFigure:
        """Return the figure that a cell asks for."""
        wanted = cell.wanted
        entity, metric = self._entities.get(wanted.entity), self._metrics.get(wanted.metric)
        if entity is None or metric is None:
            return FoundFigure(cell, cell.key, reason=msg("Its record or metric was deleted."))
        title = f"{entity.label(self._language)} · {metric.label(self._language)}"
        if wanted.period:
            title += f" · {wanted.period}"
        pairs = self._fitting(wanted)
        try:
            chosen = _chosen(pairs, wanted, stock=wanted.metric in self._stocks)
        except PeriodError as error:
            return FoundFigure(cell, title, reason=error.text)
        if chosen is None:
            return FoundFigure(cell, title, reason=self._missing(wanted))
        return self._shown(cell, title, *chosen)

    def _missing(self, wanted: Wanted) -> Text:
        """Return what there is instead of a figure."""
        others = {
            " · ".join(filter(None, (series.sector.label(self._language) if series.sector else "", series.scope)))
            for series in self._series[wanted.entity, wanted.metric]
        }
        if not others:
            return msg("The catalogue has no figure of it.")
        of_scope = [point for series in self._of_scope(wanted) for point in series.points]
        if not of_scope:
            return msg("There is none of that scope; there are: {scopes}.", scopes=", ".join(sorted(others)[:MOST]))
        told = [point for _, point in self._fitting(wanted)]
        periods = {point.period.format(self._language) for point in told if point.period}
        if periods and wanted.period:
            return msg(
                "There is none of that period; there are: {periods}.", periods=", ".join(sorted(periods)[-MOST:])
            )
        kinds = {(point.scenario, point.measure) for point in of_scope} - {(wanted.scenario, wanted.measure)}
        if told or not kinds:
            return msg("Its sources say that there is no figure.")
        words = [text for kind in sorted(kinds) for text in _kind(*kind)]
        return msg("There are only figures of another kind: {kinds}.", kinds=listed(dict.fromkeys(words)))

    def _fitting(self, wanted: Wanted) -> list[tuple[Series, Point]]:
        pairs = ((series, point) for series in self._of_scope(wanted) for point in series.points)
        return [pair for pair in pairs if (pair[1].scenario, pair[1].measure) == (wanted.scenario, wanted.measure)]

    def _of_scope(self, wanted: Wanted) -> list[Series]:
        return [
            series
            for series in self._series[wanted.entity, wanted.metric]
            if (series.sector.id if series.sector else None) == wanted.sector and series.scope == wanted.scope
        ]

    def _shown(self, cell: MappedCell, title: str, series: Series, point: Point) -> FoundFigure:
        unit = series.unit.label(self._language) if series.unit else ""
        shown: float | str | None
        match cell.shows:
            case Shows.VALUE:
                shown = None if point.amount is None else point.amount / cell.divisor
            case Shows.TEXT:
                shown = format_quantity(point.quantity, self._language) if point.quantity else ""
            case Shows.PERIOD:
                shown = point.period.format(self._language) if point.period else ""
            case Shows.SOURCE:
                shown = ", ".join(part for part in (point.source, point.locator) if part)
        reason = None
        if shown is None:
            reason = msg("The figure is no single number ({text}); show it as text.", text=point.text or "–")
        return FoundFigure(cell, title, shown, point, unit, reason)


def _kind(scenario: str, measure: str) -> list[Text]:
    """Return what figures are called that are no actual levels."""
    said = [SCENARIOS.label(scenario)] if scenario != "actual" else []
    return said + ([MEASURES.label(measure)] if measure != "level" else [])


def _chosen(pairs: Iterable[tuple[Series, Point]], wanted: Wanted, *, stock: bool) -> tuple[Series, Point] | None:
    """Return the wanted point, the preferred one of several; the latest where no period is told."""
    known = [pair for pair in pairs if pair[1].quantity is not None and not pair[1].quantity.missing]
    if wanted.period:
        period = parse_period(wanted.period)
        exact = [pair for pair in known if _same(pair[1].period, period)]
        # what stood at the end of a month of the year also tells of the year; what flowed in it does not
        within = [pair for pair in known if stock and _within(pair[1].period, period)]
        known = exact or within
    return max(known, key=lambda pair: (*_end(pair[1].period), pair[1].preferred, pair[1].observation), default=None)


def _end(period: Period | None) -> tuple[str, str]:
    return (period.end or "", period.start or "") if period else ("", "")


def _same(period: Period | None, other: Period) -> bool:
    return period is not None and (period.start, period.end) == (other.start, other.end)


def _within(period: Period | None, other: Period) -> bool:
    if period is None or not (period.start and period.end and other.start and other.end):
        return False
    return other.start <= period.start and period.end <= other.end
