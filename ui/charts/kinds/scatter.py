"""Each record as a point of two metrics, at the last period that both have, else at the latest of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from storage.domain.caveats import Caveat
from storage.domain.comparison import Comparison, Figure, Line, period_key
from storage.domain.drawing import Shape
from storage.domain.fields import Ref
from storage.domain.text import msg
from ui.charts.building import dated_cells, panel_of
from ui.charts.description import titles
from ui.charts.kinds.kind import ChartKind, Option
from ui.charts.overlay import AWAY, Overlay
from ui.charts.plan import Entry, Grid, Mark, Plan
from ui.charts.sheet import Sheet
from ui.charts.wording import entity_name, metric_name, panel_title, unit_name
from ui.language import tr

if TYPE_CHECKING:
    from ui.charts.choice import Choice
    from ui.charts.surface import Surface

MAX_POINTS = 2_000
MOST_NAMES = 60  # points that may carry their names
POINT = 10


class ScatterKind(ChartKind):
    """How two metrics go together."""

    id = "scatter"
    label = msg("Scatter")
    icon = "chart-scatter"
    shape = Shape.POINTS
    options = frozenset({Option.AXES})
    excerpt = True

    def plan(self, comparison: Comparison, choice: Choice) -> Plan:
        """Return one panel, a point for each record that has both metrics."""
        pairs = _pairs(comparison, choice.across, choice.upright)[:MAX_POINTS]
        if not pairs:
            return Plan(self)
        marks, entries = [], []
        for n, (x_line, x, y_line, y) in enumerate(pairs):
            pale = x_line.scenario != "actual" or y_line.scenario != "actual"
            entries.append(Entry(entity_name(y_line), choice.looks.get(y_line.entity.id, n), 0, pale))
            marks.append(Mark(x.amount, y.amount, n, y_line, y, x.bounds, y.bounds, (x_line, x)))
        x_line, y_line = pairs[0][0], pairs[0][2]
        panel = replace(panel_of(comparison, [y_line], marks), x_title=metric_name(x_line), x_unit=unit_name(x_line))
        return Plan(self, (panel,), tuple(entries), _mismatched(pairs), _pair_grid(pairs))

    def paint(self, surface: Surface, sheet: Sheet) -> None:
        """Draw one marker a record."""
        for place, marks in sheet.panel.series:
            surface.markers(marks, sheet.plan.entries[place], POINT)

    def annotate(self, overlay: Overlay, sheet: Sheet, painter: QPainter) -> None:
        """Write the names beside the points, as many as fit without touching another."""
        metrics = QFontMetricsF(sheet.ink.font)
        taken = [QRectF(at.x() - 5, at.y() - 5, 10, 10) for at in map(overlay.position, sheet.panel.marks)]
        taken = taken if len(taken) <= MOST_NAMES else []
        for mark in sheet.panel.marks[:MOST_NAMES]:
            name = sheet.plan.entries[mark.entry].name
            for box in _places(overlay.position(mark), metrics.horizontalAdvance(name), metrics.height()):
                inside = overlay.boundingRect().contains(box)
                if inside and not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    painter.setPen(sheet.colour(mark))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
                    break

    def legend(self, plan: Plan) -> Sequence[Entry]:
        """Return nothing: the points carry their names."""
        return ()

    def headline(self, plan: Plan) -> str:
        """Return what is against what."""
        panel = plan.panels[0]
        across = panel_title(panel.x_title, panel.x_unit)
        return tr("Points: {across} against {upright}.", across=across, upright=titles(plan))


SCATTER = ScatterKind()


Pair = tuple[Line, Figure, Line, Figure]


def _pairs(comparison: Comparison, across: int, upright: int) -> list[Pair]:
    """One pair a record, both in the units that the first record has, so that no axis mixes units."""
    found: list[Pair] = []
    units: tuple[Ref | None, Ref | None] | None = None
    by_entity: dict[int, list[Line]] = {}
    for line in comparison.lines:
        by_entity.setdefault(line.entity.id, []).append(line)
    for own in by_entity.values():
        xs, ys = ([line for line in own if line.metric.id == metric] for metric in (across, upright))
        candidates = [(x, y) for x in xs for y in ys if units is None or (x.unit, y.unit) == units]
        if candidates:
            x_line, y_line = candidates[0]
            units = (x_line.unit, y_line.unit)
            found.append((x_line, *_matched(x_line, y_line)))
    return found


def _matched(x_line: Line, y_line: Line) -> tuple[Figure, Line, Figure]:
    for y in reversed(y_line.figures):
        x = x_line.at(y.point.period)
        if x is not None and y.place is not None:
            return x, y_line, y
    return x_line.latest, y_line, y_line.latest


def _mismatched(pairs: Sequence[Pair]) -> tuple[Caveat, ...]:
    names = [
        entity_name(y_line) for _, x, y_line, y in pairs if period_key(x.point.period) != period_key(y.point.period)
    ]
    if not names:
        return ()
    text = msg("No period in common, so the latest of each is taken: {records}.", records=", ".join(names[:5]))
    return (Caveat("mind", text),)


def _pair_grid(pairs: Sequence[Pair]) -> Grid:
    x_line, _, y_line, _ = pairs[0]
    columns = (panel_title(metric_name(x_line), unit_name(x_line)), tr("Period"),
               panel_title(metric_name(y_line), unit_name(y_line)), tr("Period"))  # fmt: skip
    rows = tuple((*dated_cells(xl, x), *dated_cells(yl, y)) for xl, x, yl, y in pairs)
    names = tuple(entity_name(pair[2]) for pair in pairs)
    return Grid(tr("Record"), columns, names, rows, tuple(range(len(rows))))


def _places(at: QPointF, width: float, height: float) -> Iterator[QRectF]:
    """Right, left, above, below of a point."""
    yield QRectF(at.x() + AWAY, at.y() - height / 2, width + 4, height)
    yield QRectF(at.x() - AWAY - width - 4, at.y() - height / 2, width + 4, height)
    yield QRectF(at.x() - width / 2, at.y() - AWAY - height, width + 4, height)
    yield QRectF(at.x() - width / 2, at.y() + AWAY, width + 4, height)
