"""Editors for text: one line, or a box that grows with its lines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from storage.domain.fields import Field
from ui.language import tr
from ui.theme import Space
from ui.widgets.editors.base import FieldEditor

LEAST_LINES, MOST_LINES = 3, 14


class LineEditor(FieldEditor):
    """A value written on one line; text that was not touched keeps the value as it was."""

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(field, parent, language)
        self.line = QLineEdit(self)
        self.take_input(self.line)
        self._shown = ""
        self.line.textEdited.connect(self.touched)

    def begin(self) -> None:
        """Take the focus with the whole text selected."""
        super().begin()
        self.line.selectAll()

    def value(self) -> Any:
        """Return the value that the line means; raise InvalidInput with the reason."""
        if self._before is not None and self.line.text() == self._shown:
            return self._before
        return self.field.parse(self.line.text())

    def text_of(self, value: Any) -> str:
        """Return the text to edit for a value."""
        return self.field.format(value, self.language)

    def _show(self, value: Any) -> None:
        self._shown = self.text_of(value)
        self.line.setText(self._shown)


class WordsEditor(LineEditor):
    """Plain text on one line."""


class LongWordsEditor(FieldEditor):
    """Plain text on several lines; Enter begins a new one, Ctrl+Enter keeps the text."""

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(field, parent, language)
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.document().setDocumentMargin(Space.XS)
        self.take_input(self.box)
        self.box.textChanged.connect(self.touched)
        self.box.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def begin(self) -> None:
        """Take the focus with the cursor at the end."""
        super().begin()
        self.box.moveCursor(self.box.textCursor().MoveOperation.End)
        self.say(self._reading())

    def value(self) -> str | None:
        """Return the text, None when blank; raise InvalidInput with the reason."""
        parsed: str | None = self.field.parse(self.box.toPlainText())
        return parsed

    def key(self, event: QKeyEvent) -> bool:
        """Leave Enter to the text unless Ctrl goes with it."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        return super().key(event)

    def _show(self, value: Any) -> None:
        self.box.setPlainText(value or "")

    def _reading(self) -> str:
        return tr("Ctrl+Enter keeps the text, Esc leaves it as it was.")

    @Slot()
    def _grow(self) -> None:
        # a plain text document measures its height in lines
        lines = min(max(int(self.box.document().size().height()), LEAST_LINES), MOST_LINES)
        self.box.setFixedHeight(lines * self.box.fontMetrics().lineSpacing() + 3 * Space.XS)
        self.fit()
