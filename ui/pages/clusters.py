"""Clusters: techno valleys, science parks, complexes, zones and corridors."""

from __future__ import annotations

from storage.domain.query import Order
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.browse.spec import PageSpec


class ClustersPage(RecordsPage):
    """Lists the clusters with their latest figures."""

    id = "clusters"
    title = msg("Clusters")
    icon = "boxes"
    kinds = ("cluster",)
    spec = PageSpec(
        kind="cluster",
        columns=("name", "type", "place", "since"),
        figures=3,
        order=(Order("name"),),
        new_fields=("name", "type"),
        new_text=msg("New cluster"),
        none_yet=msg("No cluster is recorded yet. Add the first one, or import a workbook."),
        comparable=True,
        collectable=True,
    )
