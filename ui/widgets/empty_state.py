"""What stands where nothing is yet: one sentence, one action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.command import Command
from ui.icons import Tone
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import Label


class EmptyState(QWidget):
    """A centred icon, a sentence, and the button of a command."""

    def __init__(
        self, sentence: str, icon_name: str, command: Command | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.sentence = Label(sentence, "muted", self, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addStretch(2)
        column.addWidget(IconLabel(icon_name, Tone.MUTED, 32, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        if command is not None:
            column.addWidget(CommandButton(command, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
