"""Values that are blank, and why."""

import numpy as np
import pytest

from storage.indicators.result import Reason, array, exceeds, settle


def test_a_value_that_is_no_number_is_missing() -> None:
    result = settle([1.0, np.nan, np.inf])
    assert result.reasons.tolist() == [Reason.NONE, Reason.MISSING, Reason.MISSING]
    assert np.isnan(result.values[1:]).all()


def test_the_first_reason_is_given_where_several_hold() -> None:
    always = np.array([True])
    result = settle([1.0], (Reason.ZERO_TOTAL, always), (Reason.NEGATIVE, always))
    assert result.reason(0) is Reason.NEGATIVE


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason])
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    assert str(reason.text).endswith(".")


def test_a_defined_value_has_no_reason() -> None:
    assert settle(3.0).reason().text is None


def test_rounding_makes_no_part_larger_than_its_whole() -> None:
    assert 0.1 + 0.2 > 0.3
    assert exceeds(array([0.1 + 0.2, 0.31]), array(0.3)).tolist() == [False, True]


def test_another_unit_keeps_what_is_blank() -> None:
    result = settle([0.5, np.nan]).scaled(10_000)
    assert result.values[0] == 5_000
    assert result.reason(1) is Reason.MISSING
