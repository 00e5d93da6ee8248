"""Bars of each record's figures, largest first; the figures of a single record stand under each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QFontMetricsF, QPainter

from storage.domain.caveats import Caveat
from storage.domain.comparison import Comparison, Figure, Line, period_key
from storage.domain.drawing import Shape
from storage.domain.fields import Ref
from storage.domain.text import msg
from ui.charts import ranges
from ui.charts.aim import Aim
from ui.charts.building import by_unit, dated_cells, panel_of
from ui.charts.description import titles, values
from ui.charts.kinds.kind import LEAST_PANEL, ChartKind, Option, Scale, Side
from ui.charts.looks import Looks, kind_entries
from ui.charts.overlay import AWAY, Overlay
from ui.charts.plan import Cell, Entry, Grid, Mark, Panel, Plan, Span
from ui.charts.sheet import Sheet
from ui.charts.walking import Step
from ui.charts.wording import entity_name, panel_title, period_name, unit_name, value_label
from ui.language import current_code, tr

if TYPE_CHECKING:
    from ui.charts.choice import Choice
    from ui.charts.surface import Surface

MAX_RECORDS = 50
POINT = 10
ROW, BAR, AXES = 24, 12, 60  # least height of a category, of one of its bars, and what is around them

Choose = Callable[[Line], Figure | None]


class BarsKind(ChartKind):
    """How records compare at one period, or at the latest of each."""

    id = "bars"
    label = msg("Bar")
    icon = "chart-column"
    shape = Shape.BARS
    options = frozenset({Option.PERIOD})
    left = Side(Scale.NAMES, grid=False)
    lying = True
    downwards = True
    filled = True
    excerpt = True

    def fits(self, comparison: Comparison) -> bool:
        """Return True: any figures can be drawn as bars."""
        return True

    def plan(self, comparison: Comparison, choice: Choice) -> Plan:
        """Return a panel for each unit, beside each other; the records by the size of what is measured first."""
        choose = _chooser(comparison, choice)
        lines = [line for line in comparison.lines if choose(line) is not None]
        records, left_out = _largest_records(lines, choose)
        if len(records) == 1 and len(lines) > 1:
            plan = _profile(comparison, lines, choice.looks, choose)
        else:
            plan = _ranking(comparison, lines, records, choice.looks, choose)
        return replace(plan, caveats=(*left_out, *_different_periods(lines, choose)))

    def paint(self, surface: Surface, sheet: Sheet) -> None:
        """Draw lying bars, dots where the values are places on a scale."""
        for place, marks in sheet.panel.series:
            entry = sheet.plan.entries[place]
            if sheet.panel.places:
                surface.markers(marks, entry, POINT)
            else:
                boxes = {"x0": [0.0] * len(marks), "width": [mark.x for mark in marks],
                         "y": [mark.y for mark in marks], "height": sheet.plan.thickness}  # fmt: skip
                surface.bars(boxes, marks, entry)

    def annotate(self, overlay: Overlay, sheet: Sheet, painter: QPainter) -> None:
        """Write the value behind the end of each bar that has room for it."""
        metrics = QFontMetricsF(sheet.ink.font)
        room = abs(overlay.point(0, sheet.plan.thickness).y() - overlay.point(0, 0).y())
        if room < metrics.height() * 0.75:
            return
        painter.setPen(sheet.ink.colour("text"))
        # bars begin at zero, dots nowhere
        base = () if sheet.panel.places else (0.0,)
        for mark in sheet.panel.marks:
            end = max(overlay.point(x, mark.y).x() for x in (*_reached(mark), *base))
            low = overlay.position(mark).y() + metrics.capHeight() / 2
            painter.drawText(QPointF(end + AWAY, low), value_label(mark.figure))

    def ranges(self, sheet: Sheet, room: QSizeF) -> tuple[Span, Span]:
        """Return the longest bar with its value behind it, and the categories."""
        return _lying(sheet, max(room.width(), 60.0)), ranges.categories(len(sheet.panel.categories))

    def least_height(self, plan: Plan) -> int:
        """Return the height that all bars need."""
        heights = [_bars_height(panel) for panel in plan.panels] or [LEAST_PANEL]
        return max(LEAST_PANEL, max(heights) if plan.beside else sum(heights))

    def share(self, plan: Plan, panel: Panel) -> int | None:
        """Return a share by the number of bars."""
        return None if plan.beside else len(panel.categories) * 10 + 14

    def legend(self, plan: Plan) -> Sequence[Entry]:
        """Return what is measured, where colours tell that; records are named at the axis."""
        told = {mark.entry for panel in plan.panels if plan.beside and _by_kind(panel) for mark in panel.marks}
        return tuple(entry for place, entry in enumerate(plan.entries) if place in told)

    def headline(self, plan: Plan) -> str:
        """Return what the bars measure."""
        return tr("Bars by record of {titles}.", titles=titles(plan))

    def told(self, plan: Plan) -> Sequence[str]:
        """Return the value of each bar, by the name at the axis."""
        return values(plan, lambda panel, mark: panel.categories[round(mark.y)])

    def aimed(self, aim: Aim) -> Mark | None:
        """Return the bar beside the pointer."""
        return aim.in_row()

    def stepped(self, step: Step) -> Mark:
        """Go from bar to bar."""
        return step.in_turn()


BARS = BarsKind()


def _chooser(comparison: Comparison, choice: Choice) -> Choose:
    """The figure that each line shows: that of the chosen period, or its latest."""
    period = next((period for period in comparison.periods if period_key(period) == choice.period), None)
    return (lambda line: line.at(period)) if period is not None else (lambda line: line.latest)


def _ranking(
    comparison: Comparison, lines: Sequence[Line], records: Sequence[Ref], looks: Looks, choose: Choose
) -> Plan:
    """The records under each other, a panel for each unit beside the others."""
    places = {record.id: n for n, record in enumerate(records)}
    names = [record.label(current_code()) for record in records]
    lines = [line for line in lines if line.entity.id in places]
    panels: list[Panel] = []
    entries: list[Entry] = []
    by_kind = any(len(_kinds(group)) > 1 for group in by_unit(lines))
    for group in by_unit(lines):
        marks, its_entries = _bars(group, choose, places, None if by_kind else looks)
        # colours of what is measured go on from panel to panel
        its_entries = [replace(e, colour=e.colour + len(entries)) if by_kind else e for e in its_entries]
        panels.append(panel_of(comparison, group, _shifted(marks, len(entries)), names))
        entries += its_entries
    widest = max((len(_kinds(group)) for group in by_unit(lines)), default=1)
    grid = _figure_grid(names, [places[line.entity.id] for line in lines], lines, choose)
    return Plan(BARS, tuple(panels), tuple(entries), (), grid, 0.72 / widest, beside=True)


def _profile(comparison: Comparison, lines: Sequence[Line], looks: Looks, choose: Choose) -> Plan:
    """The figures of one record, a bar each, a panel for each unit."""
    panels: list[Panel] = []
    entries: list[Entry] = []
    rows: list[tuple[Cell, ...]] = []
    for group in by_unit(lines):
        marks = []
        for n, line in enumerate(group):
            figure = choose(line)
            assert figure is not None
            marks.append(Mark(figure.amount, n, len(entries) + n, line, figure, x_span=figure.bounds))
            rows.append(dated_cells(line, figure))
        # the axis names the bars; the colour is that of the record
        colour = looks.get(group[0].entity.id, 0)
        its_entries = [replace(entry, colour=colour) for entry in kind_entries(group)]
        panel = panel_of(comparison, group, marks, [entry.name for entry in its_entries])
        panels.append(replace(panel, title=panel.unit, unit="") if panel.unit else panel)
        entries += its_entries
    ordered = [line for group in by_unit(lines) for line in group]
    names = [panel_title(entry.name, unit_name(line)) for entry, line in zip(entries, ordered, strict=True)]
    grid = Grid(tr("Metric"), (entity_name(lines[0]), tr("Period")), tuple(names), tuple(rows))
    return Plan(BARS, tuple(panels), tuple(entries), (), grid, 0.6)


def _bars(
    group: Sequence[Line], choose: Choose, places: dict[int, int], looks: Looks | None
) -> tuple[list[Mark], list[Entry]]:
    """The bars of lines that share a unit: colours tell the records apart, or (no looks) what is measured."""
    kinds = _kinds(group)
    kind_places = {kind: n for n, kind in enumerate(kinds)}
    record_places = {id: n for n, id in enumerate(dict.fromkeys(line.entity.id for line in group))}
    entries = kind_entries(list(kinds.values())) if looks is None else _record_entries(group, looks)
    step = 0.8 / max(len(kinds), 1)
    marks = []
    for line in group:
        figure = choose(line)
        assert figure is not None
        kind = kind_places[line.kind]
        entry = kind if looks is None else record_places[line.entity.id]
        y = places[line.entity.id] + (kind - (len(kinds) - 1) / 2) * step
        marks.append(Mark(figure.amount, y, entry, line, figure, x_span=figure.bounds))
    return marks, entries


def _shifted(marks: Sequence[Mark], first: int) -> list[Mark]:
    """The marks with their entries counted from another one on."""
    return [replace(mark, entry=mark.entry + first) for mark in marks]


def _kinds(group: Sequence[Line]) -> dict[tuple[object, ...], Line]:
    kinds: dict[tuple[object, ...], Line] = {}
    for line in group:
        kinds.setdefault(line.kind, line)
    return kinds


def _record_entries(group: Sequence[Line], looks: Looks) -> list[Entry]:
    return [
        Entry(entity_name(line), looks.get(line.entity.id, n), 0, line.scenario != "actual")
        for n, line in enumerate({line.entity.id: line for line in group}.values())
    ]


def _largest_records(lines: Sequence[Line], choose: Choose) -> tuple[list[Ref], tuple[Caveat, ...]]:
    """The records by the size of the first thing measured, largest first; those that lack it come last."""
    first = lines[0].kind if lines else None
    sizes: dict[int, float] = {}
    refs: dict[int, Ref] = {}
    for line in lines:
        refs.setdefault(line.entity.id, line.entity)
        figure = choose(line)
        if line.kind == first and figure is not None:
            sizes[line.entity.id] = figure.amount
    ordered = sorted(refs.values(), key=lambda ref: (ref.id not in sizes, -sizes.get(ref.id, 0.0)))
    if len(ordered) <= MAX_RECORDS:
        return ordered, ()
    sentence = msg("The {n} largest of {total} records are shown.", n=MAX_RECORDS, total=len(ordered))
    return ordered[:MAX_RECORDS], (Caveat("mind", sentence),)


def _different_periods(lines: Sequence[Line], choose: Choose) -> tuple[Caveat, ...]:
    figures = [figure for line in lines if (figure := choose(line)) is not None]
    periods = {period_key(f.point.period): f.point.period for f in figures}
    known = sorted((p for p in periods.values() if p is not None), key=lambda p: p.sort_key)
    found = []
    if len(known) > 1:
        first, last = period_name(known[0]), period_name(known[-1])
        found.append(msg("The figures are of different periods: {first} to {last}.", first=first, last=last))
    if undated := sum(figure.point.period is None for figure in figures):
        found.append(msg("Figures without a period: {n}; compare them with care.", n=undated))
    return tuple(Caveat("mind", sentence) for sentence in found)


def _figure_grid(names: Sequence[str], places: Sequence[int], lines: Sequence[Line], choose: Choose) -> Grid:
    """Records by what is measured, each figure with its period."""
    kinds = _kinds(lines)
    order = list(kinds)
    table = [[Cell()] * (2 * len(order)) for _ in names]
    for place, line in zip(places, lines, strict=True):
        figure = choose(line)
        assert figure is not None
        column = 2 * order.index(line.kind)
        table[place][column : column + 2] = dated_cells(line, figure)
    columns: list[str] = []
    for line, entry in zip(kinds.values(), kind_entries(list(kinds.values())), strict=True):
        columns += (panel_title(entry.name, unit_name(line)), tr("Period"))
    return Grid(tr("Record"), tuple(columns), tuple(names), tuple(map(tuple, table)))


def _reached(mark: Mark) -> Sequence[float]:
    """The amounts that a bar reaches: its end, its whisker, its rivals."""
    return (mark.x, *(mark.x_span or ()), *mark.rival_amounts)


def _lying(sheet: Sheet, width: float) -> Span:
    """From zero on for amounts, around the values where they are places; with room for the values in words."""
    metrics = QFontMetricsF(sheet.ink.font)
    xs = [x for mark in sheet.panel.marks for x in _reached(mark)]
    low, high = min(xs), max(xs)
    if sheet.panel.places:
        low -= max((high - low) * 0.2, 1.0)
    else:
        low, high = min(0.0, low), max(0.0, high)
    needed = reach = high - low or 1.0
    for mark in sheet.panel.marks:
        text = min(metrics.horizontalAdvance(value_label(mark.figure)) + AWAY + 4, width * 0.6)
        needed = max(needed, (max(_reached(mark)) - low) * width / (width - text))
    return low - (reach * 0.02 if low else 0.0), low + needed


def _bars_height(panel: Panel) -> int:
    bars = len({mark.y for mark in panel.marks})
    return max(len(panel.categories) * ROW, bars * BAR) + AXES


def _by_kind(panel: Panel) -> bool:
    """Whether the colours of the bars tell what is measured."""
    return len({mark.line.kind for mark in panel.marks}) > 1
