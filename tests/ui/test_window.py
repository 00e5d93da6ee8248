from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from storage.domain.changes import ChangeSet, Revision, insert
from storage.domain.query import Query
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.command import Command
from ui.language import Language, LanguageSwitch, tr
from ui.page import Context, Page, Section, Selection
from ui.theme import Scheme
from ui.window import Window
from ui.window_commands import FileRequest, Opening, named

# real windows, focus and keys: the part that offscreen could hide
pytestmark = pytest.mark.x11


class ListPage(Page):
    id = "list"
    title = msg("Clusters")
    icon = "boxes"
    kinds = ("cluster",)
    searchable = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.log: list[object] = []

    def build(self) -> QWidget:
        self.log.append("build")
        self.label = QLabel(tr("Clusters"))
        return self.label

    def build_inspector(self) -> QWidget:
        return QLabel(tr("Record"))

    def refresh(self, revision: Revision | None) -> None:
        self.log.append("refresh" if revision is None else revision.label)

    def count(self) -> int:
        return self.context.bridge.catalogue.count(Query("cluster"))

    def commands(self) -> tuple[Command, ...]:
        return (Command("mark", msg("Mark this cluster"), self.mark, "Ctrl+M"),)

    def mark(self) -> None:
        self.log.append("mark")

    def open_record(self, kind: str, record_id: int) -> None:
        self.log.append((kind, record_id))

    def search(self, text: str) -> None:
        self.log.append(f"search {text}")

    def state(self) -> dict[str, int]:
        return {"row": 7}

    def restore(self, state: dict[str, int]) -> None:
        self.log.append(state)


class PlainPage(Page):
    id = "import"
    title = msg("Import")
    icon = "download"
    section = Section.KEEP

    def build(self) -> QWidget:
        return QLabel("x")

    def receive(self, payload: object) -> None:
        self.payload = payload


@pytest.fixture
def window(qtbot: QtBot, context: Context, languages: LanguageSwitch) -> Iterator[Window]:
    window = Window(context, languages, (ListPage, PlainPage))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def page(window: Window) -> ListPage:
    return window.navigation.pages["list"]


def change(context: Context, name: str = "Test Valley") -> Revision:
    return context.bridge.perform(ChangeSet.of([insert("cluster", {"name": name})]), msg("New: {name}", name=name))


def visible_texts(window: Window) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


def entries(window: Window) -> list[str]:
    model = window.palette_list.list.model
    return [model.entry(row).title for row in range(model.rowCount())]


# pages


def test_first_page_is_built_and_read(page: ListPage) -> None:
    assert page.log[:3] == ["build", "refresh", {}]


def test_page_not_shown_yet_is_not_built(window: Window) -> None:
    assert not window.navigation.pages["import"].built


def test_visible_page_hears_of_a_change(qtbot: QtBot, page: ListPage, context: Context) -> None:
    change(context)
    qtbot.waitUntil(lambda: page.log[-1] == "New: Test Valley")


def test_hidden_page_catches_up_when_shown(qtbot: QtBot, window: Window, page: ListPage, context: Context) -> None:
    window.navigation.show_page("import")
    page.log.clear()
    with qtbot.waitSignal(context.bridge.changed):
        change(context)
    heard_while_hidden = list(page.log)
    window.navigation.show_page("list")
    assert (heard_while_hidden, page.log) == ([], ["refresh"])


def test_rail_shows_the_number_of_records(qtbot: QtBot, window: Window, page: ListPage, context: Context) -> None:
    change(context)
    expected = f"{page.count():,}"
    qtbot.waitUntil(lambda: expected in visible_texts(window))


def test_record_opens_on_the_page_of_its_kind(window: Window, page: ListPage, context: Context) -> None:
    window.navigation.show_page("import")
    context.open_record("cluster", 3)
    assert (window.navigation.current, page.log[-1]) == (page, ("cluster", 3))


def test_payload_reaches_the_other_page(window: Window, context: Context) -> None:
    context.show_page("import", Selection("cluster", (1, 2)))
    assert window.navigation.current.payload == Selection("cluster", (1, 2))


def test_inspector_goes_with_a_page_that_has_none(window: Window, page: ListPage) -> None:
    window.navigation.show_page("import")
    hidden = page.inspector.isVisible()
    window.navigation.show_page("list")
    assert (hidden, page.inspector.isVisible()) == (False, True)


