"""Kinds of charts that the program does not have, each as its own file in `ui/charts/kinds/` would have it."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsRectItem

from storage.domain.text import msg
from ui.charts.building import largest, panel_of, period_grid, shown_periods
from ui.charts.kinds.kind import ChartKind, Option, Scale, Side
from ui.charts.looks import line_entries
from ui.charts.plan import Mark, Plan
from ui.charts.wording import period_name


class HeatKind(ChartKind):
    """Series under each other, periods beside each other, a cell for each figure: names at both sides, own items."""

    id = "heat"
    label = msg("Heat")
    icon = "table-2"
    options = frozenset({Option.SPAN})
    left = Side(Scale.NAMES, grid=False)
    bottom = Side(Scale.NAMES, grid=False)
    downwards = True
    filled = True

    def plan(self, comparison, choice) -> Plan:
        lines, left_out = largest(comparison.lines, 20)
        periods = shown_periods(lines)
        entries = line_entries(lines, choice.looks)
        marks = [
            Mark(periods.index(figure.point.period), n, n, line, figure)
            for n, line in enumerate(lines) for figure in line.figures
        ]  # fmt: skip
        panels = (panel_of(comparison, lines, marks, [period_name(period) for period in periods]),) if lines else ()
        return Plan(self, panels, tuple(entries), left_out, period_grid(lines, entries), 1.0)

    def names(self, sheet, side: str) -> tuple[str, ...]:
        return sheet.panel.categories if side == "bottom" else tuple(entry.name for entry in sheet.plan.entries)

    def paint(self, surface, sheet) -> None:
        for mark in sheet.panel.marks:
            cell = QGraphicsRectItem(QRectF(mark.x - 0.5, mark.y - 0.5, 1, 1))
            cell.setBrush(sheet.ink.fill(sheet.plan.entries[mark.entry]))
            cell.setPen(sheet.ink.pen("panel"))
            surface.add(cell)

    def ranges(self, sheet, room):
        return (-0.5, len(sheet.panel.categories) - 0.5), (-0.5, len(sheet.plan.entries) - 0.5)

    def legend(self, plan: Plan) -> tuple:
        return ()

    def headline(self, plan: Plan) -> str:
        return "Cells."


class WheelKind(ChartKind):
    """Each record's latest figure as a spoke: no axes, all of it drawn over the panel."""

    id = "wheel"
    label = msg("Wheel")
    icon = "chart-scatter"
    left = None
    bottom = None
    excerpt = True

    def plan(self, comparison, choice) -> Plan:
        lines = comparison.lines
        entries = line_entries(lines, choice.looks) if lines else []
        longest = max((line.latest.amount for line in lines), default=1)
        turn = 2 * pi / max(len(lines), 1)
        marks = [
            Mark(cos(n * turn) * line.latest.amount / longest, sin(n * turn) * line.latest.amount / longest, n, line,
                 line.latest)
            for n, line in enumerate(lines)
        ]  # fmt: skip
        panels = (panel_of(comparison, lines, marks),) if lines else ()
        return Plan(self, panels, tuple(entries), (), period_grid(lines, entries))

    def paint(self, surface, sheet) -> None:
        """The wheel is drawn by `annotate`."""

    def annotate(self, overlay, sheet, painter) -> None:
        for mark in sheet.panel.marks:
            painter.setPen(sheet.ink.stroke(sheet.colour(mark), 6))
            painter.drawLine(overlay.point(0, 0), QPointF(overlay.position(mark)))

    def ranges(self, sheet, room):
        """As wide as it is high in pixels."""
        wide = room.width() / max(room.height(), 1.0)
        return (-1.1 * wide, 1.1 * wide), (-1.1, 1.1)

    def headline(self, plan: Plan) -> str:
        return "Spokes."


OTHERS = (HeatKind(), WheelKind())
