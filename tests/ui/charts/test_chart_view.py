from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage.domain.comparison import Comparison, MetricFacts, compare
from tests.storage.domain.made_figures import COMPANIES, FIRMS, point, series
from tests.ui.charts.made_comparisons import CHOICE
from ui.charts.chart_view import ChartView
from ui.charts.kinds import NO_CHART
from ui.charts.kinds.bars import BARS
from ui.charts.kinds.columns import COLUMNS
from ui.charts.kinds.line import LINE
from ui.charts.kinds.scatter import SCATTER
from ui.charts.plan import Mark, Plan
from ui.theme import DARK, LIGHT, Theme

FIGURES = (
    series(0, y2010=20, y2011=31, y2012=48),
    series(1, y2010=45, y2011=49, a=point("2012", 70, low=66, high=72, precision="about"), b=point("2012", 64)),
    series(0, COMPANIES, FIRMS, y2012=5),
    series(1, COMPANIES, FIRMS, y2012=9),
)


def workers() -> Comparison:
    return compare(FIGURES[:2], {1: MetricFacts("stock")})


PLANS = {
    "line": lambda: LINE.plan(workers(), CHOICE),
    "bars": lambda: BARS.plan(workers(), CHOICE),
    "columns": lambda: COLUMNS.plan(workers(), CHOICE),
    "scatter": lambda: SCATTER.plan(compare(FIGURES, {}), replace(CHOICE, across=2, upright=1)),
}


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    with qtbot.waitExposed(view):
        view.show()
    return view


def spot_of(view: ChartView, mark: Mark) -> QPoint:
    spot = view.canvas.spot(mark)
    assert spot is not None
    return spot.at.toPoint()


def move(view: ChartView, at: QPoint) -> None:
    """Move the pointer; without a screen QTest's own move arrives only now and then."""
    place = QPointF(at)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.canvas.viewport(), event)


def show(qtbot: QtBot, view: ChartView, plan: Plan) -> list[Mark]:
    view.show_plan(plan, LIGHT)
    view.canvas.grab()
    return [mark for _, mark in plan.marks()]


@pytest.mark.parametrize("make", PLANS.values(), ids=PLANS.keys())
def test_a_click_on_any_mark_gives_its_observation(qtbot: QtBot, view: ChartView, make: object) -> None:
    for mark in show(qtbot, view, make()):
        with qtbot.waitSignal(view.figure_chosen) as chosen:
            qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=spot_of(view, mark))
        assert chosen.args == [mark.figure.point.observation]


def test_pointing_shows_the_figure_with_its_source(qtbot: QtBot, view: ChartView) -> None:
    mark = next(mark for mark in show(qtbot, view, PLANS["line"]()) if mark.figure.rivals)
    move(view, spot_of(view, mark))
    assert view.card.text.split("\n") == [
        "Daedeok · Workers · 2012", "≈ 70 persons (66–72)", "competes with 64", "Korea IT Times, line 14",
        "“nearly 70,000”",
    ]  # fmt: skip


