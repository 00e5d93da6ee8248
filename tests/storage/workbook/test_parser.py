"""Figures and findings of mapped sheets."""

from __future__ import annotations

from datetime import date

import pytest

from storage.domain.periods import parse_period
from storage.workbook.mapping import suggest_mapping
from storage.workbook.parser import parse
from storage.workbook.reader import ReadingCancelled
from storage.workbook.sheet import UNCALCULATED, CellError, CellValue
from storage.workbook.staged import EntityName, MetricName, SectorName, Staged
from tests.storage.workbook import made


def staged(rows: list[list[CellValue]], overrides: dict[str, str] | None = None, **constants: str) -> Staged:
    book = made.book(made.sheet(rows))
    return parse(book, suggest_mapping(book, overrides=overrides, constants=constants))


def test_long_table() -> None:
    figure = staged(made.LONG_KOREAN).rows[0]
    assert figure.cell == "E2"
    assert figure.entity == EntityName("종로구", "11010", parent=EntityName("서울"))
    assert figure.metric == MetricName("지수")
    assert (figure.period and figure.period.text, figure.quantity.value) == ("2015", 1.5)


def test_same_name_in_two_provinces_are_two() -> None:
    names = {figure.entity for figure in staged(made.LONG_KOREAN).rows if figure.entity.name == "중구"}
    assert len(names) == 2


def test_wide_table_with_names_reaching_down() -> None:
    rows = staged(made.WIDE_PERIODS).rows
    assert [(f.cell, f.entity.name, f.metric.name, f.period and f.period.text, f.quantity.amount) for f in rows] == [
        ("C3", "Pangyo", "Workers", "2014", 58_200),
        ("D3", "Pangyo", "Workers", "2015", 70_600),
        ("C4", "Pangyo", "Firms", "2014", 870),
        ("C5", "Gwanggyo", "Workers", "2014", 10_100),
    ]
    assert {(figure.metric.name, figure.unit) for figure in rows} == {("Workers", "persons"), ("Firms", "")}


def test_two_row_header() -> None:
    rows = staged(made.TWO_ROWS).rows
    assert [
        (f.cell, f.metric.name, f.unit, f.period and f.period.start) for f in rows if f.entity.name == "Singapore"
    ] == [
        ("B5", "Index, Rank", "rank", "2014-01-01"),
        ("C5", "Index, Score", "", "2014-01-01"),
    ]


def test_sdmx_unit_measure_and_flag() -> None:
    rows = staged(made.SDMX).rows
    assert [(f.metric.name, f.unit, f.quantity.multiplier, f.status) for f in rows] == [
        ("FDIFLOW, INWARD", "USD", 1e6, ""),
        ("FDIFLOW, OUTWARD", "USD", 1e6, "B"),
        ("FDIFLOW, INWARD", "% of GDP", 1.0, ""),
        ("FDIFLOW, INWARD", "% of GDP", 1.0, ""),
    ]


def test_sector_and_attributes_left_out_on_purpose() -> None:
    found = staged(made.CATEGORIES, {"*": "ignore", "emp_tl": "value:Employment"})
    assert found.rows[0].sector == SectorName("Fishing")
    assert len(found.rows) == 4
    assert found.ignored == 4 * 3


BAD: list[list[CellValue]] = [
    ["name", "year", "sales"],
    ["A", 2015.0, 1.0],
    ["B", 2015.0, "many"],
    ["C", 2015.0, CellError("#DIV/0!")],
    ["D", 2015.0, UNCALCULATED],
    ["E", 2015.0, date(2015, 1, 1)],
    ["F", "soon", 2.0],
    [None, 2015.0, 3.0],
    ["H", 2015.0, 0.0],
    ["I", 2015.0, "n/a"],
    ["J", 2015.0, None],
]


def test_bad_cells_are_findings() -> None:
    found = staged(BAD, {"sales": "value:sales", "year": "period", "name": "entity"})
    assert [(problem.cell, str(problem.cause)) for problem in found.problems] == [
        ("C3", "“many” is not read as a number; write for example 1,234.5, ≈ 70,000 or 7만."),
        ("C4", "The cell holds the error #DIV/0!."),
        ("C5", "The formula has no stored result."),
        ("C6", "The cell holds a date, not a figure."),
        ("B7", "“soon” is not read as a period; write for example 2015, 2015-Q2, 2015-12, 2011–2015 or 1990s."),
        ("A8", "The row has figures but names nobody."),
    ]
    assert all(str(problem.remedy) for problem in found.problems)


