"""Totals of rows and of columns, right and wrong ones."""

from __future__ import annotations

from tests.storage.workbook.shapes.case import (
    CLUSTERS,
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


def _with_total(first: bool, wrong: bool, label: str = "Total") -> list[Row]:
    body = wide(CLUSTERS)
    total: Row = [label, *(sum(row[p + 1] for row in body) for p in range(3))]
    if wrong:
        total[2] += 100
    return [["Firms"], year_row(), *([total] if first else []), *body, *([] if first else [total])]


@case
def total_above() -> Case:
    return Case("total above its parts", whole(_with_total(True, False, "합 계")), crossed(CLUSTERS, ["Firms"], YEARS))


@case
def wrong_total() -> Case:
    return Case("a total that is wrong", whole(_with_total(False, True)), crossed(CLUSTERS, ["Firms"], YEARS), doubts=1)


@case
def subtotals() -> Case:
    rows: list[Row] = [["Firms"], ["시도", "시군구", *map(str, YEARS)]]
    expected: list[Expected] = []
    grand = [0.0] * 3
    n = 0
    for province, places in PROVINCES.items():
        sums = [0.0] * 3
        start = len(rows)
        for place in places:
            values = [figure(n, 0, p) for p in range(3)]
            rows.append([province, place, *values])
            sums = [a + b for a, b in zip(sums, values, strict=True)]
            expected += [(place, "Firms", str(y), values[p]) for p, y in enumerate(YEARS)]
            n += 1
        rows.insert(start, [province, "소계", *sums])
        grand = [a + b for a, b in zip(grand, sums, strict=True)]
    rows.insert(2, ["총계", None, *grand])
    return Case("subtotals and a grand total", whole(rows), expected, parents={"종로구": "서울특별시"})


@case
def wrong_subtotal() -> Case:
    rows: list[Row] = [
        ["Region", "District", "Firms", "Workers"],
        ["North", "A", 10.0, 100.0], ["North", "B", 20.0, 200.0], ["North", "Subtotal", 30.0, 301.0],
        ["South", "C", 5.0, 50.0], ["South", "D", 6.0, 60.0], ["South", "Subtotal", 11.0, 110.0],
        ["Total", None, 41.0, 410.0],
    ]  # fmt: skip
    expected = [
        (n, m, "", v)
        for n, f, w in (("A", 10.0, 100.0), ("B", 20.0, 200.0), ("C", 5.0, 50.0), ("D", 6.0, 60.0))
        for m, v in (("Firms", f), ("Workers", w))
    ]
    return Case("a subtotal that is wrong", whole(rows), expected, doubts=1)


@case
def of_which() -> Case:
    rows: list[Row] = [
        ["Firms"],
        year_row(),
        *wide(CLUSTERS[:2]),
        ["of which: foreign", 1.0, 2.0, 3.0],
        *wide(CLUSTERS)[2:],
    ]
    return Case("of which", whole(rows), crossed(CLUSTERS, ["Firms"], YEARS))


@case
def total_column() -> Case:
    rows: list[Row] = [["지역별", "계", "남자", "여자"]]
    names = PROVINCES["서울특별시"]
    rows += [[c, figure(e, 0, 0) + figure(e, 1, 0), figure(e, 0, 0), figure(e, 1, 0)] for e, c in enumerate(names)]
    expected = [(c, f"{m}", "", figure(e, k, 0)) for e, c in enumerate(names) for k, m in enumerate(("남자", "여자"))]
    return Case("a column of totals", whole(rows), expected)


@case
def total_columns_by_year() -> Case:
    rows: list[Row] = [["Cluster", 2019.0, None, None, 2020.0, None, None], [None, *["Total", "Home", "Abroad"] * 2]]
    for e, c in enumerate(CLUSTERS):
        cells: Row = [c]
        for p in range(2):
            home, abroad = figure(e, 0, p), figure(e, 1, p)
            cells += [home + abroad + (7 if e == p == 1 else 0), home, abroad]
        rows.append(cells)
    merged = ((0, 1, 0, 3), (0, 4, 0, 6), (0, 0, 1, 0))
    return Case(
        "totals under each year, one wrong",
        whole(rows, merged=merged),
        crossed(CLUSTERS, ("Home", "Abroad"), (2019, 2020)),
        doubts=1,
    )


@case
def total_across() -> Case:
    rows: list[Row] = [["구분", "합계", "서울", "경기", "부산"]]
    rows += [[m, 6.0 + k * 3, 1.0 + k, 2.0 + k, 3.0 + k] for k, m in enumerate(("사업체수", "종사자수"))]
    rows += [["수출액", 20.0, 3.0, 4.0, 5.0]]
    expected = [
        (r, m, "", e + 1.0 + k)
        for k, m in enumerate(("사업체수", "종사자수"))
        for e, r in enumerate(("서울", "경기", "부산"))
    ]
    expected += [(r, "수출액", "", e + 3.0) for e, r in enumerate(("서울", "경기", "부산"))]
    return Case("a total beside regions", whole(rows), expected, doubts=1)


@case
def total_with_rates() -> Case:
    rows: list[Row] = [["Cluster", "Firms", "Occupancy rate (%)"]]
    rows += [["Pangyo", 10.0, 90.0], ["Magok", 20.0, 80.0], ["Gumi", 30.0, 70.0], ["Total", 60.0, 80.0]]
    expected = [(r[0], m, "", r[k]) for r in rows[1:4] for k, m in ((1, "Firms"), (2, "Occupancy rate"))]
    return Case("a total of counts and of rates", whole(rows), expected)


@case
def total_of_years() -> Case:
    rows: list[Row] = [["Patents"], [*year_row(), "Total"], *([*row, sum(row[1:])] for row in wide(CLUSTERS))]
    return Case("a total of the years", whole(rows), crossed(CLUSTERS, ["Patents"], YEARS))


@case
def groups_with_subtotals() -> Case:
    rows: list[Row] = [["Firms"], year_row("Region")]
    expected: list[Expected] = []
    n = 0
    for g, places in enumerate((("Suwon", "Seongnam"), ("Gumi", "Pohang", "Andong"))):
        block = wide([str(k) for k in range(n, n + len(places))])
        block = [[place, *(figure(n + k, 0, p) for p in range(3))] for k, place in enumerate(places)]
        total: Row = ["Subtotal", *(sum(row[p + 1] for row in block) + (50 if g == p == 1 else 0) for p in range(3))]
        rows += [[("Gyeonggi", "Gyeongbuk")[g]], *block, total]
        expected += [
            (place, "Firms", str(y), figure(n + k, 0, p)) for k, place in enumerate(places) for p, y in enumerate(YEARS)
        ]
        n += len(places)
    return Case(
        "groups with subtotals, one wrong",
        whole(rows),
        expected,
        doubts=1,
        parents={"Suwon": "Gyeonggi", "Gumi": "Gyeongbuk"},
    )


@case
def sectors_down() -> Case:
    rows: list[Row] = [["Region", "Industry", *map(str, YEARS)]]
    expected: list[Expected] = []
    for e, region in enumerate(("North", "South")):
        parts = [[figure(e, k, p) for p in range(3)] for k in range(3)]
        rows.append([region, "Total", *(sum(part[p] for part in parts) for p in range(3))])
        for k, industry in enumerate(("Mining", "Manufacturing", "Services")):
            rows.append([region, industry, *parts[k]])
            expected += [(region, "Jobs by industry", str(y), parts[k][p]) for p, y in enumerate(YEARS)]
    return Case("industries with a total of each region", whole([["Jobs by industry"], *rows]), expected)
