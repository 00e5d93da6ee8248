"""Metrics: what is observed, in which unit, and how it adds up."""

from __future__ import annotations

from storage.domain.query import Order
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.browse.spec import PageSpec


class MetricsPage(RecordsPage):
    """Lists the metrics."""

    id = "metrics"
    title = msg("Metrics")
    icon = "ruler"
    kinds = ("metric",)
    spec = PageSpec(
        kind="metric",
        columns=("name", "unit_id", "nature", "figures", "records", "definition"),
        order=(Order("name"),),
        new_fields=("name", "unit_id", "nature"),
        new_text=msg("New metric"),
        collectable=True,
        none_yet=msg("No metric is recorded yet. Add the first one, or import a workbook."),
    )
