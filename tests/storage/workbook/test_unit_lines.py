"""Units beside the table, and which columns they fit."""

from __future__ import annotations

import pytest

from storage.workbook.mapping import suggest_mapping
from storage.workbook.parser import parse
from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import CellValue
from storage.workbook.unit_lines import contradict, fit_units, fitting, kind_of_header, stated_words
from tests.storage.workbook.made import book, sheet


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("(단위 : 백만원)", "백만원"), ("Unit: million KRW", "million KRW"), ("(단위: 천명, %)", "천명, %"),
        ("(In millions of KRW)", "millions of KRW"), ("(백만원)", "백만원"), ("<단위: 억원>", "억원"),
        ("단위 : 명(%)", "명(%)"), ("(単位:百万円)", "百万円"),
        ("Table 1", ""), ("(잠정)", ""), ("In 2015", ""), ("(p)", ""),
    ],
)  # fmt: skip
def test_stated_words(line: str, words: str) -> None:
    assert stated_words(line) == words


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("종사자수", "people"), ("매출액", "money"), ("1인당 매출액", "money"), ("매출액 증가율", "share"),
        ("입주업체", "count"),
        ("Sales per employee", "money"), ("Number of employees", "people"), ("산업용지 면적", "area"), ("기타", ""),
    ],
)  # fmt: skip
def test_kind_of_header(header: str, kind: str) -> None:
    assert kind_of_header(header) == kind


def values(*headers: str) -> tuple[ColumnRole, ...]:
    return tuple(ColumnRole(place, header, f"value:{header}") for place, header in enumerate(headers))


def test_units_of_a_list_go_to_the_columns_that_they_fit() -> None:
    columns, notes = fit_units(values("종사자수", "업체수", "매출액"), "백만원, 명, 개")
    assert ([(c.unit, c.multiplier) for c in columns], notes) == ([("persons", 1), ("개", 1), ("KRW", 1e6)], ())


def test_units_that_fit_no_words_go_by_their_order() -> None:
    columns, notes = fit_units(values("A동", "매출액"), "명, 억원")
    assert ([(c.unit, c.multiplier) for c in columns], notes) == ([("persons", 1), ("KRW", 1e8)], ())


def test_column_that_none_is_sure_for_is_told() -> None:
    columns, notes = fit_units(values("매출액", "이것", "종사자수"), "백만원, 명")
    assert ([c.unit for c in columns], "이것" in str(notes[0])) == (["KRW", "", "persons"], True)


def test_single_unit_is_kept_from_a_column_of_another_kind() -> None:
    columns, notes = fit_units(values("매출액", "생산", "증가율"), "억원")
    assert ([c.unit for c in columns], "증가율" in str(notes[0])) == (["KRW", "KRW", ""], True)


def test_unit_of_the_header_stays() -> None:
    own = (ColumnRole(0, "비중(%)", "value:비중", unit="%"), *values("매출액")[:0])
    assert fit_units(own, "억원")[0][0].unit == "%"


def test_metric_in_a_row_finds_its_unit_in_the_list() -> None:
    assert fitting("고용인원", (("KRW", 1e6), ("persons", 1.0))) == ("persons", 1.0)


@pytest.mark.parametrize(
    ("one", "other", "contrary"),
    [("%", "KRW", True), ("USD", "EUR", True), ("persons", "firms", False), ("%", "%p", False), ("KRW", "개", True),
     ("KRW", "nonsense", False), ("m²", "km²", False)],
)  # fmt: skip
def test_units_that_cannot_both_be_meant(one: str, other: str, contrary: bool) -> None:
    assert contradict(one, other) is contrary


def units(*rows: list[CellValue]) -> tuple[list[tuple[str, float | None]], list[str]]:
    workbook = book(sheet(list(rows)))
    staged = parse(workbook, suggest_mapping(workbook))
    return [(f.unit, f.quantity.amount) for f in staged.rows], [problem.cell for problem in staged.problems]


HEAD: list[CellValue] = ["단지명", "연도", "매출액", "기타"]


def test_cell_with_a_unit_of_its_own_beats_the_line_above() -> None:
    found = units(["(단위: 백만원)"], HEAD, ["A단지", 2015.0, 5.0, "12%"], ["B단지", 2015.0, 7.0, "13%"])
    assert found == ([("KRW", 5e6), ("%", 12), ("KRW", 7e6), ("%", 13)], [])


def test_cell_against_the_unit_of_its_header_is_a_finding() -> None:
    head: list[CellValue] = ["단지명", "연도", "매출액(백만원)"]
    found = units(head, ["A단지", 2015.0, 5.0], ["B단지", 2015.0, "12%"], ["C단지", 2015.0, 6.0])
    assert found == ([("KRW", 5e6), ("KRW", 6e6)], ["C3"])


def test_unit_of_a_header_beats_the_line_above() -> None:
    head: list[CellValue] = ["단지명", "연도", "매출액", "종사자(명)"]
    found = units(["(단위: 백만원)"], head, ["A단지", 2015.0, 5.0, 9.0], ["B단지", 2015.0, 7.0, 8.0])
    assert found[0][:2] == [("KRW", 5e6), ("persons", 9)]


def test_unit_of_a_cell_fills_in_where_none_is_told() -> None:
    assert units(HEAD, ["A단지", 2015.0, "5억원", 1.0], ["B단지", 2015.0, "6억원", 2.0])[0][0] == ("KRW", 5e8)


def test_cell_against_the_unit_of_its_metric_is_a_finding() -> None:
    head: list[CellValue] = ["단지명", "항목", "2014", "2015"]
    rows: list[list[CellValue]] = [["A단지", "매출액(억원)", 5.0, "12%"], ["B단지", "매출액(억원)", 6.0, 7.0]]
    assert units(head, *rows)[1] == ["D2"]
