"""A part of a panel that folds away under its header."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.icons import Tone, icon
from ui.theme import Space


class Collapsible(QWidget):
    """A header that opens and closes `content`; emits `toggled(open)`."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None, *, is_open: bool = True) -> None:
        super().__init__(parent)
        self.content = content
        self._header = QToolButton(self)
        self._header.setText(title.replace("&", "&&"))
        self._header.setAccessibleName(title)
        self._header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._header.setIconSize(QSize(14, 14))
        self._header.setProperty("fold", True)
        self._header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._header.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._header)
        column.addWidget(content)
        self.set_open(is_open)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.content.isVisibleTo(self)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content."""
        self.content.setVisible(is_open)
        self._header.setIcon(icon("chevron-down" if is_open else "chevron-right", Tone.MUTED))

    @Slot()
    def _toggle(self) -> None:
        self.set_open(not self.is_open)
        self.toggled.emit(self.is_open)
