from tests.storage.domain.made_figures import series
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared
from ui.charts.kinds.columns import COLUMNS


def test_columns_of_a_period_stand_side_by_side() -> None:
    plan = COLUMNS.plan(compared(series(0, **YEARS), series(1, **YEARS)), CHOICE)
    assert plan.panels[0].categories == ("2010", "2011")
    assert sorted(round(mark.x, 2) for _, mark in plan.marks()) == [-0.2, 0.2, 0.8, 1.2]


def test_columns_leave_a_place_where_there_is_no_figure() -> None:
    plan = COLUMNS.plan(compared(series(0, y2010=1), series(1, **YEARS)), CHOICE)
    assert len(list(plan.marks())) == 3
