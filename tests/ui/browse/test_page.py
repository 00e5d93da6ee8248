import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, delete
from storage.domain.query import Order, Query, Where
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.collecting.dialog import TemplateDialog
from ui.language import Language, LanguageSwitch
from ui.page import Context, Selection


def names(page: RecordsPage) -> list[str]:
    return [page.table.records.cell(row, 0).text for row in range(page.table.records.rowCount())]


def click_header(qtbot: QtBot, page: RecordsPage, column: int, modifier: Qt.KeyboardModifier) -> None:
    header = page.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def test_lists_all_records_by_name(page: RecordsPage, catalogue: Catalogue) -> None:
    ids = catalogue.ids(Query("cluster", order=(Order("name"),)))
    assert page.table.records.ids.tolist() == ids.tolist()


def test_counts_without_being_shown(page: RecordsPage, catalogue: Catalogue) -> None:
    assert page.count() == catalogue.count(Query("cluster"))


def test_the_current_record_is_in_the_inspector(page: RecordsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(
        lambda: page.inspector.view is not None and page.inspector.view.record_id == page.table.current_id()
    )


def test_search_narrows_and_says_how_many_are_left(page: RecordsPage, qtbot: QtBot, settle) -> None:
    qtbot.keyClicks(page.listing.header.search, "pangyo")
    qtbot.keyClick(page.listing.header.search, Qt.Key.Key_Return)
    settle()
    assert "Pangyo Techno Valley" in names(page)
    assert page.listing.header.count.text() == f"{len(names(page))} of {page.count()}"


def test_typing_in_the_table_searches(page: RecordsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, "g")
    assert page.listing.header.search.text() == "g"
    assert QApplication.focusWidget() is page.listing.header.search


def test_a_header_sorts_up_then_down_then_not(page: RecordsPage, qtbot: QtBot, settle) -> None:
    orders = []
    for _ in range(3):
        click_header(qtbot, page, 1, Qt.KeyboardModifier.NoModifier)
        settle()
        orders.append(page.browser.question.order)
    assert orders == [(Order("type"),), (Order("type", down=True),), ()]


def test_shift_sorts_by_several_columns(page: RecordsPage, qtbot: QtBot, settle) -> None:
    click_header(qtbot, page, 1, Qt.KeyboardModifier.NoModifier)
    click_header(qtbot, page, 0, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert page.browser.question.order == (Order("type"), Order("name"))
    assert page.table.records.headerData(0, Qt.Orientation.Horizontal) == "Name ▴2"


def test_check_boxes_select_without_keys(page: RecordsPage, qtbot: QtBot) -> None:
    boxes = page.table.verticalHeader()
    for row in (1, 3):
        place = QPoint(15, boxes.sectionViewportPosition(row) + 10)
        qtbot.mouseClick(boxes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.table.selected_rows() == [0, 1, 3]


def test_the_selection_is_handed_to_the_comparison(page: RecordsPage, qtbot: QtBot, context: Context) -> None:
    page.table.select_ids(page.table.records.ids[[2, 5]].tolist())
    with qtbot.waitSignal(context.page_requested) as asked:
        qtbot.mouseClick(page.buttons.compare, Qt.MouseButton.LeftButton)
    assert page.buttons.compare.text() == "Compare 2"
    assert asked.args == ["compare", Selection("cluster", tuple(page.table.records.ids[[2, 5]].tolist()))]


def test_nothing_selected_is_nothing_to_compare(page: RecordsPage) -> None:
    page.table.clearSelection()
    assert not page.buttons.compare.isEnabled()


def test_the_selection_is_handed_to_a_template(page: RecordsPage) -> None:
    chosen = page.table.records.ids[[2, 5]].tolist()
    page.table.select_ids(chosen)
    next(command for command in page.commands() if command.id == "template-selection").run()
    dialog = page.window().findChild(TemplateDialog)
    assert sorted(dialog.collection.records) == sorted(chosen)


def test_a_click_on_the_empty_state_drops_the_filters(page: RecordsPage, qtbot: QtBot, settle) -> None:
    page.search("no such place anywhere")
    settle()
    (button,) = [b for b in page.listing.findChildren(QPushButton) if b.text() == "Clear filters" and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert len(names(page)) == page.count()


def test_an_empty_page_offers_the_first_record(page: RecordsPage, context: Context, qtbot: QtBot, settle) -> None:
    ids = page.table.records.ids.tolist()
    context.bridge.perform(ChangeSet.of([delete("cluster", id) for id in ids]), msg("Delete all"))
    settle()
    buttons = [b for b in page.listing.findChildren(QPushButton) if b.text() == "New cluster" and b.isVisible()]
    assert len(buttons) == 2


def test_opening_a_record_drops_filters_that_hide_it(page: RecordsPage, catalogue: Catalogue, settle) -> None:
    (wanted,) = catalogue.ids(Query("cluster", Where("name", "=", "Gumi Industrial Complex"))).tolist()
    page.search("pangyo")
    settle()
    page.open_record("cluster", wanted)
    settle()
    assert page.table.current_id() == wanted


def test_the_selection_outlives_a_filter_that_keeps_it(page: RecordsPage, settle) -> None:
    row = names(page).index("Pangyo Techno Valley")
    page.table.go_to(row)
    kept = page.table.current_id()
    page.search("pangyo")
    settle()
    assert (page.table.current_id(), page.table.selected_ids()) == (kept, (kept,))


def test_what_was_asked_outlives_a_change_of_language(page: RecordsPage, languages: LanguageSwitch, settle) -> None:
    page.search("pangyo")
    settle()
    shown = page.table.records.ids.tolist()
    languages.set_language(Language.KOREAN)
    page.retranslate()
    settle()
    assert sorted(page.table.records.ids.tolist()) == sorted(shown)
    assert "판교테크노밸리" in names(page)


def test_the_selection_outlives_a_change_of_language(page: RecordsPage, languages: LanguageSwitch, settle) -> None:
    page.table.go_to(4)
    page.table.toggle_row(7, extend=False)
    kept = set(page.table.selected_ids())
    languages.set_language(Language.KOREAN)
    page.retranslate()
    settle()
    assert set(page.table.selected_ids()) == kept


def test_names_are_sorted_as_they_are_shown(page: RecordsPage, languages: LanguageSwitch, settle) -> None:
    languages.set_language(Language.KOREAN)
    page.retranslate()
    settle()
    korean = [name for name in names(page) if ord(name[0]) >= ord("가")]
    assert korean == sorted(korean)


@pytest.mark.parametrize("state", [{}, {"question": "{}", "view": 1, "records": [1]}, {"question": 7}])
def test_a_state_that_no_longer_fits_is_ignored(page: RecordsPage, state: dict, settle) -> None:
    page.restore(state)
    settle()
    assert len(names(page)) == page.count()


def test_columns_are_chosen_and_remembered(page: RecordsPage, context: Context, settle) -> None:
    page.browser.choose_columns(page.buttons.columns)
    chooser = page.browser.chooser
    chooser.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    settle()
    chooser.close()
    assert "type" not in page.table.keys
    assert "type" not in context.preferences.columns["clusters"]["keys"]


def test_a_dragged_column_keeps_its_place(page: RecordsPage, settle) -> None:
    page.table.horizontalHeader().moveSection(2, 1)
    page.browser.ask()
    settle()
    assert page.table.keys[:3] == ("name", "place", "type")


def test_columns_fit_into_the_table(page: RecordsPage) -> None:
    assert page.table.horizontalHeader().length() <= page.table.viewport().width()


def test_every_widget_that_takes_focus_has_a_name(page: RecordsPage) -> None:
    widgets = [w for w in page.listing.findChildren(QPushButton) if w.isVisible() and w.focusPolicy()]
    assert not [w for w in widgets if not (w.accessibleName() or w.text())]
    assert page.table.accessibleName() == "Clusters"


def test_escape_in_the_table_closes_what_is_open(page: RecordsPage, qtbot: QtBot) -> None:
    page.record_actions.open_new()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.listing.panel is None


def test_the_menu_offers_what_the_keys_do(page: RecordsPage) -> None:
    page.table.customContextMenuRequested.emit(QPoint(40, 40))
    menu = page.table.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == [c.label for c in page.record_actions.commands()]
    menu.close()


def test_after_a_delete_one_goes_on_where_one_was(page: RecordsPage, settle) -> None:
    page.table.go_to(6)
    following = page.table.records.record_id(7)
    page.table.setFocus()
    page.record_actions.delete()
    settle()
    assert page.table.current_id() == following


def test_an_answer_that_takes_long_says_so(page: RecordsPage, context: Context, qtbot: QtBot, settle) -> None:
    release = threading.Event()
    for key in ("busy-1", "busy-2"):
        context.jobs.read(key, lambda _progress: release.wait(10), print)
    page.search("pangyo")
    qtbot.waitUntil(lambda: page.listing.header.count.text() == "Searching …")
    release.set()
    settle()
    assert page.listing.header.count.text().endswith(f"of {page.count()}")
