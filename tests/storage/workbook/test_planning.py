"""Which tables of a workbook are read, and what a person may say about them."""

from __future__ import annotations

import pytest

from storage.errors import InvalidInput
from storage.workbook.parser import parse
from storage.workbook.planning import Told, plan_mappings
from storage.workbook.sheet import CellValue, Workbook
from tests.storage.workbook import made
from tests.storage.workbook.shapes import several
from tests.storage.workbook.shapes.case import CLUSTERS, Row, whole, wide, year_row

STACKED = several.stacked().book
PARTED: list[Row] = [
    ["Firms"],
    ["Region", "Total", "Home", "Abroad"],
    ["A", 3.0, 1.0, 2.0],
    ["B", 7.0, 3.0, 4.0],
    ["Total", 10.0, 4.0, 6.0],
]


def values(book: Workbook, told: Told) -> list[float | None]:
    return [row.quantity.value for mapping in plan_mappings(book, told) for row in parse(book, mapping).rows]


def test_each_table_has_its_area() -> None:
    assert [mapping.area for mapping in plan_mappings(STACKED, Told())] == [(0, 0, 8, 3), (9, 0, 15, 3), (16, 0, 22, 3)]


def test_one_area_may_be_told() -> None:
    (mapping,) = plan_mappings(STACKED, Told(area="A10:D15"))
    assert (mapping.header_rows, mapping.constants["metric"]) == ((10,), "Employees")


@pytest.mark.parametrize("area", ["A9", "9:14", "somewhere"])
def test_what_is_no_area_is_refused(area: str) -> None:
    with pytest.raises(InvalidInput, match="is no area"):
        plan_mappings(STACKED, Told(area=area))


def test_an_area_without_cells_is_refused() -> None:
    with pytest.raises(InvalidInput, match="There is no table"):
        plan_mappings(STACKED, Told(area="X50:Z60"))


def test_a_told_column_need_be_in_one_of_the_tables_only() -> None:
    book = several.stacked_differently().book
    first, second = plan_mappings(book, Told(roles={"Women": "ignore"}))
    assert [column.role for column in second.columns] == ["entity", "value:Men", "ignore"]
    assert len(first.value_columns()) == 3


def test_a_column_of_no_table_is_refused() -> None:
    with pytest.raises(InvalidInput, match="There is no column"):
        plan_mappings(STACKED, Told(roles={"Nothing": "ignore"}))


def test_headers_may_be_told_to_name_entities() -> None:
    rows: list[Row] = [["Year", "Alpha", "Beta"], [2019.0, 1.5, 2.5], [2020.0, 3.5, 4.5]]
    (mapping,) = plan_mappings(whole(rows), Told(constants={"across": "entity", "metric": "Firms"}))
    assert [column.role for column in mapping.columns] == ["period", "entity:Alpha", "entity:Beta"]


def test_rows_of_a_name_alone_may_be_told_to_be_none() -> None:
    rows: list[Row] = [["Firms"], year_row(), ["Gyeonggi"], *wide(CLUSTERS)]
    (mapping,) = plan_mappings(whole(rows), Told(constants={"groups": "none"}))
    assert {row.entity.parent for row in parse(whole(rows), mapping).rows} == {None}


@pytest.mark.parametrize(("totals", "read"), [({}, [1, 2, 3, 4]), ({"totals": "keep"}, [3, 1, 2, 7, 3, 4, 10, 4, 6])])
def test_totals_are_read_where_a_person_says_so(totals: dict[str, str], read: list[float]) -> None:
    assert values(whole(PARTED), Told(constants=totals)) == read


@pytest.mark.parametrize("key", ["across", "groups", "totals"])
def test_a_word_that_means_nothing_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput, match="can be one of these"):
        plan_mappings(whole(PARTED), Told(constants={key: "sideways"}))


def test_numbers_outside_the_tables_are_told() -> None:
    rows: list[list[CellValue]] = [["Checked by", 77.5], [], ["Firms"], year_row(), *wide(CLUSTERS)]
    (mapping,) = plan_mappings(made.book(made.sheet(rows)), Told())
    assert [str(note) for note in mapping.notes] == [
        "Sheet “Sheet1”: 1 numbers outside the table are not read, the first in B1."
    ]


def test_sheets_of_another_kind_are_told() -> None:
    (mapping,) = plan_mappings(several.unlike_sheets().book, Told())
    assert "laid out differently and are not read: Countries." in str(mapping.notes[0])
