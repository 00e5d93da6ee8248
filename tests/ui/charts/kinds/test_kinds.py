"""What holds for every kind of chart, and for one that comes from elsewhere: nothing but `KINDS` knows it."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import ui.charts
from storage.domain.comparison import Comparison, compare
from tests.storage.domain.made_figures import COMPANIES, FIRMS, series
from tests.ui.charts.kinds.made_kinds import OTHERS
from tests.ui.charts.made_comparisons import CHOICE, FACTS
from ui.charts.board import Board, Offer
from ui.charts.chart_view import ChartView
from ui.charts.choice import Choice
from ui.charts.ink import Ink
from ui.charts.kinds import KINDS
from ui.charts.kinds.kind import ChartKind
from ui.charts.legend import legend_entries
from ui.charts.option_bar import OptionBar
from ui.charts.plan import Mark, Plan
from ui.charts.planning import fitting_kind, plan_for
from ui.charts.walking import Step
from ui.charts.workbench import Workbench
from ui.icons import icon
from ui.theme import LIGHT, Theme

ARROWS = ((1, 0), (-1, 0), (0, 1), (0, -1))
ALL = [*KINDS.values(), *OTHERS]


@pytest.fixture(params=ALL, ids=[kind.id for kind in ALL])
def kind(request: pytest.FixtureRequest) -> Iterator[ChartKind]:
    """A kind of chart, registered as its line in KINDS does it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(KINDS, request.param.id, request.param)
        yield request.param


@pytest.fixture
def plan(kind: ChartKind) -> Plan:
    return plan_for(small(), choice(kind))


def small() -> Comparison:
    return compare(
        [
            series(0, y2010=20, y2011=31, y2012=48), series(1, y2010=45, y2011=49, y2012=30),
            series(0, COMPANIES, FIRMS, y2010=5, y2012=7), series(1, COMPANIES, FIRMS, y2010=9, y2012=2),
        ],
        FACTS,
    )  # fmt: skip


def choice(kind: ChartKind) -> Choice:
    return replace(CHOICE, shape=kind.id, across=2, upright=1)


def board(comparison: Comparison) -> Board:
    records = tuple({line.entity.id: line.entity for line in comparison.lines}.values())
    metrics = tuple({line.metric.id: line.metric for line in comparison.lines}.values())
    offers = tuple(Offer(metric, 2, 4) for metric in metrics)
    return Board(records, offers, metrics, comparison=comparison, periods=comparison.periods)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, plan: Plan) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    with qtbot.waitExposed(view):
        view.show()
    view.show_plan(plan, LIGHT)
    view.canvas.grab()
    return view


def test_a_kind_is_known_by_its_id(kind: ChartKind) -> None:
    assert KINDS[kind.id] is kind


def test_a_kind_has_its_picture(kind: ChartKind, theme: Theme) -> None:
    assert not icon(kind.icon).isNull()


def test_a_remembered_choice_finds_its_kind(kind: ChartKind) -> None:
    assert Choice.from_data(choice(kind).to_data()).kind is kind


def test_a_kind_plans_figures_and_their_table(kind: ChartKind, plan: Plan) -> None:
    assert plan.kind is kind
    assert not plan.empty
    assert plan.grid.names


def test_a_kind_plans_nothing_of_nothing(kind: ChartKind) -> None:
    plan = plan_for(compare([], {}), choice(kind))
    assert plan.empty
    assert kind.least_height(plan) > 0


def test_a_kind_paints_in_the_colours_of_its_series(view: ChartView, plan: Plan) -> None:
    image = view.canvas.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(image.height())}
    ink = Ink.of(LIGHT)
    assert {ink.style(plan.entries[mark.entry]).colour.name() for _, mark in plan.marks()} <= found


def test_a_kind_is_told_in_words(view: ChartView, kind: ChartKind, plan: Plan) -> None:
    told = view.canvas.accessibleDescription()
    assert told.startswith(kind.headline(plan))
    assert "48" in told


def test_a_kind_says_what_its_legend_tells_apart(kind: ChartKind, plan: Plan) -> None:
    assert set(legend_entries(plan, labelled=False)) <= set(plan.entries)


def test_the_pointer_finds_every_mark(view: ChartView, plan: Plan) -> None:
    marks = [mark for _, mark in plan.marks()]
    assert [view.canvas._mark_at(view.canvas.spot(mark).at) for mark in marks] == marks


def test_the_arrow_keys_reach_every_mark(kind: ChartKind, plan: Plan) -> None:
    marks = [mark for _, mark in plan.marks()]
    reached: list[Mark] = [marks[0]]
    for mark in reached:
        for across, down in ARROWS:
            found = kind.stepped(Step(marks, mark, across, down))
            if not any(found is one for one in reached):
                reached.append(found)
    assert len(reached) == len(marks)


def test_a_kind_is_chosen_by_its_chip(qtbot: QtBot, theme: Theme, kind: ChartKind, plan: Plan) -> None:
    bar = OptionBar()
    qtbot.addWidget(bar)
    bar.show_choice(board(small()), CHOICE, plan.kind)
    chip = next(button for button in bar._kinds.buttons() if button.objectName() == kind.id)
    assert chip.isChecked()
    with qtbot.waitSignal(bar.changed) as chosen:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert chosen.args[0].kind is kind


def test_the_workbench_shows_a_kind_with_its_table(qtbot: QtBot, theme: Theme, kind: ChartKind, plan: Plan) -> None:
    bench = Workbench(())
    qtbot.addWidget(bench)
    bench.show_board(board(small()), choice(kind), plan, LIGHT)
    assert bench.chart.plan is plan
    assert bench.model.rowCount() == len(plan.grid.names)


def test_something_fits_whatever_there_is() -> None:
    assert fitting_kind(compare([], {})) in KINDS.values()


def test_the_rest_of_the_charts_names_no_kind() -> None:
    allowed = {"ui.charts.kinds", "ui.charts.kinds.kind"}
    files = Path(ui.charts.__file__).parent.glob("*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    imported = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name.startswith("ui.charts.kinds")} <= allowed
