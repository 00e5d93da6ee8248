"""A column described once: label, parsing, printing and the questions that may be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from storage.domain.keepable import clean_text, refuse_illegal
from storage.domain.periods import Period, PeriodError, parse_period
from storage.domain.quantities import Quantity, QuantityError, format_quantity, parse_quantity
from storage.domain.text import Text, listed, msg
from storage.errors import InvalidInput

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ref:
    """Another record, as it is shown: its id and its names."""

    id: int
    name: str
    name_ko: str = ""

    def label(self, language: str) -> str:
        """Return the name in the language, else in the other one."""
        return (self.name_ko or self.name) if language == "ko" else (self.name or self.name_ko)


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice."""

    key: str
    label: Text


class FieldType(Protocol):
    """What a field's values are; `name` chooses the editor on the screen."""

    name: ClassVar[str]
    operators: ClassVar[tuple[str, ...]]

    def parse(self, text: str) -> Any:
        """Return the value that the text means, None when blank; raise InvalidInput with the reason."""

    def format(self, value: Any, language: str) -> str:
        """Return the value as a person reads it, blank for none."""

    def columns(self, key: str) -> tuple[str, ...]:
        """Return the stored columns that make up the value."""

    def read(self, key: str, row: Row) -> Any:
        """Return the value from the stored columns."""

    def write(self, key: str, value: Any) -> dict[str, Any]:
        """Return the stored columns for the value."""


class SingleColumn:
    """A value that lies in one column."""

    operators: ClassVar[tuple[str, ...]] = ("=", "!=", "blank", "not blank")

    def columns(self, key: str) -> tuple[str, ...]:
        return (key,)

    def read(self, key: str, row: Row) -> Any:
        return row[key]

    def write(self, key: str, value: Any) -> dict[str, Any]:
        return {key: value}


@dataclass(frozen=True)
class Words(SingleColumn):
    """Plain text, on one line or on several."""

    long: bool = False
    name: ClassVar[str] = "words"
    operators: ClassVar[tuple[str, ...]] = ("contains", "=", "!=", "blank", "not blank")

    def parse(self, text: str) -> str | None:
        return clean_text(text) or None

    def format(self, value: str | None, language: str) -> str:
        return value or ""


@dataclass(frozen=True)
class Choice(SingleColumn):
    """One of a few keys, each with a label."""

    options: tuple[Option, ...]
    name: ClassVar[str] = "choice"

    def label(self, key: str | None) -> Text:
        """Return the label of a key; an unknown key is its own label."""
        return next((o.label for o in self.options if o.key == key), Text(key or ""))

    def parse(self, text: str) -> str | None:
        wanted = text.strip().casefold()
        if not wanted:
            return None
        for option in self.options:
            if wanted in (option.key.casefold(), str(option.label).casefold()):
                return option.key
        known = listed(option.label for option in self.options)
        raise InvalidInput(msg("“{text}” is none of: {known}.", text=text.strip(), known=known))

    def format(self, value: str | None, language: str) -> str:
        return str(self.label(value)) if value else ""


@dataclass(frozen=True)
class Number(SingleColumn):
    """A real number within bounds."""

    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    name: ClassVar[str] = "number"
    operators: ClassVar[tuple[str, ...]] = ("=", "!=", "<", "<=", ">", ">=", "blank", "not blank")

    def parse(self, text: str) -> float | int | None:
        if not text.strip():
            return None
        try:
            value = parse_quantity(text).value
        except QuantityError as error:
            raise InvalidInput(error.text) from error
        if value is None:
            return None
        self.check(value)
        return int(value) if self.whole else value

    def check(self, value: float) -> None:
        """Raise InvalidInput outside the bounds."""
        if self.whole and value != int(value):
            raise InvalidInput(msg("{value} is not a whole number.", value=value))
        if self.minimum is not None and value < self.minimum:
            raise InvalidInput(msg("{value} is below the least, {least}.", value=value, least=self.minimum))
        if self.maximum is not None and value > self.maximum:
            raise InvalidInput(msg("{value} is above the most, {most}.", value=value, most=self.maximum))

    def format(self, value: float | None, language: str) -> str:
        return "" if value is None else format_quantity(Quantity(value), language)


@dataclass(frozen=True)
class YesNo(SingleColumn):
    """Yes, or no."""

    name: ClassVar[str] = "yes-no"
    words: ClassVar[dict[str, bool]] = {
        "yes": True, "true": True, "1": True, "예": True, "no": False, "false": False, "0": False, "아니요": False,
    }  # fmt: skip

    def parse(self, text: str) -> bool:
        wanted = text.strip().casefold()
        if wanted and wanted not in self.words:
            raise InvalidInput(msg("“{text}” is neither yes nor no.", text=text.strip()))
        return self.words.get(wanted, False)

    def format(self, value: bool | None, language: str) -> str:
        return ("예" if language == "ko" else "yes") if value else ""


