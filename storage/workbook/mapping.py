"""Which column means what: the recipe that is shown, corrected, stored and used again."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.domain.text import Text

ROLES = (
    "entity",
    "entity.code",
    "entity.ko",
    "entity.parent",
    "entity.parent.code",
    "entity.kind",
    "metric",
    "metric.code",
    "measure",
    "sector",
    "sector.code",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "multiplier",
    "scope",
    "scenario",
    "precision",
    "status",
    "note",
    "source",
    "url",
    "attribute",
    "ignore",
)
NO_REASON = Text("")


@dataclass(frozen=True, slots=True)
class ColumnRole:
    """One column: its place from 0, its header, its role and how sure the guess is (0 to 1).

    Roles are ROLES, or `value:METRIC`, `value@PERIOD`, `value:METRIC@PERIOD`. `unit` and `multiplier`
    come from the header; `fill_down` says that a blank repeats the cell above.
    """

    index: int
    header: str
    role: str
    confidence: float = 1.0
    reason: Text = NO_REASON
    unit: str = ""
    multiplier: float = 1.0
    fill_down: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one sheet is read; rows count from 0, `last_row` is inclusive, `decimal` is "." or ","."""

    sheet: str
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[ColumnRole, ...]
    constants: dict[str, str] = field(default_factory=dict, hash=False)
    decimal: str = "."
