"""An editor for another record: search as you type, choose with keys or mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from storage.domain.fields import Field, Ref, Reference
from storage.domain.text import msg
from storage.errors import InvalidInput
from ui.language import name_of, other_name, tr
from ui.models.columns import label_of
from ui.theme import Space
from ui.widgets.editors.base import FieldEditor

Choose = Callable[[str, str], list[Ref]]
PAUSE_MS = 60
SHOWN = 8
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN, Qt.Key.Key_PageUp: -SHOWN}


class ReferenceEditor(FieldEditor):
    """A line to search in, and under it the records found; Enter takes the marked one."""

    def __init__(self, field: Field, parent: QWidget, language: str, choose: Choose) -> None:
        super().__init__(field, parent, language)
        assert isinstance(field.type, Reference)
        self._kind = field.type.kind
        self._choose = choose
        self._found: list[Ref] = []
        self._ref: Ref | None = None
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("Type a name"))
        self.line.setClearButtonEnabled(True)
        self.take_input(self.line)
        self.list = QListWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(tr("Records for {field}", field=label_of(field)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        self._column.insertWidget(1, self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.line.textEdited.connect(self._edited)
        self.list.itemClicked.connect(self._clicked)

    def begin(self) -> None:
        """Take the focus and offer the first records."""
        super().begin()
        self.line.selectAll()
        self._offer("")

    def value(self) -> Ref | None:
        """Return the record that is chosen; raise InvalidInput when the words name none."""
        if not self.line.text().strip():
            if self.field.required:
                raise InvalidInput(msg("{field} must not be blank.", field=self.field.label))
            return None
        if self._ref is None:
            raise InvalidInput(msg("“{text}” is no record; choose one from the list.", text=self.line.text().strip()))
        return self._ref

    def key(self, event: QKeyEvent) -> bool:
        """Go through the list; Enter takes a line, Escape closes the list first."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._search()
            if self._ref is None and self.line.text().strip() and self.list.currentRow() >= 0:
                self._take(self.list.currentRow())
        return super().key(event)

    def finish(self) -> None:
        """Put the list away with the end of the editing."""
        super().finish()
        if self._told:
            self._close_list()

    def _show(self, value: Any) -> None:
        self._ref = value
        self.line.setText(self.field.format(value, self.language))
        self._close_list()

    @Slot()
    def _edited(self) -> None:
        self._ref = None
        self.touched()
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        self._offer(self.line.text().strip())

    def _offer(self, words: str) -> None:
        self._found = self._choose(self._kind, words)
        self.list.clear()
        for ref in self._found:
            other = other_name(ref.name, ref.name_ko)
            title = name_of(ref.name, ref.name_ko)
            item = QListWidgetItem(tr("{name} ({other})", name=title, other=other) if other else title)
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setFixedHeight(min(len(self._found), SHOWN) * Space.ROW + 2 * Space.XS + 2)
        self.list.setVisible(bool(self._found))
        if words:
            self.list.setCurrentRow(0)
            self.say("" if self._found else tr("Nothing found."))
        self.fit()

    def _step(self, steps: int) -> None:
        if self.list.isHidden():
            self._search()
        if count := self.list.count():
            row = self.list.currentRow()
            self.list.setCurrentRow(0 if row < 0 else min(max(row + steps, 0), count - 1))
            self._choose_row(self.list.currentRow())

    def _choose_row(self, row: int) -> None:
        self._ref = self._found[row]
        self.line.setText(name_of(self._ref.name, self._ref.name_ko))
        self.touched()

    def _take(self, row: int) -> None:
        self._choose_row(row)
        self._close_list()

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        self._take(self.list.row(item))
        self.finish()

    def _close_list(self) -> None:
        self._pause.stop()
        self.list.hide()
        self.fit()
