"""What a person says about how to read a workbook; apart, since reading itself is heavy to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NO_RECIPE = "none"


@dataclass(frozen=True)
class Options:
    """What a person says about a workbook: sheet, header row (from 1), roles by header, constants, a known recipe.

    `area` ("A5:F20") is the one table that is to be read where a sheet has several. Constants may also say what the
    headers above figures name (`across`: entity or metric), what rows of a name alone are (`groups`: entity.parent,
    metric, period, indented or none) and whether totals are read (`totals`: keep).
    """

    sheet: str | None = None
    header_row: int | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    recipe: str | None = None  # NO_RECIPE to read it afresh
    area: str = ""
