"""Values are edited in place: one revision each, refused ones marked, overtaken ones read again."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, update
from storage.domain.query import Query
from storage.domain.text import msg
from ui.inspector import RecordInspector
from ui.inspector.figure_row import FigureRow
from ui.inspector.values import ValueView
from ui.page import Context

VALLEY = 1
FIGURE = 3


def stored(catalogue: Catalogue, kind: str, id: int, *keys: str) -> tuple[object, ...]:
    return catalogue.rows(kind, [id], [catalogue.kinds[kind].field(key) for key in keys])[0]


def edit(view: ValueView, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type over a value and press a key."""
    view.begin()
    line = view.editor.focusProxy()
    line.selectAll()
    QtBot.keyClicks(line, text)
    QtBot.keyClick(line, key)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (("cluster", VALLEY, "since"), "2005"),
        (("cluster", VALLEY, "latitude"), "37.4"),
        (("observation", FIGURE, "value"), "> 50"),
        (("observation", FIGURE, "scope"), "first phase"),
        (("metric", 1, "statistical_unit"), "persons"),
    ],
)
def test_enter_writes_the_value(show, catalogue: Catalogue, cell: tuple[str, int, str], text: str) -> None:
    kind, id, key = cell
    edit(show(kind, id).rows.rows[key].view, text)
    assert catalogue.kinds[kind].field(key).format(stored(catalogue, *cell)[0]) == text


def test_an_edit_is_one_revision_with_a_label(show, catalogue: Catalogue) -> None:
    before = catalogue.revision
    edit(show("cluster").rows.rows["since"].view, "2005")
    assert [(r.id, r.label) for r in catalogue.history(1)] == [(before + 1, "Change Since of Pangyo Techno Valley")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Space])
def test_keys_open_the_editor(show, key: Qt.Key) -> None:
    view = show("cluster").rows.rows["since"].view
    QtBot.keyClick(view.label, key)
    assert view.editor is not None


def test_a_click_opens_the_editor(qtbot: QtBot, show) -> None:
    view = show("cluster").rows.rows["since"].view
    qtbot.mouseClick(view.label, Qt.MouseButton.LeftButton)
    assert view.editor is not None


def test_escape_keeps_the_value(show, catalogue: Catalogue) -> None:
    before = catalogue.revision
    view = show("cluster").head.names[0]
    edit(view, "Gwanggyo", Qt.Key.Key_Escape)
    assert (view.editor, view.label.text(), catalogue.revision) == (None, "Pangyo Techno Valley", before)


def test_the_focus_returns_to_the_value(qtbot: QtBot, show, inspector: RecordInspector) -> None:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is inspector)
    view = show("cluster").rows.rows["since"].view
    edit(view, "2005")
    assert QApplication.focusWidget() is view.label


def test_a_refused_value_is_marked_in_place(show, catalogue: Catalogue) -> None:
    before = catalogue.revision
    view = show("cluster").rows.rows["since"].view
    edit(view, "soon")
    assert (view.editor.note.startswith("“soon” is not read as a period"), catalogue.revision) == (True, before)


def test_an_overtaken_edit_says_so_and_shows_the_record_as_it_is(show, catalogue: Catalogue) -> None:
    view = show("cluster")
    row = view.rows.rows["since"].view
    row.begin()
    after = catalogue.kinds["cluster"].field("since").write(catalogue.kinds["cluster"].field("since").parse("1999"))
    catalogue.apply(ChangeSet.of([update("cluster", VALLEY, {"since": None}, after)]), msg("Meanwhile"))
    edit(row, "2005")
    assert (row.label.text(), "has changed meanwhile" in view.notice.text) == ("1999", True)


def test_going_to_another_record_keeps_what_was_typed(
    qtbot: QtBot, show, catalogue: Catalogue, inspector: RecordInspector
) -> None:
    view = show("organisation", 2).rows.rows["since"].view
    view.begin()
    QtBot.keyClicks(view.editor.focusProxy(), "2010")
    inspector.show_record("cluster", VALLEY)
    assert stored(catalogue, "organisation", 2, "since")[0].text == "2010"


def test_blank_fields_of_lesser_weight_are_folded_away(show) -> None:
    rows = show("cluster").rows
    folded = rows.rows["url"].isHidden()
    rows._more.click()
    assert (folded, rows.rows["url"].isHidden()) == (True, False)


