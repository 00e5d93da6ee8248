"""How a record is called when another one refers to it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, text

from storage.domain.fields import Ref
from storage.domain.names import KnownName
from storage.domain.text import msg
from storage.errors import InvalidInput

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


def entity_kind(connection: Connection, id: int) -> str:
    """Return whether an entity is a cluster, an organisation or a region."""
    kind = connection.execute(text("SELECT kind FROM entity WHERE id = :i"), {"i": id}).scalar()
    if kind is None:
        raise InvalidInput(msg("There is no record no. {id}.", id=id))
    return str(kind)


def refs(connection: Connection, kind: str, ids: Collection[int]) -> dict[int, Ref]:
    """Return the names of records by id; ids that are not there are left out."""
    if not ids:
        return {}
    rows = connection.execute(
        text(f"{NAMES[name_table(kind)]} WHERE id IN (SELECT value FROM json_each(:ids))"),
        {"ids": json.dumps(sorted(ids))},
    )
    return {row[0]: Ref(row[0], row[1], row[2]) for row in rows}


KNOWN = {
    "entity": "SELECT id, kind, name, name_ko, NULL, code FROM entity",
    "metric": "SELECT id, 'metric', name, name_ko, NULL, code FROM metric",
    "sector": "SELECT id, classification, name, name_ko, NULL, code FROM sector",
    "unit": "SELECT id, 'unit', name, name_ko, code, code FROM unit",
    "source": "SELECT id, 'source', title, NULL, NULL, url FROM source",
}
ALIASES = "SELECT entity_id, name FROM alias ORDER BY id"
PLACES = "SELECT subject_id, object_id FROM relation WHERE type IN ('located in', 'part of') ORDER BY id"


def known_names(connection: Connection, kind: str) -> list[KnownName]:
    """Return all records of a kind (entity, metric, sector, unit, source) with every name they go by."""
    aliases = _gathered(connection, ALIASES) if kind == "entity" else {}
    places = _gathered(connection, PLACES) if kind == "entity" else {}
    return [
        KnownName(id, own_kind, name, tuple(filter(None, (name, *others, *aliases.get(id, ())))), code or "",
                  tuple(places.get(id, ())), others[0] or "")
        for id, own_kind, name, *others, code in connection.execute(text(KNOWN[kind]))
    ]  # fmt: skip


def _gathered(connection: Connection, sql: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for owner, value in connection.execute(text(sql)):
        found[owner].append(value)
    return found
