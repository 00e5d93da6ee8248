import math

import pytest

from storage.database.kinds import checks
from storage.database.values import clean_column
from storage.errors import InvalidInput


def test_equal_values_of_different_types_are_told_apart() -> None:
    with pytest.raises(InvalidInput, match="“True”"):
        clean_column(checks("observation"), "metric_id", [1, True])


def test_blanks_become_what_the_table_keeps_without_a_value() -> None:
    assert clean_column(checks("observation"), "preferred", [True, False, None]) == [True, False, False]


def test_a_number_keeps_its_sign_also_where_it_is_nought() -> None:
    cleaned = clean_column(checks("observation"), "value", [0.0, -0.0, 2, None])
    assert [math.copysign(1, number) for number in cleaned[:3]] == [1, -1, 1]


@pytest.mark.parametrize("value", [math.nan, math.inf, "12", [1.0], {}, True])
def test_what_a_column_of_numbers_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput):
        clean_column(checks("observation"), "value", [1.5, value])


@pytest.mark.parametrize("value", [["a"], {}, 1, 1.0])
def test_what_a_column_of_texts_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(InvalidInput):
        clean_column(checks("observation"), "note", ["a", value])
