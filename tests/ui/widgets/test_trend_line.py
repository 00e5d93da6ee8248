"""The small line of a figure's course."""

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from ui.widgets.trend_line import TrendLine, TrendPoint, segments


def points(*values: float | None, broken: tuple[int, ...] = ()) -> list[TrendPoint]:
    return [TrendPoint(float(place), value, broken=place in broken) for place, value in enumerate(values)]


@pytest.mark.parametrize(
    ("course", "runs"),
    [
        (points(1, 2, 3), [[1, 2, 3]]),
        (points(1, None, 3), [[1], [3]]),
        (points(None, 1, 2), [[1, 2]]),
        (points(1, 2, 3, broken=(2,)), [[1, 2], [3]]),
        (points(None, None), []),
    ],
)
def test_gaps_and_breaks_part_the_line(course: list[TrendPoint], runs: list[list[float]]) -> None:
    assert [[point.value for point in run] for run in segments(course)] == runs


def ink(line: TrendLine, role: QPalette.ColorRole) -> int:
    """Return how many pixels have the palette's colour, or nearly."""
    wanted = line.palette().color(role)
    picture = line.grab().toImage()
    colours = (QColor(picture.pixel(x, y)) for x in range(picture.width()) for y in range(picture.height()))
    return sum(
        abs(c.red() - wanted.red()) + abs(c.green() - wanted.green()) + abs(c.blue() - wanted.blue()) < 40
        for c in colours
    )


@pytest.mark.parametrize(("course", "drawn"), [(points(1, 2), True), (points(1), False), (points(1, None), False)])
def test_a_line_needs_two_values(qtbot: QtBot, course: list[TrendPoint], drawn: bool) -> None:
    line = TrendLine(course)
    qtbot.addWidget(line)
    assert (ink(line, QPalette.ColorRole.Accent) > 0) == drawn


def test_bounds_are_drawn_as_whiskers(qtbot: QtBot) -> None:
    bounded = [TrendPoint(0, 1.0), TrendPoint(1, 2.0, 0.0, 4.0), TrendPoint(2, 2.0)]
    line, bare = TrendLine(bounded), TrendLine([TrendPoint(p.position, p.value) for p in bounded])
    for widget in (line, bare):
        qtbot.addWidget(widget)
    assert ink(line, QPalette.ColorRole.Mid) > ink(bare, QPalette.ColorRole.Mid)


def test_equal_values_make_a_level_line(qtbot: QtBot) -> None:
    line = TrendLine(points(5, 5, 5))
    qtbot.addWidget(line)
    assert ink(line, QPalette.ColorRole.Accent) > 0
