"""Figures that are a thousand, ten thousand or a hundred million times off: a multiplier that was lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from storage.domain.quality.figures import Figures, Finding
from storage.domain.quality.groups import spread_of
from storage.domain.quantities import number_text
from storage.domain.text import Text, msg

# 천 and thousand, 만, million, 억: the multipliers of headers; a fraction for a percentage is off by 10^2
MULTIPLIERS = (3, 4, 6, 8)
PERCENTAGE = 2
NEAR = 0.2  # decimal logs (a factor 1.6) between an error by a multiplier and the growth that may lie on top of it
STEADY = 0.25  # most spread, in decimal logs, of a history that can tell: two of three figures within a factor 1.8
FEWEST = 4  # figures of a series within the workbook: three that agree and the one that does not

REMEDY = msg("Check the unit and the multiplier of its column or row; correct the cell, or keep it if it is right.")


def off_before(figures: Figures) -> Iterator[Finding]:
    """Find figures that a multiplier divides from what they replace: one of the two is wrong."""
    comparable = figures.fresh & figures.counted & np.isfinite(figures.replaced) & (figures.replaced != 0)
    for row in np.flatnonzero(comparable).tolist():
        power = _power(figures, row, float(figures.size[row] - np.log10(abs(figures.replaced[row]))))
        if power:
            usual = figures.shown(row, float(figures.replaced[row]))
            yield Finding(row, "before", _times_before(figures, row, power, usual), REMEDY)


def _times_before(figures: Figures, row: int, power: int, usual: str) -> Text:
    values = {"value": figures.shown(row), "factor": number_text(10.0 ** abs(power)), "usual": usual}
    if power > 0:
        return msg("{value} is about {factor} times as much as what it replaces ({usual}).", **values)
    return msg("{value} is about {factor} times less than what it replaces ({usual}).", **values)


def off_history(figures: Figures) -> Iterator[Finding]:
    """Find figures that a multiplier divides from the other periods of their series.

    What the catalogue holds is the measure; without it, the other figures of the workbook.
    """
    series, held = figures.series, figures.counted & ~figures.fresh
    kept = np.bincount(series, held, minlength=len(series)) > 0
    measure = figures.counted & (~figures.fresh | ~kept[series])
    found = spread_of(series, figures.size, measure)
    told = (found.count >= np.where(kept[: len(found.count)], 1, FEWEST)) & (found.spread <= STEADY)
    gap = figures.size - found.median[series]
    for row in np.flatnonzero(figures.fresh & figures.counted & told[series] & (np.abs(gap) > 1)).tolist():
        power = _power(figures, row, float(gap[row]))
        if power:
            usual = figures.shown(row, 10.0 ** float(found.median[series[row]]))
            yield Finding(row, "history", _times_off(figures, row, power, usual), REMEDY)


def _times_off(figures: Figures, row: int, power: int, usual: str) -> Text:
    values = {"value": figures.shown(row), "factor": number_text(10.0 ** abs(power)), "usual": usual}
    if power > 0:
        return msg("{value} is about {factor} times as much as in its other periods ({usual}).", **values)
    return msg("{value} is about {factor} times less than in its other periods ({usual}).", **values)


def _power(figures: Figures, row: int, gap: float) -> int:
    """Return the power of ten that a gap in decimal logs comes to, 0 for none."""
    share = figures.unit_of(row).dimension == "ratio" or figures.metric_of(row).nature == "ratio"
    powers = (PERCENTAGE, *MULTIPLIERS) if share else MULTIPLIERS
    found = next((power for power in powers if abs(abs(gap) - power) <= NEAR), 0)
    return found if gap > 0 else -found
