"""Intensities, and those of groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.intensity import intensity, pooled_intensity
from storage.indicators.result import Reason
from tests.storage.indicators.figures import amounts


def test_patents_per_thousand_workers() -> None:
    assert intensity(30, 12_000, per=1000).values == 2.5


@pytest.mark.parametrize(
    ("amount", "base", "reason"),
    [(1, 0, Reason.ZERO_DENOMINATOR), (1, -1, Reason.NEGATIVE), (np.nan, 1, Reason.MISSING), (1, None, Reason.MISSING)],
)
def test_undefined_intensity_says_why(amount: float, base: float | None, reason: Reason) -> None:
    assert intensity(amount, base).reason() is reason


def test_a_loss_has_an_intensity() -> None:
    assert intensity(-10, 5).values == -2


def test_a_group_is_a_ratio_of_sums_over_those_who_have_both() -> None:
    pooled = pooled_intensity((10, 90, 1000, np.nan), (10, 10, np.nan, 50))
    assert (pooled.result.values, pooled.used, pooled.members) == (5, 2, 4)


def test_a_group_without_anybody_who_has_both_has_none() -> None:
    assert pooled_intensity((1, np.nan), (np.nan, 1)).result.reason() is Reason.MISSING


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=10))
def test_a_group_lies_between_its_members(rows: list[tuple[float, float]]) -> None:
    amount, base = np.array(rows).T
    each = intensity(amount, base).values
    pooled = pooled_intensity(amount, base).result.values
    assert each.min() * (1 - 1e-9) <= pooled <= each.max() * (1 + 1e-9)
