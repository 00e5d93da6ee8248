"""The journal: what was written when, and taking any of it back."""

from __future__ import annotations

import getpass
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Literal

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage.database.tables import differs, kinds_touched, references, stored, table
from storage.database.writing import current_rows, delete_rows, update_rows, write_rows
from storage.domain.changes import Revision
from storage.domain.text import Text, msg
from storage.errors import UndoBlocked

CHUNK = 500


@dataclass
class Stack:
    """Which revisions stand and which are undone; each with the revision that last wrote it."""

    standing: dict[int, int] = field(default_factory=dict)
    undone: dict[int, int] = field(default_factory=dict)
    redoable: list[int] = field(default_factory=list)


def open_revision(connection: Connection, label: Text, kind: str, target: int | None = None) -> int:
    """Begin a revision; until it is closed every row written belongs to it."""
    number = connection.execute(
        text("INSERT INTO revision (label, label_values, author, at, kind, target) VALUES (:l, :v, :a, :t, :k, :g)"),
        {
            "l": label.template, "v": json.dumps({k: str(v) for k, v in label.values.items()}, ensure_ascii=False),
            "a": getpass.getuser(), "t": datetime.now(UTC).isoformat(timespec="seconds"), "k": kind, "g": target,
        },
    ).lastrowid  # fmt: skip
    connection.execute(text("INSERT INTO writing (id, revision_id) VALUES (1, :r)"), {"r": number})
    return int(number or 0)


def close_revision(connection: Connection, number: int) -> bool:
    """End the revision; return False, and leave no trace of it, when nothing was written."""
    connection.execute(text("DELETE FROM writing"))
    if connection.execute(text("SELECT 1 FROM change WHERE revision_id = :r LIMIT 1"), {"r": number}).first():
        return True
    connection.execute(text("DELETE FROM revision WHERE id = :r"), {"r": number})
    connection.execute(text("UPDATE sqlite_sequence SET seq = :r WHERE name = 'revision'"), {"r": number - 1})
    return False


def last_revision(connection: Connection) -> int:
    """Return the number of the newest revision, 0 before the first."""
    return int(connection.execute(text("SELECT coalesce(max(id), 0) FROM revision")).scalar_one())


def stack(connection: Connection) -> Stack:
    """Return what undo and redo would take, from the journal alone."""
    found = Stack()
    for number, kind, target in connection.execute(text("SELECT id, kind, target FROM revision ORDER BY id")):
        if kind == "undo":
            found.standing.pop(target, None)
            found.undone[target] = number
            found.redoable.append(target)
        elif kind == "redo":
            found.undone.pop(target, None)
            found.standing[target] = number
            found.redoable.remove(target)
        else:
            found.standing[number] = number
            found.redoable = []
    return found


def revisions(connection: Connection, where: str = "1", values: dict[str, Any] | None = None) -> list[Revision]:
    """Return revisions, newest first, with the size and the tables of each."""
    rows = connection.execute(
        text(f"""
        SELECT r.id, r.label, r.label_values, r.author, r.at, r.kind, r.target,
            (SELECT count(*) FROM change c WHERE c.revision_id = r.id),
            (SELECT group_concat(DISTINCT c.record_table) FROM change c WHERE c.revision_id = r.id)
        FROM revision r WHERE {where} ORDER BY r.id DESC"""),
        values or {},
    ).all()
    return [_revision(row) for row in rows]


def _revision(row: Any) -> Revision:
    label = Text(row[1], json.loads(row[2] or "{}"))
    tables = kinds_touched(set((row[8] or "").split(",")) - {""})
    return Revision(row[0], label, row[3], row[4], row[5], row[6], row[7], tables)


def revision(connection: Connection, number: int) -> Revision:
    """Return one revision; raise UndoBlocked when there is none of that number."""
    found = revisions(connection, "r.id = :n", {"n": number})
    if not found:
        raise UndoBlocked(msg("There is no revision {number}.", number=number))
    return found[0]


def undo_target(connection: Connection, number: int | None) -> tuple[int, int]:
    """Return the revision to undo and the one that last wrote it; raise UndoBlocked when there is none."""
    standing = stack(connection).standing
    if not standing:
        raise UndoBlocked(msg("There is nothing to undo."))
    number = next(reversed(standing)) if number is None else number
    if number not in standing:
        raise UndoBlocked(msg("Revision {number} does not stand, so it cannot be undone.", number=number))
    return number, standing[number]


def redo_target(connection: Connection, number: int | None) -> tuple[int, int]:
    """Return the revision to redo and the undo that took it back; raise UndoBlocked when there is none."""
    found = stack(connection)
    if number is None:
        if not found.redoable:
            raise UndoBlocked(msg("There is nothing to redo."))
        number = found.redoable[-1]
    if number not in found.undone:
        raise UndoBlocked(msg("Revision {number} is not undone, so it cannot be redone.", number=number))
    return number, found.undone[number]


@dataclass(frozen=True)
class Recorded:
    """One journaled row as it lies in the change table."""

    table: str
    row_id: int
    action: Literal["insert", "update", "delete"]
    before: dict[str, Any]
    after: dict[str, Any]


