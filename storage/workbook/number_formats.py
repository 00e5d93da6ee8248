"""Excel's number formats for figures: their sign of precision, all their decimals, multiplier and unit."""

from __future__ import annotations

from decimal import Decimal

from storage.domain.quantities import SIGNS

MOST_DECIMALS = 8
CALENDAR_YEARS = ("calendar year", "년")  # units whose numbers name a year
MULTIPLIERS = {
    "en": {1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion"},
    "ko": {1e3: "천", 1e4: "만", 1e6: "백만", 1e8: "억", 1e9: "십억", 1e12: "조"},
}


def decimals(value: float) -> int:
    """Return how many decimals a number has, at most eight."""
    digits = repr(float(value))
    if digits.endswith(".0"):
        return 0
    _, _, places = digits.partition(".")
    if places.isdigit():
        return min(MOST_DECIMALS, len(places))
    exponent = Decimal(digits).as_tuple().exponent
    return min(MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


def digits_format(places: int, unit: str) -> str:
    """Return the number format with so many decimals; years are not grouped."""
    whole = "0" if unit in CALENDAR_YEARS else "#,##0"
    return whole + ("." + "0" * places if places else "")


def figure_format(places: int, multiplier: float, unit: str, language: str) -> str:
    """Return the number format that shows `places` decimals with multiplier and unit behind."""
    word = "" if multiplier == 1 else MULTIPLIERS[language].get(multiplier, f"× {multiplier:,g}")
    behind = " ".join(part for part in (word, "" if unit in CALENDAR_YEARS else unit) if part)
    return digits_format(places, unit) + _literal(f" {behind}" if behind else "")


def signed(look: str, precision: str) -> str:
    """Put the sign of precision before a number format."""
    return _literal(SIGNS.get(precision, "")) + look


def _literal(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""