def test_pointing_beside_the_marks_shows_nothing(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    move(view, QPoint(5, 5))
    assert not view.card.isVisible()


@pytest.mark.parametrize("make", PLANS.values(), ids=PLANS.keys())
def test_the_card_stays_within_the_chart(qtbot: QtBot, view: ChartView, make: object) -> None:
    for mark in show(qtbot, view, make()):
        view.canvas.point_to(mark)
        assert view.rect().contains(view.card.geometry())


def test_arrow_keys_walk_along_a_line_and_to_the_next(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    view.canvas.setFocus()
    titles = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(view.canvas, key)
        titles.append(view.card.text.split("\n")[0])
    assert titles == [
        "Pangyo · Workers · 2010", "Pangyo · Workers · 2011", "Daedeok · Workers · 2011", "Daedeok · Workers · 2010",
    ]  # fmt: skip


def test_return_opens_the_current_figure(qtbot: QtBot, view: ChartView) -> None:
    marks = show(qtbot, view, PLANS["bars"]())
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.figure_chosen) as chosen:
        qtbot.keyClick(view.canvas, Qt.Key.Key_Return)
    assert chosen.args == [marks[0].figure.point.observation]


def test_escape_points_to_nothing(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not view.card.isVisible()


def test_the_chart_is_told_in_words(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    told = view.canvas.accessibleDescription()
    assert told.startswith("Line chart of Workers (persons). 2 series.")
    assert "Pangyo: from 20 persons in 2010 to 48 persons in 2012." in told


def test_walking_is_spoken_to_screen_readers(qtbot: QtBot, view: ChartView) -> None:
    QAccessible.setActive(True)
    show(qtbot, view, PLANS["line"]())
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    QAccessible.setActive(False)
    assert view.card.isVisible()


def test_tab_leads_to_the_first_mark(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.card.isVisible)
    assert view.card.text.startswith("Pangyo · Workers · 2010")


def test_few_lines_are_named_at_their_ends(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    assert view.legend.entries == ()
    labels = view.canvas._panels[0].getAxis("right").labels
    assert [label.text for label in labels] == ["Pangyo", "Daedeok"]


def test_many_lines_are_named_in_a_legend(qtbot: QtBot, view: ChartView) -> None:
    many = [series(0, scope=f"scope {n}", y2010=n, y2011=n + 1) for n in range(15)]
    show(qtbot, view, LINE.plan(compare(many, {}), CHOICE))
    assert len(view.legend.entries) == 15


def test_a_gap_and_a_break_are_not_drawn_over(qtbot: QtBot, view: ChartView) -> None:
    broken = series(0, y2010=1, y2011=2, a=point("2012", 9, status="B"), y2014=3)
    show(qtbot, view, LINE.plan(compare([broken], {1: MetricFacts("stock")}), CHOICE))
    curve = next(item for item in view.canvas._panels[0].items if hasattr(item, "xData"))
    assert list(curve.opts["connect"]) == [1, 0, 0, 0]


def test_amounts_begin_at_zero(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["columns"]())
    assert view.canvas._panels[0].vb.viewRange()[1][0] == 0


def test_another_theme_recolours_everything(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, PLANS["line"]())
    light = view.canvas.grab().toImage().pixelColor(2, 2).name()
    view.show_plan(view.plan, DARK)
    assert (light, view.canvas.grab().toImage().pixelColor(2, 2).name()) == (
        LIGHT.panel.lower(), DARK.panel.lower(),
    )  # fmt: skip


def test_charts_come_and_go_without_leaving_panels(qtbot: QtBot, view: ChartView) -> None:
    for make in (*PLANS.values(), lambda: NO_CHART):
        view.show_plan(make(), LIGHT)
        qtbot.wait(1)
    assert not view.canvas._panels


def test_names_have_their_room_however_charts_follow_each_other(qtbot: QtBot, view: ChartView) -> None:
    for _ in range(12):
        show(qtbot, view, LINE.plan(compare(FIGURES, {}), CHOICE))
        show(qtbot, view, BARS.plan(compare(FIGURES, {}), CHOICE))
        qtbot.wait(5)
        axis = view.canvas._panels[0].getAxis("left")
        assert axis.size().width() == pytest.approx(axis.fixedWidth)


def test_panels_beside_each_other_are_equally_wide(qtbot: QtBot, view: ChartView) -> None:
    show(qtbot, view, BARS.plan(compare(FIGURES, {}), CHOICE))
    view.resize(700, 400)
    widths = [panel.vb.width() for panel in view.canvas._panels]
    assert widths[0] == pytest.approx(widths[1], abs=2)


def test_there_is_no_foreign_menu(qtbot: QtBot, view: ChartView) -> None:
    mark = show(qtbot, view, PLANS["line"]())[0]
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.RightButton, pos=spot_of(view, mark))
    qtbot.wait(10)
    assert QApplication.activePopupWidget() is None
