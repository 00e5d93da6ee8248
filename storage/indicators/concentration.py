"""How far an amount lies with a few: Herfindahl, Gini and their spatial kin, Ellison and Glaeser."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from storage.indicators.result import Array, Reason, Result, array, divided, part_rules, settle, shares

POINTS = 10_000  # the scale of competition law: shares in percent, squared


def herfindahl(sizes: ArrayLike) -> Result:
    """Return the Herfindahl-Hirschman index: the sum of squared shares, 1/n (alike) to 1 (one has all).

    `sizes` (..., n) of firms, industries or regions in one unit. `scaled(POINTS)` gives it in points up to 10,000;
    where concentration begins differs by the edition of the guidelines, so no threshold is kept here.
    Undefined where a size is missing or below zero, or all are zero. Source: Herfindahl (1950); Dörsam (2004).
    """
    x = array(sizes)
    return settle((shares(x) ** 2).sum(axis=-1), *part_rules(x))


def normalised_herfindahl(sizes: ArrayLike) -> Result:
    """Return (H - 1/n) / (1 - 1/n), 0 (alike) to 1; undefined for one size alone. Else as `herfindahl`.

    n counts sizes of zero, too: leave out those who were not there.
    """
    x = array(sizes)
    least = 1 / max(x.shape[-1], 1)
    index = herfindahl(x).values
    return settle(divided(index - least, array(1 - least)), *part_rules(x), _single(x))


def equivalent_number(sizes: ArrayLike) -> Result:
    """Return 1/H: how many equally large ones would be as concentrated. Else as `herfindahl`."""
    x = array(sizes)
    return settle(divided(array(1.0), herfindahl(x).values), *part_rules(x))


def gini(sizes: ArrayLike) -> Result:
    """Return the Gini coefficient 1 - (1/n) sum(y_j + y_(j-1)) on cumulated sorted shares, 0 to (n-1)/n.

    `sizes` (..., n) in one unit. Undefined where a size is missing or below zero, or all are zero.
    Source: Dörsam (2004) as in the REAT package.
    """
    x = array(sizes)
    cumulated = shares(np.sort(x, axis=-1)).cumsum(axis=-1)
    doubled = 2 * cumulated.sum(axis=-1) - 1  # the last of the cumulated is one
    return settle(1 - doubled / max(x.shape[-1], 1), *part_rules(x))


def normalised_gini(sizes: ArrayLike) -> Result:
    """Return the Gini coefficient times n/(n-1), 0..1; undefined for one size alone. Else as `gini`.

    n counts sizes of zero, too: leave out those who were not there.
    """
    x = array(sizes)
    n = x.shape[-1]
    return settle(divided(gini(x).values * n, array(n - 1.0)), *part_rules(x), _single(x))


def spatial_gini(activity: ArrayLike, reference: ArrayLike) -> Result:
    """Return the Gini coefficient of location quotients, 0 (spread as the reference) to (n-1)/n.

    Over the regions of one industry, with the regions' totals as reference, it is spatial concentration; over the
    industries of one region, with the nation's industries, specialisation. Shapes (..., n), which broadcast; one unit.
    Undefined also where a place of the reference is zero. Source: Farhauer and Kröll (2013); REAT gini.conc, gini.spec.
    """
    e, base = np.broadcast_arrays(array(activity), array(reference))
    return settle(
        gini(divided(shares(e), shares(base))).values,
        *part_rules(e),
        *part_rules(base),
        (Reason.ZERO_DENOMINATOR, (base == 0).any(axis=-1)),
    )


def ellison_glaeser(plants: ArrayLike, regions: ArrayLike, activity: ArrayLike) -> Result:
    """Return agglomeration beyond what the few plants of an industry explain; 0 is chance, below it dispersion.

    gamma = (G - (1 - sum x_r²) H) / ((1 - sum x_r²)(1 - H)), with G = sum (s_r - x_r)², s the shares of the regions
    in the industry, x their shares in all activity, H the Herfindahl index of the plants.
    `plants` (plants,) are sizes, `regions` (plants,) each one's place in `activity` (regions,); persons.
    Undefined where one plant is all the industry, or one region all the activity.
    Source: Ellison and Glaeser (1997), Journal of Political Economy 105(5).
    """
    sizes, base = array(plants), array(activity)
    industry = np.bincount(np.asarray(regions, np.intp), sizes, len(base)).astype(np.float64)
    x = shares(base)
    raw = ((shares(industry) - x) ** 2).sum()
    plant_index, spread = herfindahl(sizes).values, 1 - (x**2).sum()
    return settle(
        divided(raw - spread * plant_index, spread * (1 - plant_index)),
        *part_rules(sizes),
        *part_rules(base),
        (Reason.SINGLE_PLANT, plant_index == 1),
        (Reason.NO_SPREAD, spread == 0),
    )


def _single(sizes: Array) -> tuple[Reason, np.bool_]:
    return Reason.ONE_FIGURE, np.bool_(sizes.shape[-1] == 1)
