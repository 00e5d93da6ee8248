"""Variety of an economy: entropy, and its split into related and unrelated variety."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from storage.indicators.result import Array, Result, array, part_rules, settle, shares


@dataclass(frozen=True, eq=False, slots=True)
class Variety:
    """Entropy of industries, and its parts: between groups of them (unrelated) and within (related)."""

    total: Result
    unrelated: Result
    related: Result


def entropy(sizes: ArrayLike, base: float = 2.0) -> Result:
    """Return the Shannon entropy, minus the sum of s log s: 0 (one has all) to log n (alike); in bits for base 2.

    `sizes` (..., n) in one unit; a size of zero adds nothing. Undefined where one is missing or below zero, or all
    are zero. Source: Shannon (1948).
    """
    x = array(sizes)
    return settle(_entropy(shares(x), base), *part_rules(x))


def variety(sizes: ArrayLike, groups: ArrayLike, base: float = 2.0) -> Variety:
    """Split the entropy of industries by the groups that they belong to; both parts add up to the total.

    Unrelated: the sum over groups of P log(1/P); related: the sum of P_g H_g, H_g the entropy within the group.
    `sizes` (..., industries), `groups` (industries,) are codes of the upper level. Edge rules as `entropy`.
    Source: Frenken, van Oort and Verburg (2007), Regional Studies 41(5).
    """
    x = array(sizes)
    codes, place = np.unique(np.asarray(groups), return_inverse=True)
    members = (place[:, np.newaxis] == np.arange(len(codes))).astype(np.float64)
    total, unrelated = _entropy(shares(x), base), _entropy(shares(x @ members), base)
    rules = part_rules(x)
    # what rounding leaves of a difference that is zero must not turn negative
    related = np.maximum(total - unrelated, 0)
    return Variety(settle(total, *rules), settle(unrelated, *rules), settle(related, *rules))


def _entropy(share: Array, base: float) -> Array:
    logs = np.log(share, out=np.zeros_like(share), where=share > 0)
    return np.asarray(np.maximum(-(share * logs).sum(axis=-1), 0) / np.log(base))
