"""What an indicator gives: its values, and why there is none where it is undefined."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from storage.domain.text import Text, msg

Array: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_] | np.bool_
NEVER = np.False_
ROUNDING = 1e-12  # relative; what the last digits of sums of doubles may differ by


class Reason(IntEnum):
    """Why a value is blank; where several hold, the smaller number is given."""

    NONE = 0
    MISSING = 1
    NEGATIVE = 2
    ZERO_DENOMINATOR = 3
    ZERO_TOTAL = 4
    PART_EXCEEDS_WHOLE = 5
    START_NOT_POSITIVE = 6
    ONE_FIGURE = 7
    SAME_PERIOD = 8
    BREAK = 9
    NO_SPREAD = 10
    SINGLE_PLANT = 11
    NO_TIES = 12
    FIRST_YEAR = 13

    @property
    def text(self) -> Text | None:
        """The reason as a sentence; None where there is none, since the value is defined."""
        return _TEXTS.get(self)


_TEXTS = {
    Reason.MISSING: msg("A figure that the formula needs is missing."),
    Reason.NEGATIVE: msg("A figure is below zero, where only amounts from zero up can be meant."),
    Reason.ZERO_DENOMINATOR: msg("The figure to divide by is zero."),
    Reason.ZERO_TOTAL: msg("The figures add up to zero, so there are no shares."),
    Reason.PART_EXCEEDS_WHOLE: msg("A part is larger than its whole: the figures do not belong together."),
    Reason.START_NOT_POSITIVE: msg("The first figure is not above zero, so there is no rate of growth."),
    Reason.ONE_FIGURE: msg("There is only one figure; at least two are needed."),
    Reason.SAME_PERIOD: msg("Both figures are of the same period."),
    Reason.BREAK: msg("There is a break in the series between the two figures."),
    Reason.NO_SPREAD: msg("The figures to compare with are all the same."),
    Reason.SINGLE_PLANT: msg("One firm alone makes up the industry."),
    Reason.NO_TIES: msg("There are no ties."),
    Reason.FIRST_YEAR: msg("The firm was in its first year."),
}


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """Values of any shape, NaN where undefined; `reasons` has the same shape and holds a `Reason` for each."""

    values: Array
    reasons: NDArray[np.uint8]

    def reason(self, *place: int) -> Reason:
        """Why the value at a place is undefined; `Reason.NONE` where it is defined."""
        return Reason(int(self.reasons[place]))

    def __getitem__(self, place: Any) -> Result:
        return Result(np.asarray(self.values[place]), np.asarray(self.reasons[place]))

    def scaled(self, factor: float) -> Result:
        """The same in another unit: a Herfindahl index in points is `scaled(10_000)`."""
        return Result(self.values * factor, self.reasons)


def array(values: ArrayLike) -> Array:
    """Return the figures as numbers; None and NaN are missing."""
    return np.asarray(values, np.float64)


def settle(values: ArrayLike, *rules: tuple[Reason, Mask]) -> Result:
    """Blank the values to which a rule applies; what is then no finite number is missing.

    Each rule is a reason and a mask that broadcasts to the values.
    """
    found = array(values).copy()
    reasons = np.zeros(found.shape, np.uint8)
    for reason, mask in (*sorted(rules, key=lambda rule: rule[0]), (Reason.MISSING, ~np.isfinite(found))):
        reasons[np.broadcast_to(mask, found.shape) & (reasons == Reason.NONE)] = reason
    found[reasons != Reason.NONE] = np.nan
    return Result(found, reasons)


def carried(result: Result) -> list[tuple[Reason, Mask]]:
    """Return the reasons of a result as rules for what is worked out from it."""
    return [(reason, result.reasons == reason) for reason in Reason if reason]


def exceeds(part: Array, whole: Array) -> Mask:
    """Where a part is larger than its whole by more than rounding."""
    return np.asarray(part > whole * (1 + ROUNDING))


def missing(*arrays: Array) -> Mask:
    """Where at least one of the figures is missing; the arrays broadcast."""
    mask: Mask = np.isnan(arrays[0])
    for each in arrays[1:]:
        mask = mask | np.isnan(each)
    return mask


def divided(numerator: Array, denominator: Array) -> Array:
    """The quotient, NaN where the denominator is zero."""
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    quotient = np.full(shape, np.nan)
    np.divide(numerator, denominator, out=quotient, where=np.broadcast_to(denominator != 0, shape))
    return quotient


def shares(parts: Array) -> Array:
    """Each part by the sum along the last axis, NaN where that is zero."""
    return divided(parts, parts.sum(axis=-1, keepdims=True))


def part_rules(parts: Array) -> tuple[tuple[Reason, Mask], ...]:
    """What makes an index of shares undefined; the parts lie along the last axis."""
    return (
        (Reason.MISSING, np.isnan(parts).any(axis=-1)),
        (Reason.NEGATIVE, (parts < 0).any(axis=-1)),
        (Reason.ZERO_TOTAL, parts.sum(axis=-1) == 0),
    )
