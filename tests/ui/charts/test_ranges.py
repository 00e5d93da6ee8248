import pytest

from tests.storage.domain.made_figures import point, series
from tests.ui.charts.made_comparisons import CHOICE, compared
from ui.charts.kinds.line import LINE
from ui.charts.ranges import amounts, categories, from_zero


@pytest.mark.parametrize(
    ("values", "reach"),
    [([10, 100], (0, 108)), ([90, 100], (89, 100.88)), ([50, 50], (0, 54)), ([-100, -10], (-108, 8)), ([0], (0, 0.08))],
)
def test_an_axis_begins_at_zero_unless_all_is_far_from_it(values: list[float], reach: tuple[float, float]) -> None:
    assert from_zero(values) == pytest.approx(reach)


def test_bars_always_begin_at_zero() -> None:
    assert from_zero([90, 100], always=True)[0] == 0


def test_categories_have_room_around() -> None:
    assert categories(3) == (-0.6, 2.6)


def test_bounds_and_rivals_are_within_reach() -> None:
    given = compared(series(0, a=point("2012", 70, low=66, high=72), b=point("2012", 64)))
    assert sorted(amounts(LINE.plan(given, CHOICE).panels[0])) == [64, 66, 70, 72]