def test_zero_is_a_value_and_missing_is_none() -> None:
    found = staged(BAD, {"sales": "value:sales", "year": "period", "name": "entity"})
    assert [(figure.entity.name, figure.quantity.value) for figure in found.rows] == [("A", 1.0), ("H", 0.0)]


def test_one_range_makes_all_of_them_ranges() -> None:
    rows: list[list[CellValue]] = [
        ["name", "period", "value"],
        ["A", "2005-07", 1.0],
        ["A", "2015-17", 2.0],
        ["A", "2005-07 to 2015-17", 3.0],
    ]
    found = staged(rows, None, metric="Deals").rows
    assert [(f.period and f.period.start, f.period and f.period.end) for f in found] == [
        ("2005-01-01", "2008-01-01"),
        ("2015-01-01", "2018-01-01"),
        ("2005-01-01", "2018-01-01"),
    ]


def test_year_and_quarter_in_two_columns() -> None:
    rows: list[list[CellValue]] = [
        ["name", "year", "quarter", "sales"],
        ["A", 2015.0, 1.0, 5.0],
        ["A", 2015.0, 2.0, 6.0],
    ]
    assert [f.period and f.period.format() for f in staged(rows).rows] == ["2015 Q1", "2015 Q2"]


def test_constants_fill_what_no_column_says() -> None:
    rows: list[list[CellValue]] = [["name", "sales"], ["A", 5.0], ["B", 6.0]]
    figure = staged(rows, None, period="2015 Q2", unit="억원", source="KICOX", scope="all firms").rows[0]
    assert (figure.period and figure.period.start, figure.unit, figure.quantity.multiplier) == (
        "2015-04-01",
        "KRW",
        1e8,
    )
    assert (figure.source, figure.scope) == ("KICOX", "all firms")


def test_told_period_leaves_other_dates_in_the_note() -> None:
    rows: list[list[CellValue]] = [["region", "jobs", "boundary_period"], ["A", 5.0, "2025_Q2"], ["B", 6.0, "2025_Q2"]]
    figure = staged(rows, None, period="2023").rows[0]
    assert (figure.period and figure.period.text, figure.note) == ("2023", "boundary_period: 2025_Q2")


def test_bounds_precision_and_multiplier_columns() -> None:
    rows: list[list[CellValue]] = [
        ["name", "metric", "year", "value", "low", "high", "precision", "unit_mult"],
        ["A", "Sales", 2015.0, 5.0, 4.0, 6.0, "about", 3.0],
    ]
    quantity = staged(rows).rows[0].quantity
    assert (quantity.value, quantity.low, quantity.high, quantity.precision, quantity.multiplier) == (
        5,
        4,
        6,
        "about",
        1e3,
    )


def test_decimal_commas() -> None:
    rows: list[list[CellValue]] = [["name", "sales"], ["A", "1.234,5"], ["B", "9,99"]]
    assert [figure.quantity.value for figure in staged(rows).rows] == [1234.5, 9.99]


def test_nobody_named_is_one_finding() -> None:
    found = staged([["industry", "2014", "2015"], ["Mining", 1.0, 2.0], ["Trade", 3.0, 4.0]])
    assert [str(problem.cause) for problem in found.problems] == ["Nothing says who the figures are about."]


def test_can_be_stopped() -> None:
    book = made.book(made.sheet([["name", "sales"], *[["A", 1.0]] * 1001]))
    with pytest.raises(ReadingCancelled):
        parse(book, suggest_mapping(book), cancelled=lambda: True)


def test_totals_are_left_out_on_purpose() -> None:
    found = staged([["단지명", "업체수"], ["반월", 7000.0], ["시화", 11000.0], ["합계", 18000.0]])
    assert [figure.entity.name for figure in found.rows] == ["반월", "시화"]
    assert found.ignored == 1


