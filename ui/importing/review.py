"""Third step: what the workbook would change, narrowed by chips, accepted or left item by item or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from storage.domain.proposal import Decision, Item, Outcome
from storage.domain.text import Text
from ui.icons import Tone, icon
from ui.importing.conflict_menu import ConflictMenu
from ui.importing.findings_bar import FindingsBar
from ui.importing.outcome_chips import OutcomeChips
from ui.importing.state import State
from ui.language import ntr, tr
from ui.models.proposal import ProposalModel, Shown
from ui.theme import Space, Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.notice import NoticeBar
from ui.widgets.proposal_table import ProposalTable
from ui.widgets.search_box import SearchBox

ACCEPTED = (Outcome.NEW, Outcome.CHANGED)


class ReviewView(QWidget):
    """Emits `item_shown(Item | None)`, and `many_decided(count, decisions before)` after a decision on several."""

    item_shown = Signal(object)
    many_decided = Signal(int, object)

    def __init__(self, model: ProposalModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.table = ProposalTable(model, theme)
        self.table.item_shown.connect(self._item_shown)
        self.table.column_decided.connect(self._decide_column)
        self.table.menu_wanted.connect(self._open_menu)
        self.menu = ConflictMenu(model, self)
        self.menu.chosen.connect(self._decide_many)
        self.banner = NoticeBar()
        self.findings = FindingsBar()
        self.chips = OutcomeChips(model)
        self.chips.chosen.connect(self._outcome_chosen)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("Kind of record"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.activated.connect(self._kind_chosen)
        self.words = SearchBox(tr("Filter the items"))
        self.words.setText(model.shown.words)
        self.words.setFixedWidth(200)
        self.words.searched.connect(self._searched)
        self.words.left_down.connect(self.table.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._above())
        column.addLayout(self._filters())
        column.addWidget(self._middle(), 1)
        column.addLayout(self._foot())
        self.setFocusProxy(self.table)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, Space.S)
        self.told = Label("", "small", wrap=True)
        self.model.decided.connect(self._show_foot)
        foot.addWidget(self.told, 1)
        self.keys = Label("", "small")
        foot.addWidget(self.keys)
        return foot

    @Slot()
    def _show_foot(self) -> None:
        """Tell what applying does besides what the table shows."""
        undecided, along = self.model.open_conflicts(), len(self.model.provenance())
        told = [
            ntr("{n} conflict undecided: kept as it is", "{n} conflicts undecided: kept as they are", undecided)
            if undecided
            else tr("Nothing is applied yet · one revision when you do, one undo to take it back")
        ]
        if along:
            told.append(ntr("with {n} record of the source", "with {n} records of the source", along))
        self.told.setText(" · ".join(told))

    def _above(self) -> QVBoxLayout:
        above = QVBoxLayout()
        above.setContentsMargins(Space.L, 0, Space.L, 0)
        above.setSpacing(Space.XS)
        above.addWidget(self.banner)
        above.addWidget(self.findings)
        return above

    def _filters(self) -> QVBoxLayout:
        above = QVBoxLayout()
        above.setContentsMargins(Space.L, 0, Space.L, 0)
        above.setSpacing(Space.S)
        self.accept_all = _link(tr("Accept all shown"))
        self.accept_all.clicked.connect(self._accept_all)
        self.leave_all = _link(tr("Leave all shown"))
        self.leave_all.clicked.connect(self._leave_all)
        self.conflicts = _link(tr("Conflicts"))
        self.conflicts.setIcon(icon("chevron-down", Tone.ACCENT))
        self.conflicts.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.conflicts.setToolTip(tr("Decide the conflicts of a column, or all of them"))
        self.conflicts.clicked.connect(self._open_below)
        around = QWidget()
        row = FlowLayout(around)
        for part in (self.kinds, self.words, self.conflicts, self.accept_all, self.leave_all):
            row.addWidget(part)
        self.more = Label("", "muted", wrap=True)
        above.addWidget(self.chips)
        above.addWidget(around)
        above.addWidget(self.more)
        return above

    def _middle(self) -> QWidget:
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.table)
        self._none = EmptyState("", "funnel")
        self._stack.addWidget(self._none)
        return middle

    def show_state(self, state: State) -> None:
        """Show the proposal; another one of the same workbook keeps the filter and the place."""
        review = state.review
        if review is None or (review is self.model.review and self.chips.is_filled):
            return
        current = self.model.item(self.table.currentIndex().row())
        if review is not self.model.review:
            self.model.set_review(review, state.cell_text, state.meant)
        self._show_banner(review.proposal.banner)
        self.findings.show_state(state)
        self._show_chips()
        self.table.fit()
        self._show_rows()
        self._show_foot()
        if current is not None:
            self.table.show_item(current.number)
        self._item_shown(self.model.item(self.table.currentIndex().row()))

    def _show_banner(self, text: Text | None) -> None:
        if text is None:
            self.banner.clear()
        else:
            self.banner.tell(tr(text))

    @Slot(object)
    def _item_shown(self, item: Item | None) -> None:
        self.keys.setText(self.model.hint(item))
        self.menu.show_item(item)
        self.item_shown.emit(item)

    def _show_chips(self) -> None:
        self.chips.show_counts()
        self.conflicts.setVisible(bool(self.model.conflicts()))
        self._show_kinds()

    def _show_kinds(self) -> None:
        counts, texts = self.model.kind_counts(), self.model.texts
        self.kinds.clear()
        self.kinds.addItem(tr("Every kind"), "")
        for kind, count in counts.items():
            name = texts.kind(kind) if texts else kind
            self.kinds.addItem(tr("{kind} {count}", kind=name, count=f"{count:,}"), kind)
        self.kinds.setCurrentIndex(max(self.kinds.findData(self.model.shown.kind), 0))
        self.kinds.setVisible(len(counts) > 1)

    @Slot(object, bool)
    def _outcome_chosen(self, outcome: Outcome | None, doubtful: bool) -> None:
        self._narrow(replace(self.model.shown, outcome=outcome, doubtful=doubtful))

    @Slot()
    def _kind_chosen(self) -> None:
        self._narrow(replace(self.model.shown, kind=str(self.kinds.currentData())))
        self._show_chips()

    @Slot(str)
    def _searched(self, words: str) -> None:
        self._narrow(replace(self.model.shown, words=words))

    def _narrow(self, shown: Shown) -> None:
        self.model.show_items(shown)
        self._show_rows()

    def _show_rows(self) -> None:
        count = self.model.rowCount()
        more = self.model.unlisted() if self.model.shown.outcome is Outcome.SAME else 0
        self._stack.setCurrentIndex(0 if count else 1)
        self.more.setText(_more(more))
        self.more.setVisible(bool(more and count))
        self._none.sentence.setText(_more(more) or tr("Nothing of this kind; choose All to see everything."))
        if count:
            self.table.go_to_first()
        else:
            self._item_shown(None)

    # Many at once

    @Slot()
    def _accept_all(self) -> None:
        """Accept what is shown; conflicts and removals, which ask for more, only where nothing else is shown."""
        outcome = self.model.shown.outcome
        items = self._all_shown()
        self._decide_many([item for item in items if item.outcome in (outcome, *ACCEPTED)], Decision.TAKE)

    @Slot()
    def _leave_all(self) -> None:
        self._decide_many(self._all_shown(), Decision.KEEP)

    def _all_shown(self) -> tuple[Item, ...]:
        """Return the items shown; with the source of them all where nothing narrows the table."""
        return self.model.shown_items() + (() if self.model.shown.is_narrow else self.model.provenance())

    @Slot(object, object)
    def _decide_column(self, item: Item, decision: Decision) -> None:
        self._decide_many(self.model.conflicts_like(item) or (item,), decision)

    @Slot(object, object)
    def _decide_many(self, items: Sequence[Item], decision: Decision) -> None:
        """Decide, and tell what was decided before, so that it can be taken back."""
        review = self.model.review
        if review is None:
            return
        before, count = review.decisions, self.model.decide(items, decision)
        if count:
            self.many_decided.emit(count, before)

    @Slot()
    def _open_below(self) -> None:
        self.menu.popup(self.conflicts.mapToGlobal(QPoint(0, self.conflicts.height())))

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if self.model.conflicts():
            self.menu.popup(place)

    @Slot(object, object)
    def decide(self, item: Item, decision: Decision) -> None:
        """Decide one item from its panel."""
        self.table.decide([item], decision)


def _more(count: int) -> str:
    if not count:
        return ""
    return ntr("{n} more record is the same in both.", "{n} more records are the same in both.", count)


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("link", True)
    return button
