"""The keys as the window hands them out: shortcuts of commands against keys of the widget with the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query
from ui.browse.clipboard import block_of
from ui.browse.page import RecordsPage
from ui.language import LanguageSwitch
from ui.page import Context
from ui.pages.clusters import ClustersPage
from ui.pages.data import DataPage
from ui.widgets.new_record_panel import NewRecordPanel
from ui.window import Window

pytestmark = pytest.mark.x11

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, context: Context, languages: LanguageSwitch, settle) -> Window:
    window = Window(context, languages, (ClustersPage, DataPage))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    settle()
    return window


@pytest.fixture
def table_page(window: Window) -> RecordsPage:
    page = window.navigation.current
    assert isinstance(page, RecordsPage)
    page.table.setFocus()
    return page


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def test_delete_removes_the_selection(table_page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    count = catalogue.count(Query("cluster"))
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, Qt.Key.Key_Delete)
    settle()
    assert catalogue.count(Query("cluster")) == count - 2


def test_delete_in_the_search_box_deletes_letters(table_page: RecordsPage, qtbot: QtBot, catalogue: Catalogue) -> None:
    revision = catalogue.revision
    press(qtbot, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(QApplication.focusWidget(), "ab")
    press(qtbot, Qt.Key.Key_Home)
    press(qtbot, Qt.Key.Key_Delete)
    assert table_page.listing.header.search.text() == "b"
    assert catalogue.revision == revision


def test_control_a_then_control_c_copies_everything(table_page: RecordsPage, qtbot: QtBot, settle) -> None:
    press(qtbot, Qt.Key.Key_A, CONTROL)
    press(qtbot, Qt.Key.Key_C, CONTROL)
    settle()
    assert len(block_of(QGuiApplication.clipboard().mimeData())) == table_page.count() + 1


def test_f2_edits(table_page: RecordsPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F2)
    assert table_page.table.editing


def test_insert_asks_for_a_new_record(table_page: RecordsPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Insert)
    assert isinstance(table_page.listing.panel, NewRecordPanel)


def test_the_ends_of_the_table(table_page: RecordsPage, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_End, CONTROL)
    last = (table_page.count() - 1, len(table_page.table.records.columns) - 1)
    current = table_page.table.currentIndex()
    assert (current.row(), current.column()) == last
    press(qtbot, Qt.Key.Key_Home)
    assert table_page.table.currentIndex().column() == 0


def test_control_z_takes_an_edit_back(table_page: RecordsPage, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    name = table_page.table.records.cell(0, 0).text
    press(qtbot, Qt.Key.Key_F2)
    qtbot.wait(1)
    qtbot.keyClicks(QApplication.focusWidget(), "A A A")
    press(qtbot, Qt.Key.Key_Return)
    settle()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    settle()
    assert table_page.table.records.cell(0, 0).text == name


def test_a_figure_is_preferred_with_a_reason(window: Window, qtbot: QtBot, catalogue: Catalogue, settle) -> None:
    window.navigation.show_page("data")
    settle()
    page = window.navigation.current
    wanted = next(id for id in page.table.records.ids.tolist() if _competes(catalogue, id))
    page.open_record("observation", wanted)
    settle()
    qtbot.waitUntil(lambda: page.competing() is not None)
    press(qtbot, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.wait(1)
    qtbot.keyClicks(QApplication.focusWidget(), "Closer to the source")
    press(qtbot, Qt.Key.Key_Return)
    settle()
    fields = [catalogue.kinds["observation"].field(key) for key in ("preferred", "reason")]
    assert catalogue.rows("observation", [wanted], fields) == [(True, "Closer to the source")]


def _competes(catalogue: Catalogue, id: int) -> bool:
    fields = [catalogue.kinds["observation"].field(key) for key in ("competing", "preferred")]
    ((competing, preferred),) = catalogue.rows("observation", [id], fields)
    return bool(competing) and not preferred
