"""The window: rail, page, inspector, top and status bar. It knows Page, and no page by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from storage.domain.changes import Revision
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.command import Command, CommandAction, actions
from ui.job import Job
from ui.language import LanguageSwitch, tr
from ui.menus import HERE, PAGES, RECENT, Menus
from ui.page import Context, Page, Section, Toast
from ui.palette import Palette, PaletteSource
from ui.preferences import packed, unpacked
from ui.widgets.rail import Rail, RailEntry
from ui.widgets.status_strip import StatusStrip
from ui.widgets.toast import ToastBar
from ui.widgets.top_bar import TopBar
from ui.window_commands import SUFFIX, EditCommands, FileCommands, HelpCommands, ViewCommands

SECTIONS = {Section.RECORDS: msg(""), Section.LOOK: msg("Look closer"), Section.KEEP: msg("Keep it true")}


class Window(QMainWindow):
    """Shows one open catalogue; emits `file_requested(FileRequest)` when another one is wanted."""

    file_requested = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, languages: LanguageSwitch, pages: Sequence[type[Page]]) -> None:
        super().__init__()
        self.context = context
        self._languages = languages
        self.pages = {kind.id: kind(context) for kind in pages}
        self._build()
        self._files = FileCommands(self, context)
        self._edits = EditCommands(self, context)
        self._views = ViewCommands(self, context, languages)
        self._help = HelpCommands(self, self.all_commands)
        self._actions = actions(self._window_commands(), self)
        self._switches = actions(self._views.switches(), self)
        self._page_actions: dict[str, CommandAction] = {}
        self.addActions(list(self._actions.values()))
        source = PaletteSource(self._all_pages, self._current_page, self.all_commands)
        self.palette_list = Palette(self._top.search, self, context, source)
        self._connect()
        self.retranslate()
        self._restore()

    # Building

    def _build(self) -> None:
        self._top = TopBar(self)
        self.setMenuWidget(self._top)
        self._rail = Rail(self)
        self._stack = QStackedWidget(self)
        self._inspectors = QStackedWidget(self)
        self._inspector = QFrame(self)
        self._inspector.setObjectName("inspector")
        column = QVBoxLayout(self._inspector)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._inspectors)
        self._status = StatusStrip(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        for place, widget in enumerate((self._rail, self._stack, self._inspector)):
            self._splitter.addWidget(widget)
            self._splitter.setStretchFactor(place, 1 if widget is self._stack else 0)
            self._splitter.setCollapsible(place, widget is not self._stack)
        self._rail.setMinimumWidth(120)
        self._inspector.setMinimumWidth(240)
        self._stack.setMinimumWidth(360)
        centre = QWidget(self)
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._splitter, 1)
        whole.addWidget(self._status)
        self.setCentralWidget(centre)
        self.toast = ToastBar(self)
        self.setAcceptDrops(True)
        for page in self.pages.values():
            self._stack.addWidget(page)

    def _connect(self) -> None:
        context = self.context
        context.page_requested.connect(self.show_page)
        context.record_requested.connect(self.open_record)
        context.toast_requested.connect(self._show_toast)
        context.bridge.changed.connect(self._changed)
        context.bridge.performed.connect(self._performed)
        context.jobs.started.connect(self._job_started)
        context.jobs.refused.connect(self._job_refused)
        context.theme.changed.connect(self._update_actions)
        self._status.cancel_requested.connect(self._cancel_job)
        self._languages.changed.connect(self.retranslate)
        self._rail.chosen.connect(self.show_page)
        self._splitter.splitterMoved.connect(self._remember_widths)
        for page in self.pages.values():
            page.rebuilt.connect(self._page_rebuilt)
            page.count_changed.connect(self._update_counts)

    def _window_commands(self) -> Sequence[Command]:
        pages = [
            Command(f"page-{page.id}", page.title, partial(self.show_page, page.id), f"Ctrl+{place}", page.icon)
            for place, page in enumerate(self.pages.values(), 1)
        ]
        here = (
            Command("find", msg("Find anything"), self._find, "Ctrl+K", "search"),
            Command("rail", msg("Navigation"), self._toggle_rail, "Ctrl+B", "", checked=self._has_rail),
            Command(
                "inspector", msg("Inspector"), self._toggle_inspector, "F8", "panel-right", checked=self._has_inspector
            ),
        )
        return (
            *self._files.commands(), *self._edits.commands(), *here, *pages, *self._views.commands(),
            *self._help.commands(),
        )  # fmt: skip

    # What the palette and the help list ask for

    def all_commands(self) -> Sequence[Command]:
        """Return what can be done now: the commands of the page shown, then those of the window."""
        return tuple(action.command for action in (*self._page_actions.values(), *self._actions.values()))

    def _all_pages(self) -> Sequence[Page]:
        return tuple(self.pages.values())

    def _current_page(self) -> Page:
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def _find(self) -> None:
        self.palette_list.open()

    # Pages

    @Slot(str)
    @Slot(str, object)
    def show_page(self, page_id: str, payload: object = None) -> None:
        """Show a page, building it on first show, and hand it what another page sent along."""
        page = self.pages[page_id]
        self._stack.setCurrentWidget(page)
        self._rail.select(page_id)
        page.enter()
        self.context.preferences.page = page_id
        self._show_inspector()
        self._take_page_actions()
        if payload is not None:
            page.receive(payload)

    @Slot(str, int)
    def open_record(self, kind: str, record_id: int) -> None:
        """Show a record on the page of its kind."""
        for page in self.pages.values():
            if kind in page.kinds:
                self.show_page(page.id)
                page.open_record(kind, record_id)
                return

    def _take_page_actions(self) -> None:
        for action in self._page_actions.values():
            self.removeAction(action)
            action.deleteLater()
        self._page_actions = actions(self._current_page().commands(), self)
        self.addActions(list(self._page_actions.values()))
        self._menus.set_group(HERE, list(self._page_actions.values()))

    @Slot()
    def _page_rebuilt(self) -> None:
        page = self.sender()
        if isinstance(page, Page) and page.inspector is not None:
            self._inspectors.addWidget(page.inspector)
        if page is self._stack.currentWidget():
            self._show_inspector()

    def _show_inspector(self) -> None:
        content = self._current_page().inspector
        if content is not None:
            self._inspectors.setCurrentWidget(content)
        self._inspector.setVisible(content is not None and self.context.preferences.inspector_open)

    @Slot()
    def _update_counts(self) -> None:
        for page in self.pages.values():
            self._rail.show_count(page.id, page.count())

    # What happens

    @Slot(object)
    def _changed(self, revision: Revision) -> None:
        for page in self.pages.values():
            page.hear(revision)
        self._update_counts()
        self._update_actions()
        self._show_saved()

    @Slot(object)
    def _performed(self, revision: Revision) -> None:
        self.toast.tell(tr(revision.text), tr("Undo"), self._edits.undo)

    @Slot(object)
    def show_trouble(self, error: CatalogueError) -> None:
        """Show an expected trouble that nobody caught in its place."""
        self.toast.tell(tr(error.text))

    @Slot(object)
    def _show_toast(self, toast: Toast) -> None:
        self.toast.tell(toast.text, toast.action, toast.run)

    @Slot(object)
    def _job_started(self, job: Job) -> None:
        self._status.show_job(job)
        job.finished.connect(self._job_finished)

    @Slot()
    def _job_finished(self) -> None:
        self._status.show_job(None)

    @Slot(object)
    def _job_refused(self, running: Job) -> None:
        self.toast.tell(tr("Wait for “{job}” to finish, or stop it.", job=running.title))

    @Slot()
    def _cancel_job(self) -> None:
        if self.context.jobs.current is not None:
            self.context.jobs.current.cancel()

    def _show_saved(self) -> None:
        number = self.context.bridge.catalogue.revision
        text = msg("Saved · revision {n} · every change can be undone", n=f"{number:,}") if number else msg("Saved")
        self._status.set_saved(tr(text))

    @Slot()
    def _update_actions(self) -> None:
        for action in (*self._actions.values(), *self._switches.values(), *self._page_actions.values()):
            action.update_state()
        self._menus.set_group(RECENT, list(actions(self._files.recent(), self._menus).values()))

    # Language, sizes, what is remembered

    @Slot()
    def retranslate(self) -> None:
        """Say everything again in the language now in force."""
        path = self.context.bridge.catalogue.path
        self.setWindowTitle(tr("{file} – Cluster Atlas", file=path.stem))
        self._top.show_file(path)
        self._menus = Menus(self._top.menus, self._actions)
        self._menus.set_group(PAGES, [self._actions[f"page-{page_id}"] for page_id in self.pages])
        self._menus.set_group(HERE, list(self._page_actions.values()))
        find = self._actions["find"].command
        self._top.show_search(tr("Find a cluster, organisation, metric or command"), find.shortcut_text)
        self._update_actions()
        self._top.set_actions(self._actions["undo"], self._actions["redo"], self._actions["inspector"])
        self._status.set_switches(*self._switches.values())
        self._rail.set_entries(self._rail_entry(page) for page in self.pages.values())
        self._show_saved()
        self._update_counts()
        for page in self.pages.values():
            page.retranslate()
        if self._page_actions or self.isVisible():
            self._rail.select(self._current_page().id)
            self._take_page_actions()

    def _rail_entry(self, page: Page) -> RailEntry:
        tip = self._actions[f"page-{page.id}"].toolTip()
        return RailEntry(page.id, tr(SECTIONS[page.section]), tr(page.title), page.icon, tip)

    def _restore(self) -> None:
        preferences = self.context.preferences
        self.resize(1440, 900)
        self.restoreGeometry(QByteArray(unpacked(preferences.geometry)))
        middle = max(self.width() - preferences.rail_width - preferences.inspector_width, 360)
        self._splitter.setSizes([preferences.rail_width, middle, preferences.inspector_width])
        first = next(iter(self.pages))
        self.show_page(preferences.page if preferences.page in self.pages else first)

    @Slot()
    def _remember_widths(self) -> None:
        rail, _, inspector = self._splitter.sizes()
        if rail:
            self.context.preferences.rail_width = rail
        if self._inspector.isVisible() and inspector:
            self.context.preferences.inspector_width = inspector

    def _toggle_rail(self) -> None:
        self._rail.setVisible(not self._has_rail())

    def _has_rail(self) -> bool:
        return not self._rail.isHidden()

    def _toggle_inspector(self) -> None:
        self.context.preferences.inspector_open = not self.context.preferences.inspector_open
        self._show_inspector()

    def _has_inspector(self) -> bool:
        return self.context.preferences.inspector_open

    def remember(self) -> None:
        """Put what this window shows into the preferences."""
        preferences = self.context.preferences
        preferences.geometry = packed(bytes(self.saveGeometry().data()))
        for page in self.pages.values():
            if page.built:
                preferences.page_states[page.id] = page.state()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember, stop the jobs, let go of the file."""
        self.remember()
        self.context.jobs.close()
        self.context.bridge.close()
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a catalogue, import anything else."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.take_file(Path(url.toLocalFile()))
                return

    def take_file(self, path: Path) -> None:
        """Open a catalogue, import anything else."""
        if path.suffix == SUFFIX:
            self._files.request(path)
        else:
            self.context.import_file(path)
