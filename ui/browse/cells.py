"""Copying rows to spreadsheets and pasting their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from storage.domain.changes import Change, Revision
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.browse.clipboard import block_of, mime_of
from ui.browse.pasting import Target, planned_changes
from ui.browse.writing import Writer
from ui.choosing import Chooser
from ui.job import Progress
from ui.language import ntr, tr
from ui.models.columns import Cell, columns_of
from ui.widgets.change_preview import ChangePreview

if TYPE_CHECKING:
    from ui.browse.page import RecordsPage

MOST_ROWS = 100_000


class Cells(QObject):
    """Copies the selected rows of a page, and plans what a pasted block changes."""

    def __init__(self, page: RecordsPage, writer: Writer, choose: Chooser) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._writer = writer
        self._choose = choose

    def copy(self) -> None:
        """Put the selected rows with their header on the clipboard, as a table and as text."""
        ids = self._page.table.selected_ids()
        columns = columns_of(self._page.spec.kind, self._page.browser.fields, self._page.table.keys)
        catalogue, kind = self._context.bridge.catalogue, self._page.spec.kind
        header = [column.title for column in columns]
        numeric = [column.field.numeric for column in columns]

        def work(progress: Progress) -> list[list[str]]:
            progress.check()
            fields = [field for column in columns for field in (column.field, *column.beside)]
            texts = []
            for values in catalogue.rows(kind, ids[:MOST_ROWS], fields):
                left = list(values)
                cells = [c.render(c.field, [left.pop(0) for _ in range(1 + len(c.beside))]) for c in columns]
                texts.append([_copied(cell) for cell in cells])
            return texts

        def done(rows: list[list[str]]) -> None:
            QGuiApplication.clipboard().setMimeData(mime_of(header, rows, numeric))
            self._context.toast(ntr("Copied {n} row", "Copied {n} rows", len(rows)))

        self._context.jobs.read(f"{self._page.id}-copy", work, done)

    def paste(self) -> None:
        """Show what the cells on the clipboard would change, from the current cell on."""
        current = self._page.table.currentIndex()
        if not current.isValid():
            return
        block = block_of(QGuiApplication.clipboard().mimeData())
        if not block:
            self._context.toast(msg("There are no cells on the clipboard."))
            return
        table = self._page.table
        order = [table.horizontalHeader().logicalIndex(place) for place in range(len(table.records.columns))]
        rows = table.selected_rows()
        onto = rows if len(rows) > 1 else [current.row()]
        target = Target(onto, order, order.index(current.column()))
        planned = planned_changes(table.records, self._page.spec.kind, block, target, self._choose)
        preview = ChangePreview(tr("Paste from the clipboard"), self._page.listing)
        preview.show_planned(planned)
        preview.accepted.connect(self._apply_pasted)
        self._page.listing.open_panel(preview)
        preview.apply.setFocus()

    @Slot(list)
    def _apply_pasted(self, changes: list[Change]) -> None:
        self._writer.apply(changes, msg("Paste {n} cells", n=f"{len(changes):,}"), self._refused, self._applied)

    def _applied(self, _revision: Revision) -> None:
        self._page.listing.close_panel()

    def _refused(self, error: CatalogueError) -> None:
        self._page.listing.notice.tell(tr(error.text), "bad")


def _copied(cell: Cell) -> str:
    return cell.text or ", ".join(word for word, _ in cell.tags)
