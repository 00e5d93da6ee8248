"""Reviews that are left and resumed, with new window objects over the same folder."""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, Revision, delete, update
from storage.domain.proposal import Decision, Item
from storage.domain.query import Query, Where
from storage.domain.text import msg
from ui.bridge import Bridge
from ui.importing.state import Step
from ui.job import Jobs
from ui.language import LanguageSwitch
from ui.page import Context, Toast
from ui.pages.import_ import ImportPage
from ui.preferences import Preferences
from ui.theme import Theme

ROWS = [
    ["Cluster", "Period", "Workers (persons)", "Firms (firms)"],
    ["Pangyo Techno Valley", "2015-12", 72_500, 1_000],
    ["Gumi Industrial Complex", "2016-12", 102_240, "see note"],
    ["Gunsan Industrial Complex", "2016-12", 11_310, 712],
]
STRANGERS = [["Cluster", "Year", "Workers (persons)"], ["Pangyo Technology Valley", 2016, 1], ["Nowhere", 2016, 2]]


class Program:
    """The page as the window holds it, begun anew on the same catalogue file and the same folder."""

    def __init__(self, qtbot: QtBot, catalogue: Catalogue, theme: Theme, folder: Path) -> None:
        self._qtbot, self._catalogue, self._theme, self._folder = qtbot, catalogue, theme, folder
        self._page: ImportPage | None = None

    def start(self) -> ImportPage:
        self.stop()
        jobs = Jobs(lambda error: pytest.fail(str(error)))
        context = Context(Bridge(self._catalogue), jobs, self._theme, Preferences(), self._folder)
        page = self._page = ImportPage(context)
        self._qtbot.addWidget(page)
        context.bridge.changed.connect(page.hear)
        page.enter()
        page.resize(1100, 800)
        page.show()
        assert page.inspector is not None
        self._qtbot.addWidget(page.inspector)
        page.inspector.show()
        settled(self._qtbot, page)
        return page

    def stop(self) -> None:
        """Close the window."""
        if self._page is not None:
            context, self._page = self._page.context, None
            context.closing.emit()
            context.jobs.close()
            context.bridge._unsubscribe()


@pytest.fixture
def program(
    qtbot: QtBot, catalogue: Catalogue, light: Theme, languages: LanguageSwitch, tmp_path: Path
) -> Iterator[Program]:
    program = Program(qtbot, catalogue, light, tmp_path / "data")
    yield program
    program.stop()


def settled(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.session.state.busy is None and page.context.jobs.idle, timeout=20_000)


def workbook(folder: Path, rows: list[list[object]] = ROWS, name: str = "figures.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def opened(qtbot: QtBot, page: ImportPage, path: Path, step: Step = Step.REVIEW) -> None:
    page.receive(path)
    settled(qtbot, page)
    while page.session.state.step is not step:
        page.session.go_on()
        settled(qtbot, page)


def button(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text and one.isVisible())


def offered(page: ImportPage) -> list[str]:
    return [b.accessibleName() for b in page.start.findChildren(QPushButton) if b.text() == "Resume" and b.isVisible()]


def press(qtbot: QtBot, page: ImportPage, text: str) -> None:
    qtbot.mouseClick(button(page, text), Qt.MouseButton.LeftButton)
    settled(qtbot, page)


def resume(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: bool(offered(page)))
    press(qtbot, page, "Resume")


def item(page: ImportPage, cell: str) -> Item:
    assert page.session.state.review is not None
    return next(one for one in page.session.state.review.proposal.items if one.cell == cell)


def move(catalogue: Catalogue, value: float) -> Revision:
    """Change the figure that the conflict of the workbook is about."""
    cluster = next(one.id for one in catalogue.known_names("entity") if "Pangyo Techno Valley" in one.names)
    rows = catalogue.stored(Query("observation", Where("entity_id", "=", cluster)), ("period", "value"))
    id, _, before = next(row for row in rows if row[1:] == ("2015-12", 70_000.0))
    return catalogue.apply(ChangeSet.of([update("observation", id, {"value": before}, {"value": value})]), msg("Move"))


# Leaving and resuming


def test_review_is_there_after_a_restart(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    qtbot.keyClick(page.review.table, "2")
    decided = page.session.state.review.decisions
    page = program.start()
    resume(qtbot, page)
    assert (page.session.state.step, page.session.state.review.decisions) == (Step.REVIEW, decided)
    assert page.session.state.path == tmp_path / "figures.csv"


def test_original_may_be_gone(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    path = workbook(tmp_path)
    opened(qtbot, program.start(), path)
    path.unlink()
    page = program.start()
    resume(qtbot, page)
    assert page.session.state.cell_text("figures", "C2") == "72500"


def test_what_was_told_of_the_columns_comes_back(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path), Step.MAPPING)
    page.session.set_role("Firms (firms)", "ignore")
    settled(qtbot, page)
    page.session.rename("Quarterly")
    page = program.start()
    resume(qtbot, page)
    state = page.session.state
    assert (state.step, state.recipe_name, state.planned.figures) == (Step.MAPPING, "Quarterly", 3)


def test_what_names_mean_comes_back(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path, STRANGERS), Step.NAMES)
    page.names.table.selectRow(0)
    qtbot.keyClicks(page.names.table, "1n")
    page = program.start()
    resume(qtbot, page)
    model = page.names.model
    assert page.session.state.step is Step.NAMES
    assert [model.meaning(model.name(row)) for row in range(2)] == ["Pangyo Techno Valley", "new: Cluster"]


def test_name_whose_record_is_gone_is_asked_again(
    qtbot: QtBot, program: Program, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path, STRANGERS), Step.NAMES)
    page.names.table.selectRow(0)
    qtbot.keyClicks(page.names.table, "1n")
    page.session.go_on()
    settled(qtbot, page)
    meant = next(id for id in page.session.state.choices.choices.values() if id > 0)
    program.stop()
    catalogue.apply(ChangeSet.of([delete(catalogue.entity_kind(meant), meant)]), msg("Delete"))
    page = program.start()
    resume(qtbot, page)
    assert (page.session.state.step, page.session.state.open_names) == (Step.NAMES, 1)
    assert "no longer there" in page.notice.text


