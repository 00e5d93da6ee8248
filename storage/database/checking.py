"""Whether a catalogue file is sound, and what is wrong if not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Any

from sqlalchemy import Connection, Table, select, text

from storage.database.documents import DOCUMENTS, worded
from storage.database.tables import differs, stored, untold
from storage.database.triggers import NO_REVISION, journaled_tables, unwatched
from storage.domain.text import Text, msg

CHUNK = 2_000  # rows held in memory at a time


def faults(connection: Connection) -> list[Text]:
    """Return one sentence for each thing that is wrong; none for a sound file."""
    return [*_file_faults(connection), *_journal_faults(connection), *_index_faults(connection)]


def _file_faults(connection: Connection) -> list[Text]:
    found = [
        msg("The file is damaged: {reason}.", reason=row[0])
        for row in connection.execute(text("PRAGMA integrity_check"))
        if row[0] != "ok"
    ]
    found += [
        msg("A {child} (row {row}) refers to a {parent} that does not exist.", child=row[0], row=row[1], parent=row[2])
        for row in connection.execute(text("PRAGMA foreign_key_check"))
    ]
    return found


def _journal_faults(connection: Connection) -> list[Text]:
    found = [
        msg("The journal does not watch the table {table}; open the file with Cluster Atlas to repair it.", table=name)
        for name in unwatched(connection)
    ]
    if connection.execute(text("SELECT 1 FROM writing")).first():
        found.append(msg("A revision was left open ({reason}).", reason=NO_REVISION))
    short = connection.execute(
        text("""SELECT r.id FROM revision r LEFT JOIN (SELECT revision_id, count(*) AS amount FROM change GROUP BY 1) c
                ON c.revision_id = r.id WHERE coalesce(c.amount, 0) <> r.change_count ORDER BY r.id""")
    ).scalars()
    found += [msg("Revision {number} has not all of its changes.", number=number) for number in short]
    for part in journaled_tables():
        found += _replay_faults(connection, part)
    return found


def _replay_faults(connection: Connection, part: Table) -> list[Text]:
    """Compare the rows with what the journal says they must be, both in the order of their ids."""
    wrong, first = 0, None
    for row_id, actual, changes in _side_by_side(_rows(connection, part), _changes(connection, part.name)):
        if actual != _replayed(part.name, changes):
            wrong, first = wrong + 1, row_id if first is None else first
    if not wrong:
        return []
    return [msg("{count} rows of {table} are not as the journal says (first: row {row}).",
                count=wrong, table=part.name, row=first)]  # fmt: skip


def _rows(connection: Connection, part: Table) -> Iterator[tuple[int, dict[str, Any]]]:
    names = part.columns.keys()
    place = names.index("id")
    for row in connection.execution_options(yield_per=CHUNK).execute(select(part).order_by(part.c.id)):
        yield row[place], {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _changes(connection: Connection, name: str) -> Iterator[tuple[int, list[Any]]]:
    rows = connection.execution_options(yield_per=CHUNK).execute(
        text("""SELECT row_id, action, before, after FROM change WHERE record_table = :t
                ORDER BY row_id, revision_id, id"""), {"t": name},
    )  # fmt: skip
    for row_id, changes in groupby(rows, key=lambda row: row[0]):
        yield row_id, list(changes)


def _side_by_side(
    rows: Iterator[tuple[int, dict[str, Any]]], journal: Iterator[tuple[int, list[Any]]]
) -> Iterator[tuple[int, dict[str, Any] | None, list[Any]]]:
    """Yield (row, what it is, its changes); None for a row that is not there."""
    row, entry = next(rows, None), next(journal, None)
    while row or entry:
        row_id = min(pair[0] for pair in (row, entry) if pair)
        actual, changes = None, []
        if row and row[0] == row_id:
            actual, row = row[1], next(rows, None)
        if entry and entry[0] == row_id:
            changes, entry = entry[1], next(journal, None)
        yield row_id, actual, changes


def _replayed(name: str, changes: Sequence[Any]) -> dict[str, Any] | None:
    """Return what a row must be, None when it must not be there; {} when the journal contradicts itself."""
    state: dict[str, Any] | None = None
    for _, action, before, after in changes:
        old = stored(name, before)
        if (state is None) != (action == "insert") or differs(state or {}, old):
            return {}
        state = None if action == "delete" else {**(state or untold(name)), **stored(name, after)}
    return state if state is None else {k: v for k, v in state.items() if v is not None}


def _index_faults(connection: Connection) -> list[Text]:
    found = []
    for owner in DOCUMENTS:
        ids = connection.execute(text(f"SELECT id FROM {owner} ORDER BY id")).scalars().all()
        known = connection.execution_options(yield_per=CHUNK).execute(
            text("""SELECT d.record_id, d.kind, d.title, d.title_ko, d.names, d.prose FROM search_document d
                    JOIN search_words_docsize w ON w.id = d.id WHERE d.owner = :o ORDER BY d.record_id"""),
            {"o": owner},
        )
        wanted = ((d["record"], d["kind"], d["title"], d["title_ko"], d["names"], d["prose"])
                  for d in worded(connection, owner, ids))  # fmt: skip
        wrong = sum(1 for row, document in zip_longest(known, wanted) if row is None or tuple(row) != document)
        if wrong:
            found.append(msg("The search index is out of date for {count} records of kind {owner}.",
                             count=wrong, owner=owner))  # fmt: skip
    return found


def checksum(connection: Connection) -> str:
    """Return a SHA-256 over every record of every table, independent of how the file was filled."""
    digest = hashlib.sha256()
    for part in sorted(journaled_tables(), key=lambda table: table.name):
        digest.update(part.name.encode())
        for row in connection.execute(select(part).order_by(part.c.id)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
