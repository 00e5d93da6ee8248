"""What a chart shows, as plain data; made by the planners, drawn by the canvas, listed in the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from storage.domain.caveats import Caveat
from storage.domain.comparison import Figure, Line

if TYPE_CHECKING:
    from ui.charts.kinds.kind import ChartKind

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One series in the legend: its name, its colour and variant in the theme, pale when it is not what was."""

    name: str
    colour: int
    variant: int = 0
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure in the plane of its panel, with its bounds across and upright; `other` is a point's second figure.

    `x` and `y` are what the axes of its kind of chart say: an amount, a year fraction, or the number of a category.
    """

    x: float
    y: float
    entry: int
    line: Line
    figure: Figure
    x_span: Span | None = None
    y_span: Span | None = None
    other: tuple[Line, Figure] | None = None

    @property
    def rival_amounts(self) -> tuple[float, ...]:
        """The amounts of the competing figures that have one."""
        return tuple(rival.amount for rival in self.figure.rivals if rival.amount is not None)


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes: a title, the unit of its values, its marks in drawing order, the names of its categories.

    In `places` values are no amounts but places on a scale (a year, a rank): dots, no need of zero, numbers in full.
    """

    title: str
    unit: str
    marks: tuple[Mark, ...]
    categories: tuple[str, ...] = ()
    places: bool = False
    x_title: str = ""
    x_unit: str = ""

    @property
    def series(self) -> list[tuple[int, list[Mark]]]:
        """The marks of each entry, by the entry's place."""
        ordered = sorted(self.marks, key=lambda mark: mark.entry)
        return [(entry, list(marks)) for entry, marks in groupby(ordered, key=lambda mark: mark.entry)]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: the words, and the figure behind them."""

    text: str = ""
    line: Line | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The same figures as a table; `entries` holds the legend's place of each row, -1 for none."""

    corner: str
    columns: tuple[str, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    entries: tuple[int, ...] = ()


EMPTY_GRID = Grid("", (), (), ())


@dataclass(frozen=True, slots=True)
class Plan:
    """One chart: panels, legend, what to mind, and the table.

    `thickness` is how much of a category a bar takes; panels `beside` each other share their categories.
    """

    kind: ChartKind
    panels: tuple[Panel, ...] = ()
    entries: tuple[Entry, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    grid: Grid = EMPTY_GRID
    thickness: float = 0.8
    beside: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(panel.marks for panel in self.panels)

    def marks(self) -> Iterator[tuple[int, Mark]]:
        """Go through all marks with their panel's place."""
        for place, panel in enumerate(self.panels):
            for mark in panel.marks:
                yield place, mark
