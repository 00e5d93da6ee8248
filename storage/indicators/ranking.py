"""Ranks and percentiles; equal figures share the better rank."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.indicators.result import Array, Reason, Result, array, settle

_Measure: TypeAlias = Callable[[Array], Array]


def ranks(figures: ArrayLike, groups: ArrayLike | None = None, *, lowest_first: bool = False) -> Result:
    """Return competition ranks from 1 along the last axis: 1, 2, 2, 4 where two are equal.

    `figures` (..., n), unrounded; the highest comes first unless `lowest_first`. `groups` (n,) ranks within each
    peer group. A missing figure has no rank and moves nobody. Source: COINr, n_rank ("min").
    """
    return settle(_by_group(figures, groups, _positions, lowest_first=lowest_first))


def percentile_ranks(figures: ArrayLike, groups: ArrayLike | None = None, *, lower_is_better: bool = False) -> Result:
    """Return (rank - 1)/(n - 1) from the worst up: 0 for the worst figure, 1 for the best where it is so alone.

    Equal figures share the lower percentile; n counts the figures that are there, in each group. Undefined where
    there is only one. Shapes as `ranks`. Source: COINr, n_prank.
    """
    from_worst = _by_group(figures, groups, _positions, lowest_first=not lower_is_better)
    count = _by_group(figures, groups, _counts, lowest_first=False)
    with np.errstate(invalid="ignore", divide="ignore"):
        return settle((from_worst - 1) / (count - 1), (Reason.ONE_FIGURE, count == 1))


def ties(figures: ArrayLike, groups: ArrayLike | None = None) -> NDArray[np.int64]:
    """Return with how many others each figure shares its rank; 0 where it is missing. Shapes as `ranks`."""
    found = _by_group(figures, groups, _equals, lowest_first=False)
    return np.nan_to_num(found).astype(np.int64)


def _by_group(figures: ArrayLike, groups: ArrayLike | None, measure: _Measure, *, lowest_first: bool) -> Array:
    """Measure the figures that are there, row by row and group by group; missing stays missing."""
    x = array(figures)
    found = np.full(x.shape, np.nan)
    codes = np.zeros(x.shape[-1], np.intp) if groups is None else np.unique(np.asarray(groups), return_inverse=True)[1]
    there = ~np.isnan(x)
    for row in np.ndindex(x.shape[:-1]):
        for code in range(codes.max(initial=-1) + 1):
            chosen = there[row] & (codes == code)
            values = x[row][chosen]
            found[row][chosen] = measure(values if lowest_first else -values)
    return found


def _positions(values: Array) -> Array:
    return array(np.sort(values).searchsorted(values) + 1)


def _counts(values: Array) -> Array:
    return np.full(values.shape, float(len(values)))


def _equals(values: Array) -> Array:
    ordered = np.sort(values)
    return array(ordered.searchsorted(values, "right") - ordered.searchsorted(values) - 1)
