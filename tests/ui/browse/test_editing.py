from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, update
from storage.domain.query import Query
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.page import Context
from ui.widgets.editors import FieldEditor


def edit(qtbot: QtBot, page: RecordsPage, key: str, row: int = 0) -> FieldEditor:
    """Open the editor of a cell with F2's own command."""
    column = [c.field.key for c in page.table.records.columns].index(key)
    page.table.go_to(row, column)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.wait(1)
    return page.table.viewport().findChildren(FieldEditor)[-1]


def line() -> QLineEdit:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    return focus


def value(catalogue: Catalogue, page: RecordsPage, key: str, row: int = 0) -> object:
    field = catalogue.kinds[page.spec.kind].field(key)
    return catalogue.rows(page.spec.kind, [page.table.records.record_id(row)], [field])[0][0]


def test_return_edits_and_keeps(page: RecordsPage, qtbot: QtBot, context: Context, settle) -> None:
    record = page.table.current_id()
    edit(qtbot, page, "name")
    qtbot.keyClicks(line(), "Ansan Park")
    with qtbot.waitSignal(context.bridge.performed) as told:
        qtbot.keyClick(line(), Qt.Key.Key_Return)
    settle()
    assert str(told.args[0].text) == "Change Name of Ansan Science Park"
    assert page.table.records.cell(page.table.records.row_of(record), 0).text == "Ansan Park"
    assert not page.table.editing


def test_escape_leaves_the_value(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue) -> None:
    before = catalogue.revision
    edit(qtbot, page, "name")
    qtbot.keyClicks(line(), "Nothing")
    qtbot.keyClick(line(), Qt.Key.Key_Escape)
    assert (catalogue.revision, page.table.editing) == (before, False)


def test_an_invalid_value_stays_with_its_reason(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue) -> None:
    before = catalogue.revision
    editor = edit(qtbot, page, "since")
    qtbot.keyClicks(line(), "never")
    qtbot.keyClick(line(), Qt.Key.Key_Return)
    assert page.table.editing
    assert "never" in editor.note
    assert catalogue.revision == before


def test_what_the_catalogue_refuses_stays_too(page: RecordsPage, qtbot: QtBot) -> None:
    editor = edit(qtbot, page, "name")
    qtbot.keyClick(line(), Qt.Key.Key_Delete)
    qtbot.keyClick(line(), Qt.Key.Key_Return)
    assert "must not be blank" in editor.note


