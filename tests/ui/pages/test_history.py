import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from storage.domain.changes import ChangeSet, insert, update
from storage.domain.text import msg
from ui.page import Context
from ui.pages.history import HistoryPage
from ui.widgets.notice import NoticeBar


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> HistoryPage:
    page = HistoryPage(context)
    qtbot.addWidget(page)
    context.bridge.changed.connect(page.hear)
    page.enter()
    page.show()
    assert page.inspector is not None
    qtbot.addWidget(page.inspector)
    page.inspector.show()
    settle(qtbot, context)
    return page


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: context.jobs.idle)


def write(qtbot: QtBot, context: Context) -> int:
    """Make a cluster and rename it, in two revisions; return the number of the first."""
    made = context.bridge.perform(ChangeSet.of([insert("cluster", {"name": "A"}, -1)]), msg("Make A"))
    rename = update("cluster", made.new_ids[-1], {"name": "A"}, {"name": "B"})
    with qtbot.waitSignals([context.bridge.changed] * 2):
        context.bridge.perform(ChangeSet.of([rename]), msg("Rename A"))
    settle(qtbot, context)
    return made.id


def labels(page: HistoryPage) -> list[str]:
    model = page._model
    return [model.revision(row).label for row in range(model.rowCount())]


def button(page: HistoryPage, text: str) -> QPushButton:
    return next(found for found in page.inspector.findChildren(QPushButton) if found.text() == text)


def notice(page: HistoryPage) -> NoticeBar:
    return page.inspector.findChild(NoticeBar)


def test_newest_revision_comes_first(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    write(qtbot, context)
    assert labels(page)[:2] == ["Rename A", "Make A"]


def test_undo_names_its_target_by_a_text_that_can_be_translated(
    qtbot: QtBot, page: HistoryPage, context: Context
) -> None:
    write(qtbot, context)
    with qtbot.waitSignal(context.bridge.changed):
        context.bridge.undo()
    settle(qtbot, context)
    assert page._model.revision(0).text == msg("Undo: {label}", label=msg("Rename A"))


def test_words_narrow_the_list(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    write(qtbot, context)
    page.search("rename")
    assert labels(page) == ["Rename A"]


def test_nothing_found_says_what_to_do(page: HistoryPage) -> None:
    page.search("no such revision")
    assert page._empty.isVisible()


def test_inspector_tells_the_changes(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    number = write(qtbot, context)
    page._select(number + 1)
    lines = page._panel.changes.lines
    qtbot.waitUntil(lambda: lines.rowCount() == 2)
    assert lines.data(lines.index(1)) == "Name: A → B"


def test_undo_this_takes_the_chosen_revision_back(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    number = write(qtbot, context)
    page._select(number + 1)
    with qtbot.waitSignal(context.bridge.changed):
        button(page, "Undo this").click()
    assert number + 1 not in context.bridge.catalogue.standing()


def test_blocked_undo_names_the_revision_in_the_way(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    page._select(write(qtbot, context))
    button(page, "Undo this").click()
    assert "Rename A" in notice(page).text


def test_blocked_undo_leads_to_the_revision_in_the_way(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    number = write(qtbot, context)
    page._select(number)
    button(page, "Undo this").click()
    button(page, f"Show revision {number + 1}").click()
    assert page.state()["chosen"] == number + 1


def test_revision_taken_back_can_be_done_again(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    number = write(qtbot, context)
    with qtbot.waitSignal(context.bridge.changed):
        context.bridge.undo()
    settle(qtbot, context)
    page._select(number + 1)
    with qtbot.waitSignal(context.bridge.changed):
        button(page, "Do this again").click()
    assert number + 1 in context.bridge.catalogue.standing()


def test_undo_itself_is_not_undone(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    number = write(qtbot, context)
    with qtbot.waitSignal(context.bridge.changed):
        context.bridge.undo()
    settle(qtbot, context)
    page._select(number + 2)
    assert not button(page, "Undo this").isEnabled()


def test_chosen_revision_stays_chosen_when_another_comes(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    page._select(1)
    write(qtbot, context)
    assert page.state()["chosen"] == 1


def test_state_survives_a_restart(qtbot: QtBot, page: HistoryPage, context: Context) -> None:
    write(qtbot, context)
    page.search("make")
    context.preferences.page_states["history"] = page.state()
    again = HistoryPage(context)
    qtbot.addWidget(again)
    again.enter()
    settle(qtbot, context)
    qtbot.addWidget(again.inspector)
    assert labels(again) == ["Make A"]


def test_history_without_a_revision_says_what_comes_here(qtbot: QtBot, page: HistoryPage) -> None:
    page._take(([], frozenset()))
    assert page._none_yet.isVisible()
