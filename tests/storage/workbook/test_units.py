"""Units in headers, cells and lines above the table."""

from __future__ import annotations

import pytest

from storage.workbook.units import read_unit, split_unit, stated_unit


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
    ("line", "unit"),
    [
        ("(단위 : 백만원)", ("KRW", 1e6)),
        ("Unit: million KRW", ("KRW", 1e6)),
        ("Table 1", None),
        ("(단위: 천명, %)", None),
    ],
)
def test_stated_unit(line: str, unit: tuple[str, float] | None) -> None:
    assert stated_unit(line) == unit
