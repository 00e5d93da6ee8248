"""A list of what revisions did: records as headers, their fields from what to what."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.change_lines import LINE, ChangeLine, ChangeLineModel, arrow
from ui.theme import Space, TypeSize, sized

LABEL_WIDTH = 112
LINE_HEIGHT = 24


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return more height for a record than for a field."""
        line = index.data(LINE)
        return QSize(0, Space.ROW if isinstance(line, ChangeLine) and line.is_record else LINE_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a record's title with what was done, or a field's label with its values."""
        line = index.data(LINE)
        if not isinstance(line, ChangeLine):
            return
        painter.save()
        colours: QPalette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colours.color(QPalette.ColorRole.Highlight))
        room = option.rect.adjusted(Space.XS, 0, -Space.XS, 0)
        text, muted = (colours.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText))
        if line.is_record:
            painter.setFont(sized(option.font, TypeSize.BASE, strong=True))
            painter.setPen(text)
            used = _draw(painter, room, line.title)
            painter.setFont(sized(option.font, TypeSize.LABEL))
            painter.setPen(muted)
            _draw(painter, room.adjusted(used + Space.S, 0, 0, 0), line.note)
        else:
            painter.setPen(muted)
            _draw(painter, QRect(room.x(), room.y(), LABEL_WIDTH, room.height()), line.title)
            painter.setPen(text)
            _draw(painter, room.adjusted(LABEL_WIDTH + Space.S, 0, 0, 0), arrow(line))
        painter.restore()


def _draw(painter: QPainter, room: QRect, text: str) -> int:
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, max(room.width(), 0))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


class ChangeList(QListView):
    """Emits `record_chosen(kind, id)` when a record's line is activated."""

    record_chosen = Signal(str, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = ChangeLineModel()
        self.setModel(self.lines)
        self.setItemDelegate(_LineDelegate(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._activated)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if isinstance(line, ChangeLine):
            self.record_chosen.emit(line.kind, line.record_id)
