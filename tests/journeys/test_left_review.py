"""A workbook sent out, changed on both sides, reviewed half, left, and finished after a restart."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, update
from storage.domain.proposal import Outcome
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.exchange.exporting import export_catalogue
from tests.storage.exchange.edits import edited, put, row_of
from ui.importing.state import Step
from ui.pages.import_ import ImportPage
from ui.window import Window

PANGYO, GUMI, GUNSAN = "Pangyo Techno Valley", "Gumi Industrial Complex", "Gunsan Industrial Complex"
Open = Callable[[], Window]


@pytest.fixture
def run(qtbot: QtBot, open_window: Open) -> Open:
    """Start the program and go to the import page."""

    def running() -> Window:
        window = open_window()
        window.navigation.show_page("import")
        settle(qtbot, page_of(window))
        return window

    return running


def page_of(window: Window) -> ImportPage:
    page = window.navigation.pages["import"]
    assert isinstance(page, ImportPage)
    return page


def settle(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.session.state.busy is None and page.context.jobs.idle, timeout=60_000)


def press(qtbot: QtBot, page: ImportPage, text: str) -> None:
    found = [b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible() and b.isEnabled()]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def note(catalogue: Catalogue, name: str) -> object:
    return catalogue.stored(Query("cluster", Where("name", "=", name)), ("note",))[0][1]


def write(file: Path, **notes: str) -> None:
    """Change notes in the catalogue while the program does not run."""
    catalogue = Catalogue.open(file)
    changes = []
    for name, after in notes.items():
        id, before = catalogue.stored(Query("cluster", Where("name", "=", name)), ("note",))[0]
        changes.append(update("cluster", id, {"note": before}, {"note": after}))
    catalogue.apply(ChangeSet.of(changes), msg("Write notes"))
    catalogue.close()


def sent_and_answered(file: Path, folder: Path) -> Path:
    """Export, and have a colleague change three notes; two of them change here, too."""
    write(file, **{PANGYO: "as sent", GUMI: "as sent", GUNSAN: "as sent"})
    catalogue = Catalogue.open(file)
    path = export_catalogue(catalogue, folder / "from Kim.xlsx").path
    catalogue.close()

    def edit(book: Workbook) -> None:
        sheet = book["Clusters"]
        for name in (PANGYO, GUMI, GUNSAN):
            put(sheet, row_of(sheet, "Name", name), Note=f"Kim on {name}")

    write(file, **{PANGYO: "mine", GUMI: "mine"})
    return edited(path, edit)


def test_review_of_three_is_left_and_finished_after_a_restart(
    qtbot: QtBot, run: Open, file: Path, tmp_path: Path
) -> None:
    answered = sent_and_answered(file, tmp_path)
    window = run()
    page = page_of(window)
    window.take_file(answered)
    settle(qtbot, page)
    counts = page.session.state.review.proposal.counts()
    assert (page.session.state.step, counts["conflicts"], counts["changed"]) == (Step.REVIEW, 2, 1)
    page.review.chips.findChild(QPushButton, "conflict").click()
    first = page.review.model.item(page.review.table.currentIndex().row())
    qtbot.keyClick(page.review.table, "2")
    second = page.review.model.item(page.review.table.currentIndex().row())
    qtbot.keyClick(page.review.table, "1")
    window.close()
    answered.unlink()

    # what the second decision was made on moves while the program does not run
    write(file, **{second.title: "mine, once more"})
    window = run()
    page = page_of(window)
    press(qtbot, page, "Resume")
    review = page.session.state.review
    conflicts = {item.title: item for item in review.proposal.items if item.outcome is Outcome.CONFLICT}
    assert [review.is_open(conflicts[one.title]) for one in (first, second)] == [False, True]
    assert "1 decision is asked again" in page.notice.text
    press(qtbot, page, "Apply 2 changes")
    catalogue = window.context.bridge.catalogue
    found = [note(catalogue, name) for name in (first.title, second.title, GUNSAN)]
    assert found == [f"Kim on {first.title}", "mine, once more", f"Kim on {GUNSAN}"]


def test_all_conflicts_of_the_column_go_back_to_what_was_exported(
    qtbot: QtBot, run: Open, file: Path, tmp_path: Path
) -> None:
    answered = sent_and_answered(file, tmp_path)
    window = run()
    page = page_of(window)
    window.take_file(answered)
    settle(qtbot, page)
    qtbot.keyClick(page.review.table, "1", Qt.KeyboardModifier.AltModifier)
    press(qtbot, page, "Apply 3 changes")
    catalogue = window.context.bridge.catalogue
    assert [note(catalogue, name) for name in (PANGYO, GUMI, GUNSAN)] == ["as sent", "as sent", f"Kim on {GUNSAN}"]
