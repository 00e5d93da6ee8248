"""How the figures are shown: kind of chart, periods, scenarios, and the axes of the points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QHBoxLayout, QWidget

from storage.domain import vocabulary
from storage.domain.comparison import period_key
from ui.charts.board import Board
from ui.charts.choice import Choice
from ui.charts.kinds import KINDS
from ui.charts.kinds.kind import ChartKind, Option
from ui.charts.wording import period_name
from ui.icons import icon
from ui.language import current_code, tr
from ui.theme import Space
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label

ANY = ""


class OptionBar(QWidget):
    """Emits `changed(Choice)` when something else is chosen."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = Choice()
        self._flow = FlowLayout(self)
        self._kinds = QButtonGroup(self)
        for kind in KINDS.values():
            chip = Chip(tr(kind.label), self, checkable=True)
            chip.setIcon(icon(kind.icon))
            chip.setIconSize(QSize(14, 14))
            chip.setObjectName(kind.id)
            self._kinds.addButton(chip)
            self._flow.addWidget(chip)
        self._kinds.buttonClicked.connect(self._kind_chosen)
        self.first = self._combo(tr("From"), self._limits_chosen)
        self.last = self._combo(tr("To"), self._limits_chosen)
        self.period = self._combo(tr("At"), self._period_chosen)
        self.across = self._combo(tr("Across"), self._axes_chosen)
        self.upright = self._combo(tr("Upright"), self._axes_chosen)
        self._scenarios: list[Chip] = []

    def _combo(self, title: str, heard: Any) -> QComboBox:
        """A combo box with its title before it, both hidden together."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(Space.XS, 0, 0, 0)
        row.setSpacing(Space.XS)
        label = Label(title, "small", holder)
        box = QComboBox(holder)
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(220)
        label.setBuddy(box)
        row.addWidget(label)
        row.addWidget(box)
        box.activated.connect(heard)
        self._flow.addWidget(holder)
        return box

    def show_choice(self, board: Board, choice: Choice, kind: ChartKind) -> None:
        """Show what is chosen, and what there is to choose from."""
        self._choice = choice
        for button in self._kinds.buttons():
            button.setChecked(button.objectName() == kind.id)
        several = len(board.periods) > 1
        ranged = Option.SPAN in kind.options and several
        names = [period_name(period) for period in board.periods]
        _fill(self.first, [(tr("the first"), ANY), *zip(names, (p.start for p in board.periods), strict=True)],
              choice.first, shown=ranged)  # fmt: skip
        _fill(self.last, [(tr("the last"), ANY), *zip(names, (p.end for p in board.periods), strict=True)],
              choice.last, shown=ranged)  # fmt: skip
        keys = [period_key(period) for period in board.periods]
        _fill(self.period, [(tr("the latest of each"), ()), *zip(names, keys, strict=True)], choice.period,
              shown=Option.PERIOD in kind.options and several)  # fmt: skip
        metrics = [(offer.metric.label(current_code()), offer.metric.id) for offer in board.offers]
        for box, chosen in ((self.across, choice.across), (self.upright, choice.upright)):
            _fill(box, metrics, chosen, shown=Option.AXES in kind.options)
        self._show_scenarios(board)

    def _show_scenarios(self, board: Board) -> None:
        for old in self._scenarios:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._scenarios = []
        if len(board.all_scenarios) < 2:
            return
        for key in board.all_scenarios:
            chip = Chip(tr(vocabulary.SCENARIOS.label(key)), self, checkable=True)
            chip.setObjectName(key)
            chip.setChecked(key in board.scenarios)
            chip.clicked.connect(self._scenarios_chosen)
            self._flow.addWidget(chip)
            chip.show()
            self._scenarios.append(chip)
        self._flow.update()

    @Slot(QAbstractButton)
    def _kind_chosen(self, button: QAbstractButton) -> None:
        self._tell(shape=button.objectName())

    @Slot()
    def _limits_chosen(self) -> None:
        first, last = self.first.currentData() or "", self.last.currentData() or ""
        if first and last and first >= last:
            # the box that was touched wins, the other one opens up
            first, last = ("", last) if self.sender() is self.last else (first, "")
        self._tell(first=first, last=last)

    @Slot()
    def _period_chosen(self) -> None:
        self._tell(period=tuple(self.period.currentData() or ()))

    @Slot()
    def _axes_chosen(self) -> None:
        self._tell(across=self.across.currentData() or 0, upright=self.upright.currentData() or 0)

    @Slot()
    def _scenarios_chosen(self) -> None:
        chosen = tuple(chip.objectName() for chip in self._scenarios if chip.isChecked())
        self._tell(scenarios=chosen)

    def _tell(self, **changes: Any) -> None:
        self.changed.emit(replace(self._choice, **changes))


def _fill(box: QComboBox, items: Sequence[tuple[str, object]], chosen: object, *, shown: bool) -> None:
    box.clear()
    for text, data in items:
        box.addItem(text, data)
    place = next((n for n, (_, data) in enumerate(items) if data == chosen), 0)
    box.setCurrentIndex(place if items else -1)
    holder = box.parentWidget()
    assert holder is not None
    holder.setVisible(shown)
