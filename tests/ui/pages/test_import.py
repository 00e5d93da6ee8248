import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QScrollArea, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from storage.domain.changes import ChangeSet, insert
from storage.domain.proposal import MAKE_NEW, Decision, Outcome
from storage.domain.query import Query, Where
from storage.domain.text import msg
from ui.importing.role_menu import MetricPopup, RoleMenu
from ui.importing.state import Step
from ui.language import Language, LanguageSwitch
from ui.models.names import NameColumn
from ui.models.proposal_texts import ProposalColumn
from ui.page import Context
from ui.pages.import_ import ImportPage

Rows = list[list[object]]
FIGURES: Rows = [
    ["Cluster", "Period", "Workers (persons)", "Firms (firms)"],
    ["Pangyo Techno Valley", "2015-12", 72_500, 1_000],
    ["Gumi Industrial Complex", "2016-12", 102_240, "see note"],
    ["Gunsan Industrial Complex", "2016-12", 11_310, 712],
    ["Changwon Industrial Complex", "2016-12", 126_400, 2_540],
]
STRANGERS: Rows = [
    ["Cluster", "Year", "Workers (persons)"],
    ["Pangyo Technology Valley", 2016, 74_000],
    ["Nowhere Campus", 2016, 12],
    ["Elsewhere Campus", 2016, 34],
]


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportPage:
    page = ImportPage(context)
    qtbot.addWidget(page)
    context.bridge.changed.connect(page.hear)
    page.enter()
    page.resize(1100, 800)
    page.show()
    assert page.inspector is not None
    qtbot.addWidget(page.inspector)
    page.inspector.show()
    return page


