"""Conditions of a Query as SQL, by the kind of field."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, column, exists, false, func, not_, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from storage.database.expressions import Shape
from storage.database.search import matching
from storage.domain.fields import Field
from storage.domain.periods import Period
from storage.domain.quantities import Quantity
from storage.domain.query import AllOf, AnyOf, Condition, Not, Where
from storage.domain.text import msg
from storage.errors import InvalidInput

Comparison = Callable[[Any, Any], Any]
COMPARISONS: dict[str, Comparison] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def compile_condition(shape: Shape, condition: Condition) -> ColumnElement[bool]:
    """Return the condition in SQL; raise InvalidInput for a field or comparison that there is not."""
    match condition:
        case AllOf(parts):
            return and_(*(compile_condition(shape, part) for part in parts))
        case AnyOf(parts):
            return or_(*(compile_condition(shape, part) for part in parts)) if parts else false()
        case Not(inner):
            return not_(compile_condition(shape, inner))
        case Where("id", "in", value):
            return shape.id.in_(value)
        case Where(key, "in", value):
            return or_(*(_one(shape, shape.field(key), "=", item) for item in value)) if value else false()
        case Where(key, comparison, value):
            return _one(shape, shape.field(key), comparison, value)
    raise InvalidInput(msg("That is no condition."))


def _one(shape: Shape, field: Field, comparison: str, value: Any) -> ColumnElement[bool]:
    if comparison in ("blank", "not blank") or value is None:
        blank = _blank(shape, field)
        return not_(blank) if comparison in ("not blank", "!=") else blank
    if comparison not in field.operators:
        raise InvalidInput(msg("{field} cannot be asked “{comparison}”.", field=field.label, comparison=comparison))
    if field.multiple:
        link = shape.link(field.key)
        return exists(link.rows().where(link.owner == shape.id, link.target == value).correlate(*shape.tables))
    if comparison == "contains":
        return func.instr(func.lower(func.coalesce(shape.column(field.key), "")), str(value).lower()) > 0
    if field.type.name == "period":
        return _period(shape, field, comparison, value)
    compared = COMPARISONS[comparison](shape.comparable(field.key), _amount(value))
    return or_(compared, shape.comparable(field.key).is_(None)) if comparison == "!=" else compared


def _blank(shape: Shape, field: Field) -> ColumnElement[bool]:
    if field.multiple:
        link = shape.link(field.key)
        return not_(exists(link.rows().where(link.owner == shape.id).correlate(*shape.tables)))
    if field.type.name in ("words", "choice"):
        return func.coalesce(shape.column(field.key), "") == ""
    return shape.comparable(field.key).is_(None)


def _amount(value: Any) -> Any:
    if isinstance(value, Quantity):
        return None if value.value is None else value.value * value.multiplier
    return value


def _period(shape: Shape, field: Field, comparison: str, value: Any) -> ColumnElement[bool]:
    period = value if isinstance(value, Period) else field.parse(str(value))
    start, end = shape.column(f"{field.key}_start"), shape.column(f"{field.key}_end")
    if comparison == "overlaps":
        return and_(start < period.end, end > period.start)
    if comparison == "=":
        return and_(start == period.start, end == period.end)
    compared: ColumnElement[bool] = COMPARISONS[comparison](start, period.start)
    return compared


def text_condition(shape: Shape, words: str) -> ColumnElement[bool]:
    """Return the condition that a record, or what it is about, holds the words."""
    found = matching(words)
    if found is None:
        return false()
    condition, values = found
    owner = "entity" if shape.kind.is_entity else shape.kind.key
    if owner in ("entity", "metric", "source"):
        return shape.id.in_(_documents(owner, condition, values))
    if owner == "observation":
        return or_(
            shape.column("entity_id").in_(_documents("entity", condition, values)),
            shape.column("metric_id").in_(_documents("metric", condition, values)),
            func.instr(func.lower(func.coalesce(shape.column("note"), "")), words.strip().lower()) > 0,
        )
    names = [part for part in shape.kind.fields if part.type.name == "words" and part.columns]
    return or_(*(_one(shape, part, "contains", words.strip()) for part in names))


def _documents(owner: str, condition: str, values: dict[str, str]) -> Any:
    found = text(f"SELECT d.record_id FROM search_document d WHERE d.owner = '{owner}' AND {condition}")
    return select(found.bindparams(**values).columns(column("record_id")).subquery(f"found_{owner}").c.record_id)
