from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.charts.ticks import (
    amount_labels,
    amount_ticks,
    name_step,
    nice_step,
    period_labels,
    period_ticks,
    place_labels,
    spread,
)
from ui.language import Language, LanguageSwitch

HEIGHT = 16.0


@pytest.mark.parametrize(("reach", "count", "step"), [(140_000, 7, 20_000), (1, 5, 0.2), (9, 3, 5), (0, 5, 1)])
def test_steps_are_round(reach: float, count: float, step: float) -> None:
    assert nice_step(reach, count) == pytest.approx(step)


def test_ticks_lie_within_the_reach() -> None:
    step, ticks = amount_ticks(0, 126_000, 300, 48)
    assert (step, ticks[0], ticks[-1]) == (50_000, 0, 100_000)


@pytest.mark.parametrize(
    ("language", "values", "step", "labels"),
    [
        ("en", [0, 50_000, 100_000], 50_000, ["0", "50k", "100k"]),
        ("en", [0, 500_000, 1_000_000, 1_500_000], 500_000, ["0", "0.5M", "1M", "1.5M"]),
        ("en", [0, 20, 40], 20, ["0", "20", "40"]),
        ("en", [0, 500, 1_000], 500, ["0", "500", "1,000"]),
        ("en", [0, 0.5, 1], 0.5, ["0", "0.5", "1"]),
        ("ko", [0, 50_000, 100_000], 50_000, ["0", "5만", "10만"]),
        ("ko", [0, 5e11, 1e12], 5e11, ["0", "0.5조", "1조"]),
        ("ko", [0, 1e8, 2e8], 1e8, ["0", "1억", "2억"]),
    ],
)
def test_amounts_are_counted_as_the_language_does(
    languages: LanguageSwitch, language: str, values: list[float], step: float, labels: list[str]
) -> None:
    languages.set_language(Language(language))
    assert amount_labels(values, step) == labels


def test_years_and_ranks_are_written_in_full() -> None:
    assert place_labels([1990, 2000], 10) == ["1990", "2000"]


def test_a_year_s_tick_stands_in_its_middle() -> None:
    step, ticks = period_ticks(2009.9, 2013.1, 400, 1.0)
    assert (step, ticks) == (1.0, [2010.5, 2011.5, 2012.5])
    assert period_labels(ticks, step) == ["2010", "2011", "2012"]


def test_many_years_are_thinned_to_round_ones() -> None:
    step, ticks = period_ticks(1970, 2020, 500, 1.0)
    assert period_labels(ticks, step)[:3] == ["1970", "1975", "1980"]


def test_quarters_are_named_where_there_is_room() -> None:
    step, ticks = period_ticks(2015, 2016, 600, 0.25)
    assert period_labels(ticks, step) == ["2015 Q1", "2015 Q2", "2015 Q3", "2015 Q4"]


def test_quarters_without_room_become_years() -> None:
    step, _ = period_ticks(2000, 2020, 600, 0.25)
    assert step == 2


def test_months_are_named_where_there_is_room() -> None:
    step, ticks = period_ticks(2015, 2015.5, 600, 1 / 12)
    assert period_labels(ticks, step)[:2] == ["2015-01", "2015-02"]


@pytest.mark.parametrize(("count", "step"), [(5, 1), (40, 4)])
def test_names_are_thinned_to_what_fits(count: int, step: int) -> None:
    assert name_step(count, 1000, 100) == step


def test_labels_that_have_room_stay() -> None:
    assert spread([50, 100, 20], HEIGHT, 0, 200) == [50, 100, 20]


@given(st.lists(st.floats(0, 400), min_size=1, max_size=20))
def test_labels_never_overlap_nor_leave_the_panel(wanted: list[float]) -> None:
    places = sorted(spread(wanted, HEIGHT, 0, 400))
    assert all(b - a >= HEIGHT - 1e-6 for a, b in pairwise(places))
    assert places[0] >= HEIGHT / 2 - 1e-6
    assert places[-1] <= 400 - HEIGHT / 2 + 1e-6


def test_labels_keep_their_order() -> None:
    places = spread([100, 101, 102], HEIGHT, 0, 400)
    assert places == sorted(places)
