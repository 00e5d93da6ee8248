"""Units that nobody knows, or that measure something else than the metric or the series does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from storage.domain.quality.figures import NO_METRIC, NO_UNIT, Figures, Finding, Flags, Ints
from storage.domain.quality.groups import group_codes, only_held
from storage.domain.text import Text, msg

# what a unit measures where the catalogue does not say, with its factor; any other unit is a dimension of its own
DIMENSIONS = {
    "persons": ("people", 1.0), "firms": ("firms", 1.0), "households": ("households", 1.0), "%": ("ratio", 0.01),
    "‰": ("ratio", 0.001), "m²": ("area", 1.0), "km²": ("area", 1e6), "ha": ("area", 1e4), "km": ("length", 1e3),
    "kg": ("mass", 1.0), "t": ("mass", 1e3), "kWh": ("energy", 1.0), "MWh": ("energy", 1e3), "GWh": ("energy", 1e6),
    "year": ("date", 1.0), "rank": ("rank", 1.0), "index": ("index", 1.0),
}  # fmt: skip
UNSEEN = 1_000_000  # the place of a dimension in which no figure comes
# of which there can be no less than none
NEVER_NEGATIVE = frozenset({"people", "firms", "households", "area", "length", "residents", "clusters", "facilities"})


def unknown_unit(name: str) -> tuple[Text, Text]:
    """Return cause and remedy for a unit that is neither in the catalogue nor a known word."""
    return (
        msg("“{unit}” is no unit that the catalogue or the program knows; figures in it compare with no others.",
            unit=name),
        msg("Choose a known unit for it, or take its column for something else; keep it if it is right."),
    )  # fmt: skip


def other_dimensions(figures: Figures) -> Iterator[Finding]:
    """Find figures in a unit of another dimension than their metric or, in the catalogue, their series has."""
    wanted = _of_metrics(figures)
    known = np.array([name != "" for name in figures.dimensions], bool)[figures.dimension] & _understood(figures)
    by_metric = figures.fresh & known & figures.level & (wanted >= 0) & (figures.dimension != wanted)
    for row in np.flatnonzero(by_metric).tolist():
        metric = figures.metric_of(row)
        unit = figures.facts.units.get(metric.unit, NO_UNIT)
        yield _other(row, figures.unit_of(row).name, unit.name)
    series = group_codes(figures.entity, figures.metric)
    usual = only_held(series, figures.dimension, ~figures.fresh & known & figures.level)[series]
    apart = figures.fresh & known & figures.level & (usual >= 0) & (figures.dimension != usual) & ~by_metric
    for row in np.flatnonzero(apart).tolist():
        former = np.flatnonzero(~figures.fresh & (series == series[row]))[0]
        yield _other(row, figures.unit_of(row).name, figures.unit_of(int(former)).name)


def _other(row: int, unit: str, usual: str) -> Finding:
    return Finding(row, "unit", msg("It is given in {unit}, while the series is in {usual}: they measure different "
                                    "things.", unit=unit, usual=usual),
                   msg("Choose another metric for it, or correct the unit."))  # fmt: skip


def _of_metrics(figures: Figures) -> Ints:
    """Return for each row the dimension of its metric's unit, -1 where none is known."""
    places = {name: place for place, name in enumerate(figures.dimensions)}
    ids, place = np.unique(figures.metric, return_inverse=True)
    units = [figures.facts.units.get(figures.facts.metrics.get(int(id), NO_METRIC).unit, NO_UNIT) for id in ids]
    found = [places.get(unit.dimension, UNSEEN) if unit.dimension else -1 for unit in units]
    return np.asarray(np.array(found, np.int64)[place])


def _understood(figures: Figures) -> Flags:
    strange = [id for id, unit in figures.facts.units.items() if not unit.known]
    return np.asarray(~np.isin(figures.unit, np.array(strange, np.int64)))
