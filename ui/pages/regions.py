"""Regions: nations, provinces, municipalities and other areas that figures refer to."""

from __future__ import annotations

from storage.domain.query import Order
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.browse.spec import PageSpec


class RegionsPage(RecordsPage):
    """Lists the regions."""

    id = "regions"
    title = msg("Regions")
    icon = "map-pin"
    kinds = ("region",)
    spec = PageSpec(
        kind="region",
        columns=("name", "level", "place", "code", "figures"),
        order=(Order("name"),),
        new_fields=("name", "level"),
        new_text=msg("New region"),
        none_yet=msg("No region is recorded yet. Add the first one, or import a workbook."),
        comparable=True,
        collectable=True,
    )
