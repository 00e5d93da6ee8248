import pytest

from tests.storage.domain.made_figures import point, series
from tests.ui.charts.made_comparisons import YEARS, compared, said
from ui.charts.choice import Choice
from ui.charts.kinds.bars import BARS
from ui.charts.kinds.kind import ChartKind
from ui.charts.kinds.line import LINE
from ui.charts.planning import plan_for


@pytest.mark.parametrize(("years", "kind"), [(YEARS, LINE), ({"y2010": 1}, BARS)])
def test_the_kind_of_chart_suits_the_figures(years: dict[str, float], kind: ChartKind) -> None:
    assert plan_for(compared(series(0, **years)), Choice()).kind is kind


def test_periods_limit_what_is_shown() -> None:
    choice = Choice(first="2011-01-01", last="2012-01-01")
    plan = plan_for(compared(series(0, y2010=1, y2011=2, y2012=3)), choice)
    assert [mark.figure.amount for _, mark in plan.marks()] == [2]


def test_bars_keep_quiet_about_years_that_they_do_not_show() -> None:
    given = compared(series(0, b=point("2011", 1, status="B"), y2012=2), series(1, y2012=3))
    assert "break in" in said(plan_for(given, Choice(shape="line")))
    assert said(plan_for(given, Choice(shape="bars"))) == ""
