"""What plans are built of: lines that share an axis, the largest of them, their panels, periods and tables."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.caveats import Caveat
from storage.domain.comparison import Comparison, Figure, Line, period_key
from storage.domain.periods import Period
from storage.domain.text import msg
from ui.charts.plan import Cell, Entry, Grid, Mark, Panel
from ui.charts.wording import flagged_text, metric_name, panel_title, period_name, unit_name
from ui.language import tr

MAX_LINES = 24
MAX_PERIODS = 120
PLACES = ("event", "rank")  # natures whose values are no amounts


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
    found = (figures.get(period_key(period)) for period in periods)
    return tuple(Cell(flagged_text(one), line, one) if one is not None else Cell() for one in found)


def dated_cells(line: Line, figure: Figure) -> tuple[Cell, Cell]:
    """Return a figure's cell, and that of its period."""
    return Cell(flagged_text(figure), line, figure), Cell(period_name(figure.point.period))
