"""The bar at the top: the menus and the file's name, the search for everything, undo and redo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenuBar, QWidget

from ui.command import CommandAction
from ui.icons import Tone, icon
from ui.theme import Space
from ui.widgets.buttons import icon_button
from ui.widgets.labels import Label

SEARCH_WIDTH = 520


class TopBar(QFrame):
    """`search` is the field that the palette hangs on; it stays in the middle of the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(Space.TOP_BAR)
        self.menus = QMenuBar(self)
        self.search = QLineEdit(self)
        self.search.setObjectName("globalSearch")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(QAction(icon("search", Tone.MUTED), "", self), QLineEdit.ActionPosition.LeadingPosition)
        self._keys = Label("", "small", self.search)
        self._keys.setProperty("keys", True)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = Label("", "strong", self)
        self._suffix = Label("", "small", self)
        self._left = QHBoxLayout()
        for widget in (self.menus, self._name, self._suffix):
            self._left.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._left.setSpacing(Space.XS)
        self._left.insertSpacing(1, Space.S)
        self._left.addStretch()
        self._right = QHBoxLayout()
        self._right.setSpacing(Space.S)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S, 0, Space.L, 0)
        row.setSpacing(Space.L)
        row.addLayout(self._left, 1)
        row.addWidget(self.search)
        row.addLayout(self._right, 1)
        self.search.textChanged.connect(self._show_keys)

    def show_file(self, path: Path) -> None:
        """Show a file's name, its folder in the tool tip."""
        self._name.setText(path.stem)
        self._suffix.setText(path.suffix)
        self._name.setToolTip(str(path))

    def show_search(self, placeholder: str, keys: str) -> None:
        """Set the words in the empty field, and the keys that lead there."""
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName(placeholder)
        self._keys.setText(keys)
        self._place_keys()

    def set_actions(self, *actions: CommandAction) -> None:
        """Show these at the right."""
        while item := self._right.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._right.addStretch()
        for action in actions:
            self._right.addWidget(icon_button(action, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the search field shrink with the window."""
        super().resizeEvent(event)
        self.search.setFixedWidth(max(min(SEARCH_WIDTH, self.width() * 36 // 100), 160))
        self._place_keys()

    @Slot(str)
    def _show_keys(self, text: str) -> None:
        self._keys.setHidden(bool(text))

    def _place_keys(self) -> None:
        self._keys.adjustSize()
        x = self.search.width() - self._keys.width() - Space.S
        self._keys.move(x, (self.search.height() - self._keys.height()) // 2)
