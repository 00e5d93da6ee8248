"""A sheet as in Excel, with a button over each column that says what the column means."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.icons import Tone, icon
from ui.language import tr
from ui.models.sheet import LOOK, STATE, CellState, HeaderLook, SheetModel
from ui.theme import Space, Theme, Tokens, TypeSize, sized, tabular

Index = QModelIndex | QPersistentModelIndex
ROW, LETTERS, BUTTON = 26, 20, 26
LEAST_WIDTH, MOST_WIDTH, FITTED_ROWS, FITTED_COLUMNS = 72, 220, 40, 300
FAINT = (CellState.OUTSIDE, CellState.LEFT_OUT, CellState.MISSING)
SIGNS = {CellState.PROBLEM: "!", CellState.DOUBT: "?"}  # colour never speaks alone
TINT = 0.12
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space, Qt.Key.Key_Menu)
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RoleHeader(QHeaderView):
    """Draws the letters of each column, and under them the button with its role."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._small = sized(parent.font(), TypeSize.SMALL)
        self._label = sized(parent.font(), TypeSize.LABEL)
        self._metrics = QFontMetrics(self._label)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(LEAST_WIDTH)
        self.setFixedHeight(LETTERS + BUTTON + Space.S)
        self.setAccessibleName(tr("What the columns mean"))

    def width_of(self, section: int) -> int:
        """Return the width in which the role can be read."""
        look = self.model().headerData(section, Qt.Orientation.Horizontal, LOOK)
        text = look.role if isinstance(look, HeaderLook) else ""
        return self._metrics.horizontalAdvance(text) + 3 * Space.S + Space.ICON

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one column's head."""
        tokens = self._theme.tokens
        look = self.model().headerData(section, Qt.Orientation.Horizontal, LOOK)
        painter.fillRect(rect, QColor(tokens.panel))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(tokens.line))
        if not isinstance(look, HeaderLook):
            return
        painter.setFont(self._small)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRect(rect.left(), rect.top(), rect.width(), LETTERS), CENTRE, look.letters)
        if look.role:
            self._draw_button(painter, QRect(rect.left() + 3, rect.top() + LETTERS, rect.width() - 7, BUTTON), look)

    def _draw_button(self, painter: QPainter, rect: QRect, look: HeaderLook) -> None:
        tokens = self._theme.tokens
        words = {"neutral": tokens.text, "accent": tokens.accent_text}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.line if look.faint else getattr(tokens, f"{look.tone}_tint")))
        painter.setBrush(QColor(tokens.panel if look.faint else getattr(tokens, f"{look.tone}_tint")))
        painter.drawRoundedRect(rect, 5, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self._label)
        painter.setPen(QColor(tokens.muted if look.faint else words.get(look.tone) or getattr(tokens, look.tone)))
        room = rect.adjusted(Space.S, 0, -Space.S - 12, 0)
        painter.drawText(room, LEFT, self._metrics.elidedText(look.role, Qt.TextElideMode.ElideRight, room.width()))
        icon("chevron-down", Tone.MUTED).paint(painter, QRect(rect.right() - 16, rect.center().y() - 5, 12, 12))


def blended(colour: str, ground: str, share: float) -> QColor:
    """Return a ground with a share of another colour in it."""
    one, other = QColor(colour), QColor(ground)
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(share * mine + (1 - share) * its) for mine, its in parts))


def cell_ground(tokens: Tokens, state: CellState) -> QColor:
    """Return the ground of a cell by how it was read."""
    plain = {
        CellState.OUTSIDE: tokens.window, CellState.HEADER: tokens.neutral_tint, CellState.FIGURE: tokens.accent_tint,
        CellState.DOUBT: tokens.mind_tint, CellState.PROBLEM: tokens.bad_tint,
    }  # fmt: skip
    mixed = {CellState.NAME: tokens.series[2], CellState.PERIOD: tokens.series[3]}
    if state in mixed:
        return blended(mixed[state], tokens.panel, TINT)
    return QColor(plain.get(state, tokens.panel))


class CellDelegate(QStyledItemDelegate):
    """Draws the cells by how they were read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plain = tabular(sized(parent.font(), TypeSize.LABEL))
        self._strong = sized(parent.font(), TypeSize.LABEL, strong=True)
        self._metrics = QFontMetrics(self._plain)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell; a problem bears a tint and a sign."""
        tokens, rect, state = self._theme.tokens, option.rect, index.data(STATE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(tokens.selection) if selected else cell_ground(tokens, state))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(tokens.line))
        painter.setFont(self._strong if state is CellState.HEADER else self._plain)
        loud = {CellState.PROBLEM: tokens.bad, CellState.DOUBT: tokens.mind}
        painter.setPen(QColor(loud.get(state) or (tokens.muted if state in FAINT else tokens.text)))
        inner = rect.adjusted(Space.S, 0, -Space.S, -1)
        text = str(index.data() or "").replace("\n", " ")
        shown = f"{SIGNS[state]} {text}" if state in SIGNS else text
        alignment = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        shown = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, alignment, shown)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(rect.adjusted(0, 0, -2, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the text takes."""
        return QSize(self._metrics.horizontalAdvance(str(index.data() or "")) + 2 * Space.S + 2, ROW)


class SheetTable(QTableView):
    """Emits `role_wanted(column, place)` on a click on a column's button and on Enter; `cell_shown(row, column)`.

    `header_wanted(row)` comes when a row's number is clicked.
    """

    role_wanted = Signal(int, QPoint)
    header_wanted = Signal(int)
    cell_shown = Signal(int, int)

    def __init__(self, model: SheetModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = RoleHeader(theme, self)
        self.setHorizontalHeader(self._roles)
        self.setModel(model)
        self._delegate = CellDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("The sheet; Enter changes what a column means"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(CENTRE)
        self.verticalHeader().setSectionsClickable(True)
        self.verticalHeader().sectionClicked.connect(self.header_wanted)
        self._roles.sectionClicked.connect(self._clicked)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentChanged.connect(self._current_changed)
        theme.changed.connect(self.viewport().update)
        theme.changed.connect(self._roles.viewport().update)

    @Slot()
    def fit(self) -> None:
        """Give each column the width that its role and its first rows need."""
        model, option = self.model(), QStyleOptionViewItem()
        rows = range(min(model.rowCount(), FITTED_ROWS))
        for column in range(min(model.columnCount(), FITTED_COLUMNS)):
            cells = (self._delegate.sizeHint(option, model.index(row, column)).width() for row in rows)
            width = max(self._roles.width_of(column), *cells, LEAST_WIDTH)
            self.setColumnWidth(column, min(width, MOST_WIDTH))

    def button_place(self, column: int) -> QPoint:
        """Return where the menu of a column opens, on the screen."""
        left = self._roles.sectionViewportPosition(column)
        return self._roles.viewport().mapToGlobal(QPoint(max(left, 0), self._roles.height()))

    @Slot(int)
    def _clicked(self, column: int) -> None:
        self.setCurrentIndex(self.model().index(max(self.currentIndex().row(), 0), column))
        self.role_wanted.emit(column, self.button_place(column))

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.cell_shown.emit(now.row(), now.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the roles of the current column with Enter, Space, F2 or the menu key."""
        if event.key() in OPENING_KEYS and self.currentIndex().isValid():
            self.role_wanted.emit(self.currentIndex().column(), self.button_place(self.currentIndex().column()))
        else:
            super().keyPressEvent(event)
