import numpy as np

from tests.storage.domain.made_figures import series
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared
from ui.charts.aim import Aim
from ui.charts.kinds.columns import COLUMNS


def test_columns_of_a_period_stand_side_by_side() -> None:
    plan = COLUMNS.plan(compared(series(0, **YEARS), series(1, **YEARS)), CHOICE)
    assert plan.panels[0].categories == ("2010", "2011")
    assert sorted(round(mark.x, 2) for _, mark in plan.marks()) == [-0.2, 0.2, 0.8, 1.2]


def test_columns_leave_a_place_where_there_is_no_figure() -> None:
    plan = COLUMNS.plan(compared(series(0, y2010=1), series(1, **YEARS)), CHOICE)
    assert len(list(plan.marks())) == 3


def test_a_column_is_pointed_at_over_its_whole_height() -> None:
    marks = [mark for _, mark in COLUMNS.plan(compared(series(0, **YEARS)), CHOICE).marks()]
    assert COLUMNS.aimed(Aim(marks, np.array((3, 90)), np.array((400, 400)), (20, 1))) is marks[0]
