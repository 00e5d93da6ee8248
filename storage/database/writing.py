"""The one way in: changes are checked, numbered and written inside an open revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from storage.database.kinds import KINDS, checks
from storage.database.tables import differs, tables_of
from storage.domain.changes import Change, ChangeSet
from storage.domain.fields import clean_text
from storage.domain.text import Text, msg
from storage.errors import InvalidInput, StaleChange

CHUNK = 500


def write_changes(connection: Connection, changes: ChangeSet) -> dict[int, int]:
    """Write every change in order; return the new ids by the writer's own negative ones."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    prepared = [_checked(change) for change in changes.changes]
    numbered, new_ids = _numbered(connection, prepared)
    _refuse_stale(connection, numbered)
    for (kind, action), group in groupby(numbered, key=lambda change: (change.kind, change.action)):
        writer = {"insert": _insert, "update": _update, "delete": _delete}[action]
        try:
            writer(connection, tables_of(kind), list(group))
        except IntegrityError as error:
            raise InvalidInput(_broken_rule(kind, error)) from error
    return new_ids


def refuse_dangling(connection: Connection) -> None:
    """Raise InvalidInput when a row refers to nothing; then nothing is committed."""
    row = connection.execute(text("PRAGMA foreign_key_check")).first()
    if row is not None:
        raise InvalidInput(msg("A {child} refers to a {parent} that does not exist.", child=row[0], parent=row[2]))


def _broken_rule(kind: str, error: IntegrityError) -> Text:
    reason = str(error.orig)
    label = str(KINDS[kind].label) if kind in KINDS else kind
    if "UNIQUE" in reason and "preferred" in reason:
        return msg("Two figures for the same thing cannot both be preferred; withdraw the other first.")
    if "UNIQUE" in reason:
        return msg("There is already a {kind} with the same key.", kind=label)
    if "FOREIGN KEY" in reason:
        return msg("The {kind} refers to a record that does not exist.", kind=label)
    return msg("The {kind} breaks a rule of the catalogue: {reason}.", kind=label, reason=reason)


def _checked(change: Change) -> Change:
    tables = tables_of(change.kind)
    known = {column.name for part in tables for column in part.columns}
    if unknown := sorted(set(change.after) - known):
        raise InvalidInput(msg("A {kind} has no column “{column}”.", kind=change.kind, column=unknown[0]))
    if change.action == "delete":
        return change
    after = {name: _clean(change.kind, name, value) for name, value in change.after.items()}
    if change.action == "insert":
        for name in checks(change.kind).required:
            if after.get(name) in (None, ""):
                raise InvalidInput(msg("{field} must not be blank.", field=str(checks(change.kind).label(name))))
    return Change(change.kind, change.id, change.action, change.before, after)


def _clean(kind: str, name: str, value: Any) -> Any:
    rules = checks(kind)
    if value is None and name in rules.defaults:
        return rules.defaults[name]
    if name in rules.required and value in (None, ""):
        raise InvalidInput(msg("{field} must not be blank.", field=str(rules.label(name))))
    if isinstance(value, str):
        value = clean_text(value)
        if name in rules.choices and value and value not in rules.choices[name]:
            raise InvalidInput(msg("“{value}” is no {field}.", value=value, field=str(rules.label(name))))
        return value or rules.defaults.get(name)
    return value


def _numbered(connection: Connection, changes: Sequence[Change]) -> tuple[list[Change], dict[int, int]]:
    """Give new records their ids and put them in place of the negative ones."""
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
                new_ids.setdefault(change.id, number)
        given.append(number)
    return [_renumbered(c, number, new_ids) for c, number in zip(changes, given, strict=True)], new_ids


def _renumbered(change: Change, number: int | None, new_ids: dict[int, int]) -> Change:
    referring = checks(change.kind).references
    after = {
        name: new_ids.get(value, value) if name in referring and isinstance(value, int) and value < 0 else value
        for name, value in change.after.items()
    }
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
        rows = current_rows(connection, tables_of(kind), [change.id for change in group])
        for change in group:
            if change.id not in rows:
                raise StaleChange(msg("The {kind} no. {id} is no longer there; nothing was written.",
                                      kind=str(KINDS[kind].label), id=change.id))  # fmt: skip
            if moved := differs(rows[change.id], change.before):
                raise StaleChange(msg("{field} of the {kind} no. {id} has changed meanwhile; look again and repeat it.",
                                      field=str(checks(kind).label(moved[0])), kind=str(KINDS[kind].label),
                                      id=change.id))  # fmt: skip


def current_rows(connection: Connection, tables: Sequence[Table], ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the stored rows by id, joined over the record's tables."""
    rows: dict[int, dict[str, Any]] = defaultdict(dict)
    for part in tables:
        for start in range(0, len(ids), CHUNK):
            wanted = select(part).where(part.c.id.in_(ids[start : start + CHUNK]))
            for row in connection.execute(wanted).mappings():
                rows[row["id"]].update(row)
    return rows


def _insert(connection: Connection, tables: Sequence[Table], changes: Sequence[Change]) -> None:
    for part in tables:
        rows = []
        for change in changes:
            own = {name: value for name, value in change.after.items() if name in part.columns}
            rows.append(own | {"id": change.id} | ({"kind": change.kind} if part.name == "entity" else {}))
        write_rows(connection, part, rows)


def write_rows(connection: Connection, part: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, those with the same columns in one go; a column without a value takes its default."""
    for columns, group in groupby(rows, key=lambda row: tuple(n for n in row if row[n] is not None)):
        connection.execute(insert(part).inline(), [{name: row[name] for name in columns} for row in group])


def _update(connection: Connection, tables: Sequence[Table], changes: Sequence[Change]) -> None:
    for part in tables:
        rows = [(change.id, {n: v for n, v in change.after.items() if n in part.columns}) for change in changes]
        update_rows(connection, part, [row for row in rows if row[1]])


def update_rows(connection: Connection, part: Table, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Set columns of rows by id, those with the same columns in one go."""
    for columns, group in groupby(rows, key=lambda row: tuple(row[1])):
        statement = update(part).where(part.c.id == bindparam("row_id"))
        named = statement.values({name: bindparam(f"new_{name}", type_=part.c[name].type) for name in columns})
        connection.execute(named, [{"row_id": id} | {f"new_{n}": v for n, v in row.items()} for id, row in group])


def _delete(connection: Connection, tables: Sequence[Table], changes: Sequence[Change]) -> None:
    delete_rows(connection, tables[0], [change.id for change in changes])


def delete_rows(connection: Connection, part: Table, ids: Sequence[int]) -> None:
    """Delete rows by id; what hangs on them goes along."""
    connection.execute(delete(part).where(part.c.id == bindparam("row_id")), [{"row_id": id} for id in ids])
