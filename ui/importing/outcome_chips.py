"""The chips over a review: one for each outcome and one for what is to be checked, each with its count."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from storage.domain.proposal import Outcome
from ui.language import tr
from ui.models.proposal import ProposalModel
from ui.models.proposal_texts import OUTCOMES, WORDS
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout

ALL, DOUBTFUL = "all", "doubtful"
TONED = (Outcome.CONFLICT, Outcome.INVALID)


class OutcomeChips(QWidget):
    """Emits `chosen(Outcome | None, to check)`."""

    chosen = Signal(object, bool)

    def __init__(self, model: ProposalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._row = FlowLayout(self)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def is_filled(self) -> bool:
        """Whether the chips of some review are shown."""
        return bool(self._group.buttons())

    def show_counts(self) -> None:
        """Count anew."""
        for button in self._group.buttons():
            self._group.removeButton(button)
        self._row.clear()
        counts, doubtful = self._model.counts(), self._model.doubtful()
        self._add(ALL, tr("All"), sum(counts.values()))
        for outcome, text in OUTCOMES.items():
            count = counts.get(outcome, 0)
            if count or outcome is not Outcome.REMOVED:
                chip = self._add(outcome.value, tr(text), count)
                if outcome in TONED and count:
                    chip.set_tone(WORDS[outcome][1])
        if doubtful or self._model.shown.doubtful:
            self._add(DOUBTFUL, tr("To check"), doubtful).set_tone("mind")

    def _add(self, key: str, text: str, count: int) -> Chip:
        chip, shown = Chip("", checkable=True), self._model.shown
        chip.setObjectName(key)
        chip.set_text(text, count)
        now = shown.outcome.value if shown.outcome else ALL
        chip.setChecked(key == (DOUBTFUL if shown.doubtful else now))
        self._group.addButton(chip)
        self._row.addWidget(chip)
        return chip

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        key = button.objectName()
        self.chosen.emit(None if key in (ALL, DOUBTFUL) else Outcome(key), key == DOUBTFUL)
