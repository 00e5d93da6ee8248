"""Compare: clusters, organisations and regions side by side, each figure one click from its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from storage.domain.changes import Revision
from storage.domain.text import msg
from ui.browse.clipboard import mime_of
from ui.charts.board import Board
from ui.charts.choice import Choice
from ui.charts.kinds import NO_CHART
from ui.charts.planning import plan_for
from ui.command import Command
from ui.compare.finding import Finding
from ui.compare.reading import ENTITIES, Reading, read_board, suggestion
from ui.compare.remedies import remedy
from ui.job import Progress
from ui.language import tr
from ui.page import Context, Page, Section, Selection

if TYPE_CHECKING:
    from ui.charts.mind_panel import MindPanel
    from ui.charts.workbench import Workbench
    from ui.compare.outputs import Outputs, Shown

TOUCHED = (
    "observation", "metric", "unit", "source", "passage", "entity", "cluster", "organisation", "region", "sector",
)  # fmt: skip


class ComparePage(Page):
    """The workbench in the middle, what to mind at the right."""

    id = "compare"
    title = msg("Compare")
    icon = "chart-line"
    section = Section.LOOK

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._choice = self._filled = Choice()
        self._board = Board()
        self._anything = True
        self._plan = NO_CHART
        self._bench: Workbench | None = None
        self._panel: MindPanel | None = None
        self._outputs: Outputs | None = None
        self._finding: Finding | None = None

    # Building; what needs pyqtgraph is loaded with the first show, it would cost every start a quarter of a second

    def build(self) -> QWidget:
        """Make the workbench."""
        from ui.charts.workbench import Workbench  # noqa: PLC0415
        from ui.compare.outputs import Outputs  # noqa: PLC0415

        if self._outputs is None:
            self._outputs = Outputs(self, self.context, self._shown)
            self.context.theme.changed.connect(self._recolour)
        bench = self._bench = Workbench(self._outputs.buttons(self._copy_command()))
        bench.choice_changed.connect(self._choose)
        bench.record_opened.connect(self._open_entity)
        bench.figure_chosen.connect(self._open_figure)
        self._finding = Finding(bench.choices, self.context)
        bench.table.copy_requested.connect(self._copy_table)
        self.setFocusProxy(bench)
        return bench

    def build_inspector(self) -> QWidget:
        """Make the panel of what to mind."""
        from ui.charts.mind_panel import MindPanel  # noqa: PLC0415

        panel = self._panel = MindPanel()
        panel.record_opened.connect(self._open_entity)
        panel.metric_opened.connect(self._open_metric)
        return panel

    def commands(self) -> Sequence[Command]:
        """Return what can be done with the comparison."""
        if self._outputs is None:
            return ()
        return (
            self._outputs.copy_command(),
            *self._outputs.save_commands(),
            self._copy_command(),
            self._clear_command(),
        )

    def _copy_command(self) -> Command:
        return Command("copy-figures", msg("Copy the figures"), self._copy_table, None, "copy", self._has_figures)

    def _clear_command(self) -> Command:
        return Command("clear-comparison", msg("Begin another comparison"), self._clear, None, "x", self._has_records)

    def _has_figures(self) -> bool:
        return not self._plan.empty

    def _has_records(self) -> bool:
        return bool(self._choice.records)

    # Reading

    def refresh(self, revision: Revision | None) -> None:
        """Read the figures of the choice."""
        if revision is not None and not revision.touches(*TOUCHED):
            return
        catalogue, choice = self.context.bridge.catalogue, self._choice

        def read(_progress: Progress) -> Reading:
            return read_board(catalogue, choice)

        self.context.jobs.read("compare", read, self._take)

    def _take(self, reading: Reading) -> None:
        if self._choice.records != reading.choice.records:
            self._choice = self._choice.with_records(reading.choice.records)
        self._board, self._filled, self._anything = reading.board, reading.choice, reading.anything
        if self._finding is not None:
            self._finding.board = self._board
        self._plan = plan_for(reading.board.comparison, reading.choice)
        self._show()

    @Slot()
    def _recolour(self) -> None:
        if self.isVisible():
            self._show()
        else:
            self._stale = True

    def _show(self) -> None:
        if self._bench is None or self._panel is None:
            return
        tokens = self.context.theme.tokens
        self._bench.show_board(self._board, self._filled, self._plan, tokens)
        self._panel.show_board(self._board, self._filled, self._plan, tokens)
        if self._plan.empty:
            self._bench.show_empty(*self._nothing())
        else:
            self._bench.show_chart()

    def _nothing(self) -> tuple[str, Command | None]:
        """Why there is no chart, and the way out."""
        found = remedy(self._board, self._filled, anything=self._anything)
        if found.label is None:
            return tr(found.sentence), None
        run = self.pose if found.choice is None else partial(self._choose, found.choice)
        return tr(found.sentence), Command("remedy", found.label, run, None, "chart-column")

    # Choosing

    @Slot(object)
    def _choose(self, choice: Choice) -> None:
        """Take a choice; metrics that were only filled in stay a matter of what suits."""
        if choice.metrics == self._filled.metrics:
            choice = replace(choice, metrics=self._choice.metrics)
        if (choice.across, choice.upright) == (self._filled.across, self._filled.upright):
            choice = replace(choice, across=self._choice.across, upright=self._choice.upright)
        self._choice = choice
        self.refresh(None)

    def receive(self, payload: object) -> None:
        """Compare the records, or the metrics, that another page hands over."""
        if not isinstance(payload, Selection):
            return
        if payload.kind in ENTITIES:
            self._choose(self._choice.anew(payload.ids))
        elif payload.kind == "metric":
            self._choose(replace(self._choice, metrics=payload.ids))

    def _clear(self) -> None:
        self._choose(Choice())

    def pose(self) -> None:
        """Compare the records that have most to compare."""
        catalogue = self.context.bridge.catalogue

        def suggest(_progress: Progress) -> Choice:
            return suggestion(catalogue)

        self.context.jobs.read("suggest", suggest, self._choose)

    # Going elsewhere

    @Slot(int)
    def _open_figure(self, observation: int) -> None:
        self.context.open_record("observation", observation)

    @Slot(int)
    def _open_entity(self, record: int) -> None:
        self.context.open_record(self.context.bridge.catalogue.entity_kind(record), record)

    @Slot(int)
    def _open_metric(self, metric: int) -> None:
        self.context.open_record("metric", metric)

    @Slot()
    def _copy_table(self) -> None:
        """Put the figures on the clipboard, the selected rows or all."""
        if self._bench is None or self._plan.empty:
            return
        selected = self._bench.table.selectionModel().selectedIndexes()
        QGuiApplication.clipboard().setMimeData(mime_of(*self._bench.model.rows(selected)))

    def _shown(self) -> Shown:
        from ui.charts.workbench import title_of  # noqa: PLC0415
        from ui.compare.outputs import Shown  # noqa: PLC0415

        return Shown(title_of(self._board) or tr(self.title), self._plan, self._board.series)

    # What is remembered

    def state(self) -> dict[str, Any]:
        """Remember the choice."""
        return self._choice.to_data()

    def restore(self, state: dict[str, Any]) -> None:
        """Take the choice again."""
        choice = Choice.from_data(state)
        if choice != self._choice:
            self._choice = choice
            self.refresh(None)
