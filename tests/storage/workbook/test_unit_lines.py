"""Units beside the table, and which columns they fit."""

from __future__ import annotations

import pytest

from storage.workbook.roles import ColumnRole
from storage.workbook.unit_lines import fit_units, fitting, kind_of_header, stated_words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("(단위 : 백만원)", "백만원"), ("Unit: million KRW", "million KRW"), ("(단위: 천명, %)", "천명, %"),
        ("(In millions of KRW)", "millions of KRW"), ("(백만원)", "백만원"), ("<단위: 억원>", "억원"), ("단위 : 명(%)", "명(%)"),
        ("Table 1", ""), ("(잠정)", ""), ("In 2015", ""), ("(p)", ""),
    ],
)  # fmt: skip
def test_stated_words(line: str, words: str) -> None:
    assert stated_words(line) == words


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("종사자수", "people"), ("매출액", "money"), ("1인당 매출액", "money"), ("매출액 증가율", "share"), ("입주업체", "count"),
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
