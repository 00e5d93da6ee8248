"""Roles that are guessed for typical columns, and why."""

from __future__ import annotations

import pytest

from storage.workbook.guess_values import split_period
from storage.workbook.layout import guess_layout
from storage.workbook.sheet import CellValue
from tests.storage.workbook import made


def roles(rows: list[list[CellValue]]) -> dict[str, str]:
    layout = guess_layout(made.sheet(rows))
    assert layout is not None
    return {column.header: column.role for column in layout.columns}


@pytest.mark.parametrize(
    ("rows", "orientation"),
    [
        (made.LONG_KOREAN, "wide by metric"),
        (made.WIDE_PERIODS, "wide by period"),
        (made.TWO_ROWS, "wide by period"),
        (made.SDMX, "long"),
        ([["name", "code"], ["Pangyo", "P1"], ["Gumi", "G1"]], "no figures"),
    ],
)
def test_orientation(rows: list[list[CellValue]], orientation: str) -> None:
    layout = guess_layout(made.sheet(rows))
    assert layout is not None
    assert layout.orientation == orientation


def test_levels_of_places() -> None:
    assert roles(made.LONG_KOREAN) == {
        "시도": "entity.parent",
        "시군구": "entity",
        "년도": "period",
        "행정구역코드": "entity.code",
        "지수": "value:지수",
    }


def test_periods_as_columns() -> None:
    assert roles(made.WIDE_PERIODS) == {
        "Region": "entity",
        "Metric": "metric",
        "2014": "value@2014",
        "2015": "value@2015",
    }


def test_metric_over_measure() -> None:
    assert list(roles(made.TWO_ROWS).values()) == [
        "entity",
        "value:Index, Rank@2014-2015",
        "value:Index, Score@2014-2015",
        "value:Index, Rank@2013-2014",
    ]


def test_sdmx() -> None:
    assert list(roles(made.SDMX).values()) == [
        "entity.code",
        "metric",
        "measure",
        "unit",
        "ignore",
        "period",
        "value",
        "status",
    ]


def test_clusters_crossed_with_regions_are_sectors() -> None:
    assert list(roles(made.CATEGORIES).values()) == [
        "entity.code",
        "entity",
        "sector",
        "period",
        "value:emp_tl",
        "value:lq_tf",
        "ignore",
        "attribute",
    ]


def test_numbered_codes_beside_a_measure_are_sectors() -> None:
    assert list(roles(made.MEASURED_CODES).values()) == ["entity", "sector.code", "metric", "value"]


COMPLEXES: list[list[CellValue]] = [
    ["DAN_ID", "DAN_NAME", "SIGUNGU_CD", "SIGUNGU_NM", "TYPE", "매출(억원)", "BUFFER_M", "매출(억원)_norm", "lat"],
    *[
        [
            f"{n:05}",
            f"단지{n}",
            21000.0 + n // 2,
            f"구{n // 2}",
            "시" if n % 2 else "군",
            n * 1.5,
            5000.0 + n % 2,
            n / 30,
            37.0,
        ]
        for n in range(30)
    ],
]


def test_what_repeats_other_columns_is_left_out() -> None:
    assert list(roles(COMPLEXES).values()) == [
        "entity.code",
        "entity",
        "entity.parent.code",
        "entity.parent",
        "attribute",
        "value:매출",
        "ignore",
        "ignore",
        "ignore",
    ]


def test_unit_of_the_header_is_split_off() -> None:
    layout = guess_layout(made.sheet(COMPLEXES))
    assert layout is not None
    assert (layout.columns[5].unit, layout.columns[5].multiplier) == ("KRW", 1e8)


def test_one_metric_in_two_units_keeps_its_headers() -> None:
    rows: list[list[CellValue]] = [["region", "area_sqm", "area_km2"], ["A", 2e6, 2.0], ["B", 3e6, 3.0]]
    assert list(roles(rows).values()) == ["entity", "value:area_sqm", "value:area_km2"]


def test_code_of_several_names_identifies_none() -> None:
    rows: list[list[CellValue]] = [
        ["metro", "metro_code", "year", "jobs"],
        ["Philadelphia", "37980", 2015.0, 1.0],
        ["Wilmington", "37980", 2015.0, 2.0],
    ]
    assert roles(rows)["metro_code"] == "attribute"