def test_inspector_stays_closed_once_closed(qtbot: QtBot, window: Window, page: ListPage) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    window.navigation.show_page("import")
    window.navigation.show_page("list")
    assert not page.inspector.isVisible()


@pytest.mark.parametrize(("key", "expected"), [(Qt.Key.Key_2, "import"), (Qt.Key.Key_1, "list")])
def test_pages_have_their_keys(qtbot: QtBot, window: Window, key: Qt.Key, expected: str) -> None:
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.navigation.current.id == expected


def test_command_of_the_page_has_its_key(qtbot: QtBot, window: Window, page: ListPage) -> None:
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert page.log[-1] == "mark"


def test_command_of_a_hidden_page_is_silent(qtbot: QtBot, window: Window, page: ListPage) -> None:
    window.navigation.show_page("import")
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert "mark" not in page.log


def test_arrow_keys_walk_the_rail(qtbot: QtBot, window: Window) -> None:
    first = window.findChild(QAbstractButton, "list")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert window.navigation.current.id == "import"


# palette


@pytest.fixture
def search(qtbot: QtBot, window: Window):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return QApplication.focusWidget()


def test_palette_lists_commands_at_first(window: Window, search) -> None:
    assert "Mark this cluster" in entries(window)


def test_palette_finds_records(qtbot: QtBot, window: Window, search) -> None:
    qtbot.keyClicks(search, "Pangyo Techno")
    qtbot.waitUntil(lambda: "Pangyo Techno Valley" in entries(window))


def test_return_opens_the_record(qtbot: QtBot, window: Window, page: ListPage, search) -> None:
    qtbot.keyClicks(search, "Pangyo Techno Valley")
    qtbot.waitUntil(lambda: entries(window)[:1] == ["Pangyo Techno Valley"])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert page.log[-1][0] == "cluster"


def test_return_runs_a_command(qtbot: QtBot, window: Window, page: ListPage, search) -> None:
    qtbot.keyClicks(search, "mark this")
    qtbot.waitUntil(lambda: entries(window)[:1] == ["Mark this cluster"])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert page.log[-1] == "mark"


def test_palette_offers_to_narrow_the_page(qtbot: QtBot, window: Window, page: ListPage, search) -> None:
    qtbot.keyClicks(search, "xyxyxy987")
    qtbot.waitUntil(lambda: entries(window) == ["Find “xyxyxy987” in Clusters"])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert page.log[-1] == "search xyxyxy987"


def test_up_goes_around_to_the_last(qtbot: QtBot, window: Window, search) -> None:
    qtbot.keyClick(search, Qt.Key.Key_Up)
    assert window.palette_list.list.current.title == entries(window)[-1]


def test_escape_gives_the_focus_back(qtbot: QtBot, window: Window, page: ListPage) -> None:
    page.label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.label.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert (QApplication.focusWidget(), window.palette_list.list.isVisible()) == (page.label, False)


# changes, undo, troubles, jobs


def test_change_is_told_with_undo(qtbot: QtBot, window: Window, context: Context) -> None:
    change(context)
    assert window.toast.text == "New: Test Valley"


def test_undo_key_takes_the_change_back(qtbot: QtBot, window: Window, context: Context) -> None:
    before = context.bridge.catalogue.checksum()
    with qtbot.waitSignal(context.bridge.changed):
        change(context)
    with qtbot.waitSignal(context.bridge.changed):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (context.bridge.catalogue.checksum(), window.toast.text) == (before, "Undone: New: Test Valley")


def test_redo_key_makes_it_again(qtbot: QtBot, window: Window, context: Context) -> None:
    with qtbot.waitSignal(context.bridge.changed):
        change(context)
    after = context.bridge.catalogue.checksum()
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        with qtbot.waitSignal(context.bridge.changed):
            qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert context.bridge.catalogue.checksum() == after


def test_undo_tells_what_it_would_take_back(qtbot: QtBot, window: Window, context: Context) -> None:
    with qtbot.waitSignal(context.bridge.changed):
        change(context)
    assert "Undo: New: Test Valley" in [command.label for command in window.all_commands()]


def test_trouble_is_a_short_message(window: Window) -> None:
    window.show_trouble(CatalogueError(msg("The disk is full.")))
    assert window.toast.text == "The disk is full."


