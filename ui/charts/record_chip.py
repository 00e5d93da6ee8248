"""A chosen record: its swatch, its name, and a cross that takes it out."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from storage.domain.fields import Ref
from ui.charts.swatch import HEIGHT, WIDTH
from ui.icons import Tone, icon
from ui.language import current_code, tr
from ui.widgets.chip import Chip

CROSS = 14
CROSS_ROOM = 24
LONGEST = 28


class RecordChip(Chip):
    """Emits `removed(id)` on its cross, Delete or Backspace, `opened(id)` on a click elsewhere or Return."""

    removed = Signal(int)
    opened = Signal(int)

    def __init__(self, record: Ref, parent: QWidget | None = None) -> None:
        self.record = record
        name = record.label(current_code())
        super().__init__(name if len(name) <= LONGEST else name[: LONGEST - 1] + "…", parent)
        self.setProperty("removable", True)
        self.setIconSize(QSize(WIDTH, HEIGHT))
        self.setAccessibleName(name)
        self.setToolTip(tr("{record}: opens with a click, Delete takes it out of the comparison", record=name))
        self.clicked.connect(self._open)

    def sizeHint(self) -> QSize:
        """Leave room for the cross."""
        size = super().sizeHint()
        return QSize(size.width() + CROSS_ROOM - 12, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cross behind the name."""
        super().paintEvent(event)
        painter = QPainter(self)
        icon("x", Tone.MUTED).paint(painter, self._cross())
        painter.end()

    def _cross(self) -> QRect:
        return QRect(self.width() - CROSS - 7, (self.height() - CROSS) // 2, CROSS, CROSS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the record out where the cross is hit, else open it."""
        if self.rect().contains(event.position().toPoint()) and event.position().x() > self.width() - CROSS_ROOM:
            self.setDown(False)
            self.removed.emit(self.record.id)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the record out with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.record.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.record.id)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.record.id)
