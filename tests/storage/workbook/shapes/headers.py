"""Headers of one to four rows, merged cells, titles, units."""

from __future__ import annotations

from storage.workbook.sheet import Range
from tests.storage.workbook.shapes.case import (
    CLUSTERS,
    METRICS,
    PROVINCES,
    YEARS,
    Case,
    Expected,
    Row,
    case,
    crossed,
    figure,
    whole,
    wide,
    year_row,
)


@case
def long_table() -> Case:
    rows: list[Row] = [["Cluster", "Indicator", "Year", "Value"]]
    expected = crossed(CLUSTERS, METRICS, YEARS)
    rows += [[e, m, float(p), v] for e, m, p, v in expected]
    return Case("long", whole(rows), expected)


@case
def wide_by_metric() -> Case:
    rows: list[Row] = [["단지명", "연도", "업체수 (개)", "종업원수 (명)", "매출액 (억원)"]]
    rows += [
        [c, float(y), *(figure(e, m, p) for m in range(3))] for e, c in enumerate(CLUSTERS) for p, y in enumerate(YEARS)
    ]
    expected = [
        (e, m, p, v * 1e8 if m == "매출액" else v)
        for e, m, p, v in crossed(CLUSTERS, ("업체수", "종업원수", "매출액"), YEARS)
    ]
    return Case("wide by metric with units", whole(rows), expected)


@case
def wide_by_period() -> Case:
    rows: list[Row] = [["Table 3. Clusters by year"], [], ["Cluster", "Indicator", *map(str, YEARS)]]
    for e, c in enumerate(CLUSTERS):
        for m, metric in enumerate(METRICS):
            rows.append([c if m == 0 else None, metric, *(figure(e, m, p) for p in range(3))])
    rows += [[], ["Source: Ministry of Industry"], ["Note: preliminary figures for 2021"]]
    return Case("wide by period, names once above blanks", whole(rows), crossed(CLUSTERS, METRICS, YEARS))


@case
def metric_over_year() -> Case:
    rows: list[Row] = [
        ["Cluster", "Firms", None, None, "Employees", None, None],
        [None, *map(float, YEARS), *map(float, YEARS)],
    ]
    rows += [[c, *(figure(e, m, p) for m in range(2) for p in range(3))] for e, c in enumerate(CLUSTERS)]
    merged = ((0, 0, 1, 0), (0, 1, 0, 3), (0, 4, 0, 6))
    return Case("metric over year", whole(rows, merged=merged), crossed(CLUSTERS, METRICS[:2], YEARS))


@case
def year_over_metric() -> Case:
    rows: list[Row] = [
        ["지역별", "2019년", None, "2020년", None],
        [None, "업체수 (개)", "종사자수 (명)", "업체수 (개)", "종사자수 (명)"],
    ]
    names = [name for places in PROVINCES.values() for name in places][:5]
    rows += [[c, *(figure(e, m, p) for p in range(2) for m in range(2))] for e, c in enumerate(names)]
    merged = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    expected = crossed(names, ("업체수", "종사자수"), ("2019년", "2020년"))
    return Case("year over metric", whole(rows, merged=merged), expected)


def _three_rows(units: Row | None) -> Case:
    top: Row = ["Region", "Workers", *[None] * 3, "Sales", *[None] * 3]
    middle: Row = [None, "Men", None, "Women", None, "Home", None, "Abroad", None]
    low: Row = [None, *[2019.0, 2020.0] * 4]
    rows: list[Row] = [["Regional accounts"], [], top, middle, low]
    if units:
        rows.append(units)
    names = ("North", "South", "East")
    rows += [[c, *(figure(e, m, p) for m in range(4) for p in range(2))] for e, c in enumerate(names)]
    merged = ((2, 0, 4, 0), (2, 1, 2, 4), (2, 5, 2, 8), *((3, c, 3, c + 1) for c in (1, 3, 5, 7)))
    metrics = ("Workers, Men", "Workers, Women", "Sales, Home", "Sales, Abroad")
    size = 1e3 if units else 1.0
    expected = [(e, m, p, v * size if m.startswith("W") else v) for e, m, p, v in crossed(names, metrics, (2019, 2020))]
    return Case("three header rows" + " and units" * bool(units), whole(rows, merged=merged), expected)


@case
def three_rows() -> Case:
    return _three_rows(None)


@case
def three_rows_and_units() -> Case:
    return _three_rows([None, *["thousand persons"] * 4, *["EUR"] * 4])


@case
def merged_keys() -> Case:
    rows: list[Row] = [["시도", "시군구", "2019", "2020", "2021"]]
    merged: list[Range] = []
    expected: list[Expected] = []
    n = 0
    for province, places in PROVINCES.items():
        merged.append((len(rows), 0, len(rows) + len(places) - 1, 0))
        for k, place in enumerate(places):
            rows.append([province if k == 0 else None, place, *(figure(n, 0, p) for p in range(3))])
            expected += [(place, "Workers", str(y), figure(n, 0, p)) for p, y in enumerate(YEARS)]
            n += 1
    book = whole([["Workers"], *rows], merged=tuple((a + 1, b, c + 1, d) for a, b, c, d in merged))
    return Case("key cells merged down", book, expected, parents={"종로구": "서울특별시", "성남시": "경기도"})


