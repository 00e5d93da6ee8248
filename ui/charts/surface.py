"""What kinds of charts draw with: curves, markers and bars, as pyqtgraph items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush

from ui.charts.ink import Ink
from ui.charts.plan import Entry, Mark

LINE_WIDTH, PALE_WIDTH = 2.0, 1.25
MARKER = 7


class Surface:
    """The drawing of one panel, in its ink; places are values of the axes, so that a change of range costs nothing."""

    def __init__(self, plot: Any, ink: Ink) -> None:
        self._plot = plot
        self._ink = ink

    def add(self, item: Any) -> None:
        """Draw an item of the scene that a kind of chart has made itself."""
        self._plot.addItem(item, ignoreBounds=True)

    def curve(self, marks: Sequence[Mark], entry: Entry) -> None:
        """Draw a line that stops where a figure does not continue the one before it."""
        joined = np.array([mark.figure.joined for mark in marks[1:]] + [False])
        if not joined.any():
            return
        x = np.array([mark.x for mark in marks])
        y = np.array([mark.y for mark in marks])
        pen = self._ink.style(entry).pen((PALE_WIDTH if entry.pale else LINE_WIDTH) * self._ink.scale)
        connect = joined.astype(np.int32)
        self.add(pg.PlotCurveItem(x, y, pen=pen, connect=connect, antialias=True, skipFiniteCheck=True))

    def markers(self, marks: Sequence[Mark], entry: Entry, size: int = MARKER) -> None:
        """Draw a marker on each figure, hollow where it is about right or not what was."""
        if not marks:
            return
        ink, style = self._ink, self._ink.style(entry)
        solid, hollow = QBrush(style.colour), QBrush(ink.colour("panel"))
        open_marks = [entry.pale or mark.figure.approximate for mark in marks]
        brush: Any = solid if not any(open_marks) else [hollow if is_open else solid for is_open in open_marks]
        points = pg.ScatterPlotItem(
            [mark.x for mark in marks], [mark.y for mark in marks], symbol=style.marker, size=size,
            pen=ink.stroke(style.colour, 1.5), brush=brush, antialias=True, useCache=not ink.exact,
        )  # fmt: skip
        self.add(points)

    def bars(self, boxes: dict[str, Any], marks: Sequence[Mark], entry: Entry) -> None:
        """Draw bars, their boxes as BarGraphItem takes them; approximate figures are tinted within a dashed edge."""
        ink = self._ink
        colour = ink.style(entry).colour
        look: dict[str, Any] = {"brush": ink.fill(entry), "pen": ink.stroke(colour, 1.0)}
        if any(mark.figure.approximate for mark in marks):
            dashed = ink.stroke(colour, 1.25)
            dashed.setDashPattern([4, 3])
            about = [mark.figure.approximate for mark in marks]
            look = {"brushes": [ink.tint(entry) if hedged else ink.fill(entry) for hedged in about],
                    "pens": [dashed if hedged else ink.stroke(colour, 1.0) for hedged in about]}  # fmt: skip
        self.add(pg.BarGraphItem(**boxes, **look))
