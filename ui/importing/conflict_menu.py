"""Conflicts decided by column, or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from storage.domain.proposal import Decision, Item
from ui.language import ntr, tr
from ui.models.proposal import ProposalModel
from ui.models.proposal_choices import ALL, keyed


class ConflictMenu(QMenu):
    """All conflicts in the column of an item, then all that there are; emits `chosen(items, Decision)`."""

    chosen = Signal(object, object)

    def __init__(self, model: ProposalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._item: Item | None = None
        self.aboutToShow.connect(self._fill)

    def show_item(self, item: Item | None) -> None:
        """Take the item whose column is offered."""
        self._item = item

    @Slot()
    def _fill(self) -> None:
        self.clear()
        item, texts, every = self._item, self._model.texts, self._model.conflicts()
        alike = self._model.conflicts_like(item) if item else ()
        if item is not None and texts is not None and alike and len(alike) < len(every):
            column, keys = texts.column(item), {decision: key for key, decision in keyed(item).items()}
            title = ntr("{n} conflict in “{column}”", "All {n} conflicts in “{column}”", len(alike), column=column)
            self._offer(title, alike, keys)
            self.addSeparator()
        self._offer(ntr("The one conflict", "All {n} conflicts", len(every)), every, {})

    def _offer(self, title: str, items: Sequence[Item], keys: dict[Decision, int]) -> None:
        head = QAction(title.replace("&", "&&"), self)
        head.setEnabled(False)
        self.addAction(head)
        offered = {decision for item in items for decision in item.decisions}
        for decision, text in ALL.items():
            if decision in offered:
                action = self.addAction(tr(text))
                if decision in keys:
                    # told, not set: the table takes the keys itself
                    native = QKeySequence(f"Alt+{keys[decision]}").toString(QKeySequence.SequenceFormat.NativeText)
                    action.setText("\t".join((tr(text), native)))
                action.triggered.connect(partial(self._choose, items, decision))

    def _choose(self, items: Sequence[Item], decision: Decision, _checked: bool = False) -> None:
        self.chosen.emit(items, decision)
