"""Figures that stand twice: under two spellings of one name, or under two scopes on two sheets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz

from storage.domain.folding import fold
from storage.domain.quality.figures import EntityFacts, Figures, Finding, Flags, Ints
from storage.domain.quality.groups import group_codes
from storage.domain.quality.parts import WHOLE_SCOPES
from storage.domain.text import Text, msg

NEAR = 90.0  # least likeness of two names, in per cent, that may be spellings of one
TELLING = 3  # digits that a number needs before standing twice is no accident
CROWD = 20  # rows with one number: more of them are a habit of the table, and telling nothing
DIGITS = re.compile(r"\d+")

REMEDY = msg("If they are one, choose the same record, metric and scope for both; else keep them.")
Pair = tuple[int, int]
Alike = Callable[[int, int], bool]


def doubles(figures: Figures) -> Iterator[Finding]:
    """Find figures that equal one of a record or metric with nearly the same name, or of all, on another sheet."""
    entities, metrics = figures.facts.entities, figures.facts.metrics
    rest = (figures.scenario, figures.level, figures.dimension, figures.start, figures.end)
    by_entity = group_codes(figures.metric, figures.sector, figures.scope, *rest)
    yield from _doubles(figures, figures.entity, by_entity, lambda a, b: _one_record(entities.get(a), entities.get(b)))
    by_metric = group_codes(figures.entity, figures.sector, figures.scope, *rest)
    named = {id: known.name for id, known in metrics.items()}
    yield from _doubles(figures, figures.metric, by_metric, lambda a, b: _near(named.get(a, ""), named.get(b, "")))
    yield from _on_two_sheets(figures, group_codes(figures.entity, figures.metric, figures.sector, *rest))


def _doubles(figures: Figures, column: Ints, rest: Ints, alike: Alike) -> Iterator[Finding]:
    shared: dict[Pair, list[Pair]] = defaultdict(list)
    for rows in _equal(figures, rest):
        for first, second in combinations(rows, 2):
            if column[first] != column[second] and (figures.fresh[first] or figures.fresh[second]):
                one, other = sorted((first, second), key=lambda row: int(column[row]))
                shared[int(column[one]), int(column[other])].append((one, other))
    for (a, b), pairs in shared.items():
        if alike(a, b) and not _differ_elsewhere(figures, column, rest, (a, b)):
            yield from (_finding(figures, *sorted(pair)) for pair in pairs)


def _equal(figures: Figures, rest: Ints) -> Iterator[list[int]]:
    """Yield the rows that agree in number and in everything but the one column, where the number is telling."""
    rows = np.flatnonzero(figures.level & np.isfinite(figures.amount) & _many_digits(figures))
    rows = rows[_twice(group_codes(figures.amount[rows]), len(rows))]
    groups = group_codes(rest[rows], figures.amount[rows])
    several = _twice(groups, CROWD)
    rows, groups = rows[several], groups[several]
    order = np.argsort(groups, kind="stable")
    for part in np.split(rows[order], np.flatnonzero(np.diff(groups[order])) + 1):
        if len(part):
            yield part.tolist()


def _twice(groups: Ints, most: int) -> Flags:
    """Return the rows whose group has more than one, and not too many."""
    count = np.bincount(groups)[groups]
    return np.asarray((count > 1) & (count <= most))


def _many_digits(figures: Figures) -> Flags:
    """Return the rows whose number is not told by two digits: 12,000 and 0.5 are, 12,300 and 0.512 are not."""
    stated = np.abs(figures.amount / figures.factor)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 10.0 ** (np.floor(np.log10(stated)) - (TELLING - 2))
        return np.asarray((stated > 0) & (np.abs(stated / size - np.round(stated / size)) > 1e-9))


def _one_record(first: EntityFacts | None, second: EntityFacts | None) -> bool:
    if first is None or second is None or (first.code and second.code and first.code != second.code):
        return False
    apart = first.places and second.places and not set(first.places) & set(second.places)
    return not apart and _near(first.name, second.name)


def _near(first: str, second: str) -> bool:
    """Whether two names are nearly the same; numbers in them tell things apart."""
    if first == second or DIGITS.findall(first) != DIGITS.findall(second):
        return False
    one, other = fold(first).replace(" ", ""), fold(second).replace(" ", "")
    return one == other or fuzz.ratio(one, other) >= NEAR


def _differ_elsewhere(figures: Figures, column: Ints, rest: Ints, pair: Pair) -> bool:
    """Whether the two say different things of anything: then they are two."""
    said: list[dict[int, float]] = []
    for id in pair:
        rows = np.flatnonzero((column == id) & np.isfinite(figures.amount))
        said.append(dict(zip(rest[rows].tolist(), figures.amount[rows].tolist(), strict=True)))
    return any(said[0][key] != said[1][key] for key in said[0].keys() & said[1].keys())


def _on_two_sheets(figures: Figures, rest: Ints) -> Iterator[Finding]:
    whole = np.array([scope.strip().casefold() in WHOLE_SCOPES for scope in figures.scopes] or [False])[figures.scope]
    for rows in _equal(figures, rest):
        for first, second in combinations(rows, 2):
            fresh = figures.fresh[first] and figures.fresh[second]
            scopes = figures.scope[first] != figures.scope[second] and (whole[first] or whole[second])
            if fresh and scopes and figures.sheet[first] != figures.sheet[second]:
                yield _finding(figures, first, second)


def _finding(figures: Figures, first: int, second: int) -> Finding:
    row, other = (first, second) if figures.fresh[first] and not figures.fresh[second] else (second, first)
    return Finding(row, "double", _cause(figures, row, other), REMEDY)


def _cause(figures: Figures, row: int, other: int) -> Text:
    value = figures.shown(row)
    if figures.entity[row] != figures.entity[other]:
        return msg("{value} stands under “{name}” as well, a name nearly the same.",
                   value=value, name=figures.entity_of(other).name)  # fmt: skip
    if figures.metric[row] != figures.metric[other]:
        return msg("{value} stands under the metric “{name}” as well, a name nearly the same.",
                   value=value, name=figures.metric_of(other).name)  # fmt: skip
    return msg("{value} stands on another sheet as well, with the scope “{scope}”.",
               value=value, scope=figures.scopes[figures.scope[other]])  # fmt: skip
