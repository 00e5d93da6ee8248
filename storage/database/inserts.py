"""New records of one kind, column by column: a hundred thousand of them are checked and written as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, text

from storage.database.kinds import KINDS, checks
from storage.database.tables import tables_of
from storage.database.values import clean_column
from storage.domain.changes import Change, NewRecords
from storage.domain.text import Text, msg
from storage.errors import InvalidInput

ROWS_AT_ONCE = 10_000


@dataclass
class Inserts:
    """New records that follow each other in a change set, their cleaned values by column.

    `given` are the writer's own negative ids (or 0), `ids` those under which they are written.
    """

    kind: str
    given: Sequence[int]
    columns: dict[str, list[Any]]
    own: Sequence[int | None]
    ids: list[int] = field(default_factory=list)

    @staticmethod
    def of(kind: str, changes: Sequence[Change]) -> Inserts:
        """Check new records; raise InvalidInput for what no record may hold."""
        afters = [change.after for change in changes]
        names = {name for shape in set(map(tuple, afters)) for name in shape} - {"id"}
        columns = _cleaned(kind, {name: [after.get(name) for after in afters] for name in names})
        return Inserts(kind, [int(change.id) for change in changes], columns, [after.get("id") for after in afters])

    @staticmethod
    def of_columns(new: NewRecords) -> Inserts:
        """Check new records that come by column; raise InvalidInput as well."""
        return Inserts(new.kind, [0] * len(new), _cleaned(new.kind, new.columns), [None] * len(new))

    def number(self, connection: Connection, last: dict[str, int], new_ids: dict[int, int]) -> None:
        """Give the records their ids, counting on in `last` by table; note them in `new_ids` by the given ones."""
        root = tables_of(self.kind)[0].name
        if root not in last:
            last[root] = _last_id(connection, root)
        for given, own in zip(self.given, self.own, strict=True):
            if own is None:
                last[root] += 1
            number = last[root] if own is None else _once_deleted(connection, root, own)
            self.ids.append(number)
            if given < 0:
                if given in new_ids:
                    raise ValueError(f"two new records of one change set are called {given}")
                new_ids[given] = number

    def refer(self, new_ids: dict[int, int]) -> None:
        """Put ids in place of the negative ones; ids that are no new record's stay."""
        for name in checks(self.kind).references & self.columns.keys():
            self.columns[name] = [new_ids.get(id, id) for id in self.columns[name]]

    def write(self, connection: Connection) -> None:
        """Write the rows of every table that makes up the records."""
        for part in tables_of(self.kind):
            self._write_part(connection, part)

    def _write_part(self, connection: Connection, part: Table) -> None:
        columns: dict[str, Sequence[Any]] = {"id": self.ids}
        columns |= {name: column for name, column in self.columns.items() if name in part.columns}
        if "kind" in part.columns:
            columns["kind"] = [self.kind] * len(self.ids)
        names = ", ".join(f'"{name}"' for name in columns)
        statement = f'INSERT INTO "{part.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'
        rows = zip(*columns.values(), strict=True)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            connection.exec_driver_sql(statement, some)


def _cleaned(kind: str, columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    rules = checks(kind)
    if unknown := sorted(columns.keys() - rules.types.keys()):
        raise InvalidInput(msg("A {kind} has no column “{column}”.", kind=kind, column=unknown[0]))
    for name in rules.required - columns.keys():
        raise InvalidInput(msg("{field} must not be blank.", field=rules.label(name)))
    return {name: clean_column(rules, name, columns[name]) for name in sorted(columns)}


def _last_id(connection: Connection, name: str) -> int:
    sequence = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :n"), {"n": name}).scalar()
    highest = connection.execute(text(f'SELECT coalesce(max(id), 0) FROM "{name}"')).scalar_one()
    return max(int(sequence or 0), int(highest))


def _once_deleted(connection: Connection, root: str, number: int) -> int:
    """Return the id under which a deleted record is to come back; raise InvalidInput for one that none ever had."""
    gone = text("SELECT 1 FROM change WHERE record_table = :t AND row_id = :i AND action = 'delete' LIMIT 1")
    if connection.execute(gone, {"t": root, "i": int(number)}).first() is None:
        kind = KINDS[root].label if root in KINDS else Text(root)
        raise InvalidInput(msg("There never was a {kind} no. {id} that could come back.", kind=kind, id=number))
    return int(number)
