"""Which page is shown: builds it on first show, gives it its inspector, its commands and the news of changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from storage.domain.changes import Revision
from storage.domain.text import msg
from ui.command import Command, CommandAction, actions
from ui.language import tr
from ui.page import Context, Page, Section
from ui.widgets.panes import Panes
from ui.widgets.rail import RailEntry

SECTIONS = {Section.RECORDS: msg(""), Section.LOOK: msg("Look closer"), Section.KEEP: msg("Keep it true")}


class Navigation(QObject):
    """Holds the pages; emits `shown` after another page came up, with its commands ready."""

    shown = Signal()

    def __init__(self, panes: Panes, context: Context, kinds: Sequence[type[Page]], window: QWidget) -> None:
        super().__init__(window)
        self._panes = panes
        self._context = context
        self._window = window
        self.pages: dict[str, Page] = {kind.id: kind(context) for kind in kinds}
        self.page_actions: dict[str, CommandAction] = {}
        for page in self.pages.values():
            panes.pages.addWidget(page)
            page.rebuilt.connect(self._page_rebuilt)
            page.count_changed.connect(self.update_counts)
            page.commands_changed.connect(self._update_actions)
        context.page_requested.connect(self.show_page)
        context.record_requested.connect(self.open_record)
        panes.rail.chosen.connect(self.show_page)

    @property
    def current(self) -> Page:
        """The page that is shown."""
        page = self._panes.pages.currentWidget()
        assert isinstance(page, Page)
        return page

    def all_pages(self) -> Sequence[Page]:
        """Return the pages in the order of the rail."""
        return tuple(self.pages.values())

    def page_commands(self) -> Sequence[Command]:
        """Return the commands of the page shown."""
        return [action.command for action in self.page_actions.values()]

    @Slot(str)
    @Slot(str, object)
    def show_page(self, page_id: str, payload: object = None) -> None:
        """Show a page and hand it what another page sent along."""
        page = self.pages[page_id]
        self._panes.pages.setCurrentWidget(page)
        self._panes.rail.select(page_id)
        page.enter()
        self._context.preferences.page = page_id
        self.show_inspector()
        self._take_actions()
        focus = QApplication.focusWidget()
        if focus is None or not self._panes.rail.isAncestorOf(focus):
            page.setFocus()
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

    def show_inspector(self) -> None:
        """Show the panel of the page, unless the user closed it."""
        self._panes.show_inspector(self.current.inspector, is_open=self._context.preferences.inspector_open)

    def hear(self, revision: Revision) -> None:
        """Tell the pages of a change."""
        for page in self.pages.values():
            page.hear(revision)
        self.update_counts()

    def retranslate(self, tips: dict[str, str]) -> None:
        """Say the rail and the pages again; `tips` are the tool tips by page."""
        rail, pages = self._panes.rail, self.pages.values()
        rail.set_entries(
            RailEntry(page.id, tr(SECTIONS[page.section]), tr(page.title), page.icon, tips[page.id]) for page in pages
        )
        self.update_counts()
        for page in pages:
            page.retranslate()
        if self.page_actions:
            rail.select(self.current.id)
            self._take_actions()

    @Slot()
    def update_counts(self) -> None:
        """Show how many records each page has."""
        for page in self.pages.values():
            self._panes.rail.show_count(page.id, page.count())

    def remember(self) -> None:
        """Put the state of the pages into the preferences."""
        for page in self.pages.values():
            if page.built:
                self._context.preferences.page_states[page.id] = page.state()

    def _take_actions(self) -> None:
        for action in self.page_actions.values():
            self._window.removeAction(action)
            action.deleteLater()
        self.page_actions = actions(self.current.commands(), self._window)
        self._window.addActions(list(self.page_actions.values()))
        self.shown.emit()

    @Slot()
    def _update_actions(self) -> None:
        if self.sender() is self._panes.pages.currentWidget():
            for action in self.page_actions.values():
                action.update_state()

    @Slot()
    def _page_rebuilt(self) -> None:
        if self.sender() is self._panes.pages.currentWidget():
            self.show_inspector()
