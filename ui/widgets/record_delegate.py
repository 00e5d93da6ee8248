"""Draws the cells of a table of records, and edits them with the editor of their Field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from storage.domain.fields import Field
from storage.errors import InvalidInput
from ui.language import current_code
from ui.models.columns import Cell, Tag
from ui.models.records import RecordModel
from ui.theme import Space, Theme, TypeSize, sized, tabular
from ui.widgets.editors import Choose, FieldEditor, editor_for

Index = QModelIndex | QPersistentModelIndex
Write = Callable[[int, Field, Any, Any], None]
Hint = QAbstractItemDelegate.EndEditHint

LEAST_EDITOR_WIDTH = 220
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
TAG_PADDING, TAG_HEIGHT = 5, 18


class RecordDelegate(QStyledItemDelegate):
    """Draws by itself, as style sheets would take three times as long; `write(id, field, before, after)` keeps an edit.

    `write` raises InvalidInput, which marks the editor; any other trouble it shows itself.
    """

    def __init__(self, theme: Theme, write: Write, choose: Choose, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._write = write
        self._choose = choose
        self._hint = Hint.NoHint
        self._set_fonts(parent)
        self._take_colours()
        theme.changed.connect(self._take_colours)

    def _set_fonts(self, widget: QWidget) -> None:
        self.font = tabular(sized(widget.font(), TypeSize.BASE))
        self.small = sized(widget.font(), TypeSize.SMALL)
        self.metrics = QFontMetrics(self.font)
        self.small_metrics = QFontMetrics(self.small)

    @Slot()
    def _take_colours(self) -> None:
        tokens = self._theme.tokens
        tones = ("neutral", "good", "mind", "bad", "accent")
        self._tints = {tone: QColor(getattr(tokens, f"{tone}_tint")) for tone in tones}
        words = {"neutral": tokens.muted, "accent": tokens.accent_text}
        self._words = {tone: QColor(words.get(tone) or getattr(tokens, tone)) for tone in tones}
        self._text, self._muted = QColor(tokens.text), QColor(tokens.muted)
        self._panel, self._selection = QColor(tokens.panel), QColor(tokens.selection)
        self._line, self._accent = QColor(tokens.line), QColor(tokens.accent)

    # Drawing

    def width_of(self, cell: Cell) -> int:
        """Return the width that a cell needs to be read in full."""
        texts = [text for text in (cell.text, cell.other) if text]
        width = sum(self.metrics.horizontalAdvance(text) + Space.XS for text in texts)
        width += sum(self._tag_width(word) + Space.XS for word, _ in cell.tags)
        return width + 2 * Space.S + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a cell that is read in full."""
        model = cast("RecordModel", index.model())
        return QSize(self.width_of(model.cell(index.row(), index.column())), Space.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw background, text, the greyed name, tags, the line below, and a frame around the current cell."""
        model = cast("RecordModel", index.model())
        column = index.column()
        cell = model.cell(index.row(), column)
        rect: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, self._selection if selected else self._panel)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        shown = model.columns[column]
        inner = rect.adjusted(Space.S, 0, -Space.S, -1)
        painter.setFont(self.font)
        if shown.field.numeric:
            self._draw_right(painter, inner, cell)
        else:
            self._draw_left(painter, inner, cell, self._text if shown.lead else self._muted)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _draw_right(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        painter.setPen(self._text)
        text = self._elided(cell.text, rect.width())
        painter.drawText(rect, RIGHT, text)
        right = rect.right() - self.metrics.horizontalAdvance(text) - Space.S
        for tag in cell.tags:
            width = self._tag_width(tag[0])
            if right - width < rect.left():
                return
            self._draw_tag(painter, QRect(right - width, rect.center().y() - TAG_HEIGHT // 2, width, TAG_HEIGHT), tag)
            right -= width + Space.XS

    def _draw_left(self, painter: QPainter, rect: QRect, cell: Cell, colour: QColor) -> None:
        left = rect.left()
        for text, pen in ((cell.text, colour), (cell.other, self._muted)):
            room = rect.right() - left
            if text and room > Space.S:
                painter.setPen(pen)
                written = self._elided(text, room)
                painter.drawText(QRect(left, rect.top(), room + 1, rect.height()), LEFT, written)
                left += self.metrics.horizontalAdvance(written) + Space.XS + 2
        for tag in cell.tags:
            width = min(self._tag_width(tag[0]), rect.right() - left)
            self._draw_tag(painter, QRect(left, rect.center().y() - TAG_HEIGHT // 2, width, TAG_HEIGHT), tag)
            left += width + Space.XS

    def _elided(self, text: str, width: int) -> str:
        first = text if "\n" not in text else text.partition("\n")[0] + " …"
        if self.metrics.horizontalAdvance(first) <= width:
            return first
        return self.metrics.elidedText(first, Qt.TextElideMode.ElideRight, width)

    def _tag_width(self, word: str) -> int:
        return self.small_metrics.horizontalAdvance(word) + 2 * TAG_PADDING

    def _draw_tag(self, painter: QPainter, rect: QRect, tag: Tag) -> None:
        word, tone = tag
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tints[tone])
        painter.drawRoundedRect(rect, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(self.small)
        painter.setPen(self._words[tone])
        room = rect.width() - 2 * TAG_PADDING
        painter.drawText(rect, CENTRE, self.small_metrics.elidedText(word, Qt.TextElideMode.ElideRight, room + 1))
        painter.setFont(self.font)

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget | None:  # type: ignore[override]
        """Return the editor of the field, None where there is nothing to edit."""
        model = cast("RecordModel", index.model())
        if not model.can_edit(index.row(), index.column()):
            return None
        field, _ = model.edited(index.row(), index.column())
        editor = editor_for(field, parent, current_code(), self._choose)
        editor.committed.connect(self._committed)
        editor.cancelled.connect(self._cancelled)
        for part in editor.findChildren(QWidget):
            part.installEventFilter(self)
        self._hint = Hint.NoHint
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value once; a refresh of the table does not disturb who is typing."""
        assert isinstance(editor, FieldEditor)
        if editor.property("row") is None:
            _, value = cast("RecordModel", index.model()).edited(index.row(), index.column())
            editor.setProperty("row", index.row())
            editor.setProperty("column", index.column())
            editor.set_value(value)
            QTimer.singleShot(0, editor, editor.begin)

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Write nothing here: `committed` does, and may refuse."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the editor over the cell, wide enough to write in."""
        rect = QRect(option.rect)
        rect.setWidth(max(rect.width(), LEAST_EDITOR_WIDTH))
        parent = editor.parentWidget()
        if parent is not None and rect.right() > parent.width() >= rect.width():
            rect.moveRight(parent.width())
        editor.setMinimumHeight(rect.height())
        editor.setProperty("top", rect.top())
        editor.setGeometry(rect)
        if isinstance(editor, FieldEditor):
            editor.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Tab as “keep this, edit the next one”; keep an editor that has grown inside the table."""
        if isinstance(watched, FieldEditor):
            if event.type() == QEvent.Type.Resize:
                _keep_inside(watched)
            return False
        editor = _editor_of(watched)
        if editor is not None and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            hints = {Qt.Key.Key_Tab: Hint.EditNextItem, Qt.Key.Key_Backtab: Hint.EditPreviousItem}
            hint = hints.get(Qt.Key(event.key()))
            if hint is not None:
                self._hint = hint
                editor.finish()
                self._hint = Hint.NoHint
                return True
        return False

    @Slot()
    def _committed(self) -> None:
        editor = self.sender()
        assert isinstance(editor, FieldEditor)
        model = cast("RecordModel", cast("Any", self.parent()).model())
        row = int(editor.property("row"))
        field, before = model.edited(row, int(editor.property("column")))
        try:
            self._write(model.record_id(row), field, before, editor.value())
        except InvalidInput as error:
            editor.problem(error.text)
            return
        self.closeEditor.emit(editor, self._hint)

    @Slot()
    def _cancelled(self) -> None:
        editor = self.sender()
        assert isinstance(editor, FieldEditor)
        self.closeEditor.emit(editor, self._hint if self._hint != Hint.NoHint else Hint.RevertModelCache)


def _editor_of(part: QObject) -> FieldEditor | None:
    found: QObject | None = part
    while found is not None and not isinstance(found, FieldEditor):
        found = found.parent()
    return found


def _keep_inside(editor: FieldEditor) -> None:
    parent = editor.parentWidget()
    if parent is not None:
        editor.move(editor.x(), max(min(editor.property("top") or 0, parent.height() - editor.height()), 0))
