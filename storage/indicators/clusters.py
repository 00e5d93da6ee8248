"""Finding clusters in tables of regions and industries: cluster index and stars."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.quotients import Totals, location_quotients, specialised
from storage.indicators.ranking import ranks
from storage.indicators.result import ROUNDING, Array, Mask, Reason, Result, array, divided, exceeds, missing, settle

TOP = 0.1  # the part of the clusters that gets the star for size, and that for focus
SPECIALISED = 2.0  # the location quotient from which the star for specialisation is given


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """An industry in a region, or the whole of both: employment in it, area, population, and firms in it.

    Units must be the same in region and whole: persons, km², persons, firms. Fields broadcast.
    """

    employment: Array
    area: Array
    population: Array
    firms: Array

    @classmethod
    def of(cls, employment: ArrayLike, area: ArrayLike, population: ArrayLike, firms: ArrayLike) -> Place:
        """Take the figures."""
        return cls(array(employment), array(area), array(population), array(firms))

    @property
    def figures(self) -> tuple[Array, ...]:
        """The four of them."""
        return self.employment, self.area, self.population, self.firms


@dataclass(frozen=True, eq=False, slots=True)
class Stars:
    """Stars of each cluster of a table (regions, industries), 0 to 3, and which; a missing figure earns none.

    `compared` says how many clusters of the industry there were, (industries,): with fewer than ten, none is the
    largest tenth.
    """

    size: NDArray[np.bool_]
    specialisation: NDArray[np.bool_]
    focus: NDArray[np.bool_]
    compared: NDArray[np.int64]

    @property
    def count(self) -> NDArray[np.int64]:
        """How many of the three."""
        return self.size.astype(np.int64) + self.specialisation + self.focus


def cluster_index(region: Place, whole: Place) -> Result:
    """Return the index of Litzenberger and Sternberg: density x intensity / mean firm size, each by that of the whole.

    ((e_ir/a_r)/(E_i/A)) ((e_ir/p_r)/(E_i/P)) / ((e_ir/b_ir)/(E_i/B_i)); 1 is the whole.
    It has no upper end and depends on the set of regions. Undefined with a zero among area, population, or the
    figures of the whole; without employment and firms it is 0, with one of both only undefined.
    Source: Litzenberger and Sternberg (2006), Geographische Zeitschrift 94(2).
    """
    e, a, p, b = region.figures
    e_all, a_all, p_all, b_all = whole.figures
    density = divided(divided(e, a), divided(e_all, a_all))
    intensity = divided(divided(e, p), divided(e_all, p_all))
    firm_size = divided(divided(e, b), divided(e_all, b_all))
    nobody = (e == 0) & (b == 0)
    return settle(
        np.where(nobody, 0.0, divided(density * intensity, firm_size)),
        (Reason.MISSING, missing(*region.figures, *whole.figures)),
        (Reason.NEGATIVE, np.minimum.reduce(np.broadcast_arrays(*region.figures, *whole.figures)) < 0),
        (Reason.ZERO_DENOMINATOR, _without(region, whole) | ((e == 0) != (b == 0))),
        (Reason.PART_EXCEEDS_WHOLE, exceeds(e, e_all) | exceeds(a, a_all) | exceeds(p, p_all) | exceeds(b, b_all)),
    )


def star_rating(table: ArrayLike, totals: Totals, cut: float = SPECIALISED) -> Stars:
    """Give stars after the European Cluster Observatory to a table of employment (regions, industries).

    Size: among the tenth of its industry with most employment. Specialisation: a location quotient of `cut` or more.
    Focus: among the tenth of all clusters with the largest share of their region's employment. Clusters that are
    equal at the edge are all in where they all fit, else all out; one without employment is none.
    """
    employment = array(table)
    exists = employment > 0
    present = np.where(exists, employment, np.nan)
    focus = np.where(exists, divided(employment, totals.regions[:, np.newaxis]), np.nan)
    return Stars(
        _top(present.T).T,
        specialised(location_quotients(employment, totals).values, cut),
        _top(focus.reshape(1, -1)).reshape(focus.shape),
        exists.sum(axis=0),
    )


def _top(figures: Array) -> NDArray[np.bool_]:
    """Tell which figures of each row are in its upper tenth; the last of equals must fit in."""
    from_last = ranks(figures, lowest_first=True).values
    count = (~np.isnan(figures)).sum(axis=-1, keepdims=True)
    at_least = count - from_last + 1  # how many are as large or larger
    return np.asarray(at_least <= count * TOP * (1 + ROUNDING))


def _without(region: Place, whole: Place) -> Mask:
    """Where something to divide by is zero, whatever the employment."""
    mask: Mask = (region.area == 0) | (region.population == 0)
    for each in whole.figures:
        mask = mask | (each == 0)
    return mask
