"""How a record is called when another one refers to it."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, text

from storage.domain.fields import Ref

NAMES = {
    "entity": "SELECT id, name, coalesce(name_ko, '') FROM entity",
    "sector": "SELECT id, name, coalesce(name_ko, '') FROM sector",
    "unit": "SELECT id, name, coalesce(name_ko, '') FROM unit",
    "metric": "SELECT id, name, coalesce(name_ko, '') FROM metric",
    "source": "SELECT id, title, '' FROM source",
    "passage": "SELECT * FROM (SELECT p.id, s.title || ', ' || p.locator, '' FROM passage p"
    " JOIN source s ON s.id = p.source_id) AS named",
    "alias": "SELECT id, name, '' FROM alias",
    "view": "SELECT id, name, '' FROM view",
    "recipe": "SELECT id, name, '' FROM recipe",
    "relation": "SELECT * FROM (SELECT r.id, s.name || ' · ' || r.type || ' · ' || o.name, '' FROM relation r"
    " JOIN entity s ON s.id = r.subject_id JOIN entity o ON o.id = r.object_id) AS named",
    "specialisation": "SELECT * FROM (SELECT p.id, e.name || ' · ' || s.name, '' FROM specialisation p"
    " JOIN entity e ON e.id = p.entity_id JOIN sector s ON s.id = p.sector_id) AS named",
    "observation": "SELECT * FROM (SELECT o.id, e.name || ' · ' || m.name || coalesce(' · ' || o.period, ''),"
    " coalesce(e.name_ko, e.name) || ' · ' || coalesce(m.name_ko, m.name) || coalesce(' · ' || o.period, '')"
    " FROM observation o JOIN entity e ON e.id = o.entity_id JOIN metric m ON m.id = o.metric_id) AS named",
}


def name_table(kind: str) -> str:
    """Return the key of NAMES under which records of the kind are called."""
    return "entity" if kind in ("cluster", "organisation", "region") else kind


def refs(connection: Connection, kind: str, ids: Collection[int]) -> dict[int, Ref]:
    """Return the names of records by id; ids that are not there are left out."""
    if not ids:
        return {}
    rows = connection.execute(
        text(f"{NAMES[name_table(kind)]} WHERE id IN (SELECT value FROM json_each(:ids))"),
        {"ids": json.dumps(sorted(ids))},
    )
    return {row[0]: Ref(row[0], row[1], row[2]) for row in rows}
