"""Signs and bounds: less than nothing of what is counted, and more than all of a share."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from storage.domain.quality.figures import Figures, Finding, Flags
from storage.domain.quality.groups import group_codes
from storage.domain.quality.units import NEVER_NEGATIVE
from storage.domain.text import msg

ENOUGH = 100  # figures of a metric without a negative one, before a negative one is a surprise whatever the unit
FEW = 0.02  # share of negative figures up to which they are the exception; balances and changes have far more
SHARES = re.compile(r"\bshares?\b|\bproportion\b|% of|비중|점유율|구성비", re.IGNORECASE)
CHANGES = re.compile(r"\bnet\b|change|growth|balance|increase|decrease|순|증감|증가|감소|성장|변화", re.IGNORECASE)
WHOLE = 1.0  # a share in its base unit
ROUNDED = 1.005  # shares that round to more than the whole add up of rounded parts


def wrong_signs(figures: Figures) -> Iterator[Finding]:
    """Find negative figures of what cannot be negative, or never is in its metric."""
    used = figures.level & np.isfinite(figures.amount)
    negative = used & (figures.amount < 0)
    if not (negative & figures.fresh).any():
        return
    metric = group_codes(figures.metric)
    count = np.bincount(metric[used], minlength=int(metric.max()) + 1)
    share = np.bincount(metric[negative], minlength=len(count)) / np.maximum(count, 1)
    rare = (share <= FEW) & (count >= ENOUGH)
    changes = [id for id, known in figures.facts.metrics.items() if CHANGES.search(known.name)]
    counted = _never_negative(figures) & ((share <= FEW) | (count < ENOUGH))[metric]
    for row in np.flatnonzero(negative & figures.fresh & (rare[metric] | counted) & ~np.isin(figures.metric, changes)):
        others = int(count[metric[row]]) - 1
        cause = msg("{value} is negative, which none or next to none of the {n} other figures is.",
                    value=figures.shown(int(row)), n=others)  # fmt: skip
        if counted[row]:
            cause = msg("{value} is negative; there can be no less than none of it.", value=figures.shown(int(row)))
        yield Finding(int(row), "sign", cause,
                      msg("Correct the sign, or choose a metric that tells of a change or a balance."))  # fmt: skip


def _never_negative(figures: Figures) -> Flags:
    units = np.array([name in NEVER_NEGATIVE for name in figures.dimensions], bool)[figures.dimension]
    flows = [id for id, known in figures.facts.metrics.items() if known.nature == "flow"]
    return np.asarray(units & ~np.isin(figures.metric, flows))


def too_large_shares(figures: Figures) -> Iterator[Finding]:
    """Find shares above 100 per cent, where the others of the metric stay below."""
    shares = [id for id, known in figures.facts.metrics.items()
              if SHARES.search(known.name) and not CHANGES.search(known.name)]  # fmt: skip
    percent = np.array([name == "ratio" for name in figures.dimensions], bool)[figures.dimension]
    used = figures.level & percent & np.isin(figures.metric, shares) & np.isfinite(figures.amount)
    above = used & (figures.amount > WHOLE * ROUNDED)
    metric = group_codes(figures.metric)
    size = int(metric.max()) + 1 if len(metric) else 0
    rate = np.bincount(metric[above], minlength=size) / np.maximum(np.bincount(metric[used], minlength=size), 1)
    common = (rate > FEW) & (np.bincount(metric[above], minlength=size) > 1)
    for row in np.flatnonzero(above & figures.fresh & ~common[metric]):
        yield Finding(int(row), "share", msg("A share of {value} {unit} is more than the whole.",
                                             value=figures.shown(int(row)), unit=figures.unit_of(int(row)).name),
                      msg("Correct the cell, or choose a metric that is no share."))  # fmt: skip
