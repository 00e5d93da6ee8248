"""Charts as plain data for a workbook: every kind says its shape, marks keep amounts, names and sources."""

from dataclasses import replace

import pytest

from storage.domain.drawing import DrawnPanel, Shape
from tests.storage.domain.made_figures import COMPANIES, WORKERS, point, series
from tests.ui.charts.made_comparisons import CHOICE, compared
from ui.charts.choice import Choice
from ui.charts.kinds import KINDS
from ui.charts.kinds.kind import ChartKind
from ui.charts.native import drawing_of


def drawn(kind: str, *given: object, choice: Choice = CHOICE) -> DrawnPanel:
    [panel] = drawing_of(KINDS[kind].plan(compared(*given), choice)).panels  # type: ignore[arg-type]
    return panel


def marks(panel: DrawnPanel) -> list[tuple[str, float | None, int, float]]:
    return [(one.name, mark.x, mark.place, mark.y) for one in panel.series for mark in one.points]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_a_shape(kind: ChartKind) -> None:
    assert kind.shape in Shape


def test_years_stand_at_their_number() -> None:
    panel = drawn("line", series(0, y2010=1, y2011=2))
    assert [(mark.name, mark.x, mark.y) for mark in panel.series[0].points] == [("2010", 2010, 1), ("2011", 2011, 2)]


def test_parts_of_years_stand_where_they_are() -> None:
    panel = drawn("line", series(0, a=point("2010-Q1", 1), b=point("2010-Q2", 2)))
    assert [round(x or 0, 2) for _, x, _, _ in marks(panel)] == [2010.12, 2010.37]


def test_a_line_begins_anew_after_a_gap() -> None:
    panel = drawn("line", series(0, y2010=1, y2011=2, y2015=3))
    assert [mark.begins for mark in panel.series[0].points] == [True, False, True]


def test_columns_stand_in_their_periods() -> None:
    panel = drawn("columns", series(0, y2010=1, y2011=2), series(1, y2011=5))
    assert (panel.shape, panel.categories) == (Shape.COLUMNS, ("2010", "2011"))
    assert [(place, y) for _, _, place, y in marks(panel)] == [(0, 1), (1, 2), (1, 5)]


def test_bars_lie_and_keep_the_amount() -> None:
    panel = drawn("bars", series(0, y2010=1), series(1, y2010=5))
    assert (panel.shape, panel.categories) == (Shape.BARS, ("Daedeok", "Pangyo"))
    assert sorted((place, y) for _, _, place, y in marks(panel)) == [(0, 5), (1, 1)]


def test_points_keep_both_figures() -> None:
    given = (series(0, WORKERS, y2010=7), series(0, COMPANIES, y2010=3))
    panel = drawn("scatter", *given, choice=replace(CHOICE, across=WORKERS.id, upright=COMPANIES.id))
    [mark] = panel.series[0].points
    assert (panel.shape, mark.name, mark.x, mark.y) == (Shape.POINTS, "Pangyo", 7, 3)
    assert mark.other == given[0].points[0]
