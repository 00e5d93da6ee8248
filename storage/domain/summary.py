"""Figures gathered for a chart, a trend line or a table: which, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.domain.fields import Ref
from storage.domain.periods import Period
from storage.domain.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Summary:
    """Which figures: entities x metrics, limited by scenario, scope and dates (ISO, half-open) where given."""

    entities: tuple[int, ...]
    metrics: tuple[int, ...] = ()
    scenarios: tuple[str, ...] = ()
    scope: str | None = None
    sector: int | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One figure with what a reader needs to trust it; `competing` counts the other figures of its conflict set."""

    observation: int
    period: Period | None
    quantity: Quantity | None
    text: str
    status: str
    scenario: str
    measure: str
    preferred: bool
    competing: int
    source: str
    locator: str
    quote: str
    note: str

    @property
    def amount(self) -> float | None:
        """Value times multiplier."""
        return _scaled(self.quantity, "value")

    @property
    def low(self) -> float | None:
        """Lower bound times multiplier."""
        return _scaled(self.quantity, "low")

    @property
    def high(self) -> float | None:
        """Upper bound times multiplier."""
        return _scaled(self.quantity, "high")


def _scaled(quantity: Quantity | None, part: str) -> float | None:
    number = getattr(quantity, part) if quantity else None
    return None if quantity is None or number is None else number * quantity.multiplier


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one entity and metric (and sector, scope, unit), by period, the preferred one of a set first."""

    entity: Ref
    metric: Ref
    unit: Ref | None
    sector: Ref | None
    scope: str
    points: tuple[Point, ...]
