"""Header rows, data rows, titles and notes."""

from __future__ import annotations

import pytest

from storage.workbook.sheet import CellValue, Sheet
from storage.workbook.table import find_table
from tests.storage.workbook import made


@pytest.mark.parametrize(
    ("rows", "header_rows", "data"),
    [
        (made.LONG_KOREAN, (0,), (1, 3)),
        (made.WIDE_PERIODS, (1,), (2, 4)),
        (made.TWO_ROWS, (1, 2), (3, 4)),
        ([["Report", "2019"], [None, None], ["name", "value"], ["A", 1.0], ["B", 2.0], ["C", 3.0]], (2,), (3, 5)),
        ([["only"], ["names"], ["here"]], (0,), (1, 2)),
        ([["Group", None, "Source"], [None, 2014.0, "Name"], ["A", 5.0, "x"], ["B", 6.0, "y"]], (0, 1), (2, 3)),
    ],
)
def test_finds_header_and_data(
    rows: list[list[CellValue]], header_rows: tuple[int, ...], data: tuple[int, int]
) -> None:
    table = find_table(made.sheet(rows))
    assert table is not None
    assert (table.header_rows, (table.first_row, table.last_row)) == (header_rows, data)


def test_group_labels_reach_right() -> None:
    table = find_table(made.sheet(made.TWO_ROWS))
    assert table is not None
    assert table.headers == (
        ("Country/Economy",),
        ("Index 2014-2015", "Rank (out of 144)"),
        ("Index 2014-2015", "Score"),
        ("Index 2013-2014", "Rank (out of 148)"),
    )


def test_merged_labels_reach_over_their_range() -> None:
    rows: list[list[CellValue]] = [["Region", "Sales", None], [None, "2014", "2015"], ["A", 1.0, 2.0], ["B", 3.0, 4.0]]
    table = find_table(Sheet("s", rows, merged=((0, 1, 0, 2), (0, 0, 1, 0))))
    assert table is not None
    assert table.headers == (("Region",), ("Sales", "2014"), ("Sales", "2015"))


def test_told_header_row() -> None:
    table = find_table(made.sheet([["x", "y"], ["name", "value"], ["A", 1.0]]), 1)
    assert table is not None
    assert table.headers[0][-1] == "name"


def test_blank_sheet() -> None:
    assert find_table(made.sheet([[None, None]])) is None
