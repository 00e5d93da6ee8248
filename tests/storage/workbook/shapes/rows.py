"""Rows between the rows of figures: groups, page breaks, blanks, indented names."""

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
def page_breaks() -> Case:
    body = wide([f"Cluster {n}" for n in range(9)])
    rows = [["Firms in clusters"], year_row(), *body[:3], year_row(), *body[3:6], year_row(), *body[6:]]
    return Case(
        "header again on every page",
        whole(rows),
        crossed([f"Cluster {n}" for n in range(9)], ["Firms in clusters"], YEARS),
    )


@case
def page_breaks_with_titles() -> Case:
    body = wide([f"Cluster {n}" for n in range(6)])
    rows = [["Firms in clusters"], year_row(), *body[:3], [], ["Firms in clusters (continued)"], year_row(), *body[3:]]
    return Case(
        "title and header again", whole(rows), crossed([f"Cluster {n}" for n in range(6)], ["Firms in clusters"], YEARS)
    )


@case
def two_row_page_breaks() -> Case:
    head: list[Row] = [["Cluster", "Firms", None, "Sales", None], [None, 2019.0, 2020.0, 2019.0, 2020.0]]
    names = [f"Cluster {n}" for n in range(6)]
    body: list[Row] = [[c, *(figure(e, m, p) for m in range(2) for p in range(2))] for e, c in enumerate(names)]
    rows = [*head, *body[:3], *head, *body[3:]]
    return Case("two header rows again", whole(rows), crossed(names, ("Firms", "Sales"), (2019, 2020)))


@case
def separators() -> Case:
    body = wide([f"Cluster {n}" for n in range(7)])
    rows = [["Firms"], year_row(), *body[:2], [], *body[2:5], [], *body[5:]]
    return Case("blank rows between", whole(rows), crossed([f"Cluster {n}" for n in range(7)], ["Firms"], YEARS))


def _grouped(indent: str) -> tuple[list[Row], list[Expected]]:
    rows: list[Row] = []
    expected: list[Expected] = []
    n = 0
    for province, places in PROVINCES.items():
        rows.append([province])
        for place in places:
            rows.append([indent + place, *(figure(n, 0, p) for p in range(3))])
            expected += [(place, "Workers", str(y), figure(n, 0, p)) for p, y in enumerate(YEARS)]
            n += 1
    return rows, expected


@case
def group_rows() -> Case:
    rows, expected = _grouped("")
    parents = {"종로구": "서울특별시", "성남시": "경기도", "서구": "부산광역시"}
    return Case(
        "province alone above its districts",
        whole([["Workers"], year_row("행정구역"), *rows]),
        expected,
        parents=parents,
    )


@case
def indented_group_rows() -> Case:
    rows, expected = _grouped("   ")
    return Case(
        "districts indented", whole([["Workers"], year_row("Region"), *rows]), expected, parents={"수원시": "경기도"}
    )


@case
def metric_groups() -> Case:
    rows: list[Row] = [["Cluster statistics"], year_row("Cluster")]
    for m, metric in enumerate(METRICS):
        rows += [[metric], *wide(CLUSTERS, m)]
    return Case("metric alone above the clusters", whole(rows), crossed(CLUSTERS, METRICS, YEARS))


@case
def metric_groups_with_units() -> Case:
    rows: list[Row] = [year_row("구분")]
    for m, metric in enumerate(("업체수 (개)", "생산액 (억원)")):
        rows += [[metric], *wide(("반월단지", "시화단지", "구미단지"), m)]
    expected = crossed(("반월단지", "시화단지", "구미단지"), ("업체수", "생산액"), YEARS)
    return Case(
        "metric with unit alone above",
        whole(rows),
        [(e, m, p, v * 1e8 if m == "생산액" else v) for e, m, p, v in expected],
    )


@case
def year_groups() -> Case:
    rows: list[Row] = [["Cluster", *METRICS]]
    for p, year in enumerate(YEARS):
        rows += [[float(year)], *([c, *(figure(e, m, p) for m in range(3))] for e, c in enumerate(CLUSTERS))]
    return Case("year alone above the clusters", whole(rows), crossed(CLUSTERS, METRICS, YEARS))


@case
def merged_year_groups() -> Case:
    rows: list[Row] = [["Cluster", *METRICS]]
    merged: list[Range] = []
    for p, year in enumerate(YEARS):
        merged.append((len(rows), 0, len(rows), 3))
        rows += [[f"{year}년"], *([c, *(figure(e, m, p) for m in range(3))] for e, c in enumerate(CLUSTERS))]
    return Case(
        "a year merged across", whole(rows, merged=tuple(merged)), crossed(CLUSTERS, METRICS, [f"{y}년" for y in YEARS])
    )


@case
def indented_below_their_whole() -> Case:
    rows: list[Row] = [["Workers"], year_row("행정구역")]
    expected: list[Expected] = []
    n = 0
    for province, places in PROVINCES.items():
        start = len(rows)
        sums = [0.0] * 3
        for place in places:
            values = [figure(n, 0, p) for p in range(3)]
            rows.append([f"  {place}", *values])
            sums = [a + b for a, b in zip(sums, values, strict=True)]
            expected += [(place, "Workers", str(y), values[p]) for p, y in enumerate(YEARS)]
            n += 1
        rows.insert(start, [province, *sums])
        expected += [(province, "Workers", str(y), sums[p]) for p, y in enumerate(YEARS)]
    return Case(
        "districts indented below their province",
        whole(rows),
        expected,
        parents={"종로구": "서울특별시", "성남시": "경기도"},
    )


@case
def countries_without_figures() -> Case:
    names = [f"Country {letter}" for letter in "ABCDEFGHIJ"]
    rows: list[Row] = [["Firms"], year_row("Country")]
    rows += [
        [c, *((None,) * 3 if e in (0, 1, 5) else (figure(e, 0, p) for p in range(3)))] for e, c in enumerate(names)
    ]
    expected = [row for row in crossed(names, ["Firms"], YEARS) if row[0][-1] not in "ABF"]
    return Case("names without figures are no groups", whole(rows), expected, parents={"Country C": None})
