from dataclasses import replace

import pytest

from storage.domain.comparison import Comparison, MetricFacts, compare
from storage.domain.periods import parse_period
from storage.domain.summary import Series
from tests.storage.domain.made_figures import COMPANIES, DOLLARS, FIRMS, LOOKS, SALES, WON, point, series
from ui.charts.by_record import MAX_RECORDS, bar_plan, scatter_plan
from ui.charts.choice import Choice
from ui.charts.legend import legend_entries
from ui.charts.over_time import MAX_LINES, column_plan, line_plan
from ui.charts.plan import Plan, Shape
from ui.charts.planning import plan_for

FACTS = {1: MetricFacts("stock"), 2: MetricFacts("stock"), 3: MetricFacts("flow"), 9: MetricFacts("event")}
YEARS = {"y2010": 10, "y2011": 20}


def compared(*given: Series) -> Comparison:
    return compare(given, FACTS)


def said(plan: Plan) -> str:
    return "\n".join(str(caveat.text) for caveat in plan.caveats)


def texts(plan: Plan) -> list[list[str]]:
    return [[cell.text for cell in row] for row in plan.grid.cells]


def test_records_of_one_unit_share_a_panel() -> None:
    plan = line_plan(compared(series(0, **YEARS), series(1, **YEARS)), LOOKS)
    assert [panel.unit for panel in plan.panels] == ["persons"]
    assert [entry.name for entry in plan.entries] == ["Pangyo", "Daedeok"]


def test_units_of_one_metric_never_share_an_axis() -> None:
    plan = line_plan(compared(series(0, SALES, WON, **YEARS), series(1, SALES, DOLLARS, **YEARS)), LOOKS)
    assert [panel.unit for panel in plan.panels] == ["won", "dollars"]


def test_a_record_keeps_its_colour_in_every_panel() -> None:
    plan = line_plan(compared(*(series(1, metric, unit, **YEARS) for metric, unit in
                                ((COMPANIES, FIRMS), (SALES, WON))), series(0, **YEARS)), LOOKS)  # fmt: skip
    assert {mark.line.entity.name: plan.entries[mark.entry].colour for _, mark in plan.marks()} == {
        "Daedeok": 1, "Pangyo": 0,
    }  # fmt: skip


def test_further_lines_of_a_record_differ_in_dash_and_marker() -> None:
    given = compared(series(0, scope="all", **YEARS), series(0, scope="managed", **YEARS), series(1, **YEARS))
    entries = line_plan(given, LOOKS).entries
    assert [(entry.name, entry.colour, entry.variant) for entry in entries] == [
        ("Pangyo · all", 0, 0), ("Pangyo · managed", 0, 1), ("Daedeok", 1, 0),
    ]  # fmt: skip


def test_what_is_not_actual_is_named_and_pale() -> None:
    plan = line_plan(compared(series(0, **YEARS, t=point("2015", 5, scenario="target"))), LOOKS)
    assert [(entry.name, entry.pale) for entry in plan.entries] == [("Pangyo", False), ("Pangyo · Target", True)]


def test_figures_without_a_period_are_in_the_table_only() -> None:
    plan = line_plan(compared(series(0, y2010=1, f=point(None, 9))), LOOKS)
    assert [mark.figure.amount for _, mark in plan.marks()] == [1]
    assert texts(plan) == [["1", "9"]]
    assert "Figures without a period: 1." in said(plan)


def test_the_table_holds_every_figure_with_its_flags() -> None:
    one = series(0, y2010=1, b=point("2011", 7, precision="about", status="E"))
    plan = line_plan(compared(one, series(1, a=point("2011", 43), b=point("2011", 41))), LOOKS)
    assert plan.grid.columns == ("2010", "2011")
    assert texts(plan) == [["1", "≈ 7 e"], ["", "43 ≠"]]


def test_too_many_lines_are_limited_to_the_largest() -> None:
    many = [series(0, scope=f"scope {n}", y2010=n) for n in range(1, MAX_LINES + 6)]
    plan = line_plan(compared(*many), LOOKS)
    assert len(plan.entries) == MAX_LINES
    assert min(mark.y for _, mark in plan.marks()) == 6
    assert "The 24 largest of 29 series are shown" in said(plan)


def test_bounds_become_spans() -> None:
    given = compared(series(0, a=point("2015", 70, low=66, high=72)))
    assert next(mark for _, mark in line_plan(given, LOOKS).marks()).y_span == (66, 72)
    assert next(mark for _, mark in bar_plan(given, LOOKS, None).marks()).x_span == (66, 72)


def test_a_figure_over_years_shows_how_long() -> None:
    mark = next(mark for _, mark in line_plan(compared(series(0, a=point("2011–2015", 5))), LOOKS).marks())
    assert mark.x_span == (2011, 2016)


def test_columns_of_a_period_stand_side_by_side() -> None:
    plan = column_plan(compared(series(0, **YEARS), series(1, **YEARS)), LOOKS)
    assert plan.panels[0].categories == ("2010", "2011")
    assert sorted(round(mark.x, 2) for _, mark in plan.marks()) == [-0.2, 0.2, 0.8, 1.2]


