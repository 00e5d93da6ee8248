"""No write passes the journal by, not even one by another program."""

import sqlite3
from contextlib import closing

import pytest

from storage.catalogue import Catalogue
from storage.database.triggers import journaled_tables

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
