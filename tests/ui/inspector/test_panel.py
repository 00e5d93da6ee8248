"""What the inspector shows as a whole, and when it reads again."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, delete, update
from storage.domain.text import msg
from ui.inspector import RecordInspector
from ui.page import Context
from ui.widgets.active_label import ActiveLabel

VALLEY, FIGURE = 1, 3


def words(inspector: RecordInspector) -> list[str]:
    """Return all texts that are to be read."""
    return [label.text() for label in inspector.findChildren(QLabel) if label.isVisibleTo(inspector)]


def test_nothing_selected_says_what_to_do(inspector: RecordInspector) -> None:
    assert words(inspector) == ["Select a record to see and edit it here."]


def test_several_records_are_counted(inspector: RecordInspector) -> None:
    inspector.show_selection("cluster", [1, 2, 3])
    assert words(inspector) == ["3 records selected: Clusters"]


def test_a_selection_of_one_is_that_record(qtbot: QtBot, inspector: RecordInspector) -> None:
    with qtbot.waitSignal(inspector.filled):
        inspector.show_selection("cluster", [VALLEY])
    assert inspector.view.record_id == VALLEY


def test_no_record_empties_it(show, inspector: RecordInspector) -> None:
    show("cluster")
    inspector.show_record("cluster", None)
    assert inspector.view is None


@pytest.mark.parametrize(
    ("kind", "record_id", "expected"),
    [
        (
            "cluster",
            1,
            ["Pangyo Techno Valley", "판교테크노밸리", "Techno valley", "PTV", "GSTEP", "Seongnam", "Games"],
        ),
        ("cluster", 1, ["Workers", "≈ 70,000", "persons", "about", "conflict", "Korea IT Times"]),
        ("cluster", 1, ["Workers 2015: 2 sources, one preferred", "72,000", "preferred", "it was counted"]),
        ("organisation", 2, ["GSTEP", "operates", "Pangyo Techno Valley"]),
        ("region", 3, ["Seongnam", "location of", "Pangyo Techno Valley"]),
        ("metric", 1, ["Workers", "종사자 수", "persons", "Stock", "Pangyo Techno Valley", "≈ 70,000"]),
        (
            "source",
            1,
            ["Korea IT Times", "line 14", "“some 70,000 workers”", "Pangyo Techno Valley: Workers", "63,000"],
        ),
        ("observation", 3, ["≈ 70,000 persons", "preferred", "conflict", "it was counted"]),
        ("observation", 3, ["Workers · Pangyo Techno Valley · 2015", "line 14: “some 70,000 workers”", "72,000"]),
    ],
)
def test_a_record_is_shown_with_all_that_belongs_to_it(
    show, inspector: RecordInspector, kind: str, record_id: int, expected: list[str]
) -> None:
    show(kind, record_id)
    shown = words(inspector)
    assert [text for text in expected if text not in shown] == []


def test_a_change_of_the_record_is_shown(qtbot: QtBot, show, context: Context, inspector: RecordInspector) -> None:
    show("cluster")
    with qtbot.waitSignal(inspector.filled):
        context.bridge.catalogue.apply(
            ChangeSet.of([update("cluster", VALLEY, {"name": "Pangyo Techno Valley"}, {"name": "Pangyo"})]),
            msg("Rename"),
        )
    assert "Pangyo" in words(inspector)


def test_a_change_elsewhere_is_not_read(qtbot: QtBot, show, context: Context, inspector: RecordInspector) -> None:
    show("source")
    with qtbot.assertNotEmitted(inspector.filled, wait=100):
        context.bridge.catalogue.apply(
            ChangeSet.of([update("relation", 1, {"role": None}, {"role": "operator"})]), msg("Change")
        )


def test_a_change_while_hidden_is_shown_on_return(
    qtbot: QtBot, show, context: Context, inspector: RecordInspector
) -> None:
    show("cluster")
    inspector.hide()
    with qtbot.waitSignal(context.bridge.changed):
        context.bridge.catalogue.apply(
            ChangeSet.of([update("cluster", VALLEY, {"type": "techno valley"}, {"type": "corridor"})]), msg("Change")
        )
    with qtbot.waitSignal(inspector.filled):
        inspector.show()
    assert "Corridor" in words(inspector)


def test_a_deleted_record_leaves_it_empty(qtbot: QtBot, show, catalogue: Catalogue, inspector: RecordInspector) -> None:
    show("cluster")
    catalogue.apply(ChangeSet.of([delete("cluster", VALLEY)]), msg("Delete"))
    qtbot.waitUntil(lambda: inspector.view is None)


def test_a_folded_section_is_remembered(show, context: Context) -> None:
    show("cluster").sections["names"]._header.click()
    assert context.preferences.closed_sections == ["names"]


def test_a_folded_section_is_filled_when_opened(
    qtbot: QtBot, show, context: Context, inspector: RecordInspector
) -> None:
    context.preferences.closed_sections.append("names")
    view = show("cluster")
    assert "PTV" not in words(inspector)
    view.sections["names"]._header.click()
    qtbot.waitUntil(lambda: "PTV" in words(inspector))


def test_a_link_opens_the_other_record(qtbot: QtBot, show, context: Context) -> None:
    view = show("cluster")
    line = next(line for line in view.sections["relations"].lines.values() if line.name.text() == "GSTEP")
    with qtbot.waitSignal(context.record_requested) as asked:
        line.name.activated.emit()
    assert asked.args == ["organisation", 2]


def test_a_figure_opens_on_the_data_page(qtbot: QtBot, show, context: Context) -> None:
    view = show("cluster")
    row = view.sections["figures"].column.itemAt(0).widget()
    with qtbot.waitSignal(context.record_requested) as asked:
        row.title.activated.emit()
    assert asked.args == ["observation", FIGURE]


@pytest.mark.parametrize("section", ["names", "relations", "industries"])
def test_an_opened_form_comes_into_sight(qtbot: QtBot, show, inspector: RecordInspector, section: str) -> None:
    inspector.resize(384, 300)
    view = show("cluster")
    view.sections[section].begin_add()
    form = view.sections[section].form
    qtbot.waitUntil(lambda: not form.visibleRegion().isEmpty())


def test_what_takes_the_focus_has_a_name(show, inspector: RecordInspector) -> None:
    show("cluster")
    labels = inspector.view.widget().findChildren(ActiveLabel)
    assert [label for label in labels if not label.accessibleName() and not label.text()] == []


@pytest.mark.parametrize(("width", "beside"), [(400, True), (240, False)])
def test_label_stands_above_its_value_where_it_is_narrow(
    qtbot: QtBot, show, inspector: RecordInspector, width: int, beside: bool
) -> None:
    inspector.resize(width, 600)
    inspector.show()
    view = show("cluster")
    row = view.rows.rows["type"]
    qtbot.waitUntil(lambda: (row.view.geometry().x() > 50) is beside)
    # nothing is cut: every row has the height that its words need
    qtbot.waitUntil(lambda: row.height() >= row.heightForWidth(row.width()))
