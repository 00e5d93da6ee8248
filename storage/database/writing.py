"""The one way in: changes are checked, numbered and written inside an open revision."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from numbers import Integral, Real
from typing import Any

from sqlalchemy import Connection, FromClause, Table, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from storage.database.integrity import dangling
from storage.database.kinds import KINDS, Rules, checks
from storage.database.tables import differs, references, tables_of
from storage.domain.changes import Change, ChangeSet
from storage.domain.fields import clean_text
from storage.domain.text import Text, msg
from storage.errors import InvalidInput, StaleChange

Row = tuple[int, dict[str, Any]]

CHUNK = 500
# what a column takes: numpy's numbers are as good as Python's
FITTING: dict[type, type] = {float: Real, int: Integral, bool: Integral, str: str}
GREATEST = {int: 2**63 - 1, float: sys.float_info.max}


def write_changes(connection: Connection, changes: ChangeSet, revision: int) -> dict[int, int]:
    """Write every change in order into the open revision; return the new ids by the writer's own negative ones.

    Raise InvalidInput for what no record may hold, StaleChange for what moved since the writer looked.
    """
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    numbered, new_ids = _numbered(connection, [_checked(change) for change in changes.changes])
    _refuse_stale(connection, numbered)
    for (kind, action), group in groupby(numbered, key=lambda change: (change.kind, change.action)):
        writer = {"insert": _insert, "update": _update, "delete": _delete}[action]
        try:
            writer(connection, kind, list(group))
        except IntegrityError as error:
            raise InvalidInput(_broken_rule(kind, action, error)) from error
    if (lost := dangling(connection, revision)) is not None:
        raise InvalidInput(
            msg("A {child} refers to a {parent} (no. {id}) that does not exist.",
                child=_called(lost.child), parent=_called(lost.parent), id=lost.parent_id)
        )  # fmt: skip
    return new_ids


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
    after = {name: _clean(rules, name, value) for name, value in change.after.items()}
    if change.action == "insert":
        for name in rules.required - after.keys():
            raise InvalidInput(msg("{field} must not be blank.", field=rules.label(name)))
    return Change(change.kind, int(change.id), change.action, change.before, after)


def _clean(rules: Rules, name: str, value: Any) -> Any:
    """Return the value as it is stored; raise InvalidInput for one that the column cannot hold."""
    if isinstance(value, str):
        value = clean_text(value)
    if value in (None, ""):
        if name in rules.required:
            raise InvalidInput(msg("{field} must not be blank.", field=rules.label(name)))
        return rules.defaults.get(name)
    value = _typed(rules, name, value)
    if name in rules.bounds:
        rules.bounds[name].check(value)
    if name in rules.choices and value not in rules.choices[name]:
        raise InvalidInput(msg("“{value}” is no {field}.", value=value, field=rules.label(name)))
    return value


def _typed(rules: Rules, name: str, value: Any) -> Any:
    kind = rules.types[name]
    fits = type(value) is kind or (isinstance(value, FITTING[kind]) and (kind is bool or not isinstance(value, bool)))
    if not fits or (kind in (int, float) and not abs(value) <= GREATEST[kind]):
        raise InvalidInput(msg("“{value}” is no {field}.", value=str(value), field=rules.label(name)))
    return kind(value)


def _numbered(connection: Connection, changes: Sequence[Change]) -> tuple[list[Change], dict[int, int]]:
    """Give new records their ids and put them in place of the negative ones, which all kinds share."""
    next_id: dict[str, int] = {}
    new_ids: dict[int, int] = {}
    given: list[int | None] = []
    for change in changes:
        number = None
        if change.action == "insert":
            root = tables_of(change.kind)[0].name
            if root not in next_id:
                next_id[root] = _last_id(connection, root)
            next_id[root] += 1
            number = next_id[root]
            if change.id < 0:
                if change.id in new_ids:
                    raise ValueError(f"two new records of one change set are called {change.id}")
                new_ids[change.id] = number
        given.append(number)
    return [_renumbered(c, number, new_ids) for c, number in zip(changes, given, strict=True)], new_ids


def _renumbered(change: Change, number: int | None, new_ids: dict[int, int]) -> Change:
    """Return the change with its own id and those to which it refers; ids that are no new record's stay."""
    after = change.after
    for name in checks(change.kind).references & after.keys():
        if after[name] in new_ids:
            after = after | {name: new_ids[after[name]]}
    return Change(change.kind, number or change.id, change.action, change.before, after)


def _last_id(connection: Connection, name: str) -> int:
    sequence = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :n"), {"n": name}).scalar()
    highest = connection.execute(text(f'SELECT coalesce(max(id), 0) FROM "{name}"')).scalar_one()
    return max(int(sequence or 0), int(highest))


def _refuse_stale(connection: Connection, changes: Iterable[Change]) -> None:
    seen: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.action != "insert":
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


def _insert(connection: Connection, kind: str, changes: Sequence[Change]) -> None:
    for part in tables_of(kind):
        named = {"kind": kind} if "kind" in part.columns else {}
        write_rows(
            connection,
            part,
            [{n: v for n, v in c.after.items() if n in part.columns} | {"id": c.id} | named for c in changes],
        )


def write_rows(connection: Connection, part: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, those with the same columns in one go; a column without a value takes its default."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        given = {name: value for name, value in row.items() if value is not None}
        alike[tuple(sorted(given))].append(given)
    for group in alike.values():
        connection.execute(insert(part).inline(), group)


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
