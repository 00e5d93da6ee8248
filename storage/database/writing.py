"""The one way in: changes are checked, numbered and written inside an open revision."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, FromClause, Table, bindparam, select, text, update
from sqlalchemy.exc import IntegrityError

from storage.database.inserts import Inserts
from storage.database.integrity import dangling
from storage.database.kinds import KINDS, checks
from storage.database.tables import differs, references, tables_of
from storage.database.values import clean
from storage.domain.changes import Change, ChangeSet
from storage.domain.text import Text, msg
from storage.errors import InvalidInput, StaleChange

Row = tuple[int, dict[str, Any]]

CHUNK = 500


def write_changes(connection: Connection, changes: ChangeSet, revision: int) -> dict[int, int]:
    """Write every change in order into the open revision; return the new ids by the writer's own negative ones.

    Raise InvalidInput for what no record may hold, StaleChange for what moved since the writer looked.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    steps: list[Inserts | list[Change]] = [
        Inserts.of(kind, list(run)) if action == "insert" else [_checked(change) for change in run]
        for (kind, action), run in groupby(changes.changes, key=lambda change: (change.kind, change.action))
    ]
    if changes.new:
        steps.append(Inserts.of_columns(changes.new))
    new_ids = _numbered(connection, [step for step in steps if isinstance(step, Inserts)])
    steps = [step if isinstance(step, Inserts) else [_renumbered(c, new_ids) for c in step] for step in steps]
    _refuse_stale(connection, [change for step in steps if not isinstance(step, Inserts) for change in step])
    for step in steps:
        _write(connection, step)
    if (lost := dangling(connection, revision)) is not None:
        raise InvalidInput(
            msg("A {child} refers to a {parent} (no. {id}) that does not exist.",
                child=_called(lost.child), parent=_called(lost.parent), id=lost.parent_id)
        )  # fmt: skip
    return new_ids


def _write(connection: Connection, step: Inserts | list[Change]) -> None:
    kind, action = (step.kind, "insert") if isinstance(step, Inserts) else (step[0].kind, step[0].action)
    try:
        if isinstance(step, Inserts):
            step.write(connection)
        elif action == "update":
            _update(connection, kind, step)
        else:
            _delete(connection, kind, step)
    except IntegrityError as error:
        raise InvalidInput(_broken_rule(kind, action, error)) from error


def _called(kind: str) -> Text:
    return KINDS[kind].label if kind in KINDS else Text(kind)


def _broken_rule(kind: str, action: str, error: IntegrityError) -> Text:
    reason = str(error.orig)
    if "UNIQUE" in reason and action == "delete":
        return msg(
            "Without this {kind} two figures for the same thing could not be told apart; delete one of them first.",
            kind=_called(kind),
        )
    if "UNIQUE" in reason and "preferred" in reason:
        return msg("Two figures for the same thing cannot both be preferred; withdraw the other first.")
    if "UNIQUE" in reason:
        return msg("There is already a {kind} with the same key.", kind=_called(kind))
    if "bounds" in reason:
        return msg("The lower bound of a figure must not lie above its upper bound.")
    return msg("The {kind} breaks a rule of the catalogue: {reason}.", kind=_called(kind), reason=reason)


def _checked(change: Change) -> Change:
    rules = checks(change.kind)
    if unknown := sorted((change.after.keys() | change.before.keys()) - rules.types.keys()):
        raise InvalidInput(msg("A {kind} has no column “{column}”.", kind=change.kind, column=unknown[0]))
    after = {name: clean(rules, name, value) for name, value in change.after.items()}
    return Change(change.kind, int(change.id), change.action, change.before, after)


def _numbered(connection: Connection, inserts: Sequence[Inserts]) -> dict[int, int]:
    """Give new records their ids and put them in place of the negative ones, which all kinds share."""
    last: dict[str, int] = {}
    new_ids: dict[int, int] = {}
    for step in inserts:
        step.number(connection, last, new_ids)
    for step in inserts:
        step.refer(new_ids)
    return new_ids


