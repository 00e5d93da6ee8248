"""How marks become pyqtgraph items: one function for each shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush

from ui.charts.ink import Ink
from ui.charts.plan import Entry, Mark, Panel, Plan, Shape

LINE_WIDTH, PALE_WIDTH = 2.0, 1.25
MARKER, POINT = 7, 10
FEW = 60  # figures of a line up to which each carries its marker

Painter = Callable[[Any, Plan, Panel, Ink], None]


def _series(panel: Panel) -> list[tuple[int, list[Mark]]]:
    ordered = sorted(panel.marks, key=lambda mark: mark.entry)
    return [(entry, list(marks)) for entry, marks in groupby(ordered, key=lambda mark: mark.entry)]


def draw_lines(plot: Any, plan: Plan, panel: Panel, ink: Ink) -> None:
    """Draw curves that stop where a figure does not continue the one before it, and a marker on each figure."""
    for place, marks in _series(panel):
        entry = plan.entries[place]
        x = np.array([mark.x for mark in marks])
        y = np.array([mark.y for mark in marks])
        joined = np.array([mark.figure.joined for mark in marks[1:]] + [False])
        if joined.any():
            pen = ink.style(entry).pen((PALE_WIDTH if entry.pale else LINE_WIDTH) * ink.scale)
            curve = pg.PlotCurveItem(
                x, y, pen=pen, connect=joined.astype(np.int32), antialias=True, skipFiniteCheck=True
            )
            plot.addItem(curve, ignoreBounds=True)
        if len(marks) <= FEW:
            _add_markers(plot, marks, entry, ink)
        else:
            _add_markers(plot, _telling(marks), entry, ink)


def _telling(marks: Sequence[Mark]) -> list[Mark]:
    """The marks of a long line that must be seen: approximate, alone, broken, disputed, and its last."""
    last = marks[-1]
    following = [*(mark.figure.joined for mark in marks[1:]), False]
    return [
        mark
        for mark, continued in zip(marks, following, strict=True)
        if mark is last or mark.figure.approximate or mark.figure.rivals or not (mark.figure.joined or continued)
    ]


def _add_markers(plot: Any, marks: Sequence[Mark], entry: Entry, ink: Ink, size: int = MARKER) -> None:
    if not marks:
        return
    style = ink.style(entry)
    solid, hollow = QBrush(style.colour), QBrush(ink.colour("panel"))
    open_marks = [entry.pale or mark.figure.approximate for mark in marks]
    brush: Any = solid if not any(open_marks) else [hollow if is_open else solid for is_open in open_marks]
    points = pg.ScatterPlotItem(
        [mark.x for mark in marks], [mark.y for mark in marks], symbol=style.marker, size=size,
        pen=ink.stroke(style.colour, 1.5), brush=brush, antialias=True, useCache=not ink.exact,
    )  # fmt: skip
    plot.addItem(points, ignoreBounds=True)


def draw_points(plot: Any, plan: Plan, panel: Panel, ink: Ink) -> None:
    """Draw one marker a record."""
    for place, marks in _series(panel):
        _add_markers(plot, marks, plan.entries[place], ink, POINT)


def draw_columns(plot: Any, plan: Plan, panel: Panel, ink: Ink) -> None:
    """Draw upright bars."""
    for place, marks in _series(panel):
        bars = {"x": [mark.x for mark in marks], "height": [mark.y for mark in marks], "width": plan.thickness}
        _add_bars(plot, bars, marks, plan.entries[place], ink)


def draw_bars(plot: Any, plan: Plan, panel: Panel, ink: Ink) -> None:
    """Draw lying bars, dots where the values are places on a scale."""
    if panel.places:
        draw_points(plot, plan, panel, ink)
        return
    for place, marks in _series(panel):
        bars = {"x0": [0.0] * len(marks), "width": [mark.x for mark in marks],
                "y": [mark.y for mark in marks], "height": plan.thickness}  # fmt: skip
        _add_bars(plot, bars, marks, plan.entries[place], ink)


def _add_bars(plot: Any, bars: dict[str, Any], marks: Sequence[Mark], entry: Entry, ink: Ink) -> None:
    """One item a series, its approximate figures tinted within a dashed edge."""
    colour = ink.style(entry).colour
    look: dict[str, Any] = {"brush": ink.fill(entry), "pen": ink.stroke(colour, 1.0)}
    if any(mark.figure.approximate for mark in marks):
        dashed = ink.stroke(colour, 1.25)
        dashed.setDashPattern([4, 3])
        about = [mark.figure.approximate for mark in marks]
        look = {"brushes": [ink.tint(entry) if hedged else ink.fill(entry) for hedged in about],
                "pens": [dashed if hedged else ink.stroke(colour, 1.0) for hedged in about]}  # fmt: skip
    plot.addItem(pg.BarGraphItem(**bars, **look), ignoreBounds=True)


PAINTERS: dict[Shape, Painter] = {
    Shape.LINE: draw_lines,
    Shape.BARS: draw_bars,
    Shape.COLUMNS: draw_columns,
    Shape.SCATTER: draw_points,
}
