"""Which figures other people are asked for: the order for a template that they fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SheetFor = Literal["record", "metric"]


@dataclass(frozen=True)
class Collection:
    """Records x metrics x periods (as written), a sheet for each record or each metric.

    Without records those are asked about that have figures of the metrics; without metrics those that the records
    have figures of. `contact` and `due` are told on the sheets as they are given.
    """

    records: tuple[int, ...] = ()
    metrics: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    sheet_for: SheetFor = "record"
    language: str = "en"
    contact: str = ""
    due: str = ""
