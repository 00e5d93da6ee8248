"""What is compared: chips of the chosen records and metrics, and fields to add others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.domain.fields import Ref
from ui.charts.board import Board, Offer
from ui.charts.choice import Choice
from ui.charts.ink import Ink
from ui.charts.plan import Entry
from ui.charts.record_chip import RecordChip
from ui.charts.swatch import swatch_icon
from ui.language import current_code, ntr, tr
from ui.theme import Space
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.suggest_box import SuggestBox

SHOWN_METRICS = 8
SHOWN_RECORDS = 10
BOX_WIDTH = 190


class ChoiceBar(QWidget):
    """Emits `changed(Choice)`, `record_opened(id)`; `records` and `metrics` are the fields to answer with `offer`."""

    changed = Signal(object)
    record_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = Choice()
        self._record_chips: list[Chip] = []
        self._metric_chips: list[Chip] = []
        self._shown_records = SHOWN_RECORDS
        self.records = SuggestBox(tr("Add a record"), self)
        self.metrics = SuggestBox(tr("Add a metric"), self)
        self._record_row, self._metric_row = QWidget(self), QWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for row, box in ((self._record_row, self.records), (self._metric_row, self.metrics)):
            box.setFixedWidth(BOX_WIDTH)
            FlowLayout(row).addWidget(box)
            column.addWidget(row)

    def show_choice(self, board: Board, choice: Choice, ink: Ink, *, coloured: bool) -> None:
        """Show the chosen records, with swatches where colours tell the records apart, and the metrics on offer."""
        focused = self.focused_record()
        self._choice = choice
        chips: list[Chip] = []
        for record in board.records[: self._shown_records]:
            chip = RecordChip(record, self._record_row)
            if coloured:
                chip.setIcon(swatch_icon(Entry("", choice.looks.get(record.id, 0)), ink))
            chip.removed.connect(self._remove)
            chip.opened.connect(self.record_opened)
            chips.append(chip)
        if left_out := len(board.records) - len(chips):
            more = Chip(ntr("and {n} more", "and {n} more", left_out), self._record_row)
            more.clicked.connect(self._show_all)
            chips.append(more)
        self._board, self._ink, self._coloured = board, ink, coloured
        self._record_chips = _replaced(self._record_row, self._record_chips, chips, self.records)
        metrics = [self._metric_chip(offer, board) for offer in _on_show(board)]
        self._metric_chips = _replaced(self._metric_row, self._metric_chips, metrics, self.metrics)
        # axes have their own boxes
        self._metric_row.setVisible(bool(board.records) and not choice.by_axes)
        if focused is not None:
            self._focus_near(focused)

    def _metric_chip(self, offer: Offer, board: Board) -> Chip:
        chip = Chip(offer.metric.label(current_code()), self._metric_row, checkable=True)
        chip.set_text(offer.metric.label(current_code()), offer.records if len(board.records) > 1 else None)
        chip.setObjectName(str(offer.metric.id))
        chip.setChecked(any(metric.id == offer.metric.id for metric in board.metrics))
        chip.setToolTip(tr("Records with figures: {n} of {total}", n=offer.records, total=len(board.records)))
        chip.clicked.connect(self._metrics_chosen)
        return chip

    def focused_record(self) -> int | None:
        """Return the place of the chip that has the focus."""
        return next((n for n, chip in enumerate(self._record_chips) if chip.hasFocus()), None)

    def _focus_near(self, place: int) -> None:
        """After a chip was taken out its neighbour has the focus, so that the keyboard can go on."""
        if self._record_chips:
            self._record_chips[min(place, len(self._record_chips) - 1)].setFocus()
        else:
            self.records.setFocus()

    @Slot()
    def _show_all(self) -> None:
        self._shown_records = len(self._board.records)
        self.show_choice(self._board, self._choice, self._ink, coloured=self._coloured)

    @Slot(int)
    def _remove(self, record: int) -> None:
        left = tuple(id for id in self._choice.records if id != record)
        self.changed.emit(self._choice.with_records(left))

    @Slot()
    def _metrics_chosen(self) -> None:
        chosen = [int(chip.objectName()) for chip in self._metric_chips if chip.isChecked()]
        self.changed.emit(replace(self._choice, metrics=tuple(chosen)))

    def add_record(self, record: int) -> None:
        """Take a record into the comparison."""
        self.changed.emit(self._choice.with_records((*self._choice.records, record)))

    def add_metric(self, metric: int, shown: Sequence[Ref]) -> None:
        """Take a metric into the comparison, beside those that are shown."""
        metrics = dict.fromkeys((*(ref.id for ref in shown), metric))
        self.changed.emit(replace(self._choice, metrics=tuple(metrics)))


def _on_show(board: Board) -> list[Offer]:
    """The chosen metrics and the best others, in the order of the offers."""
    chosen = {metric.id for metric in board.metrics}
    offers = [offer for n, offer in enumerate(board.offers) if n < SHOWN_METRICS or offer.metric.id in chosen]
    offered = {offer.metric.id for offer in offers}
    return [*offers, *(Offer(metric, 0, 0) for metric in board.metrics if metric.id not in offered)]


def _replaced(row: QWidget, old: Sequence[Chip], new: list[Chip], box: SuggestBox) -> list[Chip]:
    """Put new chips before the box."""
    flow = row.layout()
    assert flow is not None
    for chip in old:
        flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
    flow.removeWidget(box)
    for widget in (*new, box):
        flow.addWidget(widget)
        widget.show()
    flow.update()
    before = None
    for widget in (*new, box):
        if before is not None:
            QWidget.setTabOrder(before, widget)
        before = widget
    return new
