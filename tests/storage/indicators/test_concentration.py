"""Concentration: published values, edges, and what always holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.concentration import (
    POINTS,
    ellison_glaeser,
    equivalent_number,
    gini,
    herfindahl,
    normalised_gini,
    normalised_herfindahl,
    spatial_gini,
)
from storage.indicators.result import Reason
from tests.storage.indicators.figures import amounts, sizes

DOERSAM = (20, 50, 20, 10)
GDP = (460.69, 549.19, 124.16, 65.29, 31.59, 109.27, 263.44, 39.87, 258.53, 645.59, 131.95, 35.03, 112.66, 56.22,
       85.61, 56.81)  # fmt: skip
INEQ = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
PYSAL = np.array([[6, 1, 4], [4, 8, 4], [6, 3, 5], [8, 7, 9]])
PYSAL_EMPLOYMENT = np.array([[10, 13, 13, 49], [19, 29, 31, 46], [33, 16, 34, 34]])


@pytest.mark.parametrize(
    ("measure", "figures", "published"),
    [
        (herfindahl, DOERSAM, 0.34),  # Dörsam (2004), in REAT
        (normalised_herfindahl, DOERSAM, 0.12),
        (equivalent_number, DOERSAM, 2.94),
        (gini, DOERSAM, 0.3),
        (normalised_gini, DOERSAM, 0.4),
        (herfindahl, GDP, 0.125),  # the German Länder in 2015, in REAT
        (gini, GDP, 0.5009),
        (gini, (0, 0, 0, 0, 1), 0.8),  # EconGeo
        (gini, INEQ, 0.4620911),  # R package ineq
        (normalised_gini, INEQ, 0.5134346),
        (herfindahl, (3, 9, 0), 0.625),  # PySAL inequality, herfindahl_hd
        (gini, PYSAL.sum(axis=0), 0.05128205128205132),  # PySAL inequality, gini_gi
    ],
)
def test_published_concentration(measure, figures, published: float) -> None:
    digits = len(repr(published).partition(".")[2])
    assert measure(figures).values == pytest.approx(published, abs=0.5 * 10.0**-digits + 1e-15)


@pytest.mark.parametrize(
    ("shares", "published"),
    [
        ((10, 9, 12, 15, 12, 11, 15, 16), 1296),  # Investopedia
        ((30, 30, 20, 20), 2600),  # 3g.network
        ((30, 20, 15, 15, 10, 10), 1950),  # an examination's six firms
    ],
)
def test_published_herfindahl_in_points(shares: tuple[float, ...], published: float) -> None:
    assert herfindahl(shares).scaled(POINTS).values == pytest.approx(published)


def test_gini_of_every_column_of_pysal() -> None:
    assert gini(PYSAL.T).values == pytest.approx([0.125, 0.32894737, 0.18181818], abs=5e-9)


@pytest.mark.parametrize(
    ("activity", "reference", "published"),
    [
        ((700, 600, 500, 10000, 40000), (30000, 15000, 10000, 60000, 50000), 0.6222222),  # REAT, gini.spec
        ((500, 500, 1000, 7000, 1000), (20000, 15000, 20000, 40000, 5000), 0.4068966),  # REAT, gini.conc
    ],
)
def test_published_spatial_gini(activity: tuple[float, ...], reference: tuple[float, ...], published: float) -> None:
    assert spatial_gini(activity, reference).values == pytest.approx(published, abs=5e-8)


def test_published_ellison_glaeser() -> None:
    # Farhauer and Kröll (2014), in REAT: Vienna, Linz, Graz
    plants = (200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000)
    regions = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2)
    result = ellison_glaeser(plants, regions, (500000, 400000, 100000))
    assert result.values == pytest.approx(0.05990628, abs=5e-9)


@pytest.mark.parametrize(("industry", "published"), list(enumerate([0.0544994, 0.01624183, 0.01014058, 0.02880251])))
def test_published_ellison_glaeser_of_plants_of_one_worker(industry: int, published: float) -> None:
    # PySAL inequality, ellison_glaeser_egg
    workers = PYSAL_EMPLOYMENT[:, industry]
    regions = np.repeat(np.arange(3), workers)
    result = ellison_glaeser(np.ones(len(regions)), regions, PYSAL_EMPLOYMENT.sum(axis=1))
    assert result.values == pytest.approx(published, abs=5e-9)


@pytest.mark.parametrize("measure", [herfindahl, normalised_herfindahl, equivalent_number, gini, normalised_gini])
@pytest.mark.parametrize(
    ("figures", "reason"),
    [((), Reason.ZERO_TOTAL), ((0, 0), Reason.ZERO_TOTAL), ((1, np.nan), Reason.MISSING), ((1, -1), Reason.NEGATIVE)],
)
def test_undefined_concentration_says_why(measure, figures: tuple[float, ...], reason: Reason) -> None:
    result = measure(figures)
    assert np.isnan(result.values)
    assert result.reason() is reason


@pytest.mark.parametrize("measure", [normalised_herfindahl, normalised_gini])
def test_one_alone_cannot_be_normalised(measure) -> None:
    assert measure([7]).reason() is Reason.ONE_FIGURE


def test_one_row_that_is_undefined_leaves_the_others() -> None:
    assert herfindahl([[0, 0], [1, 1]]).reasons.tolist() == [Reason.ZERO_TOTAL, Reason.NONE]


@pytest.mark.parametrize(
    ("plants", "activity", "reason"),
    [
        ((5, 0), (3, 3), Reason.SINGLE_PLANT),
        ((5, 5), (3, 0), Reason.NO_SPREAD),
        ((5, np.nan), (3, 3), Reason.MISSING),
        ((0, 0), (3, 3), Reason.ZERO_TOTAL),
    ],
)
def test_undefined_agglomeration_says_why(plants: tuple[float, ...], activity: tuple[float, ...], reason: Reason):
    assert ellison_glaeser(plants, (0, 1), activity).reason() is reason


def test_a_region_without_any_activity_has_no_quotient() -> None:
    assert spatial_gini((1, 0), (1, 0)).reason() is Reason.ZERO_DENOMINATOR


@given(sizes())
def test_bounds(figures: list[float]) -> None:
    n = len(figures)
    assert 1 / n - 1e-12 <= herfindahl(figures).values <= 1 + 1e-12
    assert -1e-12 <= gini(figures).values <= (n - 1) / n + 1e-12
    assert herfindahl(figures).values * equivalent_number(figures).values == pytest.approx(1)


@given(sizes(), st.floats(1e-3, 1e3), st.randoms())
@pytest.mark.parametrize("measure", [herfindahl, gini])
def test_neither_unit_nor_order_matters(measure, figures: list[float], factor: float, chance) -> None:
    found = measure(figures).values
    assert measure(np.array(figures) * factor).values == pytest.approx(found, abs=1e-12)
    assert measure(chance.sample(figures, len(figures))).values == pytest.approx(found, abs=1e-12)


@given(st.integers(1, 20), amounts)
def test_equals_are_not_concentrated(count: int, size: float) -> None:
    figures = [size] * count
    assert equivalent_number(figures).values == pytest.approx(count)
    assert gini(figures).values == pytest.approx(0, abs=1e-9)


@given(st.lists(amounts, min_size=1, max_size=10), st.floats(0.01, 1))
def test_an_industry_spread_as_all_activity_has_no_spatial_gini(reference: list[float], part: float) -> None:
    assert spatial_gini(np.array(reference) * part, reference).values == pytest.approx(0, abs=1e-9)


@given(st.lists(st.tuples(amounts, st.integers(0, 2)), min_size=2, max_size=10), st.floats(0.1, 10), st.randoms())
def test_agglomeration_knows_neither_unit_nor_order(plants: list[tuple[float, int]], factor: float, chance) -> None:
    activity = (10.0, 20.0, 30.0)
    found = ellison_glaeser(*zip(*plants, strict=True), activity).values
    size, region = zip(*chance.sample(plants, len(plants)), strict=True)
    again = ellison_glaeser(np.array(size) * factor, region, np.array(activity) * factor).values
    assert again == pytest.approx(found, rel=1e-6, abs=1e-9, nan_ok=True)
