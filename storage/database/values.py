"""What a column takes: values are cleaned, typed and checked before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

from storage.database.kinds import Rules
from storage.domain.keepable import clean_text
from storage.domain.text import msg
from storage.errors import InvalidInput

# what a column takes: numpy's numbers are as good as Python's
FITTING: dict[type, type] = {float: Real, int: Integral, bool: Integral, str: str}
NEVER_EQUAL = {str, int, type(None)}  # values of two of these types are never equal
GREATEST = {int: 2**63 - 1, float: sys.float_info.max}


def clean(rules: Rules, name: str, value: Any) -> Any:
    """Return the value as it is stored; raise InvalidInput for one that the column cannot hold."""
    if isinstance(value, str):
        value = clean_text(value, rules.label(name))
    if value in (None, ""):
        if name in rules.required:
            raise InvalidInput(msg("{field} must not be blank.", field=rules.label(name)))
        return rules.defaults.get(name)
    value = _typed(rules, name, value)
    if name in rules.bounds:
        rules.bounds[name].check(value)
    if name in rules.choices and value not in rules.choices[name]:
        raise InvalidInput(msg("“{value}” is no {field}.", value=value, field=rules.label(name)))
    return value


def clean_column(rules: Rules, name: str, values: Sequence[Any]) -> list[Any]:
    """Return the values of one column as they are stored; equal ones, of which columns are full, are checked once."""
    if rules.types[name] is float and name not in rules.bounds:
        most = GREATEST[float]
        blank = clean(rules, name, None) if None in values else None
        return [
            v if type(v) is float and -most <= v <= most else blank if v is None else clean(rules, name, v)
            for v in values
        ]
    if set(map(type, values)) <= NEVER_EQUAL:
        plain = {value: clean(rules, name, value) for value in set(values)}
        return list(map(plain.__getitem__, values))
    try:
        distinct = set(zip(map(type, values), values, strict=True))
    except TypeError:  # what has no hash is refused by its type
        return [clean(rules, name, value) for value in values]
    known = {(kind, value): clean(rules, name, value) for kind, value in distinct}
    return [known[kind, value] for kind, value in zip(map(type, values), values, strict=True)]


def _typed(rules: Rules, name: str, value: Any) -> Any:
    kind = rules.types[name]
    fits = type(value) is kind or (isinstance(value, FITTING[kind]) and (kind is bool or not isinstance(value, bool)))
    if not fits or (kind in (int, float) and not abs(value) <= GREATEST[kind]):
        raise InvalidInput(msg("“{value}” is no {field}.", value=str(value), field=rules.label(name)))
    return kind(value)
