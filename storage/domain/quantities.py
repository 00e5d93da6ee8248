"""Quantities as people write them: value, bounds, precision and multiplier."""

from __future__ import annotations

from dataclasses import dataclass

PRECISIONS = ("exact", "about", "at least", "more than", "up to", "at most")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as stated: the amount is value x multiplier; no value means missing.

    `unit` and `status` are filled only where the text itself says them ("12.3%", "123 p").
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    precision: str = "exact"
    multiplier: float = 1.0
    text: str = ""
    unit: str = ""
    status: str = ""