def _renumbered(change: Change, new_ids: dict[int, int]) -> Change:
    """Return the change with the ids of new records to which it refers; ids that are no new record's stay."""
    names = checks(change.kind).references & change.after.keys()
    moved = {name: new_ids[change.after[name]] for name in names if change.after[name] in new_ids}
    return replace(change, after=change.after | moved) if moved else change


def _refuse_stale(connection: Connection, changes: Iterable[Change]) -> None:
    seen: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        seen[change.kind].append(change)
    for kind, group in seen.items():
        seen_columns = {name for change in group for name in change.before}
        rows = current_rows(connection, tables_of(kind), [change.id for change in group], seen_columns)
        for change in group:
            if change.id not in rows:
                raise StaleChange(msg("The {kind} no. {id} is no longer there; nothing was written.",
                                      kind=KINDS[kind].label, id=change.id))  # fmt: skip
            if moved := differs(rows[change.id], change.before):
                raise StaleChange(msg("{field} of the {kind} no. {id} has changed meanwhile; look again and repeat it.",
                                      field=checks(kind).label(moved[0]), kind=KINDS[kind].label,
                                      id=change.id))  # fmt: skip


def current_rows(
    connection: Connection, tables: Sequence[Table], ids: Sequence[int], names: Collection[str]
) -> dict[int, dict[str, Any]]:
    """Return those columns of rows by id, joined over the record's tables; rows that lack one of them are left out."""
    source: FromClause = tables[0]
    for part in tables[1:]:
        source = source.join(part, part.c.id == tables[0].c.id)
    columns = [column for part in tables for column in part.columns if column.name in names and column.name != "id"]
    wanted = select(tables[0].c.id, *columns).select_from(source)
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = connection.execute(wanted.where(tables[0].c.id.in_(ids[start : start + CHUNK])))
        found |= {row["id"]: dict(row) for row in rows.mappings()}
    return found


def _update(connection: Connection, kind: str, changes: Sequence[Change]) -> None:
    for part in tables_of(kind):
        rows = [(change.id, {n: v for n, v in change.after.items() if n in part.columns}) for change in changes]
        update_rows(connection, part, [row for row in rows if row[1]])


def update_rows(connection: Connection, part: Table, rows: Sequence[Row]) -> None:
    """Set columns of rows by id, those with the same columns in one go."""
    for columns, group in _alike(part, rows):
        statement = update(part).where(part.c.id == bindparam("row_id"))
        named = statement.values({name: bindparam(f"new_{name}", type_=part.c[name].type) for name in columns})
        connection.execute(named, [{"row_id": id} | {f"new_{n}": v for n, v in row.items()} for id, row in group])


def _alike(part: Table, rows: Sequence[Row]) -> Iterable[tuple[tuple[str, ...], Iterable[Row]]]:
    """Gather rows with the same columns; in their order where a row comes twice or a unique key may move on."""
    keys = {column.name for index in part.indexes if index.unique for column in index.columns}
    if len({id for id, _ in rows}) < len(rows) or any(keys & row.keys() for _, row in rows):
        return groupby(rows, key=lambda row: tuple(row[1]))
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for id, row in rows:
        alike[tuple(row)].append((id, row))
    return alike.items()


def _delete(connection: Connection, kind: str, changes: Sequence[Change]) -> None:
    part, ids = tables_of(kind)[0], [change.id for change in changes]
    for child, column in references(part.name, "RESTRICT"):
        used = text(f'SELECT 1 FROM "{child.name}" WHERE "{column}" IN (SELECT value FROM json_each(:ids)) LIMIT 1')
        if connection.execute(used, {"ids": json.dumps(ids)}).first():
            raise InvalidInput(msg("The {kind} is still in use by another record ({child}); change that first.",
                                   kind=_called(kind), child=_called(child.name)))  # fmt: skip
    connection.execute(text(f'DELETE FROM "{part.name}" WHERE id IN (SELECT value FROM json_each(:ids))'),
                       {"ids": json.dumps(ids)})  # fmt: skip
