"""Figures as tables write them, and the way back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.quantities import (
    PRECISIONS,
    Quantity,
    QuantityError,
    decimal_convention,
    format_quantity,
    parse_quantity,
    short_number,
)


@pytest.mark.parametrize(
    ("written", "amount", "precision"),
    [
        ("1,234.5", 1234.5, "exact"),
        ("1 234 567", 1234567, "exact"),
        ("1e5", 1e5, "exact"),
        ("+5", 5, "exact"),
        ("(123)", -123, "exact"),
        ("−5.2", -5.2, "exact"),
        ("–5", -5, "exact"),
        ("123*", 123, "exact"),
        ("123¹", 123, "exact"),
        ("123 1)", 123, "exact"),
        ("1,234 (1)", 1234, "exact"),
        ("12.3¹⁾", 12.3, "exact"),
        ("12.3 주1)", 12.3, "exact"),
        ("12.3a)", 12.3, "exact"),
        ("1,234 †", 1234, "exact"),
        ("1234.5-", -1234.5, "exact"),
        ("△ 1,234", -1234, "exact"),
        ("▼1.2", -1.2, "exact"),
        ("(0.5)", -0.5, "exact"),
        ("(12.34)", -12.34, "exact"),
        ("(12.3)%", -12.3, "exact"),
        ("１，２３４", 1234, "exact"),
        ("1’234", 1234, "exact"),
        ("'1234", 1234, "exact"),
        ("5천명", 5000, "exact"),
        ("≈ 70,000", 70_000, "about"),
        ("~70,000", 70_000, "about"),
        ("nearly 70,000", 70_000, "about"),
        ("약 7만", 70_000, "about"),
        ("7만여 명", 70_000, "about"),
        ("> 50", 50, "more than"),
        ("more than 50", 50, "more than"),
        ("≥ 3", 3, "at least"),
        ("50 이상", 50, "at least"),
        ("100+", 100, "at least"),
        ("up to 500", 500, "up to"),
        ("≤ 4", 4, "at most"),
        ("50억 원", 5e9, "exact"),
        ("1조 2,000억", 1.2e12, "exact"),
        ("1억 2,345만 6,789", 123_456_789, "exact"),
        ("3천억원", 3e11, "exact"),
        ("70 trillion KRW", 7e13, "exact"),
        ("$1.5bn", 1.5e9, "exact"),
        ("3k", 3000, "exact"),
        (42, 42, "exact"),
    ],
)
def test_reads(written: str | float, amount: float, precision: str) -> None:
    quantity = parse_quantity(written)
    assert quantity.amount == pytest.approx(amount, rel=1e-15)
    assert quantity.precision == precision


@pytest.mark.parametrize(
    ("written", "unit"), [("12.3%", "%"), ("50억 원", "원"), ("$5m", "$"), ("(12.3%)", "%"), ("12", "")]
)
def test_keeps_the_unit(written: str, unit: str) -> None:
    assert parse_quantity(written).unit == unit


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("123 p", "P"),
        ("12.3 bp", "B"),
        ("3.27 (E)", "E"),
        ("12.5e", "E"),
        ("5 u", ""),
        (": c", "M"),
        (":u", "M"),
        ("1,234 p)", "P"),
        ("1,234p)", "P"),
        ("123 P", "P"),
        ("2,345E", "E"),
        ("123(잠정)", "P"),
        ("12.3% p", "P"),
        ("12.3 (추정치)", "E"),
        ("p 12.3", "P"),
        ("12.3 pp", ""),
        ("12.3 c", ""),
        ("1,234 a)", ""),
    ],
)
def test_flag_becomes_status(written: str, status: str) -> None:
    assert parse_quantity(written).status == status


@pytest.mark.parametrize("written", ["-", "–", "…", "n/a", "NA", ":", "..", "X", "(D)", "***", "해당없음", "비공개"])
def test_missing_is_told(written: str) -> None:
    quantity = parse_quantity(written)
    assert quantity.missing
    assert quantity.status == "M"


def test_blank_tells_nothing() -> None:
    assert parse_quantity("  ") == Quantity(None)


def test_bounds_share_the_multiplier() -> None:
    quantity = parse_quantity("50–60억")
    assert (quantity.value, quantity.low, quantity.high, quantity.multiplier) == (None, 50, 60, 1e8)


@pytest.mark.parametrize(("written", "value"), [("1.234,5", 1234.5), ("1.234", 1234), ("9,99", 9.99), ("-0,5", -0.5)])
def test_decimal_comma(written: str, value: float) -> None:
    assert parse_quantity(written, ",").value == value


@pytest.mark.parametrize(
    "written", ["abc", "12 Main Street", "1.2.3", "1,2345", "TRUE", "2 of 3", "P85", "123F", "1,234 (20)", "12.–"]
)
def test_refuses_what_is_no_number(written: str) -> None:
    with pytest.raises(QuantityError):
        parse_quantity(written)


@pytest.mark.parametrize(("written", "decimal"), [("9,99", "."), ("12.50", ",")])
def test_names_the_other_decimal_mark(written: str, decimal: str) -> None:
    with pytest.raises(QuantityError, match="decimal mark"):
        parse_quantity(written, decimal)


@pytest.mark.parametrize(
    ("samples", "mark"),
    [
        (["1,234", "1.5"], "."),
        (["1,234,567"], "."),
        (["1,234", "9,99"], ","),
        (["334.327,57"], ","),
        (["1,234", "5,678"], None),
        (["1.5", "2,5"], None),
        (["12", "n/a"], None),
    ],
)
def test_decimal_convention(samples: list[str], mark: str | None) -> None:
    assert decimal_convention(samples) == mark


@pytest.mark.parametrize(
    ("quantity", "english", "korean"),
    [
        (Quantity(1234.5), "1,234.5", "1,234.5"),
        (Quantity(7, precision="about", multiplier=1e4), "≈ 70,000", "≈ 7만"),
        (Quantity(12_000, multiplier=1e8), "1,200,000,000,000", "1조 2,000억"),
        (Quantity(1.5, multiplier=1e9), "1.5 billion", "15억"),
        (Quantity(500, precision="up to"), "up to 500", "최대 500"),
        (Quantity(None, 50, 60, multiplier=1e8), "5,000,000,000–6,000,000,000", "50억–60억"),
        (Quantity(None), "", ""),
        (Quantity(-0.0), "0", "0"),
    ],
)
def test_format(quantity: Quantity, english: str, korean: str) -> None:
    assert (format_quantity(quantity), format_quantity(quantity, "ko")) == (english, korean)


def test_format_rounds_to_digits() -> None:
    assert format_quantity(Quantity(1.60285201206713), digits=2) == "1.6"


@pytest.mark.parametrize(
    ("amount", "english", "korean"), [(1_234_567, "1.2M", "123.5만"), (-2.5e9, "-2.5bn", "-25억"), (12, "12", "12")]
)
def test_short_number(amount: float, english: str, korean: str) -> None:
    assert (short_number(amount), short_number(amount, "ko")) == (english, korean)


values = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-12)
multipliers = st.sampled_from([1.0, 1e3, 1e4, 1e6, 1e8, 1e9, 1e12])


@given(values, st.sampled_from(PRECISIONS), multipliers, st.sampled_from(["en", "ko"]))
def test_written_is_read_back(value: float, precision: str, multiplier: float, language: str) -> None:
    quantity = Quantity(value, precision=precision, multiplier=multiplier)
    again = parse_quantity(format_quantity(quantity, language))
    assert again.precision == precision
    assert again.amount is not None
    assert math.isclose(again.amount, value * multiplier, rel_tol=1e-14)


@given(st.floats(0, 1e9), st.floats(0.01, 1e9), multipliers, st.sampled_from(["en", "ko"]))
def test_bounds_are_read_back(low: float, width: float, multiplier: float, language: str) -> None:
    again = parse_quantity(format_quantity(Quantity(None, low, low + width, "about", multiplier), language))
    assert again.low is not None
    assert again.high is not None
    assert math.isclose(again.low * again.multiplier, low * multiplier, rel_tol=1e-12)
    assert math.isclose(again.high * again.multiplier, (low + width) * multiplier, rel_tol=1e-12)
