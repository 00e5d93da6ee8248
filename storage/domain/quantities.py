"""Quantities as people write them: value, bounds, precision and multiplier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from storage.domain import number_grammar as grammar
from storage.domain.text import Text, msg

PRECISIONS = ("exact", "about", "at least", "more than", "up to", "at most")
SIGNS = {"exact": "", "about": "≈ ", "at least": "≥ ", "more than": "> ", "up to": "up to ", "at most": "≤ "}
_KOREAN_SIGNS = SIGNS | {"up to": "최대 "}


class QuantityError(ValueError):
    """A text that is no figure; carries the cause and the way out."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as stated: the amount is value x multiplier; no value and no bounds means missing.

    `unit` and `status` are filled only where the text itself says them ("12.3%", "123 p").
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    precision: str = "exact"
    multiplier: float = 1.0
    text: str = ""
    unit: str = ""
    status: str = ""

    @property
    def missing(self) -> bool:
        """Whether there is no figure at all."""
        return self.value is None and self.low is None and self.high is None

    @property
    def amount(self) -> float | None:
        """The value in plain units."""
        return None if self.value is None else self.value * self.multiplier


_BEFORE = (
    (r"≈|~|∼|≃|≅|about|around|approximately|approx\.?|nearly|almost|roughly|some|circa|ca?\.|약|대략", "about"),
    (r"≥|>=|at least|no less than|minimum|min\.|최소", "at least"),
    (r">|more than|over|above|exceeding|greater than", "more than"),
    (r"≤|<=|<|at most|no more than|less than|under|below|maximum|max\.", "at most"),
    (r"up to|최대", "up to"),
)
_AFTER = (
    (r"or more|and over|이상|\+", "at least"),
    (r"초과", "more than"),
    (r"or less|or fewer|이하|미만", "at most"),
    (r"여|정도|내외|가량", "about"),
)
_PREFIXES = tuple((re.compile(rf"(?:{words}) ?(?=[-(\d.,$€£₩])", re.IGNORECASE), name) for words, name in _BEFORE)
_SUFFIXES = tuple((re.compile(rf" ?(?:{words})$", re.IGNORECASE), name) for words, name in _AFTER)
_UNITS = (
    r"%p|%|percent|per cent|pp|‰|원|달러|유로|엔|명|인|개사|개소|개월|개|건|호|동|세|년|위|배|점|대|가구|필지|시간|"
    r"일|톤|㎡|m²|m2|km²|km2|㎢|ha|km|KRW|USD|EUR|JPY|GBP|CNY|won|persons?|people|workers|employees|firms|companies|"
    r"businesses|years?"
)
_CURRENCY = re.compile(r"(US\$|[$€£₩¥])\s*")
_UNIT = re.compile(rf"(?<=[\d만억조천백kKMB.nds ])\s*({_UNITS})$", re.IGNORECASE)
_KOREAN = "|".join(sorted(grammar.KOREAN_WORDS, key=len, reverse=True))
_ENGLISH = "|".join(sorted(grammar.ENGLISH_WORDS, key=len, reverse=True))
_WORDED = re.compile(rf"([\d.,' ]*\d)(?: ?({_KOREAN})| ?({_ENGLISH})|([MBTG])|((?<=\d)m))", re.IGNORECASE)
_LETTERS = {"M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}
_BETWEEN = re.compile(r"(.*\d[^-–~]*?) ?(?:-|–|~| to ) ?(\d.*)")
_SHORT = (("T", 1e12), ("bn", 1e9), ("M", 1e6), ("k", 1e3))
_KOREAN_SHORT = (("조", 1e12), ("억", 1e8), ("만", 1e4))
_ENGLISH_FULL = {1e3: " thousand", 1e6: " million", 1e9: " billion", 1e12: " trillion"}


def parse_quantity(text: str | float, decimal: str = ".") -> Quantity:
    """Read a figure as written in English or Korean tables; raise QuantityError.

    `decimal` is the decimal mark of the column; a number whose marks do not fit it is refused.
    """
    if not isinstance(text, str):
        return Quantity(float(text), text=f"{text:g}")
    stripped = text.strip()
    if not stripped:
        return Quantity(None)
    bare = grammar.clean(stripped) or stripped
    if not grammar.is_missing(bare) and (plain := grammar.read_number(bare.removeprefix("-"), decimal)) is not None:
        return Quantity(-plain if bare.startswith("-") else plain, text=stripped)
    flagless, status = grammar.split_flags(bare)
    if grammar.is_missing(flagless):
        return Quantity(None, text=stripped, status="M")
    quantity = _worded(flagless, decimal) or _worded(bare, decimal)
    if quantity is None:
        raise _unreadable(stripped, decimal)
    return replace(quantity, text=stripped, status="" if status == "M" else status)  # a figure is not missing


def _worded(text: str, decimal: str) -> Quantity | None:
    """A figure with hedges, words, unit or bounds around it."""
    negative = text.startswith("(") and text.endswith(")")
    rest, precision = _take_precision(text[1:-1].strip() if negative else text)
    rest, unit = _take_unit(rest)
    rest, later = _take_precision(rest)
    precision = later if precision == "exact" else precision
    negative = negative or rest.startswith("-") or (rest.startswith("(") and rest.endswith(")"))
    rest = rest.strip("() ").removeprefix("-").removeprefix("+").strip()
    amount = _amount(rest, decimal)
    if amount is None:
        return None if negative else _bounds(rest, unit, decimal)
    value, multiplier = amount
    return Quantity(-value if negative else value, precision=precision, multiplier=multiplier, unit=unit)


def _take_precision(text: str) -> tuple[str, str]:
    for pattern, name in _PREFIXES:
        if found := pattern.match(text):
            return text[found.end() :].strip(), name
    for pattern, name in _SUFFIXES:
        if found := pattern.search(text):
            return text[: found.start()].strip(), name
    return text, "exact"


def _take_unit(text: str) -> tuple[str, str]:
    if found := _UNIT.search(text):
        return text[: found.start()].strip(), found[1]
    found = _CURRENCY.search(text)
    if found and not text[: found.start()].strip("(-"):
        return (text[: found.start()] + text[found.end() :]).strip(), found[1]
    return text, ""


def _amount(text: str, decimal: str) -> tuple[float, float] | None:
    """Value and multiplier of "1조 2,000억" or "3.5 million": in terms of the smallest word."""
    number = grammar.read_number(text, decimal)
    if number is not None:
        return number, 1.0
    parts: list[tuple[float, float]] = []
    place = 0
    for found in _WORDED.finditer(text):
        number = grammar.read_number(found[1].strip(), decimal)
        if number is None or text[place : found.start()].strip():
            return None
        parts.append((number, _word_size(found)))
        place = found.end()
    if tail := text[place:].strip():
        number = grammar.read_number(tail, decimal)
        if number is None:
            return None
        parts.append((number, 1.0))
    sizes = [size for _, size in parts]
    if not sizes or sizes != sorted(set(sizes), reverse=True):
        return None
    return sum(number * (size / sizes[-1]) for number, size in parts), sizes[-1]


def _word_size(found: re.Match[str]) -> float:
    _, korean, english, letter, million = found.groups()
    if korean:
        return grammar.KOREAN_WORDS[korean]
    if english:
        return grammar.ENGLISH_WORDS[english.casefold()]
    return 1e6 if million else _LETTERS[letter.upper()]


def _bounds(text: str, unit: str, decimal: str) -> Quantity | None:
    """Bounds without a value: "50-60"."""
    found = _BETWEEN.fullmatch(text)
    if not found:
        return None
    low, high = _amount(found[1], decimal), _amount(found[2], decimal)
    if low is None or high is None:
        return None
    shared = low[1] == 1.0 != high[1] and low[0] < high[0]  # "50-60 million" means both
    lowest, highest = low[0] if shared else low[0] * low[1] / high[1], high[0]
    return Quantity(None, lowest, highest, "about", high[1], unit=unit) if lowest < highest else None


def _unreadable(text: str, decimal: str) -> QuantityError:
    other = "," if decimal == "." else "."
    if grammar.read_number(grammar.clean(text).removeprefix("-"), other) is not None:
        return QuantityError(
            msg(
                "“{text}” does not fit “{decimal}” as decimal mark; choose “{other}” or correct the cell.",
                text=text,
                decimal=decimal,
                other=other,
            )
        )
    return QuantityError(
        msg("“{text}” is not read as a number; write for example 1,234.5, ≈ 70,000 or 7만.", text=text)
    )


def number_text(value: float, digits: int | None = None) -> str:
    """`1,234.5`: all digits that the number has, or at most `digits` decimals."""
    shown = repr(float(value))
    if digits is None and "e" not in shown and "n" not in shown:
        whole, _, decimals = shown.removeprefix("-").partition(".")
        text = f"{int(whole):,}" + ("" if decimals == "0" else f".{decimals}")
        return f"-{text}" if shown.startswith("-") and text != "0" else text
    exact = Decimal(shown)
    if digits is not None:
        exact = round(exact, digits)
    text = f"{exact:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


CALENDAR_YEAR = "year"  # the unit of a value that is a date, which has no thousands


def format_quantity(quantity: Quantity, language: str = "en", digits: int | None = None) -> str:
    """Write a quantity with its sign of precision and its multiplier; blank when missing."""
    if quantity.missing:
        return ""
    signs = _KOREAN_SIGNS if language == "ko" else SIGNS
    if quantity.unit == CALENDAR_YEAR and quantity.multiplier == 1.0:
        shown = (quantity.low, quantity.high) if quantity.value is None else (quantity.value,)
        return signs[quantity.precision] + "–".join(f"{year:.0f}" for year in shown if year is not None)
    if quantity.value is not None:
        written = _multiplied(quantity.value, quantity.multiplier, language, digits)
        return signs[quantity.precision] + written
    bounds = (bound for bound in (quantity.low, quantity.high) if bound is not None)
    return "–".join(_multiplied(bound, quantity.multiplier, language, digits) for bound in bounds)


def _multiplied(value: float, multiplier: float, language: str, digits: int | None) -> str:
    """A value with the word for its multiplier, as the language counts: 1조 2,000억, 1.5 billion."""
    if language != "ko":
        word = _ENGLISH_FULL.get(multiplier, "")
        return number_text(value if word else value * multiplier, digits) + word
    place = next((i for i, (_, size) in enumerate(_KOREAN_SHORT) if size <= multiplier), None)
    if place is None:
        return number_text(value * multiplier, digits)
    word, size = _KOREAN_SHORT[place]
    count = value * (multiplier / size)
    if place and count.is_integer() and abs(count) >= 1e4:
        head, rest = divmod(abs(int(count)), 10_000)
        text = number_text(head) + _KOREAN_SHORT[place - 1][0] + (f" {number_text(rest)}{word}" if rest else "")
        return f"-{text}" if count < 0 else text
    return number_text(count, digits) + word


def short_scale(amount: float, language: str = "en") -> tuple[str, float]:
    """Return the word in which an amount is counted, and its size: ("M", 1e6), ("만", 1e4); ("", 1) when small."""
    for word, size in _KOREAN_SHORT if language == "ko" else _SHORT:
        if abs(amount) >= size:
            return word, size
    return "", 1.0


def short_number(amount: float, language: str = "en", digits: int = 1) -> str:
    """Short form for axes: 1.2M, 3bn; 1.2억, 3만 in Korean."""
    word, size = short_scale(amount, language)
    return number_text(amount / size, digits) + word


decimal_convention = grammar.decimal_convention
