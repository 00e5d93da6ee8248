"""Every editor takes a value, gives one back, and says why it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from storage.domain.fields import Field, Number, PeriodOf, QuantityOf, Ref, Reference, Words, YesNo
from storage.domain.periods import Period
from storage.domain.quantities import Quantity
from storage.domain.text import Text
from storage.domain.vocabulary import CLUSTER_TYPES
from storage.errors import InvalidInput
from ui.widgets.editors import FieldEditor, editor_for

PEOPLE = (Ref(1, "KICOX", "한국산업단지공단"), Ref(2, "KAIST"), Ref(3, "Pangyo Techno Valley", "판교테크노밸리"))

NAME = Field("name", Text("Name"), Words(), required=True)
NOTE = Field("note", Text("Note"), Words(long=True))
TYPE = Field("type", Text("Type"), CLUSTER_TYPES)
LATITUDE = Field("latitude", Text("Latitude"), Number(-90, 90))
SINCE = Field("since", Text("Since"), PeriodOf())
VALUE = Field("value", Text("Value"), QuantityOf())
PREFERRED = Field("preferred", Text("Preferred"), YesNo())
OPERATOR = Field("operator", Text("Operator"), Reference("organisation"))

Open = Callable[[Field, Any], FieldEditor]


def choose(_kind: str, words: str) -> list[Ref]:
    return [ref for ref in PEOPLE if words.casefold() in ref.name.casefold()]


@pytest.fixture
def open_editor(qtbot: QtBot) -> Open:
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.addWidget(QLineEdit())
    panel.resize(400, 400)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is panel)

    def start(field: Field, value: Any) -> FieldEditor:
        editor = editor_for(field, panel, "en", choose)
        column.addWidget(editor)
        editor.set_value(value)
        editor.show()
        editor.begin()
        return editor

    return start


def write(editor: FieldEditor, text: str, key: Qt.Key | None = None) -> None:
    """Replace the text as a user does."""
    line = editor.findChild(QLineEdit)
    line.selectAll()
    line.insert(text)
    line.textEdited.emit(text)
    if key is not None:
        press(editor, key)


def press(editor: FieldEditor, key: Qt.Key) -> None:
    QtBot.keyClick(editor.focusProxy(), key)


KEPT = [
    (NAME, "Pangyo"),
    (NOTE, "two\nlines"),
    (TYPE, "mini-cluster"),
    (TYPE, None),
    (LATITUDE, 37.4),
    (SINCE, Period("2011-01-01", "2016-01-01", "past five years")),
    (VALUE, Quantity(7.0, precision="about", multiplier=1e4)),
    (VALUE, Quantity(70.0, 65.0, 75.0, "about", 1000.0)),
    (PREFERRED, True),
    (OPERATOR, PEOPLE[0]),
    (OPERATOR, None),
]


@pytest.mark.parametrize(("field", "value"), KEPT)
def test_an_untouched_value_comes_back_as_it_was(open_editor: Open, field: Field, value: object) -> None:
    assert open_editor(field, value).value() == value


@pytest.mark.parametrize(("field", "value"), KEPT)
def test_leaving_an_untouched_value_is_no_change(qtbot: QtBot, open_editor: Open, field: Field, value: object) -> None:
    editor = open_editor(field, value)
    with qtbot.assertNotEmitted(editor.committed), qtbot.waitSignal(editor.cancelled):
        editor.finish()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (NAME, "  Gwanggyo ", "Gwanggyo"),
        (LATITUDE, "37.25", 37.25),
        (SINCE, "2015", Period("2015-01-01", "2016-01-01", "2015")),
        (VALUE, "> 50", Quantity(50.0, precision="more than", text="> 50")),
        (VALUE, "70조", Quantity(70.0, multiplier=1e12, text="70조")),
    ],
)
def test_enter_keeps_what_was_written(qtbot: QtBot, open_editor: Open, field: Field, text: str, value: object) -> None:
    editor = open_editor(field, None)
    with qtbot.waitSignal(editor.committed):
        write(editor, text, Qt.Key.Key_Return)
    assert editor.value() == value


@pytest.mark.parametrize(
    ("field", "text", "reading"),
    [
        (SINCE, "2015", "2015-01-01 to 2015-12-31"),
        (SINCE, "2015-03-02", "2015-03-02"),
        (VALUE, "≈ 7만", "70,000 · about"),
        (VALUE, "50-60 million", "about · between 50,000,000 and 60,000,000"),
        (VALUE, "12%", "12 · “%” is not kept; the unit has its own field"),
        (LATITUDE, "37", ""),
        (VALUE, "plenty", ""),
    ],
)
def test_how_a_text_is_read_stands_under_it(open_editor: Open, field: Field, text: str, reading: str) -> None:
    editor = open_editor(field, None)
    write(editor, text)
    assert editor.note == reading


def test_a_unit_that_nobody_typed_is_not_spoken_of(open_editor: Open) -> None:
    assert open_editor(VALUE, Quantity(70_000.0, unit="persons")).note == "70,000"


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (NAME, "", "Name must not be blank."),
        (LATITUDE, "91", "91.0 is above the most, 90."),
        (SINCE, "soon", "“soon” is not read as a period"),
        (OPERATOR, "nobody", "“nobody” is no record; choose one from the list."),
    ],
)
def test_a_refused_value_is_marked_in_place(
    qtbot: QtBot, open_editor: Open, field: Field, text: str, reason: str
) -> None:
    editor = open_editor(field, None)
    with qtbot.assertNotEmitted(editor.committed), qtbot.assertNotEmitted(editor.cancelled):
        write(editor, text, Qt.Key.Key_Return)
    assert (editor.note.startswith(reason), editor.focusProxy().property("invalid")) == (True, True)


def test_typing_on_takes_the_mark_away(open_editor: Open) -> None:
    editor = open_editor(SINCE, None)
    write(editor, "soon", Qt.Key.Key_Return)
    write(editor, "2015")
    assert editor.focusProxy().property("invalid") is False


@pytest.mark.parametrize("field", [NAME, NOTE, TYPE, LATITUDE, SINCE, VALUE, PREFERRED, OPERATOR])
def test_escape_leaves_the_value(qtbot: QtBot, open_editor: Open, field: Field) -> None:
    editor = open_editor(field, None)
    with qtbot.assertNotEmitted(editor.committed), qtbot.waitSignal(editor.cancelled):
        press(editor, Qt.Key.Key_Escape)


def test_leaving_keeps_a_changed_value(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NAME, "Pangyo")
    write(editor, "Gwanggyo")
    with qtbot.waitSignal(editor.committed):
        editor.parentWidget().findChild(QLineEdit).setFocus()


def test_a_change_is_told_once(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NAME, "Pangyo")
    told: list[bool] = []
    editor.committed.connect(lambda: told.append(True))
    write(editor, "Gwanggyo", Qt.Key.Key_Return)
    editor.parentWidget().findChild(QLineEdit).setFocus()
    qtbot.wait(20)
    assert told == [True]


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NAME, "Pangyo")
    QApplication.sendEvent(editor.focusProxy(), QInputMethodEvent("판", []))
    with qtbot.assertNotEmitted(editor.committed), qtbot.assertNotEmitted(editor.cancelled):
        press(editor, Qt.Key.Key_Return)
        press(editor, Qt.Key.Key_Escape)


def test_enter_keeps_again_after_the_input_method_is_done(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NAME, "Pangyo")
    QApplication.sendEvent(editor.focusProxy(), QInputMethodEvent("판", []))
    done = QInputMethodEvent("", [])
    done.setCommitString("판")
    QApplication.sendEvent(editor.focusProxy(), done)
    with qtbot.waitSignal(editor.committed):
        press(editor, Qt.Key.Key_Return)
    assert editor.value() == "판"


def test_enter_begins_a_line_in_long_text(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NOTE, "one")
    with qtbot.assertNotEmitted(editor.committed):
        press(editor, Qt.Key.Key_Return)
    assert editor.box.toPlainText() == "one\n"


def test_long_text_grows_with_its_lines(open_editor: Open) -> None:
    editor = open_editor(NOTE, "one")
    before = editor.box.height()
    editor.set_value("\n".join("lines"))
    assert editor.box.height() > before


def test_control_and_enter_keep_long_text(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NOTE, "one")
    editor.box.setPlainText("two")
    with qtbot.waitSignal(editor.committed):
        QtBot.keyClick(editor.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_picking_a_line_keeps_a_choice(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(TYPE, None)
    with qtbot.waitSignal(editor.committed):
        editor.box.setCurrentIndex(1)
        editor.box.activated.emit(1)
    assert editor.value() == "techno valley"


def test_keys_go_through_a_closed_choice_without_keeping(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(TYPE, None)
    editor.box.hidePopup()
    with qtbot.assertNotEmitted(editor.committed):
        QtBot.keyClick(editor.box, Qt.Key.Key_Down)
    assert editor.value() == "techno valley"


def test_a_choice_keeps_a_key_that_is_not_in_the_list(open_editor: Open) -> None:
    assert open_editor(TYPE, "cité").value() == "cité"


def test_bounds_beside_a_value_can_be_edited(open_editor: Open) -> None:
    editor = open_editor(VALUE, Quantity(70.0, 65.0, 75.0, "about", 1000.0))
    editor.bounds.setText("60,000–80,000")
    editor.bounds.textEdited.emit("")
    assert (editor.value().low, editor.value().high) == (60.0, 80.0)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("72,000", (65_000.0, 75_000.0)),
        ("65,000", (65_000.0, 75_000.0)),
        ("7.2만", (6.5, 7.5)),
        ("≥ 80,000", (None, None)),
        ("60,000", (None, None)),
    ],
)
def test_bounds_go_with_the_value_that_they_held(
    open_editor: Open, text: str, bounds: tuple[float | None, float | None]
) -> None:
    editor = open_editor(VALUE, Quantity(70.0, 65.0, 75.0, "about", 1000.0))
    write(editor, text)
    assert (editor.value().low, editor.value().high) == bounds


def test_bounds_come_back_with_a_value_that_they_hold(open_editor: Open) -> None:
    editor = open_editor(VALUE, Quantity(70.0, 65.0, 75.0, "about", 1000.0))
    write(editor, "7")
    write(editor, "71,000")
    assert (editor.value().low, editor.value().high) == (65_000.0, 75_000.0)


def test_search_finds_a_record(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(OPERATOR, None)
    with qtbot.waitSignal(editor.committed):
        write(editor, "kai", Qt.Key.Key_Return)
    assert editor.value() == PEOPLE[1]


def test_arrow_keys_choose_a_record(open_editor: Open) -> None:
    editor = open_editor(OPERATOR, None)
    press(editor, Qt.Key.Key_Down)
    press(editor, Qt.Key.Key_Down)
    assert editor.value() == PEOPLE[1]


def test_a_click_keeps_a_record(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(OPERATOR, None)
    place = editor.list.visualItemRect(editor.list.item(2)).center()
    with qtbot.waitSignal(editor.committed):
        qtbot.mouseClick(editor.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.value() == PEOPLE[2]


def test_an_emptied_line_names_no_record(open_editor: Open) -> None:
    editor = open_editor(OPERATOR, PEOPLE[0])
    write(editor, "")
    assert editor.value() is None


def test_a_required_choice_refuses_none(open_editor: Open) -> None:
    editor = open_editor(Field("type", Text("Relation"), CLUSTER_TYPES, required=True), None)
    with pytest.raises(InvalidInput, match="Relation must not be blank"):
        editor.value()


@pytest.mark.parametrize("field", [NAME, NOTE, TYPE, LATITUDE, SINCE, VALUE, PREFERRED, OPERATOR])
def test_what_takes_the_focus_has_a_name(open_editor: Open, field: Field) -> None:
    assert open_editor(field, None).focusProxy().accessibleName() == str(field.label)


def test_without_a_layout_it_grows_by_itself(qtbot: QtBot) -> None:
    cell = QWidget()
    qtbot.addWidget(cell)
    editor = editor_for(SINCE, cell, "en", choose)
    editor.resize(200, 32)
    cell.show()
    editor.set_value(None)
    write(editor, "2015")
    assert editor.height() > 32


def pick(qtbot: QtBot, steps: int) -> None:
    """Go down the open list and take a line, after the time in which losing the focus would have closed it."""
    qtbot.wait(300)
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the list has shut"
    view = popup.findChild(QAbstractItemView)
    for _ in range(steps):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)


def test_a_choice_stays_open_until_a_line_is_taken(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(TYPE, None)
    with qtbot.waitSignal(editor.committed), qtbot.assertNotEmitted(editor.cancelled):
        pick(qtbot, 2)
    assert editor.value() == editor.field.type.options[1].key


def test_leaving_a_choice_keeps_what_the_keys_went_to(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(TYPE, None)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    editor.box.hidePopup()
    qtbot.keyClick(editor.box, Qt.Key.Key_Down)
    with qtbot.waitSignal(editor.committed):
        editor.parentWidget().findChild(QLineEdit).setFocus()


@pytest.mark.parametrize("field", [NAME, NOTE, SINCE, VALUE, OPERATOR])
@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_Y])
def test_undo_and_redo_in_an_open_editor_are_its_own(open_editor: Open, field: Field, key: Qt.Key) -> None:
    editor = open_editor(field, None)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
    override.ignore()
    QApplication.sendEvent(editor.focusProxy(), override)
    assert override.isAccepted()


def test_what_was_taken_back_comes_again(qtbot: QtBot, open_editor: Open) -> None:
    editor = open_editor(NAME, "Pangyo")
    qtbot.keyClicks(editor.line, "x")
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        qtbot.keyClick(editor.line, key, Qt.KeyboardModifier.ControlModifier)
    assert editor.line.text() == "x"
