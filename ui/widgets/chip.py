"""Round buttons: choices beside each other, facets with counts, conditions that can be taken away."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import Tone, icon
from ui.language import tr
from ui.widgets.labels import restyle

ChipTone = Literal["neutral", "accent", "good", "mind", "bad"]


class Chip(QPushButton):
    """A round button with a text and, where given, a count; checkable for choices."""

    def __init__(
        self, text: str, parent: QWidget | None = None, *, checkable: bool = False, tone: ChipTone = "neutral"
    ) -> None:
        super().__init__(parent)
        self.setProperty("chip", True)
        if tone != "neutral":
            self.setProperty("tone", tone)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str, count: int | None = None) -> None:
        """Show a text, and a number after it."""
        shown = text if count is None else f"{text}  {count:,}"
        self.setText(shown.replace("&", "&&"))
        self.setAccessibleName(shown)

    def set_tone(self, tone: ChipTone) -> None:
        """Change the tint."""
        restyle(self, "tone", None if tone == "neutral" else tone)


class FacetChip(Chip):
    """A filter: a click opens its choices; once chosen it is tinted, and its cross (or Delete) clears it."""

    cleared = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._title = text
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIconSize(QSize(14, 14))
        self.set_choice("")

    @property
    def active(self) -> bool:
        """Whether the filter narrows the list."""
        return bool(self.property("tone") == "accent")

    def set_choice(self, summary: str) -> None:
        """Show what was chosen ("Korea, Russia"), or nothing."""
        text = tr("{facet}: {choice}", facet=self._title, choice=summary) if summary else self._title
        self.set_text(text)
        self.set_tone("accent" if summary else "neutral")
        self.setIcon(icon("x", Tone.ACCENT) if summary else icon("chevron-down", Tone.MUTED))
        self.setToolTip(tr("Delete clears this filter") if summary else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Clear when the cross is hit, else open."""
        if (
            self.active
            and event.position().x() > self.width() - 28
            and self.rect().contains(event.position().toPoint())
        ):
            self.setDown(False)
            self._clear()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear with Delete or Backspace."""
        if self.active and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
            return
        super().keyPressEvent(event)

    @Slot()
    def _clear(self) -> None:
        self.set_choice("")
        self.cleared.emit()
