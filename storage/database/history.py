"""The journal told to a person: which field of which record went from what to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from storage.database.journal import revisions
from storage.database.names import name_table, refs
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
    names = [part.name for part in tables_of(kind)]
    marks = ", ".join(f":t{n}" for n in range(len(names)))
    rows = connection.execute(
        text(f"""SELECT revision_id, record_table, row_id, action, before, after FROM change
                 WHERE record_table IN ({marks}) AND row_id = :i ORDER BY id DESC LIMIT :n"""),
        {f"t{n}": name for n, name in enumerate(names)} | {"i": id, "n": limit},
    ).all()
    told = _told(connection, rows)
    return [change for change in told if column is None or change.column == column]


def _told(connection: Connection, rows: Sequence[Any]) -> list[FieldChange]:
    known = _revisions_of(connection, {row[0] for row in rows})
    titles = _titles(connection, rows)
    kinds = _entity_kinds(connection, {row[2] for row in rows if row[1] == "entity"})
    found = []
    for number, name, row_id, action, before, after in rows:
        old, new = stored(name, before), stored(name, after)
        kind = kinds.get(row_id) or str((old or new).get("kind") or "cluster") if name == "entity" else name
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


def _entity_kinds(connection: Connection, ids: set[int]) -> dict[int, str]:
    listed = ", ".join(str(id) for id in sorted(ids)) or "0"
    return {row[0]: row[1] for row in connection.execute(text(f"SELECT id, kind FROM entity WHERE id IN ({listed})"))}


def _titles(connection: Connection, rows: Sequence[Any]) -> dict[tuple[str, int], str]:
    """Return what each touched record is called now, or was called when it was deleted."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row[1]].add(row[2])
    titles: dict[tuple[str, int], str] = {}
    for name, ids in wanted.items():
        now = refs(connection, name_table(name) if name in ENTITY_KINDS else name, ids)
        titles |= {(name, id): now[id].name if id in now else "" for id in ids}
    for _, name, row_id, _, before, after in rows:
        if not titles[name, row_id]:
            row = stored(name, before) | stored(name, after)
            titles[name, row_id] = str(row.get("name") or row.get("title") or row.get("locator") or f"no. {row_id}")
    return titles
