"""Yearbooks and cluster reports: years first, sections of one report, levels that step in."""

from __future__ import annotations

from tests.storage.workbook import made
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
    sheet,
    whole,
    wide,
    year_row,
)
from tests.storage.workbook.shapes.several import _beside


@case
def yearbook() -> Case:
    rows: list[Row] = [
        ["서울특별시 사업체 현황"],
        ["단위 : 개, 명", None, None],
        ["연별 및 구별", "사업체수", "종사자수"],
    ]
    expected: list[Expected] = []
    for p, y in enumerate((2019, 2020, 2021)):
        rows.append([float(y), figure(0, 0, p), figure(0, 1, p)])
        expected += [
            ("서울특별시", "사업체수", str(y), figure(0, 0, p)),
            ("서울특별시", "종사자수", str(y), figure(0, 1, p)),
        ]
    for e, n in enumerate(("종로구", "중구", "용산구"), 1):
        rows.append([n, figure(e, 0, 9), figure(e, 1, 9)])
        expected += [(n, "사업체수", "2021", figure(e, 0, 9)), (n, "종사자수", "2021", figure(e, 1, 9))]
    return Case("yearbook", whole(rows), expected)


@case
def province_blank_city() -> Case:
    rows: list[Row] = [["시도", "시군구", "업체수"]]
    expected: list[Expected] = []
    n = 0
    for prov, places in PROVINCES.items():
        rows.append([prov, None, figure(n, 5, 5)])
        expected.append((prov, "업체수", "", figure(n, 5, 5)))
        for pl in places:
            rows.append([None, pl, figure(n, 0, 0)])
            expected.append((pl, "업체수", "", figure(n, 0, 0)))
            n += 1
    return Case("stepped provinces", whole(rows), expected, parents={"종로구": "서울특별시"})


@case
def header_three_korean() -> Case:
    rows: list[Row] = [
        ["구분", "2020", None, None, None, "2021", None, None, None],
        [None, "사업체", None, "종사자", None, "사업체", None, "종사자", None],
        [None, "계", "신규", "남", "여", "계", "신규", "남", "여"],
    ]
    names = ("반월", "시화")
    rows += [[c, *(figure(e, m, p) for p in range(2) for m in range(4))] for e, c in enumerate(names)]
    merged = ((0, 0, 2, 0), (0, 1, 0, 4), (0, 5, 0, 8), (1, 1, 1, 2), (1, 3, 1, 4), (1, 5, 1, 6), (1, 7, 1, 8))
    expected = [
        (c, m, y, figure(e, k, p))
        for e, c in enumerate(names)
        for p, y in enumerate(("2020", "2021"))
        for k, m in enumerate(("사업체, 계", "사업체, 신규", "종사자, 남", "종사자, 여"))
    ]
    return Case("three rows korean with totals that do not add", whole(rows, merged=merged), expected)


@case
def long_with_total_sector() -> Case:
    rows: list[Row] = [["Year", "Region", "Sector", "Sex", "Persons"]]
    expected: list[Expected] = []
    for y in (2019, 2020):
        for e, r in enumerate(("North", "South")):
            for k, s in enumerate(("Mining", "Trade")):
                t = 0
                for g, x in enumerate(("Men", "Women")):
                    v = figure(e, k, g, y - 2019)
                    t += v
                    rows.append([float(y), r, s, x, v])
                    expected.append((r, "Persons, " + x, str(y), v))
                rows.append([float(y), r, s, "Total", t])
    return Case("long with totals of sex", whole(rows), expected)


