"""Figures that lie far from what is usual: among the other records of the period, and from one period to the next."""

from __future__ import annotations

from collections.abc import Container, Iterator

import numpy as np

from storage.domain.quality.figures import Figures, Finding, Flags, Ints, Reals
from storage.domain.quality.groups import group_codes, spread_of
from storage.domain.quantities import number_text
from storage.domain.text import Text, msg

ENOUGH_PEERS = 20  # records with the same metric and period, below which there is no telling what is usual
FAR = 6.0  # spreads from the median; sizes of places and firms are skewed, and sound tables reach 5
FURTHEST = 1.0  # decimal logs (a factor 10) that an outlier is at least off the median
ENOUGH_STEPS = 5  # steps from period to period that make a history
STEEP = 10.0  # spreads of the series' own steps
STEEPEST = 0.6  # decimal logs (a factor 4) that a jump is at least
COMMON_STEEP = 6.0  # spreads of the steps of all series of the metric: what jumps everywhere is no surprise

REMEDY = msg("Compare the cell with its source; correct it, or keep it if it is right.")


def outliers(figures: Figures) -> Iterator[Finding]:
    """Find figures far from their peers, unless the record's other periods say that it is as large as that."""
    cohort, used = figures.cohort, figures.counted
    found = spread_of(cohort, figures.size, used)
    gap = figures.size - found.median[cohort]
    limit = np.maximum(FAR * found.spread[cohort], FURTHEST)
    apart = figures.fresh & used & (found.count[cohort] >= ENOUGH_PEERS) & (found.spread[cohort] > 0)
    own = spread_of(figures.series, figures.size, used)
    backed = (own.count[figures.series] > 1) & (np.abs(figures.size - own.median[figures.series]) < STEEPEST)
    # around nought, sums and differences alike, the size of a small number tells nothing
    below = np.bincount(cohort, used & (figures.amount < 0), minlength=len(found.count)) > 0
    signed = below[cohort] | _ratios(figures)
    for row in np.flatnonzero(apart & ~backed & ((gap > limit) | (~signed & (-gap > limit)))).tolist():
        usual = figures.shown(row, 10.0 ** float(found.median[cohort[row]]))
        cause = msg("{value} lies far from what {n} others have in this period (half of them below {usual}).",
                    value=figures.shown(row), n=int(found.count[cohort[row]]) - 1, usual=usual)  # fmt: skip
        yield Finding(row, "peers", cause, REMEDY)


def _ratios(figures: Figures) -> Flags:
    return np.array([name.startswith(("ratio", "%", "index")) for name in figures.dimensions], bool)[figures.dimension]


def jumps(figures: Figures, wrong: Container[int] = ()) -> Iterator[Finding]:
    """Find steps from period to period that neither the series nor its metric has elsewhere.

    A spike counts once, and a step from a figure that is `wrong` anyway not at all.
    """
    rows, before = _steps(figures)
    step = figures.size[rows] - figures.size[before]
    there = np.ones(len(rows), bool)
    series = figures.series[rows]
    own = spread_of(series, step, there)
    common = group_codes(figures.metric[rows], figures.dimension[rows])
    everywhere = spread_of(common, step, there)
    limit = np.maximum(STEEP * own.spread[series], COMMON_STEEP * everywhere.spread[common])
    unusual = np.abs(step - own.median[series]) > np.maximum(limit, STEEPEST)
    steep = np.flatnonzero(unusual & (own.count[series] >= ENOUGH_STEPS))
    for place in _not_back(steep, step, series):
        row, former = int(rows[place]), int(before[place])
        if figures.fresh[row] and former not in wrong:
            yield Finding(row, "jump", _jump(figures, row, former, float(step[place])), REMEDY)


def _steps(figures: Figures) -> tuple[Ints, Ints]:
    """Return rows and the row before each of them: the same series, the next period of the same length."""
    rows = np.flatnonzero(figures.counted & (figures.start > 0))
    length = np.round((figures.end - figures.start) / 15).astype(np.int64)
    rows = rows[np.lexsort((figures.start[rows], length[rows], figures.series[rows]))]
    first, second = rows[:-1], rows[1:]
    alike = (figures.series[first] == figures.series[second]) & (length[first] == length[second])
    alike &= (figures.start[first] < figures.start[second]) & (figures.amount[first] * figures.amount[second] > 0)
    return second[alike], first[alike]


def _not_back(steep: Ints, step: Reals, series: Ints) -> list[int]:
    """Drop the steps that only lead back from the one before."""
    kept: list[int] = []
    for place in steep.tolist():
        last = kept[-1] if kept else -2
        back = place == last + 1 and series[place] == series[last] and step[place] * step[last] < 0
        if not back:
            kept.append(place)
    return kept


def _jump(figures: Figures, row: int, former: int, step: float) -> Text:
    values = {"value": figures.shown(row), "before": figures.shown(row, float(figures.amount[former])),
              "factor": number_text(10.0 ** abs(step), 1)}  # fmt: skip
    if step > 0:
        return msg("{value} is {factor} times the period before ({before}); no such step is usual here.", **values)
    return msg("{value} is {factor} times less than the period before ({before}); no such step is usual here.",
               **values)  # fmt: skip
