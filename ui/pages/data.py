"""Data: every observation, with its period, precision, status and source."""

from __future__ import annotations

from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.browse.spec import PageSpec


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
