"""A field to find and add something: what is found drops down below it, Return takes the marked line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.models.palette import PaletteEntry
from ui.widgets.palette_list import PaletteList
from ui.widgets.search_box import SearchBox

LEAST_WIDTH = 340
TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


class SuggestBox(SearchBox):
    """Emits `searched(words)` (also blank, on focus); answer with `offer`. The chosen entry's `run` is called."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self.list: PaletteList | None = None

    def offer(self, entries: tuple[PaletteEntry, ...], hint: str) -> None:
        """List what was found, with a sentence below, unless the focus has gone elsewhere."""
        if not self.hasFocus():
            return
        if self.list is None:
            self.list = PaletteList(self.window())
            self.list.set_accessible(self.placeholderText())
            self.list.chosen.connect(self._take)
        self.list.resize(max(self.width(), LEAST_WIDTH), self.list.height())
        corner = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        right = self.window().width() - self.list.width() - 8
        self.list.move(max(min(corner.x(), right), 0), corner.y())
        self.list.show_entries(entries, hint)

    def close_list(self) -> None:
        """Put the list away."""
        if self.list is not None:
            self.list.hide()

    @Slot(object)
    def _take(self, entry: PaletteEntry | None) -> None:
        if entry is not None:
            self.close_list()
            self.clear()
            entry.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list; Return takes, Escape closes."""
        key = Qt.Key(event.key())
        shown = self.list is not None and self.list.isVisible()
        if self.list is not None and shown and key in STEPS:
            self.list.move_current(STEPS[key])
        elif self.list is not None and shown and key in TAKING:
            self._take(self.list.current)
        elif shown and key == Qt.Key.Key_Escape:
            self.close_list()
        elif key == Qt.Key.Key_Down or (key in TAKING and self.text().strip()):  # Return is no answer to a dialog yet
            self.searched.emit(self.text().strip())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer something at once where the focus came by key or click."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.searched.emit(self.text().strip())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the list away, unless the pointer is choosing in it."""
        super().focusOutEvent(event)
        if self.list is not None and not self.list.underMouse():
            self.close_list()
