"""Lines over time, a panel for each unit; figures without a period stand in the table only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPainter

from storage.domain.caveats import Caveat
from storage.domain.comparison import Comparison, Line, year_fraction
from storage.domain.drawing import Shape
from storage.domain.periods import Period
from storage.domain.text import msg
from ui.charts import ranges
from ui.charts.building import MAX_LINES, by_unit, largest, panel_of, period_grid
from ui.charts.description import runs, titles
from ui.charts.kinds.kind import ChartKind, Option, Scale, Side
from ui.charts.looks import line_entries
from ui.charts.overlay import Overlay
from ui.charts.plan import Entry, Mark, Panel, Plan, Span
from ui.charts.sheet import Sheet
from ui.charts.walking import Step
from ui.language import ntr, tr

if TYPE_CHECKING:
    from ui.charts.choice import Choice
    from ui.charts.surface import Surface

FEW = 60  # figures of a line up to which each carries its marker


class LineKind(ChartKind):
    """What runs over time; lines stop where figures do not continue each other."""

    id = "line"
    label = msg("Line")
    icon = "chart-line"
    shape = Shape.LINES
    options = frozenset({Option.SPAN})
    bottom = Side(Scale.PERIODS, grid=False)
    ends_named = True

    def fits(self, comparison: Comparison) -> bool:
        """Return whether something runs over time."""
        return any(sum(figure.place is not None for figure in line.figures) > 1 for line in comparison.lines)

    def plan(self, comparison: Comparison, choice: Choice) -> Plan:
        """Return lines, each record in its colour."""
        lines, left_out = largest(comparison.lines, MAX_LINES)
        panels: list[Panel] = []
        entries: list[Entry] = []
        for group in by_unit(lines):
            first = len(entries)
            entries += line_entries(group, choice.looks)
            marks = [mark for n, line in enumerate(group, first) for mark in _timed(line, n)]
            panels.append(panel_of(comparison, group, marks))
        caveats = (*left_out, *_undated(lines))
        return Plan(self, tuple(panels), tuple(entries), caveats, period_grid(lines, entries))

    def paint(self, surface: Surface, sheet: Sheet) -> None:
        """Draw curves, and a marker on each figure of a short line, on those that must be seen of a long one."""
        for place, marks in sheet.panel.series:
            entry = sheet.plan.entries[place]
            surface.curve(marks, entry)
            surface.markers(marks if len(marks) <= FEW else _telling(marks), entry)

    def annotate(self, overlay: Overlay, sheet: Sheet, painter: QPainter) -> None:
        """Put two strokes before a figure where the series begins anew."""
        painter.setPen(sheet.ink.stroke(sheet.ink.colour("mind"), 1.5))
        for mark in sheet.panel.marks:
            if mark.figure.broken:
                at = overlay.position(mark)
                for x in (at.x() - 13, at.x() - 9):
                    painter.drawLine(QPointF(x - 2, at.y() + 6), QPointF(x + 2, at.y() - 6))

    def ranges(self, sheet: Sheet, room: QSizeF) -> tuple[Span, Span]:
        """Return the time that all panels share, and the amounts of this one."""
        return _time(sheet.plan), ranges.from_zero(ranges.amounts(sheet.panel))

    def headline(self, plan: Plan) -> str:
        """Return what runs, and how many series."""
        count = len({mark.entry for _, mark in plan.marks()})
        return tr("Line chart of {titles}.", titles=titles(plan)) + " " + ntr("{n} series.", "{n} series.", count)

    def told(self, plan: Plan) -> Sequence[str]:
        """Return how each series runs."""
        return runs(plan)

    def stepped(self, step: Step) -> Mark:
        """Go along a line, or to the next one."""
        return step.by_series()


LINE = LineKind()


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


def _telling(marks: Sequence[Mark]) -> list[Mark]:
    """The marks of a long line that must be seen: approximate, alone, broken, disputed, and its last."""
    last = marks[-1]
    following = [*(mark.figure.joined for mark in marks[1:]), False]
    return [
        mark
        for mark, continued in zip(marks, following, strict=True)
        if mark is last or mark.figure.approximate or mark.figure.rivals or not (mark.figure.joined or continued)
    ]


def _time(plan: Plan) -> Span:
    xs = [x for panel in plan.panels for x in ranges.across(panel)]
    first, last = min(xs), max(xs)
    if last - first < 0.5:
        return first - 1.0, last + 1.0
    side = (last - first) * 0.03
    return first - side, last + side
