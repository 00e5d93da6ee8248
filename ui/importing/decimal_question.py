"""The one question that a file may ask: whether its comma or its point parts the decimals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from storage.domain.number_grammar import clean, read_number
from storage.workbook.sheet import Sheet
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping

LOOKED_AT = 2_000  # rows in which an example is sought


class DecimalQuestion(QFrame):
    """Emits `answered(".")` or `answered(",")`; hidden where nothing is open."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("notice", "mind")
        self._text = Label("", wrap=True)
        self.point, self.comma = QPushButton(), QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(self._text, 1)
        for mark, button in ((".", self.point), (",", self.comma)):
            button.clicked.connect(partial(self._answer, mark))
            row.addWidget(button)
        self.hide()

    def _answer(self, mark: str, _checked: bool = False) -> None:
        self.answered.emit(mark)

    def show_question(self, sheet: Sheet, mapping: Mapping | None) -> None:
        """Ask with a number of the file, or hide."""
        text = example(sheet, mapping) if mapping is not None and mapping.asks_decimal else ""
        self.setVisible(bool(text))
        if text:
            self._text.setText(
                tr("Nothing in the file tells whether {number} has decimals. It is asked once.", number=text)
            )
            self.setAccessibleName(self._text.text())
            plain = clean(text).removeprefix("-")
            self.point.setText(tr("Decimal point: it is {value}", value=f"{read_number(plain, '.'):.10g}"))
            self.comma.setText(tr("Decimal comma: it is {value}", value=f"{read_number(plain, ','):.10g}"))


def example(sheet: Sheet, mapping: Mapping) -> str:
    """Return a number of the table that may be read in two ways, "" when there is none."""
    for row in range(mapping.first_row, min(mapping.last_row, mapping.first_row + LOOKED_AT) + 1):
        for column in mapping.value_columns():
            text = sheet.text(row, column.index)
            plain = clean(text).removeprefix("-")
            read = {read_number(plain, mark) for mark in ".,"} if any(mark in text for mark in ".,") else set()
            if len(read) == 2 and None not in read:
                return text
    return ""
