"""Workbooks back from ten colleagues, two of whom contradict another: decided in a matrix, imported, taken back."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query
from storage.exchange.exporting import export_catalogue
from ui.importing.several_view import SeveralView
from ui.pages.import_ import ImportPage
from ui.widgets.toast import ToastBar
from ui.window import Window

PEOPLE = 10


def sent_back(catalogue: Catalogue, folder: Path) -> list[Path]:
    """Each colleague notes something on an organisation of his own; the last one also on two others."""
    export_catalogue(catalogue, folder / "export.xlsx")
    names = organisations(catalogue)
    paths = []
    for person in range(PEOPLE):
        edits = {names[person]: f"by {person}"} | ({names[1]: "by 9", names[2]: "by 9"} if person == 9 else {})
        paths.append(edited(folder / "export.xlsx", folder / f"colleague{person}.xlsx", edits))
    return paths


def organisations(catalogue: Catalogue) -> list[str]:
    return [str(row[1]) for row in catalogue.stored(Query("organisation"), ("name",))]


def edited(source: Path, target: Path, notes: Mapping[str, str]) -> Path:
    book = openpyxl.load_workbook(source)
    sheet = book["Organisations"]
    headers = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if (name := str(row[headers.index("Name")].value)) in notes:
            row[headers.index("Note")].value = notes[name]
    book.save(target)
    book.close()
    return target


def notes(catalogue: Catalogue) -> dict[str, str]:
    return {str(name): str(note or "") for _, name, note in catalogue.stored(Query("organisation"), ("name", "note"))}


@pytest.fixture
def page(window: Window) -> ImportPage:
    return window.navigation.pages["import"]


def settle(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.several.state.busy is None and page.context.jobs.idle, timeout=120_000)


def drop(qtbot: QtBot, window: Window, page: ImportPage, paths: list[Path]) -> SeveralView:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier))
    settle(qtbot, page)
    return page.together


def click(qtbot: QtBot, view: SeveralView, row: int, header: str) -> None:
    """Click the value of a row under a header."""
    columns = range(view.model.columnCount())
    column = next(c for c in columns if view.model.headerData(c, Qt.Orientation.Horizontal) == header)
    view.table.scrollTo(view.model.index(row, column))
    place: QPoint = view.table.visualRect(view.model.index(row, column)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_ten_colleagues(qtbot: QtBot, window: Window, page: ImportPage, tmp_path: Path) -> None:
    catalogue = window.context.bridge.catalogue
    before, first = notes(catalogue), catalogue.revision
    paths, names = sent_back(catalogue, tmp_path), organisations(catalogue)
    view = drop(qtbot, window, page, paths)
    assert view.isVisible()
    assert view.model.rowCount() == 2

    click(qtbot, view, 0, "colleague9.xlsx")
    view.table.setCurrentIndex(view.model.index(1, 0))
    qtbot.keyClick(view.table, Qt.Key.Key_0)
    assert page.several.state.undecided == 0
    qtbot.mouseClick(view.forward, Qt.MouseButton.LeftButton)
    settle(qtbot, page)

    assert catalogue.revision == first + PEOPLE - 2  # of the two who lost nothing was left
    after = notes(catalogue)
    assert (after[names[1]], after[names[2]], after[names[3]]) == ("by 9", before[names[2]], "by 3")

    [undo] = [b for b in window.findChildren(QPushButton) if b.text() == "Undo" and isinstance(b.parent(), ToastBar)]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert notes(catalogue) == before
    assert page.several.state.ready == tuple(range(PEOPLE))


def test_one_of_them_can_be_reviewed_alone(qtbot: QtBot, window: Window, page: ImportPage, tmp_path: Path) -> None:
    catalogue = window.context.bridge.catalogue
    view = drop(qtbot, window, page, sent_back(catalogue, tmp_path)[:3])
    [button] = [b for b in view.findChildren(QPushButton) if b.accessibleName() == "Review alone: colleague1.xlsx"]
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.session.state.review is not None and page.context.jobs.idle, timeout=60_000)
    assert page.review.isVisible()
    page.session.close()
    assert [file.path.name for file in page.several.state.files] == ["colleague0.xlsx", "colleague2.xlsx"]
    assert page.together.isVisible()


def test_a_file_that_cannot_be_read_is_told_and_holds_nobody_up(
    qtbot: QtBot, window: Window, page: ImportPage, tmp_path: Path
) -> None:
    catalogue = window.context.bridge.catalogue
    (tmp_path / "broken.xlsx").write_bytes(b"PK nothing")
    paths = [*sent_back(catalogue, tmp_path)[:2], tmp_path / "broken.xlsx"]
    view = drop(qtbot, window, page, paths)
    first = catalogue.revision
    qtbot.mouseClick(view.forward, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert catalogue.revision == first + 2
    assert str(page.several.state.files[2].trouble).startswith("broken.xlsx is damaged")
