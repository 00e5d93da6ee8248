"""From figures and a choice to the plan of a chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storage.domain.caveats import caveats
from storage.domain.comparison import Comparison, Line
from storage.domain.summary import Point
from ui.charts.choice import Choice
from ui.charts.kinds import KINDS
from ui.charts.kinds.kind import ChartKind
from ui.charts.plan import Plan
from ui.language import current_code


def plan_for(comparison: Comparison, choice: Choice) -> Plan:
    """Return the chart of a choice, with everything that a reader must mind."""
    shown = limited(comparison, choice)
    kind = choice.kind or fitting_kind(shown)
    plan = kind.plan(shown, choice)
    if kind.excerpt:
        shown = _drawn(shown, plan)
    return replace(plan, caveats=(*plan.caveats, *caveats(shown, current_code())))


def fitting_kind(comparison: Comparison) -> ChartKind:
    """Return the kind of chart that suits the figures."""
    return next(kind for kind in KINDS.values() if kind.fits(comparison))


def _drawn(comparison: Comparison, plan: Plan) -> Comparison:
    """Only what the chart shows of each line: what happened in other years is no matter then."""
    drawn = {mark.figure.point.observation for _, mark in plan.marks()}
    drawn |= {mark.other[1].point.observation for _, mark in plan.marks() if mark.other is not None}
    lines = (_limited_line(line, lambda point: point.observation in drawn) for line in comparison.lines)
    return replace(comparison, lines=tuple(line for line in lines if line.figures))


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
