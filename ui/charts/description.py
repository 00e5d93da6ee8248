"""A chart in sentences, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Callable

from ui.charts.plan import Mark, Panel, Plan
from ui.charts.wording import figure_value, panel_title, period_name
from ui.language import tr

TOLD = 8  # series or bars that are told one by one


def describe(plan: Plan) -> str:
    """Return what the chart shows: its kind, its axes, and how each series runs."""
    if plan.empty:
        return tr("No chart.")
    notes = [tr(caveat.text) for caveat in plan.caveats]
    return " ".join([plan.kind.headline(plan), *plan.kind.told(plan), *notes])


def titles(plan: Plan) -> str:
    """Return what the panels measure."""
    return ", ".join(panel_title(panel.title, panel.unit) for panel in plan.panels)


def runs(plan: Plan) -> list[str]:
    """Return the first and the last figure of each series."""
    series: dict[int, list[Mark]] = {}
    for _, mark in plan.marks():
        series.setdefault(mark.entry, []).append(mark)
    told = []
    for entry, marks in list(series.items())[:TOLD]:
        first, last = marks[0], marks[-1]
        name = plan.entries[entry].name
        if first is last:
            told.append(tr("{name}: {value} in {period}.", name=name, value=figure_value(last.line, last.figure),
                           period=period_name(last.figure.point.period)))  # fmt: skip
        else:
            told.append(
                tr("{name}: from {first} in {start} to {last} in {end}.", name=name,
                   first=figure_value(first.line, first.figure), start=period_name(first.figure.point.period),
                   last=figure_value(last.line, last.figure), end=period_name(last.figure.point.period))
            )  # fmt: skip
    return told


def values(plan: Plan, name_of: Callable[[Panel, Mark], str]) -> list[str]:
    """Return the value of each mark, or both values of a point."""
    told = []
    for place, mark in list(plan.marks())[:TOLD]:
        value = figure_value(mark.line, mark.figure)
        if mark.other is not None:
            value = f"{figure_value(*mark.other)}, {value}"
        told.append(tr("{name}: {value}.", name=name_of(plan.panels[place], mark), value=value))
    return told
