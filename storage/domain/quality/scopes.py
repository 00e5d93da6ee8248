"""Scope and statistical unit: establishments are not firms, and one scope does not go on in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from storage.domain.quality.figures import Figures, Finding
from storage.domain.quality.groups import group_codes, only_held
from storage.domain.text import Text, msg

ENOUGH = 2  # figures of one scope in the catalogue that make a habit of it
# what is counted is told by words; only these two are mixed up so often that the words are proof enough
PLACES = re.compile(r"\bestablishments?\b|\bworkplaces?\b|\bplants?\b|사업체|사업장", re.IGNORECASE)
FIRMS = re.compile(r"\benterprises?\b|\bfirms?\b|\bcompan(?:y|ies)\b|기업|회사", re.IGNORECASE)
COUNTED = {"establishments": msg("establishments"), "firms": msg("firms")}

REMEDY = msg("Give it the scope of the series if it is the same, or another metric if it is not.")


def other_scopes(figures: Figures) -> Iterator[Finding]:
    """Find figures whose scope is not the one that their series has had in the catalogue so far."""
    series = group_codes(figures.entity, figures.metric, figures.sector, figures.scenario, figures.level)
    held = ~figures.fresh
    count = np.bincount(series[held], minlength=int(series.max()) + 1 if len(series) else 0)
    usual = only_held(series, figures.scope, held)
    # a workbook that goes on with the old scope, too, brings a further one on purpose
    goes_on = np.bincount(series, figures.fresh & (figures.scope == usual[series]), minlength=len(count)) > 0
    told = (count >= ENOUGH) & (usual >= 0) & ~goes_on
    for row in np.flatnonzero(figures.fresh & told[series] & (figures.scope != usual[series])):
        own, former = figures.scopes[figures.scope[row]], figures.scopes[usual[series[row]]]
        yield Finding(int(row), "scope", _cause(own, former, int(count[series[row]])), REMEDY)


def _cause(own: str, former: str, n: int) -> Text:
    if not own:
        return msg("It has no scope, while the {n} figures so far are of “{former}”.", n=n, former=former)
    if not former:
        return msg("Its scope is “{own}”, while the {n} figures so far have none.", n=n, own=own)
    return msg("Its scope is “{own}”, while the {n} figures so far are of “{former}”.", n=n, own=own, former=former)


def other_statistical_units(figures: Figures) -> Iterator[Finding]:
    """Find figures whose scope speaks of establishments while the metric counts firms, or the other way round."""
    scopes = [_counted(scope) for scope in figures.scopes]
    if not any(scopes):
        return
    named = np.array([name != "" for name in scopes], bool)[figures.scope]
    for row in np.flatnonzero(figures.fresh & named):
        own, wanted = scopes[figures.scope[row]], _counted(figures.metric_of(int(row)).statistical_unit)
        if wanted and own != wanted:
            cause = msg("Its scope “{scope}” counts {own}, the metric counts {wanted}.",
                        scope=figures.scopes[figures.scope[row]], own=COUNTED[own], wanted=COUNTED[wanted])  # fmt: skip
            yield Finding(int(row), "statistical unit", cause,
                          msg("Choose or make a metric that counts {own}.", own=COUNTED[own]))  # fmt: skip


def _counted(text: str) -> str:
    """Return what a text says is counted, blank where it says nothing or both."""
    places, firms = bool(PLACES.search(text)), bool(FIRMS.search(text))
    return "" if places == firms else "establishments" if places else "firms"
