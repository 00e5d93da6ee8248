"""Suggestions, corrections by a person, constants and recipes."""

from __future__ import annotations

import pytest

from storage.errors import InvalidInput
from storage.workbook.mapping import suggest_mapping
from storage.workbook.metadata import lasting_name
from storage.workbook.sheet import CellValue, Sheet
from tests.storage.workbook import made

LONG = made.book(made.sheet(made.LONG_KOREAN))


def test_told_roles_win() -> None:
    mapping = suggest_mapping(LONG, overrides={"지수": "value:Inequality index", " 년도 ": "ignore"})
    assert [column.role for column in mapping.columns][2:] == ["ignore", "entity.code", "value:Inequality index"]


def test_guess_gives_way_to_a_told_entity() -> None:
    mapping = suggest_mapping(LONG, overrides={"시도": "entity"})
    assert [column.role for column in mapping.columns][:2] == ["entity", "attribute"]


def test_star_leaves_out_the_other_values() -> None:
    mapping = suggest_mapping(made.book(made.sheet(made.CATEGORIES)), overrides={"*": "ignore", "lq_tf": "value:LQ"})
    assert [column.role for column in mapping.value_columns()] == ["value:LQ"]


def test_column_without_header_is_named_by_its_letters() -> None:
    rows: list[list[CellValue]] = [["name", None], ["A", 1.0], ["B", 2.5]]
    mapping = suggest_mapping(made.book(made.sheet(rows)), overrides={"B": "value:size"})
    assert mapping.columns[1].role == "value:size"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"overrides": {"Umsatz": "value"}}, "no column “Umsatz”; the columns are: 시도, 시군구"),
        ({"overrides": {"지수": "figure"}}, "“figure” is no role"),
        ({"constants": {"colour": "red"}}, "“colour” cannot be set"),
        ({"constants": {"period": "soon"}}, "not read as a period"),
        ({"sheet_name": "Data"}, "no sheet “Data”; the sheets are: Sheet1"),
        ({"header_row": 99}, "has no table there"),
    ],
)
def test_wrong_corrections_are_refused(told: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        suggest_mapping(LONG, **told)  # type: ignore[arg-type]


def test_metadata_sheet_gives_constants() -> None:
    mapping = suggest_mapping(made.book(made.sheet(made.LONG_KOREAN), made.sheet(made.KOSIS_NOTES, "메타정보")))
    assert mapping.sheet == "Sheet1"
    assert mapping.constants == {
        "source.code": "TX_315",
        "source.title": "행정구역 현황",
        "source": "한국토지주택공사",
        "unit": "㎡",
    }


def test_lines_around_the_table_give_constants() -> None:
    mapping = suggest_mapping(made.book(made.sheet(made.WIDE_PERIODS)))
    assert mapping.constants == {"unit": "천명", "source": "GBSA"}


def test_title_names_the_metric_of_a_nameless_table() -> None:
    rows: list[list[CellValue]] = [
        ["Employment in firms", None, None],
        ["Region", "2014", "2015"],
        ["A", 1.0, 2.0],
        ["B", 1.0, 2.0],
    ]
    assert suggest_mapping(made.book(made.sheet(rows))).constants == {"metric": "Employment in firms"}


def test_sheet_names_the_entity_where_no_column_does() -> None:
    rows: list[list[CellValue]] = [["Metric", "2014", "2015"], ["Firms", 1.0, 2.0], ["Workers", 1.0, 2.0]]
    book = made.book(made.sheet(rows, "Pangyo"), made.sheet(rows, "Gwanggyo"))
    assert suggest_mapping(book, "Gwanggyo").constants == {"entity": "Gwanggyo"}


def _next_year(rows: list[list[CellValue]]) -> list[list[CellValue]]:
    header = [" REGION ", "Metric", "2015", "2016"]
    return [rows[0], header, *rows[2:]]


def test_fingerprint_is_blind_to_years_case_and_blanks() -> None:
    first = suggest_mapping(made.book(made.sheet(made.WIDE_PERIODS)))
    second = suggest_mapping(made.book(made.sheet(_next_year(made.WIDE_PERIODS))))
    other = suggest_mapping(LONG)
    assert first.fingerprint == second.fingerprint != other.fingerprint


def test_what_a_person_set_is_kept_apart_from_what_was_found() -> None:
    mapping = suggest_mapping(made.book(made.sheet(made.WIDE_PERIODS)), constants={"scope": "traded"})
    assert mapping.told == {"scope": "traded"}
    assert mapping.constants == {"scope": "traded", "unit": "천명", "source": "GBSA"}


def test_undecided_decimal_mark_is_told() -> None:
    rows: list[list[CellValue]] = [["name", "value"], ["A", "1,234"], ["B", "5,678"]]
    mapping = suggest_mapping(made.book(made.sheet(rows)))
    assert mapping.decimal == "."
    assert len(mapping.notes) == 1
    assert suggest_mapping(made.book(made.sheet(rows)), constants={"decimal": ","}).decimal == ","


FIRMS: list[list[CellValue]] = [["Cluster", "Firms", "Workers"], ["A", 1.5, 2.5], ["B", 3.5, 4.5]]


def test_sheet_named_by_a_year_says_when() -> None:
    book = made.book(made.sheet(FIRMS, "2019"), made.sheet(FIRMS, "2020"))
    assert suggest_mapping(book, "2020").constants == {"period": "2020"}


def test_title_says_when() -> None:
    titled = made.book(made.sheet([["산업단지현황 (2022년 3분기)", None, None], *FIRMS]))
    assert suggest_mapping(titled).constants == {"period": "2022년 3분기"}


def test_lines_with_labels_above_the_table() -> None:
    rows: list[list[CellValue]] = [
        ["Dataset:", "Patents", None],
        ["Unit of measure", "Number", None],
        [None, None, None],
        *FIRMS,
    ]
    assert suggest_mapping(made.book(made.sheet(rows))).constants == {"source.title": "Patents", "unit": "Number"}


def test_hidden_rows_are_told() -> None:
    hidden = Sheet("Sheet1", FIRMS, hidden_rows=frozenset({1}))
    assert [str(note) for note in suggest_mapping(made.book(hidden)).notes] == ["Hidden rows are read as well: 1."]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2023년 산업단지 고용 현황 (단위: 명)", "산업단지 고용 현황"),
        ("Exports of complexes, 2015 Q4", "Exports of complexes"),
        ("Exports of complexes [unit: KRW]", "Exports of complexes"),
        ("Exports", "Exports"),
        ("2015", "2015"),
    ],
)
def test_a_title_names_a_metric_that_lasts(title: str, name: str) -> None:
    assert lasting_name(title) == name
