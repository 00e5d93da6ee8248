"""Wholes held against their parts: a region and its districts, a cluster and its members, all and the scopes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from storage.domain.quality.figures import EntityFacts, Figures, Finding, Flags, Ints
from storage.domain.quality.groups import group_codes
from storage.domain.quality.scale import MULTIPLIERS, REMEDY
from storage.domain.quantities import number_text
from storage.domain.text import Text, msg

FEWEST = 2  # parts that make a sum
NEAR = 0.1  # decimal logs (a factor 1.26) that a whole may lie off the sum of the parts that are known
LIKE_A_MEAN = 0.3  # decimal logs (a factor 2) within which a whole is taken for the mean of its parts
ADDED = frozenset({"", "sum"})
WHOLE_SCOPES = frozenset({"", "all", "total", "overall", "전체", "합계", "계", "총계", "소계"})


@dataclass(frozen=True, eq=False)
class Parts:
    """Rows that are parts, and for each what its whole is called in the columns entity, sector and scope.

    `some_only` says that there may be further parts, so that only a whole below their sum is doubtful.
    """

    rows: Ints
    entity: Ints
    sector: Ints
    scope: Ints
    some_only: Flags


def off_parts(figures: Figures) -> Iterator[Finding]:
    """Find wholes that a multiplier divides from the sum of their parts; if only the parts are new, find those."""
    scopes = np.array([-1 if scope.strip().casefold() in WHOLE_SCOPES else code for code, scope in
                       enumerate(figures.scopes)] or [0], np.int64)  # fmt: skip
    scope = scopes[figures.scope]
    added = figures.counted & (figures.amount > 0) & _adds_up(figures)
    for find in (_by_place, _by_sector, _by_scope):
        yield from _compared(figures, scope, added, find(figures, scope, added))


def _adds_up(figures: Figures) -> Flags:
    """Return the rows whose metric is summed, as far as anybody says, and whose unit is no ratio."""
    metrics = [id for id, known in figures.facts.metrics.items()
               if known.aggregation in ADDED and known.nature != "ratio"]  # fmt: skip
    ratios = [id for id, known in figures.facts.units.items() if known.dimension in ("ratio", "index")]
    return np.asarray(np.isin(figures.metric, metrics) & ~np.isin(figures.unit, ratios))


def _by_place(figures: Figures, scope: Ints, added: Flags) -> Parts:
    places = {id: known.places for id, known in figures.facts.entities.items() if known.places}
    rows = np.flatnonzero(added & np.isin(figures.entity, np.array(sorted(places), np.int64)))
    pairs = [(row, place) for row, entity in zip(rows.tolist(), figures.entity[rows].tolist(), strict=True)
             for place in places[entity]]  # fmt: skip
    own, wholes = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    some = [not _divides(figures.facts.entities.get(place), figures.entity_of(row)) for row, place in pairs]
    return Parts(own, wholes, figures.sector[own], scope[own], np.array(some, bool))


def _divides(whole: EntityFacts | None, part: EntityFacts) -> bool:
    """Whether such parts together are the whole: districts are their region, firms are not their cluster."""
    return whole is not None and whole.kind == part.kind == "region"


def _by_sector(figures: Figures, scope: Ints, added: Flags) -> Parts:
    rows = np.flatnonzero(added & (figures.sector != 0))
    nothing = np.zeros(len(rows), np.int64)
    return Parts(rows, figures.entity[rows], nothing, scope[rows], np.ones(len(rows), bool))


def _by_scope(figures: Figures, scope: Ints, added: Flags) -> Parts:
    rows = np.flatnonzero(added & (scope != -1))
    return Parts(rows, figures.entity[rows], figures.sector[rows], np.full(len(rows), -1), np.ones(len(rows), bool))


def _compared(figures: Figures, scope: Ints, added: Flags, parts: Parts) -> Iterator[Finding]:
    rows, wholes = parts.rows, np.flatnonzero(added)
    if not len(rows):
        return
    both = np.concatenate((wholes, rows))
    shared = (figures.metric, figures.scenario, figures.dimension, figures.start, figures.end)
    keys = group_codes(
        np.concatenate((figures.entity[wholes], parts.entity)), np.concatenate((figures.sector[wholes], parts.sector)),
        np.concatenate((scope[wholes], parts.scope)), *(column[both] for column in shared),
    )  # fmt: skip
    own, of = keys[: len(wholes)], keys[len(wholes) :]
    size = int(keys.max()) + 1
    count = np.bincount(of, minlength=size)
    total = np.bincount(of, figures.amount[rows], minlength=size)
    some = np.bincount(of, parts.some_only, minlength=size) > 0
    told = np.flatnonzero(count[own] >= FEWEST)
    gaps = np.log10(figures.amount[wholes[told]] / total[own[told]])
    for place, gap in zip(told[np.abs(gaps) > 1], gaps[np.abs(gaps) > 1], strict=True):
        key = own[place]
        power = _power(float(gap), int(count[key]), bool(some[key]))
        if power:
            yield from _told(figures, int(wholes[place]), rows[of == key], float(total[key]), power)


def _power(gap: float, count: int, some_only: bool) -> int:
    """Return the power of ten between a whole and its parts, 0 where they are no multiplier apart."""
    if abs(gap + np.log10(count)) < LIKE_A_MEAN or (some_only and gap > 0):
        return 0
    found = next((power for power in MULTIPLIERS if abs(abs(gap) - power) <= NEAR), 0)
    return found if gap > 0 else -found


def _told(figures: Figures, whole: int, parts: Ints, total: float, power: int) -> Iterator[Finding]:
    values = {"value": figures.shown(whole), "factor": number_text(10.0 ** abs(power)), "n": len(parts),
              "sum": figures.shown(whole, total)}  # fmt: skip
    cause = _cause(power, values)
    for row in [whole] if figures.fresh[whole] else parts[figures.fresh[parts]].tolist():
        yield Finding(int(row), "parts", cause, REMEDY)


def _cause(power: int, values: dict[str, object]) -> Text:
    if power > 0:
        return msg("The whole, {value}, is about {factor} times as much as its {n} parts together ({sum}).", **values)
    return msg("The whole, {value}, is about {factor} times less than its {n} parts together ({sum}).", **values)
