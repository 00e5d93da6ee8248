import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from storage.domain.text import msg
from ui.command import Command
from ui.theme import Theme
from ui.widgets.buttons import CommandButton
from ui.widgets.chip import Chip, FacetChip
from ui.widgets.collapsible import Collapsible
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, Tag
from ui.widgets.notice import NoticeBar
from ui.widgets.search_box import SearchBox
from ui.widgets.toast import ToastBar


def button(widget: QWidget, text: str) -> QPushButton:
    return next(found for found in widget.findChildren(QPushButton) if found.text() == text)


def test_words_of_a_file_are_no_markup(qtbot: QtBot) -> None:
    label = Label("<b>bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_tag_changes_its_tone(qtbot: QtBot) -> None:
    tag = Tag("about", "mind")
    qtbot.addWidget(tag)
    tag.show_tag("preferred", "good")
    assert (tag.text(), tag.property("tag")) == ("preferred", "good")


def test_chip_shows_its_count(qtbot: QtBot) -> None:
    chip = Chip("R&D")
    qtbot.addWidget(chip)
    chip.set_text("R&D", 1234)
    assert (chip.text(), chip.accessibleName()) == ("R&&D  1,234", "R&D  1,234")


@pytest.fixture
def facet(qtbot: QtBot, light: Theme) -> FacetChip:
    chip = FacetChip("Country")
    qtbot.addWidget(chip)
    chip.set_choice("Korea")
    chip.resize(chip.sizeHint())
    chip.show()
    return chip


def test_facet_tells_its_choice(facet: FacetChip) -> None:
    assert (facet.text(), facet.active) == ("Country: Korea", True)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_key_clears_a_facet(qtbot: QtBot, facet: FacetChip, key: Qt.Key) -> None:
    with qtbot.waitSignal(facet.cleared):
        qtbot.keyClick(facet, key)
    assert not facet.active


def test_cross_clears_a_facet_without_opening_it(qtbot: QtBot, facet: FacetChip) -> None:
    with qtbot.waitSignal(facet.cleared), qtbot.assertNotEmitted(facet.clicked):
        qtbot.mouseClick(facet, Qt.MouseButton.LeftButton, pos=QPoint(facet.width() - 12, facet.height() // 2))


def test_click_elsewhere_opens_a_facet(qtbot: QtBot, facet: FacetChip) -> None:
    with qtbot.waitSignal(facet.clicked), qtbot.assertNotEmitted(facet.cleared):
        qtbot.mouseClick(facet, Qt.MouseButton.LeftButton, pos=QPoint(12, facet.height() // 2))


@pytest.fixture
def over(qtbot: QtBot, light: Theme) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    return widget


def test_toast_runs_its_action_once(qtbot: QtBot, over: QWidget) -> None:
    ran: list[int] = []
    toast = ToastBar(over)
    toast.tell("Deleted Gumi", "Undo", lambda: ran.append(1))
    button(toast, "Undo").click()
    button(toast, "Undo").click()
    assert (ran, toast.text) == ([1], "")


def test_toast_keeps_to_the_bottom(over: QWidget) -> None:
    toast = ToastBar(over)
    toast.tell("Saved")
    over.resize(500, 300)
    assert over.rect().contains(toast.geometry())
    assert toast.geometry().center().x() == pytest.approx(250, abs=2)


def test_toast_without_action_has_no_button(over: QWidget) -> None:
    toast = ToastBar(over)
    toast.tell("Saved")
    assert not toast.findChild(QPushButton).isVisible()


def test_notice_is_hidden_until_told(over: QWidget) -> None:
    assert NoticeBar(over).text == ""


def test_notice_offers_the_way_out(over: QWidget) -> None:
    ran: list[int] = []
    notice = NoticeBar(over)
    notice.tell("Revision 3 builds on it", "mind", "Show revision 3", lambda: ran.append(3))
    button(notice, "Show revision 3").click()
    assert (ran, notice.text) == ([3], "")


def test_notice_goes_on_its_cross(over: QWidget) -> None:
    notice = NoticeBar(over)
    notice.tell("Mind this")
    notice.findChild(QToolButton).click()
    assert notice.isHidden()


def test_search_waits_for_a_pause(qtbot: QtBot) -> None:
    box = SearchBox("Filter")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.searched) as told:
        qtbot.keyClicks(box, "gumi")
    assert told.args == ["gumi"]


def test_escape_empties_the_search_at_once(qtbot: QtBot) -> None:
    box = SearchBox("Filter")
    qtbot.addWidget(box)
    box.setText("gumi")
    with qtbot.waitSignal(box.searched, timeout=50) as told:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert told.args == [""]


def test_down_leaves_the_search(qtbot: QtBot) -> None:
    box = SearchBox("Filter")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.left_down):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_empty_state_offers_one_action(qtbot: QtBot, light: Theme) -> None:
    ran: list[int] = []
    state = EmptyState("No cluster yet.", "boxes", Command("new", msg("New cluster"), lambda: ran.append(1)))
    qtbot.addWidget(state)
    button(state, "New cluster").click()
    assert ran == [1]


def test_command_button_follows_its_command(qtbot: QtBot) -> None:
    on: list[int] = []
    command = Command("x", lambda: msg("Two") if on else msg("One"), on.clear, enabled=lambda: bool(on))
    found = CommandButton(command)
    qtbot.addWidget(found)
    on.append(1)
    found.update_state()
    assert (found.text(), found.isEnabled()) == ("Two", True)


def test_command_button_leaves_the_shortcut_to_the_window(qtbot: QtBot) -> None:
    found = CommandButton(Command("x", msg("One"), str, "Ctrl+1"))
    qtbot.addWidget(found)
    assert (found.action.shortcut().isEmpty(), found.toolTip()) == (True, "One (Ctrl+1)")


def test_flow_begins_a_new_line_when_full(over: QWidget) -> None:
    flow = FlowLayout(over, spacing=10)
    labels = [QLabel("x") for _ in range(3)]
    for label in labels:
        label.setFixedSize(100, 20)
        flow.addWidget(label)
        label.show()
    assert [flow.heightForWidth(width) for width in (400, 215, 100)] == [20, 50, 80]


def test_flow_leaves_no_gap_for_what_is_hidden(over: QWidget) -> None:
    flow = FlowLayout(over, spacing=10)
    flow.addWidget(QLabel("x"))
    assert flow.heightForWidth(100) == 0


def test_flow_lets_go_of_its_items(over: QWidget) -> None:
    flow = FlowLayout(over)
    flow.addWidget(QLabel("x"))
    flow.clear()
    assert flow.count() == 0


def test_collapsible_folds(qtbot: QtBot, over: QWidget) -> None:
    part = Collapsible("Relations", QLabel("x"), over)
    with qtbot.waitSignal(part.toggled) as told:
        part.findChild(QToolButton).click()
    assert (told.args, part.is_open) == ([False], False)
