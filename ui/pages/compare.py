"""Compare: clusters, organisations and regions side by side, each figure one click from its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from storage.domain.changes import Revision
from storage.domain.fields import Ref
from storage.domain.text import Text, msg
from ui.browse.clipboard import mime_of
from ui.charts.board import Board
from ui.charts.choice import Choice
from ui.charts.plan import Plan, Shape
from ui.charts.planning import limited, plan_for
from ui.command import Command, CommandAction
from ui.compare.reading import ENTITIES, Reading, read_board, suggestion
from ui.icons import icon
from ui.job import Progress
from ui.language import current_code, name_of, other_name, tr
from ui.models.palette import PaletteEntry
from ui.page import Context, Page, Section, Selection
from ui.widgets.buttons import CommandButton

if TYPE_CHECKING:
    from storage.catalogue import Hit
    from ui.charts.mind_panel import MindPanel
    from ui.charts.workbench import Workbench
    from ui.compare.outputs import Outputs, Shown

FOUND = 12
ICONS = {"cluster": "boxes", "organisation": "building-2", "region": "map-pin", "metric": "ruler"}
KINDS: dict[str, Text] = {
    "cluster": msg("Cluster"), "organisation": msg("Organisation"), "region": msg("Region"), "metric": msg("Metric"),
}  # fmt: skip
TOUCHED = (
    "observation",
    "metric",
    "unit",
    "source",
    "passage",
    "entity",
    "cluster",
    "organisation",
    "region",
    "sector",
)


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
        self._plan = Plan(Shape.LINE)
        self._bench: Workbench | None = None
        self._panel: MindPanel | None = None
        self._outputs: Outputs | None = None

    # Building; what needs pyqtgraph is loaded with the first show, it would cost every start a quarter of a second

    def build(self) -> QWidget:
        """Make the workbench."""
        from ui.charts.workbench import Workbench  # noqa: PLC0415
        from ui.compare.outputs import Outputs  # noqa: PLC0415

        if self._outputs is None:
            self._outputs = Outputs(self, self.context, self._shown)
            self.context.theme.changed.connect(self._recolour)
        bench = self._bench = Workbench((CommandButton(self._outputs.copy_command()), self._export_button()))
        bench.choice_changed.connect(self._choose)
        bench.record_opened.connect(self._open_entity)
        bench.figure_chosen.connect(self._open_figure)
        bench.choices.records.searched.connect(self._search_records)
        bench.choices.metrics.searched.connect(self._search_metrics)
        bench.table.copy_requested.connect(self._copy_table)
        self.setFocusProxy(bench)
        return bench

    def _export_button(self) -> QToolButton:
        assert self._outputs is not None
        button = QToolButton()
        button.setText(tr("Export"))
        button.setAccessibleName(tr("Export"))
        button.setProperty("button", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("chevron-down"))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for command in (*self._outputs.save_commands(), self._copy_command()):
            action = CommandAction(command, menu)
            menu.aboutToShow.connect(action.update_state)
            menu.addAction(action)
        button.setMenu(menu)
        return button

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

    def _suggest_command(self) -> Command:
        return Command("compare-best", msg("Compare the best documented ones"), self.pose, None, "chart-column")

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
        self._board, self._filled = reading.board, reading.choice
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
        board = self._board
        if not board.records:
            sentence = tr("Choose what to compare: add records above, or select some in a table and press Compare.")
            return sentence, self._suggest_command()
        if not any(offer.records for offer in board.offers):
            return tr("These records have no figures that can be drawn yet; import a workbook, or add figures."), None
        if not board.comparison.lines:
            metrics = ", ".join(metric.label(current_code()) for metric in board.metrics)
            sentence = tr("These records have no figures for: {metrics}.", metrics=metrics)
            return sentence, Command("best-metric", msg("Show the metric that most of them have"), self._best_metric)
        if not limited(board.comparison, self._filled).lines:
            sentence = tr("There are no figures between these periods.")
            return sentence, Command("all-periods", msg("Show all periods"), self._all_periods)
        sentence = tr("This kind of chart has nothing to show for these figures.")
        return sentence, Command("as-bars", msg("Show them as bars"), self._as_bars, None, "chart-column")

    def _best_metric(self) -> None:
        self._choose(replace(self._choice, metrics=(), across=0, upright=0, scenarios=()))

    def _all_periods(self) -> None:
        self._choose(replace(self._choice, first="", last="", period=()))

    def _as_bars(self) -> None:
        self._choose(replace(self._choice, shape=Shape.BARS.value))

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

    @Slot(str)
    def _search_records(self, words: str) -> None:
        catalogue = self.context.bridge.catalogue

        def search(_progress: Progress) -> list[Hit]:
            return catalogue.search(words, FOUND, ENTITIES)

        if words:
            self.context.jobs.read("compare-records", search, self._offer_records)
        elif self._bench is not None:
            self._bench.choices.records.offer((), tr("Type the name of a cluster, organisation or region."))

    def _offer_records(self, hits: list[Hit]) -> None:
        if self._bench is None:
            return
        choices = self._bench.choices
        entries = tuple(
            _entry(hit, partial(choices.add_record, hit.id)) for hit in hits if hit.id not in self._choice.records
        )
        choices.records.offer(entries, "" if entries else tr("Nothing found."))

    @Slot(str)
    def _search_metrics(self, words: str) -> None:
        catalogue = self.context.bridge.catalogue

        def search(_progress: Progress) -> list[Hit]:
            return catalogue.search(words, FOUND, ("metric",))

        if words:
            self.context.jobs.read("compare-metrics", search, self._offer_metrics)
        else:
            self._offer_metrics([])

    def _offer_metrics(self, hits: list[Hit]) -> None:
        """List what was found; before anything is typed, what the records have."""
        if self._bench is None:
            return
        choices, shown = self._bench.choices, {metric.id for metric in self._board.metrics}
        searched = bool(choices.metrics.text().strip())
        entries = [_entry(hit, partial(choices.add_metric, hit.id, self._board.metrics)) for hit in hits
                   if hit.id not in shown]  # fmt: skip
        if not searched:
            entries = [self._offer_entry(offer.metric) for offer in self._board.offers if offer.metric.id not in shown]
        choices.metrics.offer(tuple(entries), "" if entries else tr("Nothing found."))

    def _offer_entry(self, metric: Ref) -> PaletteEntry:
        assert self._bench is not None
        add = partial(self._bench.choices.add_metric, metric.id, self._board.metrics)
        return PaletteEntry(metric.label(current_code()), ICONS["metric"], add, other_name(metric.name, metric.name_ko))

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


def _entry(hit: Hit, run: partial[None]) -> PaletteEntry:
    title, other = name_of(hit.title, hit.title_ko), other_name(hit.title, hit.title_ko)
    return PaletteEntry(title, ICONS[hit.kind], run, other or hit.detail, tr(KINDS[hit.kind]))
