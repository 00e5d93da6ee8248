"""The fields of a record as rows of label and value; blank ones of lesser weight stay folded away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from storage.domain.fields import Field, Ref
from ui.inspector.links import RefLinks
from ui.inspector.values import Save, ValueView
from ui.language import ntr, tr
from ui.models.columns import label_of
from ui.theme import Space
from ui.widgets.editors import Choose
from ui.widgets.labels import Label

LABEL_WIDTH = 108
NARROW = 260  # below this a label stands above its value
WIDEST = 16_777_215  # what Qt calls no limit
LINKED = ("cluster", "organisation", "region", "entity", "metric", "source")


def set_beside(row: QBoxLayout, label: QWidget, *, beside: bool) -> None:
    """Put a label beside what it names, in a column of its own, or above."""
    if row.direction() == QBoxLayout.Direction.LeftToRight and beside and label.maximumWidth() == LABEL_WIDTH:
        return
    row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
    row.setSpacing(Space.S if beside else 0)
    label.setMinimumWidth(LABEL_WIDTH if beside else 0)
    label.setMaximumWidth(LABEL_WIDTH if beside else WIDEST)


class FieldRow(QWidget):
    """A label and a value; links to records stand beside a pencil, so that a click can follow them."""

    history_wanted = Signal(object)

    def __init__(self, field: Field, choose: Choose, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.view = ValueView(field, choose, self)
        self.view.history_wanted.connect(self.history_wanted)
        self.view.closed.connect(self._show_links)
        self.links = RefLinks(self) if field.multiple or getattr(field.type, "kind", "") in LINKED else None
        label = self._label = Label(label_of(field), "muted", self, wrap=True)
        label.setContentsMargins(0, 2, 0, 0)
        label.setIndent(Space.XS)
        label.setBuddy(self.view)
        value = QVBoxLayout()
        value.setSpacing(0)
        if self.links is not None:
            value.addWidget(self.links)
            self.links.edit_wanted.connect(self._edit)
        value.addWidget(self.view)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(value, 1)
        set_beside(self._row, label, beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the label above the value where there is no room for both."""
        super().resizeEvent(event)
        # not within a layout that is being laid out: it would not hear of the new height
        QTimer.singleShot(0, self, self._arrange)

    @Slot()
    def _arrange(self) -> None:
        set_beside(self._row, self._label, beside=self.width() >= NARROW)

    def show_value(self, value: Any, save: Save) -> None:
        """Show the value of a record; one that is being edited is left alone."""
        if self.view.editor is not None:
            return
        self.view.show_value(value, save)
        self._show_links()

    @Slot()
    def _show_links(self) -> None:
        if self.links is not None:
            value = self.view.value
            refs = value if isinstance(value, tuple) else (value,) if isinstance(value, Ref) else ()
            self.links.show_refs(refs, getattr(self.field.type, "kind", ""), editable=self.field.editable)
            self.links.setVisible(bool(refs))
            self.view.setVisible(not refs)

    @property
    def blank(self) -> bool:
        """Whether there is no value."""
        return self.view.value in (None, "", ())

    @Slot()
    def _edit(self) -> None:
        assert self.links is not None
        self.links.hide()
        self.view.show()
        self.view.begin()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the value's menu from anywhere in the row, links included."""
        self.view.open_menu(event.globalPos())


class FieldRows(QWidget):
    """All rows of one kind of record; `history_wanted(field)` and `overtaken(text)` come from any of them."""

    history_wanted = Signal(object)
    overtaken = Signal(object)
    record_wanted = Signal(str, int)

    def __init__(self, fields: Sequence[Field], choose: Choose, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self._all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS // 2)
        for field in fields:
            row = self.rows[field.key] = FieldRow(field, choose, self)
            row.history_wanted.connect(self.history_wanted)
            row.view.overtaken.connect(self.overtaken)
            if row.links is not None:
                row.links.record_wanted.connect(self.record_wanted)
            column.addWidget(row)
        self._more = QPushButton(self)
        self._more.setProperty("link", True)
        self._more.clicked.connect(self._toggle)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_values(self, values: dict[str, Any], save: Save) -> None:
        """Show a record's values by field key."""
        for key, row in self.rows.items():
            row.show_value(values[key], save)
        self._fold()

    def settle(self) -> None:
        """Keep what open editors hold."""
        for row in self.rows.values():
            row.view.settle()
            row.view.close_editor()

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self._fold()

    def _fold(self) -> None:
        spare = [row for row in self.rows.values() if row.blank and not self._weighty(row.field)]
        for row in self.rows.values():
            row.setVisible(self._all or row not in spare)
        count = len(spare)
        self._more.setVisible(bool(spare))
        text = tr("Hide blank fields") if self._all else ntr("{n} more field", "{n} more fields", count)
        self._more.setText(text)
        self._more.setAccessibleName(text)

    @staticmethod
    def _weighty(field: Field) -> bool:
        return field.editable and (field.listed or field.key == "note")
