"""Words on the screen: headlines, section headers, muted notes and small tags."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Role = Literal["headline", "title", "strong", "section", "muted", "small", "problem", "link", "plain"]
TagTone = Literal["neutral", "good", "mind", "bad", "accent"]


class Label(QLabel):
    """Plain text in one of the roles of the style sheet; what comes from a file is never read as markup."""

    def __init__(
        self, text: str = "", role: Role = "plain", parent: QWidget | None = None, *, wrap: bool = False
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)


def section_header(text: str, parent: QWidget | None = None) -> Label:
    """Return the header above a part of a panel."""
    return Label(text, "section", parent)


class Tag(QLabel):
    """A word on a tint ("about", "conflict", "preferred"); the word says what the colour says."""

    def __init__(self, text: str = "", tone: TagTone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tag", tone)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def show_tag(self, text: str, tone: TagTone) -> None:
        """Show another word and tone."""
        self.setText(text)
        restyle(self, "tag", tone)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and have the widget drawn anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
