"""How a quantity or a period was understood, in full."""

from __future__ import annotations

from datetime import date, timedelta

from storage.domain.periods import Period
from storage.domain.quantities import Quantity, format_quantity, number_text
from storage.domain.vocabulary import PRECISION_OPTIONS
from ui.language import tr


def period_reading(period: Period) -> str:
    """Return the first and the last day of a period ("2015-01-01 to 2015-12-31")."""
    if period.start is None or period.end is None:
        return tr("no known dates")
    last = (date.fromisoformat(period.end) - timedelta(days=1)).isoformat()
    return period.start if last == period.start else tr("{first} to {last}", first=period.start, last=last)


def quantity_reading(quantity: Quantity) -> str:
    """Return value, bounds and precision in plain digits ("70,000 · about · between 65,000 and 75,000")."""
    parts = []
    if quantity.amount is not None:
        parts.append(number_text(quantity.amount))
    if quantity.precision != "exact":
        parts.append(tr(PRECISION_OPTIONS.label(quantity.precision)))
    parts.append(_bounds_reading(quantity))
    if quantity.unit:
        parts.append(tr("“{unit}” is not kept; the unit has its own field", unit=quantity.unit))
    return " · ".join(part for part in parts if part)


def _bounds_reading(quantity: Quantity) -> str:
    low = None if quantity.low is None else number_text(quantity.low * quantity.multiplier)
    high = None if quantity.high is None else number_text(quantity.high * quantity.multiplier)
    if low is not None and high is not None:
        return tr("between {low} and {high}", low=low, high=high)
    if low is not None:
        return tr("no less than {low}", low=low)
    return "" if high is None else tr("no more than {high}", high=high)


def bounds_of(quantity: Quantity, language: str) -> str:
    """Return the bounds as they may be typed again ("65,000–75,000", "≥ 65,000"), blank for none."""
    low, high, size = quantity.low, quantity.high, quantity.multiplier
    if low is not None and high is not None:
        return format_quantity(Quantity(None, low, high, "about", size), language)
    if low is not None:
        return format_quantity(Quantity(low, precision="at least", multiplier=size), language)
    return "" if high is None else format_quantity(Quantity(high, precision="at most", multiplier=size), language)
