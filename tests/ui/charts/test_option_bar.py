import pytest
from pytestqt.qtbot import QtBot

from tests.storage.domain.made_figures import series
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared
from ui.charts.board import Board
from ui.charts.kinds.bars import BARS
from ui.charts.kinds.columns import COLUMNS
from ui.charts.kinds.kind import ChartKind
from ui.charts.kinds.line import LINE
from ui.charts.kinds.scatter import SCATTER
from ui.charts.option_bar import OptionBar
from ui.theme import Theme

BOXES = ("first", "last", "period", "across", "upright")


@pytest.mark.parametrize(
    ("kind", "boxes"),
    [
        (LINE, ["first", "last"]), (COLUMNS, ["first", "last"]), (BARS, ["period"]), (SCATTER, ["across", "upright"]),
    ],
)  # fmt: skip
def test_a_kind_brings_the_boxes_that_it_offers(qtbot: QtBot, theme: Theme, kind: ChartKind, boxes: list[str]) -> None:
    bar = OptionBar()
    qtbot.addWidget(bar)
    figures = compared(series(0, **YEARS))
    bar.show_choice(Board(comparison=figures, periods=figures.periods), CHOICE, kind)
    assert [name for name in BOXES if getattr(bar, name).isVisibleTo(bar)] == boxes
