"""Plans by record: bars of each record's figures, and points of one metric against another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from storage.domain.caveats import Caveat
from storage.domain.comparison import Comparison, Figure, Line, period_key
from storage.domain.fields import Ref
from storage.domain.periods import Period
from storage.domain.text import msg
from ui.charts.looks import Looks, kind_entries
from ui.charts.over_time import by_unit, panel_of
from ui.charts.plan import Cell, Entry, Grid, Mark, Panel, Plan, Shape
from ui.charts.wording import entity_name, flagged_text, metric_name, panel_title, period_name, unit_name
from ui.language import current_code, tr

MAX_RECORDS = 50
MAX_POINTS = 2_000

Choose = Callable[[Line], Figure | None]


def bar_plan(comparison: Comparison, looks: Looks, period: Period | None) -> Plan:
    """Bars of the records at a period, or at each one's latest when None; a panel for each unit.

    The figures of a single record stand under each other, named by what they measure.
    """
    choose: Choose = (lambda line: line.at(period)) if period is not None else (lambda line: line.latest)
    lines = [line for line in comparison.lines if choose(line) is not None]
    records, left_out = _largest_records(lines, choose)
    caveats = (*left_out, *_different_periods(lines, choose))
    if len(records) == 1 and len(lines) > 1:
        return replace(_profile(comparison, lines, looks, choose), caveats=caveats)
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
    return Plan(Shape.BARS, tuple(panels), tuple(entries), caveats, grid, 0.72 / widest, beside=True)


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
            rows.append(_cells(line, figure))
        # the axis names the bars; the colour is that of the record
        colour = looks.get(group[0].entity.id, 0)
        its_entries = [replace(entry, colour=colour) for entry in kind_entries(group)]
        panel = panel_of(comparison, group, marks, [entry.name for entry in its_entries])
        panels.append(replace(panel, title=panel.unit, unit="") if panel.unit else panel)
        entries += its_entries
    ordered = [line for group in by_unit(lines) for line in group]
    names = [panel_title(entry.name, unit_name(line)) for entry, line in zip(entries, ordered, strict=True)]
    grid = Grid(tr("Metric"), (entity_name(lines[0]), tr("Period")), tuple(names), tuple(rows))
    return Plan(Shape.BARS, tuple(panels), tuple(entries), (), grid, 0.6)


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


def scatter_plan(comparison: Comparison, looks: Looks, across: int, upright: int) -> Plan:
    """Each record as a point of two metrics, at the last period that both have, else at the latest of each."""
    pairs = _pairs(comparison, across, upright)[:MAX_POINTS]
    if not pairs:
        return Plan(Shape.SCATTER)
    marks, entries = [], []
    for n, (x_line, x, y_line, y) in enumerate(pairs):
        pale = x_line.scenario != "actual" or y_line.scenario != "actual"
        entries.append(Entry(entity_name(y_line), looks.get(y_line.entity.id, n), 0, pale))
        marks.append(Mark(x.amount, y.amount, n, y_line, y, x.bounds, y.bounds, (x_line, x)))
    x_line, y_line = pairs[0][0], pairs[0][2]
    panel = replace(panel_of(comparison, [y_line], marks), x_title=metric_name(x_line), x_unit=unit_name(x_line))
    return Plan(Shape.SCATTER, (panel,), tuple(entries), _mismatched(pairs), _pair_grid(pairs))


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
    rows = tuple((*_cells(xl, x), *_cells(yl, y)) for xl, x, yl, y in pairs)
    names = tuple(entity_name(pair[2]) for pair in pairs)
    return Grid(tr("Record"), columns, names, rows, tuple(range(len(rows))))


def _cells(line: Line, figure: Figure) -> tuple[Cell, Cell]:
    return Cell(flagged_text(figure), line, figure), Cell(period_name(figure.point.period))


def _figure_grid(names: Sequence[str], places: Sequence[int], lines: Sequence[Line], choose: Choose) -> Grid:
    """Records by what is measured, each figure with its period."""
    kinds = _kinds(lines)
    order = list(kinds)
    table = [[Cell()] * (2 * len(order)) for _ in names]
    for place, line in zip(places, lines, strict=True):
        figure = choose(line)
        assert figure is not None
        column = 2 * order.index(line.kind)
        table[place][column : column + 2] = _cells(line, figure)
    columns: list[str] = []
    for line, entry in zip(kinds.values(), kind_entries(list(kinds.values())), strict=True):
        columns += (panel_title(entry.name, unit_name(line)), tr("Period"))
    return Grid(tr("Record"), tuple(columns), tuple(names), tuple(map(tuple, table)))
