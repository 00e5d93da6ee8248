"""Units in headers, cells and lines above the table."""

from __future__ import annotations

import pytest

from storage.workbook.units import read_unit, read_units, split_unit


@pytest.mark.parametrize(
    ("header", "name", "unit", "multiplier"),
    [
        ("Sales (억원)", "Sales", "KRW", 1e8),
        ("매출액(10억원)", "매출액", "KRW", 1e9),
        ("GDP, million USD", "GDP", "USD", 1e6),
        ("Capital Invested ($ M)", "Capital Invested", "USD", 1e6),
        ("Change (%)", "Change", "%", 1),
        ("인구(천명)", "인구", "persons", 1e3),
        ("수출액 (단위: 백만달러)", "수출액", "USD", 1e6),
        ("average_far_pct", "average_far", "%", 1),
        ("area_sqm", "area", "m²", 1),
        ("worker_density_per_km2", "worker_density", "per km²", 1),
        ("road_density_km_per_km2", "road_density", "km per km²", 1),
        ("Rank (out of 144)", "Rank", "rank", 1),
        ("Patents (OWID based on World Bank & UN)", "Patents (OWID based on World Bank & UN)", "", 1),
        ("실업급여지급액(년)", "실업급여지급액(년)", "", 1),
        ("매출(조원)1)", "매출", "KRW", 1e12),
        ("종사자(명)*", "종사자", "persons", 1),
        ("매출액\n억원", "매출액", "KRW", 1e8),
        ("매출액 (2015, 억원)", "매출액 (2015)", "KRW", 1e8),
        ("R&D 투자 (억원, %)", "R&D 투자 (억원, %)", "", 1),
        ("수출액_백만달러", "수출액", "USD", 1e6),
        ("Sales in million KRW", "Sales", "KRW", 1e6),
        ("Sales € billion", "Sales", "EUR", 1e9),
        ("Share %", "Share %", "%", 1),
        ("Area: ha", "Area", "ha", 1),
        ("GDP/capita", "GDP/capita", "", 1),
        ("Akron, OH", "Akron, OH", "", 1),
        ("access_30_population", "access_30_population", "", 1),
    ],
)
def test_split_unit(header: str, name: str, unit: str, multiplier: float) -> None:
    assert split_unit(header) == (name, unit, multiplier)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("MLN_USD", ("USD", 1e6)),
        ("PC_GDP", ("% of GDP", 1)),
        ("KRW bn", ("KRW", 1e9)),
        ("thousands", ("", 1e3)),
        ("명/㎢", ("명/㎢", 1)),
        ("Gross R&D expenditure as % of GDP", None),
        ("", None),
    ],
)
def test_read_unit(text: str, unit: tuple[str, float] | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("천 톤", ("t", 1e3)), ("USD mn", ("USD", 1e6)), ("€ billion", ("EUR", 1e9)), ("US$ million", ("USD", 1e6)),
        ("Mio. €", ("EUR", 1e6)), ("100 million KRW", ("KRW", 1e8)), ("KRW 100 million", ("KRW", 1e8)),
        ("10억원", ("KRW", 1e9)), ("1,000 persons", ("persons", 1e3)), ("Index (2015=100)", ("2015=100", 1)),
        ("Tsd.", ("", 1e3)), ("만㎡", ("m²", 1e4)), ("명, %", None), ("1인당", None), ("Q1", None),
    ],
)  # fmt: skip
def test_units_as_agencies_write_them(text: str, unit: tuple[str, float] | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("백만원, 명", (("KRW", 1e6), ("persons", 1))), ("KRW million; persons", (("KRW", 1e6), ("persons", 1))),
        ("명(%)", (("persons", 1), ("%", 1))), ("억원", (("KRW", 1e8),)), ("명, 전년 대비", ()),
    ],
)  # fmt: skip
def test_lists_of_units(text: str, units: tuple[tuple[str, float], ...]) -> None:
    assert read_units(text) == units
