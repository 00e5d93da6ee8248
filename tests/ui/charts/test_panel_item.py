from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from storage.domain.comparison import MetricFacts, compare
from tests.storage.domain.made_figures import series
from tests.ui.charts.kinds.made_kinds import HeatKind, WheelKind
from tests.ui.charts.made_comparisons import CHOICE, YEARS
from ui.charts.canvas import Canvas
from ui.charts.ink import Ink
from ui.charts.kinds.bars import BARS
from ui.charts.kinds.kind import ChartKind
from ui.charts.kinds.line import LINE
from ui.charts.panel_item import PanelItem
from ui.theme import LIGHT, Theme


@pytest.fixture
def drawn(qtbot: QtBot, theme: Theme) -> Callable[[ChartKind], PanelItem]:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)

    def draw(kind: ChartKind, nature: str = "stock") -> PanelItem:
        given = compare([series(0, **YEARS), series(1, **YEARS)], {1: MetricFacts(nature)})
        canvas.draw(kind.plan(given, CHOICE), Ink.of(LIGHT))
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


@pytest.mark.parametrize(("kind", "inverted"), [(HeatKind(), True), (WheelKind(), False)])
def test_categories_may_run_downwards(drawn: Callable, kind: ChartKind, inverted: bool) -> None:
    assert drawn(kind).vb.yInverted() is inverted


@pytest.mark.parametrize(("kind", "side"), [(BARS, "bottom"), (LINE, "left")])
def test_places_on_a_scale_are_numbered_in_full_where_values_run(drawn: Callable, kind: ChartKind, side: str) -> None:
    assert drawn(kind, "rank").getAxis(side).places
