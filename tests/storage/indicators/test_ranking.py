"""Ranks and percentiles: published values, edges, and what always holds."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.ranking import percentile_ranks, ranks, ties
from storage.indicators.result import Reason
from tests.storage.indicators.figures import some_or_none

DPLYR = (5, 1, 3, 2, 2, np.nan)
# COINr, results vignette: CHE, NLD, DNK, NOR, BEL, SWE
ASEM = (68.38, 64.82, 64.80, 64.47, 63.54, 63.00)


def test_published_ranks_of_dplyr() -> None:
    assert ranks(DPLYR, lowest_first=True).values == pytest.approx([5, 1, 4, 2, 2, np.nan], nan_ok=True)


def test_published_percentiles_of_dplyr() -> None:
    assert percentile_ranks(DPLYR).values == pytest.approx([1, 0, 0.75, 0.25, 0.25, np.nan], nan_ok=True)


def test_published_ranks_of_the_asem_index() -> None:
    # the second and the third differ by 0.02
    assert ranks(ASEM).values.tolist() == [1, 2, 3, 4, 5, 6]


def test_ties_are_counted() -> None:
    assert ties(DPLYR).tolist() == [0, 0, 0, 1, 1, 0]


def test_ranks_within_groups() -> None:
    groups = ("big", "small", "big", "small", "big", "small")
    assert ranks((9, 1, 8, 3, 8, 2), groups).values.tolist() == [1, 3, 2, 1, 2, 2]
    assert percentile_ranks((9, 1, 8, 3, 8, 2), groups).values.tolist() == [1, 0, 0, 1, 0, 0.5]


def test_lower_may_be_better() -> None:
    assert percentile_ranks((1, 2, 3), lower_is_better=True).values.tolist() == [1, 0.5, 0]


def test_one_alone_has_a_rank_and_no_percentile() -> None:
    assert ranks([7, np.nan]).values[0] == 1
    assert percentile_ranks([7, np.nan]).reasons.tolist() == [Reason.ONE_FIGURE, Reason.MISSING]


def test_every_period_is_ranked_by_itself() -> None:
    assert ranks([[1, 2, 3], [3, 2, np.nan]]).values == pytest.approx(
        np.array([[3, 2, 1], [1, 2, np.nan]]), nan_ok=True
    )


def test_nobody_to_rank() -> None:
    assert ranks([]).values.shape == (0,)


figures = st.lists(st.one_of(some_or_none, st.just(np.nan)), min_size=1, max_size=20)


@given(figures)
def test_a_rank_is_one_more_than_those_who_are_better(values: list[float]) -> None:
    x = np.array(values)
    expected = [np.nan if np.isnan(value) else 1 + np.count_nonzero(x > value) for value in x]
    assert ranks(x).values == pytest.approx(expected, nan_ok=True)


@given(figures)
def test_percentiles_are_bounded_and_begin_at_zero(values: list[float]) -> None:
    found = percentile_ranks(values).values
    there = found[~np.isnan(found)]
    assert not len(there) or (there.min() == 0 and there.max() <= 1)


@given(figures, st.randoms())
def test_the_order_does_not_matter(values: list[float], chance) -> None:
    order = chance.sample(range(len(values)), len(values))
    assert ranks(np.take(values, order)).values == pytest.approx(ranks(values).values[order], nan_ok=True)


@given(figures)
def test_the_last_rank_and_its_ties_are_all(values: list[float]) -> None:
    found, count = ranks(values).values, np.count_nonzero(~np.isnan(values))
    if count:
        assert np.nanmax(found + ties(values)) == count


@pytest.mark.real_files
def test_the_published_ranks_of_all_51_countries(shared_data: Path) -> None:
    def column(name: str, key: str) -> dict[str, float]:
        with (shared_data / "composite" / name).open(encoding="utf-8", newline="") as file:
            return {row["UnitCode"]: float(row[key]) for row in csv.DictReader(file)}

    for key in ("Index", "Conn", "Sust"):
        published, scores = column("ASEM_result_AggregatesRank.csv", key), column("ASEM_stage_Aggregated.csv", key)
        found = ranks([scores[code] for code in published]).values
        assert found.tolist() == list(published.values())
