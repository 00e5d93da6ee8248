"""Answers held against the limits of their template, which a cell that was pasted over has lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from storage.catalogue import Catalogue
from storage.domain.collection import Collection
from storage.domain.items import Items
from storage.domain.problem import Problem
from storage.domain.proposal import Proposal
from storage.domain.quantities import number_text
from storage.domain.query import Query
from storage.domain.text import msg
from storage.exchange.asking import Asking
from storage.exchange.instructions import allowed
from storage.workbook.staged import StagedFigure

ANY_PERIOD = "2024"  # limits do not depend on it
Meant = tuple[StagedFigure, Mapping[str, int]]  # a figure with the ids of its roles


def with_limits(catalogue: Catalogue, proposal: Proposal, meant: Iterable[Meant]) -> Proposal:
    """Return the proposal with a doubt on every answer that its template does not allow and nothing else doubts."""
    items = proposal.items
    beyond = _beyond(catalogue, meant)
    if not beyond or not isinstance(items, Items):
        return proposal
    doubted = {}
    for place, item in enumerate(items):
        key = (item.cell, item.entity, item.metric)
        if key in beyond and item.kind == "observation" and item.decisions and not item.doubts:
            doubt = replace(beyond[key], sheet=item.sheet)
            doubted[place] = replace(item, doubts=(doubt,))
    return replace(proposal, items=items.replaced(doubted))


def _beyond(catalogue: Catalogue, meant: Iterable[Meant]) -> dict[tuple[str, str, str], Problem]:
    """Return what is wrong with answers, by cell, record and metric."""
    known = {int(id) for id in catalogue.ids(Query("metric"))}
    figures = [(figure, ids) for figure, ids in meant if ids.get("metric") in known]
    if not figures:
        return {}
    asking = Asking(catalogue, Collection(metrics=tuple({ids["metric"] for _, ids in figures}), periods=(ANY_PERIOD,)))
    found = {}
    for figure, ids in figures:
        value, size = figure.quantity.value, figure.quantity.multiplier
        limits = asking.limits(ids["metric"], ids.get("unit"), size)
        if value is not None and not limits.allow(value):
            cause = msg("{value} is not what the template allows. {allowed}",
                        value=number_text(value), allowed=allowed(limits, figure.unit))  # fmt: skip
            remedy = msg("Correct the cell, or ask who filled it in.")
            found[figure.cell, figure.entity.name, figure.metric.name] = Problem("", figure.cell, cause, remedy)
    return found
