"""Conditions of a Query as SQL, by the kind of field."""

from __future__ import annotations

import json
import operator
import unicodedata
from collections.abc import Callable, Iterable
from numbers import Integral
from typing import Any

from sqlalchemy import Column, and_, column, exists, false, func, not_, or_, select, text, true
from sqlalchemy.sql.elements import ColumnElement

from storage.database.documents import DOCUMENTS
from storage.database.expressions import Shape
from storage.database.names import name_table
from storage.database.search import MOST_WORDS, one_word, plain_words
from storage.domain.fields import Field, Reference
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
    if words.upper() != words.lower():
        fold = func.lower if words.isascii() else func.casefold
        expression, words = fold(expression), words.lower() if words.isascii() else words.casefold()
    return func.instr(expression, words) > 0


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
        # SQLite knows no greater whole numbers
        return int(value) if abs(int(value)) < 2**63 else float(value)
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
    """Return the condition that a record, or what it is about, holds all the words."""
    if shape.kind.is_entity or shape.kind.key in DOCUMENTS:
        owner = "entity" if shape.kind.is_entity else shape.kind.key
        found = _named(shape.id, owner, words, "w")
        return false() if found is None else found
    typed = words.split()[:MOST_WORDS]
    return and_(*(_holds(shape, word, f"w{n}") for n, word in enumerate(typed))) if typed else false()


def _holds(shape: Shape, word: str, key: str) -> ColumnElement[bool]:
    """Return the condition that a record holds a word itself, or refers to something that is called so."""
    held = []
    for field in shape.kind.fields:
        if isinstance(field.type, Reference) and (owner := name_table(field.type.kind)) in DOCUMENTS:
            stored = isinstance(shape.column(field.key), Column)
            named = (
                _named(shape.column(field.key), owner, word, f"{key}{field.key}", names_only=True) if stored else None
            )
            held += [] if named is None else [named]
        elif field.type.name == "words" and field.columns:
            held.append(_contains(shape.column(field.key), _plain(word)))
    return or_(false(), *held)


def _named(
    id: ColumnElement[Any], owner: str, words: str, key: str, *, names_only: bool = False
) -> ColumnElement[bool] | None:
    """Return the condition that the index has all the words for the record of that id; None for no words."""
    each = [one_word(word, f"{key}_{n}", names_only=names_only) for n, word in enumerate(plain_words(words))]
    return and_(*(id.in_(_documents(owner, wanted)) for wanted in each)) if each else None


def _documents(owner: str, wanted: tuple[str, dict[str, str]]) -> Any:
    condition, values = wanted
    found = text(f"SELECT d.record_id FROM search_document d WHERE d.owner = '{owner}' AND {condition}")
    rows = found.bindparams(**values).columns(column("record_id")).subquery()
    return select(rows.c.record_id)
