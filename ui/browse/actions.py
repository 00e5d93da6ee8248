"""What can be done with the records of a page: the commands of its menu, its keys and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from storage.domain.fields import Field, RecordKind
from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from ui.browse.bulk import BulkEdit
from ui.browse.cells import Cells
from ui.browse.writing import Writer
from ui.choosing import Chooser
from ui.command import Command
from ui.inspector import RecordInspector
from ui.language import tr
from ui.models.columns import metric_of
from ui.page import Selection
from ui.widgets.new_record_panel import NewRecordPanel

if TYPE_CHECKING:
    from ui.browse.page import RecordsPage


class RecordActions(QObject):
    """Acts on the selection of one page; `writer` writes."""

    def __init__(self, page: RecordsPage) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self.writer = Writer(page.context, page.spec.kind, page)
        self.choose = Chooser(page.context.bridge.catalogue)
        self._cells = Cells(page, self.writer, self.choose)
        self._bulk = BulkEdit(page, self.writer, self.choose)

    @property
    def _kind(self) -> RecordKind:
        return self._context.bridge.catalogue.kinds[self._page.spec.kind]

    def commands(self) -> Sequence[Command]:
        """Return the commands in the order of the menu."""
        some = self._has_selection
        return (
            self.new_command(),
            Command("edit-cell", msg("Edit the cell"), self.edit, "F2", "pencil", enabled=some),
            Command(
                "bulk-edit", msg("Change a field of the selection…"), self.open_bulk, "Ctrl+Shift+E", "", enabled=some
            ),
            Command("delete-records", msg("Delete"), self.delete, "Del", "trash-2", enabled=some),
            Command("copy-records", msg("Copy"), self.copy, "Ctrl+C", "copy", enabled=some),
            Command("paste-cells", msg("Paste"), self.paste, "Ctrl+V", "clipboard"),
            Command("select-all", msg("Select all"), self.select_all, "Ctrl+A"),
        )

    def new_command(self) -> Command:
        """Return the command that makes a record."""
        return Command("new-record", self._page.spec.new_text, self.open_new, "Ins", "plus")

    def compare_command(self) -> Command:
        """Return the command that hands the selection to the comparison."""
        return Command(
            "compare-selection", self._compare_text, self.compare, "Ctrl+Shift+C", "", enabled=self._has_selection
        )

    def _has_selection(self) -> bool:
        return self._page.selected > 0

    def _compare_text(self) -> Text:
        count = self._page.selected
        return msg("Compare {n}", n=f"{count:,}") if count else msg("Compare")

    def _elsewhere(self) -> bool:
        """Whether the keys belong to another widget: a chip, a field of a panel, the inspector, an open editor."""
        focus = QApplication.focusWidget()
        if focus is None or focus in (self._page.table, self._page.table.viewport()):
            return False
        inspector = self._page.inspector
        return self._page.isAncestorOf(focus) or (inspector is not None and inspector.isAncestorOf(focus))

    # One record

    def edit(self) -> None:
        """Open the editor of the current cell."""
        self._page.table.setFocus()
        self._page.table.edit_current()

    @Slot(int, object)
    def explain(self, record_id: int, field: Field) -> None:
        """Say why a cell cannot be edited and where to go; a figure that there is not can be added beside the table."""
        metric = metric_of(field)
        if metric is None:
            self._context.toast(
                msg("{field} is worked out from other records; change those in the panel on the right.",
                    field=field.label)
            )  # fmt: skip
            return
        inspector = self._page.inspector
        if not (isinstance(inspector, RecordInspector) and inspector.add_figure(record_id, metric)):
            self._context.toast(
                msg("{name} has no figure for {field} yet; add one on the data page.",
                    name=self.writer.name(record_id), field=field.label)
            )  # fmt: skip

    def open_new(self) -> None:
        """Ask for the fields that a new record must have."""
        wanted = [self._kind.field(key) for key in self._page.spec.new_fields]
        panel = NewRecordPanel(tr(self._page.spec.new_text), wanted, self.choose, self._page.listing)
        panel.submitted.connect(self._add)
        self._page.listing.open_panel(panel)

    @Slot(dict)
    def _add(self, values: dict[str, Any]) -> None:
        panel = self._page.listing.panel
        try:
            record_id = self.writer.add(values)
        except CatalogueError as error:
            if isinstance(panel, NewRecordPanel):
                panel.problem(error.text)
            return
        self._page.listing.close_panel()
        self._page.open_record(self._page.spec.kind, record_id)

    # The selection

    def select_all(self) -> None:
        """Select every record that is listed."""
        if not self._elsewhere():
            self._page.table.selectAll()

    def delete(self) -> None:
        """Delete the selected records."""
        ids = self._page.table.selected_ids()
        if ids and not self._elsewhere():
            self.writer.delete(ids)

    def compare(self) -> None:
        """Show the selected records beside each other."""
        ids = self._page.table.selected_ids()
        if ids:
            self._context.show_page("compare", Selection(self._page.spec.kind, ids))

    def copy(self) -> None:
        """Put the selected rows on the clipboard."""
        if not self._elsewhere():
            self._cells.copy()

    def paste(self) -> None:
        """Show what the cells on the clipboard would change."""
        if not self._elsewhere():
            self._cells.paste()

    def open_bulk(self) -> None:
        """Ask for a field and its new value for the selected records."""
        self._bulk.open()
