"""A Query compiled to SQL: ordered ids, counts, facets, and windows of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from storage.database.conditions import compile_condition, text_condition
from storage.database.expressions import UNIT_CODE, Shape, latest_figures, metric_of
from storage.database.names import refs
from storage.database.tables import table
from storage.domain.fields import Choice, Field, Ref, Reference
from storage.domain.quantities import Quantity
from storage.domain.query import Query
from storage.domain.text import Text

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a field with the number of records that have it; `value` None stands for blank."""

    value: Any
    label: Text
    label_ko: str
    count: int


def select_ids(connection: Connection, query: Query) -> NDArray[np.int64]:
    """Return the ids of the records that a query asks for, in its order; blanks come last."""
    shape = Shape(query.kind)
    statement = _where(select(shape.id).select_from(shape.source), shape, query)
    for order in query.order:
        expression = shape.sortable(order.field)
        statement = statement.order_by((expression.desc() if order.down else expression.asc()).nulls_last())
    # a million rows straight from the driver: SQLAlchemy's own take three times as long
    rows: Any = connection.execute(statement.order_by(shape.id)).cursor
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64)


def count_rows(connection: Connection, query: Query) -> int:
    """Return how many records a query finds."""
    shape = Shape(query.kind)
    statement = _where(select(func.count()).select_from(shape.source), shape, query)
    return int(connection.execute(statement).scalar_one())


def _where(statement: Select[Any], shape: Shape, query: Query) -> Select[Any]:
    if query.where is not None:
        statement = statement.where(compile_condition(shape, query.where))
    if query.text.strip():
        statement = statement.where(text_condition(shape, query.text))
    return statement


