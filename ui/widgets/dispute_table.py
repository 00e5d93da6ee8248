"""The matrix of workbooks that disagree: a click or Enter on a value says that it is the right one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui.language import tr
from ui.models.disputes import CHOSEN, FIRST_FILE, DisputeModel
from ui.theme import Space, Theme

LEAST, MOST, WIDEST_NAME = 90, 260, 360
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class DisputeDelegate(QStyledItemDelegate):
    """Draws what was chosen on the accent's tint, with a tick, so that colour is not the only sign."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Mark the chosen side."""
        super().initStyleOption(option, index)
        if index.data(CHOSEN):
            tokens = self._theme.tokens
            option.backgroundBrush = QBrush(QColor(tokens.selection))
            option.font.setBold(True)
            option.text = tr("✓ {value}", value=option.text)


class DisputeTable(QTableView):
    """Emits `chosen(row, place)`: the place of a file, or OURS. The key 0 means the catalogue, 1 the first file."""

    chosen = Signal(int, int)

    def __init__(self, model: DisputeModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._disputes = model
        self.setModel(model)
        self.setItemDelegate(DisputeDelegate(theme, self))
        self.setAccessibleName(tr("Where the workbooks disagree"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(Space.ROW)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setMaximumWidth(WIDEST_NAME)
        self.horizontalHeader().setFixedHeight(Space.HEADER)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.viewport().update)

    def fit(self) -> None:
        """Give each column the width of what stands in it."""
        self.resizeColumnsToContents()
        for column in range(self._disputes.columnCount()):
            self.setColumnWidth(column, min(max(LEAST, self.columnWidth(column) + 2 * Space.S), MOST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter on a value, 0 for the catalogue, 1 to 9 for the workbooks."""
        row, key = self.currentIndex().row(), event.key()
        if key in CHOOSING:
            self._choose(row, self.currentIndex().column())
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            place = key - Qt.Key.Key_1
            self._choose(row, FIRST_FILE + place)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on a value."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(index.row(), index.column())

    def _choose(self, row: int, column: int) -> None:
        side = self._disputes.side(row, column)
        if side is not None:
            self.chosen.emit(row, side)
