"""From a workbook on the desk to one revision and back, through the window."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query
from storage.exchange.exporting import export_catalogue
from ui.importing.state import Step
from ui.pages.import_ import ImportPage
from ui.window import Window

HEADER = ["Cluster", "Period", "Workers (persons)", "Firms (firms)"]
FIRST = [
    ["Pangyo Techno Valley", "2015-12", 72_500, 1_000],
    ["Gumi Industrial Complex", "2016-12", 102_240, 2_011],
    ["Nowhere Campus", "2016-12", 120, 7],
    ["Gunsan Industrial Complex", "2016-12", "see note", 712],
]
NEXT = [
    ["Pangyo Techno Valley", "2017-12", 80_000, 1_270],
    ["Gumi Industrial Complex", "2016-12", 103_818, 2_011],
    ["Nowhere Campus", "2017-12", 130, 8],
]


def make(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Table {number}")
        for row in [HEADER, *rows]:
            sheet.append(row)
    book.save(path)
    return path


def drop(window: Window, path: Path) -> None:
    """Drop a file as the desktop does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, Qt.KeyboardModifier.NoModifier))


@pytest.fixture
def page(window: Window) -> ImportPage:
    return window.navigation.pages["import"]


def settle(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.session.state.busy is None and page.context.jobs.idle, timeout=60_000)


def press(qtbot: QtBot, page: ImportPage, text: str) -> None:
    """Click the button with these words on the page."""
    buttons = [b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible() and b.isEnabled()]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def import_first(qtbot: QtBot, window: Window, page: ImportPage, path: Path) -> None:
    """Drop, map, make the stranger new, review, apply."""
    drop(window, path)
    settle(qtbot, page)
    press(qtbot, page, "Go on to the names")
    press(qtbot, page, "Make the unknown name new")
    press(qtbot, page, "Review the changes")
    qtbot.keyClick(page.review.table, "2")
    press(qtbot, page, f"Apply {page.session.state.review.count} changes")


def workers(catalogue: Catalogue) -> list[float]:
    metric = next(record.id for record in catalogue.known_names("metric") if "Workers" in record.names)
    rows = catalogue.stored(Query("observation"), ("metric_id", "value"))
    return [value for _, of, value in rows if of == metric]


def test_workbook_comes_in_as_one_revision(
    qtbot: QtBot, window: Window, page: ImportPage, catalogue: Catalogue, tmp_path: Path
) -> None:
    before = catalogue.revision
    import_first(qtbot, window, page, make(tmp_path / "2016.xlsx", FIRST))
    assert (catalogue.revision, 72_500.0 in workers(catalogue)) == (before + 1, True)


def test_import_is_taken_back_with_one_undo(
    qtbot: QtBot, window: Window, page: ImportPage, catalogue: Catalogue, tmp_path: Path
) -> None:
    before = catalogue.checksum()
    import_first(qtbot, window, page, make(tmp_path / "2016.xlsx", FIRST))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.session.state.taken_back)
    assert catalogue.checksum() == before


def test_toast_takes_the_import_back(
    qtbot: QtBot, window: Window, page: ImportPage, catalogue: Catalogue, tmp_path: Path
) -> None:
    before = catalogue.checksum()
    import_first(qtbot, window, page, make(tmp_path / "2016.xlsx", FIRST))
    window.toast.findChild(QPushButton).click()
    assert catalogue.checksum() == before


def test_next_edition_goes_straight_to_its_review(
    qtbot: QtBot, window: Window, page: ImportPage, tmp_path: Path
) -> None:
    import_first(qtbot, window, page, make(tmp_path / "2016.xlsx", FIRST))
    drop(window, make(tmp_path / "2017.xlsx", NEXT))
    settle(qtbot, page)
    counts = page.session.state.review.proposal.counts()
    assert {name: counts[name] for name in ("new", "changed", "conflicts")} == {"new": 4, "changed": 1, "conflicts": 0}


def test_sheets_alike_are_read_together(
    qtbot: QtBot, window: Window, page: ImportPage, tmp_path: Path
) -> None:  # fmt: skip
    drop(window, make(tmp_path / "both.xlsx", FIRST, NEXT))
    settle(qtbot, page)
    assert page.mapping.sheets.currentText() == "All 2 sheets with these headers"


def test_export_brought_back_changes_nothing(
    qtbot: QtBot, window: Window, page: ImportPage, catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "export.xlsx"
    export_catalogue(catalogue, path)
    drop(window, path)
    settle(qtbot, page)
    assert (page.session.state.step, page.session.state.review.count) == (Step.REVIEW, 0)


def test_keys_alone_carry_an_import(
    qtbot: QtBot, window: Window, page: ImportPage, catalogue: Catalogue, tmp_path: Path
) -> None:
    before = catalogue.revision
    drop(window, make(tmp_path / "2016.xlsx", FIRST))
    settle(qtbot, page)
    for keys in ("n", "2", ""):
        qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, page)
        qtbot.keyClicks(window.focusWidget(), keys)
    assert catalogue.revision == before + 1


@dataclass(frozen=True)
class Real:
    """A real file, how many figures it holds, and what a person has to tell."""

    name: str
    figures: int
    told: dict[str, str] = field(default_factory=dict)


@pytest.mark.real_files
@pytest.mark.parametrize(
    "real",
    [
        Real("korea/1_soc_index.xlsx", 264),
        Real("korea/city_area.xlsx", 264),
        Real("korea/comparison_industry_metrics.csv", 74, {"period": "2023"}),
    ],
    ids=lambda real: real.name,
)
def test_real_workbook_comes_in(qtbot: QtBot, window: Window, page: ImportPage, shared_data: Path, real: Real) -> None:
    catalogue = window.context.bridge.catalogue
    before = catalogue.count(Query("observation"))
    drop(window, shared_data / "agency" / real.name)
    settle(qtbot, page)
    for key, value in real.told.items():
        page.mapping.constants.lines[key].setText(value)
        page.mapping.constants.lines[key].editingFinished.emit()
        settle(qtbot, page)
    press(qtbot, page, "Go on to the names")
    if page.names.take_best.isVisible():
        qtbot.mouseClick(page.names.take_best, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.names.make_all, Qt.MouseButton.LeftButton)
    press(qtbot, page, "Review the changes")
    press(qtbot, page, f"Apply {page.session.state.review.count:,} changes")
    assert catalogue.count(Query("observation")) == before + real.figures
