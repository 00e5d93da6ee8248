from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.proposal import Decision, Item, Outcome, Proposal
from storage.domain.review import Review
from storage.domain.text import msg
from tests.ui.importing.made_reviews import COMPARED, DELETED, MERGED
from ui.importing.item_panel import ItemPanel
from ui.importing.review import ReviewView
from ui.importing.state import State
from ui.models.proposal import ProposalModel
from ui.models.proposal_texts import ProposalColumn
from ui.theme import Theme

Show = Callable[..., ReviewView]
Panel = Callable[[ReviewView, Item], ItemPanel]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def show(qtbot: QtBot, light: Theme) -> Show:
    def showing(*items: Item, **more: object) -> ReviewView:
        view = ReviewView(ProposalModel(Catalogue.kinds), light)
        qtbot.addWidget(view)
        view.resize(1000, 600)
        view.show()
        view.show_state(State(review=Review(Proposal("w.xlsx", 1, items, **more))))
        return view

    return showing


@pytest.fixture
def panel(qtbot: QtBot, light: Theme) -> Panel:
    def showing(view: ReviewView, item: Item) -> ItemPanel:
        panel = ItemPanel(view.model, light)
        qtbot.addWidget(panel)
        panel.decided.connect(view.decide)
        panel.show_item(item, State())
        panel.show()
        return panel

    return showing


def decisions(view: ReviewView) -> dict[int, Decision]:
    assert view.model.review is not None
    return view.model.review.decisions


def chip(view: ReviewView, name: str) -> QPushButton | None:
    """The chip of that name; one that it replaced may not be deleted yet."""
    return next(iter(reversed(view.chips.findChildren(QPushButton, name))), None)


def headers(view: ReviewView) -> list[str]:
    """What stands over the columns, as they stand beside each other."""
    table, header = view.table, view.table.horizontalHeader()
    sections = [header.logicalIndex(place) for place in range(header.count())]
    shown = [one for one in sections if not table.isColumnHidden(one)]
    return [str(view.model.headerData(one, Qt.Orientation.Horizontal)) for one in shown]


# Three values


def test_three_values_stand_side_by_side(show: Show) -> None:
    view = show(*MERGED)
    start = headers(view).index("As exported")
    assert headers(view)[start : start + 3] == ["As exported", "Workbook", "Catalogue"]
    sides = (ProposalColumn.BASE, ProposalColumn.THEIRS, ProposalColumn.OURS)
    assert [view.model.index(0, side).data() for side in sides] == ["base note", "their note", "our note"]


def test_two_values_stand_as_before_and_after(show: Show) -> None:
    view = show(*COMPARED)
    assert "As exported" not in headers(view)
    assert headers(view).index("Workbook") == headers(view).index("Catalogue") + 1


def test_another_review_in_the_same_view_has_its_own_columns(show: Show) -> None:
    view = show(*MERGED)
    view.show_state(State(review=Review(Proposal("w.xlsx", 1, COMPARED))))
    assert headers(view).index("Workbook") == headers(view).index("Catalogue") + 1


def test_what_is_missing_on_one_side_is_said(show: Show) -> None:
    view = show(*MERGED)
    assert view.model.index(1, ProposalColumn.OURS).data() == "blank"
    assert view.model.index(4, ProposalColumn.OURS).data() == "deleted"


@pytest.mark.parametrize(("key", "decision"), [("1", Decision.BASE), ("2", Decision.TAKE), ("3", Decision.KEEP)])
def test_keys_choose_among_three(qtbot: QtBot, show: Show, key: str, decision: Decision) -> None:
    view = show(*MERGED)
    qtbot.keyClick(view.table, key)
    assert decisions(view) == {1: decision}


@pytest.mark.parametrize(("key", "decision"), [("1", Decision.KEEP), ("2", Decision.TAKE), ("3", Decision.KEEP_BOTH)])
def test_keys_keep_their_meaning_for_other_conflicts(qtbot: QtBot, show: Show, key: str, decision: Decision) -> None:
    view = show(*COMPARED)
    qtbot.keyClick(view.table, key)
    assert decisions(view) == {1: decision}


def test_decided_conflict_leads_on_to_the_next_that_is_open(qtbot: QtBot, show: Show) -> None:
    view = show(*MERGED)
    qtbot.keyClicks(view.table, "231")
    assert decisions(view) == {1: Decision.TAKE, 2: Decision.KEEP, 3: Decision.BASE}
    assert "1 conflict undecided" in view.told.text()


