"""Plans over time: lines, and columns beside each other for each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.domain.caveats import Caveat
from storage.domain.comparison import Comparison, Figure, Line, period_key, year_fraction
from storage.domain.periods import Period
from storage.domain.text import msg
from ui.charts.looks import Looks, line_entries
from ui.charts.plan import Cell, Entry, Grid, Mark, Panel, Plan, Shape, Span
from ui.charts.wording import flagged_text, metric_name, panel_title, period_name, unit_name
from ui.language import tr

MAX_LINES = 24
MAX_PERIODS = 120
PLACES = ("event", "rank")  # natures whose values are no amounts


def line_plan(comparison: Comparison, looks: Looks) -> Plan:
    """Lines over time, a panel for each unit; figures without a period stand in the table only."""
    lines, left_out = largest(comparison.lines, MAX_LINES)
    panels: list[Panel] = []
    entries: list[Entry] = []
    for group in by_unit(lines):
        first = len(entries)
        entries += line_entries(group, looks)
        marks = [mark for n, line in enumerate(group, first) for mark in _timed(line, n)]
        panels.append(panel_of(comparison, group, marks))
    caveats = (*left_out, *_undated(lines))
    return Plan(Shape.LINE, tuple(panels), tuple(entries), caveats, period_grid(lines, entries))


def column_plan(comparison: Comparison, looks: Looks) -> Plan:
    """Columns side by side for each period, a panel for each unit."""
    lines, left_out = largest(comparison.lines, MAX_LINES)
    periods = shown_periods(lines)
    names = [period_name(period) for period in periods]
    places = {period_key(period): n for n, period in enumerate(periods)}
    panels: list[Panel] = []
    entries: list[Entry] = []
    widest = max((len(group) for group in by_unit(lines)), default=1)
    for group in by_unit(lines):
        first = len(entries)
        entries += line_entries(group, looks)
        step = 0.8 / len(group)
        marks = [
            Mark(places[period_key(f.point.period)] + (n - (len(group) - 1) / 2) * step, f.amount, first + n, line, f,
                 y_span=f.bounds)
            for n, line in enumerate(group) for f in line.figures if period_key(f.point.period) in places
        ]  # fmt: skip
        panels.append(panel_of(comparison, group, marks, names))
    grid = period_grid(lines, entries)
    return Plan(Shape.COLUMNS, tuple(panels), tuple(entries), left_out, grid, 0.72 / widest)


def panel_of(
    comparison: Comparison, group: Sequence[Line], marks: Sequence[Mark], categories: Sequence[str] = ()
) -> Panel:
    """Return a panel of lines that share a unit."""
    title = ", ".join(dict.fromkeys(metric_name(line) for line in group))
    places = all(comparison.nature(line.metric.id) in PLACES for line in group)
    return Panel(title, unit_name(group[0]), tuple(marks), tuple(categories), places)


def by_unit(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in groups that may share an axis; one metric in two units makes two groups."""
    groups: dict[int, list[Line]] = {}
    for line in lines:
        # figures without a unit share an axis with their own metric only
        groups.setdefault(line.unit.id if line.unit else -line.metric.id, []).append(line)
    return list(groups.values())


def largest(lines: Sequence[Line], most: int) -> tuple[list[Line], tuple[Caveat, ...]]:
    """Return the lines with the largest latest figures, in their order, and a sentence when some are left out."""
    if len(lines) <= most:
        return list(lines), ()
    kept = {id(line) for line in sorted(lines, key=lambda line: line.latest.amount, reverse=True)[:most]}
    sentence = msg("The {n} largest of {total} series are shown; choose fewer records to see the others.",
                   n=most, total=len(lines))  # fmt: skip
    return [line for line in lines if id(line) in kept], (Caveat("mind", sentence),)


def _timed(line: Line, entry: int) -> list[Mark]:
    return [
        Mark(figure.place, figure.amount, entry, line, figure, _stretch(figure.point.period), figure.bounds)
        for figure in line.figures
        if figure.place is not None
    ]


def _stretch(period: Period | None) -> Span | None:
    """The years that a figure covers, where they are more than one."""
    if period is None or period.start is None or period.end is None:
        return None
    start, end = year_fraction(period.start), year_fraction(period.end)
    return (start, end) if end - start > 1.01 else None


def _undated(lines: Sequence[Line]) -> tuple[Caveat, ...]:
    count = sum(figure.place is None for line in lines for figure in line.figures)
    if not count:
        return ()
    return (Caveat("mind", msg("Figures without a period: {n}. They stand in the table and as bars.", n=count)),)


def shown_periods(lines: Sequence[Line]) -> list[Period | None]:
    """Return the periods of the lines in order, None last for figures that have none."""
    found: dict[object, Period | None] = {}
    for line in lines:
        for figure in line.figures:
            found.setdefault(period_key(figure.point.period), figure.point.period)
    ordered = sorted(found.values(), key=lambda p: (p is None, p.sort_key if p else ()))
    return ordered[-MAX_PERIODS:]


def period_grid(lines: Sequence[Line], entries: Sequence[Entry]) -> Grid:
    """The table of lines by periods."""
    periods = shown_periods(lines)
    rows = [_row(line, periods) for group in by_unit(lines) for line in group]
    units = {panel_title(metric_name(line), unit_name(line)) for line in lines}
    corner = next(iter(units)) if len(units) == 1 else tr("Series")
    names = tuple(entry.name for entry in entries)
    if len(units) > 1:
        titles = [panel_title(metric_name(line), unit_name(line)) for group in by_unit(lines) for line in group]
        names = tuple(_with_title(name, title) for name, title in zip(names, titles, strict=True))
    return Grid(corner, tuple(period_name(p) for p in periods), names, tuple(rows), tuple(range(len(rows))))


def _with_title(name: str, title: str) -> str:
    return tr("{record}: {metric}", record=name, metric=title)


def _row(line: Line, periods: Sequence[Period | None]) -> tuple[Cell, ...]:
    figures: dict[object, Figure] = {}
    for figure in line.figures:
        figures.setdefault(period_key(figure.point.period), figure)
    return tuple(_cell(line, figures.get(period_key(period))) for period in periods)


def _cell(line: Line, figure: Figure | None) -> Cell:
    return Cell(flagged_text(figure), line, figure) if figure is not None else Cell()


def with_caveats(plan: Plan, more: Sequence[Caveat]) -> Plan:
    """Return the plan with further sentences after its own."""
    return replace(plan, caveats=(*plan.caveats, *more))
