"""Comparisons of figures made by hand, and what is read off a plan."""

from storage.domain.comparison import Comparison, MetricFacts, compare
from storage.domain.summary import Series
from tests.storage.domain.made_figures import LOOKS
from ui.charts.choice import Choice
from ui.charts.plan import Plan

FACTS = {1: MetricFacts("stock"), 2: MetricFacts("stock"), 3: MetricFacts("flow"), 9: MetricFacts("event")}
YEARS = {"y2010": 10, "y2011": 20}
CHOICE = Choice(colours=tuple(LOOKS.items()))


def compared(*given: Series) -> Comparison:
    return compare(given, FACTS)


def said(plan: Plan) -> str:
    return "\n".join(str(caveat.text) for caveat in plan.caveats)


def texts(plan: Plan) -> list[list[str]]:
    return [[cell.text for cell in row] for row in plan.grid.cells]
