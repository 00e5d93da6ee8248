import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.models.palette import PaletteEntry
from ui.theme import Theme
from ui.widgets.suggest_box import SuggestBox


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> SuggestBox:
    window = QWidget()
    window.resize(600, 400)
    box = SuggestBox("Add a record")
    column = QVBoxLayout(window)
    column.addWidget(box)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    box.window_ = window  # keeps it alive
    return box


def offer(box: SuggestBox, taken: list[str]) -> None:
    box.offer(tuple(PaletteEntry(name, "boxes", lambda name=name: taken.append(name)) for name in "ABC"), "")


def test_words_are_searched(qtbot: QtBot, box: SuggestBox) -> None:
    with qtbot.waitSignal(box.searched) as searched:
        qtbot.keyClicks(box, "gumi")
    assert searched.args == ["gumi"]


def test_return_takes_the_first(qtbot: QtBot, box: SuggestBox, taken: list[str]) -> None:
    box.setText("x")
    offer(box, taken)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (taken, box.text(), box.list.isVisible()) == (["A"], "", False)


def test_arrows_choose_another(qtbot: QtBot, box: SuggestBox, taken: list[str]) -> None:
    offer(box, taken)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(box, key)
    assert taken == ["B"]


def test_escape_closes_the_list_before_it_clears_the_words(qtbot: QtBot, box: SuggestBox, taken: list[str]) -> None:
    box.setText("x")
    offer(box, taken)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box.list.isVisible()) == ("x", False)


def test_a_late_answer_shows_nothing_where_the_focus_has_gone(qtbot: QtBot, box: SuggestBox, taken: list[str]) -> None:
    box.parentWidget().findChildren(QLineEdit)[-1].setFocus()
    offer(box, taken)
    assert box.list is None


def test_leaving_closes_the_list(qtbot: QtBot, box: SuggestBox, taken: list[str]) -> None:
    offer(box, taken)
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert not box.list.isVisible()
