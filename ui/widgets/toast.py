"""The short message at the bottom of the window, with Undo where something was done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui.theme import Space
from ui.widgets.labels import Label

SHOWN_MS = 6000
LIFT = Space.STATUS_BAR + Space.L


class ToastBar(QFrame):
    """Floats over its parent; the last message replaces the one before; the mouse over it holds it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._over = parent
        self._run: Callable[[], object] | None = None
        self._text = Label(parent=self)
        self._action = QPushButton(self)
        self._action.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.addWidget(self._text)
        row.addWidget(self._action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The message, empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show a message for some seconds; an action adds a button that calls `run`."""
        self._run = run
        self._text.setText(text)
        self._text.setWordWrap(self._text.sizeHint().width() > self._over.width() // 2)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the parent."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go some seconds later."""
        self._timer.start()
        super().leaveEvent(event)

    def _place(self) -> None:
        parent = self._over
        self.setMaximumWidth(max(parent.width() - 2 * Space.XL, 1))
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - LIFT)

    @Slot()
    def _act(self) -> None:
        run, self._run = self._run, None
        self.hide()
        if run is not None:
            run()
