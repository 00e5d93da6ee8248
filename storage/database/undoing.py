"""Taking a revision back, by the journal alone; what stands in the way is named."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NoReturn

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import IntegrityError

from storage.database.integrity import dangling, holders
from storage.database.journal import open_revision, redo_target, revision, undo_target
from storage.database.tables import differs, references, stored, table, untold
from storage.database.triggers import journaled
from storage.database.writing import current_rows, update_rows
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
class _Run:
    """Journaled rows that lie side by side and are of one table and action."""

    table: Table
    action: str
    first: int
    last: int

    @property
    def ends(self) -> dict[str, int]:
        """Their first and last number in the journal, as SQL asks for them."""
        return {"a": self.first, "b": self.last}


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
        for run in self._backwards():
            try:
                self._invert(run)
            except IntegrityError:
                self._refuse_taken(run)
                raise
        if (lost := dangling(self.connection, self.opened)) is not None:
            self._block(lost.parent, lost.parent_id)

    def _backwards(self) -> Iterator[_Run]:
        """Go through what was written, the last first, in runs of one table and action."""
        last = None
        while rows := self.connection.execute(
            text("""SELECT id, record_table, action FROM change
                    WHERE revision_id = :r AND (:last IS NULL OR id < :last) ORDER BY id DESC LIMIT :n"""),
            {"r": self.written, "last": last, "n": CHUNK},
        ).all():
            for (name, action), run in groupby(rows, key=lambda row: (row[1], row[2])):
                ids = [row[0] for row in run]
                yield _Run(table(name), action, ids[-1], ids[0])
            last = rows[-1][0]

    def _invert(self, run: _Run) -> None:
        if run.action == "insert":
            sql = f'DELETE FROM "{run.table.name}" WHERE id IN (SELECT row_id FROM change WHERE id BETWEEN :a AND :b)'
            self.connection.execute(text(sql), run.ends)
        elif run.action == "delete":
            names = ", ".join(f'"{column.name}"' for column in run.table.columns)
            values = ", ".join(journaled(column, "before") for column in run.table.columns)
            sql = f'INSERT INTO "{run.table.name}" ({names}) SELECT {values} FROM change WHERE id BETWEEN :a AND :b'
            self.connection.execute(text(sql), run.ends)
        else:
            update_rows(self.connection, run.table, self._before(run))

    def _before(self, run: _Run) -> list[tuple[int, dict[str, Any]]]:
        """Return (row, columns as they were) of a run, the last first."""
        rows = self.connection.execute(
            text("SELECT row_id, before FROM change WHERE id BETWEEN :a AND :b ORDER BY id DESC"), run.ends
        )
        return [(row_id, stored(run.table.name, before)) for row_id, before in rows]

    def _refuse_contradicted(self) -> None:
        """Refuse when a row is no longer as the revision left it."""
        for name, ids in self._written_later().items():
            final = self._final_states(name, ids)
            current = current_rows(self.connection, [table(name)], ids, table(name).columns.keys())
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
        rows = self.connection.execute(
            text("""SELECT row_id, action, after FROM change
                    WHERE revision_id = :r AND record_table = :t
                    AND row_id IN (SELECT value FROM json_each(:ids)) ORDER BY id"""),
            {"r": self.written, "t": name, "ids": json.dumps(ids)},
        )
        final: dict[int, dict[str, Any] | None] = {}
        for row_id, action, after in rows:
            if action == "delete":
                final[row_id] = None
            else:
                known = untold(name) if action == "insert" else final.get(row_id) or {}
                final[row_id] = {**known, **stored(name, after)}
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

    def _refuse_taken(self, run: _Run) -> None:
        """Refuse when another row now has a key that one of the rows would need."""
        before = self._before(run)
        ids = [row_id for row_id, _ in before]
        current = current_rows(self.connection, [run.table], ids, run.table.columns.keys())
        taken = holders(self.connection, run.table, [current.get(row_id, {}) | old for row_id, old in before])
        if taken is not None:
            self._block(run.table.name, taken)

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
