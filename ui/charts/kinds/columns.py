"""Columns side by side for each period, a panel for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QFontMetricsF, QPainter

from storage.domain.comparison import Comparison, period_key
from storage.domain.drawing import Shape
from storage.domain.text import msg
from ui.charts import ranges
from ui.charts.aim import Aim
from ui.charts.building import MAX_LINES, by_unit, largest, panel_of, period_grid, shown_periods
from ui.charts.description import runs, titles
from ui.charts.kinds.kind import ChartKind, Option, Scale, Side
from ui.charts.looks import line_entries
from ui.charts.overlay import Overlay
from ui.charts.plan import Entry, Mark, Panel, Plan, Span
from ui.charts.sheet import Sheet
from ui.charts.walking import Step
from ui.charts.wording import period_name, value_label
from ui.language import tr

if TYPE_CHECKING:
    from ui.charts.choice import Choice
    from ui.charts.surface import Surface

FILLED = 0.72  # of a category


class ColumnsKind(ChartKind):
    """How records compare at each period."""

    id = "columns"
    label = msg("Bar by period")
    icon = "calendar"
    shape = Shape.COLUMNS
    options = frozenset({Option.SPAN})
    bottom = Side(Scale.NAMES, grid=False)
    filled = True

    def plan(self, comparison: Comparison, choice: Choice) -> Plan:
        """Return a column for each figure; a place stays free where there is none."""
        lines, left_out = largest(comparison.lines, MAX_LINES)
        periods = shown_periods(lines)
        names = [period_name(period) for period in periods]
        places = {period_key(period): n for n, period in enumerate(periods)}
        panels: list[Panel] = []
        entries: list[Entry] = []
        widest = max((len(group) for group in by_unit(lines)), default=1)
        for group in by_unit(lines):
            first = len(entries)
            entries += line_entries(group, choice.looks)
            step = 0.8 / len(group)
            marks = [
                Mark(places[period_key(f.point.period)] + (n - (len(group) - 1) / 2) * step, f.amount, first + n,
                     line, f, y_span=f.bounds)
                for n, line in enumerate(group) for f in line.figures if period_key(f.point.period) in places
            ]  # fmt: skip
            panels.append(panel_of(comparison, group, marks, names))
        return Plan(self, tuple(panels), tuple(entries), left_out, period_grid(lines, entries), FILLED / widest)

    def paint(self, surface: Surface, sheet: Sheet) -> None:
        """Draw upright bars."""
        for place, marks in sheet.panel.series:
            boxes = {"x": [mark.x for mark in marks], "height": [mark.y for mark in marks],
                     "width": sheet.plan.thickness}  # fmt: skip
            surface.bars(boxes, marks, sheet.plan.entries[place])

    def annotate(self, overlay: Overlay, sheet: Sheet, painter: QPainter) -> None:
        """Write the value over each column that is wide enough for it."""
        metrics = QFontMetricsF(sheet.ink.font)
        room = abs(overlay.point(sheet.plan.thickness, 0).x() - overlay.point(0, 0).x())
        painter.setPen(sheet.ink.colour("text"))
        for mark in sheet.panel.marks:
            text = value_label(mark.figure)
            width = metrics.horizontalAdvance(text)
            if width > room + 4:
                continue
            top = min(overlay.point(mark.x, y).y() for y in (mark.y, *(mark.y_span or ()), *mark.rival_amounts))
            painter.drawText(QPointF(overlay.position(mark).x() - width / 2, top - 4), text)

    def ranges(self, sheet: Sheet, room: QSizeF) -> tuple[Span, Span]:
        """Return the periods, and amounts that always begin at zero."""
        panel = sheet.panel
        return ranges.categories(len(panel.categories)), ranges.from_zero(ranges.amounts(panel), always=True)

    def headline(self, plan: Plan) -> str:
        """Return what the columns measure."""
        return tr("Columns by period of {titles}.", titles=titles(plan))

    def told(self, plan: Plan) -> Sequence[str]:
        """Return how each series runs."""
        return runs(plan)

    def aimed(self, aim: Aim) -> Mark | None:
        """Return the column over or under the pointer."""
        return aim.in_column()

    def stepped(self, step: Step) -> Mark:
        """Go to the next period of a series, or to the next series."""
        return step.by_series()


COLUMNS = ColumnsKind()
