"""A Summary as SQL: figures with their sources, gathered into series."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from storage.database.names import refs
from storage.domain.fields import QuantityOf, Ref
from storage.domain.periods import Period
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series, Summary

FIGURES = """
    SELECT o.*, s.title AS source_title, p.locator AS passage_locator, p.quote AS quote,
        coalesce(o.unit_id, m.unit_id) AS shown_unit,
        (SELECT u.code FROM unit u WHERE u.id = coalesce(o.unit_id, m.unit_id)) AS unit_code,
        (SELECT count(*) FROM observation c WHERE c.entity_id = o.entity_id AND c.metric_id = o.metric_id
            AND c.sector_id IS o.sector_id AND c.period_start IS o.period_start AND c.period_end IS o.period_end
            AND c.scope = o.scope AND c.scenario = o.scenario AND c.measure = o.measure AND c.id <> o.id
            AND o.period_start IS NOT NULL) AS competing
    FROM observation o JOIN metric m ON m.id = o.metric_id
    LEFT JOIN passage p ON p.id = o.passage_id LEFT JOIN source s ON s.id = p.source_id
    WHERE o.entity_id IN (SELECT value FROM json_each(:entities))
        AND (:metrics = '[]' OR o.metric_id IN (SELECT value FROM json_each(:metrics)))
        AND (:scenarios = '[]' OR o.scenario IN (SELECT value FROM json_each(:scenarios)))
        AND (:scope IS NULL OR o.scope = :scope) AND (:sector IS NULL OR o.sector_id = :sector)
        AND (:start IS NULL OR o.period_end > :start) AND (:end IS NULL OR o.period_start < :end)
    ORDER BY o.metric_id, o.period_start IS NULL, o.period_start, o.preferred DESC, o.id"""


def select_series(connection: Connection, summary: Summary) -> list[Series]:
    """Return a series for each entity, metric, sector, scope and unit that has figures, in the order asked for."""
    rows = connection.execute(
        text(FIGURES),
        {
            "entities": json.dumps(summary.entities), "metrics": json.dumps(summary.metrics),
            "scenarios": json.dumps(summary.scenarios), "scope": summary.scope, "sector": summary.sector,
            "start": summary.start, "end": summary.end,
        },
    ).mappings()  # fmt: skip
    groups: dict[tuple[Any, ...], list[Point]] = defaultdict(list)
    for row in rows:
        key = (row["metric_id"], row["entity_id"], row["sector_id"], row["scope"], row["shown_unit"])
        groups[key].append(_point(row))
    return _named(connection, groups, summary)


def _named(connection: Connection, groups: dict[tuple[Any, ...], list[Point]], summary: Summary) -> list[Series]:
    metrics = refs(connection, "metric", {key[0] for key in groups})
    entities = refs(connection, "entity", {key[1] for key in groups})
    sectors = refs(connection, "sector", {key[2] for key in groups if key[2]})
    units = refs(connection, "unit", {key[4] for key in groups if key[4]})
    found = [
        Series(entities[entity], metrics[metric], units.get(unit), sectors.get(sector), scope, tuple(points))
        for (metric, entity, sector, scope, unit), points in groups.items()
    ]
    return sorted(
        found, key=lambda series: (_place(summary.metrics, series.metric), _place(summary.entities, series.entity))
    )


def _place(wanted: Sequence[int], ref: Ref) -> tuple[int, str]:
    return (wanted.index(ref.id), "") if ref.id in wanted else (len(wanted), ref.name)


def _point(row: RowMapping) -> Point:
    stated = row["period"] is not None or row["period_start"] is not None
    quantity: Quantity | None = QuantityOf().read("value", dict(row))
    return Point(
        observation=row["id"],
        period=Period(row["period_start"], row["period_end"], row["period"] or "") if stated else None,
        quantity=quantity,
        text=row["value_text"] or "",
        status=row["status"],
        scenario=row["scenario"],
        measure=row["measure"],
        preferred=bool(row["preferred"]),
        competing=row["competing"],
        source=row["source_title"] or "",
        locator=row["locator"] or row["passage_locator"] or "",
        quote=row["quote"] or "",
        note=row["note"] or "",
    )
