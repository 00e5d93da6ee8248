"""One value of a record: text to read, which a click, Enter or F2 turns into its editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from storage.domain.fields import Field
from storage.errors import CatalogueError, StaleChange
from ui.language import current_code, tr
from ui.models.columns import label_of, shown
from ui.widgets.active_label import ActiveLabel
from ui.widgets.editors import Choose, FieldEditor, editor_for
from ui.widgets.labels import Role, restyle

Save = Callable[[Field, Any, Any], object]
BLANK = "–"


class ValueView(QWidget):
    """Shows a field's value and edits it in place; `save(field, before, after)` writes and may refuse.

    Emits `overtaken(text)` when the record changed meanwhile, `history_wanted(field)` from the context menu.
    """

    overtaken = Signal(object)
    closed = Signal()
    history_wanted = Signal(object)

    def __init__(self, field: Field, choose: Choose, parent: QWidget, role: Role = "plain") -> None:
        super().__init__(parent)
        self.field = field
        self._choose = choose
        self._role: Role = role
        self._save: Save | None = None
        self._value: Any = None
        self._placeholder = BLANK
        self._editor: FieldEditor | None = None
        self.label = ActiveLabel("", role, self)
        self.label.activated.connect(self.begin)
        self.setFocusProxy(self.label)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.label)

    def show_value(self, value: Any, save: Save, placeholder: str = BLANK) -> None:
        """Show a value; an open editor is put away."""
        self.close_editor()
        self._value = value
        self._save = save
        self._placeholder = placeholder
        text = self.text_of(value)
        self.label.setText(text or placeholder)
        restyle(self.label, "role", self._role if text else "muted")
        self.label.setAccessibleName(
            tr("{field}: {value}", field=label_of(self.field), value=text or tr("blank, Enter edits"))
        )

    def text_of(self, value: Any) -> str:
        """Return the value as it is read, blank for none."""
        return shown(self.field, value)

    @property
    def value(self) -> Any:
        """The value that is shown."""
        return self._value

    @property
    def save(self) -> Save | None:
        """What writes the value."""
        return self._save

    @property
    def editor(self) -> FieldEditor | None:
        """The editor while one is open."""
        return self._editor

    @Slot()
    def begin(self) -> None:
        """Open the editor, the value selected."""
        if self._editor is not None or not self.field.editable:
            return
        editor = self._editor = editor_for(self.field, self, current_code(), self._choose)
        editor.committed.connect(self._commit)
        editor.cancelled.connect(self._leave)
        self._column.addWidget(editor)
        self.label.hide()
        editor.set_value(self._value)
        editor.show()
        editor.begin()

    def settle(self) -> None:
        """Keep what an open editor holds, before another record takes its place."""
        if self._editor is not None:
            self._editor.finish()

    @Slot()
    def _commit(self) -> None:
        assert self._editor is not None
        assert self._save is not None
        try:
            after = self._editor.value()
            self._save(self.field, self._value, after)
        except StaleChange as error:
            self._leave()
            self.overtaken.emit(error.text)
        except CatalogueError as error:
            self._editor.problem(error.text)
        else:
            self._value = after
            self._leave()

    @Slot()
    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        was_here = focus is not None and self.isAncestorOf(focus)
        if self._save is not None:
            self.show_value(self._value, self._save, self._placeholder)
        self.closed.emit()
        if was_here:
            self.label.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_role(self, role: Role) -> None:
        """Show the value in another size."""
        self._role = role

    def close_editor(self) -> None:
        """Put the editor away without keeping anything."""
        if self._editor is not None:
            editor, self._editor = self._editor, None
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
            self.label.show()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu where the text was clicked."""
        self.open_menu(event.globalPos())

    def open_menu(self, place: QPoint) -> None:
        """Offer to edit and copy the value, and to see its history."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.field.editable:
            menu.addAction(tr("Edit"), self.begin)
        menu.addAction(tr("Copy"), self._copy)
        if self.field.columns and self.field.editable:
            menu.addAction(tr("History of {field}", field=label_of(self.field)), self._ask_history)
        menu.popup(place)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(shown(self.field, self._value))

    @Slot()
    def _ask_history(self) -> None:
        self.history_wanted.emit(self.field)
