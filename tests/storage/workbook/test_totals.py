"""Totals, held against the sum of their parts."""

from __future__ import annotations

import pytest

from storage.workbook import words
from storage.workbook.parser import parse
from storage.workbook.planning import Told, plan_mappings
from storage.workbook.totals import is_sum
from tests.storage.workbook.shapes import totals
from tests.storage.workbook.shapes.case import Row, whole


def doubts(rows: list[Row]) -> list[tuple[str, str]]:
    book = whole(rows)
    (mapping,) = plan_mappings(book, Told())
    return [(doubt.cell, str(doubt.cause)) for doubt in parse(book, mapping).doubts]


@pytest.mark.parametrize(
    "name",
    ["Total", "합계", "합 계", "소 계", "총계", "계", "Grand total", "Sub-total", "North, subtotal", "서울 소계",
     "Total of all regions", "Total (17)", "<합계>"],
)  # fmt: skip
def test_names_of_totals(name: str) -> None:
    assert words.is_total(name)


@pytest.mark.parametrize(
    "name", ["TotalEnergies", "IDA total", "Total SE", "계룡시", "시계", "Summit", "", "All Saints"]
)
def test_names_that_only_look_like_totals(name: str) -> None:
    assert not words.is_total(name)


def test_a_wrong_total_is_told_with_cell_and_both_numbers() -> None:
    case = totals.wrong_subtotal()
    (mapping,) = plan_mappings(case.book, Told())
    staged = parse(case.book, mapping)
    assert [(doubt.cell, str(doubt.cause)) for doubt in staged.doubts] == [
        ("D4", "The total says 301, but its 2 parts sum up to 300.")
    ]
    assert str(staged.doubts[0].remedy)


def test_totals_count_as_ignored() -> None:
    case = totals.wrong_subtotal()
    (mapping,) = plan_mappings(case.book, Told())
    assert parse(case.book, mapping).ignored == 6


def test_a_total_of_the_year_is_held_against_that_year() -> None:
    rows: list[Row] = [["Cluster", "Year", "Firms"]]
    for year, wrong in ((2019.0, 0.0), (2020.0, 1.0)):
        rows += [["A", year, 10.0], ["B", year, 20.0 + wrong], ["Total", year, 30.0]]
    assert doubts(rows) == [("C7", "The total says 30, but its 2 parts sum up to 31.")]


def test_a_total_over_places_that_lack_figures_is_not_judged() -> None:
    assert not doubts([["Cluster", "Firms"], ["A", 10.0], ["B", "x"], ["C", 20.0], ["Total", 45.0]])


def test_a_mean_is_no_wrong_total() -> None:
    assert not doubts([["Cluster", "Rate"], ["A", 10.0], ["B", 20.0], ["Total", 15.0]])


@pytest.mark.parametrize(
    ("total", "parts", "scaled", "fits"),
    [
        (30.0, [10.0, 20.0], False, True),
        (31.0, [10.0, 20.0], False, False),
        (31.0, [10.0, 20.0], True, True),
        (30.1, [10.0, 20.0], False, True),
        (30.3, [10.0, 20.0], False, False),
        (0.3, [0.1, 0.2], False, True),
    ],
)
def test_rounding(total: float, parts: list[float], scaled: bool, fits: bool) -> None:
    assert is_sum(total, parts, scaled=scaled) is fits


def test_a_grand_total_below_groups_sums_up_all_of_them() -> None:
    rows: list[Row] = [["Region", "Firms"], ["North"], ["A", 10.0], ["B", 20.0], ["Subtotal", 30.0]]
    rows += [["South"], ["C", 5.0], ["D", 20.0], ["Subtotal", 25.0], ["Total", 55.0]]
    assert not doubts(rows)
    rows[-1] = ["Total", 56.0]
    assert [cell for cell, _ in doubts(rows)] == ["B10"]
