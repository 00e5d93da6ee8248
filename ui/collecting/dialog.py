"""The order for a template: whom or what to ask about, which metrics and periods, in which language, until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from storage.domain.collection import Collection
from storage.domain.fields import Ref
from storage.domain.text import Text
from ui.language import Language, current_code, tr
from ui.theme import Space
from ui.widgets.chip import Chip
from ui.widgets.chosen_records import ChosenRecords
from ui.widgets.labels import Label
from ui.widgets.notice import NoticeBar

WIDTH, HEIGHT = 620, 560
LATE_YEARS = 2  # how many past years are asked for by default
LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.KOREAN: "한국어"}


class TemplateDialog(QDialog):
    """Emits `ordered(Collection)`; the owner says by `refuse` why it cannot be, or closes it."""

    ordered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Make a collection template"))
        self.records = ChosenRecords(tr("Add a cluster, organisation or region"), self)
        self.metrics = ChosenRecords(tr("Add a metric"), self)
        self.periods = _line(self, tr("Periods"), tr("such as 2023, 2024-Q2"))
        self.contact = _line(self, tr("Contact"), tr("name and address, told on every sheet"))
        self.due = _line(self, tr("Send back by"), tr("such as 2026-12-15"))
        self.language = QComboBox(self)
        self.language.setAccessibleName(tr("Language"))
        for language, name in LANGUAGE_NAMES.items():
            self.language.addItem(name, language.value)
        self.language.setCurrentIndex(self.language.findData(current_code()))
        year = datetime.now(UTC).year
        self.periods.setText(", ".join(str(year - back) for back in range(LATE_YEARS, 0, -1)))
        self.notice = NoticeBar(self)
        self._build()
        self.resize(WIDTH, HEIGHT)

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(Space.L)
        form.setVerticalSpacing(Space.M)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: Sequence[tuple[str, QWidget]] = (
            (tr("Ask about"), self.records), (tr("Metrics"), self.metrics), (tr("Periods"), self.periods),
            (tr("A sheet for each"), self._sheet_choice()), (tr("Language"), self.language),
            (tr("Contact"), self.contact), (tr("Send back by"), self.due),
        )  # fmt: skip
        for title, widget in rows:
            label = Label(title, "muted", self)
            label.setBuddy(widget)
            form.addRow(label, widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        column.setSpacing(Space.L)
        intro = tr("A workbook in which others fill in figures. What comes back is imported without a question.")
        column.addWidget(Label(intro, "muted", self, wrap=True))
        column.addLayout(form)
        self._hint = Label("", "small", self, wrap=True)
        column.addWidget(self._hint)
        column.addWidget(self.notice)
        column.addStretch(1)
        column.addLayout(self._buttons())
        for choice in (self.records, self.metrics):
            choice.changed.connect(self._show_hint)
        self._show_hint()

    def _sheet_choice(self) -> QWidget:
        """Make the two chips of which one is chosen."""
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        group = QButtonGroup(holder)
        self.for_record, self.for_metric = (Chip(text, holder, checkable=True) for text in (tr("Record"), tr("Metric")))
        for chip in (self.for_record, self.for_metric):
            group.addButton(chip)
            row.addWidget(chip)
        row.addStretch(1)
        self.for_record.setChecked(True)
        holder.setFocusProxy(self.for_record)
        return holder

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton(tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        cancel.setAutoDefault(False)
        self.make = QPushButton(tr("Make the template …"), self)
        self.make.setProperty("primary", True)
        self.make.setDefault(True)
        self.make.clicked.connect(self._order)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.make)
        return row

    def begin(self, records: Sequence[Ref], metrics: Sequence[Ref]) -> None:
        """Start with what is selected."""
        self.records.choose(records)
        self.metrics.choose(metrics)
        self.for_metric.setChecked(bool(metrics) and not records)

    @property
    def collection(self) -> Collection:
        """What is asked for."""
        return Collection(
            tuple(record.id for record in self.records.records), tuple(metric.id for metric in self.metrics.records),
            tuple(part.strip() for part in re.split("[,;、]", self.periods.text()) if part.strip()),
            "metric" if self.for_metric.isChecked() else "record", str(self.language.currentData()),
            self.contact.text().strip(), self.due.text().strip(),
        )  # fmt: skip

    def refuse(self, sentence: Text) -> None:
        """Say why there is no template of this."""
        self.notice.tell(tr(sentence), "mind")

    @Slot()
    def _order(self) -> None:
        self.notice.clear()
        self.ordered.emit(self.collection)

    @Slot()
    def _show_hint(self) -> None:
        """Say what goes without saying, and do not offer what would ask for nothing."""
        records, metrics = bool(self.records.records), bool(self.metrics.records)
        self.make.setEnabled(records or metrics)
        if records and metrics:
            hint = tr("Every record is asked for every metric.")
        elif records:
            hint = tr("Without a metric each record is asked for the metrics that it has figures of.")
        elif metrics:
            hint = tr("Without a record those are asked that have figures of the metrics.")
        else:
            hint = tr("Choose records, metrics, or both.")
        self._hint.setText(hint)


def _line(parent: QWidget, name: str, placeholder: str) -> QLineEdit:
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    line.setPlaceholderText(placeholder)
    return line
