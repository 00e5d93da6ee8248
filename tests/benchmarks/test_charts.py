"""A chart from figures to pixels beside bare pyqtgraph drawing the same points; prints ratios, fails on nothing."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from storage.domain.comparison import MetricFacts, compare
from storage.domain.summary import Series
from tests.storage.domain.made_figures import RECORDS, WORKERS, point, series
from ui.charts.canvas import Canvas
from ui.charts.choice import Choice
from ui.charts.ink import Ink
from ui.charts.kinds.bars import BARS
from ui.charts.kinds.columns import COLUMNS
from ui.charts.kinds.line import LINE
from ui.charts.plan import Plan
from ui.theme import LIGHT, MARKERS

SIZE = (1200, 800)
TIMES = 7
STOCK = {WORKERS.id: MetricFacts("stock")}
CHOICE = Choice().with_records([record.id for record in RECORDS])


def lines(count: int, periods: list[str]) -> list[Series]:
    rng = np.random.default_rng(7)
    found = []
    for n in range(count):
        values = 50_000 + np.cumsum(rng.normal(200, 900, len(periods)))
        figures = {
            f"f{k}": point(period, float(value)) for k, (period, value) in enumerate(zip(periods, values, strict=True))
        }
        found.append(series(n % len(RECORDS), scope=f"scope {n}", **figures))
    return found


def first_draw(make: Callable[[], QWidget]) -> float:
    """Milliseconds until a new widget with the chart is on its surface, the median of several."""
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        widget = make()
        widget.show()
        widget.grab()
        QApplication.processEvents()
        spent.append((time.perf_counter() - begun) * 1000)
        widget.close()
        widget.deleteLater()
        QApplication.processEvents()
    return median(spent[1:])


def ours(plan: Plan) -> Callable[[], QWidget]:
    def make() -> QWidget:
        canvas = Canvas()
        canvas.resize(*SIZE)
        canvas.draw(plan, Ink.of(LIGHT))
        return canvas

    return make


def bare(fill: Callable[[object], None]) -> Callable[[], QWidget]:
    def make() -> QWidget:
        widget = pg.PlotWidget()
        widget.resize(*SIZE)
        fill(widget)
        return widget

    return make


def bare_lines(plan: Plan) -> Callable[[object], None]:
    marks = [mark for _, mark in plan.marks()]

    def fill(widget: object) -> None:
        for n, entry in enumerate(plan.entries):
            own = [mark for mark in marks if mark.entry == n]
            pen = pg.mkPen(LIGHT.series[entry.colour % 8], width=2)
            x, y = [mark.x for mark in own], [mark.y for mark in own]
            widget.plot(x, y, pen=pen, symbol=MARKERS[n % 8], symbolSize=7, antialias=True)

    return fill


def bare_bars(plan: Plan) -> Callable[[object], None]:
    marks = [mark for _, mark in plan.marks()]

    def fill(widget: object) -> None:
        for n, entry in enumerate(plan.entries):
            own = [mark for mark in marks if mark.entry == n]
            x, y = [mark.x for mark in own], [mark.y for mark in own]
            widget.addItem(pg.BarGraphItem(x=x, height=y, width=plan.thickness, brush=LIGHT.series[entry.colour % 8]))

    return fill


QUARTERS = [f"{year}-Q{quarter}" for year in range(1996, 2021) for quarter in range(1, 5)]
YEARS = [str(year) for year in range(1970, 2020)]


CASES = {
    "20 lines x 100 quarters": (20, QUARTERS, LINE, bare_lines),
    "50 groups x 5 columns": (5, YEARS, COLUMNS, bare_bars),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_first_draw(qtbot: QtBot, name: str) -> None:
    count, periods, kind, bare_of = CASES[name]
    given = lines(count, periods)
    begun = time.perf_counter()
    plan = kind.plan(compare(given, STOCK), CHOICE)
    planned = (time.perf_counter() - begun) * 1000
    floor, own = first_draw(bare(bare_of(plan))), first_draw(ours(plan))
    print(f"\n{name}: bare {floor:.0f} ms, ours {own:.0f} ms, ratio {own / floor:.2f}; planning {planned:.0f} ms")


@pytest.mark.slow
def test_pointing(qtbot: QtBot) -> None:
    """The time that one move of the pointer takes over 50 records' bars and over 2,000 figures."""
    for name, plan in (
        ("2,000 figures", LINE.plan(compare(lines(20, QUARTERS), STOCK), CHOICE)),
        ("bars", BARS.plan(compare(lines(40, ["2015"]), STOCK), CHOICE)),
    ):
        canvas = ours(plan)()
        qtbot.addWidget(canvas)
        canvas.show()
        canvas.grab()
        spots = [canvas.spot(mark).at for _, mark in plan.marks()][:200]
        begun = time.perf_counter()
        for spot in spots:
            canvas.point_to(canvas._mark_at(spot))
        print(f"\npointing at {name}: {(time.perf_counter() - begun) / len(spots) * 1000:.2f} ms a move")
