"""Small sheets as agencies lay them out, for the tests of guess, mapping and parser."""

from __future__ import annotations

from pathlib import Path

from storage.workbook.sheet import CellValue, Sheet, Workbook

LONG_KOREAN: list[list[CellValue]] = [
    ["시도", "시군구", "년도", "행정구역코드", "지수"],
    ["서울", "종로구", 2015.0, 11010.0, 1.5],
    ["서울", "중구", 2015.0, 11020.0, -0.5],
    ["부산", "중구", 2015.0, 21010.0, 0.25],
]
WIDE_PERIODS: list[list[CellValue]] = [
    ["Workers by region (단위: 천명)", None, None, None],
    ["Region", "Metric", "2014", "2015"],
    ["Pangyo", "Workers", 58.2, 70.6],
    [None, "Firms", 0.87, None],
    ["Gwanggyo", "Workers", 10.1, "n/a"],
    ["Source: GBSA", None, None, None],
]
TWO_ROWS: list[list[CellValue]] = [
    ["The index of competitiveness", None, None, None],
    [None, "Index 2014-2015", None, "Index 2013-2014"],
    ["Country/Economy", "Rank (out of 144)", "Score", "Rank (out of 148)"],
    ["Switzerland", 1.0, 5.7, 1.0],
    ["Singapore", 2.0, 5.6, "n/a"],
]
SDMX: list[list[CellValue]] = [
    ["LOCATION", "INDICATOR", "SUBJECT", "MEASURE", "FREQUENCY", "TIME", "Value", "Flag Codes"],
    ["AUS", "FDIFLOW", "INWARD", "MLN_USD", "A", "2005", -24.5, None],
    ["AUS", "FDIFLOW", "OUTWARD", "MLN_USD", "A", "2005", 30.5, "B"],
    ["AUS", "FDIFLOW", "INWARD", "PC_GDP", "A", "2005", 1.5, None],
    ["AUT", "FDIFLOW", "INWARD", "PC_GDP", "Q", "2005-Q1", 2.5, None],
]
CATEGORIES: list[list[CellValue]] = [
    ["region_code_t", "region_name_t", "cluster_name_t", "year_t", "emp_tl", "lq_tf", "emp_tl_rank_i", "traded_b"],
    ["01", "Alabama", "Fishing", 2016.0, 10.0, 0.5, 2.0, True],
    ["01", "Alabama", "Apparel", 2016.0, 20.0, 1.5, 1.0, True],
    ["02", "Alaska", "Fishing", 2016.0, 9004.0, 121.5, 1.0, True],
    ["02", "Alaska", "Apparel", 2016.0, 5.0, 0.1, 2.0, True],
]
MEASURED_CODES: list[list[CellValue]] = [
    ["region", "metric", "measure", "value"],
    *[
        [region, f"cp_bnu_{number:03}", measure, float(number)]
        for region in ("pangyo", "cheongna")
        for number in range(12)
        for measure in ("businesses", "workers")
    ],
]
KOSIS_NOTES: list[list[CellValue]] = [
    ["○ 통계표ID", "TX_315"],
    ["○ 통계표명", "행정구역 현황"],
    ["○ 출처", "한국토지주택공사"],
    ["○ 단위", "㎡"],
    ["○ 주석", None],
]


def sheet(rows: list[list[CellValue]], name: str = "Sheet1") -> Sheet:
    """A sheet of such rows."""
    return Sheet(name, [list(row) for row in rows])


def book(*sheets: Sheet) -> Workbook:
    """A workbook of such sheets."""
    return Workbook(Path("made.xlsx"), sheets, "0" * 64)
