"""The table of what a workbook would change: boxes to accept, conflicts to decide by click or key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
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
from ui.models.proposal import ITEM, ProposalModel, Shown
from ui.models.proposal_texts import NUMBERS, WORDS, ProposalColumn, choice_text
from ui.theme import Space, Theme, TypeSize, sized, tabular
from ui.widgets.tag_delegate import draw_tag

Index = QModelIndex | QPersistentModelIndex
KEYS = {
    Qt.Key.Key_1: Decision.KEEP, Qt.Key.Key_2: Decision.TAKE, Qt.Key.Key_3: Decision.KEEP_BOTH,
    Qt.Key.Key_4: Decision.TAKE_RIVAL,
}  # fmt: skip
BOX_WIDTH, LEAST_RECORD, LEAST_DECISION, FITTED_ROWS = 36, 120, 166, 200
# the least and the most that a column takes by what stands in it
WIDTHS = {
    ProposalColumn.CELL: (48, 130),
    ProposalColumn.METRIC: (88, 130),
    ProposalColumn.PERIOD: (64, 100),
    ProposalColumn.OURS: (98, 120),
    ProposalColumn.THEIRS: (98, 120),
    ProposalColumn.WHAT: (64, 96),
}
BOX, BUTTON_HEIGHT, PADDING = 14, 22, 6


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
            painter.setFont(self._small)
            draw_tag(painter, inner, (str(index.data()), WORDS[item.outcome][1]), tokens)
        elif column is ProposalColumn.DECISION and item.outcome is Outcome.CONFLICT:
            self._draw_choices(painter, rect, item, index)
        else:
            self._draw_text(painter, inner, index, item)

    def choice_at(self, rect: QRect, item: Item, place: QPoint) -> Decision | None:
        """Return the button of a conflict that lies under a place."""
        return next((one for one, button in self._buttons(rect, item) if button.contains(place)), None)

    def _buttons(self, rect: QRect, item: Item) -> list[tuple[Decision, QRect]]:
        left, found = rect.left() + Space.S, []
        for decision in item.decisions:
            width = self._small_metrics.horizontalAdvance(choice_text(item, decision)) + 2 * PADDING
            button = QRect(left, rect.center().y() - BUTTON_HEIGHT // 2, width, BUTTON_HEIGHT)
            found.append((decision, button))
            left += width + Space.XS
        return found

    def _draw_choices(self, painter: QPainter, rect: QRect, item: Item, index: Index) -> None:
        model, tokens = index.model(), self._theme.tokens
        assert isinstance(model, ProposalModel)
        review = model.review
        chosen = review.decision(item) if review is not None and not review.is_open(item) else None
        painter.setFont(self._small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for decision, button in self._buttons(rect, item):
            is_chosen = decision is chosen
            painter.setPen(QColor(tokens.accent if is_chosen else tokens.control_line))
            painter.setBrush(QColor(tokens.accent if is_chosen else tokens.panel))
            painter.drawRoundedRect(button, 5, 5)
            painter.setPen(QColor(tokens.on_accent if is_chosen else tokens.text))
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, choice_text(item, decision))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

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
        strong = column in (ProposalColumn.RECORD, ProposalColumn.THEIRS)
        colour = tokens.text if strong and item.outcome is not Outcome.SAME else tokens.muted
        if column is ProposalColumn.RECORD and item.outcome is Outcome.INVALID:
            colour = tokens.bad
        painter.setFont(self._font)
        painter.setPen(QColor(colour))
        text = str(index.data()).replace("\n", " ")
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


class ProposalTable(QTableView):
    """Space accepts or leaves what is selected, 1 2 3 decide; emits `item_shown(Item | None)`."""

    item_shown = Signal(object)

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
        count, option = self.proposal.rowCount(), QStyleOptionViewItem()
        rows = range(0, count, max(count // FITTED_ROWS, 1))
        for column, (least, most) in WIDTHS.items():
            widths = (self._delegate.sizeHint(option, self.proposal.index(row, column)).width() for row in rows)
            self.setColumnWidth(column, min(max(least, *widths, least), most))
        self._share()

    def _share(self) -> None:
        left = self.viewport().width() - BOX_WIDTH - sum(self.columnWidth(column) for column in WIDTHS)
        self.setColumnWidth(ProposalColumn.RECORD, max(LEAST_RECORD, min(left - LEAST_DECISION, left * 3 // 5)))

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
        self.proposal.show_items(Shown(shown.outcome, shown.kind, shown.words, order, down))
        if current is not None:
            self.show_item(current.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space and 1 2 3."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.proposal.toggle(self.chosen_items())
        elif key in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.decide(self.chosen_items(), KEYS[key])
        else:
            super().keyPressEvent(event)

    def decide(self, items: Sequence[Item], decision: Decision) -> None:
        """Decide; a single conflict leads on to the next one that is open."""
        self.proposal.decide(items, decision)
        if len(items) == 1 and items[0].outcome is Outcome.CONFLICT and decision in items[0].decisions:
            self._go_to_open(self.currentIndex().row())

    def _go_to_open(self, row: int) -> None:
        review = self.proposal.review
        items = self.proposal.shown_items()
        for place in (*range(row + 1, len(items)), *range(row)):
            if review is not None and review.is_open(items[place]):
                self.selectRow(place)
                self.scrollTo(self.currentIndex())
                return

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
