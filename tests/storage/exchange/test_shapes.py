"""Workbooks in the shapes in which agencies publish come in without any option, figure by figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from storage.catalogue import Catalogue
from storage.domain.proposal import Naming
from storage.errors import InvalidInput
from storage.exchange import importing
from storage.exchange.options import Options
from storage.workbook.parser import parse
from storage.workbook.planning import Told, plan_mappings
from storage.workbook.sheet import Workbook
from storage.workbook.staged import Staged
from tests.storage.workbook.shapes import across, agencies, headers, reports, rows, several, totals
from tests.storage.workbook.shapes.case import CASES, Case, Expected
from tests.storage.workbook.shapes.disturbed import disturbed

MODULES = (across, agencies, headers, reports, rows, several, totals)
MADE = {case.name: case for case in (make() for make in CASES)}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """An empty catalogue, which no test writes."""
    one = Catalogue.create(tmp_path_factory.mktemp("shapes") / "c.clusters", sample=False)
    yield one
    one.close()


def test_every_case_has_a_name_of_its_own() -> None:
    assert len(MADE) == len(CASES)
    assert len({make.__module__ for make in CASES}) == len(MODULES)


@pytest.mark.parametrize("name", MADE)
def test_every_figure_is_read_as_it_is_meant(catalogue: Catalogue, name: str) -> None:
    case = MADE[name]
    recipe = importing.plan(catalogue, case.book, Options())
    read = [row for sheet in importing.stage(case.book, recipe) for row in sheet.rows]
    found: list[Expected] = [
        (row.entity.name, row.metric.name, row.period.text if row.period else "", row.quantity.amount or 0.0)
        for row in read
    ]
    assert _rounded(found) == _rounded(case.expected)
    parents = {row.entity.name: row.entity.parent.name if row.entity.parent else None for row in read}
    assert {name: parents[name] for name in case.parents} == case.parents


def _rounded(figures: list[Expected]) -> Counter[Expected]:
    return Counter((entity, metric, period, round(amount, 3)) for entity, metric, period, amount in figures)


@pytest.mark.parametrize("name", MADE)
def test_nothing_is_invalid_and_only_wrong_totals_are_doubted(catalogue: Catalogue, name: str) -> None:
    case: Case = MADE[name]
    recipe = importing.plan(catalogue, case.book, Options())
    proposal = importing.propose_workbook(catalogue, case.book, recipe, Naming(create_missing=True))
    counts = proposal.counts()
    observations = proposal.counts_by_kind()["observation"]["new"]
    assert (observations, counts["invalid"], counts["conflicts"]) == (len(case.expected), 0, 0)
    assert len(proposal.problems) == case.doubts


@pytest.mark.parametrize("name", MADE)
def test_what_is_disturbed_still_ends_in_figures_findings_or_one_sentence(name: str) -> None:
    random = Random(name)
    for _ in range(8):
        staged = _read(disturbed(MADE[name], random))
        assert staged is None or any(one.rows or one.problems or one.fields or one.ignored for one in staged)


def _read(book: Workbook) -> list[Staged] | None:
    """What is read, None when the workbook is refused with a sentence."""
    try:
        return [parse(book, mapping) for mapping in plan_mappings(book, Told())]
    except InvalidInput:
        return None
