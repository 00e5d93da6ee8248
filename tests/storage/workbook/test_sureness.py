"""How sure a layout is, and why."""

from __future__ import annotations

import pytest

from storage.workbook.mapping import suggest_mapping
from storage.workbook.sheet import CellValue
from tests.storage.workbook import made
from tests.storage.workbook.shapes import rows as shapes


@pytest.mark.parametrize(
    ("rows", "sureness"),
    [
        (made.LONG_KOREAN, "high"),
        (made.WIDE_PERIODS, "high"),
        ([["name", "sales"], ["A", 5.0], ["B", 6.0]], "medium"),
        ([["industry", "2014", "2015"], ["Mining", 1.0, 2.0], ["Trade", 3.0, 4.0]], "low"),
    ],
)
def test_sureness(rows: list[list[CellValue]], sureness: str) -> None:
    assert suggest_mapping(made.book(made.sheet(rows))).sureness == sureness


def test_reasons_name_row_and_counts() -> None:
    reasons = [str(reason) for reason in suggest_mapping(made.book(made.sheet(made.WIDE_PERIODS))).reasons]
    assert "Row 2: 2 of 2 headers above figures are periods." in reasons
    assert "4 of 4 cells below those headers are numbers." in reasons


def test_the_weakest_part_comes_first() -> None:
    mapping = suggest_mapping(made.book(made.sheet([["name", "sales"], ["A", 5.0], ["B", 6.0]])))
    assert str(mapping.reasons[0]) == "No column says when the figures were counted."


def test_each_column_says_what_its_cells_hold() -> None:
    mapping = suggest_mapping(made.book(made.sheet(made.LONG_KOREAN)))
    assert [str(reason) for reason in mapping.columns[4].reasons] == [
        "A column of figures; its header is the metric.",
        "3 of 3 cells are numbers.",
    ]


def test_a_guess_about_groups_is_told_and_makes_the_layout_less_sure() -> None:
    mapping = suggest_mapping(shapes.group_rows().book)
    assert mapping.sureness == "medium"
    assert str(mapping.reasons[0]) == "A name alone on a row is the wider place of the rows below it."


def test_a_told_group_is_no_guess() -> None:
    mapping = suggest_mapping(shapes.group_rows().book, constants={"groups": "metric"})
    assert mapping.sureness == "high"
