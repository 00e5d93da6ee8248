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
from ui.models.columns import Cell, Column, columns_of, values_by_column
from ui.models.planned import PlannedChange
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

    def _columns(self) -> tuple[Column, ...]:
        """The columns as they stand in the table."""
        return columns_of(self._page.spec.kind, self._page.browser.fields, self._page.table.keys)

    def copy(self) -> None:
        """Put the selected rows with their header on the clipboard, as a table and as text."""
        ids, columns, read = self._page.table.selected_ids()[:MOST_ROWS], self._columns(), self._page.read

        def work(_progress: Progress) -> list[list[str]]:
            rows = values_by_column(columns, ids, read)
            return [[_copied(c.cell(values)) for c, values in zip(columns, row, strict=True)] for row in rows]

        def done(rows: list[list[str]]) -> None:
            header = [column.title for column in columns]
            numeric = [column.field.numeric for column in columns]
            QGuiApplication.clipboard().setMimeData(mime_of(header, rows, numeric))
            self._context.toast(ntr("Copied {n} row", "Copied {n} rows", len(rows)))

        self._context.jobs.read(f"{self._page.id}-copy", work, done)

    def paste(self) -> None:
        """Show what the cells on the clipboard would change, from the current cell on or in the selected rows."""
        table = self._page.table
        current = table.currentIndex()
        if not current.isValid():
            return
        block = block_of(QGuiApplication.clipboard().mimeData())
        if not block:
            self._context.toast(msg("There are no cells on the clipboard."))
            return
        ids = table.selected_ids()
        if len(ids) < 2:
            single = len(block) == 1
            ids = tuple(table.records.ids[current.row() :][: 1 if single else MOST_ROWS].tolist())
        first = table.horizontalHeader().visualIndex(current.column())
        target = Target(self._page.spec.kind, ids, self._columns(), first, self._page.read)
        choose = self._choose

        def work(_progress: Progress) -> list[PlannedChange]:
            return planned_changes(block, target, choose)

        self._context.jobs.read(f"{self._page.id}-paste", work, self._show_preview)

    def _show_preview(self, planned: list[PlannedChange]) -> None:
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