def test_the_history_of_one_field(show, inspector: RecordInspector, qtbot: QtBot) -> None:
    view = show("cluster")
    with qtbot.waitSignal(inspector.filled):
        edit(view.rows.rows["since"].view, "2005")
    with qtbot.waitSignal(inspector.filled):
        edit(view.head.names[0], "Pangyo")
    view.rows.history_wanted.emit(view.kind.field("name"))
    told = [row._past.lines for row in past_rows(view)]
    assert told == [("Name: Pangyo Techno Valley → Pangyo",), ("Entered: Pangyo Techno Valley",)]


def test_the_history_of_a_field_of_a_sub_record(show) -> None:
    view = show("cluster")
    line = view.sections["names"].lines[1]
    line.begin()
    line.form.history_wanted.emit(line.form.rows["name"].field)
    assert [row._past.lines for row in past_rows(view)] == [("Entered: PTV",)]


@pytest.mark.parametrize(("key", "offered"), [("since", ["Edit", "Copy", "History of Since"]), ("place", ["Copy"])])
def test_the_menu_of_a_value(qtbot: QtBot, show, key: str, offered: list[str]) -> None:
    view = show("cluster").rows.rows[key].view
    view.open_menu(QPoint())
    menu = view.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == offered
    menu.close()


def past_rows(view):
    column = view.sections["history"].column
    widgets = [column.itemAt(place).widget() for place in range(column.count())]
    return [widget for widget in widgets if hasattr(widget, "_past")]


def test_the_history_tells_old_and_new(show, inspector: RecordInspector, qtbot: QtBot) -> None:
    view = show("observation", FIGURE)
    with qtbot.waitSignal(inspector.filled):
        edit(view.rows.rows["value"].view, "71 thousand")
    assert past_rows(view)[0]._past.lines == ("Value: 70,000 · about → 71,000",)


def test_the_history_takes_back(show, catalogue: Catalogue, inspector: RecordInspector, qtbot: QtBot) -> None:
    view = show("cluster")
    with qtbot.waitSignal(inspector.filled):
        edit(view.rows.rows["since"].view, "2005")
    with qtbot.waitSignal(inspector.filled):
        past_rows(view)[0].undo.click()
    assert stored(catalogue, "cluster", VALLEY, "since") == (None,)


def test_what_cannot_be_taken_back_says_why(show, inspector: RecordInspector, qtbot: QtBot) -> None:
    view = show("cluster")
    for text in ("2005", "2006"):
        with qtbot.waitSignal(inspector.filled):
            edit(view.rows.rows["since"].view, text)
    past_rows(view)[1].undo.click()
    assert "builds on revision" in view.notice.text


def test_a_name_can_be_added(show, catalogue: Catalogue, inspector: RecordInspector, qtbot: QtBot) -> None:
    section = show("cluster").sections["names"]
    section.begin_add()
    QtBot.keyClicks(section.form.editors["name"].focusProxy(), "Pangyo")
    with qtbot.waitSignal(inspector.filled):
        section.form.add.click()
    assert [line.name.text() for line in section.lines.values()] == ["Pangyo", "PTV"]


def test_a_form_marks_what_is_missing(show, catalogue: Catalogue) -> None:
    section = show("cluster").sections["names"]
    section.begin_add()
    section.form.add.click()
    assert section.form.editors["name"].note == "Name must not be blank."


@pytest.mark.parametrize(
    ("relation", "expected"), [("serves", (VALLEY, "serves", 3)), ("serves<", (3, "serves", VALLEY))]
)
def test_a_relation_can_be_added_in_both_directions(
    show, catalogue: Catalogue, relation: str, expected: tuple[int, str, int]
) -> None:
    section = show("cluster").sections["relations"]
    section.begin_add()
    editors = section.form.editors
    editors["type"].box.setCurrentIndex(editors["type"].box.findData(relation))
    QtBot.keyClicks(editors["object_id"].line, "Seongnam")
    QtBot.keyClick(editors["object_id"].line, Qt.Key.Key_Return)
    section.form.add.click()
    subject, kind, other = stored(catalogue, "relation", 3, "subject_id", "type", "object_id")
    assert (subject.id, kind, other.id) == expected


def test_a_sub_record_can_be_edited(show, catalogue: Catalogue) -> None:
    line = show("cluster").sections["names"].lines[1]
    line.begin()
    edit(line.form.rows["name"].view, "P.T.V.")
    assert stored(catalogue, "alias", 1, "name") == ("P.T.V.",)


