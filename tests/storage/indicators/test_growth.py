"""Growth and fast-growing firms: published values, edges, and what always holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.growth import (
    annual_growth_of_series,
    annual_growth_rate,
    birch_index,
    change,
    fast_growing,
    gazelle,
    growth_rate,
    symmetric_growth_rate,
)
from storage.indicators.result import Reason
from tests.storage.indicators.figures import amounts, some_or_none

YEARS = tuple(range(2011, 2021))


def test_growth_of_holukuluku() -> None:
    # Krumme, University of Washington
    start, end = (500, 100, 200, 200, 1000), (1000, 100, 250, 280, 1630)
    assert growth_rate(start, end).values * 100 == pytest.approx([100, 0, 25, 40, 63])
    assert change(start, end).values[-1] == 630


def test_growth_over_ten_years_as_coinr_tests_it() -> None:
    figures = (3.0, 5, 4, 8, 9, 7, 12, 15, 14, 18)
    assert annual_growth_of_series(YEARS, figures).values == pytest.approx((18 / 3) ** (1 / 9) - 1)


def test_twenty_per_cent_for_three_years() -> None:
    # US Bureau of Labor Statistics, Monthly Labor Review, June 2013: 1.2 x 1.2 x 1.2 = 1.728
    assert annual_growth_rate(1000, 1728, 3).values == pytest.approx(0.2)


def test_a_series_is_taken_from_its_first_to_its_last_figure() -> None:
    found = annual_growth_of_series((2010, 2011, 2012.5, 2014), (np.nan, 100, np.nan, 800))
    assert found.values == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("figures", "breaks", "reason"),
    [
        ((np.nan, np.nan, np.nan), None, Reason.MISSING),
        ((np.nan, 5, np.nan), None, Reason.ONE_FIGURE),
        ((0, 5, 6), None, Reason.START_NOT_POSITIVE),
        ((4, 5, -6), None, Reason.NEGATIVE),
        ((4, 5, 6), (False, True, False), Reason.BREAK),
        ((4, 5, 6), (False, False, True), Reason.BREAK),
        ((4, 5, 6), (True, False, False), Reason.NONE),  # it begins there
        ((np.nan, 5, 6), (False, True, False), Reason.NONE),
    ],
)
def test_series_say_why_there_is_no_rate(figures, breaks, reason: Reason) -> None:
    assert annual_growth_of_series((2010, 2011, 2012), figures, breaks).reason() is reason


def test_a_series_without_a_period_has_no_rate() -> None:
    assert annual_growth_of_series((), ()).reason() is Reason.MISSING


def test_many_series_at_once() -> None:
    found = annual_growth_of_series((2010, 2011), [[1, 2], [np.nan, 2], [4, 4]])
    assert found.values == pytest.approx([1, np.nan, 0], nan_ok=True)


@pytest.mark.parametrize(
    ("start", "end", "years", "reason"),
    [
        (0, 5, 1, Reason.START_NOT_POSITIVE),
        (-3, 5, 1, Reason.START_NOT_POSITIVE),
        (3, -5, 1, Reason.NEGATIVE),
        (3, 5, 0, Reason.SAME_PERIOD),
        (3, 5, -1, Reason.SAME_PERIOD),
        (3, np.nan, 1, Reason.MISSING),
    ],
)
def test_undefined_rates_say_why(start: float, end: float, years: float, reason: Reason) -> None:
    assert annual_growth_rate(start, end, years).reason() is reason


def test_what_is_gone_shrank_by_all() -> None:
    assert annual_growth_rate(5, 0, 3).values == -1
    assert symmetric_growth_rate(5, 0).values == -2


@given(amounts, st.floats(-0.9, 3), st.floats(0.25, 20))
def test_compounding_leads_back(start: float, rate: float, years: float) -> None:
    end = start * (1 + rate) ** years
    assert annual_growth_rate(start, end, years).values == pytest.approx(rate, abs=1e-6)


@given(some_or_none, some_or_none)
def test_symmetric_growth_is_bounded_and_turns_its_sign(start: float, end: float) -> None:
    found = symmetric_growth_rate(start, end)
    if start + end == 0:
        assert found.reason() is Reason.ZERO_DENOMINATOR
        return
    assert -2 <= found.values <= 2
    assert symmetric_growth_rate(end, start).values == pytest.approx(-found.values)


@given(amounts, amounts, st.floats(1e-3, 1e3))
def test_the_unit_does_not_matter(start: float, end: float, factor: float) -> None:
    found = growth_rate(start, end).values
    assert growth_rate(start * factor, end * factor).values == pytest.approx(found, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("start", "end", "age", "fast"),
    [
        (1000, 1728, None, 0),  # exactly 20 % is not above it
        (1000, 1729, None, 1),
        (9, 100, None, 0),  # too small at the start
        (10, 18, None, 1),
        (0, 18, None, 0),
        (20, 10, None, 0),
        (10, 18, 4, 1),
    ],
)
def test_fast_growing_firms(start: float, end: float, age: float | None, fast: float) -> None:
    assert fast_growing(start, end, age=age).values == fast


@pytest.mark.parametrize(
    ("start", "end", "age", "reason"),
    [
        (10, 18, 3.5, Reason.FIRST_YEAR),
        (np.nan, 18, None, Reason.MISSING),
        (10, np.nan, None, Reason.MISSING),
        (10, -1, None, Reason.NEGATIVE),
    ],
)
def test_undecided_firms_say_why(start: float, end: float, age: float | None, reason: Reason) -> None:
    assert fast_growing(start, end, age=age).reason() is reason


def test_gazelles_are_young() -> None:
    found = gazelle((10, 10, 10, 10), (18, 18, 11, 18), age=(4.5, 5, 4.5, np.nan))
    assert found.values == pytest.approx([1, 0, 0, np.nan], nan_ok=True)
    assert found.reason(3) is Reason.MISSING


def test_published_birch_index() -> None:
    # Europe's 500: from 200 to 800 employees
    assert birch_index(200, 800).values == 2400
    assert birch_index(0, 8).reason() is Reason.START_NOT_POSITIVE
