"""Conditions of a Query as SQL, by the kind of field."""

from __future__ import annotations

import json
import operator
import unicodedata
from collections.abc import Callable, Iterable
from numbers import Integral
from typing import Any

from sqlalchemy import and_, column, exists, false, func, not_, or_, select, text, true
from sqlalchemy.sql.elements import ColumnElement

from storage.database.expressions import Shape
from storage.database.search import one_word, plain_words
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
            return and_(true(), *(compile_condition(shape, part) for part in parts))
        case AnyOf(parts):
            return or_(false(), *(compile_condition(shape, part) for part in parts))
        case Not(inner):
            # a blank meets no comparison, so it is among what does not meet it
            return not_(func.coalesce(compile_condition(shape, inner), false()))
        case Where("id", "in", value):
            return _in(shape.id, value)
        case Where(key, "in", value):
            return _among(shape, shape.field(key), value)
        case Where(key, comparison, value):
            return _one(shape, shape.field(key), comparison, value)
    raise InvalidInput(msg("That is no condition."))


def _among(shape: Shape, field: Field, values: Iterable[Any]) -> ColumnElement[bool]:
    given = [value for value in values if value is not None]
    blank = [_blank(shape, field)] if len(given) < len(tuple(values)) else []
    if field.type.name == "period":
        return or_(false(), *blank, *(_one(shape, field, "=", value) for value in given))
    if field.multiple:
        link = shape.link(field.key)
        tied = link.rows().where(_in(link.target, given)).with_only_columns(link.owner)
        return or_(false(), *blank, shape.id.in_(tied))
    return or_(false(), *blank, _in(shape.comparable(field.key), [_plain(value) for value in given]))


def _in(expression: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    given = [int(value) if isinstance(value, Integral) else value for value in values]
    if any(isinstance(value, float) for value in given):
        return expression.in_(given)
    # one value however many there are: SQLite counts the places for values
    listed = func.json_each(json.dumps(given)).table_valued("value")
    return expression.in_(select(listed.c.value))


def _one(shape: Shape, field: Field, comparison: str, value: Any) -> ColumnElement[bool]:
    if comparison in ("blank", "not blank") or value is None:
        blank = _blank(shape, field)
        return not_(blank) if comparison in ("not blank", "!=") else blank
    if comparison not in field.operators:
        raise InvalidInput(
            msg("{field} cannot be asked “{comparison}”.", field=str(field.label), comparison=comparison)
        )
    if field.multiple:
        return _among(shape, field, (value,))
    if field.type.name == "period":
        return _period(shape, field, comparison, value)
    value = _plain(value)
    if comparison == "contains":
        return _contains(shape.column(field.key), str(value))
    compared = COMPARISONS[comparison](shape.comparable(field.key), value)
    return or_(compared, shape.comparable(field.key).is_(None)) if comparison == "!=" else compared


def _contains(expression: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Compare without case; SQLite itself knows only that of ASCII."""
    whole: ColumnElement[Any] = func.coalesce(expression, "")
    if words.upper() != words.lower():
        fold = func.lower if words.isascii() else func.casefold
        whole, words = fold(whole), words.lower() if words.isascii() else words.casefold()
    return func.instr(whole, words) > 0


def _blank(shape: Shape, field: Field) -> ColumnElement[bool]:
    if field.multiple:
        link = shape.link(field.key)
        return not_(exists(link.rows().where(link.owner == shape.id).correlate(*shape.tables)))
    if field.type.name in ("words", "choice"):
        return func.coalesce(shape.column(field.key), "") == ""
    return shape.comparable(field.key).is_(None)


def _plain(value: Any) -> Any:
    """Return the value as it is compared: amounts with their multiplier, text composed as it is stored."""
    if isinstance(value, Quantity):
        return None if value.value is None else value.value * value.multiplier
    if isinstance(value, Integral):
        return int(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _period(shape: Shape, field: Field, comparison: str, value: Any) -> ColumnElement[bool]:
    period = value if isinstance(value, Period) else field.parse(str(value))
    start, end = shape.column(f"{field.key}_start"), shape.column(f"{field.key}_end")
    if comparison == "overlaps":
        return and_(start < period.end, end > period.start)
    if comparison == "=" and period.start is None:
        return shape.column(field.key) == period.text
    if comparison == "=":
        return and_(start == period.start, end == period.end)
    compared: ColumnElement[bool] = COMPARISONS[comparison](start, period.start)
    return compared


def text_condition(shape: Shape, words: str) -> ColumnElement[bool]:
    """Return the condition that a record, or what it is about, holds the words."""
    plain = plain_words(words)
    if not plain:
        return false()
    if shape.kind.is_entity or shape.kind.key in ("metric", "source"):
        owner = "entity" if shape.kind.is_entity else shape.kind.key
        return and_(*(shape.id.in_(_documents(owner, one_word(word, f"w{n}"))) for n, word in enumerate(plain)))
    if shape.kind.key == "observation":
        return and_(*(_figure_holds(shape, word, f"w{n}") for n, word in enumerate(plain)))
    names = [part for part in shape.kind.fields if part.type.name == "words" and part.columns]
    return or_(*(_contains(shape.column(part.key), _plain(words.strip())) for part in names))


def _figure_holds(shape: Shape, word: str, key: str) -> ColumnElement[bool]:
    """Return the condition that a figure's record or metric is called by the word, or its own note holds it."""
    return or_(
        shape.column("entity_id").in_(_documents("entity", one_word(word, f"{key}e", names_only=True))),
        shape.column("metric_id").in_(_documents("metric", one_word(word, f"{key}m", names_only=True))),
        _contains(shape.column("note"), word),
    )


def _documents(owner: str, wanted: tuple[str, dict[str, str]]) -> Any:
    condition, values = wanted
    found = text(f"SELECT d.record_id FROM search_document d WHERE d.owner = '{owner}' AND {condition}")
    rows = found.bindparams(**values).columns(column("record_id")).subquery()
    return select(rows.c.record_id)
