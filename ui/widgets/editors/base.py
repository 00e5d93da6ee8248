"""What all editors of a Field's value have in common: keys, leaving, the reason why a value is refused."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from storage.domain.fields import Field
from storage.domain.text import Text
from storage.errors import InvalidInput
from ui.language import tr
from ui.models.columns import label_of
from ui.theme import Space
from ui.widgets.labels import Label, restyle

# another window, a menu or an open list takes the focus for a while only
PASSING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
TEXT_INPUTS = (QLineEdit, QPlainTextEdit)
REDO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)


class FieldEditor(QWidget):
    """Edits one value; emits `committed` on Enter or on leaving with a changed and valid value, else `cancelled`.

    An invalid value keeps the editor open, with the reason under it.
    """

    committed = Signal()
    cancelled = Signal()

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(parent)
        self.field = field
        self.language = language
        self._before: Any = None
        self._told = False
        self._touched = False
        self._composing = False
        self._inputs: list[QWidget] = []
        self._note = Label("", "small", self, wrap=True)
        self._note.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self._note)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    # What the owner of the editor uses

    def set_value(self, value: Any) -> None:
        """Show a value, as the catalogue's rows hold it."""
        self._before = value
        self._told = False
        self._show(value)
        self._touched = False
        self.problem(None)

    @property
    def shown(self) -> Any:
        """The value that was shown to be edited."""
        return self._before

    def value(self) -> Any:
        """Return the value that is written now; raise InvalidInput with the reason."""
        raise NotImplementedError

    def begin(self) -> None:
        """Take the focus, everything selected, lists open."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self, text: str | Text | None) -> None:
        """Mark the field and say why it is refused; None takes the mark away."""
        for widget in self._inputs:
            restyle(widget, "invalid", text is not None)
        restyle(self._note, "role", "small" if text is None else "problem")
        self._note.setAccessibleName("" if text is None else tr(text))
        self.say("" if text is None else tr(text))
        if text is not None:
            self._told = False

    @property
    def note(self) -> str:
        """What stands under the field: how it was read, or why it is refused."""
        return self._note.text()

    @property
    def changed(self) -> bool:
        """Whether the value differs from the one that was shown; raises InvalidInput."""
        return self.field.write(self.value()) != self.field.write(self._before)

    # What the kinds of editor use

    def take_input(self, widget: QWidget) -> None:
        """Put an input into the editor and listen to its keys; the first one gets the focus."""
        widget.setAccessibleName(label_of(self.field))
        widget.installEventFilter(self)
        if not self._inputs:
            self.setFocusProxy(widget)
        self._inputs.append(widget)
        self._column.insertWidget(self._column.count() - 1, widget)

    def say(self, text: str) -> None:
        """Write under the field."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self.fit()

    def fit(self) -> None:
        """In a table, where no layout does it, grow over the rows below."""
        self.updateGeometry()
        parent = self.parentWidget()
        if parent is None or parent.layout() is None:
            height = self._column.totalHeightForWidth(self.width()) if self._column.hasHeightForWidth() else -1
            self.resize(self.width(), max(height, self._column.sizeHint().height(), self.minimumHeight()))

    @Slot()
    def touched(self) -> None:
        """Take the mark away after a change by the user; show how the value is read."""
        self.problem(None)
        self._told = False
        self._touched = True
        self.say(self._reading())

    def finish(self) -> None:
        """Tell the owner what came of the editing, unless the value is refused."""
        if self._told:
            return
        try:
            changed = self._touched and self.changed
        except InvalidInput as error:
            self.problem(error.text)
            return
        self._told = True
        (self.committed if changed else self.cancelled).emit()

    def cancel(self) -> None:
        """Leave without a change."""
        self._told = True
        self.cancelled.emit()

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _reading(self) -> str:
        return ""

    # Keys and focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear Enter, Escape and leaving; while an input method composes, keys belong to it."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_own(watched, event):
            # else the window would take back a revision while one is writing
            event.accept()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._composing:
            return self._redone(watched, event) or self.key(event)
        elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._composing = False
            if event.reason() not in PASSING:
                # the new owner of the focus is known only after this event
                QTimer.singleShot(0, self, self._left)
        return super().eventFilter(watched, event)

    def key(self, event: QKeyEvent) -> bool:
        """Take Enter and Escape; return whether the key is used up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            return False
        return True

    def _redone(self, watched: QObject, event: QKeyEvent) -> bool:
        # not every desktop knows Ctrl+Y as the key of redo, the window does
        if not isinstance(watched, TEXT_INPUTS) or event.keyCombination() != REDO:
            return False
        watched.redo()
        return True

    @Slot()
    def _left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not self._holds(focus):
            self.finish()

    def _holds(self, widget: QWidget) -> bool:
        # an open list is a window of its own, which `isAncestorOf` does not look across
        found: QWidget | None = widget
        while found is not None and found is not self:
            found = found.parentWidget()
        return found is self


def _is_own(watched: QObject, event: QKeyEvent) -> bool:
    """Whether a key is undo or redo, and the input that has it a text with steps of its own."""
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    own = event.matches(undo) or event.matches(redo) or event.keyCombination() == REDO
    return own and isinstance(watched, TEXT_INPUTS)