def test_columns_leave_a_place_where_there_is_no_figure() -> None:
    plan = column_plan(compared(series(0, y2010=1), series(1, **YEARS)), LOOKS)
    assert len(list(plan.marks())) == 3


def test_bars_are_ordered_by_size() -> None:
    plan = bar_plan(compared(series(0, y2010=1), series(1, y2010=5), series(2, y2010=3)), LOOKS, None)
    assert plan.panels[0].categories == ("Daedeok", "Gumi", "Pangyo")


def test_bars_of_the_latest_say_when_periods_differ() -> None:
    plan = bar_plan(compared(series(0, y2010=1), series(1, y2015=5)), LOOKS, None)
    assert "The figures are of different periods: 2010 to 2015." in said(plan)


def test_bars_say_which_figures_have_no_period() -> None:
    plan = bar_plan(compared(series(0, y2010=1), series(1, f=point(None, 5))), LOOKS, None)
    assert said(plan) == "Figures without a period: 1; compare them with care."


def test_bars_of_one_period_leave_out_what_lacks_it() -> None:
    plan = bar_plan(compared(series(0, y2010=1), series(1, y2015=5)), LOOKS, parse_period("2015"))
    assert plan.panels[0].categories == ("Daedeok",)


def test_bars_of_several_metrics_take_their_colour_from_the_metric() -> None:
    given = [series(n, metric, FIRMS, y2010=n + 1) for n in (0, 1) for metric in (COMPANIES, SALES)]
    plan = bar_plan(compared(*given), LOOKS, None)
    assert [entry.name for entry in legend_entries(plan, labelled=False)] == ["Firms", "Sales"]


def test_bars_of_one_metric_need_no_legend() -> None:
    plan = bar_plan(compared(series(0, y2010=1), series(1, y2010=5)), LOOKS, None)
    assert legend_entries(plan, labelled=False) == ()


def test_the_figures_of_one_record_stand_under_each_other() -> None:
    plan = bar_plan(compared(series(0, y2010=1), series(0, COMPANIES, FIRMS, y2010=5)), LOOKS, None)
    assert [panel.categories for panel in plan.panels] == [("Workers",), ("Firms",)]
    assert plan.grid.columns == ("Pangyo", "Period")


def test_years_are_places_not_amounts() -> None:
    opened = replace(COMPANIES, id=9, name="Established")
    plan = bar_plan(compared(series(0, opened, None, y2010=2010), series(1, opened, None, y1973=1973)), LOOKS, None)
    assert plan.panels[0].places


def test_too_many_records_are_limited_to_the_largest() -> None:
    one = series(0, y2010=1)
    many = [replace(one, entity=replace(one.entity, id=n)) for n in range(100, 100 + MAX_RECORDS + 5)]
    plan = bar_plan(compared(*many), LOOKS, None)
    assert len(plan.panels[0].categories) == MAX_RECORDS
    assert "The 50 largest of 55 records are shown." in said(plan)


def test_points_take_the_last_period_that_both_metrics_have() -> None:
    given = compared(series(0, y2010=1, y2011=2, y2012=3), series(0, COMPANIES, FIRMS, y2010=10, y2011=20))
    mark = next(mark for _, mark in scatter_plan(given, LOOKS, 2, 1).marks())
    assert (mark.x, mark.y) == (20, 2)


def test_points_without_a_common_period_are_named() -> None:
    given = compared(series(0, y2012=3), series(0, COMPANIES, FIRMS, y2010=10))
    plan = scatter_plan(given, LOOKS, 2, 1)
    assert "the latest of each is taken: Pangyo." in said(plan)


def test_points_never_mix_units_on_an_axis() -> None:
    given = compared(
        series(0, y2010=1), series(0, SALES, WON, y2010=1), series(1, y2010=1), series(1, SALES, DOLLARS, y2010=1)
    )
    assert [mark.line.entity.name for _, mark in scatter_plan(given, LOOKS, 3, 1).marks()] == ["Pangyo"]


@pytest.mark.parametrize(("years", "shape"), [(YEARS, Shape.LINE), ({"y2010": 1}, Shape.BARS)])
def test_the_kind_of_chart_suits_the_figures(years: dict[str, float], shape: Shape) -> None:
    assert plan_for(compared(series(0, **years)), Choice()).shape is shape


def test_periods_limit_what_is_shown() -> None:
    choice = Choice(first="2011-01-01", last="2012-01-01")
    plan = plan_for(compared(series(0, y2010=1, y2011=2, y2012=3)), choice)
    assert [mark.figure.amount for _, mark in plan.marks()] == [2]


def test_bars_keep_quiet_about_years_that_they_do_not_show() -> None:
    given = compared(series(0, b=point("2011", 1, status="B"), y2012=2), series(1, y2012=3))
    assert "break in" in said(plan_for(given, Choice(shape="line")))
    assert said(plan_for(given, Choice(shape="bars"))) == ""
