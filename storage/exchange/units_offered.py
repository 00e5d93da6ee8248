"""The units in which a figure may be given: what they are called, and which unit and size a name means."""

from __future__ import annotations

from collections.abc import Mapping

from storage.catalogue import Catalogue
from storage.exchange.asking import Unit
from storage.exchange.labels import Labels
from storage.translations import LANGUAGES
from storage.workbook.number_formats import MULTIPLIERS
from storage.workbook.units import read_unit

OFFERED_SIZES = {"en": (1e3, 1e6, 1e9, 1e12), "ko": (1e3, 1e6, 1e8, 1e12)}
CURRENCY_CODE = 3  # letters


def unit_words(name: str, multiplier: float, language: str) -> str:
    """Return what a unit of some size is called: million won, 백만 원."""
    if multiplier == 1:
        return name
    return f"{MULTIPLIERS[language].get(multiplier, f'{multiplier:g} ×')} {name}"


class OfferedUnits:
    """Names of units in one language, those of a dimension together."""

    def __init__(self, catalogue: Catalogue, units: Mapping[int, Unit], language: str) -> None:
        self._units, self._language = units, language
        self._names = Labels(catalogue, language).of("unit")

    def words(self, unit: int | None, multiplier: float) -> str:
        """Return what a unit is called, blank without one."""
        return unit_words(self._names[unit], multiplier, self._language) if unit in self._names else ""

    def beside(self, unit: int | None, multiplier: float) -> list[str]:
        """Return the units in which a figure can be given instead: those of its dimension, money in every size."""
        if unit is None or unit not in self._units:
            return []
        own = self._units[unit]
        others = [id for id, one in self._units.items() if own.dimension and one.dimension == own.dimension]
        found = [self.words(unit, multiplier)]
        for id in dict.fromkeys([unit, *others]):
            sizes = (1.0, *(OFFERED_SIZES[self._language] if _is_money(self._units[id].code) else ()))
            found += [self.words(id, size) for size in sizes]
        return list(dict.fromkeys(found))


def _is_money(code: str) -> bool:
    return len(code) == CURRENCY_CODE and code.isascii() and code.isalpha() and code.isupper()


def unit_meanings(catalogue: Catalogue) -> dict[str, tuple[int, float]]:
    """Return unit and size of every name that a template may have offered, in any language."""
    found: dict[str, tuple[int, float]] = {}
    for language in LANGUAGES:
        for id, name in Labels(catalogue, language).of("unit").items():
            for size in (1.0, *MULTIPLIERS[language]):
                found.setdefault(unit_words(name, size, language), (id, size))
    return found


def typed_unit(text: str) -> tuple[str, float]:
    """Return code and size of a unit that somebody typed in words of their own."""
    return read_unit(text) or (text, 1.0)
