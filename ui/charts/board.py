"""What the catalogue says about a choice: everything that the workbench shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.domain.comparison import Comparison
from storage.domain.fields import Ref
from storage.domain.periods import Period
from storage.domain.summary import Series

NOTHING = Comparison(())


@dataclass(frozen=True, slots=True)
class Offer:
    """A metric that some of the records have figures for."""

    metric: Ref
    records: int
    figures: int


@dataclass(frozen=True, slots=True)
class Board:
    """The records in order, the metrics on offer and the chosen ones, and their figures.

    `scenarios` are those in force, `all_scenarios` and `periods` what there is to choose from.
    """

    records: tuple[Ref, ...] = ()
    offers: tuple[Offer, ...] = ()
    metrics: tuple[Ref, ...] = ()
    series: tuple[Series, ...] = ()
    comparison: Comparison = NOTHING
    scenarios: tuple[str, ...] = ()
    all_scenarios: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    facts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
