"""Saved views of a page: a menu that opens, saves, renames and deletes them, each as an undoable change."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from storage.domain.changes import Change, ChangeSet, delete, insert, update
from storage.domain.query import Order, Query, Where
from storage.domain.text import Text, msg
from storage.domain.view import SavedView
from storage.errors import CatalogueError
from ui.icons import Tone, icon
from ui.language import tr
from ui.page import Context
from ui.widgets.labels import Label
from ui.widgets.popup import Popup

FIELDS = ("name", "definition")


class NamePopup(Popup):
    """Asks for the name of a view; emits `named(text)` on Return."""

    named = Signal(str)

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.line = QLineEdit(name, self)
        self.line.setPlaceholderText(tr("Name of the view"))
        self.line.setAccessibleName(title)
        self.line.selectAll()
        self.line.returnPressed.connect(self._take)
        keep = QPushButton(tr("Save"), self)
        keep.setProperty("primary", True)
        keep.clicked.connect(self._take)
        self.column.addWidget(Label(title, "section", self))
        self.column.addWidget(self.line)
        self.column.addWidget(keep)
        self.setFixedWidth(260)
        self.setFocusProxy(self.line)

    @Slot()
    def _take(self) -> None:
        if name := self.line.text().strip():
            self.close()
            self.named.emit(name)


class ViewsButton(QPushButton):
    """The button with the menu; emits `chosen(SavedView | None)`, None for all records in the usual columns."""

    chosen = Signal(object)
    retitled = Signal()

    def __init__(self, context: Context, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._page = page
        self._views: dict[int, tuple[str, str]] = {}
        self._current = 0
        self._now: SavedView | None = None
        self._renaming = False
        self._popup: NamePopup | None = None
        self.title = ""
        self.setIcon(icon("bookmark", Tone.MUTED))
        menu = QMenu(self)
        menu.triggered.connect(self._menu_chosen)
        self.setMenu(menu)
        self.read()

    @property
    def current(self) -> int:
        """The id of the view that is open, 0 for none."""
        return self._current

    @property
    def popup(self) -> NamePopup | None:
        """What asks for a name, while it does."""
        return self._popup

    def read(self) -> None:
        """Read the views of the page again."""
        catalogue = self._context.bridge.catalogue
        ids = catalogue.ids(Query("view", Where("page", "=", self._page), (Order("name"),)))
        fields = [catalogue.kinds["view"].field(key) for key in FIELDS]
        rows = catalogue.rows("view", ids, fields)
        self._views = {int(id): (str(row[0]), str(row[1])) for id, row in zip(ids, rows, strict=True)}
        self._build()

    def set_current(self, view_id: int) -> None:
        """Show a view as open, without opening it."""
        self._current = view_id
        self._build()

    def follow(self, now: SavedView) -> None:
        """Take what the page shows now, to tell whether it still is the view that was opened."""
        self._now = now
        self._build()

    def _build(self) -> None:
        if self._current not in self._views:
            self._current = 0
        name = self._views[self._current][0] if self._current else tr("All")
        changed = self._is_changed()
        title = tr("View: {name} (changed)", name=name) if changed else tr("View: {name}", name=name)
        self.title = title
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.retitled.emit()
        menu = self.menu()
        menu.clear()
        self._add("all", tr("All"), ticked=not self._current)
        for view_id, (view_name, _) in self._views.items():
            self._add(f"open {view_id}", view_name.replace("&", "&&"), ticked=view_id == self._current)
        menu.addSeparator()
        if changed:
            self._add("update", tr("Save the changes of “{name}”", name=name))
        self._add("save", tr("Save as a new view…"))
        if self._current:
            self._add("rename", tr("Rename “{name}”…", name=name))
            self._add("delete", tr("Delete “{name}”", name=name))

    def _add(self, what: str, text: str, *, ticked: bool | None = None) -> None:
        action = self.menu().addAction(text)
        action.setData(what)
        if ticked is not None:
            action.setCheckable(True)
            action.setChecked(ticked)

    def _is_changed(self) -> bool:
        if not self._current or self._now is None:
            return False
        return bool(json.loads(self._now.to_json()) != json.loads(self._views[self._current][1]))

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        what, _, number = str(action.data()).partition(" ")
        if what == "all":
            self._current = 0
            self.chosen.emit(None)
        elif what == "open":
            self._current = int(number)
            self.chosen.emit(SavedView.from_json(self._views[self._current][1]))
        elif what == "update" and self._now is not None:
            self._update("definition", self._now.to_json(), msg("Change view {name}", name=self._name))
        elif what == "delete":
            self._write(delete("view", self._current), msg("Delete view {name}", name=self._name))
        else:
            self.ask(renaming=what == "rename")

    @property
    def _name(self) -> str:
        return self._views[self._current][0]

    def ask(self, *, renaming: bool = False) -> None:
        """Ask for the name of a new view, or another name for the one that is open."""
        self._renaming = renaming and bool(self._current)
        title = tr("Rename the view") if self._renaming else tr("Save as a view")
        self._popup = NamePopup(title, self._name if self._renaming else "", self)
        self._popup.named.connect(self._take_name)
        self._popup.open_below(self)

    @Slot(str)
    def _take_name(self, name: str) -> None:
        if self._renaming:
            self._update("name", name, msg("Rename view {before} to {name}", before=self._name, name=name))
        elif self._now is not None:
            values = {"name": name, "page": self._page, "definition": self._now.to_json()}
            self._write(insert("view", values, -1), msg("Save view {name}", name=name))

    def _update(self, column: str, value: str, label: Text) -> None:
        before = dict(zip(FIELDS, self._views[self._current], strict=True))[column]
        self._write(update("view", self._current, {column: before}, {column: value}), label)

    def _write(self, change: Change, label: Text) -> None:
        try:
            revision = self._context.bridge.perform(ChangeSet.of([change]), label)
        except CatalogueError as error:
            self._context.toast(error.text)
            return
        self._current = revision.new_ids.get(change.id, 0 if change.action == "delete" else self._current)
        self.read()