def test_breakdown_without_which_rows_repeat() -> None:
    rows: list[list[CellValue]] = [
        ["region", "year", "sex", "workers"],
        *[["A", year, sex, 5.0] for year in (2014.0, 2015.0) for sex in ("women", "men")],
    ]
    assert roles(rows)["sex"] == "measure"


def test_names_that_stand_once_above_blanks_reach_down() -> None:
    layout = guess_layout(made.sheet(made.WIDE_PERIODS))
    assert layout is not None
    assert layout.columns[0].fill_down


def test_every_guess_has_confidence_and_reason() -> None:
    layout = guess_layout(made.sheet(made.SDMX))
    assert layout is not None
    assert all(0 < column.confidence <= 1 and str(column.reason) for column in layout.columns)


def test_year_over_item_with_thousands_as_text() -> None:
    rows: list[list[CellValue]] = [
        ["행정구역별", "산업별", "2019", "2019", "2020", "2020"],
        ["행정구역별", "산업별", "사업체수 (개)", "종사자수 (명)", "사업체수 (개)", "종사자수 (명)"],
        ["서울특별시", "제조업", "1,234", "5,678", "1,240", "-"],
        ["서울특별시", "서비스업", "2,234", "15,678", "2,240", "16,000"],
    ]
    assert list(roles(rows).values()) == [
        "entity",
        "sector",
        "value:사업체수@2019",
        "value:종사자수@2019",
        "value:사업체수@2020",
        "value:종사자수@2020",
    ]


def test_sdmx_codes_with_labels() -> None:
    rows: list[list[CellValue]] = [
        [
            *("REF_AREA", "Reference area", "MEASURE", "Measure", "UNIT_MEASURE", "Unit of measure"),
            "TIME_PERIOD",
            "Time period",
            "OBS_VALUE",
            "UNIT_MULT",
        ],
        ["KOR", "Korea", "G", "GERD", "USD_PPP", "US dollars", 2019.0, None, 95000.5, 6.0],
        ["KOR", "Korea", "B", "BERD", "PT_B1GQ", "Percentage of GDP", 2019.0, None, 4.6, 0.0],
        ["JPN", "Japan", "G", "GERD", "USD_PPP", "US dollars", 2019.0, None, 173000.5, 6.0],
    ]
    assert list(roles(rows).values()) == [
        "entity.code",
        "entity",
        "metric.code",
        "metric",
        "ignore",
        "unit",
        "period",
        "ignore",
        "value",
        "multiplier",
    ]


def test_regions_of_countries_are_wider_places() -> None:
    rows: list[list[CellValue]] = [
        ["Country Name", "Region", "2015 Score", "Property Rights"],
        ["Albania", "Europe", 65.7, 30.0],
        ["Austria", "Europe", 71.2, 90.0],
        ["Algeria", "Africa", 48.9, 30.0],
        ["Angola", "Africa", 47.9, 15.0],
    ]
    assert list(roles(rows).values()) == ["entity", "entity.parent", "value:Score@2015", "value:Property Rights"]


def test_what_describes_a_firm_is_no_dimension() -> None:
    rows: list[list[CellValue]] = [
        ["기업명", "소재지", "업종", "설립년도", "매출액(억원)", "홈페이지"],
        ["네이버", "성남시", "소프트웨어", 1999.0, 12345.0, "http://naver.com"],
        ["카카오", "제주시", "소프트웨어", 1995.0, 6789.0, "http://kakao.com"],
        ["안랩", "성남시", "보안", 1995.0, 2000.0, "http://ahnlab.com"],
    ]
    assert list(roles(rows).values()) == ["entity", "entity.parent", "attribute", "field:since", "value:매출액", "url"]


def test_headers_name_entities_where_metrics_stand_down_the_side() -> None:
    rows: list[list[CellValue]] = [
        ["Indicator", "Unit", "Pangyo", "Gwanggyo"],
        ["Firms", "firms", 1309.0, 200.0],
        ["Sales", "조원", 1.5, 2.5],
    ]
    assert list(roles(rows).values()) == ["metric", "unit", "entity:Pangyo", "entity:Gwanggyo"]


