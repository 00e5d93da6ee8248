"""Asks for the unit of a column's figures."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from storage.workbook.roles import ColumnRole
from storage.workbook.units import read_unit
from ui.language import tr
from ui.widgets.labels import Label
from ui.widgets.popup import Popup


class UnitPopup(Popup):
    """Emits `chosen(text)`: a unit as one writes it, such as 억원 or million USD; a blank takes it back."""

    chosen = Signal(str)

    def __init__(self, column: ColumnRole, parent: QWidget) -> None:
        super().__init__(tr("Unit of “{column}”", column=column.header), parent)
        self.line = QLineEdit(column.unit, self)
        self.line.setAccessibleName(tr("Unit"))
        self.line.setPlaceholderText(tr("such as 억원, persons or million USD"))
        self.line.returnPressed.connect(self._take)
        self.line.textChanged.connect(self._tell)
        self._reading = Label("", "small", self, wrap=True)
        take = QPushButton(tr("Take this unit"), self)
        take.setProperty("primary", True)
        take.clicked.connect(self._take)
        for part in (
            Label(tr("Unit of “{column}”", column=column.header), "section", self),
            self.line,
            self._reading,
            take,
        ):
            self.column.addWidget(part)
        self.setFixedWidth(280)
        self.setFocusProxy(self.line)
        self._tell(self.line.text())

    @Slot(str)
    def _tell(self, text: str) -> None:
        known = read_unit(text) if text.strip() else None
        if known is None:
            self._reading.setText(tr("Kept as it is written") if text.strip() else tr("As the header says"))
        else:
            unit = known[0] or tr("no unit")
            self._reading.setText(tr("Read as {multiplier} × {unit}", multiplier=f"{known[1]:,.10g}", unit=unit))

    @Slot()
    def _take(self) -> None:
        self.chosen.emit(self.line.text().strip())
        self.close()
