"""Clusters or regions across, metrics, years or industries down the side."""

from __future__ import annotations

from tests.storage.workbook.shapes.case import CLUSTERS, METRICS, YEARS, Case, Row, case, crossed, figure, whole


@case
def clusters_across() -> Case:
    rows: list[Row] = [[None, *CLUSTERS[:3]]]
    rows += [[m, *(figure(e, k, 0) for e in range(3))] for k, m in enumerate(METRICS)]
    expected = [(e, m, "", v) for e, m, p, v in crossed(CLUSTERS[:3], METRICS, [""])]
    return Case("metrics down, clusters across", whole(rows), expected)


@case
def regions_across() -> Case:
    rows: list[Row] = [
        ["구분", "단위", "서울", "경기", "부산"],
        ["사업체수", "개", 1.5, 2.5, 3.5],
        ["매출액", "억원", 4.5, 5.5, 6.5],
    ]
    expected = [(r, "사업체수", "", v) for r, v in zip(("서울", "경기", "부산"), (1.5, 2.5, 3.5), strict=True)]
    expected += [(r, "매출액", "", v * 1e8) for r, v in zip(("서울", "경기", "부산"), (4.5, 5.5, 6.5), strict=True)]
    return Case("metrics with units down, regions across", whole(rows), expected)


@case
def years_down_clusters_across() -> Case:
    rows: list[Row] = [["클러스터별 매출액 (단위: 억원)"], ["연도", "판교테크노밸리", "광교테크노밸리", "구미산업단지"]]
    names = ("판교테크노밸리", "광교테크노밸리", "구미산업단지")
    rows += [[float(y), *(figure(e, 0, p) for e in range(3))] for p, y in enumerate(YEARS)]
    return Case(
        "years down, clusters across",
        whole(rows),
        [(e, m, p, v * 1e8) for e, m, p, v in crossed(names, ["클러스터별 매출액"], YEARS)],
    )


@case
def years_down_metrics_across() -> Case:
    rows: list[Row] = [["Pangyo Techno Valley"], ["Year", *METRICS]]
    rows += [[float(y), *(figure(0, m, p) for m in range(3))] for p, y in enumerate(YEARS)]
    return Case("years down, the cluster in the title", whole(rows), crossed(CLUSTERS[:1], METRICS, YEARS))


@case
def metrics_down_years_across() -> Case:
    rows: list[Row] = [["판교테크노밸리 현황"], ["구분", "단위", "2019", "2020", "2021"]]
    names = ("업체수", "종사자수", "매출액")
    rows += [
        [m, u, *(figure(0, k, p) for p in range(3))]
        for k, (m, u) in enumerate(zip(names, ("개", "명", "억원"), strict=True))
    ]
    expected = [(e, m, p, v * 1e8 if m == "매출액" else v) for e, m, p, v in crossed(["판교테크노밸리"], names, YEARS)]
    return Case("metrics down, years across, the cluster in the title", whole(rows), expected)


@case
def clusters_over_years() -> Case:
    rows: list[Row] = [
        ["Indicator", "Pangyo Techno Valley", None, "Magok Science Park", None],
        [None, 2019.0, 2020.0, 2019.0, 2020.0],
    ]
    rows += [[m, *(figure(e, k, p) for e in range(2) for p in range(2))] for k, m in enumerate(METRICS)]
    merged = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    return Case(
        "metrics down, cluster over year",
        whole(rows, merged=merged),
        crossed(("Pangyo Techno Valley", "Magok Science Park"), METRICS, (2019, 2020)),
    )


@case
def profile_of_clusters() -> Case:
    rows: list[Row] = [["Indicator", "Pangyo Techno Valley", "Magok Science Park"], ["Location", "Seongnam", "Seoul"]]
    rows += [[m, figure(0, k, 0), figure(1, k, 0)] for k, m in enumerate(METRICS)]
    rows += [["Website", "www.pangyo.example", "www.magok.example"]]
    expected = [(e, m, "", v) for e, m, p, v in crossed(("Pangyo Techno Valley", "Magok Science Park"), METRICS, [""])]
    return Case("rows of texts between rows of figures", whole(rows), expected, doubts=1)


@case
def periods_down_regions_over_items() -> Case:
    rows: list[Row] = [["시점", "서울", None, "부산", None], ["시점", "사업체수", "종사자수", "사업체수", "종사자수"]]
    rows += [[str(y), *(figure(e, m, p) for e in range(2) for m in range(2))] for p, y in enumerate(YEARS)]
    merged = ((0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0))
    return Case(
        "years down, region over metric",
        whole(rows, merged=merged),
        crossed(("서울", "부산"), ("사업체수", "종사자수"), YEARS),
    )


@case
def regions_over_items() -> Case:
    rows: list[Row] = [["산업별", "Seoul", None, "Busan", None], [None, "Firms", "Workers", "Firms", "Workers"]]
    rows += [
        [s, *(figure(e, m, k) for e in range(2) for m in range(2))] for k, s in enumerate(("제조업", "정보통신업"))
    ]
    merged = ((0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0))
    expected = [(e, m, "", v) for e, m, _, v in crossed(("Seoul", "Busan"), ("Firms", "Workers"), range(2))]
    return Case("industries down, region over metric", whole(rows, merged=merged), expected)


@case
def industries_by_region() -> Case:
    rows: list[Row] = [["Employment by industry, 2020"], ["Industry", "North region", "South region", "East region"]]
    rows += [[s, *(figure(e, 0, k) for e in range(3))] for k, s in enumerate(("Mining", "Manufacturing", "Services"))]
    rows += [["Total", *(sum(figure(e, 0, k) for k in range(3)) for e in range(3))]]
    expected = [
        (f"{r} region", "Employment by industry", "2020", figure(e, 0, k))
        for e, r in enumerate(("North", "South", "East"))
        for k in range(3)
    ]
    return Case("industries down, regions across", whole(rows), expected)
