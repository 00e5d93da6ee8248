"""Several tables on a sheet, several sheets of one kind."""

from __future__ import annotations

from tests.storage.workbook import made
from tests.storage.workbook.shapes.case import (
    CLUSTERS,
    METRICS,
    YEARS,
    Case,
    Row,
    case,
    crossed,
    figure,
    sheet,
    whole,
    wide,
    year_row,
)


@case
def stacked() -> Case:
    rows: list[Row] = [["Annual report of clusters"], []]
    for m, metric in enumerate(METRICS):
        rows += [[f"Table {m + 1}. {metric}"], year_row(), *wide(CLUSTERS, m), []]
    return Case("tables below each other", whole(rows), crossed(CLUSTERS, METRICS, YEARS))


@case
def stacked_differently() -> Case:
    rows: list[Row] = [["Firms"], year_row(), *wide(CLUSTERS), [], ["Employment in 2021"], ["Cluster", "Men", "Women"]]
    rows += [[c, figure(e, 5, 0), figure(e, 5, 1)] for e, c in enumerate(CLUSTERS)]
    expected = crossed(CLUSTERS, ["Firms"], YEARS)
    expected += [
        (c, m, "2021", figure(e, 5, k)) for e, c in enumerate(CLUSTERS) for k, m in enumerate(("Men", "Women"))
    ]
    return Case("different tables below each other", whole(rows), expected)


@case
def stacked_with_notes() -> Case:
    rows: list[Row] = [
        ["1. 업체수 (단위: 개)"],
        year_row("단지명"),
        *wide(("반월", "시화")),
        ["자료: 한국산업단지공단"],
        [],
    ]
    rows += [["2. 생산액 (단위: 억원)"], year_row("단지명"), *wide(("반월", "시화"), 1), ["자료: 한국산업단지공단"]]
    expected = crossed(("반월", "시화"), ("업체수", "생산액"), YEARS)
    return Case(
        "tables with notes and units",
        whole(rows),
        [(e, m, p, v * 1e8 if "생산액" in m else v) for e, m, p, v in expected],
    )


def _beside(left: list[Row], right: list[Row]) -> list[Row]:
    width = max(map(len, left))
    rows: list[Row] = []
    for n in range(max(len(left), len(right))):
        first = left[n] if n < len(left) else []
        rows.append([*first, *[None] * (width + 1 - len(first)), *(right[n] if n < len(right) else [])])
    return rows


@case
def side_by_side() -> Case:
    left = [["Firms"], year_row(), *wide(CLUSTERS)]
    right = [["Employees"], year_row(), *wide(CLUSTERS[:3], 1)]
    expected = crossed(CLUSTERS, ["Firms"], YEARS)
    expected += [row for row in crossed(CLUSTERS[:3], METRICS[:2], YEARS) if row[1] == "Employees"]
    return Case("tables side by side", whole(_beside(left, right)), expected)


@case
def side_by_side_differently() -> Case:
    left: list[Row] = [["Cluster", "Year", "Firms"], *([c, 2020.0, figure(e, 0, 0)] for e, c in enumerate(CLUSTERS))]
    right: list[Row] = [
        ["Region", "Year", "Population"],
        *([c, 2020.0, figure(e, 3, 0)] for e, c in enumerate(("North", "South", "East"))),
    ]
    expected = [(c, "Firms", "2020", figure(e, 0, 0)) for e, c in enumerate(CLUSTERS)]
    expected += [(c, "Population", "2020", figure(e, 3, 0)) for e, c in enumerate(("North", "South", "East"))]
    return Case("different tables side by side", whole(_beside(left, right)), expected)


@case
def folded() -> Case:
    names = [f"District {n}" for n in range(8)]
    rows: list[Row] = [["District", "Firms", "District", "Firms"]]
    rows += [[names[n], figure(n, 0, 0), names[n + 4], figure(n + 4, 0, 0)] for n in range(4)]
    return Case(
        "a long list folded in two", whole(rows), [(c, "Firms", "", figure(e, 0, 0)) for e, c in enumerate(names)]
    )


@case
def stacked_without_blank_rows() -> Case:
    rows: list[Row] = []
    for m, metric in enumerate(METRICS):
        rows += [[f"Table {m + 1}. {metric}"], year_row(), *wide(CLUSTERS, m)]
    return Case("tables right below each other", whole(rows), crossed(CLUSTERS, METRICS, YEARS))


@case
def stacked_with_unit_lines() -> Case:
    rows: list[Row] = []
    names = ("반월단지", "시화단지", "구미단지")
    for m, (metric, unit) in enumerate((("입주업체", "개사"), ("고용인원", "명"), ("수출액", "백만달러"))):
        rows += [
            [f"표 {m + 1}. {metric}"],
            ["", None, None, f"(단위: {unit})"],
            year_row("단지명"),
            *wide(names, m),
            [],
            [],
        ]
    expected = crossed(names, ("입주업체", "고용인원", "수출액"), YEARS)
    return Case(
        "tables with a unit line each",
        whole(rows),
        [(e, m, p, v * 1e6 if m == "수출액" else v) for e, m, p, v in expected],
    )


