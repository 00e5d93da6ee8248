"""Which rows of an open revision break the ties between records, asked of those rows alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Index, Table, text

from storage.database.tables import table


@dataclass(frozen=True, slots=True)
class Dangling:
    """A row that refers to a record which is not there."""

    child: str
    row_id: int
    parent: str
    parent_id: int


def dangling(connection: Connection, revision: int) -> Dangling | None:
    """Return a row that the revision wrote and that refers to nothing; None when every reference holds.

    SQLite itself checks again on commit, but without saying which row it was.
    """
    names = connection.execute(
        text("SELECT DISTINCT record_table FROM change WHERE revision_id = :r AND action <> 'delete'"), {"r": revision}
    ).scalars()
    for name in names.all():
        for key in table(name).foreign_keys:
            column, parent = key.parent.name, key.column.table.name
            row = connection.execute(
                text(f"""SELECT x.id, x."{column}" FROM change c CROSS JOIN "{name}" x ON x.id = c.row_id
                         WHERE c.revision_id = :r AND c.record_table = :t AND x."{column}" IS NOT NULL
                         AND NOT EXISTS (SELECT 1 FROM "{parent}" p WHERE p.id = x."{column}") LIMIT 1"""),
                {"r": revision, "t": name},
            ).first()
            if row is not None:
                return Dangling(name, row[0], parent, row[1])
    return None


def holders(connection: Connection, part: Table, rows: Sequence[Mapping[str, Any]]) -> int | None:
    """Return a row, other than these, that has a unique key which one of these needs; None when all are free."""
    named = ", ".join(f"json_extract(value, '$.{column.name}') AS \"{column.name}\"" for column in part.columns)
    for index in part.indexes:
        if not index.unique:
            continue
        keys, only = _key(index)
        found = connection.execute(
            text(f"""SELECT id FROM "{part.name}" WHERE ({keys}) IN
                     (SELECT {keys} FROM (SELECT {named} FROM json_each(:rows)) WHERE {only})
                     AND {only} AND id NOT IN (SELECT json_extract(value, '$.id') FROM json_each(:rows)) LIMIT 1"""),
            {"rows": json.dumps(rows)},
        ).scalar()
        if found is not None:
            return int(found)
    return None


def _key(index: Index) -> tuple[str, str]:
    """Return what a unique index compares, as SQL, and for which rows it counts."""
    keys = ", ".join(f'"{part.name}"' if isinstance(part, Column) else str(part) for part in index.expressions)
    only = index.dialect_options["sqlite"]["where"]
    return keys, "1" if only is None else str(only)
