"""Location quotients, and how far the structure of a region departs from that of a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.result import (
    NEVER,
    ROUNDING,
    Array,
    Reason,
    Result,
    array,
    divided,
    exceeds,
    missing,
    part_rules,
    settle,
    shares,
)

Basis = Literal["published", "sum of parts"]
Reference = Literal["whole", "rest"]


@dataclass(frozen=True, eq=False, slots=True)
class Totals:
    """What a table of regions x industries is held against, and whether it was published or added up.

    Published totals hold what the table leaves out or hides for privacy; the quotients of both differ.
    """

    regions: Array
    industries: Array
    whole: Array
    basis: Basis

    @classmethod
    def published(cls, regions: ArrayLike, industries: ArrayLike, whole: float) -> Totals:
        """Totals as an office gives them: (regions,), (industries,) and one number."""
        return cls(array(regions), array(industries), array(whole), "published")

    @classmethod
    def of_parts(cls, table: ArrayLike) -> Totals:
        """Add up a table (regions, industries); a missing cell leaves its sums missing."""
        cells = array(table)
        return cls(cells.sum(axis=1), cells.sum(axis=0), cells.sum(), "sum of parts")


def location_quotient(part: ArrayLike, region: ArrayLike, industry: ArrayLike, whole: ArrayLike) -> Result:
    """Return how concentrated industries are in regions: (e_ir / e_r) / (E_i / E); 1 is as in the whole.

    Arguments broadcast and have one unit (persons, money); the quotient has none. `part` is the industry in the
    region, `region` and `industry` their totals, `whole` that of the reference, which contains the region.
    No activity is 0. Undefined with a zero total, and where a part is larger than its whole.
    Source: US Bureau of Labor Statistics, "Location quotients explained"; Farhauer and Kröll (2013).
    """
    e_ir, e_r, e_i, e = (array(figures) for figures in (part, region, industry, whole))
    beyond = exceeds(e_ir, e_r) | exceeds(e_ir, e_i) | exceeds(e_r, e) | exceeds(e_i, e)
    return settle(
        divided(divided(e_ir, e_r), divided(e_i, e)),
        (Reason.MISSING, missing(e_ir, e_r, e_i, e)),
        (Reason.NEGATIVE, (e_ir < 0) | (e_r < 0) | (e_i < 0) | (e < 0)),
        (Reason.ZERO_DENOMINATOR, (e_r == 0) | (e_i == 0) | (e == 0)),
        (Reason.PART_EXCEEDS_WHOLE, beyond),
    )


def location_quotients(table: ArrayLike, totals: Totals) -> Result:
    """Return the quotients of a table (regions, industries) against totals that say where they are from."""
    return location_quotient(table, totals.regions[:, np.newaxis], totals.industries, totals.whole)


def specialised(quotients: ArrayLike, cut: float = 1.0) -> NDArray[np.bool_]:
    """Tell which quotients reach the cut, which belongs to it; the last digits do not decide. Undefined is False."""
    return np.asarray(array(quotients) >= cut * (1 - ROUNDING))


def krugman_specialisation(activity: ArrayLike, reference: ArrayLike, against: Reference = "whole") -> Result:
    """Return the Krugman index: the sum over industries of |s_ir - S_i|, 0 (alike) to 2 (nothing in common).

    `activity` (..., industries) of the region, `reference` of the nation or of another region, which broadcasts.
    Against the "rest" the region is first taken out of the reference; that is another number than against the whole.
    Sources: Krugman (1991), Geography and Trade; Farhauer and Kröll (2013).
    """
    e, reference_e = np.broadcast_arrays(array(activity), array(reference))
    others = reference_e - e if against == "rest" else reference_e
    beyond = np.asarray(exceeds(e, reference_e)).any(axis=-1) if against == "rest" else NEVER
    return settle(
        np.abs(shares(e) - shares(others)).sum(axis=-1),
        *part_rules(e),
        *part_rules(reference_e),
        (Reason.ZERO_TOTAL, others.sum(axis=-1) == 0),
        (Reason.PART_EXCEEDS_WHOLE, beyond),
    )


def hoover_coefficient(activity: ArrayLike, reference: ArrayLike, against: Reference = "whole") -> Result:
    """Return half the Krugman index, 0..1: the share that would have to move for equal structures.

    Shapes and edge rules as `krugman_specialisation`; with income as activity and population as reference it is the
    Hoover index of regional disparities. Source: Hoover (1936); EconGeo gives it times 100.
    """
    return krugman_specialisation(activity, reference, against).scaled(0.5)
