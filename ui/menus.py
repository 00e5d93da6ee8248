"""Which command stands in which menu; the menus themselves are made from this table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from storage.domain.text import Text, msg
from ui.command import CommandAction
from ui.language import tr

SEPARATOR = ""
RECENT = "recent"
PAGES = "pages"
HERE = "here"


@dataclass(frozen=True, slots=True)
class MenuPlan:
    """One menu: the ids of its commands, separators, and places that are filled when it opens."""

    title: Text
    entries: tuple[str, ...]


MENUS = (
    MenuPlan(
        msg("File"),
        ("new", "new-sample", "open", RECENT, "copy", SEPARATOR, "import", "export", "template", SEPARATOR, "quit"),
    ),
    MenuPlan(msg("Edit"), ("undo", "redo", SEPARATOR, "find", SEPARATOR, HERE)),
    MenuPlan(
        msg("View"),
        (
            PAGES, SEPARATOR, "rail", "inspector", SEPARATOR,
            "scheme-system", "scheme-light", "scheme-dark", SEPARATOR, "language-en", "language-ko",
        ),
    ),
    MenuPlan(msg("Help"), ("getting-started", "shortcuts", SEPARATOR, "about")),
)  # fmt: skip


class Menus(QObject):
    """Fills a menu bar; `groups` gives the actions of the places that change (recent files, pages, this page)."""

    def __init__(self, bar: QMenuBar, actions: Mapping[str, CommandAction]) -> None:
        super().__init__(bar)
        self._actions = actions
        self._groups: dict[str, list[CommandAction]] = {}
        bar.clear()
        for plan in MENUS:
            menu = bar.addMenu(tr(plan.title))
            menu.setToolTipsVisible(True)
            menu.setProperty("entries", list(plan.entries))
            menu.aboutToShow.connect(self._fill)
            self._fill_menu(menu)

    def set_group(self, name: str, actions: list[CommandAction]) -> None:
        """Set what stands in one of the changing places."""
        self._groups[name] = actions

    @Slot()
    def _fill(self) -> None:
        menu = self.sender()
        if isinstance(menu, QMenu):
            self._fill_menu(menu)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        for entry in menu.property("entries"):
            for action in self._of(entry):
                if isinstance(action, CommandAction):
                    action.update_state()
                menu.addAction(action)
            if entry == RECENT and self._groups.get(RECENT):
                self._add_recent(menu)
            elif entry == SEPARATOR:
                menu.addSeparator()

    def _of(self, entry: str) -> list[QAction]:
        if entry in self._actions:
            return [self._actions[entry]]
        return [] if entry == RECENT else list(self._groups.get(entry, ()))

    def _add_recent(self, menu: QMenu) -> None:
        recent = menu.addMenu(tr("Open recent"))
        recent.addActions(list(self._groups[RECENT]))
