"""One field of many records at once, with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from storage.domain.changes import Change, Revision
from storage.domain.fields import Field
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.browse.writing import Writer, change_of
from ui.choosing import Chooser
from ui.job import Progress
from ui.language import current_code, tr
from ui.models.columns import label_of, shown
from ui.models.planned import PlannedChange
from ui.widgets.bulk_panel import BulkPanel

if TYPE_CHECKING:
    from ui.browse.page import RecordsPage

MOST_RECORDS = 100_000


class BulkEdit(QObject):
    """Asks for a field and a value, shows what would change, and writes it as one revision."""

    def __init__(self, page: RecordsPage, writer: Writer, choose: Chooser) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._writer = writer
        self._choose = choose

    def open(self) -> None:
        """Ask for a field and its new value for all selected records."""
        fields = [
            field
            for field in self._context.bridge.catalogue.kinds[self._page.spec.kind].fields
            if field.editable and not field.multiple
        ]
        panel = BulkPanel(fields, self._page.table.selected_count(), self._choose, self._page.listing)
        panel.preview_wanted.connect(self._plan_bulk)
        panel.accepted.connect(self._apply_bulk)
        self._page.listing.open_panel(panel)

    @Slot(object, object)
    def _plan_bulk(self, field: Field, value: Any) -> None:
        catalogue, kind = self._context.bridge.catalogue, self._page.spec.kind
        ids, language = self._page.table.selected_ids()[:MOST_RECORDS], current_code()

        def work(_progress: Progress) -> list[PlannedChange]:
            names = {id: ref.label(language) for id, ref in catalogue.refs(kind, ids).items()}
            rows = catalogue.rows(kind, ids, [field])
            title, after = label_of(field), shown(field, value)
            planned = (
                (id, change_of(kind, id, field, row[0], value), shown(field, row[0]))
                for id, row in zip(ids, rows, strict=True)
            )
            return [
                PlannedChange(names.get(id, ""), title, before, after, change)
                for id, change, before in planned
                if change is not None
            ]

        self._context.jobs.read(f"{self._page.id}-bulk", work, self._show_planned)

    def _show_planned(self, planned: list[PlannedChange]) -> None:
        panel = self._page.listing.panel
        if isinstance(panel, BulkPanel):
            panel.show_planned(planned)
            panel.apply.setFocus()

    @Slot(list)
    def _apply_bulk(self, changes: list[Change]) -> None:
        panel = self._page.listing.panel
        if isinstance(panel, BulkPanel):
            label = msg("Change {field} of {n} records", field=panel.chosen.label, n=f"{len(changes):,}")
            self._writer.apply(changes, label, self._refused, self._applied)

    def _applied(self, _revision: Revision) -> None:
        self._page.listing.close_panel()

    def _refused(self, error: CatalogueError) -> None:
        self._page.listing.notice.tell(tr(error.text), "bad")
