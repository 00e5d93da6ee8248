"""Editors for one of a few values: a list to choose from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from storage.domain.fields import Choice, Field
from storage.domain.text import msg
from storage.errors import InvalidInput
from ui.language import tr
from ui.widgets.editors.base import FieldEditor


class ChoiceBox(QComboBox):
    """A list to choose from; emits `picked` when a line of the open list was taken, not for keys on the closed one."""

    picked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_key = False
        self.activated.connect(self._taken)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the lines without picking one."""
        self._by_key = True
        super().keyPressEvent(event)
        self._by_key = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel around, so that scrolling changes no value."""
        event.ignore()

    @Slot()
    def _taken(self) -> None:
        if not self._by_key:
            self.picked.emit()


class _BoxEditor(FieldEditor):
    """A list of keys with labels; picking a line keeps it at once."""

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(field, parent, language)
        self.box = ChoiceBox(self)
        self.take_input(self.box)
        self.box.picked.connect(self.finish)
        self.box.currentIndexChanged.connect(self.touched)

    def begin(self) -> None:
        """Take the focus and open the list."""
        super().begin()
        QTimer.singleShot(0, self.box, self.box.showPopup)

    def value(self) -> Any:
        """Return the key that is chosen; raise InvalidInput when there must be one."""
        key = self.box.currentData()
        if key is None and self.field.required:
            raise InvalidInput(msg("{field} must not be blank.", field=self.field.label))
        return key


class ChoiceEditor(_BoxEditor):
    """One of the options of a Choice, or none."""

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(field, parent, language)
        assert isinstance(field.type, Choice)
        self.box.addItem("", None)
        for option in field.type.options:
            self.box.addItem(tr(option.label), option.key)

    def _show(self, value: Any) -> None:
        # a key that an older catalogue knew stays choosable
        if self.box.findData(value) < 0:
            self.box.addItem(str(value), value)
        self.box.setCurrentIndex(self.box.findData(value))


class YesNoEditor(_BoxEditor):
    """Yes or no."""

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(field, parent, language)
        self.box.addItem(tr("No"), False)
        self.box.addItem(tr("Yes"), True)

    def _show(self, value: Any) -> None:
        self.box.setCurrentIndex(int(bool(value)))
