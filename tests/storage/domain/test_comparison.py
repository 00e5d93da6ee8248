import pytest

from storage.domain.comparison import MetricFacts, compare, place
from storage.domain.periods import parse_period
from tests.storage.domain.made_figures import WORKERS, point, series

STOCK = {WORKERS.id: MetricFacts("stock")}
FLOW = {WORKERS.id: MetricFacts("flow")}


def joined(*figures: object, facts: dict[int, MetricFacts] = STOCK) -> list[bool]:
    one = series(0, **{f"f{n}": figure for n, figure in enumerate(figures)})
    return [figure.joined for figure in compare([one], facts).lines[0].figures]


@pytest.mark.parametrize(("text", "middle"), [("2015", 2015.5), ("2015-Q1", 2015.123), ("2011–2015", 2013.5)])
def test_a_figure_stands_in_the_middle_of_its_period(text: str, middle: float) -> None:
    assert place(parse_period(text)) == pytest.approx(middle, abs=0.002)


def test_consecutive_years_are_joined() -> None:
    assert joined(point("2010", 1), point("2011", 2), point("2012", 3)) == [False, True, True]


def test_a_year_without_a_figure_is_a_gap() -> None:
    assert joined(point("2010", 1), point("2011", 2), point("2013", 3)) == [False, True, False]


def test_figures_of_every_fifth_year_are_joined() -> None:
    assert joined(point("2000", 1), point("2005", 2), point("2010", 3)) == [False, True, True]


def test_a_figure_known_to_be_missing_is_a_gap_also_between_quarters() -> None:
    assert joined(point("2010-Q1", 1), point("2010-Q2"), point("2010-Q3", 3)) == [False, False]


def test_a_break_is_not_joined_to_what_was_before() -> None:
    assert joined(point("2010", 1), point("2011", 2, status="B"), point("2012", 3)) == [False, False, True]


def test_a_missing_figure_is_no_figure() -> None:
    comparison = compare([series(0, y2010=1, none=point("2011"))], STOCK)
    assert [figure.amount for figure in comparison.lines[0].figures] == [1]
    assert len(comparison.missing) == 1


def test_a_relative_figure_is_no_level() -> None:
    comparison = compare([series(0, a=point("2011", 2, measure="ratio to base"))], STOCK)
    assert comparison.lines == ()
    assert len(comparison.relative) == 1


def test_the_preferred_figure_of_a_conflict_stands_for_the_period() -> None:
    one = series(0, a=point("2015", 64), b=point("2015", 70, preferred=True))
    figure = compare([one], STOCK).lines[0].figures[0]
    assert (figure.amount, [rival.amount for rival in figure.rivals]) == (70, [64])


def test_scopes_are_lines_of_their_own() -> None:
    comparison = compare([series(0, scope="all", y2010=1), series(0, scope="managed", y2011=2)], STOCK)
    assert [line.scope for line in comparison.lines] == ["all", "managed"]


def test_scenarios_are_lines_of_their_own_and_can_be_left_out() -> None:
    one = series(0, a=point("2015", 1), b=point("2016", 2, scenario="target"))
    assert [line.scenario for line in compare([one], STOCK).lines] == ["actual", "target"]
    assert [line.scenario for line in compare([one], STOCK, ["target"]).lines] == ["target"]


@pytest.mark.parametrize(("facts", "lines"), [(STOCK, 1), (FLOW, 2)])
def test_a_flow_of_a_quarter_never_follows_one_of_a_year(facts: dict[int, MetricFacts], lines: int) -> None:
    one = series(0, a=point("2015", 4), b=point("2016-Q1", 1))
    assert len(compare([one], facts).lines) == lines


def test_bounds_alone_are_drawn_at_their_middle() -> None:
    figure = compare([series(0, a=point("2015", None, low=50, high=60))], STOCK).lines[0].figures[0]
    assert (figure.amount, figure.bounds, figure.approximate) == (55, (50, 60), True)


def test_multipliers_count() -> None:
    figure = compare([series(0, a=point("2015", 7, multiplier=1e4))], STOCK).lines[0].figures[0]
    assert figure.amount == 70_000


def test_the_latest_figure_has_a_period_where_one_has() -> None:
    line = compare([series(0, a=point("2014", 1), b=point(None, 9))], STOCK).lines[0]
    assert line.latest.amount == 1


def test_figures_without_a_period_do_not_compete() -> None:
    line = compare([series(0, a=point(None, 1), b=point(None, 9))], STOCK).lines[0]
    assert [figure.rivals for figure in line.figures] == [(), ()]
