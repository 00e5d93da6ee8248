"""A workbook that another program holds open is not written over; a copy beside it is one click away."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from storage.domain.query import Query
from ui.export import Export
from ui.page import Context, Toast


@pytest.fixture
def export(qtbot: QtBot, context: Context) -> Export:
    window = QWidget()
    qtbot.addWidget(window)
    return Export(context, window)


def said(qtbot: QtBot, context: Context, export: Export, path: Path) -> Toast:
    with qtbot.waitSignal(context.toast_requested) as told:
        export.write(path, Query("cluster"))
    toast: Toast = told.args[0]
    return toast


def test_a_copy_is_offered_and_written(qtbot: QtBot, context: Context, export: Export, tmp_path: Path) -> None:
    path = tmp_path / "clusters.xlsx"
    path.write_bytes(b"open elsewhere")
    path.with_name(".~lock.clusters.xlsx#").touch()
    toast = said(qtbot, context, export, path)
    with qtbot.waitSignal(context.toast_requested) as done:
        assert toast.run is not None
        toast.run()
    assert (toast.action, done.args[0].text[-15:]) == ("Save as clusters 2.xlsx", "clusters 2.xlsx")
    assert path.read_bytes() == b"open elsewhere"


def test_a_folder_that_is_not_there_has_no_copy_beside(
    qtbot: QtBot, context: Context, export: Export, tmp_path: Path
) -> None:
    toast = said(qtbot, context, export, tmp_path / "gone" / "clusters.xlsx")
    assert (toast.action, "no folder" in toast.text) == ("", True)


def test_what_is_not_locked_is_written_over(qtbot: QtBot, context: Context, export: Export, tmp_path: Path) -> None:
    (tmp_path / "clusters.xlsx").write_bytes(b"old")
    assert said(qtbot, context, export, tmp_path / "clusters.xlsx").action == "Open"
