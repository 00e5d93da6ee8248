"""Location quotients and specialisation: published values, edges, and what always holds."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.quotients import (
    Totals,
    hoover_coefficient,
    krugman_specialisation,
    location_quotient,
    location_quotients,
    specialised,
)
from storage.indicators.result import Reason
from tests.storage.indicators.figures import sizes, tables

HOLUKULUKU = ((500, 100, 200, 200), (10_000, 20_000, 40_000, 30_000))


@pytest.mark.parametrize(
    ("part", "region", "industry", "whole", "published"),
    [
        (1714, 79006, 879213, 15593224, 0.3847623),  # Farhauer and Kröll (2013), in REAT
        (10, 28, 117, 272, 0.83),  # a course's counties with beer and bread
        (4, 69, 48, 272, 0.33),
        (25, 43, 117, 272, 1.35),
    ],
)
def test_published_location_quotients(part: float, region: float, industry: float, whole: float, published: float):
    digits = len(str(published).partition(".")[2])
    assert round(float(location_quotient(part, region, industry, whole).values), digits) == published


def test_location_quotients_of_holukuluku() -> None:
    # Krumme, University of Washington: 5, 0.5, 0.5, 0.667
    region, nation = HOLUKULUKU
    found = location_quotient(region, sum(region), nation, sum(nation)).values
    assert found == pytest.approx([5, 0.5, 0.5, 2 / 3])


@pytest.mark.parametrize(
    ("part", "region", "industry", "whole", "reason"),
    [
        (0, 0, 5, 10, Reason.ZERO_DENOMINATOR),
        (0, 5, 0, 10, Reason.ZERO_DENOMINATOR),
        (0, 0, 0, 0, Reason.ZERO_DENOMINATOR),
        (3, 2, 5, 10, Reason.PART_EXCEEDS_WHOLE),
        (3, 5, 2, 10, Reason.PART_EXCEEDS_WHOLE),
        (1, 20, 5, 10, Reason.PART_EXCEEDS_WHOLE),
        (1, 5, 20, 10, Reason.PART_EXCEEDS_WHOLE),
        (np.nan, 5, 5, 10, Reason.MISSING),
        (1, 5, np.nan, 10, Reason.MISSING),
        (-1, 5, 5, 10, Reason.NEGATIVE),
    ],
)
def test_undefined_quotients_say_why(part: float, region: float, industry: float, whole: float, reason: Reason):
    result = location_quotient(part, region, industry, whole)
    assert np.isnan(result.values)
    assert result.reason() is reason


def test_no_activity_is_a_quotient_of_zero() -> None:
    assert location_quotient(0, 5, 5, 10).values == 0


def test_the_cut_belongs_to_the_specialised() -> None:
    thirds = location_quotient(0.1, 0.3, 0.1 * 3, 0.3 * 3).values  # 1, but for the last digit
    assert specialised([thirds, 1.0, 0.999, np.nan]).tolist() == [True, True, False, False]


def test_a_hidden_cell_blanks_what_it_is_summed_into() -> None:
    table = [[1.0, np.nan], [3.0, 4.0]]
    parts = location_quotients(table, Totals.of_parts(table))
    published = location_quotients(table, Totals.published([4, 7], [4, 7], 11))
    assert np.isnan(parts.values).all()
    assert np.isnan(published.values).tolist() == [[False, True], [False, False]]


def test_totals_say_where_they_are_from() -> None:
    assert (Totals.of_parts([[1.0]]).basis, Totals.published([1], [1], 1).basis) == ("sum of parts", "published")


@given(tables())
def test_quotients_weighted_by_the_regions_average_one(table: list[list[float]]) -> None:
    cells = np.array(table)
    quotients = location_quotients(cells, Totals.of_parts(cells)).values
    assert (quotients * (cells.sum(axis=1) / cells.sum())[:, np.newaxis]).sum(axis=0) == pytest.approx(1)


@given(tables(), st.floats(1e-3, 1e3))
def test_the_unit_does_not_matter(table: list[list[float]], factor: float) -> None:
    cells = np.array(table)
    one, other = (location_quotients(x, Totals.of_parts(x)).values for x in (cells, cells * factor))
    assert other == pytest.approx(one)


@pytest.mark.parametrize(
    ("activity", "reference", "published"),
    [
        ((20, 10, 70, 0, 0), (0, 0, 0, 60, 40), 2),  # Farhauer and Kröll (2013), in REAT
        ((4388, 37489, 129423, 60941), (2194, 18744.5, 64711.5, 30470.5), 0),  # REAT, krugman.conc
        (*HOLUKULUKU, 0.8),  # from Krumme's shares: |50-10| + |10-20| + |20-40| + |20-30| %
    ],
)
def test_published_krugman_indices(activity: tuple[float, ...], reference: tuple[float, ...], published: float) -> None:
    assert krugman_specialisation(activity, reference).values == pytest.approx(published)


def test_hoover_of_disparities() -> None:
    # PySAL inequality 1.0, hoover_hi
    assert hoover_coefficient((24, 19, 22), (1, 1, 1)).values == pytest.approx(0.041025641025641046)


def test_the_rest_of_the_nation_is_another_reference() -> None:
    region, nation = np.array([3.0, 1.0]), np.array([4.0, 4.0])
    assert krugman_specialisation(region, nation).values == pytest.approx(0.5)
    assert krugman_specialisation(region, nation, "rest").values == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("activity", "reference", "reason"),
    [
        ((0, 0), (1, 1), Reason.ZERO_TOTAL),
        ((1, 1), (1, 1), Reason.ZERO_TOTAL),  # nothing is left
        ((2, 1), (1, 9), Reason.PART_EXCEEDS_WHOLE),
        ((np.nan, 1), (1, 9), Reason.MISSING),
        ((-1, 1), (1, 9), Reason.NEGATIVE),
    ],
)
def test_undefined_specialisation_says_why(activity: tuple[float, ...], reference: tuple[float, ...], reason: Reason):
    assert krugman_specialisation(activity, reference, "rest").reason() is reason


@given(st.integers(1, 8).flatmap(lambda n: st.tuples(sizes(n, n), sizes(n, n))), st.randoms())
def test_specialisation_is_bounded_symmetric_and_knows_no_order(pair: tuple[list[float], list[float]], chance) -> None:
    one, other = pair
    index = krugman_specialisation(one, other).values
    order = chance.sample(range(len(one)), len(one))
    assert 0 <= index <= 2 + 1e-12
    assert krugman_specialisation(other, one).values == pytest.approx(index)
    assert krugman_specialisation(np.take(one, order), np.take(other, order)).values == pytest.approx(index)
    assert hoover_coefficient(one, other).values * 2 == pytest.approx(index)


@pytest.fixture(scope="module")
def us_clusters(shared_data: Path) -> dict[str, np.ndarray]:
    """Columns of U.S. Cluster Mapping 2016 as tables of states x traded clusters."""
    path = shared_data / "agency" / "us_cluster_mapping" / "all_states_clusters.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["traded_b"] == "TRUE"]
    rows.sort(key=lambda row: (row["region_code_t"], row["cluster_code_t"]))
    columns = ("emp_tl", "lq_tf", "cluster_emp_per_tf")
    return {key: np.array([float(row[key]) for row in rows]).reshape(50, 51) for key in columns}


@pytest.mark.real_files
def test_us_cluster_mapping_against_the_nation(us_clusters: dict[str, np.ndarray]) -> None:
    # the nation holds more than the 50 states; its totals follow from the largest state's share of each cluster
    employment, part = us_clusters["emp_tl"], us_clusters["cluster_emp_per_tf"]
    largest = part.argmax(axis=0), np.arange(51)
    nation = employment[largest] / part[largest]
    found = location_quotients(employment, Totals.published(employment.sum(axis=1), nation, nation.sum()))
    assert found.values == pytest.approx(us_clusters["lq_tf"], rel=1e-6)


@pytest.mark.real_files
def test_us_cluster_mapping_is_not_met_by_the_sum_of_its_states(us_clusters: dict[str, np.ndarray]) -> None:
    employment, published = us_clusters["emp_tl"], us_clusters["lq_tf"]
    ours = location_quotients(employment, Totals.of_parts(employment)).values
    off = np.abs(ours[published > 0] / published[published > 0] - 1)
    assert 0.05 < off.max() < 0.1
    assert np.median(off) < 0.01


@pytest.mark.real_files
def test_freiburg_against_germany(shared_data: Path) -> None:
    from storage.indicators.concentration import spatial_gini

    with (shared_data / "agency" / "reat_lq" / "Freiburg.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    region, nation = ([float(row[key]) for row in rows] for key in ("e_Freiburg2014", "e_Germany2014"))
    assert spatial_gini(region, nation).values == pytest.approx(0.2089009, abs=5e-8)  # REAT, gini.spec
