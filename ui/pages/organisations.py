"""Organisations: firms, universities, institutes, agencies and bodies."""

from __future__ import annotations

from storage.domain.query import Order
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.browse.spec import PageSpec


class OrganisationsPage(RecordsPage):
    """Lists the organisations."""

    id = "organisations"
    title = msg("Organisations")
    icon = "building-2"
    kinds = ("organisation",)
    spec = PageSpec(
        kind="organisation",
        columns=("name", "type", "helix", "place", "sectors", "figures"),
        order=(Order("name"),),
        new_fields=("name", "type"),
        new_text=msg("New organisation"),
        none_yet=msg("No organisation is recorded yet. Add the first one, or import a workbook."),
        comparable=True,
        collectable=True,
    )
