"""What a workbook says once it is understood: figures with names not yet matched to the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from storage.domain.periods import Period
from storage.domain.problem import Problem
from storage.domain.quantities import Quantity


@dataclass(frozen=True, slots=True)
class EntityName:
    """Who a figure is about, as the file names it; `parent` is the region or complex it lies in."""

    name: str
    code: str = ""
    name_ko: str = ""
    parent: EntityName | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MetricName:
    """What was measured, as the file names it."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class SectorName:
    """The industry or category that a figure is limited to."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class StagedFigure:
    """One figure with everything the file says about it; `cell` is the address of the number."""

    cell: str
    entity: EntityName
    metric: MetricName
    sector: SectorName | None
    period: Period | None
    quantity: Quantity
    unit: str = ""
    status: str = ""
    scope: str = ""
    scenario: str = ""
    note: str = ""
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class StagedField:
    """What one row says of a field of its record; a blank `field` says only that there is such a record."""

    cell: str
    entity: EntityName
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class StagedRelation:
    """What one row says of two records: "succeeds" and whom."""

    cell: str
    entity: EntityName
    type: str
    other: EntityName


@dataclass(frozen=True)
class Staged:
    """Figures, fields of records and findings of one sheet; `ignored` counts the filled cells left out on purpose.

    `doubts` are findings that keep nothing out, such as a total that is not the sum of its parts.
    """

    sheet: str
    rows: tuple[StagedFigure, ...]
    problems: tuple[Problem, ...]
    ignored: int
    fields: tuple[StagedField, ...] = ()
    doubts: tuple[Problem, ...] = ()
    relations: tuple[StagedRelation, ...] = ()
