"""Buttons of commands, so that text, tip, shortcut and state stand in one place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.command import Command, CommandAction
from ui.icons import Tone, icon
from ui.theme import Space


class CommandButton(QPushButton):
    """A push button of a command; `primary` paints it in the accent, `link` as words only."""

    def __init__(
        self, command: Command, parent: QWidget | None = None, *, primary: bool = False, link: bool = False
    ) -> None:
        super().__init__(parent)
        self.action = CommandAction(command, self)
        self.setProperty("primary", primary)
        self.setProperty("link", link)
        self.setIconSize(QSize(Space.ICON, Space.ICON))
        if command.icon and not link:
            self.setIcon(icon(command.icon, Tone.ON_ACCENT if primary else Tone.TEXT))
        self.clicked.connect(self.action.trigger)
        self.action.changed.connect(self._show_state)
        # the window's action of the same command holds the shortcut; a second one would make it ambiguous
        self.action.setShortcut("")
        self._show_state()

    def update_state(self) -> None:
        """Ask the command for its text and whether it can be run."""
        self.action.update_state()

    @Slot()
    def _show_state(self) -> None:
        self.setText(self.action.text())
        self.setToolTip(self.action.toolTip())
        self.setAccessibleName(self.action.text())
        self.setEnabled(self.action.isEnabled())


def icon_button(action: CommandAction, parent: QWidget | None = None) -> QToolButton:
    """Return a small button that shows an action's icon, with its name and shortcut as the tool tip."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setIconSize(QSize(Space.ICON_LARGE, Space.ICON_LARGE))
    button.setFixedSize(Space.CONTROL, Space.CONTROL)
    button.setAccessibleName(action.text())
    return button
