"""One cell of our own workbook read as the stored value of its column, whatever was typed over it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from storage.domain.fields import Choice, Number, YesNo
from storage.domain.keepable import clean_text
from storage.domain.periods import PeriodError, parse_period
from storage.domain.quantities import QuantityError, parse_quantity
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.translations import LANGUAGES, translated
from storage.workbook.sheet import UNCALCULATED, CellError, CellValue, text_of
from storage.workbook.tidy_columns import TidyColumn

Read = Callable[[CellValue], Any]
_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def cell_reader(column: TidyColumn) -> Read:
    """Return how cells of a column are read; it raises InvalidInput with the reason. Blank cells give None."""
    if column.part == "period":
        return read_period
    if column.part == "day":
        return _read_day
    match column.field.type:
        case Choice():
            return _choice_reader(column.field.type)
        case Number():
            return _number_reader(column.field.type)
        case YesNo():
            return _read_yes_no
    return read_words


def refuse_error(value: CellValue) -> None:
    """Raise InvalidInput for an error that stands in a cell."""
    if value == UNCALCULATED:
        raise InvalidInput(msg("The formula has no result; open the workbook in Excel and save it there."))
    if isinstance(value, CellError):
        raise InvalidInput(msg("The cell holds the error {code}; correct the formula.", code=value.code))


def read_words(value: CellValue) -> str | None:
    """Return a text; a number as it is written, a date not at all, since it may have been something else."""
    if isinstance(value, str):
        return clean_text(value) or None
    refuse_error(value)
    if isinstance(value, (date, time)):
        raise InvalidInput(
            msg(
                "“{date}” is a date, not a text; format the cell as text and type it again.",
                date=text_of(value),
            )
        )
    return text_of(value) or None


def read_id(value: CellValue) -> int | None:
    """Return the id of a record."""
    text = read_words(value)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit():
        raise InvalidInput(msg("“{text}” is no id; leave the cell blank for a new record.", text=text))
    return int(text)


def _choice_reader(kind: Choice) -> Read:
    known = {option.key.casefold(): option.key for option in kind.options}
    for language in LANGUAGES:
        known |= {translated(option.label, language).casefold(): option.key for option in kind.options}

    def read(value: CellValue) -> str | None:
        text = read_words(value)
        return None if text is None else known.get(text.casefold()) or kind.parse(text)

    return read


def _number_reader(kind: Number) -> Read:
    def read(value: CellValue) -> float | int | None:
        number = value if type(value) is float else _plain_number(value)
        if number is None:
            return None
        kind.check(number)
        return int(number) if kind.whole else number

    return read


def _plain_number(value: CellValue) -> float | None:
    """Return the number that a text holds; hedges, bounds and multipliers have columns of their own."""
    refuse_error(value)
    if isinstance(value, (bool, date, time)):
        raise InvalidInput(msg("“{text}” is no number.", text=text_of(value)))
    text = text_of(value).strip()
    if not text:
        return None
    if _DIGITS.fullmatch(text):
        return float(text)
    try:
        found = parse_quantity(text)
    except QuantityError as error:
        raise InvalidInput(error.text) from error
    if found.value is None or found.precision != "exact" or found.multiplier != 1 or found.unit or found.status:
        raise InvalidInput(
            msg("“{text}” is more than a number; write the number alone and the rest in its own columns.", text=text)
        )
    return found.value


def _read_yes_no(value: CellValue) -> bool:
    refuse_error(value)
    return value if isinstance(value, bool) else YesNo().parse(text_of(value))


def read_period(value: CellValue) -> str | None:
    """Return the words of a period; a date or a year typed as a number becomes its text."""
    if value is None or isinstance(value, str):
        return read_words(value)
    refuse_error(value)
    try:
        return parse_period(value).text
    except PeriodError as error:
        raise InvalidInput(error.text) from error


def _read_day(value: CellValue) -> str | None:
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m-%d}"
    text = read_words(value)
    try:
        return None if text is None else date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise InvalidInput(msg("“{text}” is no day; write it as 2015-12-31.", text=text)) from error
