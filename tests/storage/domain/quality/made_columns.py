"""Figures for the checks, with only what a test is about."""

from typing import Any

from storage.domain.quality.figures import COLUMNS, EntityFacts, Facts, Figures, MetricFacts, Origin, UnitFacts

USUAL: dict[str, Any] = {
    "entity_id": 1, "metric_id": 1, "period_start": "2015-01-01", "period_end": "2016-01-01", "value": 100.0,
    "multiplier": 1.0, "scope": "", "scenario": "actual", "measure": "level", "status": "A",
}  # fmt: skip


def facts(
    metric: MetricFacts | None = None,
    units: dict[int, UnitFacts] | None = None,
    entities: dict[int, EntityFacts] | None = None,
) -> Facts:
    """What is known: one metric of firms, and the units and records given."""
    return Facts({1: UnitFacts("firms", "firms")} | (units or {}), {1: metric or MetricFacts("Firms")}, entities or {})


def year(number: int, value: float, **more: Any) -> dict[str, Any]:
    """One figure of a year."""
    return {"period_start": f"{number}-01-01", "period_end": f"{number + 1}-01-01", "value": value} | more


def figures(*fresh: dict[str, Any], held: tuple[dict[str, Any], ...] = (), known: Facts | None = None,
            origins: tuple[Origin, ...] = ()) -> Figures:  # fmt: skip
    """Figures of a workbook, and those held by the catalogue."""
    rows = [USUAL | row for row in (*fresh, *held)]
    return Figures.of([[row.get(name) for row in rows] for name in COLUMNS], len(fresh), known or facts(), origins)
