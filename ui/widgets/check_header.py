"""Check boxes before the rows of a table, so that several can be selected without any key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.language import tr
from ui.theme import Space, Theme

CHECK_GUTTER, BOX = 34, 14


class CheckHeader(QHeaderView):
    """A check box before each row, ticked while the row is selected; emits `toggled(row, extend)`."""

    toggled = Signal(int, bool)

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(Space.ROW)
        self.setMinimumSectionSize(Space.ROW)
        self.setFixedWidth(CHECK_GUTTER)
        self.setAccessibleName(tr("Select rows"))

    def sizeHint(self) -> QSize:
        """Return the width of the box with its margins."""
        return QSize(CHECK_GUTTER, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Draw the box, ticked for a selected row."""
        table = self.parent()
        assert isinstance(table, QTableView)
        tokens = self._theme.tokens
        ticked = table.selectionModel().isRowSelected(logical, QModelIndex())
        painter.fillRect(rect, QColor(tokens.selection if ticked else tokens.panel))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        box = QRect(0, 0, BOX, BOX)
        box.moveCenter(rect.center())
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.accent if ticked else tokens.muted))
        painter.setBrush(QColor(tokens.accent if ticked else tokens.panel))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(tokens.on_accent), 1.6))
            left, middle = box.left(), box.center().y()
            painter.drawLine(left + 3, middle + 1, left + 6, middle + 4)
            painter.drawLine(left + 6, middle + 4, left + 11, middle - 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick or untick the row, leaving the other rows as they are; Shift takes all rows between."""
        row = self.logicalIndexAt(event.position().toPoint())
        table = self.parent()
        if row < 0 or not isinstance(table, QTableView):
            return
        table.setFocus(Qt.FocusReason.MouseFocusReason)
        self.toggled.emit(row, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
