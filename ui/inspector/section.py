"""What the inspector's sections have in common: a folding header, reading on a worker, filling on the UI thread."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from storage.domain.text import Text
from ui.inspector.reading import Reading
from ui.language import tr
from ui.page import Context
from ui.theme import Space
from ui.widgets.collapsible import Collapsible
from ui.widgets.editors import FieldEditor
from ui.widgets.labels import Label


class InspectorSection(Collapsible):
    """One part of the inspector; hidden while it has nothing to show and nothing can be added.

    `read` runs on a worker and touches no widget; `fill` makes the rows of what it returned.
    """

    key: ClassVar[str]
    heading: ClassVar[Text]
    reads: ClassVar[tuple[str, ...]]

    overtaken = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._rows = QWidget()
        closed = self.key in context.preferences.closed_sections
        super().__init__(tr(self.heading), self._rows, parent, is_open=not closed)
        self.context = context
        self.subject: tuple[str, int] = ("", 0)
        self.column = QVBoxLayout(self._rows)
        self.column.setContentsMargins(Space.XS, 0, 0, Space.S)
        self.column.setSpacing(Space.XS)
        self.toggled.connect(self._remember)

    def read(self, reading: Reading) -> Any:
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
        self.subject = subject
        self.setHidden(self.is_empty(data))
        self.fill(data)

    @property
    def editing(self) -> bool:
        """Whether an editor is open in one of the rows."""
        return any(editor.isVisible() for editor in self._rows.findChildren(FieldEditor))

    def clear(self) -> None:
        """Take all rows away."""
        while item := self.column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
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
        closed = self.context.preferences.closed_sections
        if is_open and self.key in closed:
            closed.remove(self.key)
        elif not is_open and self.key not in closed:
            closed.append(self.key)
