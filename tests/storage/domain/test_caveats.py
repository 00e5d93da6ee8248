import pytest

from storage.domain.caveats import caveats
from storage.domain.comparison import MetricFacts, compare
from storage.domain.summary import Series
from tests.storage.domain.made_figures import COMPANIES, DOLLARS, PERSONS, SALES, WON, WORKERS, point, series

FACTS = {1: MetricFacts("stock", "persons"), 2: MetricFacts("flow", "firms"), 3: MetricFacts("flow")}


def said(*given: Series, language: str = "en") -> str:
    return "\n".join(str(caveat.text) for caveat in caveats(compare(given, FACTS), language))


CASES = {
    "break": ([series(1, a=point("2012", 1, status="B", note="One zone became five."))],
              "Daedeok: break in “Workers” at 2012. One zone became five."),
    "decided conflict": ([series(0, a=point("2015", 70, preferred=True), b=point("2015", 64))],
                         "Pangyo, “Workers”, 2015: 70 is preferred to 64."),
    "open conflict": ([series(0, a=point("2015", 43), b=point("2015", 41))],
                      "Pangyo, “Workers”, 2015: 43 and 41 compete; none is preferred yet."),
    "relative": ([series(0, a=point("2011", 8, measure="ratio to base"))],
                 "known only relative to a base (× 8, 2011)"),
    "approximate": ([series(0, a=point("2015", 70, precision="about"))], "Approximate figures: 1."),
    "missing": ([series(0, y2014=1, a=point("2015"))], "Known to be missing: 1. They are gaps, not zeros."),
    "units": ([series(0, SALES, WON, y2015=1), series(1, SALES, DOLLARS, y2015=1)],
              "“Sales” is given in different units (won, dollars): each has an axis of its own."),
    "scopes": ([series(0, scope="all", y2015=1), series(1, scope="managed", y2015=1)],
               "“Workers”: the scope differs (all; managed)."),
    "statistical units": ([series(0, WORKERS, PERSONS, y2015=1), series(0, COMPANIES, PERSONS, y2015=1)],
                          "“Workers” counts persons, “Firms” counts firms: they do not add up."),
    "natures": ([series(0, WORKERS, PERSONS, y2015=1), series(0, COMPANIES, PERSONS, y2015=1)],
                "share a unit, but one is a stock and one a flow."),
    "lengths": ([series(0, SALES, WON, a=point("2015", 4), b=point("2016-Q1", 1))],
                "“Sales” is given for periods of different length"),
    "scenarios": ([series(0, a=point("2016", 5, scenario="target"))], "Targets, forecasts and other scenarios"),
    "flags": ([series(0, a=point("2016", 5, status="P"))], "p: Provisional"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "sentence"), CASES.values(), ids=CASES.keys())
def test_what_may_mislead_is_said(given: list[Series], sentence: str) -> None:
    assert sentence in said(*given)


def test_plain_figures_need_no_word() -> None:
    assert said(series(0, y2014=1, y2015=2), series(1, y2014=3, y2015=4)) == ""


def test_names_are_in_the_language() -> None:
    assert "대덕" in said(series(1, a=point("2012", 1, status="B")), language="ko")


def test_many_of_one_sort_are_counted() -> None:
    breaks = {f"f{n}": point(str(2000 + n), n, status="B") for n in range(1, 9)}
    assert said(series(0, **breaks)).count("break in") == 3
    assert "And the same for 5 more." in said(series(0, **breaks))
