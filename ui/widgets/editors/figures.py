"""Editors for numbers, quantities and periods: free text, and under it how the text is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from storage.domain.fields import Field
from storage.domain.quantities import Quantity, number_text
from storage.errors import InvalidInput
from ui.language import tr
from ui.widgets.editors.readings import bounds_of, period_reading, quantity_reading
from ui.widgets.editors.words import LineEditor


class _ReadEditor(LineEditor):
    """A line whose reading stands under it while it can be read."""

    def begin(self) -> None:
        """Show the reading from the start."""
        super().begin()
        self.say(self._reading())

    def _reading(self) -> str:
        try:
            value = self.value()
        except InvalidInput:
            return ""
        return "" if value is None else self.reading_of(value)

    def reading_of(self, value: Any) -> str:
        """Return how a value was understood."""
        raise NotImplementedError


class NumberEditor(_ReadEditor):
    """A real number, also written as 7만 or 1.5 million."""

    def reading_of(self, value: float) -> str:
        """Return the number with all its digits, when these are not what was typed."""
        written = number_text(value)
        return "" if written.replace(",", "") == self.line.text().strip().replace(",", "") else written


class PeriodEditor(_ReadEditor):
    """A period in the analyst's own words ("end of June 2005"), and the days that it means."""

    def text_of(self, value: Any) -> str:
        """Return the words of the source, else the period as it is printed."""
        return "" if value is None else value.text or self.field.format(value, self.language)

    def reading_of(self, value: Any) -> str:
        """Return the first and the last day."""
        return period_reading(value)


class QuantityEditor(_ReadEditor):
    """A figure with its sign of precision and 만, 억, 조; a second line for bounds where value and bounds are known."""

    def __init__(self, field: Field, parent: QWidget, language: str) -> None:
        super().__init__(field, parent, language)
        self.bounds = QLineEdit(self)
        self.bounds.setPlaceholderText(tr("Least–most"))
        self.take_input(self.bounds)
        self.bounds.setAccessibleName(tr("Bounds of the value"))
        self.bounds.textEdited.connect(self._bounds_edited)
        self.line.textEdited.connect(self._value_edited)
        self._shown_bounds = ""
        self._own_bounds = False

    def value(self) -> Quantity | None:
        """Return the figure with its bounds; raise InvalidInput with the reason."""
        if self.bounds.text() == self._shown_bounds and self.line.text() == self._shown:
            return self._untouched()
        quantity: Quantity | None = self.field.parse(self.line.text())
        if quantity is None or self.bounds.isHidden():
            return quantity
        limits: Quantity | None = self.field.type.parse(self.bounds.text())
        low, high = _limits(limits, quantity.multiplier)
        return replace(quantity, low=low, high=high)

    def _untouched(self) -> Quantity | None:
        before: Quantity | None = self.field.parse("") if self._before is None else self._before
        return before

    def reading_of(self, value: Quantity) -> str:
        """Return value, bounds and precision in full digits; a unit only where it was typed."""
        return quantity_reading(value if value.text else replace(value, unit=""))

    def _show(self, value: Quantity | None) -> None:
        super()._show(value)
        both = value is not None and value.value is not None and (value.low is not None or value.high is not None)
        self._shown_bounds = bounds_of(value, self.language) if both and value is not None else ""
        self._own_bounds = False
        self.bounds.setText(self._shown_bounds)
        self.bounds.setVisible(both)

    @Slot()
    def _bounds_edited(self) -> None:
        self._own_bounds = True
        self.touched()

    @Slot()
    def _value_edited(self) -> None:
        """Drop the bounds of the value before where they do not hold the new one; they come back with it."""
        if not self._own_bounds:
            self.bounds.setText(self._shown_bounds if self._is_held() else "")
            self.say(self._reading())

    def _is_held(self) -> bool:
        try:
            amount = self.field.parse(self.line.text()).amount if self.line.text().strip() else None
        except InvalidInput:
            return True
        before: Quantity | None = self._before
        if amount is None or before is None:
            return True
        low, high = before.low, before.high
        above = low is None or low * before.multiplier <= amount
        return above and (high is None or amount <= high * before.multiplier)


def _limits(limits: Quantity | None, multiplier: float) -> tuple[float | None, float | None]:
    """Return the least and the most of what was written ("90–110", "≥ 90", "≤ 110"), in units of the multiplier."""
    if limits is None:
        return None, None
    factor = limits.multiplier / multiplier
    low, high = limits.low, limits.high
    if limits.value is not None:
        low = limits.value if limits.precision in ("at least", "more than") else None
        high = limits.value if limits.precision in ("at most", "up to") else None
        if low is None and high is None:
            low = high = limits.value
    return (None if low is None else low * factor), (None if high is None else high * factor)
