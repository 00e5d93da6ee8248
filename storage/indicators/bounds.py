"""Approximate figures through formulas: interval arithmetic on lowest, stated and highest values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from storage.indicators.result import Array, Mask, Result, array, divided


@dataclass(frozen=True, eq=False, slots=True)
class Bounded:
    """Figures with the range in which each lies: `low <= value <= high`, arrays of one shape.

    An infinite bound is open ("more than 500"); a value may be NaN where only the range is known ("50 to 60").
    Operators give the narrowest range for figures that have nothing to do with each other: `x - x` is not zero.
    A product of zero and an open bound is zero.
    """

    low: Array
    value: Array
    high: Array

    @classmethod
    def of(cls, value: ArrayLike, low: ArrayLike | None = None, high: ArrayLike | None = None) -> Bounded:
        """Take figures; a bound that is missing is the value itself. ValueError where a range is upside down."""
        x = array(value)
        lower = x if low is None else np.where(np.isnan(array(low)), x, array(low))
        upper = x if high is None else np.where(np.isnan(array(high)), x, array(high))
        if (lower > upper).any() or (lower > x).any() or (x > upper).any():
            raise ValueError("a figure lies outside its bounds")
        return cls(*(np.array(each, np.float64) for each in np.broadcast_arrays(lower, x, upper)))

    def __add__(self, other: Bounded) -> Bounded:
        return Bounded(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Bounded) -> Bounded:
        return Bounded(self.low - other.high, self.value - other.value, self.high - other.low)

    def __mul__(self, other: Bounded) -> Bounded:
        corners = [_times(a, b) for a, b in product((self.low, self.high), (other.low, other.high))]
        return Bounded(np.minimum.reduce(corners), self.value * other.value, np.maximum.reduce(corners))

    def __truediv__(self, other: Bounded) -> Bounded:
        """Divide; a divisor that may be zero leaves the range open, one that is zero leaves nothing."""
        return self * other.inverted()

    def inverted(self) -> Bounded:
        """1 / x: open where the range touches zero, the whole line where zero lies within, NaN where all is zero."""
        lower, upper = divided(np.ones(()), self.high), divided(np.ones(()), self.low)
        within, nothing = (self.low < 0) & (self.high > 0), (self.low == 0) & (self.high == 0)
        low = np.where(within | ((self.high == 0) & ~nothing), -np.inf, lower)
        high = np.where(within | ((self.low == 0) & ~nothing), np.inf, upper)
        return Bounded(low, divided(np.ones(()), self.value), high)

    def sum(self, axis: int | None = None) -> Bounded:
        """The sum of figures, with the range of the sum."""
        return Bounded(self.low.sum(axis=axis), self.value.sum(axis=axis), self.high.sum(axis=axis))

    @property
    def exact(self) -> Mask:
        """Where the range is a single number."""
        return np.asarray(self.low == self.high)


def stated_bounds(value: ArrayLike, precision: str, least: float = -np.inf, greatest: float = np.inf) -> Bounded:
    """Return the range that a hedge leaves: "about", "at least", "more than", "up to", "at most" or "exact".

    "About" is half a unit of the last digit that is not zero, either way: about 70,000 is 65,000 to 75,000. A count
    cannot be below zero, a share not above one: `least` and `greatest`. ValueError for another word.
    """
    x = array(value)
    half = _last_digit(x) / 2
    ranges = {
        "exact": (x, x),
        "about": (x - half, x + half),
        "at least": (x, np.full_like(x, greatest)),
        "more than": (x, np.full_like(x, greatest)),
        "up to": (np.full_like(x, least), x),
        "at most": (np.full_like(x, least), x),
    }
    if precision not in ranges:
        raise ValueError(f"no such precision: {precision}")
    low, high = ranges[precision]
    return Bounded.of(x, np.minimum(np.maximum(low, least), x), np.maximum(np.minimum(high, greatest), x))


def through(formula: Callable[..., Result], *figures: Bounded) -> tuple[Result, Bounded]:
    """Return a formula's result, and its range, for a formula that rises or falls steadily with each figure.

    The formula is worked out at every corner of the ranges, which is narrower than arithmetic step by step where a
    figure stands in it twice: a location quotient, a rate of growth, an intensity. Where it is undefined at a corner
    (a divisor of zero, a part above its whole, an open bound) the range is not known and is NaN: what lies between
    the corners that are left would be too narrow.
    """
    result = formula(*(each.value for each in figures))
    corners = [formula(*corner).values for corner in product(*((each.low, each.high) for each in figures))]
    every = np.stack(np.broadcast_arrays(*corners))
    return result, Bounded(every.min(axis=0), result.values, every.max(axis=0))


def _times(one: Array, other: Array) -> Array:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where((one == 0) | (other == 0), 0.0, one * other))


def _last_digit(values: Array) -> Array:
    """The size of the last digit that is not zero: 10,000 for 70,000, 0.1 for 3.5; 0 for zero."""
    texts = [f"{number:.15g}" for number in values.ravel()]
    return array([_digit_size(text) for text in texts]).reshape(values.shape)


def _digit_size(text: str) -> float:
    digits, _, power = text.removeprefix("-").partition("e")
    whole, _, decimals = digits.partition(".")
    if not (whole + decimals).strip("0") or "n" in digits:
        return 0.0
    place = -len(decimals) if decimals else len(whole) - len(whole.rstrip("0"))
    return float(10.0 ** (place + int(power or 0)))