def test_row_of_units_belongs_to_the_header() -> None:
    rows: list[list[CellValue]] = [
        ["Region", "Firms", "Sales"],
        [None, "(number)", "(억원)"],
        ["A", 5.0, 10.5],
        ["B", 6.0, 20.5],
    ]
    layout = guess_layout(made.sheet(rows))
    assert layout is not None
    assert [(column.role, column.unit) for column in layout.columns[1:]] == [
        ("value:Firms", ""),
        ("value:Sales", "KRW"),
    ]


@pytest.mark.parametrize(
    ("header", "metric", "period"),
    [
        ("Employees (2023)", "Employees", "2023"),
        ("Sales 2023 (KRW m)", "Sales (KRW m)", "2023"),
        ("매출액 2023년 (억원)", "매출액 (억원)", "2023"),
        ("2023 sales", "sales", "2023"),
        ("Sales (KRW m)", "", ""),
    ],
)
def test_a_year_within_a_header_is_its_period(header: str, metric: str, period: str) -> None:
    assert split_period((header,))[:2] == (metric, period)


def test_numbers_that_are_codes_are_no_figures() -> None:
    rows: list[list[CellValue]] = [
        ["REF_DATE", "GEO", "UOM", "UOM_ID", "SCALAR_FACTOR", "SCALAR_ID", "COORDINATE", "VALUE"]
    ]
    rows += [
        ["2021-01", "Ontario", "Persons", 249.0, "thousands", 3.0, 1.1, 712.4],
        ["2021-01", "Quebec", "Persons", 239.0, "units", 0.0, 2.1, 480.5],
    ]
    found = roles(rows)
    assert {found[key] for key in ("UOM_ID", "SCALAR_ID", "COORDINATE")} == {"ignore"}
    assert (found["SCALAR_FACTOR"], found["VALUE"]) == ("multiplier", "value")


def test_the_word_beside_a_power_code_is_the_multiplier() -> None:
    rows: list[list[CellValue]] = [["Country", "Time", "Unit", "PowerCode Code", "PowerCode", "Value"]]
    rows += [["Australia", "2019", "EUR", 6.0, "Millions", 12.5], ["Austria", "2019", "EUR", 3.0, "Thousands", 4.25]]
    found = roles(rows)
    assert (found["PowerCode Code"], found["PowerCode"]) == ("ignore", "multiplier")


def test_of_two_columns_of_one_level_the_one_that_lies_in_the_other_names_the_rows() -> None:
    rows: list[list[CellValue]] = [["권역", "시도", "업체수"], ["수도권", "서울", 100.0], ["수도권", "경기", 200.0]]
    rows += [["수도권", "소계", 300.0], ["영남권", "부산", 50.0], ["영남권", "소계", 50.0], ["총계", None, 350.0]]
    assert roles(rows) == {"권역": "entity.parent", "시도": "entity", "업체수": "value:업체수"}


@pytest.mark.parametrize("header", ["2021 [YR2021]", "2021A", "2023.10 월"])
def test_headers_of_agencies_are_periods(header: str) -> None:
    rows: list[list[CellValue]] = [["Country", "Series", header], ["Korea", "Jobs", 10.5], ["Japan", "Jobs", 20.5]]
    assert roles(rows)[header] == f"value@{header}"


def test_numbers_of_a_classification_are_no_figures() -> None:
    rows: list[list[CellValue]] = [["Cluster", "NAICS", "LQ"], ["Aerospace", 3364.0, 2.5], ["Bio", 3254.0, 1.5]]
    assert roles(rows) == {"Cluster": "entity", "NAICS": "ignore", "LQ": "value:LQ"}


@pytest.mark.parametrize(
    ("months", "read"),
    [
        ((2015.09, 2015.1, 2015.11), ["2015.09", "2015.10", "2015.11"]),
        ((2015.01, 2015.1), ["2015.01", "2015.10"]),
        ((2015.1, 2015.2), ["2015.1", "2015.2"]),
    ],
)
def test_october_among_months_stored_as_numbers(months: tuple[float, ...], read: list[str]) -> None:
    found = guess_layout(made.sheet([["단지", *months], ["구미", *map(float, range(len(months)))]]))
    assert found is not None
    assert [column.header for column in found.columns[1:]] == read
