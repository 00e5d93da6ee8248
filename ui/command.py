"""Commands: what can be done, declared once and shown in menu, tool bar, palette and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence

from storage.domain.text import Text
from ui.icons import icon
from ui.language import tr

Shortcut = str | QKeySequence.StandardKey


def always() -> bool:
    """Say that a command can be run at any time."""
    return True


@dataclass(frozen=True)
class Command:
    """One thing the user can do; `text` is a marked sentence, or a function where it changes ("Undo: sales 2015")."""

    id: str
    text: Text | Callable[[], Text]
    run: Callable[[], object]
    shortcut: Shortcut | None = None
    icon: str = ""
    enabled: Callable[[], bool] = always
    checked: Callable[[], bool] | None = None

    @property
    def label(self) -> str:
        """The text in the window's language."""
        return tr(self.text if isinstance(self.text, Text) else self.text())

    @property
    def keys(self) -> QKeySequence:
        """The shortcut, empty when there is none."""
        return QKeySequence() if self.shortcut is None else QKeySequence(self.shortcut)

    @property
    def shortcut_text(self) -> str:
        """The shortcut as it stands on the user's keys."""
        return self.keys.toString(QKeySequence.SequenceFormat.NativeText)


class CommandAction(QAction):
    """The Qt action of a command; `update_state` brings text and state up to date."""

    def __init__(self, command: Command, parent: QObject) -> None:
        super().__init__(parent)
        self.command = command
        self.setShortcut(command.keys)
        self.setCheckable(command.checked is not None)
        if command.icon:
            self.setIcon(icon(command.icon))
            # in a menu the tick says what is on; a tinted icon alone would leave it to colour
            self.setIconVisibleInMenu(command.checked is None)
        self.triggered.connect(self._run)
        self.update_state()

    @Slot()
    def _run(self) -> None:
        self.command.run()
        self.update_state()

    def update_state(self) -> None:
        """Ask the command for its text, and whether it can be run and is checked."""
        label = self.command.label
        keys = self.command.shortcut_text
        self.setText(label)
        self.setToolTip(f"{label} ({keys})" if keys else label)
        self.setEnabled(self.command.enabled())
        if self.command.checked is not None:
            self.setChecked(self.command.checked())


def actions(commands: Iterable[Command], parent: QObject) -> dict[str, CommandAction]:
    """Return an action for each command, by its id."""
    return {command.id: CommandAction(command, parent) for command in commands}
