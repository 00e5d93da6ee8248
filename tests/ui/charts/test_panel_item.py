from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.storage.domain.made_figures import series
from tests.ui.charts.kinds.made_kinds import HeatKind, WheelKind
from tests.ui.charts.made_comparisons import CHOICE, YEARS, compared
from ui.charts.canvas import Canvas
from ui.charts.ink import Ink
from ui.charts.kinds.kind import ChartKind
from ui.charts.panel_item import PanelItem
from ui.theme import LIGHT, Theme


@pytest.fixture
def drawn(qtbot: QtBot, theme: Theme) -> Callable[[ChartKind], PanelItem]:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)

    def draw(kind: ChartKind) -> PanelItem:
        canvas.draw(kind.plan(compared(series(0, **YEARS), series(1, **YEARS)), CHOICE), Ink.of(LIGHT))
        canvas.grab()
        return canvas._panels[0]

    return draw


@pytest.mark.parametrize(("side", "names"), [("left", ("Pangyo", "Daedeok")), ("bottom", ("2010", "2011"))])
def test_each_side_has_its_own_names(drawn: Callable, side: str, names: tuple[str, ...]) -> None:
    assert drawn(HeatKind()).getAxis(side).names == names


@pytest.mark.parametrize("side", ["left", "bottom"])
def test_a_kind_may_have_no_axes(drawn: Callable, side: str) -> None:
    assert not drawn(WheelKind()).getAxis(side).isVisible()


def test_a_kind_knows_its_room(drawn: Callable) -> None:
    across, upright = drawn(WheelKind()).vb.viewPixelSize()
    assert across == pytest.approx(upright, rel=0.02)