@case
def grid_of_tables() -> Case:
    top = _beside([["Firms"], year_row(), *wide(CLUSTERS)], [["Employees"], year_row(), *wide(CLUSTERS, 1)])
    low = _beside([["Sales"], year_row(), *wide(CLUSTERS, 2)], [["Exports"], year_row(), *wide(CLUSTERS, 3)])
    return Case("two by two tables", whole([*top, [], *low]), crossed(CLUSTERS, (*METRICS, "Exports"), YEARS))


def _by_year(names: tuple[str, str]) -> Case:
    sheets = [
        sheet(
            [["Cluster", *METRICS], *([c, *(figure(e, m, p) for m in range(3))] for e, c in enumerate(CLUSTERS))], name
        )
        for p, name in enumerate(names)
    ]
    return Case(f"a sheet for each year: {names[0]}", made.book(*sheets), crossed(CLUSTERS, METRICS, names))


@case
def sheets_of_years() -> Case:
    return _by_year(("2019", "2020"))


@case
def sheets_of_korean_years() -> Case:
    return _by_year(("2019년", "2020년"))


@case
def sheets_of_named_years() -> Case:
    made_of = _by_year(("실적(2019)", "실적(2020)"))
    return Case("a year within the sheet's name", made_of.book, crossed(CLUSTERS, METRICS, YEARS[:2]))


@case
def sheets_of_clusters() -> Case:
    sheets = [
        sheet(
            [
                ["Indicator", "Unit", *map(float, YEARS)],
                *([m, "", *(figure(e, k, p) for p in range(3))] for k, m in enumerate(METRICS)),
            ],
            c,
        )
        for e, c in enumerate(CLUSTERS)
    ]
    return Case("a sheet for each cluster", made.book(*sheets), crossed(CLUSTERS, METRICS, YEARS))


@case
def sheets_of_clusters_by_year() -> Case:
    sheets = [
        sheet([["Year", *METRICS], *([float(y), *(figure(e, m, p) for m in range(3))] for p, y in enumerate(YEARS))], c)
        for e, c in enumerate(CLUSTERS)
    ]
    return Case("years down on a sheet for each cluster", made.book(*sheets), crossed(CLUSTERS, METRICS, YEARS))


@case
def sheets_that_differ_a_little() -> Case:
    def one(e: int, metrics: tuple[str, ...]) -> list[Row]:
        return [
            ["Indicator", *map(float, YEARS)],
            *([m, *(figure(e, METRICS.index(m), p) for p in range(3))] for m in metrics),
        ]

    book = made.book(*(sheet(one(e, METRICS if e != 1 else METRICS[:2]), c) for e, c in enumerate(CLUSTERS)))
    expected = [row for row in crossed(CLUSTERS, METRICS, YEARS) if row[:2] != (CLUSTERS[1], "Sales")]
    return Case("a sheet for each cluster, one shorter", book, expected)


@case
def sheets_of_clusters_and_years() -> Case:
    sheets = [
        sheet([["Indicator", "Value"], *([m, figure(e, k, p)] for k, m in enumerate(METRICS))], f"{c} {y}")
        for e, c in enumerate(("Pangyo", "Magok"))
        for p, y in enumerate((2019, 2020))
    ]
    return Case(
        "a sheet for each cluster and year", made.book(*sheets), crossed(("Pangyo", "Magok"), METRICS, (2019, 2020))
    )


@case
def profile_sheets() -> Case:
    sheets = [
        sheet([["항목", "값"], *([m, figure(e, k, 0)] for k, m in enumerate(("업체수", "종사자수", "특허출원수")))], c)
        for e, c in enumerate(("반월단지", "시화단지"))
    ]
    expected = [
        (e, m, "", v) for e, m, _, v in crossed(("반월단지", "시화단지"), ("업체수", "종사자수", "특허출원수"), [""])
    ]
    return Case("items and values on a sheet for each cluster", made.book(*sheets), expected)


@case
def unlike_sheets() -> Case:
    first = sheet(
        [["Cluster", *METRICS], *([c, *(figure(e, m, 0) for m in range(3))] for e, c in enumerate(CLUSTERS))],
        "Clusters",
    )
    second = sheet([["Country", "GDP", "Exports"], ["Korea", 1.0, 2.0], ["Japan", 3.0, 4.0]], "Countries")
    return Case(
        "another table on another sheet",
        made.book(first, second),
        [(e, m, "", v) for e, m, _, v in crossed(CLUSTERS, METRICS, [""])],
    )