def test_saved_state_names_the_revision(qtbot: QtBot, window: Window, context: Context) -> None:
    number = change(context).id
    qtbot.waitUntil(lambda: f"Saved · revision {number} · every change can be undone" in visible_texts(window))


def test_job_is_shown_while_it_runs(qtbot: QtBot, window: Window, context: Context) -> None:
    job = context.jobs.run("Exporting", lambda _: None, print)
    shown = "Exporting" in visible_texts(window)
    with qtbot.waitSignal(job.finished):
        pass
    assert (shown, "Exporting" in visible_texts(window)) == (True, False)


# files


def test_dropped_workbook_goes_to_the_import_page(window: Window, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Q4.xlsx"))])
    none = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(QDropEvent(QPointF(QPoint(9, 9)), *none))
    assert window.navigation.current.payload == tmp_path / "Q4.xlsx"


def test_dropped_catalogue_is_opened(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.file_requested) as asked:
        window.take_file(tmp_path / "other.clusters")
    assert asked.args == [FileRequest(tmp_path / "other.clusters", Opening.EXISTING)]


def test_copy_is_written_on_a_worker(qtbot: QtBot, window: Window, context: Context, tmp_path: Path) -> None:
    window._files.copy_to(tmp_path / "mailed.clusters")
    qtbot.waitUntil(lambda: window.toast.text == "Saved a copy as mailed.clusters")
    assert (tmp_path / "mailed.clusters").exists()


def test_workbook_is_exported(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window._files._export.write(tmp_path / "all.xlsx")
    qtbot.waitUntil(lambda: window.toast.text.endswith("records to all.xlsx"))
    assert (tmp_path / "all.xlsx").stat().st_size > 10_000


# language, theme, what is remembered


def test_window_speaks_the_other_language_at_once(window: Window, page: ListPage, languages: LanguageSwitch) -> None:
    page.log.clear()
    languages.set_language(Language.KOREAN)
    assert page.log == ["build", "refresh", {"row": 7}]


def test_old_page_content_is_gone_after_the_switch(
    qtbot: QtBot, window: Window, page: ListPage, languages: LanguageSwitch
) -> None:
    old = page.label
    with qtbot.waitSignal(old.destroyed):
        languages.set_language(Language.KOREAN)
    assert page.label.isVisible()


def test_choice_of_scheme_is_remembered(window: Window, context: Context) -> None:
    next(command for command in window.all_commands() if command.id == "scheme-dark").run()
    assert (context.preferences.scheme, context.theme.dark) == ("dark", True)


def test_choice_of_language_is_remembered(window: Window, context: Context) -> None:
    next(command for command in window.all_commands() if command.id == "language-ko").run()
    assert context.preferences.language == "ko"


def test_scheme_switch_goes_around(window: Window, context: Context) -> None:
    seen = []
    for _ in range(3):
        window._views.next_scheme()
        seen.append(context.theme.scheme)
    assert set(seen) == set(Scheme)


def test_closing_remembers_the_pages(window: Window, context: Context) -> None:
    window.close()
    assert (context.preferences.page, context.preferences.page_states) == ("list", {"list": {"row": 7}})


def test_dragged_widths_are_remembered(window: Window, context: Context) -> None:
    window._panes.moveSplitter(150, 1)
    assert context.preferences.rail_width == 150


def test_everything_that_takes_focus_has_a_name(window: Window) -> None:
    focusable = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
    ]
    assert [widget for widget in focusable if not widget.accessibleName()] == []


def test_every_command_of_the_menus_exists(window: Window) -> None:
    from ui.menus import HERE, MENUS, PAGES, RECENT, SEPARATOR

    known = {command.id for command in window.all_commands()} | {SEPARATOR, RECENT, PAGES, HERE}
    assert [entry for plan in MENUS for entry in plan.entries if entry not in known] == []


def test_no_two_commands_share_a_key(window: Window) -> None:
    keys = [command.shortcut_text for command in window.all_commands() if command.shortcut_text]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("Gyeonggi", "Gyeonggi.clusters"),
        ("Gyeonggi 2.0", "Gyeonggi 2.0.clusters"),
        ("Gyeonggi.clusters", "Gyeonggi.clusters"),
    ],
)
def test_a_dot_in_a_name_is_no_suffix(typed: str, file: str) -> None:
    assert named(typed).name == file
