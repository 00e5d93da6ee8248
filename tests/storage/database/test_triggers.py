"""No write passes the journal by, not even one by another program."""

import sqlite3
from contextlib import closing

import pytest

from storage.catalogue import Catalogue
from storage.database.triggers import journaled_tables
from storage.domain.changes import ChangeSet, insert
from storage.domain.text import msg

STATEMENTS = [
    "UPDATE entity SET name = 'x'",
    "DELETE FROM observation",
    "INSERT INTO unit (code, name) VALUES ('a', 'b')",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_bulk_sql_outside_a_revision_is_refused(catalogue: Catalogue, statement: str) -> None:
    with (
        closing(sqlite3.connect(catalogue.path)) as other,
        pytest.raises(sqlite3.IntegrityError, match="outside a revision"),
    ):
        other.execute(statement)


def test_every_table_of_records_is_watched(catalogue: Catalogue) -> None:
    with closing(sqlite3.connect(catalogue.path)) as other:
        watched = {row[0] for row in other.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    assert watched >= {table.name for table in journaled_tables()}


@pytest.mark.parametrize("value", [34.549442990873104, 33.330751126687304, 0.1, 1 / 3, 1e15 + 0.3, 5e-12])
def test_the_journal_keeps_a_number_to_its_last_bit(empty: Catalogue, value: float) -> None:
    empty.apply(ChangeSet.of([insert("unit", {"code": "u", "name": "u", "factor": value}, -1)]), msg("Made"))
    kept = [change.after for change in empty.changes_of(1) if change.column == "factor"]
    assert (kept, empty.check()) == ([value], [])
