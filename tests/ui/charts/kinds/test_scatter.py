from dataclasses import replace

from tests.storage.domain.made_figures import COMPANIES, DOLLARS, FIRMS, SALES, WON, point, series
from tests.ui.charts.made_comparisons import CHOICE, compared, said
from ui.charts.kinds.scatter import SCATTER
from ui.charts.planning import plan_for

AXES = replace(CHOICE, across=2, upright=1)


def test_points_take_the_last_period_that_both_metrics_have() -> None:
    given = compared(series(0, y2010=1, y2011=2, y2012=3), series(0, COMPANIES, FIRMS, y2010=10, y2011=20))
    mark = next(mark for _, mark in SCATTER.plan(given, AXES).marks())
    assert (mark.x, mark.y) == (20, 2)


def test_points_without_a_common_period_are_named() -> None:
    given = compared(series(0, y2012=3), series(0, COMPANIES, FIRMS, y2010=10))
    plan = SCATTER.plan(given, AXES)
    assert "the latest of each is taken: Pangyo." in said(plan)


def test_points_never_mix_units_on_an_axis() -> None:
    given = compared(
        series(0, y2010=1), series(0, SALES, WON, y2010=1), series(1, y2010=1), series(1, SALES, DOLLARS, y2010=1)
    )
    assert [mark.line.entity.name for _, mark in SCATTER.plan(given, replace(AXES, across=3)).marks()] == ["Pangyo"]


def test_points_keep_quiet_about_years_that_they_do_not_show() -> None:
    given = compared(series(0, b=point("2011", 1, status="B"), y2012=2), series(0, COMPANIES, FIRMS, y2012=3))
    assert said(plan_for(given, replace(AXES, shape="scatter"))) == ""
