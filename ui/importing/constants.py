"""What holds for every row of a sheet: a period, a unit, a source, the kind of new records."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from storage.domain.text import Text, msg
from storage.domain.vocabulary import SCENARIOS
from ui.language import tr
from ui.theme import Space
from ui.widgets.collapsible import Collapsible
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label

FIELDS: dict[str, Text] = {
    "period": msg("Period"),
    "unit": msg("Unit"),
    "entity": msg("Record"),
    "metric": msg("Metric"),
    "source.title": msg("Source"),
    "scope": msg("Scope"),
}
KINDS: dict[str, Text] = {
    "cluster": msg("Clusters"),
    "organisation": msg("Organisations"),
    "region": msg("Regions"),
}
EXAMPLES: dict[str, Text] = {"period": msg("such as 2024 or 2024-Q2"), "unit": msg("as the columns say")}
LINE_WIDTH = 132


class ConstantsPanel(QWidget):
    """Emits `told(field, value)` when one is set; a blank takes it back."""

    told = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, str] = {}
        self.lines: dict[str, QLineEdit] = {}
        self.choices: dict[str, QComboBox] = {}
        content = QWidget()
        row = FlowLayout(content, Space.M)
        for key, label in FIELDS.items():
            row.addWidget(self._labelled(tr(label), self._line(key, tr(label))))
        row.addWidget(self._labelled(tr("Scenario"), self._choice("scenario", tr("Scenario"), _scenarios())))
        row.addWidget(self._labelled(tr("New names are"), self._choice("entity.kind", tr("New names are"), KINDS)))
        self._fold = Collapsible(tr("Set for every row"), content, is_open=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._fold)

    def _line(self, key: str, name: str) -> QLineEdit:
        line = self.lines[key] = QLineEdit()
        line.setObjectName(key)
        line.setAccessibleName(tr("{field} for every row", field=name))
        line.setPlaceholderText(tr(EXAMPLES[key]) if key in EXAMPLES else "")
        line.setFixedWidth(LINE_WIDTH if key not in EXAMPLES else LINE_WIDTH + 24)
        line.editingFinished.connect(self._edited)
        return line

    def _choice(self, key: str, name: str, options: Mapping[str, Text]) -> QComboBox:
        choice = self.choices[key] = QComboBox()
        choice.setObjectName(key)
        choice.setAccessibleName(tr("{field} for every row", field=name))
        choice.addItem(tr("as guessed"), "")
        for value, label in options.items():
            choice.addItem(tr(label), value)
        choice.activated.connect(self._chosen)
        return choice

    def _labelled(self, title: str, field: QWidget) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(title, "small"))
        column.addWidget(field)
        return part

    def set_open(self, is_open: bool) -> None:
        """Open or close."""
        self._fold.set_open(is_open)

    def can_show(self, constants: Mapping[str, str]) -> bool:
        """Whether any of what is set has its field here; the unit of one column has none."""
        return any(constants.get(key) for key in (*self.lines, *self.choices))

    def show_constants(self, constants: Mapping[str, str]) -> None:
        """Show what is set."""
        self._shown = dict(constants)
        for key, line in self.lines.items():
            if not line.hasFocus() or line.text() == self._shown.get(key, ""):
                line.setText(self._shown.get(key, ""))
                line.setCursorPosition(0)
        for key, choice in self.choices.items():
            choice.setCurrentIndex(max(choice.findData(self._shown.get(key, "")), 0))

    def ask(self, key: str) -> None:
        """Open, and put the focus into a field."""
        self._fold.set_open(True)
        self.lines[key].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _edited(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit):
            self._tell(line.objectName(), line.text().strip())

    @Slot()
    def _chosen(self) -> None:
        choice = self.sender()
        if isinstance(choice, QComboBox):
            self._tell(choice.objectName(), str(choice.currentData()))

    def _tell(self, key: str, value: str) -> None:
        if value != self._shown.get(key, ""):
            self._shown[key] = value
            self.told.emit(key, value)


def _scenarios() -> dict[str, Text]:
    return {option.key: option.label for option in SCENARIOS.options}
