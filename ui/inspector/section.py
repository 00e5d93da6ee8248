"""What the inspector's sections have in common: a folding header, reading on a worker, filling on the UI thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from storage.domain.text import Text
from ui.inspector.reading import Reading
from ui.language import ntr, tr
from ui.page import Context
from ui.theme import Space
from ui.widgets.collapsible import Collapsible
from ui.widgets.editors import FieldEditor
from ui.widgets.labels import Label

SHOWN_ROWS = 10
Row = TypeVar("Row")


class InspectorSection(Collapsible):
    """One part of the inspector; hidden while it has nothing to show and nothing can be added.

    `read` runs on a worker and knows no widget; `fill` makes the rows of what it returned, once the section is open.
    Emits `overtaken(text)` when a record changed meanwhile, `history_wanted(field, kind, id)`, and `revealed(widget)`
    for what has opened and ought to be in sight.
    """

    key: ClassVar[str]
    heading: ClassVar[Text]
    reads: ClassVar[tuple[str, ...]]

    overtaken = Signal(object)
    history_wanted = Signal(object, str, int)
    revealed = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._rows = QWidget()
        closed = self.key in context.preferences.closed_sections
        super().__init__(tr(self.heading), self._rows, parent, is_open=not closed)
        self.context = context
        self.subject: tuple[str, int] = ("", 0)
        self._data: Any = None
        self._all = False
        self._filled = False
        self.column = QVBoxLayout(self._rows)
        self.column.setContentsMargins(Space.XS, 0, 0, Space.S)
        self.column.setSpacing(Space.XS)
        self.toggled.connect(self._remember)

    @staticmethod
    def read(reading: Reading) -> Any:
        """Return what `fill` needs; runs on a worker."""
        raise NotImplementedError

    def fill(self, data: Any) -> None:
        """Make the rows for what `read` returned; call `clear` first."""
        raise NotImplementedError

    def is_empty(self, data: Any) -> bool:
        """Return whether the section is better not shown."""
        return not data

    def show_data(self, subject: tuple[str, int], data: Any) -> None:
        """Show what was read of a record; rows of the same record that are being edited are left alone."""
        if subject == self.subject and self.editing:
            return
        if subject != self.subject:
            self._all = False
        self.subject = subject
        self._data = data
        self.setHidden(self.is_empty(data))
        self._filled = False
        self._fill_when_open()

    def first(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows to show: the first ones, all once that was asked for."""
        return rows if self._all else rows[:SHOWN_ROWS]

    def _fill_when_open(self) -> None:
        if not self.is_open or self._filled or self.isHidden():
            return
        self._filled = True
        self.fill(self._data)
        rest = 0 if self._all else self.count(self._data) - SHOWN_ROWS
        if rest > 0:
            self.add_link(ntr("{n} more", "{n} more", rest)).clicked.connect(self._show_all)

    def count(self, data: Any) -> int:
        """Return how many rows there are in all."""
        return len(data)

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._filled = False
        self._fill_when_open()

    @property
    def editing(self) -> bool:
        """Whether an editor is open in one of the rows."""
        return any(editor.isVisible() for editor in self._rows.findChildren(FieldEditor))

    def clear(self) -> None:
        """Take all rows away."""
        while item := self.column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def add_note(self, text: str) -> None:
        """Add a muted sentence."""
        self.column.addWidget(Label(text, "small", self._rows, wrap=True))

    def add_link(self, text: str) -> QPushButton:
        """Add a button that looks like a link."""
        button = QPushButton(text, self._rows)
        button.setProperty("link", True)
        button.setAccessibleName(text)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    @Slot(str, int)
    def open_record(self, kind: str, record_id: int) -> None:
        """Show another record on its page; `entity` stands for any kind of entity."""
        wanted = self.context.bridge.catalogue.entity_kind(record_id) if kind == "entity" else kind
        self.context.open_record(wanted, record_id)

    @Slot(bool)
    def _remember(self, is_open: bool) -> None:
        self._fill_when_open()
        closed = self.context.preferences.closed_sections
        if is_open and self.key in closed:
            closed.remove(self.key)
        elif not is_open and self.key not in closed:
            closed.append(self.key)
