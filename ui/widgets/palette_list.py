"""The list under the search field, each line with icon, title, note and kind."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.icons import Tone, icon
from ui.models.palette import ENTRY, PaletteEntry, PaletteModel
from ui.theme import Space
from ui.widgets.labels import Label

VISIBLE_ROWS = 12


class _LineDelegate(QStyledItemDelegate):
    """Draws one line: the note follows the title, the kind stands at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return a row's height."""
        return QSize(0, Space.ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line."""
        entry = index.data(ENTRY)
        if not isinstance(entry, PaletteEntry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours: QPalette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(option.rect, Space.CORNER, Space.CORNER)
        room = option.rect.adjusted(Space.S, 0, -Space.M, 0)
        icon(entry.icon, Tone.MUTED).paint(painter, QRect(room.x(), room.y() + 8, Space.ICON, Space.ICON))
        room.setLeft(room.left() + Space.ICON + Space.S)
        painter.setFont(option.font)
        muted = colours.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(muted)
        room.setRight(room.right() - _draw(painter, room, entry.kind, Qt.AlignmentFlag.AlignRight) - Space.M)
        painter.setPen(colours.color(QPalette.ColorRole.Text))
        room.setLeft(room.left() + _draw(painter, room, entry.title, Qt.AlignmentFlag.AlignLeft) + Space.S)
        painter.setPen(muted)
        _draw(painter, room, entry.note, Qt.AlignmentFlag.AlignLeft)
        painter.restore()


def _draw(painter: QPainter, room: QRect, text: str, side: Qt.AlignmentFlag) -> int:
    """Draw the text, shortened to the room; return its width."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


class PaletteList(QFrame):
    """Floats over the window; the focus stays in the search field. Emits `chosen(entry)`."""

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.model = PaletteModel()
        self._view = QListView(self)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setModel(self.model)
        self._view.setItemDelegate(_LineDelegate(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._clicked)
        self._hint = Label("", "small", self)
        self._hint.setContentsMargins(Space.S, Space.XS, Space.S, Space.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS, Space.XS, Space.XS, Space.XS)
        column.setSpacing(0)
        column.addWidget(self._view)
        column.addWidget(self._hint)
        self.hide()

    @property
    def current(self) -> PaletteEntry | None:
        """The line that Return takes."""
        return self.model.entry(self._view.currentIndex().row())

    def set_accessible(self, name: str) -> None:
        """Name the list for screen readers."""
        self._view.setAccessibleName(name)

    def show_entries(self, entries: tuple[PaletteEntry, ...], hint: str) -> None:
        """Show lines, the first one current, and a sentence under them."""
        self.model.set_entries(entries)
        self._view.setCurrentIndex(self.model.index(0, 0))
        self._view.setVisible(bool(entries))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        rows = min(len(entries), VISIBLE_ROWS) * Space.ROW
        self._view.setFixedHeight(rows + 2)
        self.resize(self.width(), rows + 2 + 2 * Space.XS + 2 + (self._hint.sizeHint().height() if hint else 0))
        self.setVisible(bool(entries or hint))
        self.raise_()

    def move_current(self, steps: int) -> None:
        """Go up or down, around the ends."""
        if count := self.model.rowCount():
            row = (self._view.currentIndex().row() + steps) % count
            self._view.setCurrentIndex(self.model.index(row, 0))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.entry(index.row()))
