"""One value for one field of many records, with what each of them has now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from storage.domain.fields import Field
from storage.errors import InvalidInput
from ui.language import current_code, ntr, tr
from ui.models.columns import label_of
from ui.theme import Space
from ui.widgets.change_preview import ChangePreview
from ui.widgets.editors import Choose, FieldEditor, editor_for
from ui.widgets.labels import Label


class BulkPanel(ChangePreview):
    """Emits `preview_wanted(field, value)` when a value was given; the owner answers with `show_planned`."""

    preview_wanted = Signal(object, object)

    def __init__(self, fields: Sequence[Field], count: int, choose: Choose, parent: QWidget) -> None:
        super().__init__(ntr("Change {n} record", "Change {n} records", count), parent)
        self._fields = tuple(fields)
        self._choose = choose
        self.editor: FieldEditor | None = None
        self.field = QComboBox(self)
        self.field.setAccessibleName(tr("Field"))
        for field in fields:
            self.field.addItem(label_of(field))
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.preview_button = QPushButton(tr("Preview"), self)
        self.preview_button.clicked.connect(self._preview)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.S)
        self._row.addWidget(Label(tr("Set"), parent=self))
        self._row.addWidget(self.field)
        self._row.addWidget(Label(tr("to"), parent=self))
        self._row.addStretch(1)
        self._row.addWidget(self.preview_button)
        self.column.insertLayout(1, self._row)
        self.setFocusProxy(self.field)
        self._field_chosen()
        self.summary.hide()

    @property
    def chosen(self) -> Field:
        """The field that is to be changed."""
        return self._fields[self.field.currentIndex()]

    def value(self) -> Any:
        """Return the value that was given; raise InvalidInput with the reason."""
        assert self.editor is not None
        return self.editor.value()

    @Slot()
    def _field_chosen(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = editor_for(self.chosen, self, current_code(), self._choose)
        self.editor.set_value(None)
        self.editor.committed.connect(self._preview)
        self._row.insertWidget(3, self.editor, 2)
        self.show_planned([])
        self.summary.hide()

    @Slot()
    def _preview(self) -> None:
        try:
            value = self.value()
        except InvalidInput as error:
            assert self.editor is not None
            self.editor.problem(error.text)
            return
        self.preview_wanted.emit(self.chosen, value)