def test_a_sub_record_can_be_deleted(show, catalogue: Catalogue, inspector: RecordInspector, qtbot: QtBot) -> None:
    section = show("cluster").sections["names"]
    line = section.lines[1]
    line.tools.come()
    with qtbot.waitSignal(inspector.filled):
        line.tools.layout().itemAt(1).widget().click()
    assert (section.lines, catalogue.count(Query("alias"))) == ({}, 0)


def competing(view):
    return [w for w in view.widget().findChildren(object) if type(w).__name__ == "CompetingFigure"]


def test_another_figure_can_be_preferred_with_a_reason(
    show, catalogue: Catalogue, inspector: RecordInspector, qtbot: QtBot
) -> None:
    view = show("cluster")
    before = catalogue.revision
    row = next(row for row in competing(view) if not row.point.preferred)
    row.button.click()
    QtBot.keyClicks(row.editor.focusProxy(), "a census")
    with qtbot.waitSignal(inspector.filled):
        QtBot.keyClick(row.editor.focusProxy(), Qt.Key.Key_Return)
    figures = [stored(catalogue, "observation", id, "preferred", "reason") for id in (FIGURE, FIGURE + 1)]
    assert (figures, catalogue.revision) == ([(False, None), (True, "a census")], before + 1)


def test_the_inspector_says_what_it_does_in_the_toast(show, context: Context, qtbot: QtBot) -> None:
    view = show("cluster").rows.rows["since"].view
    with qtbot.waitSignal(context.bridge.performed) as told:
        edit(view, "2005")
    assert told.args[0].label == "Change Since of Pangyo Techno Valley"


def test_a_choice_is_picked_from_its_open_list(qtbot: QtBot, show, catalogue: Catalogue) -> None:
    view = show("cluster").rows.rows["type"].view
    QtBot.keyClick(view.label, Qt.Key.Key_Return)
    qtbot.wait(300)
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the list has shut"
    choices = popup.findChild(QAbstractItemView)
    qtbot.keyClick(choices, Qt.Key.Key_Down)
    qtbot.keyClick(choices, Qt.Key.Key_Return)
    options = catalogue.kinds["cluster"].field("type").type.options
    assert stored(catalogue, "cluster", VALLEY, "type")[0] == options[1].key
    assert QApplication.focusWidget() is view.label


@pytest.mark.parametrize(
    ("text", "kept"), [("72,000", None), ("~ 58,000", "some 58,000"), ("58 thousand", "some 58,000")]
)
def test_another_figure_takes_the_words_of_the_source_away(
    show, catalogue: Catalogue, text: str, kept: str | None
) -> None:
    given = update("observation", 1, {"value_text": None}, {"value_text": "some 58,000"})
    catalogue.apply(ChangeSet.of([given]), msg("As given"))
    edit(show("observation", 1).rows.rows["value"].view, text)
    assert stored(catalogue, "observation", 1, "value_text") == (kept,)


def test_a_figure_is_corrected_in_its_line(qtbot: QtBot, show, context: Context, catalogue: Catalogue) -> None:
    (row,) = show("cluster").sections["figures"].content.findChildren(FigureRow)
    QtBot.keyClick(row.value.label, Qt.Key.Key_Return)
    with qtbot.waitSignal(context.bridge.performed) as told:
        line = row.value.editor.focusProxy()
        line.selectAll()
        QtBot.keyClicks(line, "71000")
        QtBot.keyClick(line, Qt.Key.Key_Return)
    assert str(told.args[0].text) == "Change Workers of Pangyo Techno Valley"
    assert stored(catalogue, "observation", row.line.observation, "value")[0].amount == 71_000


def test_a_figure_is_added_in_place(show, catalogue: Catalogue) -> None:
    section = show("cluster").sections["figures"]
    section.add_button.click()
    section.form.editors["metric_id"].set_value(catalogue.refs("metric", [1])[1])
    for key, text in (("period", "2016"), ("value", "75,000")):
        line = section.form.editors[key].focusProxy()
        QtBot.keyClicks(line, text)
    section.form.add.click()
    newest = catalogue.latest_figure(VALLEY, 1)
    period, value = stored(catalogue, "observation", newest, "period", "value")
    assert (period.text, value.amount) == ("2016", 75_000)