@dataclass(frozen=True)
class PeriodOf:
    """A reference period: the text as given, and its half-open interval."""

    name: ClassVar[str] = "period"
    operators: ClassVar[tuple[str, ...]] = ("=", "overlaps", "<", "<=", ">", ">=", "blank", "not blank")

    def parse(self, text: str) -> Period | None:
        if not text.strip():
            return None
        try:
            return parse_period(clean_text(text))
        except PeriodError as error:
            raise InvalidInput(error.text) from error

    def format(self, value: Period | None, language: str) -> str:
        return value.format(language) if value else ""

    def columns(self, key: str) -> tuple[str, ...]:
        return (key, f"{key}_start", f"{key}_end")

    def read(self, key: str, row: Row) -> Period | None:
        if row[key] is None and row[f"{key}_start"] is None:
            return None
        return Period(row[f"{key}_start"], row[f"{key}_end"], row[key] or "")

    def write(self, key: str, value: Period | None) -> dict[str, Any]:
        start, end, text = (value.start, value.end, value.text) if value else (None, None, None)
        return {key: text, f"{key}_start": start, f"{key}_end": end}


@dataclass(frozen=True)
class QuantityOf:
    """A figure with its bounds, precision and multiplier."""

    name: ClassVar[str] = "quantity"
    operators: ClassVar[tuple[str, ...]] = ("=", "!=", "<", "<=", ">", ">=", "blank", "not blank")
    parts: ClassVar[tuple[str, ...]] = ("low", "high", "precision", "multiplier")

    def parse(self, text: str) -> Quantity | None:
        if not text.strip():
            return None
        try:
            return parse_quantity(text)
        except QuantityError as error:
            raise InvalidInput(error.text) from error

    def format(self, value: Quantity | None, language: str) -> str:
        return format_quantity(value, language) if value else ""

    def columns(self, key: str) -> tuple[str, ...]:
        return (key, *self.parts)

    def read(self, key: str, row: Row) -> Quantity | None:
        if row[key] is None and row["low"] is None and row["high"] is None:
            return None
        return Quantity(row[key], row["low"], row["high"], row["precision"] or "exact", row["multiplier"] or 1.0,
                        unit=row.get("unit_code") or "")  # fmt: skip

    def write(self, key: str, value: Quantity | None) -> dict[str, Any]:
        if value is None:
            return {key: None, "low": None, "high": None, "precision": "exact", "multiplier": 1.0}
        return {key: value.value, "low": value.low, "high": value.high,
                "precision": value.precision, "multiplier": value.multiplier}  # fmt: skip


@dataclass(frozen=True)
class Reference(SingleColumn):
    """Another record, of one kind or (`entity`) of any kind of entity."""

    kind: str
    name: ClassVar[str] = "reference"

    def parse(self, text: str) -> int | None:
        if not text.strip():
            return None
        if not text.strip().lstrip("-").isdigit():
            raise InvalidInput(msg("“{text}” is no record; choose one from the list.", text=text.strip()))
        return int(text)

    def format(self, value: Ref | None, language: str) -> str:
        return value.label(language) if value else ""


@dataclass(frozen=True)
class References:
    """Several records that a link table ties to this one, printed one after the other."""

    kind: str
    name: ClassVar[str] = "references"
    operators: ClassVar[tuple[str, ...]] = ("=", "blank", "not blank")

    def parse(self, text: str) -> Any:
        return Reference(self.kind).parse(text)

    def format(self, value: tuple[Ref, ...] | None, language: str) -> str:
        return ", ".join(ref.label(language) for ref in value or ())

    def columns(self, key: str) -> tuple[str, ...]:
        return ()

    def read(self, key: str, row: Row) -> Any:
        return row[key]

    def write(self, key: str, value: Any) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class Field:
    """One column of a kind of record, for forms, tables, filters, export and import alike.

    `default` is what the catalogue keeps in place of a blank.
    """

    key: str
    label: Text
    type: FieldType
    required: bool = False
    listed: bool = True
    editable: bool = True
    label_ko: str = ""
    default: Any = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The stored columns that make up the value."""
        return self.type.columns(self.key)

    @property
    def multiple(self) -> bool:
        """Whether a value is several records of a link table."""
        return self.type.name == "references"

    @property
    def operators(self) -> tuple[str, ...]:
        """The comparisons that a query may ask."""
        return self.type.operators

    @property
    def numeric(self) -> bool:
        """Whether values stand right aligned."""
        return self.type.name in ("number", "quantity")

    def parse(self, text: str) -> Any:
        """Return the value that the text means; raise InvalidInput with the reason."""
        refuse_illegal(text, self.label)
        value = self.type.parse(text)
        if value is None and self.required:
            raise InvalidInput(msg("{field} must not be blank.", field=self.label))
        return value

    def format(self, value: Any, language: str = "en") -> str:
        """Return the value as a person reads it."""
        return self.type.format(value, language)

    def read(self, row: Row) -> Any:
        """Return the value from a row of stored columns."""
        return self.type.read(self.key, row)

    def write(self, value: Any) -> dict[str, Any]:
        """Return the stored columns for a value."""
        if isinstance(value, Ref):
            value = value.id
        return self.type.write(self.key, value)


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: what it is called and which fields it has."""

    key: str
    label: Text
    plural: Text
    fields: tuple[Field, ...]
    facets: tuple[str, ...] = ()
    is_entity: bool = False

    def field(self, key: str) -> Field:
        """Return the field of that key; raise InvalidInput when there is none."""
        for found in self.fields:
            if found.key == key:
                return found
        raise InvalidInput(msg("{kind} has no field “{key}”.", kind=self.label, key=key))