@pytest.mark.parametrize(("place", "decision"), [(0, Decision.BASE), (1, Decision.TAKE), (2, Decision.KEEP)])
def test_digits_in_the_row_are_buttons(qtbot: QtBot, show: Show, place: int, decision: Decision) -> None:
    view = show(*MERGED)
    rect = view.table.visualRect(view.model.index(0, ProposalColumn.DECISION))
    button = view.table._delegate._buttons(rect, MERGED[0])[place][1]
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=button.center())
    assert decisions(view) == {1: decision}


def test_click_on_a_value_decides_nothing(qtbot: QtBot, show: Show) -> None:
    view = show(*MERGED)
    place = view.table.visualRect(view.model.index(1, ProposalColumn.THEIRS)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (decisions(view), view.table.currentIndex().row()) == ({}, 1)


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        (1, "1 As exported · 2 Workbook · 3 Catalogue · with Alt all of “Note”"),
        (3, "1 As exported · 2 Workbook · 3 Catalogue"),
        (4, "Space accepts or leaves"),
        (8, ""),
    ],
)
def test_foot_tells_the_keys_of_the_current_item(show: Show, number: int, keys: str) -> None:
    view = show(*MERGED)
    view.table.show_item(number)
    assert view.keys.text() == keys


# By column, or all


def test_alt_decides_all_conflicts_of_the_column(qtbot: QtBot, show: Show) -> None:
    view = show(*MERGED)
    qtbot.keyClick(view.table, "2", ALT)
    assert decisions(view) == {1: Decision.TAKE, 2: Decision.TAKE}


def test_alt_decides_the_column_that_is_a_metric(qtbot: QtBot, show: Show) -> None:
    view = show(*COMPARED)
    qtbot.keyClick(view.table, "2", ALT)
    assert decisions(view) == {1: Decision.TAKE, 2: Decision.TAKE}


def menu_texts(view: ReviewView) -> list[str]:
    view.menu.aboutToShow.emit()
    return [action.text() for action in view.menu.actions() if not action.isSeparator()]


def test_menu_offers_the_column_and_all(show: Show) -> None:
    assert menu_texts(show(*MERGED)) == [
        "All 2 conflicts in “Note”", "As exported\tAlt+1", "Workbook\tAlt+2", "Catalogue\tAlt+3",
        "All 4 conflicts", "As exported", "Workbook", "Catalogue",
    ]  # fmt: skip


def test_menu_follows_the_current_item(show: Show) -> None:
    view = show(*MERGED)
    view.table.show_item(3)
    assert menu_texts(view)[0] == "1 conflict in “Web address”"


def test_all_conflicts_are_decided_from_the_menu(show: Show) -> None:
    view = show(*MERGED)
    menu_texts(view)
    [action for action in view.menu.actions() if action.text() == "As exported"][-1].trigger()
    assert decisions(view) == dict.fromkeys((1, 2, 3, 5), Decision.BASE)


def test_menu_opens_from_its_button_and_from_the_row(qtbot: QtBot, show: Show) -> None:
    view = show(*MERGED)
    qtbot.mouseClick(view.conflicts, Qt.MouseButton.LeftButton)
    from_button = view.menu.isVisible()
    view.menu.hide()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view.table.viewport(), event)
    assert (from_button, view.menu.isVisible()) == (True, True)
    view.menu.hide()


def test_without_conflicts_there_is_no_such_button(show: Show) -> None:
    assert not show(COMPARED[3]).conflicts.isVisible()


def test_decision_on_many_can_be_taken_back(qtbot: QtBot, show: Show) -> None:
    view = show(*MERGED)
    qtbot.keyClick(view.table, "3")
    with qtbot.waitSignal(view.many_decided) as told:
        qtbot.keyClick(view.table, "2", ALT)
    view.model.restore(told.args[1])
    assert (told.args[0], decisions(view)) == (2, {1: Decision.KEEP})


def test_accepting_all_leaves_conflicts_and_removals_to_their_own_word(show: Show) -> None:
    view = show(*MERGED)
    view.accept_all.click()
    assert decisions(view) == {4: Decision.TAKE}


@pytest.mark.parametrize(("outcome", "numbers"), [(Outcome.REMOVED, [6]), (Outcome.CONFLICT, [1, 2, 3, 5])])
def test_conflicts_and_removals_are_accepted_where_only_they_are_shown(
    show: Show, outcome: Outcome, numbers: list[int]
) -> None:
    view = show(*MERGED)
    chip(view, outcome.value).click()
    view.accept_all.click()
    assert decisions(view) == dict.fromkeys(numbers, Decision.TAKE)


