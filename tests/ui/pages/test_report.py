"""The page of reports: cells of the analyst's own workbook are mapped once, and filled into a copy."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from storage.domain.changes import ChangeSet, update
from storage.domain.fields import Ref
from storage.domain.query import Query, Where
from storage.domain.report import Shows
from storage.domain.text import msg
from ui.models.report_sheet import ReportSheetModel
from ui.models.sheet import STATE, CellState
from ui.page import Context
from ui.pages.report import ReportPage

HEADER = (2, 0, 4, 2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "quarterly.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Overview")
        sheet.write("A1", "Clusters at a glance")
        sheet.write_row("A3", ["Cluster", "Workers", "Firms"])
        sheet.write_column("A4", ["Pangyo Techno Valley", "Nowhere"])
        sheet.write_formula("D4", "=B4+C4", None, 0)
        book.add_worksheet("Notes").write("A1", "text")
    return path


@pytest.fixture
def page(qtbot: QtBot, context: Context, source: Path) -> ReportPage:
    page = ReportPage(context)
    qtbot.addWidget(page)
    context.bridge.changed.connect(page.hear)
    page.enter()
    page.resize(1100, 800)
    page.show()
    assert page.inspector is not None
    qtbot.addWidget(page.inspector)
    page.inspector.show()
    page.receive(source)
    settled(qtbot, page)
    return page


def settled(qtbot: QtBot, page: ReportPage) -> None:
    qtbot.waitUntil(lambda: page.context.jobs.idle, timeout=20_000)
    qtbot.wait(30)
    qtbot.waitUntil(lambda: page.context.jobs.idle, timeout=20_000)


def choose(page: ReportPage, top: int, left: int, bottom: int, right: int) -> None:
    block = QItemSelection(page.model.index(top, left), page.model.index(bottom, right))
    page.table.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def named(page: ReportPage, kind: str, name: str) -> Ref:
    catalogue = page.context.bridge.catalogue
    [id] = catalogue.ids(Query("cluster" if kind == "entity" else kind, Where("name", "=", name)))
    return catalogue.refs(kind, [int(id)])[int(id)]


def map_one(page: ReportPage, row: int, column: int, metric: str = "Workers") -> None:
    page.table.go_to(row, column)
    page.panel.show_refs(named(page, "entity", "Pangyo Techno Valley"), named(page, "metric", metric))
    page.panel.map.click()


def planned(page: ReportPage) -> dict[str, object]:
    return {key: cell.found.shown for key, cell in page.session.state.planned.items() if cell.reason is None}


def test_the_sheets_of_the_workbook_are_shown(page: ReportPage) -> None:
    assert [page.sheets.itemText(place) for place in range(page.sheets.count())] == ["Overview", "Notes"]
    assert page.model.index(3, 0).data() == "Pangyo Techno Valley"


def test_a_cell_is_mapped_to_a_figure(qtbot: QtBot, page: ReportPage) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    assert planned(page) == {"Overview!B4": 70_000.0}
    assert page.model.index(3, 1).data() == "70,000"
    assert page.model.index(3, 1).data(STATE) is CellState.FIGURE


def test_a_block_is_mapped_by_its_headers(qtbot: QtBot, page: ReportPage) -> None:
    choose(page, *HEADER)
    page.panel.block.click()
    settled(qtbot, page)
    assert set(planned(page)) == {"Overview!B4", "Overview!C4"}
    assert "Nowhere" in str(page.session.state.trouble)


def test_a_mapping_is_undone_like_any_change(qtbot: QtBot, page: ReportPage) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    page.context.bridge.undo()
    settled(qtbot, page)
    assert planned(page) == {}


def test_a_cell_is_freed(qtbot: QtBot, page: ReportPage) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    page.panel.free.click()
    settled(qtbot, page)
    assert page.session.state.planned == {}


def test_a_formula_is_left_and_told(qtbot: QtBot, page: ReportPage) -> None:
    map_one(page, 3, 3)
    settled(qtbot, page)
    assert page.model.index(3, 3).data(STATE) is CellState.PROBLEM
    assert "it holds a formula" in str(page.model.reading(3, 3))


def test_nothing_is_mapped_without_a_record(page: ReportPage) -> None:
    page.table.go_to(3, 1)
    page.panel.map.click()
    assert page.panel.entity_editor.note == "Choose a record."


def test_a_figure_is_shown_in_hundred_millions_or_as_its_source(qtbot: QtBot, page: ReportPage) -> None:
    page.panel.shows.setCurrentIndex(page.panel.shows.findData(Shows.PERIOD))
    map_one(page, 3, 1)
    settled(qtbot, page)
    assert planned(page) == {"Overview!B4": "2015-12"}


def test_the_copy_holds_the_figures(qtbot: QtBot, page: ReportPage, tmp_path: Path) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    target = tmp_path / "filled.xlsx"
    page.session.fill(target)
    settled(qtbot, page)
    assert openpyxl.load_workbook(target)["Overview"]["B4"].value == 70_000


def test_a_copy_that_is_open_elsewhere_is_saved_beside_it(qtbot: QtBot, page: ReportPage, tmp_path: Path) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    target, told = tmp_path / "filled.xlsx", []
    target.write_bytes(b"old")
    (tmp_path / "~$filled.xlsx").write_bytes(b"")
    page.context.toast_requested.connect(told.append)
    page.session.fill(target)
    settled(qtbot, page)
    assert told[-1].action == "Save as filled 2.xlsx"
    told[-1].run()
    settled(qtbot, page)
    assert openpyxl.load_workbook(tmp_path / "filled 2.xlsx")["Overview"]["B4"].value == 70_000


def test_the_next_edition_takes_the_mapping_up_and_tells_what_is_new(
    qtbot: QtBot, page: ReportPage, source: Path, tmp_path: Path
) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    page.session.fill(tmp_path / "filled.xlsx")
    settled(qtbot, page)
    catalogue, observation = page.context.bridge.catalogue, page_observation(page)
    page.session.close()
    before = dict(
        zip(("value", "value_text"), catalogue.stored(observation, ("value", "value_text"))[0][1:], strict=True)
    )
    [id] = (int(id) for id in catalogue.ids(observation))
    after = {"value": 72.0 if before["value"] == 70.0 else 72_000.0, "value_text": "72,000"}
    page.context.bridge.perform(ChangeSet.of([update("observation", id, before, after)]), msg("Correct"))
    page.session.open(source)
    settled(qtbot, page)
    [cell] = page.session.state.planned.values()
    assert (cell.last, cell.changed) == (70_000.0, True)


def page_observation(page: ReportPage) -> Query:
    """The figure that the mapped cell shows."""
    [cell] = page.session.state.planned.values() or [None]
    assert cell is not None
    assert cell.found.point is not None
    return Query("observation", Where("id", "in", (cell.found.point.observation,)))


def test_an_edition_with_another_name_takes_the_mapping_up(
    qtbot: QtBot, page: ReportPage, source: Path, tmp_path: Path
) -> None:
    map_one(page, 3, 1)
    settled(qtbot, page)
    later = tmp_path / "quarterly 2016.xlsx"
    later.write_bytes(source.read_bytes())
    page.session.open(later)
    settled(qtbot, page)
    assert page.session.state.report.name == "quarterly"
    assert planned(page) == {"Overview!B4": 70_000.0}


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(qtbot: QtBot, page: ReportPage, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    page.session.open(broken)
    settled(qtbot, page)
    assert "is damaged or no workbook" in str(page.session.state.trouble)


def test_the_model_is_sound(page: ReportPage) -> None:
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert isinstance(page.model, ReportSheetModel)


def test_the_guided_tour_shows_an_example(qtbot: QtBot, context: Context) -> None:
    page = ReportPage(context)
    qtbot.addWidget(page)
    page.enter()
    page.pose()
    settled(qtbot, page)
    planned = page.session.state.on_sheet
    assert [planned[cell].reason for cell in ("B4", "B5", "B6", "B7", "B8")] == [None] * 5
    assert page.session.state.trouble is None
