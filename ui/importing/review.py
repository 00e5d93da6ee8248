"""Third step: what the workbook would change, narrowed by chips, accepted or left item by item or all at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from storage.domain.proposal import Decision, Item, Outcome
from ui.importing.state import State
from ui.language import ntr, tr
from ui.models.proposal import ProposalModel, Shown
from ui.models.proposal_texts import OUTCOMES, WORDS
from ui.theme import Space, Theme
from ui.widgets.chip import Chip
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.proposal_table import ProposalTable
from ui.widgets.search_box import SearchBox

ALL = "all"
TONED = (Outcome.CONFLICT, Outcome.INVALID)


class ReviewView(QWidget):
    """Emits `item_shown(Item | None)`."""

    item_shown = Signal(object)

    def __init__(self, model: ProposalModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.table = ProposalTable(model, theme)
        self.table.item_shown.connect(self.item_shown)
        self._outcomes = QButtonGroup(self)
        self._outcomes.buttonClicked.connect(self._outcome_chosen)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("Kind of record"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.activated.connect(self._kind_chosen)
        self._chips = QWidget()
        self._chip_row = FlowLayout(self._chips)
        self.words = SearchBox(tr("Filter the items"))
        self.words.setText(model.shown.words)
        self.words.setFixedWidth(200)
        self.words.searched.connect(self._searched)
        self.words.left_down.connect(self.table.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
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
        foot.addWidget(Label(tr("Space accepts or leaves · 1 keeps · 2 takes · 3 keeps both"), "small"))
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

    def _filters(self) -> QVBoxLayout:
        above = QVBoxLayout()
        above.setContentsMargins(Space.L, 0, Space.L, 0)
        above.setSpacing(Space.S)
        self.accept_all = _link(tr("Accept all shown"))
        self.accept_all.clicked.connect(self._accept_all)
        self.leave_all = _link(tr("Leave all shown"))
        self.leave_all.clicked.connect(self._leave_all)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.kinds)
        row.addWidget(self.words)
        row.addStretch()
        row.addWidget(self.accept_all)
        row.addWidget(self.leave_all)
        above.addWidget(self._chips)
        above.addLayout(row)
        return above

    def _middle(self) -> QWidget:
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState(tr("Nothing of this kind; choose All to see everything."), "funnel"))
        return middle

    def show_state(self, state: State) -> None:
        """Show the proposal; another one of the same workbook keeps the filter and the place."""
        review = state.review
        if review is None or (review is self.model.review and self._outcomes.buttons()):
            return
        current = self.model.item(self.table.currentIndex().row())
        if review is not self.model.review:
            self.model.set_review(review, state.cell_text, state.meant)
        self._show_chips()
        self.table.fit()
        self._show_rows()
        self._show_foot()
        if current is not None:
            self.table.show_item(current.number)
        self.item_shown.emit(self.model.item(self.table.currentIndex().row()))

    def _show_chips(self) -> None:
        counts, shown = self.model.counts(), self.model.shown
        _empty(self._outcomes, self._chip_row)
        chips = [(ALL, tr("All"), sum(counts.values()))]
        chips += [(o.value, tr(text), counts.get(o, 0)) for o, text in OUTCOMES.items() if _offered(o, counts)]
        for key, text, count in chips:
            chip = Chip("", checkable=True)
            chip.setObjectName(key)
            chip.set_text(text, count)
            outcome = None if key == ALL else Outcome(key)
            chip.setChecked(shown.outcome is outcome)
            if outcome in TONED and count:
                chip.set_tone(WORDS[outcome][1])
            self._outcomes.addButton(chip)
            self._chip_row.addWidget(chip)
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

    @Slot(QAbstractButton)
    def _outcome_chosen(self, button: QAbstractButton) -> None:
        key = button.objectName()
        self._narrow(replace(self.model.shown, outcome=None if key == ALL else Outcome(key)))

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
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        if self.model.rowCount():
            self.table.go_to_first()
        else:
            self.item_shown.emit(None)

    @Slot()
    def _accept_all(self) -> None:
        self.model.decide(self._all_shown(), Decision.TAKE)

    @Slot()
    def _leave_all(self) -> None:
        self.model.decide(self._all_shown(), Decision.KEEP)

    def _all_shown(self) -> tuple[Item, ...]:
        """Return the items shown; with the source of them all where nothing narrows the table."""
        shown = self.model.shown
        narrowed = shown.outcome is not None or shown.kind or shown.words
        return self.model.shown_items() + (() if narrowed else self.model.provenance())

    @Slot(object, object)
    def decide(self, item: Item, decision: Decision) -> None:
        """Decide one item from its panel."""
        self.table.decide([item], decision)


def _offered(outcome: Outcome, counts: dict[Outcome, int]) -> bool:
    return outcome is not Outcome.REMOVED or counts.get(outcome, 0) > 0


def _empty(group: QButtonGroup, row: FlowLayout) -> None:
    for button in group.buttons():
        group.removeButton(button)
    row.clear()


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("link", True)
    return button
