"""The window: rail, page, inspector, top and status bar. It knows Page, and no page by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from storage.domain.changes import Revision
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.command import Command, actions
from ui.job import Job
from ui.language import LanguageSwitch, tr
from ui.menus import HERE, PAGES, RECENT, Menus
from ui.navigation import Navigation
from ui.page import Context, Page, Toast
from ui.palette import Palette, PaletteSource
from ui.preferences import packed, unpacked
from ui.widgets.panes import Panes
from ui.widgets.status_strip import StatusStrip
from ui.widgets.toast import ToastBar
from ui.widgets.top_bar import TopBar
from ui.window_commands import SUFFIX, EditCommands, FileCommands, HelpCommands, ViewCommands

SIZE = (1440, 900)
PAGE_PREFIX = "page-"


class Window(QMainWindow):
    """Shows one open catalogue; emits `file_requested(FileRequest)` when another one is wanted."""

    file_requested = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, languages: LanguageSwitch, pages: Sequence[type[Page]]) -> None:
        super().__init__()
        self.context = context
        # another window took over, and with it what is remembered
        self.replaced = False
        self._build()
        self.navigation = Navigation(self._panes, context, pages, self)
        self._files = FileCommands(self, context)
        self._edits = EditCommands(self, context)
        self._views = ViewCommands(self, context, languages)
        self._help = HelpCommands(self, self.all_commands)
        self._actions = actions(self._window_commands(), self)
        self._switches = actions(self._views.switches(), self)
        self.addActions(list(self._actions.values()))
        source = PaletteSource(self.navigation.all_pages, self.all_commands, self._current_page)
        self.palette_list = Palette(self._top.search, self, context, source)
        self._connect(languages)
        self.retranslate()
        self._restore()

    def _build(self) -> None:
        self._top = TopBar(self)
        self.setMenuWidget(self._top)
        self._panes = Panes(self)
        self._status = StatusStrip(self)
        centre = QWidget(self)
        whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._panes, 1)
        whole.addWidget(self._status)
        self.setCentralWidget(centre)
        self.toast = ToastBar(self)
        self.setAcceptDrops(True)

    def _connect(self, languages: LanguageSwitch) -> None:
        context = self.context
        context.toast_requested.connect(self._show_toast)
        context.bridge.changed.connect(self._changed)
        context.bridge.performed.connect(self._performed)
        context.jobs.refused.connect(self._job_refused)
        context.theme.changed.connect(self.update_actions)
        languages.changed.connect(self.retranslate)
        self._status.follow(context.jobs)
        self._panes.widths_changed.connect(self._remember_widths)
        self.navigation.shown.connect(self._page_shown)

    # Commands

    def _window_commands(self) -> Sequence[Command]:
        show, has_inspector = self.navigation.show_page, self._has_inspector
        pages = [
            Command(f"{PAGE_PREFIX}{page.id}", page.title, partial(show, page.id), f"Ctrl+{place}", page.icon)
            for place, page in enumerate(self.navigation.all_pages(), 1)
        ]
        here = (
            Command("find", msg("Find anything"), self._find, "Ctrl+K", "search"),
            Command("rail", msg("Navigation"), self._toggle_rail, "Ctrl+B", checked=self._has_rail),
            Command("inspector", msg("Inspector"), self._toggle_inspector, "F8", "panel-right", checked=has_inspector),
        )
        views, helps = self._views.commands(), self._help.commands()
        return (*self._files.commands(), *self._edits.commands(), *here, *pages, *views, *helps)

    def all_commands(self) -> Sequence[Command]:
        """Return what can be done now: going to a page, the commands of the page shown, those of the window."""
        everywhere = [action.command for action in self._actions.values()]
        pages = [command for command in everywhere if command.id.startswith(PAGE_PREFIX)]
        others = [command for command in everywhere if command not in pages]
        return (*pages, *self.navigation.page_commands(), *others)

    @Slot()
    def update_actions(self) -> None:
        """Bring the texts and states of all commands up to date."""
        shown = self.navigation.page_actions.values()
        for action in (*self._actions.values(), *self._switches.values(), *shown):
            action.update_state()
        self._menus.set_group(RECENT, list(actions(self._files.recent(), self._menus).values()))

    def _current_page(self) -> Page:
        return self.navigation.current

    def _find(self) -> None:
        self.palette_list.open()

    def _toggle_rail(self) -> None:
        self._panes.rail.setVisible(not self._has_rail())

    def _has_rail(self) -> bool:
        return not self._panes.rail.isHidden()

    def _toggle_inspector(self) -> None:
        self.context.preferences.inspector_open = not self.context.preferences.inspector_open
        self.navigation.show_inspector()

    def _has_inspector(self) -> bool:
        return self.context.preferences.inspector_open

    @Slot()
    def _page_shown(self) -> None:
        self._menus.set_group(HERE, list(self.navigation.page_actions.values()))

    # What happens

    @Slot(object)
    def _changed(self, revision: Revision) -> None:
        self.navigation.hear(revision)
        self.update_actions()
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
    def _job_refused(self, running: Job) -> None:
        self.toast.tell(tr("Wait for “{job}” to finish, or stop it.", job=running.title))

    def _show_saved(self) -> None:
        number = self.context.bridge.catalogue.revision
        text = msg("Saved · revision {n} · every change can be undone", n=f"{number:,}") if number else msg("Saved")
        self._status.set_saved(tr(text))

    # Language, and what is remembered

    @Slot()
    def retranslate(self) -> None:
        """Say everything again in the language now in force."""
        path = self.context.bridge.catalogue.path
        self.setWindowTitle(tr("{file} – Cluster Atlas", file=path.stem))
        self._top.show_file(path)
        self._menus = Menus(self._top.menus, self._actions)
        self._menus.set_group(PAGES, [self._actions[f"{PAGE_PREFIX}{page_id}"] for page_id in self.navigation.pages])
        find = self._actions["find"].command
        self._top.show_search(tr("Find a cluster, organisation, metric or command"), find.shortcut_text)
        self.update_actions()
        self._top.set_actions(self._actions["undo"], self._actions["redo"], self._actions["inspector"])
        self._status.set_switches(*self._switches.values())
        self._show_saved()
        self.navigation.retranslate(
            {page_id: self._actions[f"{PAGE_PREFIX}{page_id}"].toolTip() for page_id in self.navigation.pages}
        )

    def _restore(self) -> None:
        preferences = self.context.preferences
        self.resize(*SIZE)
        self.restoreGeometry(QByteArray(unpacked(preferences.geometry)))
        self._panes.resize(self.size())
        self._panes.set_widths(preferences.rail_width, preferences.inspector_width)
        pages = self.navigation.pages
        self.navigation.show_page(preferences.page if preferences.page in pages else next(iter(pages)))

    @Slot(int, int)
    def _remember_widths(self, rail: int, inspector: int) -> None:
        self.context.preferences.rail_width = rail or self.context.preferences.rail_width
        self.context.preferences.inspector_width = inspector or self.context.preferences.inspector_width

    def remember(self) -> None:
        """Put the place of the window and the state of its pages into the preferences."""
        self.context.preferences.geometry = packed(bytes(self.saveGeometry().data()))
        self.navigation.remember()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember what is shown, stop the jobs, let go of the file."""
        if not self.replaced:
            self.remember()
        self.context.closing.emit()
        self.context.jobs.close()
        self.context.bridge.close()
        self.closed.emit()
        super().closeEvent(event)

    # Files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first catalogue, import what else there is, several workbooks in one go."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) > 1 and all(path.suffix != SUFFIX for path in paths):
            self.context.import_files(paths)
        else:
            self.take_file(next((path for path in paths if path.suffix == SUFFIX), paths[0]))

    def take_file(self, path: Path) -> None:
        """Open a catalogue, import anything else."""
        if path.suffix == SUFFIX:
            self._files.request(path)
        else:
            self.context.import_file(path)
