"""What holds within one record: when values are the same, what follows from a period, what its key is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from storage.domain.fields import Number
from storage.domain.periods import PeriodError, parse_period
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange.figures import ALIKE
from storage.workbook.tidy_columns import TidyColumn

Values = dict[str, Any]
Key = tuple[Any, ...] | None
KeyOf = Callable[[Mapping[str, Any]], Key]

NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "cluster": ("name",),
    "organisation": ("name",),
    "region": ("name",),
    "source": ("title",),
    "unit": ("code",),
    "sector": ("classification", "code"),
    "metric": ("name",),
    "passage": ("source_id", "locator"),
    "alias": ("entity_id", "name"),
    "relation": ("subject_id", "type", "object_id", "valid_start"),
    "specialisation": ("entity_id", "sector_id"),
    "observation": (
        "entity_id", "metric_id", "sector_id", "period", "period_start", "period_end", "scope", "scenario", "measure",
        "passage_id",
    ),
}  # fmt: skip


def alike(ours: Any, theirs: Any) -> bool:
    """Tell whether two stored values are the same, as far as a spreadsheet keeps them."""
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return math.isclose(ours, theirs, rel_tol=ALIKE)
    return bool(_plain(ours) == _plain(theirs))


def _plain(value: Any) -> Any:
    return None if value == "" or value is False else value


def natural_key(kind: str, values: Mapping[str, Any]) -> Key:
    """Return what tells a record from others when it has no id; None where a part is not known yet."""
    if kind != "observation":
        key = tuple(values.get(name) for name in NATURAL_KEYS[kind])
        return None if key[0] is None else key
    words = None if values.get("period_start") else values.get("period")
    parts = {**values, "period": words}
    return tuple(parts.get(name) or None for name in NATURAL_KEYS[kind])


def preferred_key(values: Mapping[str, Any]) -> Key:
    """Return what only one preferred figure may be about, None for a figure that is not preferred."""
    key = natural_key("observation", values)
    return key[:-1] if key and values.get("preferred") else None


# what the catalogue lets but one record have
UNIQUE_KEYS: dict[str, tuple[KeyOf, ...]] = {
    "unit": (partial(natural_key, "unit"),),
    "sector": (partial(natural_key, "sector"),),
    "observation": (partial(natural_key, "observation"), preferred_key),
}


def with_defaults(columns: Sequence[TidyColumn], values: Mapping[str, Any]) -> Values:
    """Return the values with what the catalogue keeps in place of blanks."""
    blanks = {column.key: column.field.default for column in columns}
    return {key: blanks[key] if value is None else value for key, value in values.items()}


def settle_periods(columns: Sequence[TidyColumn], values: Values, ours: Mapping[str, Any] | None) -> None:
    """Let the days follow the words of a period that was changed, unless the days were changed themselves.

    Raise InvalidInput for words that name no period and for days in the wrong order.
    """
    for column in columns:
        if column.part != "period" or column.key not in values:
            continue
        words, days = column.key, (f"{column.key}_start", f"{column.key}_end")
        before = {key: ours[key] if ours else None for key in (words, *days)}
        given = [values.get(day, before[day]) for day in days]
        if given == [before[day] for day in days]:
            if alike(before[words], values[words]):
                continue
            given = _days_of(values[words])
        if (given[0] is None) != (given[1] is None) or (given[0] and given[0] >= given[1]):
            raise InvalidInput(
                msg("The period “{period}” needs a first day and a later day before which it ends, or neither.",
                    period=values[words] or "")
            )  # fmt: skip
        values |= dict(zip(days, given, strict=True))


def _days_of(words: str | None) -> list[str | None]:
    if not words:
        return [None, None]
    try:
        period = parse_period(words)
    except PeriodError as error:
        raise InvalidInput(error.text) from error
    return [period.start, period.end]


def check_record(columns: Sequence[TidyColumn], values: Mapping[str, Any]) -> None:
    """Raise InvalidInput for a blank where something must stand, and for bounds in the wrong order."""
    for column in columns:
        if column.field.required and values.get(column.key) in (None, ""):
            raise InvalidInput(msg("{field} must not be blank.", field=column.header))
    low, high = values.get("low"), values.get("high")
    if low is not None and high is not None and low > high:
        raise InvalidInput(msg("The lower bound {low} is above the upper bound {high}.", low=low, high=high))


def text_of_value(column: TidyColumn, value: Any) -> str:
    """Return a stored value that is no reference as a person reads it."""
    if value is None or value == "":
        return ""
    return column.field.format(value) if column.part == "value" or isinstance(column.field.type, Number) else str(value)