def workbook(folder: Path, rows: Rows, name: str = "figures.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def settled(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.waitUntil(lambda: page.session.state.busy is None and page.context.jobs.idle, timeout=20_000)


def opened(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    page.receive(path)
    settled(qtbot, page)


def reviewed(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    opened(qtbot, page, path)
    while page.session.state.step is not Step.REVIEW:
        page.session.go_on()
        settled(qtbot, page)


def select(page: ImportPage, cell: str) -> None:
    model = page.review.model
    items = model.shown_items()
    page.review.table.show_item(next(item.number for item in items if item.cell == cell))


def button(parent: object, text: str) -> QPushButton:
    return next(found for found in parent.findChildren(QPushButton) if found.text() == text and found.isVisible())


def shown(parent: object, text: str) -> bool:
    return any(found.text() == text and found.isVisible() for found in parent.findChildren(QPushButton))


def texts(parent: object) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


# Reading


def test_file_that_cannot_be_read_says_why_in_its_place(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"no workbook")
    opened(qtbot, page, path)
    assert "broken.xlsx" in page.notice.text


def test_file_that_cannot_be_read_offers_another(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, tmp_path / "missing.csv")
    assert button(page.notice, "Choose another workbook …").isVisible()


def test_reading_can_be_stopped(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    page.receive(workbook(tmp_path, FIGURES))
    page.session.stop()
    qtbot.waitUntil(lambda: page.context.jobs.idle)
    assert page.session.state.step is Step.START


def test_sheet_without_a_table_can_be_left_for_another(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, [["only a title"]]))
    assert page.notice.text


# Mapping


def test_columns_are_guessed(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    model = page.mapping.model
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["A, Name of the record", "B, Period", "C, Metric: Workers", "D, Metric: Firms"]


def test_cell_tells_how_it_was_read(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    tip = page.mapping.model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "Read as: 72,500 persons" in tip


def test_cell_that_is_no_figure_tells_why(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    assert "see note" in page.mapping.model.index(2, 3).data(Qt.ItemDataRole.ToolTipRole)


def menu_of(page: ImportPage, column: int) -> QMenu:
    page.mapping.open_roles(column, QPoint(0, 0))
    return page.mapping.findChildren(RoleMenu)[-1]


def entry(menu: QMenu, text: str) -> QAction:
    actions = [action for part in (menu, *menu.findChildren(QMenu)) for action in part.actions()]
    return next(action for action in actions if action.text() == text)


def test_role_is_corrected_by_the_menu_of_its_column(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    menu = menu_of(page, 3)
    entry(menu, "Ignored on purpose").trigger()
    menu.close()
    settled(qtbot, page)
    assert "4 figures" in texts(page.mapping)


def test_figures_can_be_of_another_metric(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    menu = menu_of(page, 2)
    entry(menu, "Figures of another metric or period …").trigger()
    menu.close()
    popup = page.mapping.findChild(MetricPopup)
    popup.metric_line.setText("Employees")
    qtbot.keyClick(popup.metric_line, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert page.mapping.model.headerData(2, Qt.Orientation.Horizontal) == "C, Metric: Employees"


def test_header_row_is_corrected(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    page.mapping.header_row.setValue(2)
    settled(qtbot, page)
    assert page.session.state.planned.recipe.mappings[0].header_rows == (1,)


def test_constant_holds_for_every_row(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, [row[:1] + row[2:3] for row in FIGURES]))
    page.mapping.constants.ask("period")
    line = page.mapping.constants.lines["period"]
    line.setText("2016-Q4")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert {row.period.text for row in page.session.state.planned.staged[0].rows} == {"2016-Q4"}


def test_period_that_is_none_is_refused_in_its_place(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    line = page.mapping.constants.lines["period"]
    line.setText("someday or other")
    line.editingFinished.emit()
    settled(qtbot, page)
    assert "someday or other" in page.notice.text


# Names


def test_only_names_in_doubt_are_asked(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, STRANGERS))
    page.session.go_on()
    settled(qtbot, page)
    model = page.names.model
    asked = [model.index(row, NameColumn.NAME).data() for row in range(model.rowCount())]
    assert asked == ["Pangyo Technology Valley", "Nowhere Campus", "Elsewhere Campus"]


def test_known_names_ask_nothing(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    page.session.go_on()
    settled(qtbot, page)
    assert page.session.state.step is Step.REVIEW


def test_unknown_names_are_made_new_at_once(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, STRANGERS))
    page.session.go_on()
    settled(qtbot, page)
    page.names.make_all.click()
    assert sorted(page.session.state.choices.choices.values()) == [MAKE_NEW, MAKE_NEW]


def test_candidate_is_taken_with_its_key(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, STRANGERS))
    page.session.go_on()
    settled(qtbot, page)
    qtbot.keyClick(page.names.table, Qt.Key.Key_1)
    assert page.names.model.index(0, NameColumn.MEANS).data() == "Pangyo Techno Valley"


def test_decided_name_leads_on_to_the_next(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, STRANGERS))
    page.session.go_on()
    settled(qtbot, page)
    qtbot.keyClick(page.names.table, Qt.Key.Key_L)
    assert page.names.table.currentIndex().row() == 1


def test_another_record_is_found_by_search(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, STRANGERS))
    page.session.go_on()
    settled(qtbot, page)
    page.names.table.selectRow(1)
    search = page.name_panel._search
    search.line.setFocus()
    qtbot.keyClicks(search.line, "Silicon Valley")
    qtbot.keyClick(search.line, Qt.Key.Key_Return)
    assert page.names.model.index(1, NameColumn.MEANS).data() == "Silicon Valley"


def test_name_left_open_becomes_an_invalid_item(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, STRANGERS))
    assert page.session.state.review.proposal.counts()["invalid"] == 3


# Review


def test_first_thing_shown_is_what_asks(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    current = page.review.table.currentIndex().siblingAtColumn(ProposalColumn.WHAT)
    assert current.data() == "conflict"


@pytest.mark.parametrize(("key", "decided"), [("1", "1 keep"), ("2", "2 take"), ("3", "3 both")])
def test_conflict_is_decided_by_key(qtbot: QtBot, page: ImportPage, tmp_path: Path, key: str, decided: str) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    qtbot.keyClick(page.review.table, key)
    qtbot.waitUntil(lambda: shown(page.item_panel, decided))
    assert button(page.item_panel, decided).property("chosen")


def test_conflict_is_decided_by_its_button_in_the_row(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    table = page.review.table
    index = table.currentIndex().siblingAtColumn(ProposalColumn.DECISION)
    item = page.review.model.item(index.row())
    place = table._delegate._buttons(table.visualRect(index), item)[1][1].center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.session.state.review.is_written(item)


def test_space_leaves_and_the_button_counts(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    before = page.session.state.review.count
    select(page, "C3")
    qtbot.keyClick(page.review.table, Qt.Key.Key_Space)
    assert button(page, f"Apply {before - 1} changes").isEnabled()


def test_chips_narrow_the_table(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    qtbot.waitUntil(lambda: shown(page.review, "Invalid  1"))
    button(page.review, "Invalid  1").click()
    assert [item.outcome for item in page.review.model.shown_items()] == [Outcome.INVALID]


def test_all_shown_are_left_at_once(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    button(page.review, "Leave all shown").click()
    assert button(page, "Nothing to apply").isEnabled() is False


def test_invalid_cell_is_named_with_cause_and_remedy(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    select(page, "D3")
    qtbot.waitUntil(lambda: "is not read" in texts(page.item_panel))
    told = texts(page.item_panel)
    assert all(words in told for words in ("cell D3", "“see note” is not read as a number", "Correct the cell"))


def test_cells_around_are_shown(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    assert page.item_panel._grid.accessibleName() == "Cell C2: 72500"


def test_catalogue_that_moves_is_compared_again_keeping_decisions(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    qtbot.keyClick(page.review.table, "2")
    with qtbot.waitSignal(context.bridge.changed):
        context.bridge.perform(ChangeSet.of([insert("cluster", {"name": "A"})]), msg("Make A"))
    settled(qtbot, page)
    review = page.session.state.review
    assert (review.proposal.revision, len(review.decisions)) == (context.bridge.catalogue.revision, 1)


def test_review_survives_a_change_of_language(
    qtbot: QtBot, page: ImportPage, languages: LanguageSwitch, tmp_path: Path
) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    qtbot.keyClick(page.review.table, "2")
    languages.set_language(Language.KOREAN)
    page.retranslate()
    qtbot.addWidget(page.inspector)
    assert len(page.review.model.review.decisions) == 1


# Applying


def test_applied_import_is_one_revision(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    before = context.bridge.catalogue.revision
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignal(page.session.applied):
        button(page, f"Apply {page.session.state.review.count} changes").click()
    assert context.bridge.catalogue.revision == before + 1


def test_import_is_taken_back_from_its_last_step(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    before = context.bridge.catalogue.checksum()
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignals([page.session.applied, context.bridge.changed]):
        page.session.apply()
    with qtbot.waitSignal(context.bridge.changed):
        button(page.done, "Undo this import").click()
    assert context.bridge.catalogue.checksum() == before


def test_next_edition_opens_ready_mapped(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignal(page.session.applied):
        page.session.apply()
    later = [FIGURES[0], ["Pangyo Techno Valley", "2017-12", 80_000, 1_270]]
    opened(qtbot, page, workbook(tmp_path, later, "figures 2017.csv"))
    assert page.session.state.step is Step.REVIEW


def test_start_lists_what_came_in_before(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignal(page.session.applied):
        page.session.apply()
    page.session.close()
    settled(qtbot, page)
    qtbot.waitUntil(lambda: shown(page.start, "Import figures.csv"))


def test_recipe_is_forgotten(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignals([page.session.applied, context.bridge.changed]):
        page.session.apply()
    page.session.close()
    settled(qtbot, page)
    qtbot.waitUntil(lambda: shown(page.start, "Forget"))
    button(page.start, "Forget").click()
    assert context.bridge.catalogue.count(Query("recipe")) == 0


def test_folder_is_remembered(page: ImportPage, tmp_path: Path) -> None:
    page.restore({"folder": str(tmp_path)})
    assert page.state() == {"folder": str(tmp_path)}


# Reach


def nameless(parent: QWidget) -> list[str]:
    """What takes the focus and has neither a name nor words of its own."""
    found = [w for w in parent.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    plain = [w for w in found if not isinstance(w, QScrollArea | QStackedWidget)]
    return [type(w).__name__ for w in plain if not w.accessibleName() and not getattr(w, "text", str)()]


@pytest.mark.parametrize("step", [Step.START, Step.MAPPING, Step.NAMES, Step.REVIEW])
def test_all_that_takes_the_focus_has_a_name(qtbot: QtBot, page: ImportPage, tmp_path: Path, step: Step) -> None:
    if step is not Step.START:
        opened(qtbot, page, workbook(tmp_path, STRANGERS))
    while page.session.state.step is not step:
        page.session.go_on()
        settled(qtbot, page)
    assert nameless(page) + nameless(page.inspector) == []


def test_poses_with_the_review_of_an_example(qtbot: QtBot, page: ImportPage) -> None:
    page.pose()
    qtbot.waitUntil(lambda: page.session.state.step is Step.REVIEW, timeout=20_000)
    assert page.session.state.review.proposal.counts()["conflicts"] == 1


# Names that are known, or nearly


NEARLY: Rows = [
    ["Cluster", "Year", "Workers (persons)"],
    ["Pangyo Techno Valey", 2016, 74_000],
    ["Gumi Industrial Complex", 2016, 12],
]


def named(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, NEARLY))
    page.session.go_on()
    settled(qtbot, page)


def test_misspelled_name_is_asked(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    named(qtbot, page, tmp_path)
    model = page.names.model
    assert [model.index(0, c).data() for c in (NameColumn.NAME, NameColumn.STATE)] == [
        "Pangyo Techno Valey", "doubtful",
    ]  # fmt: skip


def test_known_names_are_listed_when_wanted(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    named(qtbot, page, tmp_path)
    page.names.known.click()
    model = page.names.model
    told = {model.index(row, NameColumn.NAME).data(): model.index(row, NameColumn.MEANS).data() for row in range(3)}
    assert told["Gumi Industrial Complex"] == "Gumi Industrial Complex"


def test_known_name_can_be_given_another_meaning(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    named(qtbot, page, tmp_path)
    page.names.known.click()
    names = [page.names.model.name(row) for row in range(page.names.model.rowCount())]
    page.names.choose([next(name for name in names if name.name == "Gumi Industrial Complex")], MAKE_NEW)
    page.session.propose()
    settled(qtbot, page)
    assert [item.title for item in page.session.state.review.proposal.items if item.kind == "cluster"] == [
        "Gumi Industrial Complex"
    ]


def test_names_can_be_looked_at_when_all_are_known(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    page.session.show(Step.NAMES)
    assert page.names.model.rowCount() == 6


def test_record_of_a_misspelled_name_is_told(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    named(qtbot, page, tmp_path)
    page.names.take_best.click()
    page.session.propose()
    settled(qtbot, page)
    select(page, "C2")
    told = page.review.table.currentIndex().siblingAtColumn(ProposalColumn.RECORD).data()
    assert told == "→ Pangyo Techno Valley"
    assert f"Pangyo Techno Valey {told}" in texts(page.item_panel)


def test_records_are_called_in_the_language_of_the_window(
    qtbot: QtBot, page: ImportPage, languages: LanguageSwitch, tmp_path: Path
) -> None:
    languages.set_language(Language.KOREAN)
    page.retranslate()
    qtbot.addWidget(page.inspector)
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    select(page, "C2")
    assert page.review.table.currentIndex().siblingAtColumn(ProposalColumn.RECORD).data() == "판교테크노밸리"


# What stands along, and afterwards


def test_reason_is_told_once(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    select(page, "D3")
    qtbot.waitUntil(lambda: "is not read" in texts(page.item_panel))
    assert texts(page.item_panel).count("is not read as a number") == 1


def test_recipe_and_passages_are_no_rows_until_asked_for(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    assert {item.kind for item in page.review.model.shown_items()} == {"observation"}


def test_units_are_told_in_the_language_of_the_window(
    qtbot: QtBot, page: ImportPage, languages: LanguageSwitch, tmp_path: Path
) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    languages.set_language(Language.KOREAN)
    item = next(item for item in page.review.model.shown_items() if item.outcome is Outcome.NEW)
    unit = next(delta for delta in item.deltas if delta.column == "unit_id")
    assert page.review.model.texts.told(item.kind, unit, "theirs") == "명"


def test_undecided_conflicts_are_told(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    undecided = "conflicts undecided" in page.review.told.text() or "conflict undecided" in page.review.told.text()
    page.review.model.decide(page.review.model.shown_items(), Decision.KEEP)
    assert (undecided, "undecided" in page.review.told.text()) == (True, False)


def applied(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignal(page.session.applied):
        page.session.apply()


def test_as_many_changes_are_told_as_were_offered(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    applied(qtbot, page, tmp_path)
    assert f"{page.session.state.review.count} changes were written" in texts(page.done)


def test_imported_figures_are_asked_for_by_their_source(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    applied(qtbot, page, tmp_path)
    with qtbot.waitSignal(context.page_requested) as asked:
        button(page.done, "Show the figures").click()
    query = asked.args[1]
    source = context.bridge.catalogue.ids(Query("source", Where("title", "=", "figures")))
    assert (query.where, asked.args[0]) == (Where("source", "in", tuple(int(id) for id in source)), "data")


def test_figures_are_not_offered_where_none_were_written(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    figures = [item for item in page.review.model.review.proposal.items if item.kind == "observation"]
    page.review.model.decide(figures, Decision.KEEP)
    with qtbot.waitSignal(page.session.applied):
        page.session.apply()
    offered = [b.text() for b in page.done.findChildren(QPushButton) if b.isVisible()]
    assert offered == ["Undo this import", "Show in the history", "Another workbook"]


def test_figures_of_an_import_taken_back_are_not_offered(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    applied(qtbot, page, tmp_path)
    with qtbot.waitSignal(context.bridge.changed):
        button(page.done, "Undo this import").click()
    offered = [b.text() for b in page.done.findChildren(QPushButton) if b.isVisible() and b.property("primary")]
    assert offered == ["Another workbook"]
