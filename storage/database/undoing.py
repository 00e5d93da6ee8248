"""Taking a revision back, by the journal alone; what stands in the way is named."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, NoReturn

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from storage.database.integrity import dangling, holders
from storage.database.journal import open_revision, redo_target, revision, undo_target
from storage.database.tables import differs, references, stored, table
from storage.database.writing import current_rows, delete_rows, update_rows, write_rows
from storage.domain.text import Text, msg
from storage.errors import UndoBlocked

CHUNK = 10_000  # journaled rows held in memory at a time
BUILT_UPON = msg("Revision {later} (“{label}”) builds on revision {number}; undo that first.")
UNDONE_SINCE = msg("Revision {later} (“{label}”), on which revision {number} builds, was undone; redo that first.")


def undo(connection: Connection, number: int | None) -> int:
    """Take back a revision (the newest that stands); return the number of the open revision that does so."""
    target, written = undo_target(connection, number)
    label = msg("Undo: {label}", label=revision(connection, target).text)
    opened = open_revision(connection, label, "undo", target)
    _Inversion(connection, target, written, opened).run()
    return opened


def redo(connection: Connection, number: int | None) -> int:
    """Write an undone revision again (the one undone last); return the number of the open revision that does so."""
    target, written = redo_target(connection, number)
    label = msg("Redo: {label}", label=revision(connection, target).text)
    opened = open_revision(connection, label, "redo", target)
    _Inversion(connection, target, written, opened).run()
    return opened


@dataclass(frozen=True)
class Recorded:
    """One journaled row as it lies in the change table."""

    id: int
    table: str
    row_id: int
    action: Literal["insert", "update", "delete"]
    before: dict[str, Any]
    after: dict[str, Any]


def _recorded(rows: Iterable[Any]) -> list[Recorded]:
    return [Recorded(r[0], r[1], r[2], r[3], stored(r[1], r[4]), stored(r[1], r[5])) for r in rows]


@dataclass(frozen=True)
class _Inversion:
    """The opposite of what revision `written` wrote, for the sake of revision `target`, inside the `opened` one."""

    connection: Connection
    target: int
    written: int
    opened: int

    def run(self) -> None:
        """Write it; raise UndoBlocked when something later builds on it."""
        self._refuse_contradicted()
        self._refuse_dependants()
        self.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name, action, rows in self._backwards():
            try:
                self._invert(name, action, rows)
            except IntegrityError:
                self._refuse_taken(name, rows)
                raise
        if (lost := dangling(self.connection, self.opened)) is not None:
            self._block(lost.parent, lost.parent_id)

    def _backwards(self) -> Iterator[tuple[str, str, list[Recorded]]]:
        """Go through what was written, the last first, in runs of one table and action."""
        last = None
        while rows := self.connection.execute(
            text("""SELECT id, record_table, row_id, action, before, NULL FROM change
                    WHERE revision_id = :r AND (:last IS NULL OR id < :last) ORDER BY id DESC LIMIT :n"""),
            {"r": self.written, "last": last, "n": CHUNK},
        ).all():  # fmt: skip
            for (name, action), run in groupby(_recorded(rows), key=lambda row: (row.table, row.action)):
                yield name, action, list(run)
            last = rows[-1][0]

    def _invert(self, name: str, action: str, rows: Sequence[Recorded]) -> None:
        part = table(name)
        if action == "insert":
            delete_rows(self.connection, part, [row.row_id for row in rows])
        elif action == "delete":
            write_rows(self.connection, part, [row.before for row in rows])
        else:
            update_rows(self.connection, part, [(row.row_id, row.before) for row in rows])

    def _refuse_contradicted(self) -> None:
        """Refuse when a row is no longer as the revision left it."""
        for name, ids in self._written_later().items():
            final = self._final_states(name, ids)
            current = current_rows(self.connection, [table(name)], ids)
            for row_id in ids:
                now, left = current.get(row_id), final[row_id]
                if now is None and left is None:
                    continue
                if now is None or left is None:
                    self._block(name, row_id)
                if moved := differs(now, left):
                    self._block(name, row_id, moved)

    def _written_later(self) -> dict[str, list[int]]:
        """Return the rows of the revision that were written again since, by table."""
        own, later = self.connection.execute(
            text("""SELECT coalesce(sum(change_count) FILTER (WHERE id = :r), 0),
                           coalesce(sum(change_count) FILTER (WHERE id > :r AND id < :o), 0) FROM revision"""),
            {"r": self.written, "o": self.opened},
        ).one()
        # start from the smaller side: SQLite cannot know which one that is
        first, second = ("=", ">") if own < later else (">", "=")
        rows = self.connection.execute(
            text(f"""SELECT DISTINCT a.record_table, a.row_id FROM change a CROSS JOIN change b
                     ON b.record_table = a.record_table AND b.row_id = a.row_id AND b.revision_id {second} :r
                     WHERE a.revision_id {first} :r ORDER BY 1, 2"""), {"r": self.written},
        )  # fmt: skip
        found: dict[str, list[int]] = defaultdict(list)
        for name, row_id in rows:
            found[name].append(row_id)
        return found

    def _final_states(self, name: str, ids: Sequence[int]) -> dict[int, dict[str, Any] | None]:
        """Return per row what the revision left: the columns it set, or None for a deleted row."""
        whole: dict[str, Any] = dict.fromkeys(column.name for column in table(name).columns)
        rows = self.connection.execute(
            text("""SELECT id, record_table, row_id, action, NULL, after FROM change
                    WHERE revision_id = :r AND record_table = :t
                    AND row_id IN (SELECT value FROM json_each(:ids)) ORDER BY id"""),
            {"r": self.written, "t": name, "ids": json.dumps(ids)},
        )
        final: dict[int, dict[str, Any] | None] = {}
        for row in _recorded(rows):
            if row.action == "delete":
                final[row.row_id] = None
            else:
                known = whole if row.action == "insert" else final.get(row.row_id) or {}
                final[row.row_id] = known | row.after
        return final

    def _refuse_dependants(self) -> None:
        """Refuse to take away a record to which others refer that this revision did not tie to it."""
        tables = self.connection.execute(
            text("SELECT DISTINCT record_table FROM change WHERE revision_id = :r AND action = 'insert'"),
            {"r": self.written},
        ).scalars().all()  # fmt: skip
        for name in tables:
            for child, column in references(name):
                hanging = self.connection.execute(
                    text(f"""SELECT id FROM "{child.name}" WHERE "{column}" IN (SELECT row_id FROM change
                                 WHERE revision_id = :r AND record_table = '{name}' AND action = 'insert')
                             AND id NOT IN (SELECT row_id FROM change
                                 WHERE revision_id = :r AND record_table = '{child.name}'
                                 AND json_type(after, '$.{column}') IS NOT NULL) LIMIT 1"""), {"r": self.written},
                ).scalar()  # fmt: skip
                if hanging is not None:
                    self._block(child.name, hanging, [column])

    def _refuse_taken(self, name: str, rows: Sequence[Recorded]) -> None:
        """Refuse when another row now has a key that one of the rows would need."""
        current = current_rows(self.connection, [table(name)], [row.row_id for row in rows])
        wanted = [current.get(row.row_id, {}) | row.before for row in rows]
        taken = holders(self.connection, table(name), wanted)
        if taken is not None:
            self._block(name, taken)

    def _block(self, name: str, row_id: int, columns: Collection[str] = ()) -> NoReturn:
        """Raise UndoBlocked, naming the latest revision that made, deleted or (in those columns) changed the row."""
        later = self.connection.execute(
            text("""SELECT revision_id FROM change
                    WHERE record_table = :t AND row_id = :i AND revision_id > :r AND revision_id < :o
                    AND (:c = '[]' OR action <> 'update'
                         OR EXISTS (SELECT 1 FROM json_each(after) WHERE key IN (SELECT value FROM json_each(:c))))
                    ORDER BY id DESC LIMIT 1"""),
            {"t": name, "i": row_id, "r": self.written, "o": self.opened, "c": json.dumps(list(columns))},
        ).scalar_one()  # fmt: skip
        found = revision(self.connection, later)
        blocking = revision(self.connection, found.target or found.id)
        sentence = UNDONE_SINCE if found.kind == "undo" else BUILT_UPON
        values = {"later": blocking.id, "label": blocking.text, "number": self.target}
        raise UndoBlocked(Text(sentence.template, values), blocking.id)
