"""A new record: only the fields that it must have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QPushButton, QWidget

from storage.domain.fields import Field
from storage.domain.text import Text
from storage.errors import InvalidInput
from ui.language import current_code, tr
from ui.models.columns import label_of
from ui.theme import Space
from ui.widgets.editors import Choose, FieldEditor, editor_for
from ui.widgets.labels import Label
from ui.widgets.panel import Panel


class NewRecordPanel(Panel):
    """Emits `submitted(stored columns)`; a field that is refused is marked and takes the focus."""

    submitted = Signal(dict)

    def __init__(self, title: str, fields: Sequence[Field], choose: Choose, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.editors: dict[str, FieldEditor] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(Space.L)
        form.setVerticalSpacing(Space.S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields:
            editor = self.editors[field.key] = editor_for(field, self, current_code(), choose)
            editor.set_value(None)
            editor.setMaximumWidth(420)
            editor.committed.connect(self._next)
            form.addRow(Label(label_of(field), "muted", self), editor)
        self.trouble = Label("", "problem", self, wrap=True)
        self.trouble.hide()
        self.add = QPushButton(tr("Add"), self)
        self.add.clicked.connect(self.submit)
        self.column.addLayout(form)
        self.column.addWidget(self.trouble)
        self.column.addLayout(self.button_row(self.add))
        self.setFocusProxy(next(iter(self.editors.values())))

    def problem(self, text: str | Text) -> None:
        """Say why the record was refused."""
        self.trouble.setText(tr(text))
        self.trouble.show()

    @Slot()
    def _next(self) -> None:
        editor = self.sender()
        order = list(self.editors.values())
        if editor not in order or not editor.isAncestorOf(self.focusWidget()):
            return
        place = order.index(editor)
        if place + 1 < len(order):
            order[place + 1].begin()
        else:
            self.submit()

    @Slot()
    def submit(self) -> None:
        """Hand over the values, or mark the first that is refused."""
        values: dict[str, Any] = {}
        for editor in self.editors.values():
            try:
                value = editor.value()
                if value is None and editor.field.required:
                    editor.field.parse("")
            except InvalidInput as error:
                editor.problem(error.text)
                editor.setFocus()
                return
            values |= editor.field.write(value)
        self.submitted.emit({name: value for name, value in values.items() if value is not None})
