"""The panel beside a comparison: who and what is compared, and what a reader must mind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from storage.domain.caveats import Caveat
from storage.domain.fields import Ref
from ui.charts.board import Board
from ui.charts.choice import Choice
from ui.charts.ink import Ink
from ui.charts.plan import Entry, Plan
from ui.charts.swatch import Swatch
from ui.charts.wording import period_name
from ui.language import current_code, ntr, tr
from ui.theme import Space, Tokens
from ui.widgets.labels import Label, section_header

MOST_RECORDS = 24


class MindPanel(QScrollArea):
    """Emits `record_opened(id)` and `metric_opened(id)` when a name is chosen."""

    record_opened = Signal(int)
    metric_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("About this comparison"))
        self.notes: tuple[str, ...] = ()

    def show_board(self, board: Board, choice: Choice, plan: Plan, tokens: Tokens) -> None:
        """Show everything anew."""
        ink = Ink.of(tokens, self.devicePixelRatioF())
        content = QWidget()
        content.setObjectName("inspectorContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.XS)
        column.addWidget(Label(tr("Figures"), "headline"))
        column.addWidget(Label(_sizes(board, plan), "muted", wrap=True))
        if board.records:
            self._add_records(column, board, choice, ink)
            self._add_metrics(column, board)
            self._add_periods(column, board)
        self.notes = tuple(tr(caveat.text) for caveat in plan.caveats)
        if plan.caveats:
            _add_header(column, tr("Mind"))
            for widget in _notices(plan.caveats):
                column.addWidget(widget)
        if not plan.empty:
            _add_header(column, tr("Reading"))
            hint = tr("Point at a mark, or walk with the arrow keys, to see its source; a click or Return opens it.")
            column.addWidget(Label(hint, "small", wrap=True))
        column.addStretch()
        self.setWidget(content)

    def _add_records(self, column: QVBoxLayout, board: Board, choice: Choice, ink: Ink) -> None:
        _add_header(column, tr("Records"))
        for record in board.records[:MOST_RECORDS]:
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            row.addWidget(Swatch(Entry("", choice.looks.get(record.id, 0)), ink))
            row.addWidget(self._link(record, self._record_clicked), 1)
            column.addLayout(row)
        if len(board.records) > MOST_RECORDS:
            more = ntr("and {n} more", "and {n} more", len(board.records) - MOST_RECORDS)
            column.addWidget(Label(more, "small"))

    def _add_metrics(self, column: QVBoxLayout, board: Board) -> None:
        _add_header(column, tr("Metrics"))
        for metric in board.metrics:
            column.addWidget(self._link(metric, self._metric_clicked))
            facts = [fact for fact in board.facts.get(metric.id, ()) if fact]
            if facts:
                column.addWidget(Label(" · ".join(facts), "small", wrap=True))

    def _add_periods(self, column: QVBoxLayout, board: Board) -> None:
        if board.periods:
            _add_header(column, tr("Periods"))
            first, last = period_name(board.periods[0]), period_name(board.periods[-1])
            span = first if first == last else tr("{first} to {last}", first=first, last=last)
            column.addWidget(Label(span))

    def _link(self, ref: Ref, heard: object) -> QPushButton:
        button = QPushButton(ref.label(current_code()).replace("&", "&&"))
        button.setProperty("link", True)
        button.setObjectName(str(ref.id))
        button.setProperty("aligned", "left")
        button.setMinimumWidth(40)
        button.setToolTip(ref.label(current_code()))
        button.clicked.connect(heard)
        return button

    @Slot()
    def _record_clicked(self) -> None:
        self.record_opened.emit(int(self.sender().objectName()))

    @Slot()
    def _metric_clicked(self) -> None:
        self.metric_opened.emit(int(self.sender().objectName()))


def _sizes(board: Board, plan: Plan) -> str:
    if not board.records:
        return tr("Nothing chosen yet.")
    records = ntr("{n} record", "{n} records", len(board.records))
    metrics = ntr("{n} metric", "{n} metrics", len(board.metrics))
    figures = ntr("{n} figure", "{n} figures", sum(1 for _ in plan.marks()))
    return tr("{records} × {metrics}, {figures} shown", records=records, metrics=metrics, figures=figures)


def _add_header(column: QVBoxLayout, title: str) -> None:
    column.addSpacing(Space.M)
    column.addWidget(section_header(title))


def _notices(caveats: Sequence[Caveat]) -> list[QWidget]:
    """One tinted box for what may mislead, small print for what explains."""
    minds = [tr(caveat.text) for caveat in caveats if caveat.tone == "mind"]
    widgets: list[QWidget] = []
    if minds:
        box = QFrame()
        box.setProperty("notice", "mind")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        rows.setSpacing(Space.S)
        for text in minds:
            rows.addWidget(Label(text, wrap=True))
        widgets.append(box)
    widgets += [Label(tr(caveat.text), "small", wrap=True) for caveat in caveats if caveat.tone == "info"]
    return widgets
