"""The order for a template, from the dialog to the file."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from storage.domain.fields import Ref
from storage.domain.query import Query, Where
from ui.collecting.dialog import TemplateDialog
from ui.collecting.making import TemplateMaking
from ui.page import Context


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def making(context: Context, window: QWidget) -> TemplateMaking:
    return TemplateMaking(context, window)


def opened(making: TemplateMaking, kind: str = "", *ids: int) -> TemplateDialog:
    making.ask(kind, ids)
    assert making.dialog is not None
    return making.dialog


def pangyo(context: Context) -> int:
    found = context.bridge.catalogue.ids(Query("cluster", Where("name", "=", "Pangyo Techno Valley")))
    return int(found[0])


def test_it_begins_with_what_is_selected(making: TemplateMaking, context: Context) -> None:
    dialog = opened(making, "cluster", pangyo(context))
    assert (dialog.collection.records, dialog.collection.sheet_for) == ((pangyo(context),), "record")


def test_metrics_get_a_sheet_each(making: TemplateMaking) -> None:
    dialog = opened(making, "metric", 1, 3)
    assert (dialog.collection.metrics, dialog.collection.sheet_for) == ((1, 3), "metric")


def test_without_a_choice_nothing_can_be_made(making: TemplateMaking) -> None:
    dialog = opened(making)
    before = dialog.make.isEnabled()
    dialog.metrics.add(Ref(1, "Workers"))
    assert (before, dialog.make.isEnabled()) == (False, True)


@pytest.mark.parametrize("text", ["2023, 2024", "2023; 2024", "2023,2024,"])
def test_periods_are_parted_by_commas(making: TemplateMaking, text: str) -> None:
    dialog = opened(making)
    dialog.periods.setText(text)
    assert dialog.collection.periods == ("2023", "2024")


def test_a_record_is_found_by_its_name(qtbot: QtBot, making: TemplateMaking, context: Context) -> None:
    dialog = opened(making)
    dialog.records.box.setFocus()
    qtbot.waitUntil(dialog.records.box.hasFocus)
    qtbot.keyClicks(dialog.records.box, "Pangyo Techno")
    qtbot.waitUntil(lambda: dialog.records.box.list is not None and dialog.records.box.list.current is not None)
    qtbot.keyClick(dialog.records.box, Qt.Key.Key_Return)
    assert [record.id for record in dialog.records.records] == [pangyo(context)]


def test_a_chosen_record_goes_with_delete(qtbot: QtBot, making: TemplateMaking, context: Context) -> None:
    dialog = opened(making, "cluster", pangyo(context))
    qtbot.keyClick(dialog.records.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)[-1],
                   Qt.Key.Key_Delete)  # fmt: skip
    assert dialog.records.records == ()


def test_the_template_is_written_and_the_dialog_closes(
    qtbot: QtBot, making: TemplateMaking, context: Context, tmp_path: Path
) -> None:
    dialog = opened(making, "cluster", pangyo(context))
    with qtbot.waitSignal(context.toast_requested) as said:
        making.write(tmp_path / "template.xlsx", dialog.collection)
    assert openpyxl.load_workbook(tmp_path / "template.xlsx").sheetnames[1] == "Pangyo Techno Valley"
    assert (dialog.isVisible(), said.args[0].action) == (False, "Open")


def test_what_cannot_be_asked_is_said_in_the_dialog(qtbot: QtBot, making: TemplateMaking, tmp_path: Path) -> None:
    dialog = opened(making, "metric", 1)
    dialog.periods.setText("soon")
    making.write(tmp_path / "template.xlsx", dialog.collection)
    qtbot.waitUntil(lambda: dialog.notice.text != "")
    assert (dialog.isVisible(), (tmp_path / "template.xlsx").exists()) == (True, False)


def test_a_template_that_is_open_elsewhere_is_saved_beside_it(
    qtbot: QtBot, making: TemplateMaking, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(b"held")
    path.with_name(f"~${path.name}").touch()
    dialog = opened(making, "cluster", pangyo(context))
    with qtbot.waitSignal(context.toast_requested) as said:
        making.write(path, dialog.collection)
    toast = said.args[0]
    with qtbot.waitSignal(context.toast_requested):
        toast.run()
    assert (toast.action, path.read_bytes()) == ("Save as template 2.xlsx", b"held")
    assert (tmp_path / "template 2.xlsx").exists()
