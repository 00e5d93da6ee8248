"""Cells copied in a spreadsheet become figures, through the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query, Where
from tests.storage.workbook.made_clipboards import LIBREOFFICE
from ui.importing.state import Step
from ui.pages.import_ import ImportPage
from ui.window import Window

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><!--StartFragment-->
<tr><td>Cluster</td><td>Period</td><td>Workers (persons)</td></tr>
<tr><td>Pangyo Techno Valley</td><td align=right x:num>2017</td><td align=right x:num="80123.25">80,123</td></tr>
<tr><td>Gumi Industrial Complex</td><td align=right x:num>2017</td><td align=right x:num="103818">103,818</td></tr>
<!--EndFragment--></table></body></html>"""
EXCEL_TEXT = "Cluster\tPeriod\tWorkers (persons)\r\nPangyo Techno Valley\t2017\t80,123\r\n"


@pytest.fixture(autouse=True)
def bare_clipboard(qapp: QGuiApplication) -> Iterator[None]:
    """Leave nothing behind for other tests."""
    qapp.clipboard().clear()
    yield
    qapp.clipboard().clear()


@pytest.fixture
def page(window: Window) -> ImportPage:
    window.navigation.show_page("import")
    return window.navigation.pages["import"]


def copy(markup: str, text: str) -> None:
    """Put cells on the clipboard as a spreadsheet does."""
    data = QMimeData()
    if markup:
        data.setHtml(markup)
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def settle(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.session.state.busy is None and page.context.jobs.idle, timeout=60_000)


def press(qtbot: QtBot, page: ImportPage, text: str) -> None:
    """Click the button with these words on the page."""
    buttons = [b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible() and b.isEnabled()]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def test_cells_copied_in_excel_become_figures(
    qtbot: QtBot, window: Window, page: ImportPage, catalogue: Catalogue
) -> None:
    copy(EXCEL, EXCEL_TEXT)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert page.session.state.step is Step.MAPPING
    press(qtbot, page, "Go on to the names")  # all of them are known
    press(qtbot, page, f"Apply {page.session.state.review.count} changes")
    assert page.session.state.step is Step.DONE
    figures = catalogue.stored(Query("observation", Where("period", "=", "2017")), ("value",))
    assert sorted(value for _, value in figures) == [80123.25, 103818.0]


def test_what_was_pasted_is_kept_with_its_review(qtbot: QtBot, page: ImportPage) -> None:
    copy(LIBREOFFICE, "")
    press(qtbot, page, "Import from the clipboard")
    state = page.session.state
    (sheet,) = state.workbook.sheets
    assert (sheet.text(2, 0), state.path.name.startswith("Clipboard "), state.path.suffix) == ("판교", True, ".html")
    (review,) = page.session.keeper.reviews.listed(page.context.bridge.catalogue.identity) or [None]
    assert review is None or review.original == state.path


@pytest.mark.parametrize("text", ["", "A sentence, no cells."])
def test_without_a_table_the_button_is_grey_and_says_why(page: ImportPage, text: str) -> None:
    copy("", text)
    button = page.start.paste_button
    assert (button.text(), button.isEnabled()) == ("No table on the clipboard", False)


def test_a_copy_made_elsewhere_makes_the_button_live(page: ImportPage) -> None:
    copy("", "a\tb\n1\t2")
    button = page.start.paste_button
    assert (button.text(), button.isEnabled()) == ("Import from the clipboard", True)


def test_pasting_into_a_field_is_no_import(qtbot: QtBot, window: Window, page: ImportPage) -> None:
    copy(EXCEL, EXCEL_TEXT)
    field = QLineEdit(page)
    field.show()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (page.session.state.step, page.session.state.busy, "Cluster" in field.text()) == (Step.START, None, True)


def test_a_folder_that_cannot_be_written_is_told(page: ImportPage) -> None:
    copy(EXCEL, EXCEL_TEXT)
    page.context.folder.mkdir(exist_ok=True)
    (page.context.folder / "clipboard").write_text("a file in the way", encoding="utf-8")
    page.start.paste_button.click()
    assert "could not be put down" in str(page.session.state.trouble)
