"""Downloads in the style of KOSIS, Eurostat and the OECD."""

from __future__ import annotations

from tests.storage.workbook import made
from tests.storage.workbook.shapes.case import PROVINCES, Case, Expected, Row, case, crossed, figure, sheet, whole


@case
def kosis() -> Case:
    rows: list[Row] = [
        ["행정구역별(1)", "행정구역별(2)", "2019", "2019", "2020", "2020"],
        ["행정구역별(1)", "행정구역별(2)", "사업체수 (개)", "종사자수 (명)", "사업체수 (개)", "종사자수 (명)"],
    ]
    expected: list[Expected] = []
    n = 0
    for province, places in PROVINCES.items():
        block: list[Row] = []
        for place in places:
            values = [figure(n, m, p) for p in range(2) for m in range(2)]
            block.append([province, place, *values])
            expected += [
                (place, m, y, figure(n, k, p))
                for p, y in enumerate(("2019", "2020"))
                for k, m in enumerate(("사업체수", "종사자수"))
            ]
            n += 1
        rows += [[province, "소계", *(sum(row[c] for row in block) for c in range(2, 6))], *block]
    notes = made.sheet([["○ 통계표ID", "DT_1"], ["○ 통계표명", "사업체 현황"], ["○ 출처", "통계청"]], "메타정보")
    return Case(
        "KOSIS with two columns of places",
        made.book(sheet(rows, "데이터"), notes),
        expected,
        parents={"종로구": "서울특별시"},
    )


@case
def eurostat() -> Case:
    rows: list[Row] = [
        ["Data extracted on 01/02/2024 [ESTAT]"], ["Dataset:", "Patents by region"], ["Last updated:", "30/01/2024"],
        [],
        ["Time frequency", "Annual"], ["Unit of measure", "Number"], [],
        ["TIME", "2019", None, "2020", None], ["GEO (Labels)"],
        ["Belgium", 10.5, None, 11.5, "p"], ["Bulgaria", ":", None, 2.5, "b"], ["Czechia", 3.5, "e", 4.5, None], [],
        ["Special value"], [":", "not available"], ["Observation flags:"], ["b", "break in time series"],
    ]  # fmt: skip
    expected = [
        ("Belgium", "2019", 10.5),
        ("Belgium", "2020", 11.5),
        ("Bulgaria", "2020", 2.5),
        ("Czechia", "2019", 3.5),
        ("Czechia", "2020", 4.5),
    ]
    return Case("Eurostat with flags", whole(rows), [(e, "Patents by region", p, v) for e, p, v in expected])


@case
def oecd() -> Case:
    rows: list[Row] = [
        ["Dataset: Gross domestic expenditure on R&D"], ["Measure", None, "GERD"], ["Unit", None, "US dollars"],
        ["Time", None, "2019", "2020"], ["Country", "Unit"],
        ["Austria", "i", 10.5, 11.5], ["Korea", "i", 20.5, 21.5], ["Japan", "i", 30.5, 31.5],
        ["Data extracted on 03 Feb 2024"],
    ]  # fmt: skip
    expected = [
        (e, p, v)
        for e, a, b in (("Austria", 10.5, 11.5), ("Korea", 20.5, 21.5), ("Japan", 30.5, 31.5))
        for p, v in (("2019", a), ("2020", b))
    ]
    return Case(
        "OECD with time above country",
        whole(rows),
        [(e, "Gross domestic expenditure on R&D", p, v) for e, p, v in expected],
    )


@case
def kosis_items_and_units() -> Case:
    rows: list[Row] = [["행정구역별", "항목", "단위", "2019 년", "2020 년"]]
    names = ("종로구", "중구", "용산구")
    for e, name in enumerate(names):
        rows += [
            [name if not m else None, item, unit, figure(e, m, 0), figure(e, m, 1)]
            for m, (item, unit) in enumerate((("사업체수", "개"), ("매출액", "백만원")))
        ]
    expected = [
        (e, m, p, v * 1e6 if m == "매출액" else v)
        for e, m, p, v in crossed(names, ("사업체수", "매출액"), ("2019 년", "2020 년"))
    ]
    return Case("KOSIS with items and units in columns", whole(rows), expected)
