"""A small form in place that makes a record: its fields, one button, the reason where something is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QWidget

from storage.domain.fields import Field
from storage.errors import CatalogueError, InvalidInput
from ui.inspector.field_rows import LABEL_WIDTH
from ui.language import current_code, tr
from ui.models.columns import label_of
from ui.theme import Space
from ui.widgets.editors import Choose, FieldEditor, editor_for
from ui.widgets.labels import Label

Make = Callable[[dict[str, Any]], object]


class AddForm(QWidget):
    """Asks for fields; `make(values by field key)` writes and may refuse. Emits `closed` when done or left."""

    closed = Signal()

    def __init__(self, fields: Sequence[Field], choose: Choose, make: Make, parent: QWidget) -> None:
        super().__init__(parent)
        self._make = make
        self.editors: dict[str, FieldEditor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.XS, 0, Space.XS)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        for line, field in enumerate(fields):
            label = Label(label_of(field), "muted", self)
            label.setFixedWidth(LABEL_WIDTH - Space.S)
            editor = self.editors[field.key] = editor_for(field, self, current_code(), choose)
            editor.set_value(None)
            editor.cancelled.connect(self._cancelled)
            label.setBuddy(editor)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, line, 1)
        grid.addLayout(self._buttons(), len(fields), 1)

    def _buttons(self) -> QHBoxLayout:
        self.add = QPushButton(tr("Add"), self)
        self.add.setProperty("primary", True)
        self.add.clicked.connect(self._add)
        leave = QPushButton(tr("Cancel"), self)
        leave.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.add)
        row.addWidget(leave)
        row.addStretch()
        return row

    def begin(self) -> None:
        """Put the focus into the first field that is blank."""
        blank = (editor for editor in self.editors.values() if editor.shown is None)
        next(blank, next(iter(self.editors.values()))).begin()

    @Slot()
    def _cancelled(self) -> None:
        # leaving an untouched field for the next one is no end of the form, Escape is
        editor = self.sender()
        focus = QApplication.focusWidget()
        if isinstance(editor, FieldEditor) and focus is not None and editor.isAncestorOf(focus):
            self.closed.emit()

    @Slot()
    def _add(self) -> None:
        values: dict[str, Any] = {}
        for key, editor in self.editors.items():
            try:
                values[key] = editor.value()
            except InvalidInput as error:
                editor.problem(error.text)
                editor.begin()
                return
        try:
            self._make(values)
        except CatalogueError as error:
            next(iter(self.editors.values())).problem(error.text)
        else:
            self.closed.emit()
