from dataclasses import replace

import numpy as np

from storage.domain.comparison import period_key
from storage.domain.periods import parse_period
from tests.storage.domain.made_figures import COMPANIES, FIRMS, SALES, point, series
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared, said
from ui.charts.aim import Aim
from ui.charts.kinds.bars import BARS, MAX_RECORDS
from ui.charts.kinds.line import LINE
from ui.charts.legend import legend_entries


def test_bounds_become_spans() -> None:
    given = compared(series(0, a=point("2015", 70, low=66, high=72)))
    assert next(mark for _, mark in LINE.plan(given, CHOICE).marks()).y_span == (66, 72)
    assert next(mark for _, mark in BARS.plan(given, CHOICE).marks()).x_span == (66, 72)


def test_bars_are_ordered_by_size() -> None:
    plan = BARS.plan(compared(series(0, y2010=1), series(1, y2010=5), series(2, y2010=3)), CHOICE)
    assert plan.panels[0].categories == ("Daedeok", "Gumi", "Pangyo")


def test_bars_of_the_latest_say_when_periods_differ() -> None:
    plan = BARS.plan(compared(series(0, y2010=1), series(1, y2015=5)), CHOICE)
    assert "The figures are of different periods: 2010 to 2015." in said(plan)


def test_bars_say_which_figures_have_no_period() -> None:
    plan = BARS.plan(compared(series(0, y2010=1), series(1, f=point(None, 5))), CHOICE)
    assert said(plan) == "Figures without a period: 1; compare them with care."


def test_bars_of_one_period_leave_out_what_lacks_it() -> None:
    plan = BARS.plan(
        compared(series(0, y2010=1), series(1, y2015=5)), replace(CHOICE, period=period_key(parse_period("2015")))
    )
    assert plan.panels[0].categories == ("Daedeok",)


def test_bars_of_several_metrics_take_their_colour_from_the_metric() -> None:
    given = [series(n, metric, FIRMS, y2010=n + 1) for n in (0, 1) for metric in (COMPANIES, SALES)]
    plan = BARS.plan(compared(*given), CHOICE)
    assert [entry.name for entry in legend_entries(plan, labelled=False)] == ["Firms", "Sales"]


def test_bars_of_one_metric_need_no_legend() -> None:
    plan = BARS.plan(compared(series(0, y2010=1), series(1, y2010=5)), CHOICE)
    assert legend_entries(plan, labelled=False) == ()


def test_the_figures_of_one_record_stand_under_each_other() -> None:
    plan = BARS.plan(compared(series(0, y2010=1), series(0, COMPANIES, FIRMS, y2010=5)), CHOICE)
    assert [panel.categories for panel in plan.panels] == [("Workers",), ("Firms",)]
    assert plan.grid.columns == ("Pangyo", "Period")


def test_years_are_places_not_amounts() -> None:
    opened = replace(COMPANIES, id=9, name="Established")
    plan = BARS.plan(compared(series(0, opened, None, y2010=2010), series(1, opened, None, y1973=1973)), CHOICE)
    assert plan.panels[0].places


def test_too_many_records_are_limited_to_the_largest() -> None:
    one = series(0, y2010=1)
    many = [replace(one, entity=replace(one.entity, id=n)) for n in range(100, 100 + MAX_RECORDS + 5)]
    plan = BARS.plan(compared(*many), CHOICE)
    assert len(plan.panels[0].categories) == MAX_RECORDS
    assert "The 50 largest of 55 records are shown." in said(plan)


def test_a_bar_is_pointed_at_along_its_whole_row() -> None:
    marks = [mark for _, mark in BARS.plan(compared(series(0, **YEARS), series(1, **YEARS)), CHOICE).marks()]
    assert BARS.aimed(Aim(marks, np.array((400, 400)), np.array((3, 90)), (1, 20))) is marks[0]


def test_other_amounts_of_a_bar_lie_along_it() -> None:
    plan = BARS.plan(compared(series(0, y2010=1), series(1, y2010=5)), CHOICE)
    assert [BARS.place(mark, 7.0) for _, mark in plan.marks()] == [(7.0, 1), (7.0, 0)]


def test_panels_under_each_other_share_the_height_by_their_bars() -> None:
    given = [series(0, y2010=1), series(0, COMPANIES, FIRMS, y2010=5), series(0, SALES, FIRMS, y2010=5)]
    plan = BARS.plan(compared(*given), CHOICE)
    assert [BARS.share(plan, panel) for panel in plan.panels] == [24, 34]
