"""The journal told to a person: which field of which record went from what to what."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from storage.database.journal import revisions
from storage.database.names import refs
from storage.database.tables import ENTITY_KINDS, stored, table, tables_of
from storage.domain.changes import FieldChange, Revision

HIDDEN = {"id", "kind"}


def revision_changes(connection: Connection, number: int, limit: int) -> list[FieldChange]:
    """Return what a revision did, field by field, at most `limit` rows of it."""
    rows = connection.execute(
        text("""SELECT revision_id, record_table, row_id, action, before, after FROM change
                WHERE revision_id = :r ORDER BY id LIMIT :n"""), {"r": number, "n": limit},
    ).all()  # fmt: skip
    return _told(connection, rows)


def record_changes(connection: Connection, kind: str, id: int, column: str | None, limit: int) -> list[FieldChange]:
    """Return the history of a record, or of one of its columns, newest first."""
    rows = connection.execute(
        text("""SELECT revision_id, record_table, row_id, action, before, after FROM change
                WHERE record_table IN (SELECT value FROM json_each(:t)) AND row_id = :i
                AND (:c IS NULL OR json_type(coalesce(after, before), '$.' || :c) IS NOT NULL)
                ORDER BY id DESC LIMIT :n"""),
        {"t": json.dumps([part.name for part in tables_of(kind)]), "i": id, "c": column, "n": limit},
    ).all()
    return [change for change in _told(connection, rows) if column in (None, change.column)]


def _told(connection: Connection, rows: Sequence[Any]) -> list[FieldChange]:
    known = _revisions_of(connection, {row[0] for row in rows})
    gone = _last_states(connection, rows)
    titles = _titles(connection, rows, gone)
    kinds = _entity_kinds(connection, rows, gone)
    found = []
    for number, name, row_id, action, before, after in rows:
        old, new = stored(name, before), stored(name, after)
        kind = kinds[row_id] if name == "entity" else name
        columns = [c.name for c in table(name).columns if c.name in old | new and c.name not in HIDDEN]
        found += [
            FieldChange(
                known[number], kind, row_id, titles[name, row_id], action, column, old.get(column), new.get(column)
            )
            for column in columns
        ]
    return found


def _revisions_of(connection: Connection, numbers: set[int]) -> dict[int, Revision]:
    if not numbers:
        return {}
    listed = ", ".join(str(number) for number in sorted(numbers))
    return {found.id: found for found in revisions(connection, f"r.id IN ({listed})")}


def _last_states(connection: Connection, rows: Sequence[Any]) -> dict[tuple[str, int], dict[str, Any]]:
    """Return what the touched rows were when they were last deleted, those that ever were."""
    touched: dict[str, set[int]] = defaultdict(set)
    for _, name, row_id, *_ in rows:
        touched[_named_in(name)].add(row_id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for name, ids in touched.items():
        deleted = connection.execute(
            text("""SELECT row_id, before FROM change WHERE record_table = :t AND action = 'delete'
                    AND row_id IN (SELECT value FROM json_each(:ids)) ORDER BY id"""),
            {"t": name, "ids": json.dumps(sorted(ids))},
        )
        found |= {(name, row_id): stored(name, before) for row_id, before in deleted}
    return found


Gone = Mapping[tuple[str, int], Mapping[str, Any]]


def _entity_kinds(connection: Connection, rows: Sequence[Any], gone: Gone) -> dict[int, str]:
    ids = {row[2] for row in rows if row[1] == "entity"}
    now = connection.execute(
        text("SELECT id, kind FROM entity WHERE id IN (SELECT value FROM json_each(:ids))"),
        {"ids": json.dumps(sorted(ids))},
    )
    return {id: str(gone["entity", id]["kind"]) for id in ids if ("entity", id) in gone} | {r[0]: r[1] for r in now}


def _titles(connection: Connection, rows: Sequence[Any], gone: Gone) -> dict[tuple[str, int], str]:
    """Return what each touched record is called now, or was called when it was deleted."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row[1]].add(row[2])
    titles: dict[tuple[str, int], str] = {}
    for name, ids in wanted.items():
        now = refs(connection, _named_in(name), ids)
        for id in ids:
            was = gone.get((_named_in(name), id), {})
            called = was.get("name") or was.get("title") or was.get("locator") or f"no. {id}"
            titles[name, id] = now[id].name if id in now else str(called)
    return titles


def _named_in(name: str) -> str:
    """Return the table that holds the names of a table's records."""
    return "entity" if name in ENTITY_KINDS else name