def test_tab_keeps_and_edits_the_next_cell(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    edit(qtbot, page, "since")
    page.table.viewport()
    qtbot.keyClicks(line(), "2011")
    page.table.horizontalHeader()
    qtbot.keyClick(line(), Qt.Key.Key_Backtab)
    settle()
    assert value(catalogue, page, "since").text == "2011"
    assert page.table.currentIndex().column() == 2


def test_tab_goes_from_editor_to_editor(page: RecordsPage, qtbot: QtBot) -> None:
    edit(qtbot, page, "name")
    qtbot.keyClick(line(), Qt.Key.Key_Tab)
    assert page.table.editing
    assert page.table.currentIndex().column() == 1


def test_a_choice_is_kept_when_picked(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    editor = edit(qtbot, page, "type")
    editor.box.hidePopup()
    editor.box.setCurrentIndex(editor.box.findData("corridor"))
    editor.finish()
    settle()
    assert value(catalogue, page, "type") == "corridor"


def test_a_choice_is_picked_from_its_open_list(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    before = value(catalogue, page, "type")
    edit(qtbot, page, "type")
    qtbot.wait(300)
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the list has shut"
    view = popup.findChild(QAbstractItemView)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    settle()
    keys = [option.key for option in catalogue.kinds["cluster"].field("type").type.options]
    assert value(catalogue, page, "type") == keys[keys.index(before) + 1]
    assert QApplication.focusWidget() is page.table


def test_a_change_meanwhile_is_told_and_shown(
    page: RecordsPage, qtbot: QtBot, context: Context, catalogue: Catalogue
) -> None:
    record = page.table.records.record_id(0)
    edit(qtbot, page, "type")
    before = {"type": value(catalogue, page, "type")}
    catalogue.apply(ChangeSet.of([update("cluster", record, before, {"type": "other"})]), msg("Elsewhere"))
    editor = page.table.viewport().findChildren(FieldEditor)[-1]
    editor.box.hidePopup()
    editor.box.setCurrentIndex(editor.box.findData("corridor"))
    editor.finish()
    assert "changed meanwhile" in page.listing.notice.text
    assert page.table.records.cell(0, 1).text == "Other"


def test_a_worked_out_cell_cannot_be_edited(page: RecordsPage) -> None:
    index = page.table.records.index(0, [c.field.key for c in page.table.records.columns].index("place"))
    assert not page.table.edit(index, page.table.EditTrigger.AllEditTriggers, None)


def place_of(page: RecordsPage, *, stated: bool) -> tuple[int, str]:
    """Return a row and a metric's column that has a figure there, or has none."""
    for row in range(page.table.records.rowCount()):
        for place, column in enumerate(page.table.records.columns):
            there = page.table.records.values(row, place)[0] is not None
            if column.field.key.startswith("metric:") and there == stated:
                return row, column.field.key
    raise LookupError("no such cell")


def test_a_figure_is_corrected_where_it_is_seen(
    page: RecordsPage, qtbot: QtBot, context: Context, catalogue: Catalogue, settle
) -> None:
    row, key = place_of(page, stated=True)
    record, metric = page.table.records.record_id(row), int(key.partition(":")[2])
    figure = catalogue.latest_figure(record, metric)
    edit(qtbot, page, key, row)
    line().selectAll()
    qtbot.keyClicks(line(), "12345")
    with qtbot.waitSignal(context.bridge.performed) as told:
        qtbot.keyClick(line(), Qt.Key.Key_Return)
    settle()
    value = catalogue.kinds["observation"].field("value")
    assert catalogue.rows("observation", [figure], [value])[0][0].amount == 12345
    names = catalogue.refs("metric", [metric])[metric].name, catalogue.refs("cluster", [record])[record].name
    assert str(told.args[0].text) == "Change {} of {}".format(*names)


def test_return_where_nothing_can_be_edited_says_why(page: RecordsPage, qtbot: QtBot, context: Context) -> None:
    column = [c.field.key for c in page.table.records.columns].index("place")
    page.table.go_to(0, column)
    page.table.setFocus()
    with qtbot.waitSignal(context.toast_requested) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert told.args[0].text.startswith("Place is worked out from other records")
    assert (page.table.editing, page.table.currentIndex().column()) == (False, column)


def test_a_figure_that_there_is_not_is_asked_for_beside_the_table(page: RecordsPage, qtbot: QtBot, settle) -> None:
    row, key = place_of(page, stated=False)
    page.inspector.show()
    page.table.go_to(row, [c.field.key for c in page.table.records.columns].index(key))
    qtbot.waitUntil(lambda: page.inspector.view is not None)
    figures = page.inspector.view.sections["figures"]
    qtbot.waitUntil(lambda: figures.subject[1] == page.table.current_id())
    settle()
    page.record_actions.edit()
    form = figures.form
    assert form.editors["metric_id"].value().id == int(key.partition(":")[2])
    assert not page.table.editing


def test_delete_asks_nothing(page: RecordsPage, qtbot: QtBot, context: Context, catalogue: Catalogue, settle) -> None:
    count = catalogue.count(Query("cluster"))
    page.table.select_ids(page.table.records.ids[:2].tolist())
    with qtbot.waitSignal(context.bridge.performed) as told:
        page.record_actions.delete()
    settle()
    assert str(told.args[0].text) == "Delete 2 records"
    assert page.table.records.rowCount() == count - 2
    catalogue.undo()
    settle()
    assert page.table.records.rowCount() == count


def test_delete_leaves_records_alone_while_a_field_has_the_focus(page: RecordsPage, catalogue: Catalogue) -> None:
    before = catalogue.revision
    page.listing.header.search.setFocus()
    page.record_actions.delete()
    assert catalogue.revision == before


def test_a_new_record_needs_its_name_only(page: RecordsPage, qtbot: QtBot, settle) -> None:
    qtbot.mouseClick(page.buttons.new, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(line(), "Osong Valley")
    qtbot.mouseClick(page.listing.panel.add, Qt.MouseButton.LeftButton)
    settle()
    assert page.table.records.cell(page.table.currentIndex().row(), 0).text == "Osong Valley"
    assert page.listing.panel is None


def test_a_new_record_without_a_name_is_refused_in_place(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue) -> None:
    before = catalogue.revision
    page.record_actions.open_new()
    qtbot.mouseClick(page.listing.panel.add, Qt.MouseButton.LeftButton)
    assert "must not be blank" in page.listing.panel.editors["name"].note
    assert catalogue.revision == before


def test_an_open_editor_outlives_a_new_answer(page: RecordsPage, qtbot: QtBot, context: Context, settle) -> None:
    edit(qtbot, page, "name", row=3)
    qtbot.keyClicks(line(), "half written")
    page.browser.ask(page.browser.question.sorted_by("type", add=False))
    settle()
    assert line().text() == "half written"
    qtbot.keyClick(line(), Qt.Key.Key_Escape)
    assert page.table.records.headerData(1, Qt.Orientation.Horizontal) == "Type ▴"


def test_no_current_cell_no_editor(page: RecordsPage) -> None:
    page.table.setCurrentIndex(QModelIndex())
    page.table.edit_current()
    assert not page.table.editing
