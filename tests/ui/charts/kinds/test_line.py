from tests.storage.domain.made_figures import COMPANIES, DOLLARS, FIRMS, SALES, WON, point, series
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared, said, texts
from ui.charts.building import MAX_LINES
from ui.charts.kinds.line import LINE


def test_records_of_one_unit_share_a_panel() -> None:
    plan = LINE.plan(compared(series(0, **YEARS), series(1, **YEARS)), CHOICE)
    assert [panel.unit for panel in plan.panels] == ["persons"]
    assert [entry.name for entry in plan.entries] == ["Pangyo", "Daedeok"]


def test_units_of_one_metric_never_share_an_axis() -> None:
    plan = LINE.plan(compared(series(0, SALES, WON, **YEARS), series(1, SALES, DOLLARS, **YEARS)), CHOICE)
    assert [panel.unit for panel in plan.panels] == ["won", "dollars"]


def test_a_record_keeps_its_colour_in_every_panel() -> None:
    plan = LINE.plan(compared(*(series(1, metric, unit, **YEARS) for metric, unit in
                                ((COMPANIES, FIRMS), (SALES, WON))), series(0, **YEARS)), CHOICE)  # fmt: skip
    assert {mark.line.entity.name: plan.entries[mark.entry].colour for _, mark in plan.marks()} == {
        "Daedeok": 1, "Pangyo": 0,
    }  # fmt: skip


def test_further_lines_of_a_record_differ_in_dash_and_marker() -> None:
    given = compared(series(0, scope="all", **YEARS), series(0, scope="managed", **YEARS), series(1, **YEARS))
    entries = LINE.plan(given, CHOICE).entries
    assert [(entry.name, entry.colour, entry.variant) for entry in entries] == [
        ("Pangyo · all", 0, 0), ("Pangyo · managed", 0, 1), ("Daedeok", 1, 0),
    ]  # fmt: skip


def test_what_is_not_actual_is_named_and_pale() -> None:
    plan = LINE.plan(compared(series(0, **YEARS, t=point("2015", 5, scenario="target"))), CHOICE)
    assert [(entry.name, entry.pale) for entry in plan.entries] == [("Pangyo", False), ("Pangyo · Target", True)]


def test_figures_without_a_period_are_in_the_table_only() -> None:
    plan = LINE.plan(compared(series(0, y2010=1, f=point(None, 9))), CHOICE)
    assert [mark.figure.amount for _, mark in plan.marks()] == [1]
    assert texts(plan) == [["1", "9"]]
    assert "Figures without a period: 1." in said(plan)


def test_the_table_holds_every_figure_with_its_flags() -> None:
    one = series(0, y2010=1, b=point("2011", 7, precision="about", status="E"))
    plan = LINE.plan(compared(one, series(1, a=point("2011", 43), b=point("2011", 41))), CHOICE)
    assert plan.grid.columns == ("2010", "2011")
    assert texts(plan) == [["1", "≈ 7 e"], ["", "43 ≠"]]


def test_too_many_lines_are_limited_to_the_largest() -> None:
    many = [series(0, scope=f"scope {n}", y2010=n) for n in range(1, MAX_LINES + 6)]
    plan = LINE.plan(compared(*many), CHOICE)
    assert len(plan.entries) == MAX_LINES
    assert min(mark.y for _, mark in plan.marks()) == 6
    assert "The 24 largest of 29 series are shown" in said(plan)


def test_a_figure_over_years_shows_how_long() -> None:
    mark = next(mark for _, mark in LINE.plan(compared(series(0, a=point("2011–2015", 5))), CHOICE).marks())
    assert mark.x_span == (2011, 2016)
