"""Whether a catalogue file is sound, and what is wrong if not."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, select, text

from storage.database.tables import stored
from storage.database.triggers import NO_REVISION, journaled_tables
from storage.domain.text import Text, msg


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
    triggers = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    found = [
        msg(
            "The journal does not watch the table {table}; open the file with Cluster Atlas to repair it.",
            table=part.name,
        )
        for part in journaled_tables()
        if not {f"journal_{part.name}_{action}" for action in ("insert", "update", "delete")} <= triggers
    ]
    if connection.execute(text("SELECT 1 FROM writing")).first():
        found.append(msg("A revision was left open ({reason}).", reason=NO_REVISION))
    for part in journaled_tables():
        found += _replay_faults(connection, part.name)
    return found


def _replay_faults(connection: Connection, name: str) -> list[Text]:
    """Compare the rows with what the journal says they must be."""
    expected: dict[int, dict[str, Any]] = {}
    rows = connection.execute(
        text("SELECT row_id, action, after FROM change WHERE record_table = :t ORDER BY id"), {"t": name}
    )
    for row_id, action, after in rows:
        if action == "delete":
            expected.pop(row_id, None)
        elif action == "insert":
            expected[row_id] = stored(name, after)
        else:
            expected.setdefault(row_id, {}).update(stored(name, after))
    part = next(table for table in journaled_tables() if table.name == name)
    actual = {
        row["id"]: {k: v for k, v in row.items() if v is not None}
        for row in connection.execute(select(part)).mappings()
    }
    tidy = {id: {k: v for k, v in row.items() if v is not None} for id, row in expected.items()}
    wrong = [id for id in actual.keys() | tidy.keys() if actual.get(id) != tidy.get(id)]
    if not wrong:
        return []
    return [msg("{count} rows of {table} are not as the journal says (first: row {row}).",
                count=len(wrong), table=name, row=min(wrong))]  # fmt: skip


def _index_faults(connection: Connection) -> list[Text]:
    counts = {
        "entity": "SELECT count(*) FROM entity", "metric": "SELECT count(*) FROM metric",
        "source": "SELECT count(*) FROM source",
    }  # fmt: skip
    found = []
    for owner, sql in counts.items():
        documents = connection.execute(
            text(
                "SELECT count(*) FROM search_document d JOIN search_words_docsize w ON w.id = d.id WHERE d.owner = :o"
            ),
            {"o": owner},
        ).scalar_one()
        records = connection.execute(text(sql)).scalar_one()
        if documents != records:
            found.append(msg("The search index knows {documents} of {records} records of kind {owner}.",
                             documents=documents, records=records, owner=owner))  # fmt: skip
    return found


def checksum(connection: Connection) -> str:
    """Return a SHA-256 over every record of every table, independent of how the file was filled."""
    digest = hashlib.sha256()
    for part in sorted(journaled_tables(), key=lambda table: table.name):
        digest.update(part.name.encode())
        for row in connection.execute(select(part).order_by(part.c.id)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
