"""The end of an import: what was written, and where to go from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.domain.proposal import Outcome
from storage.domain.review import Review
from ui.command import Command
from ui.icons import Tone, icon
from ui.importing.state import State
from ui.language import ntr, tr
from ui.models.proposal_texts import OUTCOMES
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.icon_label import IconLabel
from ui.widgets.labels import Label, restyle


class DoneView(QWidget):
    """Tells the outcome over the buttons of the commands; the first, where it can be run, takes the focus."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("circle-check", Tone.ACCENT, 32)
        self._sentence = Label("", "title", wrap=True)
        self._counts = Label("", "muted", wrap=True)
        self._buttons = [CommandButton(command, primary=place == 0) for place, command in enumerate(commands)]
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch()
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._sentence, self._counts):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addLayout(row)
        column.addStretch(3)
        self.setFocusProxy(self._buttons[0])

    def show_state(self, state: State) -> None:
        """Tell what became of the import."""
        if state.review is None:
            return
        self._icon.show_icon("rotate-ccw" if state.taken_back else "circle-check", Tone.ACCENT)
        self._sentence.setText(_sentence(state))
        self._counts.setText(tr("{file} · {counts}", file=state.review.proposal.workbook, counts=_counts(state.review)))
        first, last = self._buttons[0], self._buttons[-1]
        shown = first.action.command.enabled()
        first.setVisible(shown)
        restyle(last, "primary", not shown)
        last.setIcon(icon("file-plus", Tone.TEXT if shown else Tone.ON_ACCENT))
        self.setFocusProxy(first if shown else last)
        for button in self._buttons:
            button.update_state()


def _sentence(state: State) -> str:
    if state.revision is None:
        return tr("The catalogue says all of this already; nothing was written.")
    if state.taken_back:
        return tr("The import was taken back; the catalogue is as it was before revision {n}.", n=state.revision.id)
    count = state.review.count if state.review else state.revision.change_count
    written = ntr("{n} change was written", "{n} changes were written", count)
    return tr("{written} as revision {revision}.", written=written, revision=f"{state.revision.id:,}")


def _counts(review: Review) -> str:
    counts = review.proposal.counts()
    keys = {Outcome.CONFLICT: "conflicts"}
    told = [(tr(text), counts[keys.get(outcome, outcome.value)]) for outcome, text in OUTCOMES.items()]
    told.append((tr("Left out on purpose"), review.proposal.ignored))
    return " · ".join(f"{text} {count:,}" for text, count in told if count)
