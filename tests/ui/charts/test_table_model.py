import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from storage.domain.comparison import compare
from tests.storage.domain.made_figures import point, series
from tests.ui.charts.made_comparisons import CHOICE
from ui.charts.ink import Ink
from ui.charts.kinds.line import LINE
from ui.charts.plan import EMPTY_GRID
from ui.charts.table_model import GridModel
from ui.theme import LIGHT, Theme


@pytest.fixture
def model(theme: Theme) -> GridModel:
    one = series(0, y2010=1, b=point("2011", 7, precision="about", status="E"))
    plan = LINE.plan(compare([one, series(1, y2011=5_000)], {}), CHOICE)
    model = GridModel()
    model.set_grid(plan.grid, plan.entries, Ink.of(LIGHT))
    return model


def test_the_model_is_sound(qtmodeltester: ModelTester, model: GridModel) -> None:
    qtmodeltester.check(model)


def test_an_empty_model_is_sound(qtmodeltester: ModelTester, model: GridModel) -> None:
    model.set_grid(EMPTY_GRID, (), Ink.of(LIGHT))
    qtmodeltester.check(model)


def test_figures_stand_under_their_periods(model: GridModel) -> None:
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert titles == ["Workers (persons)", "2010", "2011"]
    assert [model.index(0, n).data() for n in range(3)] == ["Pangyo", "1", "≈ 7 e"]


def test_names_carry_their_swatch(model: GridModel) -> None:
    assert not model.index(0, 0).data(Qt.ItemDataRole.DecorationRole).isNull()


def test_a_figure_tells_its_source(model: GridModel) -> None:
    tip = model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.split("\n")[:3] == ["Pangyo · Workers · 2011", "≈ 7 persons", "Estimated"]


def test_copying_takes_the_figures_without_flags(model: GridModel) -> None:
    header, rows, numeric = model.rows([])
    assert header == ["Workers (persons)", "2010", "2011"]
    assert rows == [["Pangyo", "1", "≈ 7"], ["Daedeok", "", "5,000"]]
    assert numeric == [False, True, True]


def test_copying_takes_the_selected_rows(model: GridModel) -> None:
    assert [row[0] for row in model.rows([model.index(1, 1)])[1]] == ["Daedeok"]
