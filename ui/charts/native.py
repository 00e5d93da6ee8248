"""The chart that is shown as plain data, so that a workbook holds it as one of its own charts."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.drawing import Drawing, DrawnPanel, DrawnPoint, DrawnSeries, Shape
from ui.charts.kinds.kind import ChartKind, Scale
from ui.charts.plan import Entry, Mark, Panel, Plan
from ui.charts.wording import panel_title, period_name

YEARLY = "A"


def drawing_of(plan: Plan) -> Drawing:
    """Return every panel that has marks, each mark with the figure behind it."""
    panels = (_panel(plan, panel) for panel in plan.panels if panel.marks)
    return Drawing(tuple(panels))


def _panel(plan: Plan, panel: Panel) -> DrawnPanel:
    shape = Shape.DOTS if panel.places and plan.kind.lying else plan.kind.shape
    series = tuple(_series(plan.kind, plan.entries[entry], marks) for entry, marks in panel.series)
    across = panel_title(panel.x_title, panel.x_unit) if panel.x_title else ""
    return DrawnPanel(shape, panel.title, panel.unit, series, panel.categories, panel.places, across)


def _series(kind: ChartKind, entry: Entry, marks: Sequence[Mark]) -> DrawnSeries:
    timed = kind.bottom is not None and kind.bottom.scale is Scale.PERIODS
    yearly = timed and all(_frequency(mark) == YEARLY for mark in marks)
    points = tuple(_point(kind, mark, entry, yearly=yearly) for mark in marks)
    return DrawnSeries(entry.name, points, entry.colour, entry.variant, entry.pale)


def _frequency(mark: Mark) -> str:
    period = mark.figure.point.period
    return period.frequency if period else ""


def _point(kind: ChartKind, mark: Mark, entry: Entry, *, yearly: bool) -> DrawnPoint:
    """Return a mark; a whole year stands at its number, not in its middle."""
    amount, category = (mark.x, mark.y) if kind.lying else (mark.y, mark.x)
    bounds = mark.x_span if kind.lying else mark.y_span
    name = entry.name if mark.other else period_name(mark.figure.point.period)
    return DrawnPoint(
        name, amount, mark.figure.point, float(int(mark.x)) if yearly else mark.x, round(category),
        not mark.figure.joined, bounds, mark.other[1].point if mark.other else None,
    )  # fmt: skip
