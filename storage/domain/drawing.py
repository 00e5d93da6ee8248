"""A chart as plain data, so that it can be drawn again by another program: panels, series, points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.domain.summary import Point

FROM_ZERO = 0.7  # an axis begins at zero unless all figures lie in its upper part


def begins_at_zero(low: float, high: float) -> bool:
    """Tell whether an axis of such amounts, none of them negative, begins at zero."""
    return low < high * FROM_ZERO or low == high


class Shape(StrEnum):
    """What the marks of a panel are: lines over time, columns and lying bars over names, dots over names, points."""

    LINES = "lines"
    COLUMNS = "columns"
    BARS = "bars"
    DOTS = "dots"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class DrawnPoint:
    """One mark: its name (a period, a record), its amount `y`, and `x` where the panel has an axis of numbers.

    `place` is the number of its category in a panel that has them; `begins` says that nothing joins it to the mark
    before; `other` is the figure behind `x`.
    """

    name: str
    y: float
    figure: Point
    x: float | None = None
    place: int = 0
    begins: bool = False
    bounds: tuple[float, float] | None = None
    other: Point | None = None


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """Marks that look alike: `colour` counts the colours of the palette, `variant` tells further lines of one apart.

    A `pale` series is no actual one: a forecast, a target.
    """

    name: str
    points: tuple[DrawnPoint, ...]
    colour: int = 0
    variant: int = 0
    pale: bool = False


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """One pair of axes; `categories` are the names in order, `places` says that values need no zero and no grouping."""

    shape: Shape
    title: str
    unit: str
    series: tuple[DrawnSeries, ...]
    categories: tuple[str, ...] = ()
    places: bool = False
    x_title: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What one chart shows, panel by panel."""

    panels: tuple[DrawnPanel, ...] = ()
