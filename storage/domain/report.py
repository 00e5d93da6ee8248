"""A report workbook of the analyst's own: which of its cells show which figures, and what they showed last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

PAGE = "report"  # under which reports lie among the saved views


class Shows(StrEnum):
    """What of a figure a cell shows."""

    VALUE = "value"
    TEXT = "text"
    PERIOD = "period"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figure: of whom, what, and when (blank: the latest)."""

    entity: int
    metric: int
    period: str = ""
    sector: int | None = None
    scope: str = ""
    scenario: str = "actual"
    measure: str = "level"


@dataclass(frozen=True, slots=True)
class MappedCell:
    """One cell of the report and the figure that it shows; the value is divided by `divisor`."""

    sheet: str
    cell: str
    wanted: Wanted
    shows: Shows = Shows.VALUE
    divisor: float = 1.0

    @property
    def key(self) -> str:
        """What the cell is remembered by."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True)
class Report:
    """A mapping under a name; `last` is what was filled in last, by the cell's key; `id` where it is kept."""

    name: str
    cells: tuple[MappedCell, ...] = ()
    last: Mapping[str, float | str] = field(default_factory=dict)
    id: int | None = None

    def with_cells(self, cells: tuple[MappedCell, ...]) -> Report:
        """Return the report with these cells mapped; a cell that was mapped before is mapped anew."""
        mapped = {cell.key: cell for cell in (*self.cells, *cells)}
        return replace(self, cells=tuple(mapped.values()))

    def without(self, keys: frozenset[str]) -> Report:
        """Return the report without some of its cells."""
        return replace(self, cells=tuple(cell for cell in self.cells if cell.key not in keys))

    def to_json(self) -> str:
        """Return cells and last values as text."""
        kept = {"cells": [asdict(cell) for cell in self.cells], "last": dict(self.last)}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_json(name: str, text: str, id: int | None = None) -> Report:
        """Return the report that `to_json` wrote."""
        kept = json.loads(text)
        cells = [
            MappedCell(**{**cell, "wanted": Wanted(**cell["wanted"]), "shows": Shows(cell["shows"])})
            for cell in kept["cells"]
        ]
        return Report(name, tuple(cells), kept["last"], id)
