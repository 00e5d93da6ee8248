"""Ctrl+K: everything by its name, records and commands in one list under the search field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.command import Command
from ui.job import Progress
from ui.language import name_of, other_name, tr
from ui.models.palette import PaletteEntry
from ui.page import Context, Page
from ui.widgets.palette_list import PaletteList

if TYPE_CHECKING:
    from storage.catalogue import Hit

FOUND = 50
COMMANDS_BESIDE_RECORDS = 5


@dataclass(frozen=True)
class PaletteSource:
    """Where the palette takes its lines from, asked each time it opens."""

    pages: Callable[[], Sequence[Page]]
    commands: Callable[[], Sequence[Command]]
    current: Callable[[], Page]


class Palette(QObject):
    """Joins the search field, the list, the catalogue's search and the commands."""

    def __init__(self, field: QLineEdit, window: QWidget, context: Context, source: PaletteSource) -> None:
        super().__init__(window)
        self._field = field
        self._window = window
        self._context = context
        self._source = source
        self._before: QWidget | None = None
        self.list = PaletteList(window)
        self.list.chosen.connect(self._take)
        field.installEventFilter(self)
        window.installEventFilter(self)
        field.textChanged.connect(self._text_changed)

    @Slot()
    def open(self) -> None:
        """Put the focus into the field and list what can be done."""
        focus = QApplication.focusWidget()
        if focus is not self._field:
            self._before = focus
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._text_changed(self._field.text())

    @Slot()
    def close(self) -> None:
        """Put the list away and the focus back where it was."""
        self.list.hide()
        self._field.clear()
        self.list.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.clearFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list from the field, open on click, follow the window's size."""
        if watched is self._window:
            if event.type() == QEvent.Type.Resize:
                self._place()
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._text_changed(self._field.text())
        elif event.type() == QEvent.Type.FocusOut and not self.list.underMouse():
            self.list.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        return False

    def _key(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        if key in steps:
            self.list.move_current(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.current)
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    @Slot(object)
    def _take(self, entry: PaletteEntry | None) -> None:
        if entry is not None:
            self.close()
            entry.run()

    @Slot(str)
    def _text_changed(self, text: str) -> None:
        if not self._field.hasFocus():
            return
        words = text.strip()
        if not words:
            self._show(self._command_entries(""), tr("Type to find a record or a command."))
            return
        catalogue = self._context.bridge.catalogue

        def search(_progress: Progress) -> tuple[str, list[Hit]]:
            return words, catalogue.search(words, FOUND)

        self._context.jobs.read("palette", search, self._found)

    def _found(self, answer: tuple[str, list[Hit]]) -> None:
        words, hits = answer
        if words != self._field.text().strip() or not self._field.hasFocus():
            return
        records = self._record_entries(hits)
        commands = self._command_entries(words)
        page = self._source.current()
        narrow = PaletteEntry(
            tr("Find “{words}” in {page}", words=words, page=page.title), "search", partial(page.search, words)
        )
        entries = (*commands[: COMMANDS_BESIDE_RECORDS if records else None], *records)
        exact = commands and commands[0].title.casefold().startswith(words.casefold())
        if not exact:
            entries = (*records, *commands)
        self._show((*entries, *((narrow,) if page.searchable else ())), "" if entries else tr("Nothing found."))

    def _show(self, entries: tuple[PaletteEntry, ...], hint: str) -> None:
        self._place()
        self.list.set_accessible(tr("Results"))
        self.list.show_entries(entries, hint)

    def _place(self) -> None:
        corner = self._field.mapTo(self._window, QPoint(0, self._field.height() + 4))
        self.list.move(corner)
        self.list.resize(self._field.width(), self.list.height())

    def _record_entries(self, hits: list[Hit]) -> tuple[PaletteEntry, ...]:
        pages = {kind: page for page in self._source.pages() for kind in page.kinds}
        return tuple(
            PaletteEntry(
                name_of(hit.title, hit.title_ko),
                pages[hit.kind].icon,
                partial(self._context.open_record, hit.kind, hit.id),
                other_name(hit.title, hit.title_ko) or hit.detail,
                tr(pages[hit.kind].title),
            )
            for hit in hits
            if hit.kind in pages
        )

    def _command_entries(self, words: str) -> tuple[PaletteEntry, ...]:
        wanted = words.casefold().split()
        return tuple(
            PaletteEntry(command.label, command.icon or "chevron-right", command.run, kind=command.shortcut_text)
            for command in self._source.commands()
            if command.enabled() and all(word in command.label.casefold() for word in wanted)
        )
