"""Every page in Korean: what the program says is Korean; only what the catalogue holds may be in another language."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMenu, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ui.guided_tour import settle
from ui.language import Language, LanguageSwitch
from ui.page import Context
from ui.pages import PAGES
from ui.window import Window

HANGUL = re.compile("[가-힣]")
LATIN = re.compile("[A-Za-z]{2}")
# the other language in itself, and what the posed example workbooks are called and call their sheets
NAMES = {"English", "example-workbook", "example-report", "Overview"}


@pytest.fixture
def korean_window(qtbot: QtBot, context: Context, languages: LanguageSwitch) -> Iterator[Window]:
    languages.set_language(Language.KOREAN)
    window = Window(context, languages, PAGES)
    window.resize(1440, 900)
    window.show()
    yield window
    window.close()
    window.deleteLater()


def texts(window: QWidget) -> Iterator[str]:
    """What buttons, menus, entry fields, choices and headers say; labels also show what the catalogue holds."""
    for button in window.findChildren(QAbstractButton):
        yield from (button.text(), button.toolTip(), button.accessibleName())
    for line in window.findChildren(QLineEdit):
        yield from (line.placeholderText(), line.accessibleName())
    for box in window.findChildren(QComboBox):
        yield from (box.itemText(place) for place in range(box.count()))
    for menu in window.findChildren(QMenu):
        yield from (action.text() for action in menu.findChildren(QAction))
    for table in window.findChildren(QTableView):
        model: QAbstractItemModel = table.model()
        yield from (str(model.headerData(n, Qt.Orientation.Horizontal) or "") for n in range(model.columnCount()))


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_pages_say_nothing_in_english(korean_window: Window, page: str) -> None:
    shown = korean_window.navigation.pages[page]
    korean_window.navigation.show_page(page)
    shown.pose()
    settle(korean_window)
    english = {text for text in texts(korean_window) if LATIN.search(text) and not HANGUL.search(text)}
    assert english - NAMES == set()
