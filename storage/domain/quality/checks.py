"""All checks together, one finding for one cause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from storage.domain.quality.doubles import doubles
from storage.domain.quality.figures import Figures, Finding
from storage.domain.quality.parts import off_parts
from storage.domain.quality.periods import impossible_periods, odd_lengths
from storage.domain.quality.scale import off_before, off_history
from storage.domain.quality.scopes import other_scopes, other_statistical_units
from storage.domain.quality.signs import too_large_shares, wrong_signs
from storage.domain.quality.spread import jumps, outliers
from storage.domain.quality.units import other_dimensions

SIZES = (
    "sign",
    "before",
    "history",
    "parts",
    "share",
    "jump",
    "peers",
)  # ways to see that a number is wrong, best proof first


def check(figures: Figures, today: date) -> list[Finding]:
    """Return what is doubtful about the fresh figures, row by row; a wrong number is told once, by its best proof."""
    if not figures.fresh.any():
        return []
    found: dict[tuple[int, str], Finding] = {}
    for finding in _all(figures, today):
        found.setdefault((finding.row, _cause(finding)), finding)
    return sorted(found.values(), key=lambda finding: finding.row)


def _all(figures: Figures, today: date) -> Iterator[Finding]:
    yield from wrong_signs(figures)
    yield from off_before(figures)
    off = list(off_history(figures))
    yield from off
    yield from off_parts(figures)
    yield from too_large_shares(figures)
    yield from jumps(figures, {finding.row for finding in off})
    yield from outliers(figures)
    yield from impossible_periods(figures, today)
    yield from odd_lengths(figures)
    yield from other_dimensions(figures)
    yield from other_scopes(figures)
    yield from other_statistical_units(figures)
    yield from doubles(figures)


def _cause(finding: Finding) -> str:
    return "number" if finding.check in SIZES else finding.check
