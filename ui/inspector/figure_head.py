"""The head of one figure: the value, of what and of whom, when, and its tags."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.domain.fields import RecordKind
from storage.domain.quantities import Quantity
from storage.domain.vocabulary import MEASURES, SCENARIOS
from ui.inspector.figure_lines import STATUS_TAGS, shown_name
from ui.inspector.values import Save
from ui.language import current_code, tr
from ui.theme import Space
from ui.widgets.editors import Choose
from ui.widgets.editors.readings import quantity_reading
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, Tag, TagTone


class FigureHead(QWidget):
    """Value and unit large, metric and record under it, bounds and precision in full, tags."""

    overtaken = Signal(object)
    history_wanted = Signal(object)

    def __init__(self, kind: RecordKind, _choose: Choose, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._value = Label("", "headline", self, wrap=True)
        self._subject = Label("", "strong", self, wrap=True)
        self._reading = Label("", "small", self, wrap=True)
        self._tags = FlowLayout(spacing=Space.XS)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS, 0, 0, 0)
        column.setSpacing(Space.XS)
        for label in (self._value, self._subject, self._reading):
            column.addWidget(label)
        column.addLayout(self._tags)

    def show_record(self, values: dict[str, Any], _save: Save) -> None:
        """Show a figure, by field key."""
        quantity = values["value"]
        text = self._kind.field("value").format(quantity, current_code()) or values["value_text"] or tr("no value")
        if values["measure"] == "ratio to base":
            text = tr("× {number}", number=text)
        unit = shown_name(values["unit_id"])
        self._value.setText(tr("{value} {unit}", value=text, unit=unit).strip())
        period = values["period"].format(current_code()) if values["period"] else ""
        subject = (shown_name(values["metric_id"]), shown_name(values["entity_id"]), period)
        self._subject.setText(" · ".join(part for part in subject if part))
        self._show_reading(quantity)
        self._show_tags(values)

    def _show_reading(self, quantity: Quantity | None) -> None:
        """Tell bounds and all digits, where the headline does not."""
        more = quantity is not None and (quantity.multiplier != 1 or (quantity.low, quantity.high) != (None, None))
        self._reading.setText(quantity_reading(replace(quantity, unit="")) if quantity is not None else "")
        self._reading.setVisible(more)

    def _show_tags(self, values: dict[str, Any]) -> None:
        self._tags.clear()
        if values["preferred"]:
            self._add_tag(tr("preferred"), "good")
        if values["scenario"] != "actual":
            self._add_tag(tr(SCENARIOS.label(values["scenario"])), "neutral")
        if values["measure"] != "level":
            self._add_tag(tr(MEASURES.label(values["measure"])), "neutral")
        if values["status"] in STATUS_TAGS:
            text, tone = STATUS_TAGS[values["status"]]
            self._add_tag(tr(text), tone)
        if values["competing"]:
            self._add_tag(tr("conflict"), "bad")

    def settle(self) -> None:
        """Do nothing: the value is edited in its row."""

    def _add_tag(self, text: str, tone: TagTone) -> None:
        self._tags.addWidget(Tag(text, tone, self))
