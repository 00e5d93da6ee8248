"""Small tags in the cells of a table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.columns import Tag
from ui.theme import Space, Theme, Tokens, TypeSize, sized

Index = QModelIndex | QPersistentModelIndex
HEIGHT, PADDING, CORNER = 18, 5, 3


def draw_tag(painter: QPainter, rect: QRect, tag: Tag, tokens: Tokens) -> None:
    """Draw a tag at the left of a rectangle, in the painter's font."""
    word, tone = tag
    words = {"neutral": tokens.muted, "accent": tokens.accent_text}
    width = min(painter.fontMetrics().horizontalAdvance(word) + 2 * PADDING, rect.width())
    place = QRect(rect.left(), rect.center().y() - HEIGHT // 2, width, HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(tokens, f"{tone}_tint")))
    painter.drawRoundedRect(place, CORNER, CORNER)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(words.get(tone) or getattr(tokens, tone)))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, word)


class TagDelegate(QStyledItemDelegate):
    """Draws the tag that a model gives under `role` in place of the cell's text."""

    def __init__(self, theme: Theme, role: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._font = sized(parent.font(), TypeSize.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, the line below, and the tag."""
        tokens, rect, tag = self._theme.tokens, option.rect, index.data(self._role)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(tokens.selection if selected else tokens.panel))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        if tag is not None:
            painter.setFont(self._font)
            draw_tag(painter, rect.adjusted(Space.S, 0, -Space.S, -1), tag, tokens)
