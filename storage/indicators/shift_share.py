"""Shift-share: what of a region's growth is the nation's, its industries' and its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.result import Array, Mask, Reason, Result, array, divided, exceeds, missing, settle


@dataclass(frozen=True, eq=False, slots=True)
class Development:
    """Activity of the same industries at two times, in a region and in the nation that contains it.

    Each (..., industries) in one unit; the region's arrays may have more axes than the nation's.
    """

    region_start: Array
    region_end: Array
    nation_start: Array
    nation_end: Array

    @classmethod
    def of(cls, region: tuple[ArrayLike, ArrayLike], nation: tuple[ArrayLike, ArrayLike]) -> Development:
        """Take the start and the end of the region, and those of the nation."""
        figures = np.broadcast_arrays(*(array(each) for each in (*region, *nation)))
        return cls(*(np.asarray(each) for each in figures))

    @property
    def change(self) -> Array:
        """What is to be explained, (..., industries)."""
        return self.region_end - self.region_start


@dataclass(frozen=True, eq=False, slots=True)
class ShiftShare:
    """Components by industry, which add up to the change: national share, industry mix, regional shift.

    `new` marks industries that the region did not have at the start: their whole change is regional shift.
    """

    national: Result
    mix: Result
    regional: Result
    new: NDArray[np.bool_]

    @property
    def total(self) -> Array:
        """Sums over the industries, (..., 3): national share, industry mix, regional shift."""
        parts = (self.national, self.mix, self.regional)
        return np.stack([part.values.sum(axis=-1) for part in parts], axis=-1)


@dataclass(frozen=True, eq=False, slots=True)
class CompetitiveShare:
    """The regional shift parted: competitive effect, and allocation to industries in which the region does well."""

    competitive: Result
    allocation: Result
    new: NDArray[np.bool_]


def shift_share(development: Development) -> ShiftShare:
    """Split growth after Dunn: e0 g, e0 (g_i - g) and e0 (g_ir - g_i), in the unit of the figures.

    g is the growth of the nation over all its industries, g_i of the industry in it, g_ir of the industry in the
    region. Undefined where a figure is missing or below zero, where the industry of the region is larger than that of
    the nation, and everywhere where one of the nation's is missing, since its total is unknown then.
    Source: Dunn (1960), Papers of the Regional Science Association 6; REAT shift.
    """
    e0, e1 = development.region_start, development.region_end
    industry, nation = _growths(development)
    rules = _rules(development)
    national = e0 * nation
    new = np.asarray((e0 == 0) & (e1 > 0))
    expected = np.where(e0 == 0, 0.0, e0 * industry)  # an industry that was nowhere has no growth
    regional = settle(development.change - expected, *rules)
    return ShiftShare(settle(national, *rules), settle(expected - national, *rules), regional, new)


def esteban_marquillas(development: Development) -> CompetitiveShare:
    """Part the regional shift after Esteban-Marquillas: h (g_ir - g_i) and (e0 - h)(g_ir - g_i).

    h = e_r0 E_i0 / E_0 is what the region would have had with the nation's structure. An industry that is new has no
    rate of growth: its whole shift counts as competitive, and `new` marks it. Else as `shift_share`.
    Source: Esteban-Marquillas (1972), Regional and Urban Economics 2(3).
    """
    e0 = development.region_start
    split = shift_share(development)
    nation = development.nation_start
    homothetic = e0.sum(axis=-1, keepdims=True) * divided(nation, nation.sum(axis=-1, keepdims=True))
    lead = divided(split.regional.values, e0)
    competitive = np.where(e0 == 0, split.regional.values, homothetic * lead)
    rules = [*_rules(development), (Reason.MISSING, np.isnan(e0).any(axis=-1, keepdims=True))]
    return CompetitiveShare(settle(competitive, *rules), settle(split.regional.values - competitive, *rules), split.new)


def _growths(development: Development) -> tuple[Array, Array]:
    """Growth of each industry in the nation, and of the nation."""
    start, end = development.nation_start, development.nation_end
    whole = divided(end.sum(axis=-1, keepdims=True), start.sum(axis=-1, keepdims=True)) - 1
    return divided(end, start) - 1, whole


def _rules(development: Development) -> list[tuple[Reason, Mask]]:
    region = (development.region_start, development.region_end)
    nation = (development.nation_start, development.nation_end)
    beyond = exceeds(region[0], nation[0]) | exceeds(region[1], nation[1])
    return [
        (Reason.MISSING, missing(*region, *(each.sum(axis=-1, keepdims=True) for each in nation))),
        (Reason.NEGATIVE, np.minimum.reduce([*region, *nation]) < 0),
        (Reason.ZERO_TOTAL, nation[0].sum(axis=-1, keepdims=True) == 0),
        (Reason.PART_EXCEEDS_WHOLE, beyond),
    ]
