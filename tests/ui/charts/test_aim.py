import numpy as np
import pytest

from tests.storage.domain.made_figures import series
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared
from ui.charts.aim import Aim
from ui.charts.kinds.line import LINE

MARKS = [mark for _, mark in LINE.plan(compared(series(0, **YEARS)), CHOICE).marks()]


def aim(across: tuple[float, float], upright: tuple[float, float]) -> Aim:
    return Aim(MARKS, np.array(across), np.array(upright), (20.0, 8.0))


@pytest.mark.parametrize(
    ("across", "upright", "found"), [((3, 8), (9, 8), MARKS[0]), ((12, 8), (9, 8), MARKS[1]), ((14, 12), (9, 9), None)]
)
def test_the_nearest_mark_is_meant_when_it_is_near(across: tuple, upright: tuple, found: object) -> None:
    assert aim(across, upright).nearest() is found


@pytest.mark.parametrize(("across", "found"), [((300, 9), MARKS[1]), ((300, 11), None)])
def test_a_column_is_meant_at_any_height(across: tuple, found: object) -> None:
    assert aim(across, (0, 500)).in_column() is found


@pytest.mark.parametrize(("upright", "found"), [((3, 30), MARKS[0]), ((5, 30), None)])
def test_a_row_is_meant_wherever_along_it(upright: tuple, found: object) -> None:
    assert aim((500, 0), upright).in_row() is found
