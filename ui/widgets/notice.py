"""A message in its place: what is wrong or worth minding, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.icons import icon
from ui.language import tr
from ui.theme import Space
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import Label, restyle

NoticeTone = Literal["info", "good", "mind", "bad"]
ICONS: dict[NoticeTone, str] = {"info": "info", "good": "circle-check", "mind": "triangle-alert", "bad": "circle-alert"}


class NoticeBar(QFrame):
    """Hidden until `tell`; goes on its cross, or on `clear`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Callable[[], object] | None = None
        self._icon = IconLabel("info", parent=self)
        self._text = Label(wrap=True, parent=self)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton(self)
        self._action.clicked.connect(self._act)
        self._close = QToolButton(self)
        self._close.setIcon(icon("x"))
        self._close.setToolTip(tr("Dismiss"))
        self._close.setAccessibleName(tr("Dismiss"))
        self._close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.setSpacing(Space.S)
        for widget in (self._icon, self._text, self._action, self._close):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop if widget is self._icon else Qt.AlignmentFlag(0))
        row.setStretch(1, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The message, empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(
        self, text: str, tone: NoticeTone = "info", action: str = "", run: Callable[[], object] | None = None
    ) -> None:
        """Show a message, with a button when there is a way out."""
        self._run = run
        self._text.setText(text)
        self._icon.show_icon(ICONS[tone])
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        restyle(self, "notice", tone)
        self._text.style().polish(self._text)
        self.show()

    @Slot()
    def clear(self) -> None:
        """Hide the message."""
        self.hide()
        self._run = None

    @Slot()
    def _act(self) -> None:
        run = self._run
        self.clear()
        if run is not None:
            run()
