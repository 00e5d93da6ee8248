import pytest

from tests.storage.domain.made_figures import series
from tests.ui.charts.made_comparisons import CHOICE, compared
from ui.charts.kinds.line import LINE
from ui.charts.walking import Step

GIVEN = compared(series(0, y2010=1, y2011=2, y2012=3), series(1, y2010=8, y2012=9))
# 0 1 2 are the first series, 3 4 the second
MARKS = [mark for _, mark in LINE.plan(GIVEN, CHOICE).marks()]


def step(start: int, across: int, down: int) -> Step:
    return Step(MARKS, MARKS[start], across, down)


@pytest.mark.parametrize(("start", "across", "down", "end"), [(1, 1, 0, 2), (2, 0, 1, 3), (0, -1, 0, 0), (4, 1, 0, 4)])
def test_marks_in_turn(start: int, across: int, down: int, end: int) -> None:
    assert step(start, across, down).in_turn() is MARKS[end]


@pytest.mark.parametrize(("start", "across", "end"), [(0, 1, 3), (3, 1, 1), (1, -1, 3), (4, 1, 4)])
def test_marks_from_left_to_right(start: int, across: int, end: int) -> None:
    assert step(start, across, 0).left_to_right() is MARKS[end]


@pytest.mark.parametrize(
    ("start", "across", "down", "end"), [(0, 1, 0, 1), (2, 1, 0, 2), (2, 0, 1, 4), (4, 0, 1, 2), (0, 0, -1, 3)]
)
def test_marks_along_a_series_and_to_the_next(start: int, across: int, down: int, end: int) -> None:
    assert step(start, across, down).by_series() is MARKS[end]
