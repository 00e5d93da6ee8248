"""Reading a comparison: which metrics the records have, and the figures of the chosen ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage.domain.comparison import MetricFacts, compare
from storage.domain.fields import Field, Ref
from storage.domain.query import Query, Where
from storage.domain.summary import Series, Summary
from ui.charts.board import Board, Offer
from ui.charts.building import PLACES
from ui.charts.choice import Choice
from ui.language import current_code, tr

if TYPE_CHECKING:
    from storage.catalogue import Catalogue

READ_AT_ONCE = 20_000  # figures; more are read metric by metric
FEW_METRICS = 12
MOST_RECORDS = 2_000
SUGGESTED = 7  # records that a first comparison holds
ENTITIES = ("cluster", "organisation", "region")
FACTS = ("unit_id", "nature", "statistical_unit", "legal_basis")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and the choice with its blanks filled in."""

    board: Board
    choice: Choice
    anything: bool = True  # whether the catalogue has any figure


def read_board(catalogue: Catalogue, choice: Choice) -> Reading:
    """Read everything that the choice needs; records that are gone are left out."""
    names = catalogue.refs("cluster", choice.records)
    records = tuple(names[id] for id in choice.records if id in names)[:MOST_RECORDS]
    choice = choice.with_records([record.id for record in records])
    if not records:
        return Reading(Board(), choice, catalogue.count(Query("observation")) > 0)
    series = _series(catalogue, choice)
    offers = _offers(series)
    wanted = _filled(choice, offers)
    metrics = (wanted.across, wanted.upright) if wanted.by_axes else wanted.metrics
    chosen = tuple(one for one in series if one.metric.id in metrics)
    facts = _facts(catalogue, metrics)
    everything = compare(chosen, {id: _compared(row) for id, row in facts.items()})
    scenarios = tuple(dict.fromkeys(line.scenario for line in everything.lines))
    in_force = _scenarios(choice, scenarios)
    comparison = compare(chosen, {id: _compared(row) for id, row in facts.items()}, in_force)
    refs = catalogue.refs("metric", metrics)
    board = Board(
        records, offers,
        tuple(refs[id] for id in metrics if id in refs), chosen, comparison, in_force, scenarios, comparison.periods,
        {id: _told(catalogue, row) for id, row in facts.items()},
    )  # fmt: skip
    return Reading(board, wanted)


def _series(catalogue: Catalogue, choice: Choice) -> list[Series]:
    """All figures of the records, or those of the chosen and the most frequent metrics where there are too many."""
    query = Query("observation", Where("entity_id", "in", choice.records))
    if catalogue.count(query) <= READ_AT_ONCE:
        return catalogue.series(Summary(choice.records))
    facets = catalogue.facets(query, catalogue.kinds["observation"].field("metric_id"), FEW_METRICS)
    frequent = [facet.value.id for facet in facets if isinstance(facet.value, Ref)]
    metrics = dict.fromkeys((*choice.metrics, choice.across, choice.upright, *frequent))
    return catalogue.series(Summary(choice.records, tuple(id for id in metrics if id)))


def _offers(series: Sequence[Series]) -> tuple[Offer, ...]:
    """The metrics that most records have first, then those with most figures."""
    records: dict[int, set[int]] = {}
    figures: dict[int, int] = {}
    refs: dict[int, Ref] = {}
    for one in series:
        count = sum(point.quantity is not None and point.measure == "level" for point in one.points)
        refs[one.metric.id] = one.metric
        figures[one.metric.id] = figures.get(one.metric.id, 0) + count
        if count:
            records.setdefault(one.metric.id, set()).add(one.entity.id)
    offers = (Offer(ref, len(records.get(id, ())), figures[id]) for id, ref in refs.items())
    return tuple(sorted(offers, key=lambda offer: (-offer.records, -offer.figures, offer.metric.name)))


def _filled(choice: Choice, offers: Sequence[Offer]) -> Choice:
    """The best metric where none is chosen, the two best for a scatter."""
    ids = [offer.metric.id for offer in offers]
    metrics = choice.metrics or tuple(ids[:1])
    both = [*metrics, *(id for id in ids if id not in metrics)]
    upright = choice.upright if choice.upright in ids else (both[0] if both else 0)
    rest = [id for id in both if id != upright]
    across = choice.across if choice.across in ids else (rest[0] if rest else upright)
    return replace(choice, metrics=metrics, across=across, upright=upright)


def _scenarios(choice: Choice, there: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(key for key in choice.scenarios if key in there)
    if wanted:
        return wanted
    return ("actual",) if "actual" in there else tuple(there)


def _facts(catalogue: Catalogue, metrics: Sequence[int]) -> dict[int, tuple[object, ...]]:
    known = tuple(catalogue.refs("metric", metrics))
    return dict(zip(known, catalogue.rows("metric", known, _fact_fields(catalogue)), strict=True))


def _fact_fields(catalogue: Catalogue) -> list[Field]:
    return [catalogue.kinds["metric"].field(key) for key in FACTS]


def _compared(row: Sequence[object]) -> MetricFacts:
    nature, statistical_unit, legal_basis = (str(value or "") for value in row[1:])
    return MetricFacts(nature, statistical_unit, legal_basis)


def _told(catalogue: Catalogue, row: Sequence[object]) -> tuple[str, ...]:
    """The facts as a person reads them."""
    texts = [field.format(value, current_code()) for field, value in zip(_fact_fields(catalogue), row, strict=True)]
    unit, nature, statistical_unit, legal_basis = texts
    return (
        tr("Unit: {unit}", unit=unit) if unit else "",
        tr(nature),
        tr("counts {what}", what=statistical_unit) if statistical_unit else "",
        legal_basis,
    )


def suggestion(catalogue: Catalogue) -> Choice:
    """Return something worth comparing: the records that share most, else all figures of the best documented one."""
    read: list[Series] = []
    for kind in ENTITIES:
        ids = [int(id) for id in catalogue.ids(Query(kind, Where("figures", ">", 0)))[:MOST_RECORDS]]
        series = _amounts(catalogue, catalogue.series(Summary(tuple(ids)))) if ids else []
        shared: dict[int, set[int]] = {}
        for one in series:
            shared.setdefault(one.metric.id, set()).add(one.entity.id)
        best = max(shared.items(), key=lambda item: len(item[1]), default=(0, set()))
        if len(best[1]) > 1:
            return replace(Choice().with_records(sorted(best[1])[:SUGGESTED]), metrics=(best[0],))
        read += series
    return _profile(read)


def _amounts(catalogue: Catalogue, series: Sequence[Series]) -> list[Series]:
    """The series that have levels, of metrics that are amounts."""
    facts = _facts(catalogue, list({one.metric.id for one in series}))
    drawn = [one for one in series if any(p.quantity is not None and p.measure == "level" for p in one.points)]
    return [one for one in drawn if str(facts[one.metric.id][1]) not in PLACES]


def _profile(series: Sequence[Series]) -> Choice:
    metrics: dict[int, list[int]] = {}
    for one in series:
        metrics.setdefault(one.entity.id, []).append(one.metric.id)
    if not metrics:
        return Choice()
    record = max(metrics, key=lambda id: len(set(metrics[id])))
    return replace(Choice().with_records([record]), metrics=tuple(dict.fromkeys(metrics[record]))[:SUGGESTED])
