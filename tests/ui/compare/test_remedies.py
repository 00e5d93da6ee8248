import pytest

from storage.domain.comparison import compare
from tests.storage.domain.made_figures import RECORDS, WORKERS, series
from ui.charts.board import Board, Offer
from ui.charts.choice import Choice
from ui.compare.remedies import remedy

OFFERS = (Offer(WORKERS, 1, 1),)
NONE = compare([], {})
FIGURES = compare([series(0, y2010=1)], {})
CHOICE = Choice(metrics=(1,), first="2012-01-01")


def board(*, offers: tuple[Offer, ...] = OFFERS, figures: object = FIGURES) -> Board:
    return Board(tuple(RECORDS[:1]), offers, (WORKERS,), comparison=figures)


CASES = {
    "nothing chosen": (Board(), CHOICE, "Choose what to compare", None),
    "no figures": (board(offers=()), CHOICE, "no figures that can be drawn yet", None),
    "not for this metric": (
        board(figures=compare([], {})),
        CHOICE,
        "no figures for: Workers",
        Choice(first="2012-01-01"),
    ),
    "not in these years": (board(), CHOICE, "between these periods", Choice(metrics=(1,))),
    "not in this chart": (board(), Choice(), "nothing to show", Choice(shape="bars")),
}


@pytest.mark.parametrize(("shown", "choice", "words", "way_out"), CASES.values(), ids=CASES.keys())
def test_an_empty_chart_says_why_and_leads_on(shown: Board, choice: Choice, words: str, way_out: Choice | None) -> None:
    found = remedy(shown, choice)
    assert words in str(found.sentence)
    assert found.choice == way_out
