"""Cluster index and stars: published values, edges, and what always holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.clusters import Place, cluster_index, star_rating
from storage.indicators.quotients import Totals
from storage.indicators.result import Reason
from tests.storage.indicators.figures import amounts

WHOLE = Place.of(5740, 576, 4621, 53)


def test_published_cluster_index() -> None:
    # Farhauer and Kröll (2014), in REAT
    assert cluster_index(Place.of(1743, 50, 488, 35), WHOLE).values == pytest.approx(21.87491, abs=5e-6)


def test_the_whole_has_an_index_of_one() -> None:
    assert cluster_index(WHOLE, WHOLE).values == pytest.approx(1)


@pytest.mark.parametrize(
    ("region", "reason"),
    [
        (Place.of(10, 0, 5, 2), Reason.ZERO_DENOMINATOR),
        (Place.of(10, 5, 0, 2), Reason.ZERO_DENOMINATOR),
        (Place.of(10, 5, 5, 0), Reason.ZERO_DENOMINATOR),
        (Place.of(0, 5, 5, 2), Reason.ZERO_DENOMINATOR),
        (Place.of(np.nan, 5, 5, 2), Reason.MISSING),
        (Place.of(10, -5, 5, 2), Reason.NEGATIVE),
        (Place.of(10, 600, 5, 2), Reason.PART_EXCEEDS_WHOLE),
    ],
)
def test_undefined_indices_say_why(region: Place, reason: Reason) -> None:
    assert cluster_index(region, WHOLE).reason() is reason


def test_nobody_there_is_an_index_of_zero() -> None:
    assert cluster_index(Place.of(0, 50, 488, 0), WHOLE).values == 0


@given(st.tuples(*[st.floats(0.01, 1)] * 4), st.tuples(*[st.floats(1e-3, 1e3)] * 3))
def test_the_units_do_not_matter(parts: tuple[float, ...], factors: tuple[float, ...]) -> None:
    whole = np.array([5740.0, 576, 4621, 53])
    region, scale = whole * parts, np.array([*factors, 1.0])
    found = cluster_index(Place.of(*region), Place.of(*whole)).values
    again = cluster_index(Place.of(*region * scale), Place.of(*whole * scale)).values
    assert again == pytest.approx(found)


def _table(column: list[float]) -> np.ndarray:
    """One industry that matters, and one that is the same everywhere."""
    return np.column_stack([column, np.full(len(column), 1000.0)])


def test_the_largest_tenth_gets_the_star_for_size() -> None:
    table = _table([float(size) for size in range(1, 21)])
    stars = star_rating(table, Totals.of_parts(table))
    assert np.flatnonzero(stars.size[:, 0]).tolist() == [18, 19]
    assert stars.compared.tolist() == [20, 20]


def test_equals_at_the_edge_are_all_out() -> None:
    table = _table([*range(1, 18), 30.0, 30.0, 40.0])
    assert np.flatnonzero(star_rating(table, Totals.of_parts(table)).size[:, 0]).tolist() == [19]


def test_equals_that_fit_are_all_in() -> None:
    table = _table([*range(1, 19), 40.0, 40.0])
    assert np.flatnonzero(star_rating(table, Totals.of_parts(table)).size[:, 0]).tolist() == [18, 19]


def test_fewer_than_ten_have_no_largest_tenth() -> None:
    table = _table([float(size) for size in range(1, 10)])
    assert not star_rating(table, Totals.of_parts(table)).size.any()


def test_without_employment_there_is_no_star() -> None:
    table = np.zeros((20, 2))
    table[:, 1] = 5
    assert not star_rating(table, Totals.of_parts(table)).count[:, 0].any()


def test_a_quotient_at_the_cut_is_specialised() -> None:
    table = [[2.0, 2.0], [0.0, 4.0]]  # half of it here, a quarter of all: the quotient is two
    assert star_rating(table, Totals.of_parts(table)).specialisation[:, 0].tolist() == [True, False]


def test_all_three_stars() -> None:
    table = np.tile([1.0, 100.0, 100.0], (10, 1))
    table[3] = 100, 1, 1
    stars = star_rating(table, Totals.of_parts(table))
    assert stars.count[3].tolist() == [3, 0, 0]


def test_a_hidden_figure_earns_no_star() -> None:
    table = _table([float(size) for size in range(1, 21)])
    table[19, 0] = np.nan
    stars = star_rating(table, Totals.published(np.full(20, 1500.0), [300.0, 20_000.0], 30_000.0))
    assert not stars.count[19, 0]
    assert np.flatnonzero(stars.size[:, 0]).tolist() == [18]


@given(st.lists(st.tuples(amounts, amounts), min_size=10, max_size=40), st.floats(1e-3, 1e3))
def test_at_most_a_tenth_gets_the_star_for_size(rows: list[tuple[float, float]], factor: float) -> None:
    table = np.array(rows)
    stars = star_rating(table, Totals.of_parts(table))
    assert (stars.size.sum(axis=0) <= len(rows) / 10).all()
    assert stars.focus.sum() <= table.size / 10
    assert (star_rating(table * factor, Totals.of_parts(table * factor)).size == stars.size).all()