# The catalogue moves meanwhile


def test_catalogue_that_moved_is_merged_again(
    qtbot: QtBot, program: Program, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    qtbot.keyClick(page.review.table, "2")
    cell = "C2"
    assert page.session.state.review.is_written(item(page, cell))
    program.stop()
    move(catalogue, 71_000.0)
    page = program.start()
    resume(qtbot, page)
    review = page.session.state.review
    assert review.proposal.revision == catalogue.revision
    assert item(page, cell).deltas[0].ours == 71_000.0
    assert (review.is_open(item(page, cell)), review.is_written(item(page, cell))) == (True, False)
    assert "1 decision is asked again" in page.notice.text


def test_decisions_stand_where_something_else_moved(
    qtbot: QtBot, program: Program, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    page.review.decide(item(page, "C4"), Decision.KEEP)
    program.stop()
    move(catalogue, 71_000.0)
    page = program.start()
    resume(qtbot, page)
    review = page.session.state.review
    assert review.decision(item(page, "C4")) is Decision.KEEP
    assert "compared again" in page.notice.text


# The list of what was left


def test_decision_is_kept_without_leaving(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    qtbot.keyClick(page.review.table, "2")
    with qtbot.waitSignal(page.session.keeper.kept):
        pass
    shutil.copytree(tmp_path / "data", tmp_path / "crashed")
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "crashed").rglob("review.json")]
    assert [len(one["decisions"]) for one in kept] == [1]


def test_review_left_for_later_is_listed_with_how_far_it_came(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    changes = page.session.state.review.count
    press(qtbot, page, "Leave for later")
    qtbot.waitUntil(lambda: offered(page) == ["Resume the review of figures.csv"])
    told = "\n".join(label.accessibleName() for label in page.start.findChildren(QLabel) if label.isVisible())
    assert f"3 Review · {changes} changes · 1 conflict undecided" in told


def test_another_workbook_leaves_the_one_before(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    opened(qtbot, page, workbook(tmp_path, name="later.csv"))
    page = program.start()
    qtbot.waitUntil(lambda: len(offered(page)) == 2)


def test_applied_review_is_not_left(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    with qtbot.waitSignal(page.session.applied):
        page.session.apply()
    page = program.start()
    assert (offered(page), list((tmp_path / "data" / "reviews").iterdir())) == ([], [])


def test_discarded_review_comes_back_with_undo(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    opened(qtbot, program.start(), workbook(tmp_path))
    page = program.start()
    qtbot.waitUntil(lambda: bool(offered(page)))
    with qtbot.waitSignal(page.context.toast_requested) as told:
        press(qtbot, page, "Discard")
    qtbot.waitUntil(lambda: not offered(page))
    toast: Toast = told.args[0]
    toast.run()
    qtbot.waitUntil(lambda: bool(offered(page)))


def test_review_under_way_is_discarded_and_comes_back_with_undo(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    with qtbot.waitSignal(page.context.toast_requested) as told:
        press(qtbot, page, "Discard")
    assert (page.session.state.step, offered(page)) == (Step.START, [])
    told.args[0].run()
    qtbot.waitUntil(lambda: bool(offered(page)))


def test_discarded_review_is_gone_after_a_restart(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    press(qtbot, page, "Discard")
    program.start()
    assert list((tmp_path / "data" / "reviews").iterdir()) == []


def test_review_of_another_catalogue_is_not_offered(
    qtbot: QtBot, program: Program, empty: Catalogue, light: Theme, tmp_path: Path
) -> None:
    opened(qtbot, program.start(), workbook(tmp_path))
    program.start()
    jobs = Jobs(lambda error: pytest.fail(str(error)))
    page = ImportPage(Context(Bridge(empty), jobs, light, Preferences(), tmp_path / "data"))
    qtbot.addWidget(page)
    page.enter()
    page.show()
    settled(qtbot, page)
    assert offered(page) == []
    jobs.close()


def test_damaged_review_says_so_and_the_page_goes_on(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    opened(qtbot, program.start(), workbook(tmp_path))
    page = program.start()
    qtbot.waitUntil(lambda: bool(offered(page)))
    for path in (tmp_path / "data").rglob("review.json"):
        path.write_text("{", encoding="utf-8")
    press(qtbot, page, "Resume")
    assert "cannot be read any more" in page.notice.text
    assert offered(program.start()) == []


def test_full_disk_does_not_stop_the_import(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    page = program.start()
    opened(qtbot, page, workbook(tmp_path))
    assert page.session.state.step is Step.REVIEW
