"""Triggers generated from the models: no write, not even bulk SQL, passes the journal by."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, Table

from storage.database.models import Base
from storage.database.tables import RECORD_TABLES

NO_REVISION = "write outside a revision"


def journaled_tables() -> tuple[Table, ...]:
    """Return the tables whose rows are journaled, parents before children."""
    return tuple(table for table in Base.metadata.sorted_tables if table.name in RECORD_TABLES)


def install_triggers(connection: Connection) -> None:
    """Make the triggers anew, so that they always fit the tables."""
    for name, statement in _triggers().items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(statement)


def unwatched(connection: Connection) -> list[str]:
    """Return the tables whose triggers are missing or not as they should be."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = {row.name: row.sql for row in rows}
    amiss = [name for name, statement in _triggers().items() if found.get(name) != statement]
    return sorted({name.split("_")[1] for name in amiss})


@cache
def _triggers() -> dict[str, str]:
    return {
        f"journal_{table.name}_{action}": _trigger(table, action)
        for table in journaled_tables()
        for action in ("insert", "update", "delete")
    }


def _trigger(table: Table, action: str) -> str:
    changed = " OR ".join(f'NEW."{c.name}" IS NOT OLD."{c.name}"' for c in table.columns)
    when = f"WHEN {changed}" if action == "update" else ""
    row = "NEW" if action == "insert" else "OLD"
    before = {"insert": "NULL", "update": _moved(table, "OLD"), "delete": _whole(table, "OLD")}[action]
    after = {"insert": _whole(table, "NEW"), "update": _moved(table, "NEW"), "delete": "NULL"}[action]
    return f"""CREATE TRIGGER journal_{table.name}_{action} AFTER {action.upper()} ON "{table.name}" {when}
        BEGIN
            SELECT RAISE(ABORT, '{NO_REVISION}') WHERE NOT EXISTS (SELECT 1 FROM writing);
            INSERT INTO change (revision_id, record_table, row_id, action, before, after)
            VALUES ((SELECT revision_id FROM writing), '{table.name}', {row}.id, '{action}', {before}, {after});
        END"""


def _stored(column: Column[object], row: str) -> str:
    """Return the column as JSON keeps it: reals by 17 digits, which lead back to the same double.

    `quote` is content with 15 that SQLite itself reads as the same, and others as its neighbour.
    """
    name = f'{row}."{column.name}"'
    return f"CASE WHEN {name} IS NOT NULL THEN printf('%!.17g', {name}) END" if isinstance(column.type, Float) else name


def journaled(column: Column[Any], side: str) -> str:
    """Return, in SQL, the column's value in the journal's JSON (`before` or `after`) as the table keeps it."""
    value = f"json_extract({side}, '$.{column.name}')"
    if isinstance(column.type, Float):
        value = f"CAST({value} AS REAL)"
    default: Any = column.server_default
    return value if default is None else f"coalesce({value}, '{default.arg}')"


def _whole(table: Table, row: str) -> str:
    """Return all columns that say something as JSON, put together by hand: SQLite's own way takes twice the time."""
    pairs = " || ".join(
        f"CASE WHEN {row}.\"{c.name}\" IS NULL THEN '' ELSE ',\"{c.name}\":' || {_json(c, row)} END"
        for c in table.columns
    )
    return f"'{{' || substr({pairs}, 2) || '}}'"


def _json(column: Column[object], row: str) -> str:
    """Return the value of a column that is not blank as a piece of JSON."""
    name = f'{row}."{column.name}"'
    if isinstance(column.type, Float):
        return f"'\"' || printf('%!.17g', {name}) || '\"'"
    return name if isinstance(column.type, (Integer, Boolean)) else f"json_quote({name})"


def _moved(table: Table, row: str) -> str:
    parts = " UNION ALL ".join(
        f'SELECT \'{c.name}\' AS k, {_stored(c, row)} AS v WHERE NEW."{c.name}" IS NOT OLD."{c.name}"'
        for c in table.columns
    )
    return f"(SELECT json_group_object(k, v) FROM ({parts}))"