def recorded(connection: Connection, number: int) -> list[Recorded]:
    """Return what a revision wrote, in the order of writing."""
    rows = connection.execute(
        text("SELECT record_table, row_id, action, before, after FROM change WHERE revision_id = :r ORDER BY id"),
        {"r": number},
    )
    return [Recorded(r[0], r[1], r[2], stored(r[0], r[3]), stored(r[0], r[4])) for r in rows]


def invert(connection: Connection, number: int) -> None:
    """Write the opposite of a revision inside the open one; raise UndoBlocked when something later builds on it."""
    rows = recorded(connection, number)
    _refuse_contradicted(connection, number, rows)
    _refuse_dependants(connection, number, rows)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    backwards = reversed(rows)
    try:
        for (name, action), group in groupby(backwards, key=lambda row: (row.table, row.action)):
            _invert_rows(connection, name, action, list(group))
    except IntegrityError as error:
        raise UndoBlocked(
            msg("A later record has taken the place of one from revision {number}; undo that first.", number=number)
        ) from error
    _refuse_missing(connection, number)


def _invert_rows(connection: Connection, name: str, action: str, rows: Sequence[Recorded]) -> None:
    part = table(name)
    if action == "insert":
        delete_rows(connection, part, [row.row_id for row in rows])
    elif action == "delete":
        write_rows(connection, part, [row.before for row in rows])
    else:
        update_rows(connection, part, [(row.row_id, row.before) for row in rows])


def _refuse_contradicted(connection: Connection, number: int, rows: Sequence[Recorded]) -> None:
    later = connection.execute(
        text("""SELECT DISTINCT c.record_table, c.row_id FROM change c JOIN change l
                ON l.record_table = c.record_table AND l.row_id = c.row_id AND l.revision_id > c.revision_id
                WHERE c.revision_id = :r"""), {"r": number},
    ).all()  # fmt: skip
    if not later:
        return
    suspects: dict[str, list[int]] = defaultdict(list)
    for name, row_id in later:
        suspects[name].append(row_id)
    final = _final_states(rows)
    for name, ids in suspects.items():
        current = current_rows(connection, [table(name)], ids)
        for row_id in ids:
            if not _stands(current.get(row_id), final[name, row_id]):
                _block(connection, number, name, row_id)


def _final_states(rows: Iterable[Recorded]) -> dict[tuple[str, int], dict[str, Any] | None]:
    """Return per row what the revision left: the columns it set, or None for a deleted row."""
    final: dict[tuple[str, int], dict[str, Any] | None] = {}
    for row in rows:
        if row.action == "delete":
            final[row.table, row.row_id] = None
        elif row.action == "insert":
            whole: dict[str, Any] = dict.fromkeys(column.name for column in table(row.table).columns)
            final[row.table, row.row_id] = whole | row.after
        else:
            final[row.table, row.row_id] = (final.get((row.table, row.row_id)) or {}) | row.after
    return final


def _stands(current: dict[str, Any] | None, left: dict[str, Any] | None) -> bool:
    if current is None or left is None:
        return current is left
    return not differs(current, left)


def _refuse_dependants(connection: Connection, number: int, rows: Sequence[Recorded]) -> None:
    """Refuse to take away a record to which later ones refer."""
    made: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.action == "insert":
            made[row.table].add(row.row_id)
    for name, ids in made.items():
        for child, column in references(name):
            for start in range(0, len(ordered := sorted(ids)), CHUNK):
                wanted = json.dumps(ordered[start : start + CHUNK])
                found = connection.execute(
                    text(f'SELECT id FROM "{child.name}" WHERE {column} IN (SELECT value FROM json_each(:ids))'),
                    {"ids": wanted},
                ).scalars()
                if hanging := [row_id for row_id in found if row_id not in made[child.name]]:
                    _block(connection, number, child.name, hanging[0])


def _refuse_missing(connection: Connection, number: int) -> None:
    """Refuse to bring back a record whose parent has gone since."""
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is None:
        return
    child, row_id, parent, key = broken
    column = connection.execute(
        text('SELECT "from" FROM pragma_foreign_key_list(:t) WHERE id = :k'), {"t": child, "k": key}
    ).scalar_one()
    parent_id = connection.execute(text(f'SELECT {column} FROM "{child}" WHERE rowid = :i'), {"i": row_id}).scalar_one()
    _block(connection, number, parent, parent_id)


def _block(connection: Connection, number: int, name: str, row_id: int) -> None:
    """Raise UndoBlocked, naming the last standing revision that wrote the row."""
    writers = (
        connection.execute(
            text("""SELECT DISTINCT revision_id FROM change WHERE record_table = :t AND row_id = :i AND revision_id > :n
                    ORDER BY revision_id DESC"""), {"t": name, "i": row_id, "n": number},
        ).scalars().all()
    )  # fmt: skip
    last_writers = {written: target for target, written in stack(connection).standing.items()}
    blocking = next((last_writers[w] for w in writers if w in last_writers), writers[0] if writers else number)
    later = revision(connection, blocking)
    raise UndoBlocked(
        msg("Revision {later} (“{label}”) builds on revision {number}; undo that first.",
            later=blocking, label=later.label, number=number), blocking,
    )  # fmt: skip