def select_stored(connection: Connection, query: Query, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return (id, *columns) as they are stored, for every record that a query finds."""
    shape = Shape(query.kind)
    statement = select(shape.id, *(shape.column(name).label(name) for name in columns)).select_from(shape.source)
    return [tuple(row) for row in connection.execute(_where(statement, shape, query))]


def select_rows(
    connection: Connection, kind: str, ids: Sequence[int], fields: Sequence[Field]
) -> list[tuple[Any, ...]]:
    """Return the values of the fields for each id, in the order of the ids; a deleted record has only None."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        found |= _window(connection, Shape(kind), [int(i) for i in ids[start : start + CHUNK]], fields)
    blank = (None,) * len(fields)
    return [tuple(_value(f, row) for f in fields) if (row := found.get(int(i))) else blank for i in ids]


def _value(field: Field, row: dict[str, Any]) -> Any:
    return row[field.key] if metric_of(field.key) is not None else field.read(row)


def _window(connection: Connection, shape: Shape, ids: list[int], fields: Sequence[Field]) -> dict[int, dict[str, Any]]:
    columns = {name: shape.column(name) for field in fields for name in shape.stored_columns(field)}
    statement = select(shape.id.label("__id"), *(c.label(name) for name, c in columns.items()))
    rows = connection.execute(statement.select_from(shape.source).where(shape.id.in_(ids))).mappings()
    found = {row["__id"]: dict(row) for row in rows}
    for field in fields:
        if isinstance(field.type, Reference):
            _fill_reference(connection, found, field)
        elif field.multiple:
            _fill_links(connection, shape, found, field)
    if figures := {metric: field for field in fields if (metric := metric_of(field.key)) is not None}:
        _fill_figures(connection, found, figures)
    return found


def _fill_reference(connection: Connection, found: dict[int, dict[str, Any]], field: Field) -> None:
    assert isinstance(field.type, Reference)
    names = refs(connection, field.type.kind, {row[field.key] for row in found.values() if row[field.key]})
    for row in found.values():
        row[field.key] = names.get(row[field.key])


def _fill_links(connection: Connection, shape: Shape, found: dict[int, dict[str, Any]], field: Field) -> None:
    link = shape.link(field.key)
    pairs = connection.execute(link.rows().where(link.owner.in_(list(found))).distinct()).all()
    names = refs(connection, shape.link_kind(field), {target for _, target in pairs})
    linked: dict[int, list[Ref]] = defaultdict(list)
    for owner, target in pairs:
        linked[owner].append(names[target])
    for owner, row in found.items():
        row[field.key] = tuple(sorted(linked[owner], key=lambda ref: ref.name))


def _fill_figures(connection: Connection, found: dict[int, dict[str, Any]], fields: dict[int, Field]) -> None:
    for row in found.values():
        row.update(dict.fromkeys((field.key for field in fields.values()), None))
    figure = table("observation").alias("figure")
    mine = latest_figures(figure).where(figure.c.entity_id.in_(list(found)), figure.c.metric_id.in_(list(fields)))
    for latest in connection.execute(mine).mappings():
        row, field = found[latest["entity_id"]], fields[latest["metric_id"]]
        if row[field.key] is None:
            # read at once: the parts of a figure have the same names for every metric
            parts = {part: latest[part] for part in (*field.columns[1:], UNIT_CODE)}
            row[field.key] = field.read({field.key: latest["value"]} | parts)


def latest_figure(connection: Connection, entity: int, metric: int) -> int | None:
    """Return the observation that an entity's column of a metric shows, None where there is no figure."""
    figure = table("observation").alias("figure")
    mine = latest_figures(figure).where(figure.c.entity_id == entity, figure.c.metric_id == metric)
    stated = mine.where(func.coalesce(figure.c.value, figure.c.low, figure.c.high).is_not(None))
    found: int | None = connection.execute(stated.with_only_columns(figure.c.id).limit(1)).scalar()
    return found


def select_facets(connection: Connection, query: Query, field: Field, limit: int) -> list[Facet]:
    """Return the values that a field has among the query's records, the most frequent first."""
    shape = Shape(query.kind)
    source, amount = shape.source, func.count()
    if field.multiple:
        pairs = shape.link(field.key).rows().subquery()
        source = source.outerjoin(pairs, pairs.c.owner == shape.id)
        value: ColumnElement[Any] = pairs.c.target
        amount = func.count(func.distinct(shape.id))
    elif through := shape.through(field.key):
        return _labelled(connection, shape, field, _counted_through(connection, query, *through)[:limit])
    elif field.type.name == "quantity":
        value = shape.comparable(field.key)
    else:
        value = shape.column(field.key)
        if field.type.name in ("words", "choice"):
            value = func.nullif(value, "")
    statement = _where(select(value.label("v"), amount.label("n")).select_from(source), shape, query).group_by(value)
    rows = connection.execute(statement.order_by(amount.desc(), value).limit(limit)).all()
    return _labelled(connection, shape, field, [(row[0], row[1]) for row in rows])


def _counted_through(
    connection: Connection, query: Query, reference: Column[Any], value: Column[Any]
) -> list[tuple[Any, int]]:
    """Count the values of another table by its own index; the records without a reference are what is left over."""
    shape = Shape(query.kind)
    source = shape.source.join(value.table, value.table.c.id == reference)
    statement = _where(select(value, func.count()).select_from(source), shape, query).group_by(value)
    found = [(row[0], row[1]) for row in connection.execute(statement)]
    blank = count_rows(connection, query) - sum(amount for _, amount in found)
    return sorted([*found, (None, blank)] if blank else found, key=lambda pair: (-pair[1], pair[0] or 0))


def _labelled(connection: Connection, shape: Shape, field: Field, rows: list[tuple[Any, int]]) -> list[Facet]:
    if isinstance(field.type, Reference) or field.multiple:
        kind = shape.link_kind(field) if field.multiple else field.type.kind  # type: ignore[attr-defined]
        names = refs(connection, kind, {value for value, _ in rows if value is not None})
        return [
            Facet(value, Text(names[value].name) if value in names else Text(""),
                  names[value].name_ko if value in names else "", n)
            for value, n in rows
        ]  # fmt: skip
    if isinstance(field.type, Choice):
        return [Facet(value, field.type.label(value), "", n) for value, n in rows]
    shown = Quantity if field.type.name == "quantity" else lambda value: value
    return [Facet(value, Text("" if value is None else field.format(shown(value))), "", n) for value, n in rows]
