"""Figures as lines: the newest of each series, its tags and course, and the sets that compete."""

import pytest

from storage.domain.fields import Ref
from storage.domain.periods import Period
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series
from ui.inspector.figure_lines import conflict_sets, figure_lines, trend_points

PANGYO, WORKERS, PERSONS, WON = Ref(1, "Pangyo"), Ref(2, "Workers"), Ref(3, "persons"), Ref(4, "South Korean won")


def point(year: int | None, value: float | None = 1.0, **more: object) -> Point:
    period = Period(f"{year}-01-01", f"{year + 1}-01-01", str(year)) if year else None
    quantity = None if value is None else Quantity(value, precision=str(more.pop("precision", "exact")))
    known = {"observation": 1, "text": "", "status": "A", "scenario": "actual", "measure": "level", "preferred": False,
             "competing": 0, "source": "", "locator": "", "quote": "", "note": ""}  # fmt: skip
    return Point(period=period, quantity=quantity, **{**known, **more})


def series(*points: Point, unit: Ref | None = PERSONS) -> Series:
    return Series(PANGYO, WORKERS, unit, None, "", points)


def line(*points: Point, unit: Ref | None = PERSONS):
    return figure_lines([series(*points, unit=unit)], {3: "persons", 4: "KRW"})[0]


@pytest.mark.parametrize(
    ("points", "value"),
    [
        ([point(2014, 1.0), point(2015, 2.0)], "2"),
        ([point(2015, 1.0), point(2015, 2.0, preferred=True)], "2"),
        ([point(2015, 1.0), point(None, 2.0)], "1"),
        ([point(2014, 1.0), point(2015, None, text="several")], "1"),
        ([point(2015, None, text="several")], "several"),
        ([point(2015, 2.0, measure="ratio to base")], "× 2"),
    ],
)
def test_the_newest_known_figure_is_shown(points: list[Point], value: str) -> None:
    assert line(*points).value == value


@pytest.mark.parametrize(
    ("more", "tags"),
    [
        ({}, ()),
        ({"precision": "about"}, (("about", "mind"),)),
        ({"scenario": "forecast"}, (("Forecast", "neutral"),)),
        ({"status": "B"}, (("break", "mind"),)),
        ({"competing": 1}, (("conflict", "bad"),)),
    ],
)
def test_what_to_mind_stands_in_tags(more: dict[str, object], tags: tuple[tuple[str, str], ...]) -> None:
    assert line(point(2015, **more)).tags == tags


def test_each_scenario_has_its_own_line() -> None:
    lines = figure_lines([series(point(2015), point(2020, scenario="target"))], {})
    assert [one.tags for one in lines] == [(), (("Target", "neutral"),)]


@pytest.mark.parametrize(("unit", "text"), [(PERSONS, "persons"), (WON, "KRW"), (None, "")])
def test_currencies_are_shown_by_their_code(unit: Ref | None, text: str) -> None:
    assert line(point(2015), unit=unit).unit == text


def test_the_course_takes_the_preferred_figure_of_each_period() -> None:
    points = [point(2014, 1.0), point(2015, 5.0), point(2015, 2.0, preferred=True), point(None, 9.0)]
    assert [trend.value for trend in trend_points(points)] == [1.0, 2.0]


def test_a_break_parts_the_course() -> None:
    assert [trend.broken for trend in trend_points([point(2014), point(2015, status="B")])] == [False, True]


@pytest.mark.parametrize(("preferred", "title"), [(True, "one preferred"), (False, "none preferred")])
def test_competing_figures_make_a_set(preferred: bool, title: str) -> None:
    points = (point(2014), point(2015, competing=1, preferred=preferred), point(2015, 2.0, competing=1))
    assert [one.title for one in conflict_sets([series(*points)])] == [f"Workers 2015: 2 sources, {title}"]
