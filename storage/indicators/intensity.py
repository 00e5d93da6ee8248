"""Productivity and intensity: one amount by another of the same unit of observation and period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from storage.indicators.result import Reason, Result, array, divided, missing, settle


@dataclass(frozen=True, eq=False, slots=True)
class PooledIntensity:
    """A ratio of sums, and from how many of how many members it was worked out."""

    result: Result
    used: int
    members: int


def intensity(amount: ArrayLike, base: ArrayLike, per: float = 1.0) -> Result:
    """Return amount / base x per: sales per worker, patents per 1,000 workers (`per=1000`).

    Arguments broadcast; the unit is that of the amount by that of the base. Both must be of the same period, price
    basis and scope, which only the caller can know. Undefined where the base is zero or below. A negative amount
    (a loss) is allowed. Source: COINr, denomination.
    """
    x, y = array(amount), array(base)
    return settle(
        divided(x, y) * per,
        (Reason.MISSING, missing(x, y)),
        (Reason.ZERO_DENOMINATOR, y == 0),
        (Reason.NEGATIVE, y < 0),
    )


def pooled_intensity(amounts: ArrayLike, bases: ArrayLike, per: float = 1.0) -> PooledIntensity:
    """Return the intensity of a group: the ratio of sums, never the mean of ratios.

    Both (members,). Only members that have both figures count, else the sums would not belong together; how many
    these are is told. Undefined where nobody has both, or the bases add up to zero.
    """
    x, y = np.broadcast_arrays(array(amounts), array(bases))
    both = ~missing(x, y)
    used = int(np.count_nonzero(both))
    result = intensity(x[both].sum() if used else np.nan, y[both].sum() if used else np.nan, per)
    return PooledIntensity(result, used, x.size)
