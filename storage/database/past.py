"""Records as they stood after an earlier revision: the journal walked back, for those alone that it tells of."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Connection, select, text

from storage.database.expressions import Shape
from storage.database.tables import stored, tables_of, untold

State = dict[str, Any] | None


def select_now(
    connection: Connection, kind: str, columns: Sequence[str], ids: Collection[int] | None = None
) -> list[tuple[Any, ...]]:
    """Return (id, *columns) as they are stored, for those ids that are there, or for every record of the kind."""
    shape = Shape(kind)
    wanted = [shape.id, *(shape.column(name).label(name) for name in columns)]
    statement, values = select(*wanted).select_from(shape.source), {}
    if ids is None:
        statement = statement.order_by(shape.id)
    else:
        statement = statement.where(shape.id.in_(text("SELECT value FROM json_each(:ids)")))
        values = {"ids": json.dumps([int(id) for id in ids])}
    # a million rows straight from the driver: SQLAlchemy's own take three times as long
    cursor: Any = connection.execute(statement, values).cursor
    truths = [place for place, column in enumerate(wanted) if isinstance(column.type, Boolean)]
    return [_with_truths(row, truths) for row in cursor.fetchall()] if truths else cursor.fetchall()


def _with_truths(row: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    values = list(row)
    for place in places:
        values[place] = None if values[place] is None else bool(values[place])
    return tuple(values)


def states_at(connection: Connection, revision: int, kind: str) -> dict[int, State]:
    """Return what each record that was touched after a revision was then, None for one that was not there."""
    changes = {part.name: _changes(connection, revision, part.name) for part in tables_of(kind)}
    touched = {row[0] for rows in changes.values() for row in rows}
    if not touched:
        return {}
    names = [column.name for part in tables_of(kind) for column in part.columns if column.name != "id"]
    now = {row[0]: dict(zip(names, row[1:], strict=True)) for row in select_now(connection, kind, names, touched)}
    return _walked_back(kind, changes, now)


def _changes(connection: Connection, revision: int, name: str) -> list[tuple[int, str, str | None]]:
    # plus sign and order have SQLite start from the revisions: a table's whole journal is longer
    rows = connection.execute(
        text("""SELECT row_id, action, before FROM change WHERE revision_id > :r AND +record_table = :t
                ORDER BY revision_id DESC, id DESC"""), {"r": revision, "t": name},
    )  # fmt: skip
    return [(row_id, action, before) for row_id, action, before in rows]


def _walked_back(
    kind: str, changes: dict[str, list[tuple[int, str, str | None]]], now: dict[int, dict[str, Any]]
) -> dict[int, State]:
    """Undo the changes, the last first, in each table of a record; entities of other kinds are left out."""
    own = tables_of(kind)[-1].name
    touched = {id for id, *_ in changes[own]} | now.keys()
    found: dict[int, State] = {id: dict(now[id]) if id in now else None for id in touched}
    halves: dict[str, dict[int, State]] = {}
    for name, rows in changes.items():
        states = dict(found)
        for id, action, before in rows:
            if id in touched:
                states[id] = _before(name, action, states[id], before)
        halves[name] = states
    columns = {part.name: part.columns.keys() for part in tables_of(kind)}
    return {id: _joined(columns, {name: states[id] for name, states in halves.items()}) for id in touched}


def _before(name: str, action: str, state: State, before: str | None) -> State:
    if action == "insert":
        return None
    # what the journal of a deleted row does not tell was blank
    whole = untold(name) if action == "delete" else state or {}
    return {**whole, **stored(name, before)}


def _joined(columns: Mapping[str, Sequence[str]], halves: dict[str, State]) -> State:
    """Put the tables of a record together; without one of them it was not there."""
    joined: dict[str, Any] = {}
    for name, state in halves.items():
        if state is None:
            return None
        joined |= {column: state.get(column) for column in columns[name] if column != "id"}
    return joined
