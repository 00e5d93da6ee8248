"""Attainment of targets: published values, edges."""

import numpy as np
import pytest

from storage.indicators.result import Reason
from storage.indicators.targets import attainment, overdue, progress


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "published"),
    [
        ((0, 5, 11), 0, 10, (0, 0.5, 1.1)),  # COINr, distance to target, without its cap
        ((-1, 1, 10), 10, 0, (1.1, 0.9, 0)),  # and where lower is better
        ((1, 5, 9), 0, 10, (0.1, 0.5, 0.9)),  # COINr, goalposts 0 and 10
        ((1, 9), 10, 0, (0.9, 0.1)),
    ],
)
def test_published_progress(actual, baseline: float, target: float, published) -> None:
    assert progress(actual, baseline, target).values == pytest.approx(published)


def test_the_wrong_way_is_below_zero() -> None:
    assert progress(90, 100, 120).values == -0.5


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "reason"),
    [(1, 5, 5, Reason.NO_SPREAD), (np.nan, 0, 5, Reason.MISSING), (1, np.nan, 5, Reason.MISSING)],
)
def test_undefined_progress_says_why(actual: float, baseline: float, target: float, reason: Reason) -> None:
    assert progress(actual, baseline, target).reason() is reason


def test_attainment_without_a_baseline() -> None:
    assert attainment((30, 60), 40).values.tolist() == [0.75, 1.5]
    assert attainment((30, 60), 40, lower_is_better=True).values == pytest.approx([4 / 3, 2 / 3])


@pytest.mark.parametrize(
    ("actual", "target", "lower_is_better", "reason"),
    [
        (1, 0, False, Reason.ZERO_DENOMINATOR),
        (0, 1, True, Reason.ZERO_DENOMINATOR),
        (-1, 1, False, Reason.NEGATIVE),
        (np.nan, 1, False, Reason.MISSING),
    ],
)
def test_undefined_attainment_says_why(actual: float, target: float, lower_is_better: bool, reason: Reason) -> None:
    assert attainment(actual, target, lower_is_better=lower_is_better).reason() is reason


def test_overdue_is_past_the_date_and_not_reached() -> None:
    reached = (0.9, 1.0, 0.9, np.nan)
    assert overdue(reached, (2020, 2020, 2030, 2020), today=2025.5).tolist() == [True, False, False, True]
