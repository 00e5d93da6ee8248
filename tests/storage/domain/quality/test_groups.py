"""Robust statistics, group by group, against numpy's own of each group alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.quality.groups import NORMAL, group_codes, only_held, spread_of

ROWS = st.lists(st.tuples(st.integers(0, 4), st.floats(-1e6, 1e6), st.booleans()), min_size=1, max_size=40)


@given(ROWS)
def test_medians_and_spreads_are_those_of_each_group(rows: list[tuple[int, float, bool]]) -> None:
    groups, values, used = (np.array(column) for column in zip(*rows, strict=True))
    found = spread_of(groups, values, used)
    for group in set(groups.tolist()):
        own = values[(groups == group) & used]
        assert found.count[group] == len(own)
        if len(own):
            assert found.median[group] == pytest.approx(np.median(own))
            assert found.spread[group] == pytest.approx(NORMAL * np.median(np.abs(own - np.median(own))))


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2**62), st.floats(-1, 1)), min_size=1, max_size=40))
def test_rows_have_one_number_exactly_where_they_are_alike(rows: list[tuple[int, int, float]]) -> None:
    codes = group_codes(*(np.array(column) for column in zip(*rows, strict=True)))
    assert len(set(codes.tolist())) == len({(a, b, c + 0.0) for a, b, c in rows})


def test_only_one_code_counts() -> None:
    groups, codes = np.array([0, 0, 1, 1, 2]), np.array([5, 5, 6, 7, 8])
    assert only_held(groups, codes, np.array([True, True, True, True, False])).tolist() == [5, -1, -1]
