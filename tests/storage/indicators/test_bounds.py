"""Approximate figures through formulas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.bounds import Bounded, stated_bounds, through
from storage.indicators.growth import growth_rate
from storage.indicators.intensity import intensity
from storage.indicators.quotients import location_quotient
from storage.indicators.result import Reason


def ends(bounded: Bounded) -> tuple[float, float, float]:
    """Low, value, high of one figure."""
    return float(bounded.low), float(bounded.value), float(bounded.high)


@pytest.mark.parametrize(
    ("value", "precision", "low", "high"),
    [
        (70_000, "about", 65_000, 75_000),
        (1_300, "about", 1_250, 1_350),
        (3.5, "about", 3.45, 3.55),
        (7, "about", 6.5, 7.5),
        (1e15, "about", 0.5e15, 1.5e15),
        (-70_000, "about", -75_000, -65_000),
        (0, "about", 0, 0),
        (70_000, "exact", 70_000, 70_000),
        (500, "more than", 500, np.inf),
        (500, "at least", 500, np.inf),
        (500, "at most", -np.inf, 500),
        (500, "up to", -np.inf, 500),
    ],
)
def test_what_a_hedge_leaves_open(value: float, precision: str, low: float, high: float) -> None:
    assert ends(stated_bounds(value, precision)) == pytest.approx((low, value, high))


def test_a_count_is_not_below_zero_and_a_share_not_above_one() -> None:
    assert ends(stated_bounds(500, "at most", least=0)) == (0, 500, 500)
    assert ends(stated_bounds(0.9, "at least", greatest=1)) == (0.9, 0.9, 1)


def test_an_unknown_hedge_is_refused() -> None:
    with pytest.raises(ValueError, match="precision"):
        stated_bounds(1, "rather")


def test_a_figure_outside_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="bounds"):
        Bounded.of(5, 6, 7)


def test_a_missing_bound_is_the_figure_and_a_missing_figure_stays() -> None:
    assert ends(Bounded.of(5, np.nan, 7)) == (5, 5, 7)
    assert ends(Bounded.of(np.nan, 50, 60)) == pytest.approx((50, np.nan, 60), nan_ok=True)


def test_sales_per_worker_of_nearly_70_000_are_a_range() -> None:
    result, span = through(intensity, Bounded.of(87.8e12), stated_bounds(70_000, "about"))
    assert result.reason() is Reason.NONE
    assert ends(span) == pytest.approx((87.8e12 / 75_000, 87.8e12 / 70_000, 87.8e12 / 65_000))


@pytest.mark.parametrize(
    ("divisor", "low", "high"),
    [
        (Bounded.of(2, 1, 4), 0.25, 1),
        (Bounded.of(2, 0, 4), 0.25, np.inf),
        (Bounded.of(-2, -4, 0), -np.inf, -0.25),
        (Bounded.of(2, -1, 4), -np.inf, np.inf),
        (Bounded.of(2, 2, np.inf), 0, 0.5),
    ],
)
def test_a_divisor_that_may_be_zero_leaves_the_range_open(divisor: Bounded, low: float, high: float) -> None:
    found = Bounded.of(1) / divisor
    assert (float(found.low), float(found.high)) == (low, high)


def test_zero_divides_nothing() -> None:
    assert np.isnan(ends(Bounded.of(1) / Bounded.of(0))).all()


def test_nothing_of_an_open_range_is_nothing() -> None:
    assert ends(Bounded.of(0) * Bounded.of(5, 5, np.inf)) == (0, 0, 0)


def test_the_range_of_a_sum_is_the_sum_of_the_ranges() -> None:
    total = Bounded.of([1, 2], [0, 2], [2, 3]).sum()
    assert ends(total) == (2, 3, 5)
    assert not total.exact


def test_a_quotient_takes_the_range_of_its_corners() -> None:
    region, industry, whole = Bounded.of(100, 96, 120), Bounded.of(500), Bounded.of(10_000)
    result, span = through(location_quotient, Bounded.of(90, 85, 95), region, industry, whole)
    assert result.values == pytest.approx(18)
    assert ends(span) == pytest.approx((85 / 120 * 20, 18, 95 / 96 * 20))


def test_a_corner_that_cannot_be_leaves_the_range_unknown() -> None:
    # 95 of 80 cannot be, but 90 of 90 can, which no other corner reaches
    region, industry, whole = Bounded.of(100, 80, 120), Bounded.of(500), Bounded.of(10_000)
    result, span = through(location_quotient, Bounded.of(90, 85, 95), region, industry, whole)
    assert result.reason() is Reason.NONE
    assert np.isnan([span.low, span.high]).all()


@st.composite
def bounded(draw: st.DrawFn, least: float = -1e6) -> tuple[Bounded, float]:
    """A range, and a figure that it may hide."""
    low, value, inside, high = sorted(draw(st.tuples(*[st.floats(least, 1e6)] * 4)))
    return Bounded.of(value, low, high), inside


@given(bounded(), bounded(), st.sampled_from(["__add__", "__sub__", "__mul__", "__truediv__"]))
def test_what_is_hidden_stays_within_the_range(one, other, operation: str) -> None:
    (left, x), (right, y) = one, other
    if operation == "__truediv__" and abs(y) < 1e-3:
        return
    found, truth = getattr(left, operation)(right), getattr(x, operation)(y)
    room = 1e-9 * max(1, abs(truth))
    assert not truth < found.low - room
    assert not truth > found.high + room


@given(bounded(least=1), bounded(least=1))
def test_growth_keeps_what_is_hidden(start, end) -> None:
    (before, x), (after, y) = start, end
    result, span = through(growth_rate, before, after)
    assert span.low - 1e-9 <= result.values <= span.high + 1e-9
    assert span.low * (1 + 1e-9) - 1e-9 <= y / x - 1 <= span.high * (1 + 1e-9) + 1e-9