@case
def few_merged_keys() -> Case:
    names = [f"단지{n}" for n in range(14)]
    rows: list[Row] = [["지역", "단지명", "업체수", "종업원수"]]
    rows += [["경기" if n > 1 else "서울", c, figure(n, 0, 0), figure(n, 1, 0)] for n, c in enumerate(names)]
    rows[2][0] = None
    expected = [(c, m, "", figure(n, k, 0)) for n, c in enumerate(names) for k, m in enumerate(("업체수", "종업원수"))]
    book = whole(rows, merged=((1, 0, 2, 0),))
    return Case("one pair of keys merged down", book, expected, parents={"단지1": "서울", "단지5": "경기"})


@case
def quarters() -> Case:
    rows: list[Row] = [["단지명", "2020년", None, None, None], [None, "1/4분기", "2/4분기", "3/4분기", "4/4분기"]]
    names = ("반월단지", "시화단지", "남동단지")
    rows += [[c, *(figure(e, 0, q) for q in range(4))] for e, c in enumerate(names)]
    merged = ((0, 0, 1, 0), (0, 1, 0, 4))
    periods = [f"2020년 {q}/4분기" for q in range(1, 5)]
    return Case(
        "quarters under a year",
        whole([["가동업체수"], *rows], merged=tuple((a + 1, b, c + 1, d) for a, b, c, d in merged)),
        crossed(names, ["가동업체수"], periods),
    )


@case
def bilingual() -> Case:
    rows: list[Row] = [
        ["표 5. 산업단지 현황"],
        ["(단위: 천㎡, 명)"],
        ["단지명\nComplex", "분양면적 (천㎡)\nArea sold", "고용\nEmployment"],
    ]
    rows += [[c, figure(e, 0, 0), figure(e, 1, 0)] for e, c in enumerate(("반월", "시화", "남동"))]
    expected = [(c, "분양면적 Area sold", "", figure(e, 0, 0) * 1e3) for e, c in enumerate(("반월", "시화", "남동"))]
    return Case(
        "headers in two languages",
        whole(rows),
        expected + [(c, "고용 Employment", "", figure(e, 1, 0)) for e, c in enumerate(("반월", "시화", "남동"))],
    )


@case
def title_and_unit_beside() -> Case:
    rows: list[Row] = [
        ["산업단지별 생산액", None, None, "(단위: 억원)"],
        year_row("단지명"),
        *wide(("반월", "시화")),
        ["주: 잠정치"],
    ]
    expected = [(e, "산업단지별 생산액", p, v * 1e8) for e, _, p, v in crossed(("반월", "시화"), ["x"], YEARS)]
    return Case("unit at the right of the title", whole(rows), expected)


@case
def merged_title_and_offset() -> Case:
    rows: list[Row] = [[], [None, None, "Firms in clusters"], [], [None, None, *year_row()]]
    rows += [[None, None, *row] for row in wide(CLUSTERS)]
    return Case(
        "a table that begins at C4",
        whole(rows, merged=((1, 2, 1, 5),)),
        crossed(CLUSTERS, ["Firms in clusters"], YEARS),
    )


@case
def months_across() -> Case:
    rows: list[Row] = [
        ["산업단지별 수출 (백만불)"],
        ["단지명", "2020.01", "2020.02", "2020.03"],
        *wide(("반월", "시화")),
    ]
    expected = crossed(("반월", "시화"), ["산업단지별 수출"], ("2020.01", "2020.02", "2020.03"))
    return Case("months across", whole(rows), [(e, m, p, v * 1e6) for e, m, p, v in expected])


@case
def numbered_rows() -> Case:
    rows: list[Row] = [
        ["No.", "단지명", "순위", "업체수"],
        *([n + 1.0, c, 3.0 - n, figure(n, 0, 0)] for n, c in enumerate(("반월", "시화", "남동"))),
    ]
    return Case(
        "numbers and ranks of rows",
        whole(rows),
        [(c, "업체수", "", figure(n, 0, 0)) for n, c in enumerate(("반월", "시화", "남동"))],
    )


@case
def one_row() -> Case:
    rows: list[Row] = [["판교테크노밸리 (2020년)"], ["업체수", "종사자수", "매출액(억원)"], [10.0, 20.0, 30.0]]
    expected = [
        ("판교테크노밸리", "업체수", "2020년", 10.0),
        ("판교테크노밸리", "종사자수", "2020년", 20.0),
        ("판교테크노밸리", "매출액", "2020년", 3e9),
    ]
    return Case("one row of figures", whole(rows), expected)


@case
def notes_beside() -> Case:
    rows: list[Row] = [["Cluster", *METRICS, None, "Remarks"]]
    rows += [
        [c, *(figure(e, m, 0) for m in range(3)), None, "estimated" if e == 1 else None] for e, c in enumerate(CLUSTERS)
    ]
    return Case(
        "remarks after a blank column", whole(rows), [(e, m, "", v) for e, m, _, v in crossed(CLUSTERS, METRICS, [""])]
    )
