"""A chart in sentences, for those who cannot see it."""

from __future__ import annotations

from ui.charts.plan import Mark, Plan, Shape
from ui.charts.wording import figure_value, panel_title, period_name
from ui.language import ntr, tr

TOLD = 8  # series or bars that are told one by one


def describe(plan: Plan) -> str:
    """Return what the chart shows: its kind, its axes, and how each series runs."""
    if plan.empty:
        return tr("No chart.")
    parts = [_headline(plan)]
    if plan.shape in (Shape.LINE, Shape.COLUMNS):
        parts += _runs(plan)
    else:
        parts += _values(plan)
    parts += [tr(caveat.text) for caveat in plan.caveats]
    return " ".join(parts)


def _headline(plan: Plan) -> str:
    titles = ", ".join(panel_title(panel.title, panel.unit) for panel in plan.panels)
    count = len({mark.entry for _, mark in plan.marks()})
    match plan.shape:
        case Shape.LINE:
            return tr("Line chart of {titles}.", titles=titles) + " " + ntr("{n} series.", "{n} series.", count)
        case Shape.COLUMNS:
            return tr("Columns by period of {titles}.", titles=titles)
        case Shape.BARS:
            return tr("Bars by record of {titles}.", titles=titles)
        case Shape.SCATTER:
            panel = plan.panels[0]
            across = panel_title(panel.x_title, panel.x_unit)
            return tr("Points: {across} against {upright}.", across=across, upright=titles)


def _runs(plan: Plan) -> list[str]:
    """The first and the last figure of each series."""
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


def _values(plan: Plan) -> list[str]:
    told = []
    for place, mark in list(plan.marks())[:TOLD]:
        value = figure_value(mark.line, mark.figure)
        if mark.other is not None:
            value = f"{figure_value(*mark.other)}, {value}"
        name = (
            plan.panels[place].categories[round(mark.y)] if plan.shape is Shape.BARS else plan.entries[mark.entry].name
        )
        told.append(tr("{name}: {value}.", name=name, value=value))
    return told
