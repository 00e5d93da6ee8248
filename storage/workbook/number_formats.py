"""Excel's number formats for figures: their sign of precision, all their decimals, multiplier and unit."""

from __future__ import annotations

from decimal import Decimal

from storage.domain.quantities import SIGNS

MOST_DECIMALS = 8
MULTIPLIERS = {
    "en": {1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion"},
    "ko": {1e3: "천", 1e4: "만", 1e6: "백만", 1e8: "억", 1e9: "십억", 1e12: "조"},
}


def decimals(value: float) -> int:
    """Return how many decimals a number has, at most eight."""
    if value.is_integer():
        return 0
    exponent = Decimal(repr(float(value))).as_tuple().exponent
    return min(MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


def figure_format(places: int, multiplier: float, unit: str, *, precision: str = "exact", language: str = "en") -> str:
    """Return the number format that shows `places` decimals with multiplier and unit behind, precision before."""
    word = "" if multiplier == 1 else MULTIPLIERS[language].get(multiplier, f"× {multiplier:,g}")
    behind = " ".join(part for part in (word, unit) if part)
    digits = "#,##0" + ("." + "0" * places if places else "")
    return _literal(SIGNS.get(precision, "")) + digits + _literal(f" {behind}" if behind else "")


def _literal(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""
