"""Data: every observation, with its period, precision, status and source."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.query import Query
from storage.domain.text import msg
from storage.domain.view import SavedView
from ui.browse.page import RecordsPage
from ui.browse.question import Question
from ui.browse.spec import PageSpec
from ui.command import Command
from ui.inspector.conflicts import CompetingFigure


class DataPage(RecordsPage):
    """Lists the observations; of figures that compete one can be preferred."""

    id = "data"
    title = msg("Data")
    icon = "table-2"
    kinds = ("observation",)
    spec = PageSpec(
        kind="observation",
        columns=(
            "entity_id", "metric_id", "period", "value", "unit_id", "scope", "scenario", "status", "source",
        ),
        new_fields=("entity_id", "metric_id", "period", "value", "unit_id"),
        pose_by="competing",
        new_text=msg("New figure"),
        none_yet=msg("No figure is recorded yet. Add the first one, or import a workbook."),
    )  # fmt: skip

    def commands(self) -> Sequence[Command]:
        """Return what every list offers, and preferring a figure."""
        prefer = Command("prefer-figure", msg("Prefer this figure…"), self.prefer, "Ctrl+Shift+P", "star")
        return (*super().commands(), prefer)

    def receive(self, payload: object) -> None:
        """Show the figures that another page asks for."""
        if isinstance(payload, Query) and payload.kind == self.spec.kind:
            self.browser.ask(Question.of_view(SavedView(payload, ())))

    def prefer(self) -> None:
        """Ask in the inspector why the current one of several figures is the one to go by."""
        figure = self.competing()
        if figure is None:
            self.context.toast(msg("No other figure competes with this one."))
        elif figure.point.preferred:
            self.context.toast(msg("This figure is preferred already."))
        else:
            figure.ask()

    def competing(self) -> CompetingFigure | None:
        """Return the current figure among those that compete, None when it stands alone."""
        current = self.table.current_id()
        rows = self.inspector.findChildren(CompetingFigure) if self.inspector is not None else []
        return next((row for row in rows if row.point.observation == current), None)
