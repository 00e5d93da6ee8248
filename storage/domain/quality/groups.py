"""Robust statistics of groups: medians and their spread, worked out for all groups at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

NORMAL = 1.4826  # the median deviation of a normal distribution times this is its standard deviation
MOST_CODES = 2**62  # what a number of 64 bits holds with a bit to spare
WIDEST = 2**24  # range of whole numbers that are taken as they are


def group_codes(*columns: NDArray[Any]) -> NDArray[np.int64]:
    """Return a number from 0 for each row, the same for rows that are alike in every column."""
    codes, span = np.zeros(len(columns[0]), np.int64), 1
    for column in columns if len(codes) else ():
        place, width = _numbered(column)
        if span * width > MOST_CODES:
            found, codes = np.unique(codes, return_inverse=True)
            span = len(found)
        codes, span = codes * width + place, span * width
    return np.asarray(np.unique(codes, return_inverse=True)[1], np.int64)


def _numbered(column: NDArray[Any]) -> tuple[NDArray[np.int64], int]:
    """Return numbers from 0 for the values, and how many there may be; whole numbers need no sorting."""
    if column.dtype.kind == "i":
        least = int(column.min())
        width = int(column.max()) - least + 1
        if width <= WIDEST:
            return column - least, width
    values, place = np.unique(column, return_inverse=True)
    return place, len(values)


@dataclass(frozen=True, eq=False)
class Spread:
    """Count, median and spread (as a standard deviation, from the median deviation) of each group."""

    count: NDArray[np.int64]
    median: NDArray[np.float64]
    spread: NDArray[np.float64]


def spread_of(groups: NDArray[np.int64], values: NDArray[np.float64], used: NDArray[np.bool_]) -> Spread:
    """Return the robust statistics of the used values of every group; NaN for groups without any."""
    size = int(groups.max()) + 1 if len(groups) else 0
    groups, values = groups[used], values[used]
    count = np.bincount(groups, minlength=size)
    median = _medians(groups, values, count)
    return Spread(count, median, NORMAL * _medians(groups, np.abs(values - median[groups]), count))


def _medians(groups: NDArray[np.int64], values: NDArray[np.float64], count: NDArray[np.int64]) -> NDArray[np.float64]:
    found = np.full(len(count), np.nan)
    there = count > 0
    ordered = values[np.lexsort((values, groups))]
    first = (np.cumsum(count) - count)[there]
    low, high = first + (count[there] - 1) // 2, first + count[there] // 2
    found[there] = (ordered[low] + ordered[high]) / 2
    return found


def only_held(groups: NDArray[np.int64], codes: NDArray[np.int64], held: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the one code that the held rows of each group have, -1 for none or several."""
    size = int(groups.max()) + 1 if len(groups) else 0
    least, most = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
    np.minimum.at(least, groups[held], codes[held])
    np.maximum.at(most, groups[held], codes[held])
    return np.where(least == most, most, -1)
