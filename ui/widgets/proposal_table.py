"""The table of what a workbook would change: boxes to accept, conflicts to decide by click or key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from storage.domain.proposal import Decision, Item, Outcome
from ui.language import tr
from ui.models.proposal import ITEM, ITEM_WRITTEN, ProposalModel
from ui.models.proposal_choices import choice_text, is_of_three, keyed
from ui.models.proposal_texts import BY_SIDE, NUMBERS, WORDS, ProposalColumn
from ui.theme import Space, Theme, TypeSize, sized, tabular
from ui.widgets.tag_delegate import draw_tag

Index = QModelIndex | QPersistentModelIndex
DIGITS = {
    Qt.Key.Key_1: 1, Qt.Key.Key_2: 2, Qt.Key.Key_3: 3, Qt.Key.Key_4: 4, Qt.Key.Key_5: 5,
}  # fmt: skip
BOX_WIDTH, LEAST_RECORD, LEAST_DECISION, DIGITS_ALONE, FITTED_ROWS = 36, 120, 166, 100, 200
# the least and the most that a column takes by what stands in it
WIDTHS = {
    ProposalColumn.CELL: (48, 130),
    ProposalColumn.METRIC: (88, 130),
    ProposalColumn.PERIOD: (64, 100),
    ProposalColumn.BASE: (98, 120),
    ProposalColumn.OURS: (98, 160),
    ProposalColumn.THEIRS: (98, 160),
    ProposalColumn.WHAT: (64, 96),
}
# where three values stand side by side
NARROW = WIDTHS | {
    ProposalColumn.CELL: (48, 80),
    ProposalColumn.METRIC: (72, 110),
    ProposalColumn.PERIOD: (56, 88),
    ProposalColumn.BASE: (80, 104),
    ProposalColumn.OURS: (80, 104),
    ProposalColumn.THEIRS: (80, 104),
}
BOX, BUTTON_HEIGHT, PADDING, KEY_WIDTH = 14, 22, 6, 12


class ProposalDelegate(QStyledItemDelegate):
    """Draws boxes, texts, tags and the buttons of conflicts."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._font = tabular(sized(parent.font(), TypeSize.BASE))
        self._small = sized(parent.font(), TypeSize.SMALL)
        self._metrics = QFontMetrics(self._font)
        self._small_metrics = QFontMetrics(self._small)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the text takes."""
        text = str(index.data() or "")
        return QSize(self._metrics.horizontalAdvance(text) + 2 * Space.S + 2, Space.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        item, column, tokens = index.data(ITEM), ProposalColumn(index.column()), self._theme.tokens
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(tokens.selection if selected else tokens.panel))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        inner = rect.adjusted(Space.S, 0, -Space.S, -1)
        if column is ProposalColumn.BOX:
            self._draw_box(painter, rect, index.data(Qt.ItemDataRole.CheckStateRole))
        elif column is ProposalColumn.WHAT:
            self._draw_what(painter, inner, str(index.data()), item)
        elif column in BY_SIDE and is_of_three(item):
            self._draw_side(painter, rect, index, item)
        elif column is ProposalColumn.DECISION and item.outcome is Outcome.CONFLICT:
            self._draw_choices(painter, rect, item, index)
        else:
            self._draw_text(painter, inner, index, item)

    def choice_at(self, rect: QRect, item: Item, place: QPoint) -> Decision | None:
        """Return the button of a conflict that lies under a place."""
        return next((one for one, button, _ in self._buttons(rect, item) if button.contains(place)), None)

    def _buttons(self, rect: QRect, item: Item) -> list[tuple[Decision, QRect, str]]:
        """Return the buttons; those of a merge of three are digits, since the values bear them as well."""
        left, found = rect.left() + Space.S, []
        for key, decision in keyed(item).items():
            text = str(key) if is_of_three(item) else choice_text(item, key, decision)
            width = self._small_metrics.horizontalAdvance(text) + 2 * PADDING
            button = QRect(left, rect.center().y() - BUTTON_HEIGHT // 2, max(width, BUTTON_HEIGHT), BUTTON_HEIGHT)
            found.append((decision, button, text))
            left += button.width() + Space.XS
        return found

    def _draw_choices(self, painter: QPainter, rect: QRect, item: Item, index: Index) -> None:
        chosen, tokens = _chosen(index, item), self._theme.tokens
        painter.setFont(self._small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for decision, button, text in self._buttons(rect, item):
            is_chosen = decision is chosen
            painter.setPen(QColor(tokens.accent if is_chosen else tokens.control_line))
            painter.setBrush(QColor(tokens.accent if is_chosen else tokens.panel))
            painter.drawRoundedRect(button, 5, 5)
            painter.setPen(QColor(tokens.on_accent if is_chosen else tokens.text))
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_side(self, painter: QPainter, rect: QRect, index: Index, item: Item) -> None:
        """Draw one of three values with its key, on a tint when it was chosen."""
        decision, tokens = BY_SIDE[ProposalColumn(index.column())], self._theme.tokens
        key = next((key for key, one in keyed(item).items() if one is decision), 0)
        if decision is _chosen(index, item):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(QColor(tokens.accent_tint))
            painter.drawRoundedRect(rect.adjusted(2, 4, -2, -5), 5, 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        inner = rect.adjusted(Space.S, 0, -Space.S, -1)
        painter.setFont(self._small)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(key))
        self._draw_text(painter, inner.adjusted(KEY_WIDTH, 0, 0, 0), index, item)

    def _draw_what(self, painter: QPainter, rect: QRect, word: str, item: Item) -> None:
        """Draw the outcome, and a mark where somebody should look."""
        tokens = self._theme.tokens
        painter.setFont(self._small)
        draw_tag(painter, rect, (word, WORDS[item.outcome][1]), tokens)
        if item.doubts:
            left = self._small_metrics.horizontalAdvance(word) + 2 * PADDING + Space.XS
            draw_tag(painter, rect.adjusted(left, 0, 0, 0), ("!", "mind"), tokens)

    def _draw_box(self, painter: QPainter, rect: QRect, state: object) -> None:
        if state is None:
            return
        tokens, ticked = self._theme.tokens, state == Qt.CheckState.Checked.value
        box = QRect(0, 0, BOX, BOX)
        box.moveCenter(rect.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.accent if ticked else tokens.muted))
        painter.setBrush(QColor(tokens.accent if ticked else tokens.panel))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(tokens.on_accent), 1.6))
            left, middle = box.left(), box.center().y()
            painter.drawLine(left + 3, middle + 1, left + 6, middle + 4)
            painter.drawLine(left + 6, middle + 4, left + 11, middle - 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_text(self, painter: QPainter, rect: QRect, index: Index, item: Item) -> None:
        tokens, column = self._theme.tokens, ProposalColumn(index.column())
        strong = column in (ProposalColumn.RECORD, ProposalColumn.THEIRS) or (column in BY_SIDE and is_of_three(item))
        colour = tokens.text if strong and item.outcome is not Outcome.SAME else tokens.muted
        if column is ProposalColumn.RECORD and item.outcome is Outcome.INVALID:
            colour = tokens.bad
        elif column is ProposalColumn.DECISION and item.doubts and index.data(ITEM_WRITTEN):
            colour = tokens.mind
        painter.setFont(self._font)
        painter.setPen(QColor(colour))
        text = str(index.data()).replace("\n", " ")
        # the number at the end of “Observations!A2” tells the cell
        mode = Qt.TextElideMode.ElideMiddle if column is ProposalColumn.CELL else Qt.TextElideMode.ElideRight
        shown = self._metrics.elidedText(text, mode, rect.width())
        side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _chosen(index: Index, item: Item) -> Decision | None:
    """Return what somebody decided for a conflict, None while it is open."""
    model = index.model()
    assert isinstance(model, ProposalModel)
    review = model.review
    return review.decision(item) if review is not None and not review.is_open(item) else None


class ProposalTable(QTableView):
    """Space accepts or leaves what is selected, digits decide, with Alt all conflicts of the column.

    Emits `item_shown(Item | None)`, `column_decided(Item, Decision)`, and `menu_wanted(place on the screen)`.
    """

    item_shown = Signal(object)
    column_decided = Signal(object, object)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: ProposalModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposal = model
        self.setModel(model)
        self._delegate = ProposalDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("What the workbook would change"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Space.ROW)
        self._build_header()
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        theme.changed.connect(self.viewport().update)

    def _build_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(Space.HEADER)
        header.setMinimumSectionSize(BOX_WIDTH)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._header_clicked)
        header.setStretchLastSection(True)
        self.setColumnWidth(ProposalColumn.BOX, BOX_WIDTH)

    def fit(self) -> None:
        """Give each column the width of some of its rows; the record and the decision share the rest."""
        self._show_columns()
        count, option = self.proposal.rowCount(), QStyleOptionViewItem()
        rows = range(0, count, max(count // FITTED_ROWS, 1))
        for column, (least, most) in self._fitted().items():
            widths = (self._delegate.sizeHint(option, self.proposal.index(row, column)).width() for row in rows)
            self.setColumnWidth(column, min(max(least, *widths, least), most))
        self._share()

    def _show_columns(self) -> None:
        """Show what was exported where three are merged, beside the workbook; periods where there are any."""
        header, of_three = self.horizontalHeader(), self.proposal.merges_three()
        self.setColumnHidden(ProposalColumn.BASE, not of_three)
        self.setColumnHidden(ProposalColumn.PERIOD, not self.proposal.has_periods())
        base, ours = header.visualIndex(ProposalColumn.BASE), header.visualIndex(ProposalColumn.OURS)
        header.moveSection(ours, base + (2 if of_three else 1))

    def _fitted(self) -> dict[ProposalColumn, tuple[int, int]]:
        all_widths = NARROW if self.proposal.merges_three() else WIDTHS
        return {column: widths for column, widths in all_widths.items() if not self.isColumnHidden(column)}

    def _share(self) -> None:
        left = self.viewport().width() - BOX_WIDTH - sum(self.columnWidth(column) for column in self._fitted())
        decision = DIGITS_ALONE if self.proposal.merges_three() else LEAST_DECISION
        self.setColumnWidth(ProposalColumn.RECORD, max(LEAST_RECORD, min(left - decision, left * 3 // 5)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def go_to_first(self) -> None:
        """Go to the first conflict that is open, else to the first row."""
        self.selectRow(0)
        review, first = self.proposal.review, self.proposal.item(0)
        if review is not None and first is not None and not review.is_open(first):
            self._go_to_open(0)

    def show_item(self, number: int) -> None:
        """Go to an item; to the first one where it is not shown."""
        self.selectRow(max(self.proposal.row_of(number), 0))
        self.scrollTo(self.currentIndex())

    def chosen_items(self) -> list[Item]:
        """Return the items of the selected rows."""
        found = [self.proposal.item(index.row()) for index in self.selectionModel().selectedRows()]
        return [item for item in found if item is not None]

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.item_shown.emit(self.proposal.item(now.row()))

    @Slot(int)
    def _header_clicked(self, section: int) -> None:
        shown = self.proposal.shown
        again = shown.order == section
        order, down = (-1, False) if again and shown.down else (section, again)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(order >= 0)
        header.setSortIndicator(order, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        current = self.proposal.item(self.currentIndex().row())
        self.proposal.show_items(replace(shown, order=order, down=down))
        if current is not None:
            self.show_item(current.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space and the digits."""
        digit, modifiers = DIGITS.get(Qt.Key(event.key()), 0), event.modifiers()
        if event.key() == Qt.Key.Key_Space:
            self.proposal.toggle(self.chosen_items())
        elif not digit or modifiers & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            self._decide_column(digit)
        else:
            self._decide_chosen(digit)

    def _decide_column(self, digit: int) -> None:
        item = self.proposal.item(self.currentIndex().row())
        decision = keyed(item).get(digit) if item is not None else None
        if decision is not None:
            self.column_decided.emit(item, decision)

    def _decide_chosen(self, digit: int) -> None:
        """Decide what is selected; a digit may mean another thing for each."""
        meant: dict[Decision, list[Item]] = defaultdict(list)
        for item in self.chosen_items():
            if (decision := keyed(item).get(digit)) is not None:
                meant[decision].append(item)
        for decision, items in meant.items():
            self.decide(items, decision)

    def decide(self, items: Sequence[Item], decision: Decision) -> None:
        """Decide; a single conflict leads on to the next one that is open."""
        self.proposal.decide(items, decision)
        if len(items) == 1 and items[0].outcome is Outcome.CONFLICT and decision in items[0].decisions:
            self._go_to_open(self.currentIndex().row())

    def _go_to_open(self, row: int) -> None:
        place = self.proposal.next_open(row)
        if place >= 0:
            self.selectRow(place)
            self.scrollTo(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by the mouse or by its key."""
        self.menu_wanted.emit(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click on a box or on the button of a conflict."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        item = self.proposal.item(index.row())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            if index.column() == ProposalColumn.BOX:
                self.proposal.toggle([item])
            elif index.column() == ProposalColumn.DECISION and item.outcome is Outcome.CONFLICT:
                choice = self._delegate.choice_at(self.visualRect(index), item, place)
                if choice is not None:
                    self.decide([item], choice)
        super().mouseReleaseEvent(event)
