"""Which tables hold a kind of record, and what a stored row looks like as plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Column, Float, Table

from storage.database.models import Base, Record
from storage.domain.text import msg
from storage.errors import InvalidInput

ENTITY_KINDS = ("cluster", "organisation", "region")


def table(name: str) -> Table:
    """Return the table of that name."""
    return Base.metadata.tables[name]


def tables_of(kind: str) -> tuple[Table, ...]:
    """Return the tables whose rows make up one record, the one that gives the id first."""
    if kind in ENTITY_KINDS:
        return (table("entity"), table(kind))
    if kind in RECORD_TABLES:
        return (table(kind),)
    raise InvalidInput(msg("There is no kind of record “{kind}”.", kind=kind))


def _record_tables() -> frozenset[str]:
    mappers = [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    return frozenset(mapper.class_.__tablename__ for mapper in mappers)


RECORD_TABLES = _record_tables()


def kinds_touched(names: set[str]) -> frozenset[str]:
    """Return the kinds of record that may look different when these tables moved."""
    return frozenset(names | (set(ENTITY_KINDS) if "entity" in names else set()))


def stored(table_name: str, values: str | None) -> dict[str, Any]:
    """Return a row's values from the journal's JSON, reals to the last bit."""
    if values is None:
        return {}
    row: dict[str, Any] = json.loads(values)
    for name, kind in _written_otherwise(table_name):
        if row.get(name) is not None:
            row[name] = kind(row[name])
    return row


@cache
def _written_otherwise(table_name: str) -> tuple[tuple[str, type], ...]:
    """Return the columns that JSON does not keep as Python does: reals and truths."""
    columns = table(table_name).columns
    return tuple((c.name, c.type.python_type) for c in columns if isinstance(c.type, (Float, Boolean)))


def default_of(column: Column[Any]) -> Any:
    """Return what the table keeps where no value is given."""
    if column.server_default is None:
        return None
    given: Any = column.server_default
    python: Any = column.type.python_type
    return bool(int(given.arg)) if python is bool else python(given.arg)


@cache
def untold(table_name: str) -> Mapping[str, Any]:
    """Return what the columns hold of which the journal of a new row says nothing: blank ones, and later ones."""
    return MappingProxyType({column.name: default_of(column) for column in table(table_name).columns})


def references(parent: str, on_delete: str | None = None) -> tuple[tuple[Table, str], ...]:
    """Return every (table, column) that refers to the parent table, joined halves aside; or only those of one rule."""
    return tuple(
        (child, key.parent.name)
        for child in Base.metadata.sorted_tables
        if child.name in RECORD_TABLES
        for key in child.foreign_keys
        if key.column.table.name == parent and key.parent.name != "id" and on_delete in (None, key.ondelete)
    )


def same(left: Any, right: Any) -> bool:
    """Compare two stored values; booleans equal their numbers, 1 equals 1.0."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return float(left) == float(right)
    return bool(left == right)


def differs(current: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """Return the columns in which the current row is not as expected."""
    return [name for name, value in expected.items() if not same(current.get(name), value)]
