"""The journal: what was written when, what of it stands, and what undo and redo would take."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, text

from storage.database.tables import kinds_touched
from storage.domain.changes import Revision
from storage.domain.text import Text, msg
from storage.errors import UndoBlocked


@dataclass
class Stack:
    """Which revisions stand and which are undone, each with the revision that last wrote it, in that order.

    `redoable` are those undone since the last edit, the one to redo next at the end.
    """

    standing: dict[int, int] = field(default_factory=dict)
    undone: dict[int, int] = field(default_factory=dict)
    redoable: list[int] = field(default_factory=list)


def open_revision(connection: Connection, label: Text, kind: str, target: int | None = None) -> int:
    """Begin a revision; until it is closed every row written belongs to it."""
    number = connection.execute(
        text("INSERT INTO revision (label, label_values, author, at, kind, target) VALUES (:l, :v, :a, :t, :k, :g)"),
        {
            "l": label.template, "v": json.dumps(_kept(label.values), ensure_ascii=False),
            "a": _author(), "t": datetime.now(UTC).isoformat(timespec="seconds"), "k": kind, "g": target,
        },
    ).lastrowid  # fmt: skip
    connection.execute(text("INSERT INTO writing (id, revision_id) VALUES (1, :r)"), {"r": number})
    return int(number or 0)


def _kept(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a label as JSON; a sentence within it stays one, so that it can be translated."""
    return {
        name: {"template": value.template, "values": _kept(value.values)} if isinstance(value, Text) else str(value)
        for name, value in values.items()
    }


def _told(values: Mapping[str, Any]) -> dict[str, object]:
    return {
        name: Text(value["template"], _told(value["values"])) if isinstance(value, dict) else value
        for name, value in values.items()
    }


def _author() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a system account without a name; OSError from Python 3.13 on
        return ""


def close_revision(connection: Connection, number: int) -> bool:
    """End the revision and note its size; return False, and leave no trace of it, when nothing was written."""
    connection.execute(text("DELETE FROM writing"))
    written = connection.execute(
        text("SELECT record_table, count(*) FROM change WHERE revision_id = :r GROUP BY 1 ORDER BY 1"), {"r": number}
    ).all()
    if written:
        connection.execute(
            text("UPDATE revision SET change_count = :c, tables = :t WHERE id = :r"),
            {"c": sum(amount for _, amount in written), "t": ",".join(name for name, _ in written), "r": number},
        )
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
            found.redoable = [other for other in found.redoable if other != target]
        else:
            found.standing[number] = number
            found.redoable = []
    return found


def revisions(connection: Connection, where: str = "1", values: dict[str, Any] | None = None) -> list[Revision]:
    """Return revisions, newest first, with the size and the tables of each."""
    rows = connection.execute(
        text(f"""SELECT r.id, r.label, r.label_values, r.author, r.at, r.kind, r.target, r.change_count, r.tables
                 FROM revision r WHERE {where} ORDER BY r.id DESC"""),
        values or {},
    ).all()
    return [_revision(row) for row in rows]


def _revision(row: Any) -> Revision:
    label = Text(row[1], _told(json.loads(row[2] or "{}")))
    tables = kinds_touched(set(row[8].split(",")) - {""})
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
