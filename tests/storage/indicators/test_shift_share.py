"""Shift-share: published tables, edges, and the identities that close it."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.result import Reason
from storage.indicators.shift_share import Development, esteban_marquillas, shift_share
from tests.storage.indicators.figures import amounts, some_or_none

REGION = np.array([500.0, 100, 200, 200]), np.array([1000.0, 100, 250, 280])
NATION = np.array([10_000.0, 20_000, 40_000, 30_000]), np.array([11_000.0, 24_000, 52_000, 42_000])
HOLUKULUKU = Development.of(REGION, NATION)
# Farhauer and Kröll (2013), in REAT: three regions of a nation
NATION_X = (400, 150, 150, 400), (440, 210, 135, 480)
REGIONS_X = {
    "A": ((90, 20, 10, 60), (100, 40, 10, 55)),
    "B": ((60, 30, 30, 40), (85, 55, 40, 35)),
    "C": ((250, 100, 110, 300), (255, 115, 85, 390)),
}


def test_every_cell_of_holukuluku() -> None:
    # Krumme, University of Washington
    split = shift_share(HOLUKULUKU)
    start = REGION[0]
    assert start + split.national.values == pytest.approx([645, 129, 258, 258])
    assert split.mix.values + split.regional.values == pytest.approx([355, -29, -8, 22])
    assert start + split.national.values + split.mix.values == pytest.approx([550, 120, 260, 280])
    assert split.regional.values == pytest.approx([450, -20, -10, 0])
    assert split.mix.values == pytest.approx([-95, -9, 2, 22])
    assert split.total == pytest.approx([290, -80, 420])


def test_published_rates_of_one_industry() -> None:
    # Clarksville: local construction grew 6 %, the economy 2 %, its construction 3 %: 2, 1 and 3 %
    development = Development.of(((100, 0), (106, 0)), ((10_000, 30_000), (10_300, 30_500)))
    split = shift_share(development)
    assert [part.values[0] for part in (split.national, split.mix, split.regional)] == pytest.approx([2, 1, 3])


@pytest.mark.parametrize("region", REGIONS_X)
def test_three_regions_by_the_formulas_of_reat(region: str) -> None:
    (start, end), (nation_start, nation_end) = (tuple(map(np.array, pair)) for pair in (REGIONS_X[region], NATION_X))
    growth = nation_end.sum() / nation_start.sum()
    expected = (start * (nation_end / nation_start)).sum()
    total = shift_share(Development.of((start, end), (nation_start, nation_end))).total
    national = start.sum() * growth - start.sum()
    assert total == pytest.approx([national, expected - start.sum() * growth, end.sum() - expected])


def test_the_shifts_of_all_regions_cancel() -> None:
    starts, ends = (np.array([pair[side] for pair in REGIONS_X.values()]) for side in (0, 1))
    split = shift_share(Development.of((starts, ends), NATION_X))
    assert split.regional.values.sum(axis=0) == pytest.approx(0, abs=1e-9)


def test_a_new_industry_is_all_regional_shift_and_marked() -> None:
    development = Development.of(((0, 10), (5, 10)), ((100, 100), (110, 100)))
    split = shift_share(development)
    assert (split.national.values[0], split.mix.values[0], split.regional.values[0]) == (0, 0, 5)
    assert split.new.tolist() == [True, False]
    assert esteban_marquillas(development).competitive.values[0] == 5


def test_an_industry_new_to_the_nation_too() -> None:
    split = shift_share(Development.of(((0, 10), (5, 10)), ((0, 100), (7, 100))))
    assert split.regional.values[0] == 5


def test_holukuluku_by_esteban_marquillas() -> None:
    # h = 1000 x (10, 20, 40, 30) %; leads of the region: 90, -20, -5, 0 %
    split = esteban_marquillas(HOLUKULUKU)
    assert split.competitive.values == pytest.approx([90, -40, -20, 0], abs=1e-9)
    assert split.allocation.values == pytest.approx([360, 20, 10, 0], abs=1e-9)


@pytest.mark.parametrize(
    ("region", "nation", "reason"),
    [
        (((np.nan, 1), (1, 1)), ((5, 5), (5, 5)), Reason.MISSING),
        (((1, 1), (1, 1)), ((5, np.nan), (5, 5)), Reason.MISSING),  # the nation's growth is unknown
        (((-1, 1), (1, 1)), ((5, 5), (5, 5)), Reason.NEGATIVE),
        (((6, 1), (1, 1)), ((5, 5), (5, 5)), Reason.PART_EXCEEDS_WHOLE),
        (((0, 0), (1, 1)), ((0, 0), (5, 5)), Reason.ZERO_TOTAL),
    ],
)
def test_undefined_components_say_why(region, nation, reason: Reason) -> None:
    split = shift_share(Development.of(region, nation))
    assert {part.reason(0) for part in (split.national, split.mix, split.regional)} == {reason}


def test_a_missing_figure_leaves_the_other_industries() -> None:
    split = shift_share(Development.of(((np.nan, 1), (1, 2)), ((5, 5), (5, 6))))
    assert split.regional.reasons.tolist() == [Reason.MISSING, Reason.NONE]


industry = st.tuples(some_or_none, some_or_none, amounts, amounts)


@given(st.lists(industry, min_size=1, max_size=8))
def test_both_identities_close(rows: list[tuple[float, ...]]) -> None:
    start, end, rest_start, rest_end = np.array(rows).T
    development = Development.of((start, end), (start + rest_start, end + rest_end))
    split, competitive = shift_share(development), esteban_marquillas(development)
    scale = 1e-9 * (start + end + rest_end).max()
    parts = split.national.values + split.mix.values + split.regional.values
    assert parts == pytest.approx(end - start, abs=scale)
    assert split.total.sum() == pytest.approx((end - start).sum(), abs=scale * len(rows))
    both = competitive.competitive.values + competitive.allocation.values
    assert both == pytest.approx(split.regional.values, abs=1e-9 * np.abs(competitive.competitive.values).max() + scale)


@given(st.lists(industry, min_size=1, max_size=8), st.randoms())
def test_the_order_of_industries_does_not_matter(rows: list[tuple[float, ...]], chance) -> None:
    def total(figures) -> np.ndarray:
        start, end, rest_start, rest_end = np.array(figures).T
        return shift_share(Development.of((start, end), (start + rest_start, end + rest_end))).total

    assert total(chance.sample(rows, len(rows))) == pytest.approx(total(rows), rel=1e-6, abs=10)


@pytest.mark.real_files
def test_freiburg_closes(shared_data: Path) -> None:
    with (shared_data / "agency" / "reat_lq" / "Freiburg.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    region, nation = (
        tuple([float(row[f"e_{area}{year}"]) for row in rows] for year in (2008, 2014))
        for area in ("Freiburg", "Germany")
    )
    total = shift_share(Development.of(region, nation)).total
    assert total.sum() == pytest.approx(sum(region[1]) - sum(region[0]))
