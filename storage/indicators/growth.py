"""Growth of a figure between two periods, and fast-growing firms."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.result import (
    NEVER,
    ROUNDING,
    Array,
    Mask,
    Reason,
    Result,
    array,
    carried,
    divided,
    missing,
    settle,
)

FAST = 0.20  # a year, on average
LEAST_EMPLOYEES = 10.0  # at the start
YOUNG = 5.0  # years


def change(start: ArrayLike, end: ArrayLike) -> Result:
    """Return x1 - x0 in the unit of the figures; arguments broadcast."""
    return settle(array(end) - array(start))


def growth_rate(start: ArrayLike, end: ArrayLike) -> Result:
    """Return x1/x0 - 1 as a share (0.05 is 5 %); undefined unless the start is above zero. Arguments broadcast."""
    x0, x1 = array(start), array(end)
    return settle(divided(x1, x0) - 1, (Reason.MISSING, missing(x0, x1)), (Reason.START_NOT_POSITIVE, x0 <= 0))


def symmetric_growth_rate(start: ArrayLike, end: ArrayLike) -> Result:
    """Return 2(x1 - x0)/(x1 + x0), -2 (gone) to 2 (new); undefined where both are zero or one is below.

    Source: Davis, Haltiwanger and Schuh (1996), Job Creation and Destruction.
    """
    x0, x1 = array(start), array(end)
    return settle(
        divided(2 * (x1 - x0), x1 + x0),
        (Reason.MISSING, missing(x0, x1)),
        (Reason.NEGATIVE, (x0 < 0) | (x1 < 0)),
        (Reason.ZERO_DENOMINATOR, x0 + x1 == 0),
    )


def annual_growth_rate(start: ArrayLike, end: ArrayLike, years: ArrayLike) -> Result:
    """Return the compound annual growth rate (x1/x0)^(1/years) - 1 as a share; arguments broadcast.

    `years` may be a fraction (2.5). Undefined unless the start and the years are above zero and the end not below.
    """
    x0, x1, span = array(start), array(end), array(years)
    ratio = np.maximum(divided(x1, x0), 0)
    return settle(
        ratio ** divided(np.ones_like(span), np.maximum(span, 0)) - 1,
        (Reason.MISSING, missing(x0, x1, span)),
        (Reason.NEGATIVE, x1 < 0),
        (Reason.START_NOT_POSITIVE, x0 <= 0),
        (Reason.SAME_PERIOD, span <= 0),
    )


def annual_growth_of_series(years: ArrayLike, figures: ArrayLike, breaks: ArrayLike | None = None) -> Result:
    """Return the compound annual growth rate from the first to the last figure that is there.

    `years` (n,) ascending, fractions allowed; `figures` (..., n); `breaks` of the same shape marks figures with which
    a series begins anew: undefined where one lies between. Undefined with fewer than two figures.
    Source: COINr, CAGR.
    """
    x = np.atleast_2d(array(figures))
    if not x.shape[-1]:
        return settle(np.full(array(figures).shape[:-1], np.nan))
    time = np.broadcast_to(array(years), x.shape)
    there = ~np.isnan(x)
    first, last = there.argmax(axis=-1), x.shape[-1] - 1 - there[..., ::-1].argmax(axis=-1)
    rate = annual_growth_rate(_at(x, first), _at(x, last), _at(time, last) - _at(time, first))
    count = there.sum(axis=-1)
    broken = _broken(breaks, first, last, x.shape)
    found = settle(rate.values, *carried(rate), (Reason.ONE_FIGURE, count == 1), (Reason.BREAK, broken))
    return found if array(figures).ndim > 1 else found[0]


def fast_growing(start: ArrayLike, end: ArrayLike, years: float = 3.0, age: ArrayLike | None = None) -> Result:
    """Tell which firms grew fast: 1 or 0; more than 20 % a year on average, from at least ten employees.

    `start` and `end` are employees, `age` the firm's in years at the end: growth out of its first year of life is left
    undecided. A firm that was too small is 0, whatever became of it. Arguments broadcast.
    Source: Eurostat and OECD (2007), Manual on Business Demography Statistics.
    """
    x0 = array(start)
    rate = annual_growth_rate(x0, end, years)
    first_year = NEVER if age is None else array(age) - years < 1
    small = x0 < LEAST_EMPLOYEES  # decides alone, whatever the rate
    undefined = [(reason, mask & ~small) for reason, mask in carried(rate)]
    return settle((rate.values > FAST * (1 + ROUNDING)) & ~small, *undefined, (Reason.FIRST_YEAR, first_year))


def gazelle(start: ArrayLike, end: ArrayLike, age: ArrayLike, years: float = 3.0) -> Result:
    """Tell which firms are fast-growing and less than five years old: 1 or 0. Else as `fast_growing`."""
    fast = fast_growing(start, end, years, age)
    young = array(age) < YOUNG
    return settle(fast.values * young, (Reason.MISSING, np.isnan(array(age))), *carried(fast))


def birch_index(start: ArrayLike, end: ArrayLike) -> Result:
    """Return (E1 - E0) E1/E0 in employees: growth in number and in rate weighed together.

    Undefined unless the start is above zero. Source: Birch (1987), Job Creation in America.
    """
    x0, x1 = array(start), array(end)
    return settle((x1 - x0) * divided(x1, x0), (Reason.MISSING, missing(x0, x1)), (Reason.START_NOT_POSITIVE, x0 <= 0))


def _at(values: Array, place: NDArray[np.intp]) -> Array:
    return np.take_along_axis(values, place[..., np.newaxis], axis=-1)[..., 0]


def _broken(
    breaks: ArrayLike | None,
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    shape: tuple[int, ...],
) -> Mask:
    """Where a series begins anew after its first figure and not after its last."""
    if breaks is None:
        return NEVER
    place = np.arange(shape[-1])
    within = (place > first[..., np.newaxis]) & (place <= last[..., np.newaxis])
    return np.asarray((within & np.broadcast_to(np.asarray(breaks, np.bool_), shape)).any(axis=-1))
