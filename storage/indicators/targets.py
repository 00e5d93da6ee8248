"""How far a target is reached."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.result import Reason, Result, array, divided, missing, settle


def attainment(actual: ArrayLike, target: ArrayLike, *, lower_is_better: bool = False) -> Result:
    """Return actual / target (1 is reached), or target / actual where lower is better; arguments broadcast.

    For targets without a baseline. Undefined where the figure to divide by is zero, or one is below zero.
    """
    x, goal = array(actual), array(target)
    above, below = (goal, x) if lower_is_better else (x, goal)
    return settle(
        divided(above, below),
        (Reason.MISSING, missing(x, goal)),
        (Reason.NEGATIVE, (x < 0) | (goal < 0)),
        (Reason.ZERO_DENOMINATOR, below == 0),
    )


def progress(actual: ArrayLike, baseline: ArrayLike, target: ArrayLike) -> Result:
    """Return (actual - baseline)/(target - baseline): 0 at the start, 1 reached, below 0 gone the wrong way.

    The direction is that from baseline to target, so it holds for targets where lower is better. Arguments broadcast,
    one unit. Undefined where the target is the baseline.
    """
    x, start, goal = array(actual), array(baseline), array(target)
    return settle(
        divided(x - start, goal - start),
        (Reason.MISSING, missing(x, start, goal)),
        (Reason.NO_SPREAD, goal == start),
    )


def overdue(reached: ArrayLike, due: ArrayLike, today: float) -> NDArray[np.bool_]:
    """Tell which targets are past their date without being reached; `due` and `today` as years with fractions.

    `reached` is the attainment or progress; where it is undefined nothing shows that it was reached.
    """
    return np.asarray((array(due) < today) & ~(array(reached) >= 1))