def test_total_above_the_names_is_nobodys_figure() -> None:
    rows: list[list[CellValue]] = [
        ["지역", "단지명", "업체수"],
        ["경기", "반월", 1.5],
        [None, "시화", 2.5],
        ["경북", "구미", 3.5],
        ["경북", None, 3.5],
        ["합계", None, 7.5],
    ]
    book = made.book(made.sheet(rows))
    found = parse(book, suggest_mapping(book))
    assert [(f.entity.name, f.entity.parent and f.entity.parent.name) for f in found.rows] == [
        ("반월", "경기"),
        ("시화", "경기"),
        ("구미", "경북"),
    ]
    assert [(problem.cell, str(problem.cause)) for problem in found.problems] == [
        ("B5", "The row has figures but names nobody.")
    ]


def test_columns_headed_by_entities() -> None:
    found = staged([["Indicator", "Pangyo", "Gwanggyo"], ["Firms", 1309.0, 200.0], ["Sales", 1.5, 2.5]])
    assert [(f.cell, f.entity.name, f.metric.name) for f in found.rows[:2]] == [
        ("B2", "Pangyo", "Firms"),
        ("C2", "Gwanggyo", "Firms"),
    ]


def test_flags_beside_each_figure() -> None:
    rows: list[list[CellValue]] = [
        ["GEO", "2011", None, "2012", None],
        ["Belgium", 1500.5, "e", 1480.0, "p"],
        ["Bulgaria", 15.0, "b", 20.0, None],
    ]
    assert [figure.status for figure in staged(rows, None, metric="Patents").rows] == ["E", "P", "B", ""]


def test_header_that_stands_again_is_no_data() -> None:
    rows: list[list[CellValue]] = [["Region", "2019"], ["A", 1.0], ["Region", "2019"], ["B", 2.0]]
    assert [figure.entity.name for figure in staged(rows, None, metric="Firms").rows] == ["A", "B"]


def test_second_table_is_told_and_not_mixed_in() -> None:
    rows: list[list[CellValue]] = [
        ["Cluster", 2019.0],
        ["A", 5.5],
        ["B", 6.5],
        [None, None],
        ["Cluster", 2020.0],
        ["A", 7.5],
    ]
    book = made.book(made.sheet(rows))
    mapping = suggest_mapping(book)
    assert [figure.quantity.value for figure in parse(book, mapping).rows] == [5.5, 6.5]
    assert [str(note) for note in mapping.notes] == ["Another table begins at row 5; it is not read."]


def test_notes_below_are_no_data() -> None:
    rows: list[list[CellValue]] = [
        ["Region", "2019"],
        ["A", 1.0],
        [None, None],
        ["p", "provisional"],
        [":", "not available"],
    ]
    assert len(staged(rows, None, metric="Firms").rows) == 1


def test_triangle_marks_a_loss() -> None:
    assert staged([["name", "sales"], ["A", "▲12"], ["B", "△1,500"]]).rows[1].quantity.value == -1500


@pytest.mark.parametrize(
    ("headers", "written"),
    [
        (("Jan", "Feb"), ("2022-01", "2022-02")), (("1월", "2월"), ("2022-01", "2022-02")),
        (("Q1", "Q2"), ("2022-Q1", "2022-Q2")), (("1/4분기", "2/4분기"), ("2022-Q1", "2022-Q2")),
        (("상반기", "하반기"), ("2022-H1", "2022-H2")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("year", ["Year", "연도"])
def test_months_across_belong_to_the_year_of_the_row(
    headers: tuple[str, str], written: tuple[str, str], year: str
) -> None:
    read = staged([[year, *headers], [2022.0, 149.5, 150.5], [2023.0, 154.5, 155.5]], entity="Ohio", metric="Jobs").rows
    found = [(figure.entity.name, figure.metric.name, figure.quantity.value) for figure in read]
    assert found == [("Ohio", "Jobs", value) for value in (149.5, 150.5, 154.5, 155.5)]
    periods = [parse_period(text) for text in (*written, *(text.replace("2022", "2023") for text in written))]
    assert [(f.period.start, f.period.end) for f in read if f.period] == [(p.start, p.end) for p in periods]
