"""Sources: the documents and data sets that figures come from."""

from __future__ import annotations

from storage.domain.query import Order
from storage.domain.text import msg
from ui.browse.page import RecordsPage
from ui.browse.spec import PageSpec
from ui.page import Section


class SourcesPage(RecordsPage):
    """Lists the sources."""

    id = "sources"
    title = msg("Sources")
    icon = "book-open"
    section = Section.KEEP
    kinds = ("source",)
    spec = PageSpec(
        kind="source",
        columns=("title", "type", "publisher", "published", "figures", "passages"),
        order=(Order("title"),),
        new_fields=("title", "type"),
        new_text=msg("New source"),
        none_yet=msg("No source is recorded yet. Add the first one, or import a workbook."),
    )