@case
def cluster_report() -> Case:
    rows: list[Row] = [
        ["Annual Report 2021: Daedeok Innopolis"],
        [],
        ["1. Tenants"],
        ["Type", "2019", "2020", "2021"],
        ["Large firms", 1.5, 2.5, 3.5],
        ["SMEs", 4.5, 5.5, 6.5],
        ["Total", 6.0, 8.0, 10.0],
        [],
        ["2. Employment"],
        ["Type", "2019", "2020", "2021"],
        ["R&D", 10.5, 11.5, 12.5],
        ["Production", 20.5, 21.5, 22.5],
    ]
    expected: list[Expected] = []
    for k, t in enumerate(("Large firms", "SMEs")):
        expected += [("Daedeok Innopolis", "Tenants, " + t, str(y), rows[4 + k][1 + p]) for p, y in enumerate(YEARS)]
    for k, t in enumerate(("R&D", "Production")):
        expected += [
            ("Daedeok Innopolis", "Employment, " + t, str(y), rows[10 + k][1 + p]) for p, y in enumerate(YEARS)
        ]
    return Case("cluster report", whole(rows), expected)


@case
def percent_share_rows() -> Case:
    rows: list[Row] = [
        ["구분", "2019", None, "2020", None],
        [None, "업체수", "비중", "업체수", "비중"],
        [None, "(개)", "(%)", "(개)", "(%)"],
    ]
    names = ("서울", "경기", "부산")
    rows += [[c, *(figure(e, m, p) for p in range(2) for m in range(2))] for e, c in enumerate(names)]
    rows += [["합계", sum(figure(e, 0, 0) for e in range(3)), 100.0, sum(figure(e, 0, 1) for e in range(3)), 100.0]]
    merged = ((0, 0, 2, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    expected = crossed(names, ("업체수", "비중"), ("2019", "2020"))
    return Case("counts and shares with units below", whole(rows, merged=merged), expected)


@case
def half_years() -> Case:
    rows: list[Row] = [
        ["단지명", "2020년 상반기", "2020년 하반기", "2021년 상반기"],
        *[[c, *(figure(e, 0, p) for p in range(3))] for e, c in enumerate(("반월", "시화"))],
    ]
    return Case(
        "half years",
        whole([["가동률 (%)"], *rows]),
        crossed(("반월", "시화"), ["가동률"], ("2020년 상반기", "2020년 하반기", "2021년 상반기")),
    )


@case
def title_in_merged_with_unit_right() -> Case:
    rows: list[Row] = [
        ["산업단지별 현황", None, None, None],
        [None, None, None, "(2021년 12월말 기준, 단위: 개사, 명)"],
        ["단지명", "입주업체", "가동업체", "고용"],
        *[[c, *(figure(e, m, 0) for m in range(3))] for e, c in enumerate(("반월", "시화"))],
        ["계", *(figure(0, m, 0) + figure(1, m, 0) for m in range(3))],
    ]
    expected = [
        (c, m, "2021년 12월", figure(e, k, 0))
        for e, c in enumerate(("반월", "시화"))
        for k, m in enumerate(("입주업체", "가동업체", "고용"))
    ]
    return Case("date in the unit line", whole(rows, merged=((0, 0, 0, 3),)), expected)


@case
def empty_columns_between_years() -> Case:
    rows: list[Row] = [
        ["Firms"],
        ["Cluster", 2019.0, None, 2020.0, None, 2021.0],
        *[[c, figure(e, 0, 0), None, figure(e, 0, 1), None, figure(e, 0, 2)] for e, c in enumerate(CLUSTERS)],
    ]
    return Case("blank columns between", whole(rows), crossed(CLUSTERS, ["Firms"], YEARS))


@case
def sheets_metrics() -> Case:
    sheets = [sheet([["Cluster", *map(float, YEARS)], *wide(CLUSTERS, m)], name) for m, name in enumerate(METRICS)]
    return Case("a sheet for each metric", made.book(*sheets), crossed(CLUSTERS, METRICS, YEARS))


@case
def sheets_with_summary() -> Case:
    sheets = [
        sheet(
            [["Cluster", *METRICS], *[[c, *(figure(e, m, p) for m in range(3))] for e, c in enumerate(CLUSTERS)]],
            str(y),
        )
        for p, y in enumerate(YEARS)
    ]
    summ = sheet([["Summary of all years"], ["See sheets"]], "Read me")
    return Case("read me first", made.book(summ, *sheets), crossed(CLUSTERS, METRICS, YEARS))


@case
def entity_code_header_repeat() -> Case:
    rows: list[Row] = [
        ["Region code", "Region name", "2019", "2020", "2021"],
        *[[f"KR{e:02}", n, *(figure(e, 0, p) for p in range(3))] for e, n in enumerate(("Seoul", "Busan", "Daegu"))],
    ]
    return Case(
        "code and name",
        whole([["GRDP, million KRW"], *rows]),
        [(e, m, p, v * 1e6) for e, m, p, v in crossed(("Seoul", "Busan", "Daegu"), ["GRDP"], YEARS)],
    )


@case
def total_named_by_group() -> Case:
    rows: list[Row] = [["Firms"], year_row("Region")]
    expected: list[Expected] = []
    n = 0
    for g, pl in (("Gyeonggi", ("Suwon", "Seongnam")), ("Gyeongbuk", ("Gumi", "Pohang"))):
        block = [[p_, *(figure(n + k, 0, p) for p in range(3))] for k, p_ in enumerate(pl)]
        rows += [[g], *block, [f"{g} total", *(sum(b[p + 1] for b in block) for p in range(3))]]
        expected += [(p_, "Firms", str(y), figure(n + k, 0, p)) for k, p_ in enumerate(pl) for p, y in enumerate(YEARS)]
        n += 2
    return Case("totals named by their group", whole(rows), expected)


@case
def country_year_matrix_metric_blocks_right() -> Case:
    rows: list[Row] = [
        [None, "Firms", None, "Sales", None],
        ["Region", "2019", "2020", "2019", "2020"],
        *[[c, *(figure(e, m, p) for m in range(2) for p in range(2))] for e, c in enumerate(("North", "South"))],
    ]
    return Case("unmerged groups", whole(rows), crossed(("North", "South"), ("Firms", "Sales"), ("2019", "2020")))


@case
def notes_numbered() -> Case:
    rows: list[Row] = [
        ["Firms"],
        year_row(),
        *wide(CLUSTERS),
        ["1) Includes branches"],
        ["2) 2021 provisional, 35 firms not counted"],
    ]
    return Case("numbered notes below", whole(rows), crossed(CLUSTERS, ["Firms"], YEARS))


@case
def two_header_gap() -> Case:
    rows: list[Row] = [["Firms"], year_row(), [], *wide(CLUSTERS)]
    return Case("blank row below header", whole(rows), crossed(CLUSTERS, ["Firms"], YEARS))


@case
def stacked_years() -> Case:
    rows: list[Row] = []
    for p, y in enumerate(YEARS):
        rows += [
            [f"{y}년"],
            ["단지명", "업체수", "고용"],
            *[[c, figure(e, 0, p), figure(e, 1, p)] for e, c in enumerate(("반월", "시화"))],
            [],
        ]
    return Case(
        "a table for each year below each other",
        whole(rows),
        crossed(("반월", "시화"), ("업체수", "고용"), [f"{y}년" for y in YEARS]),
    )


@case
def stacked_clusters() -> Case:
    rows: list[Row] = []
    for e, c in enumerate(CLUSTERS):
        rows += [
            [c],
            ["Indicator", *map(float, YEARS)],
            *[[m, *(figure(e, k, p) for p in range(3))] for k, m in enumerate(METRICS)],
            [],
        ]
    return Case("a table for each cluster below each other", whole(rows), crossed(CLUSTERS, METRICS, YEARS))


@case
def side_titles() -> Case:
    left = [
        ["2019"],
        ["Cluster", "Firms", "Jobs"],
        *[[c, figure(e, 0, 0), figure(e, 1, 0)] for e, c in enumerate(CLUSTERS)],
    ]
    right = [
        ["2020"],
        ["Cluster", "Firms", "Jobs"],
        *[[c, figure(e, 0, 1), figure(e, 1, 1)] for e, c in enumerate(CLUSTERS)],
    ]
    return Case(
        "a year over each of two tables",
        whole(_beside(left, right)),
        crossed(CLUSTERS, ("Firms", "Jobs"), ("2019", "2020")),
    )
