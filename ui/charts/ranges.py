"""How far an axis reaches: zero where that is honest, room for what sticks out of the marks."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.drawing import FROM_ZERO, begins_at_zero
from ui.charts.plan import Panel, Span

HEADROOM = 1.08


def from_zero(values: Sequence[float], *, always: bool = False) -> Span:
    """Return the reach of values, from zero on when they are near to it, or always."""
    low, high = min(values), max(values)
    if low >= 0 and (always or begins_at_zero(low, high)):
        low = 0.0
    elif low >= 0:
        low -= (high - low) * 0.1
    if high <= 0:
        high = 0.0 if always or high > low * FROM_ZERO else high
    reach = high - low or 1.0
    return (low - reach * (HEADROOM - 1) if low < 0 else low), high + reach * (HEADROOM - 1)


def categories(count: int) -> Span:
    """Return the reach of categories 0, 1, 2 …, with half of their room around."""
    return -0.6, count - 0.4


def across(panel: Panel) -> list[float]:
    """Return everything that marks reach across, with their bounds."""
    return [x for mark in panel.marks for x in (mark.x, *(mark.x_span or ()))]


def amounts(panel: Panel) -> list[float]:
    """Return every amount that stands upright, with bounds and competing figures."""
    return [y for mark in panel.marks for y in (mark.y, *(mark.y_span or ()), *mark.rival_amounts)]
