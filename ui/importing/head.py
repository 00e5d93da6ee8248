"""The head of an import: which file, how it is read, the steps, and the way on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from storage.domain.text import Text, msg
from ui.command import Command
from ui.importing.state import State, Step
from ui.importing.work import Planned
from ui.language import tr
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import Label

STEPS: dict[Step, Text] = {
    Step.MAPPING: msg("1 Mapping"),
    Step.NAMES: msg("2 Names"),
    Step.REVIEW: msg("3 Review"),
}
ORIENTATIONS: dict[str, Text] = {
    "long": msg("one figure a row"),
    "wide by period": msg("periods across"),
    "wide by metric": msg("metrics across"),
    "code list": msg("a list of codes"),
    "no figures": msg("no figures found"),
}


class ImportHead(QWidget):
    """Emits `step_wanted(Step)`; the buttons are those of the commands."""

    step_wanted = Signal(object)

    def __init__(self, forward: Command, others: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel("title")
        self._how = ElidedLabel("muted")
        self._busy = Label("", "muted")
        self.forward = CommandButton(forward, primary=True)
        self._others = [CommandButton(command, link=True) for command in others]
        top = QHBoxLayout()
        top.setSpacing(Space.M)
        top.addWidget(self._title, 1)
        top.addWidget(self._busy)
        for button in (*self._others, self.forward):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addLayout(self._step_row())

    def _step_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        self._group = QButtonGroup(self)
        self._chips: dict[Step, QPushButton] = {}
        for step, text in STEPS.items():
            chip = QPushButton(tr(text))
            chip.setCheckable(True)
            chip.setProperty("step", True)
            chip.setObjectName(step.value)
            self._chips[step] = chip
            self._group.addButton(chip)
            row.addWidget(chip)
        self._group.buttonClicked.connect(self._clicked)
        row.addSpacing(Space.M)
        row.addWidget(self._how, 1)
        return row

    def show_state(self, state: State) -> None:
        """Tell where the import stands."""
        self._title.show_text(state.path.name if state.path else "")
        self._how.show_text(_how(state))
        self._busy.setText(tr(state.busy) if state.busy else "")
        for step, chip in self._chips.items():
            chip.setVisible(step is Step.REVIEW or not state.is_export)
            chip.setEnabled(step is state.step or state.can_show(step))
            chip.setChecked(step is state.step)
        for button in (*self._others, self.forward):
            button.update_state()

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self.step_wanted.emit(Step(button.objectName()))


def _how(state: State) -> str:
    if state.is_export:
        return tr("written by Cluster Atlas, so there is nothing to map")
    return _read_as(state.planned, state.recipe_name) if state.planned else ""


def _read_as(planned: Planned, name: str) -> str:
    mappings = planned.recipe.mappings
    first = mappings[0]
    where = tr("{n} sheets", n=len(mappings)) if len(mappings) > 1 else tr("Sheet “{sheet}”", sheet=first.sheet)
    rows = sorted({first.header_rows[0] + 1, first.header_rows[-1] + 1})
    header = tr("header in row {row}", row="–".join(str(row) for row in rows))
    shape = tr(ORIENTATIONS[first.orientation]) if first.orientation in ORIENTATIONS else ""
    recipe = tr("read as recipe “{name}”", name=name) if planned.remembered else tr("recipe “{name}”", name=name)
    return " · ".join(filter(None, (where, header, shape, recipe)))
