"""From figures and a choice to the plan of a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storage.domain.caveats import caveats
from storage.domain.comparison import Comparison, Line, period_key
from storage.domain.periods import Period
from storage.domain.summary import Point
from ui.charts.by_record import bar_plan, scatter_plan
from ui.charts.choice import Choice
from ui.charts.over_time import column_plan, line_plan, with_caveats
from ui.charts.plan import Plan, Shape
from ui.language import current_code


def plan_for(comparison: Comparison, choice: Choice) -> Plan:
    """Return the chart of a choice, with everything that a reader must mind."""
    shown = limited(comparison, choice)
    shape = Shape(choice.shape) if choice.shape else fitting_shape(shown)
    plan = _plan(shown, choice, shape)
    if shape in (Shape.BARS, Shape.SCATTER):
        shown = _drawn(shown, plan)
    return with_caveats(plan, caveats(shown, current_code()))


def _drawn(comparison: Comparison, plan: Plan) -> Comparison:
    """Only what the chart shows of each line: what happened in other years is no matter then."""
    drawn = {mark.figure.point.observation for _, mark in plan.marks()}
    drawn |= {mark.other[1].point.observation for _, mark in plan.marks() if mark.other is not None}
    lines = (_limited_line(line, lambda point: point.observation in drawn) for line in comparison.lines)
    return replace(comparison, lines=tuple(line for line in lines if line.figures))


def _plan(shown: Comparison, choice: Choice, shape: Shape) -> Plan:
    match shape:
        case Shape.LINE:
            return line_plan(shown, choice.looks)
        case Shape.COLUMNS:
            return column_plan(shown, choice.looks)
        case Shape.BARS:
            return bar_plan(shown, choice.looks, chosen_period(shown, choice))
        case Shape.SCATTER:
            return scatter_plan(shown, choice.looks, choice.across, choice.upright)


def fitting_shape(comparison: Comparison) -> Shape:
    """Return lines where something runs over time, else bars."""
    runs = any(sum(figure.place is not None for figure in line.figures) > 1 for line in comparison.lines)
    return Shape.LINE if runs else Shape.BARS


def chosen_period(comparison: Comparison, choice: Choice) -> Period | None:
    """Return the period of the bars, None for the latest of each."""
    return next((period for period in comparison.periods if period_key(period) == choice.period), None)


def limited(comparison: Comparison, choice: Choice) -> Comparison:
    """Return the comparison between the chosen periods."""
    if not choice.first and not choice.last:
        return comparison

    def inside(point: Point) -> bool:
        period = point.period
        if period is None or period.start is None or period.end is None:
            return False
        return (not choice.first or period.end > choice.first) and (not choice.last or period.start < choice.last)

    lines = [_limited_line(line, inside) for line in comparison.lines]
    return replace(
        comparison,
        lines=tuple(line for line in lines if line.figures),
        relative=tuple(pair for pair in comparison.relative if inside(pair[1])),
        missing=tuple(pair for pair in comparison.missing if inside(pair[1])),
    )


def _limited_line(line: Line, inside: Callable[[Point], bool]) -> Line:
    return replace(line, figures=tuple(figure for figure in line.figures if inside(figure.point)))
