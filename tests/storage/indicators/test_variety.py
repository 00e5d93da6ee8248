"""Entropy and variety: published values, edges, and what always holds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.indicators.result import Reason
from storage.indicators.variety import entropy, variety
from tests.storage.indicators.figures import some_or_none


@pytest.mark.parametrize(
    ("figures", "base", "published"),
    [
        ((1, 1), 2, 1.0),  # SciPy, stats.entropy: a fair and a biased coin
        ((9, 1), 2, 0.46899559358928117),
        (
            (1, 2, 4),
            math.e,
            -(1 / 7) * math.log(1 / 7) - (2 / 7) * math.log(2 / 7) - (4 / 7) * math.log(4 / 7),
        ),  # Wolfram
        ((24, 19, 22), math.e, 1.094070862104929),  # PySAL inequality, shannon_se
        ((5, 0, 0), 2, 0.0),  # nothing times its logarithm is nothing
    ],
)
def test_published_entropy(figures: tuple[float, ...], base: float, published: float) -> None:
    assert entropy(figures, base).values == pytest.approx(published, abs=1e-15)


def test_variety_by_hand() -> None:
    # two groups of half each; the first of two equal industries, the second of one
    found = variety((1, 1, 2), ("10", "10", "20"))
    assert [part.values for part in (found.total, found.unrelated, found.related)] == [1.5, 1.0, 0.5]


@pytest.mark.parametrize(
    ("figures", "reason"),
    [((), Reason.ZERO_TOTAL), ((0, 0), Reason.ZERO_TOTAL), ((1, np.nan), Reason.MISSING), ((1, -1), Reason.NEGATIVE)],
)
def test_undefined_variety_says_why(figures: tuple[float, ...], reason: Reason) -> None:
    found = variety(figures, range(len(figures)))
    assert {part.reason() for part in (found.total, found.unrelated, found.related, entropy(figures))} == {reason}


industries = st.lists(st.tuples(some_or_none, st.integers(10, 14)), min_size=1, max_size=12).filter(
    lambda rows: any(size for size, _ in rows)
)


@given(industries, st.sampled_from([2.0, math.e, 10.0]))
def test_both_varieties_add_up_to_the_entropy(rows: list[tuple[float, int]], base: float) -> None:
    figures, groups = zip(*rows, strict=True)
    found = variety(figures, groups, base)
    assert found.unrelated.values + found.related.values == pytest.approx(entropy(figures, base).values, abs=1e-12)
    assert min(found.unrelated.values, found.related.values) >= 0


@given(industries)
def test_related_variety_is_the_entropy_within_groups(rows: list[tuple[float, int]]) -> None:
    figures, groups = (np.array(column) for column in zip(*rows, strict=True))
    within = [(figures[groups == code].sum() / figures.sum(), figures[groups == code]) for code in set(groups.tolist())]
    expected = sum(share * float(entropy(members).values) for share, members in within if share)
    assert variety(figures, groups).related.values == pytest.approx(expected, abs=1e-9)


@given(industries, st.floats(1e-3, 1e3), st.randoms())
def test_neither_unit_nor_order_matters(rows: list[tuple[float, int]], factor: float, chance) -> None:
    figures, groups = zip(*rows, strict=True)
    mixed, mixed_groups = zip(*chance.sample(rows, len(rows)), strict=True)
    one, other = variety(figures, groups), variety(np.array(mixed) * factor, mixed_groups)
    assert other.unrelated.values == pytest.approx(one.unrelated.values, abs=1e-9)
    assert 0 <= one.total.values <= math.log2(len(rows)) + 1e-9
