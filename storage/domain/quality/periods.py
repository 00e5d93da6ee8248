"""Periods that cannot be: actual figures of the future, of long ago, ended before they began, of another length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from storage.domain.periods import Period
from storage.domain.quality.figures import Figures, Finding, Flags, Ints
from storage.domain.quality.groups import group_codes
from storage.domain.text import Text, msg

EARLIEST = date(1800, 1, 1)  # statistics of the kinds kept here are younger; an older year is a slip, or a code
ENOUGH = 20  # dated figures of a metric that tell in what periods it comes
USUAL = 0.97  # share of them that must have one length before another one is a surprise
# days of a year, a half, a quarter, a month and a day; anything else is a span, and spans differ among each other
LENGTHS = {"year": (365, 366), "half": (181, 184), "quarter": (90, 92), "month": (28, 31), "day": (1, 1)}
NAMES = {"year": msg("years"), "half": msg("half-years"), "quarter": msg("quarters"), "month": msg("months"),
         "day": msg("days")}  # fmt: skip


def impossible_periods(figures: Figures, today: date) -> Iterator[Finding]:
    """Find periods that are no time of an actual figure; an event may be as old as it likes."""
    dated, level = figures.start > 0, figures.fresh & figures.level
    events = [id for id, known in figures.facts.metrics.items() if known.nature in ("event", "target")]
    plain = level & dated & ~np.isin(figures.metric, events)
    turned = level & dated & (figures.end > 0) & (figures.end <= figures.start)
    future = plain & figures.settled & (figures.start > today.toordinal()) & ~turned
    old = plain & (figures.start < EARLIEST.toordinal()) & ~turned
    for rows, find in ((turned, _turned), (future, _future), (old, _old)):
        for row in np.flatnonzero(rows):
            yield find(int(row), _written(figures, int(row)))


def _turned(row: int, period: str) -> Finding:
    return Finding(row, "period", msg("The period ends before it begins ({period}).", period=period),
                   msg("Correct the days of its period."))  # fmt: skip


def _future(row: int, period: str) -> Finding:
    return Finding(row, "period", msg("The figure is called actual, but {period} has not begun.", period=period),
                   msg("Correct the period, or call the figure a forecast, a target or planned."))  # fmt: skip


def _old(row: int, period: str) -> Finding:
    return Finding(row, "period", msg("{period} is before {year}; it may be a slip, or no year at all.",
                                      period=period, year=EARLIEST.year),
                   msg("Correct the period, or keep it if it is right."))  # fmt: skip


def odd_lengths(figures: Figures) -> Iterator[Finding]:
    """Find the few figures for quarters, say, of a metric that comes in years."""
    length = _lengths(figures)
    dated = figures.level & (length >= 0)
    if not dated.any():
        return
    metric = group_codes(figures.metric)
    count = np.bincount(metric[dated], minlength=int(metric.max()) + 1)
    for code in range(len(NAMES)):
        share = np.bincount(metric[dated & (length == code)], minlength=len(count)) / np.maximum(count, 1)
        usual = (count >= ENOUGH) & (share >= USUAL)
        for row in np.flatnonzero(figures.fresh & dated & (length != code) & usual[metric]):
            yield _odd(int(row), _written(figures, int(row)), [*NAMES.values()][code])


def _odd(row: int, period: str, usual: Text) -> Finding:
    return Finding(row, "length", msg("{period} is a period of another length: the metric comes in {usual}.",
                                      period=period, usual=usual),
                   msg("Correct the period, or give such figures a metric of their own."))  # fmt: skip


def _lengths(figures: Figures) -> Ints:
    """Return the place of each row's length in LENGTHS, one more for other spans, -1 for no period."""
    days = figures.end - figures.start
    found = np.full(len(days), len(LENGTHS))
    for code, (least, most) in enumerate(LENGTHS.values()):
        found[(days >= least) & (days <= most)] = code
    found[_undated(figures)] = -1
    return found


def _undated(figures: Figures) -> Flags:
    return np.asarray((figures.start <= 0) | (figures.end <= figures.start))


def _written(figures: Figures, row: int) -> str:
    start, end = (date.fromordinal(int(day)) if day > 0 else None for day in (figures.start[row], figures.end[row]))
    days = Period(start.isoformat() if start else None, end.isoformat() if end else None, "")
    if start and end and start < end:
        return days.format()
    return f"{start} – {end}"