# What is to be checked, and what is the same


def test_what_is_to_be_checked_has_a_chip(show: Show) -> None:
    view = show(*COMPARED)
    chip(view, "doubtful").click()
    assert [item.number for item in view.model.shown_items()] == [7]
    assert chip(view, "doubtful").text() == "To check  1"


def test_without_doubts_there_is_no_such_chip(show: Show) -> None:
    assert chip(show(*MERGED), "doubtful") is None


def test_doubt_is_told_in_the_row(show: Show) -> None:
    view = show(*COMPARED)
    assert view.model.index(2, ProposalColumn.DECISION).data() == "1,000 times its own history."
    assert view.model.index(2, ProposalColumn.WHAT).data(Qt.ItemDataRole.AccessibleTextRole) == "new, to check"


@pytest.mark.parametrize("key", ["1", " "])
def test_doubtful_item_is_left_out_with_one_key(qtbot: QtBot, show: Show, key: str) -> None:
    view = show(*COMPARED)
    view.table.show_item(7)
    qtbot.keyClick(view.table, key)
    assert decisions(view) == {7: Decision.KEEP}


def test_records_without_items_are_counted(show: Show) -> None:
    view = show(*MERGED, unlisted={"cluster": 1200, "organisation": 34})
    assert (chip(view, "same").text(), chip(view, "all").text()) == ("Same  1,235", "All  1,241")


def test_kind_counts_its_own(show: Show) -> None:
    view = show(*MERGED, unlisted={"cluster": 1200, "organisation": 34})
    view.kinds.setCurrentIndex(view.kinds.findData("organisation"))
    view.kinds.activated.emit(view.kinds.currentIndex())
    assert chip(view, "same").text() == "Same  34"


def test_same_tells_how_many_more_there_are(show: Show) -> None:
    view = show(*MERGED, unlisted={"cluster": 1234})
    chip(view, "same").click()
    assert (view.more.text(), view.more.isVisible()) == ("1,234 more records are the same in both.", True)
    chip(view, "all").click()
    assert not view.more.isVisible()


def test_banner_says_how_it_was_compared(show: Show) -> None:
    view = show(*COMPARED, banner=msg("Compared two ways."))
    assert view.banner.text == "Compared two ways."
    view.show_state(State(review=Review(Proposal("w.xlsx", 1, COMPARED))))
    assert view.banner.text == ""


# The panel


def buttons(panel: ItemPanel) -> list[str]:
    return [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()]


def test_panel_shows_three_values_beside_their_buttons(qtbot: QtBot, show: Show, panel: Panel) -> None:
    view = show(*MERGED)
    shown = panel(view, MERGED[0])
    qtbot.waitUntil(lambda: buttons(shown) == ["1 As exported", "2 Workbook", "3 Catalogue"])
    next(b for b in shown.findChildren(QPushButton) if b.text() == "1 As exported").click()
    assert decisions(view) == {1: Decision.BASE}


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (COMPARED[0], ["1 keep", "2 take", "3 both"]),
        (COMPARED[1], ["1 neither", "2 take B2", "4 take B20"]),
        (COMPARED[3], ["1 leave out", "2 accept"]),
        (MERGED[5], ["1 keep", "2 remove"]),
    ],
)
def test_each_button_shows_its_key(qtbot: QtBot, show: Show, panel: Panel, item: Item, told: list[str]) -> None:
    shown = panel(show(*MERGED, *COMPARED), item)
    qtbot.waitUntil(lambda: buttons(shown) == told)


def texts(panel: ItemPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (COMPARED[2], "B7: 1,000 times its own history.\nCorrect the cell, or keep it."),
        (DELETED, "Deleted here since the export, and changed in the workbook."),
        (MERGED[6], "Changed here since the export: Note."),
    ],
)
def test_panel_tells_findings_and_notes(qtbot: QtBot, show: Show, panel: Panel, item: Item, told: str) -> None:
    shown = panel(show(*MERGED, *COMPARED), item)
    qtbot.waitUntil(lambda: told in texts(shown))


def test_nothing_is_said_to_be_written_while_three_values_wait(show: Show, panel: Panel) -> None:
    assert "What would be written" not in texts(panel(show(*MERGED), MERGED[0]))
