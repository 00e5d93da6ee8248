from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query
from ui.browse.page import RecordsPage


def choose(page: RecordsPage, words: str) -> None:
    (action,) = [a for a in page.views.menu().actions() if words in a.text()]
    action.trigger()


def save(page: RecordsPage, qtbot: QtBot, name: str, settle) -> None:
    choose(page, "Save as a new view")
    page.views.popup.line.clear()
    qtbot.keyClicks(page.views.popup.line, name)
    qtbot.keyClick(page.views.popup.line, Qt.Key.Key_Return)
    settle()


def narrowed(page: RecordsPage, qtbot: QtBot, settle) -> int:
    page.search("pangyo")
    settle()
    save(page, qtbot, "Around Pangyo", settle)
    return page.table.records.rowCount()


def test_a_view_brings_its_question_back(page: RecordsPage, qtbot: QtBot, settle) -> None:
    found = narrowed(page, qtbot, settle)
    choose(page, "All")
    settle()
    assert page.table.records.rowCount() == page.count()
    choose(page, "Around Pangyo")
    settle()
    assert page.table.records.rowCount() == found
    assert page.views.title == "View: Around Pangyo"


def test_a_view_can_be_undone(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    narrowed(page, qtbot, settle)
    assert catalogue.count(Query("view")) == 1
    catalogue.undo()
    settle()
    assert page.views.title == "View: All"


def test_a_changed_view_says_so_and_can_be_saved(page: RecordsPage, qtbot: QtBot, settle) -> None:
    narrowed(page, qtbot, settle)
    page.search("valley")
    settle()
    assert page.views.title == "View: Around Pangyo (changed)"
    choose(page, "Save the changes of")
    settle()
    assert page.views.title == "View: Around Pangyo"


def test_a_view_is_renamed(page: RecordsPage, qtbot: QtBot, settle) -> None:
    narrowed(page, qtbot, settle)
    choose(page, "Rename")
    page.views.popup.line.selectAll()
    qtbot.keyClicks(page.views.popup.line, "Near Pangyo")
    qtbot.keyClick(page.views.popup.line, Qt.Key.Key_Return)
    settle()
    assert page.views.title == "View: Near Pangyo"


def test_a_view_is_deleted_without_a_question(page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    narrowed(page, qtbot, settle)
    choose(page, "Delete")
    settle()
    assert catalogue.count(Query("view")) == 0
    assert page.views.title == "View: All"


def test_a_view_belongs_to_its_page(page: RecordsPage, data_page: RecordsPage, qtbot: QtBot, settle) -> None:
    narrowed(page, qtbot, settle)
    assert not [a for a in data_page.views.menu().actions() if "Pangyo" in a.text()]
