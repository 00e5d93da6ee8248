"""Copying, pasting and changing many records at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.query import Query, Where
from storage.domain.text import msg
from ui.browse.clipboard import block_of
from ui.browse.page import RecordsPage
from ui.page import Context
from ui.widgets.bulk_panel import BulkPanel
from ui.widgets.change_preview import ChangePreview


def clip(text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def preview(page: RecordsPage) -> ChangePreview:
    panel = page.listing.panel
    assert isinstance(panel, ChangePreview)
    return panel


def lines(page: RecordsPage) -> list[tuple[str, ...]]:
    model = preview(page).model
    return [tuple(model.index(row, n).data() for n in (1, 2, 3)) for row in range(model.rowCount())]


Paste = Callable[[RecordsPage, int, str], None]


@pytest.fixture
def paste(settle: Callable[[], None]) -> Paste:
    """Paste onto a cell, and wait for the preview."""

    def onto(page: RecordsPage, row: int, key: str) -> None:
        page.table.go_to(row, [c.field.key for c in page.table.records.columns].index(key))
        page.table.setFocus()
        page.record_actions.paste()
        settle()

    return onto


def stored(catalogue: Catalogue, page: RecordsPage, key: str, rows: range) -> list[object]:
    ids = page.table.records.ids[rows.start : rows.stop].tolist()
    return [row[0] for row in catalogue.rows("cluster", ids, [catalogue.kinds["cluster"].field(key)])]


def test_copies_rows_with_their_header(page: RecordsPage, qtbot: QtBot, settle) -> None:
    page.table.select_ids(page.table.records.ids[:2].tolist())
    page.table.setFocus()
    page.record_actions.copy()
    settle()
    block = block_of(QGuiApplication.clipboard().mimeData())
    assert block[0][:3] == ["Name", "Type", "Place"]
    assert [row[0] for row in block[1:]] == [page.table.records.cell(row, 0).text for row in range(2)]


def test_what_was_copied_pastes_without_a_change(page: RecordsPage, settle) -> None:
    page.table.selectAll()
    page.table.setFocus()
    page.record_actions.copy()
    settle()
    page.record_actions.paste()
    settle()
    assert lines(page) == []
    assert not preview(page).apply.isEnabled()


def test_a_block_goes_onto_the_current_cell(
    page: RecordsPage, catalogue: Catalogue, qtbot: QtBot, settle, paste: Paste
) -> None:
    clip("Corridor\nScience park\n")
    paste(page, 3, "type")
    before = catalogue.revision
    qtbot.mouseClick(preview(page).apply, Qt.MouseButton.LeftButton)
    settle()
    assert stored(catalogue, page, "type", range(3, 5)) == ["corridor", "science park"]
    assert catalogue.revision == before + 1
    assert page.listing.panel is None


def test_a_header_says_which_column_is_which(page: RecordsPage, paste: Paste) -> None:
    clip("Since\tName\n2011\tFoo park\n")
    paste(page, 0, "type")
    assert sorted(lines(page)) == [("Name", "Ansan Science Park", "Foo park"), ("Since", "", "2011")]


def test_bad_cells_are_named_and_left_out(
    page: RecordsPage, catalogue: Catalogue, qtbot: QtBot, settle, paste: Paste
) -> None:
    clip("Nonsense\nCorridor\n")
    paste(page, 0, "type")
    assert "“Nonsense” is none of" in lines(page)[0][2]
    assert "1 cell cannot be read" in preview(page).summary.text()
    qtbot.mouseClick(preview(page).apply, Qt.MouseButton.LeftButton)
    settle()
    assert stored(catalogue, page, "type", range(2)) == ["science park", "corridor"]


def test_a_worked_out_column_is_not_overwritten(page: RecordsPage, paste: Paste) -> None:
    clip("Seoul")
    paste(page, 0, "place")
    assert "worked out" in lines(page)[0][2]


def test_one_value_fills_the_selected_rows(page: RecordsPage, settle) -> None:
    clip("Corridor")
    page.table.go_to(0, 1)
    page.table.select_ids(page.table.records.ids[:4].tolist())
    page.table.setFocus()
    page.record_actions.paste()
    settle()
    assert len(lines(page)) == 4


def test_names_lead_to_records(data_page: RecordsPage, paste: Paste) -> None:
    clip("Sales\nNo such metric\n")
    paste(data_page, 0, "metric_id")
    assert [line[2] for line in lines(data_page)] == ["“No such metric” is no known name for Metric.", "Sales"]


def test_an_empty_clipboard_says_so(page: RecordsPage, context: Context, qtbot: QtBot, settle) -> None:
    QGuiApplication.clipboard().clear()
    page.table.setFocus()
    with qtbot.waitSignal(context.toast_requested):
        page.record_actions.paste()
    settle()
    assert page.listing.panel is None


def test_escape_closes_the_preview(page: RecordsPage, qtbot: QtBot, paste: Paste) -> None:
    clip("Corridor")
    paste(page, 0, "type")
    qtbot.keyClick(preview(page), Qt.Key.Key_Escape)
    assert page.listing.panel is None


@pytest.fixture
def bulk(page: RecordsPage, qtbot: QtBot, settle) -> BulkPanel:
    page.table.selectAll()
    page.record_actions.open_bulk()
    panel = page.listing.panel
    assert isinstance(panel, BulkPanel)
    panel.field.setCurrentText("Status")
    panel.editor.box.setCurrentIndex(panel.editor.box.findData("planned"))
    panel.preview_button.click()
    settle()
    return panel


def test_a_bulk_edit_shows_what_each_record_has_now(bulk: BulkPanel, page: RecordsPage, catalogue: Catalogue) -> None:
    planned = catalogue.count(Query("cluster", Where("status", "=", "planned")))
    assert bulk.apply.text() == f"Apply {page.count() - planned} changes"
    assert ("Status", "Candidate", "Planned") in lines(page)


def test_a_bulk_edit_is_one_revision(bulk: BulkPanel, page: RecordsPage, catalogue: Catalogue, qtbot, settle) -> None:
    before = catalogue.revision
    qtbot.mouseClick(bulk.apply, Qt.MouseButton.LeftButton)
    settle()
    assert catalogue.count(Query("cluster", Where("status", "=", "planned"))) == page.count()
    assert catalogue.revision == before + 1


def test_a_bulk_edit_that_is_overtaken_writes_nothing(bulk: BulkPanel, page: RecordsPage, catalogue, qtbot) -> None:
    catalogue.undo()
    qtbot.mouseClick(bulk.apply, Qt.MouseButton.LeftButton)
    assert page.listing.notice.text


def test_hundreds_of_changes_are_one_revision_in_a_job(
    page: RecordsPage, context: Context, qtbot: QtBot, settle
) -> None:
    catalogue = context.bridge.catalogue
    catalogue.apply(ChangeSet.of(insert("cluster", {"name": f"Tower {n}"}) for n in range(400)), msg("Towers"))
    page.search("tower")
    settle()
    page.table.selectAll()
    page.record_actions.open_bulk()
    panel = page.listing.panel
    panel.field.setCurrentText("Status")
    panel.editor.box.setCurrentIndex(panel.editor.box.findData("planned"))
    panel.preview_button.click()
    settle()
    before = catalogue.revision
    with qtbot.waitSignal(context.jobs.started):
        qtbot.mouseClick(panel.apply, Qt.MouseButton.LeftButton)
    settle()
    assert catalogue.revision == before + 1
    assert catalogue.count(Query("cluster", Where("status", "=", "planned"))) >= 400
    assert page.listing.panel is None
