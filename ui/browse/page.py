"""The page that lists one kind of record; the pages of the rail are small subclasses that say what is listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from storage.domain.changes import Revision
from storage.domain.fields import Field
from storage.domain.query import Order, Query
from storage.domain.text import msg
from storage.domain.view import SavedView
from storage.errors import StaleChange
from ui.browse.actions import RecordActions
from ui.browse.browser import Browser, Parts
from ui.browse.header import HeaderButtons
from ui.browse.listing import Listing
from ui.browse.question import Answer, Question
from ui.browse.spec import PageSpec
from ui.browse.views import ViewsButton
from ui.collecting.making import TemplateMaking
from ui.command import Command, CommandAction
from ui.export import Export
from ui.inspector import RecordInspector
from ui.job import Progress
from ui.language import tr
from ui.models.records import RecordModel
from ui.page import Context, Page
from ui.widgets.record_delegate import RecordDelegate
from ui.widgets.record_table import RecordTable

SHOW_AFTER_MS = 30
KEPT = 500
NOT_LISTED = {"view", "recipe"}


class RecordsPage(Page):
    """Lists records in a table, and shows the current one in the inspector."""

    spec: ClassVar[PageSpec]
    searchable = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.question = Question(self.spec.kind, order=self.spec.order)
        self.record_actions = RecordActions(self)
        self.selected = 0
        self._view = 0
        self._total: int | None = None
        self._counting = False
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(SHOW_AFTER_MS)
        self._show_soon.timeout.connect(self._show_record)

    def build(self) -> QWidget:
        """Make header, filters and table."""
        model = RecordModel(self.read)
        self.views = ViewsButton(self.context, self.id)
        self.views.set_current(self._view)
        new = self.record_actions.new_command()
        plain = (self.columns_command(), self.export_command(), new)
        compare = self.record_actions.compare_command() if self.spec.comparable else None
        self.buttons = HeaderButtons(self.views, plain, compare)
        self.listing = Listing(self.context, tr(self.title), model, self.buttons)
        model.setParent(self.listing)
        self.table.use_delegate(RecordDelegate(self.context.theme, self._write, self.record_actions.choose, self.table))
        self.table.edit_refused.connect(self.record_actions.explain)
        self.table.row_shown.connect(self._show_soon.start)
        self.table.selection_counted.connect(self._selection_counted)
        self.table.customContextMenuRequested.connect(self._open_menu)
        parts = Parts(self.id, self.spec, self.listing, self.views, new)
        self.browser = Browser(self.context, parts, self.question)
        self.browser.answered.connect(self._answered)
        self.setFocusProxy(self.table)
        return self.listing

    def build_inspector(self) -> QWidget | None:
        """Make the panel that shows the current record."""
        return RecordInspector(self.context)

    @property
    def table(self) -> RecordTable:
        """The table of the page."""
        return self.listing.table

    def read(self, ids: Sequence[int], fields: Sequence[Field]) -> Sequence[Sequence[Any]]:
        """Return the fields' values of records."""
        return self.context.bridge.catalogue.rows(self.spec.kind, ids, fields)

    def _write(self, record_id: int, field: Field, before: Any, after: Any) -> None:
        try:
            self.record_actions.writer.edit(record_id, field, before, after)
        except StaleChange as error:
            self.listing.notice.tell(tr(error.text), "mind")
            self.table.records.reload()
        else:
            self.listing.notice.clear()

    # What the window asks

    def commands(self) -> Sequence[Command]:
        """Return what can be done with the records, and with the list."""
        compare = (self.record_actions.compare_command(),) if self.spec.comparable else ()
        collect = (self.template_command(),) if self.spec.collectable else ()
        return (
            *self.record_actions.commands(),
            *compare,
            *collect,
            Command("find-here", msg("Search in this page"), self._focus_search, QKeySequence.StandardKey.Find),
            self.columns_command(),
            self.export_command(),
            Command("save-view", msg("Save as a view…"), self._ask_view),
            Command("clear-filters", msg("Clear filters"), self._clear, None, "", enabled=self._is_narrowed),
        )

    def columns_command(self) -> Command:
        """Return the command that opens the list of columns."""
        return Command("columns", msg("Columns"), self._choose_columns, None, "columns-3")

    def export_command(self) -> Command:
        """Return the command that writes what is listed into a workbook."""
        return Command("export-view", msg("Export"), self._export, None, "file-down")

    def template_command(self) -> Command:
        """Return the command that asks others for figures of the selected records."""
        text = msg("Make a template for the selection …")
        return Command("template-selection", text, self._collect, None, "file-spreadsheet", self._has_selection)

    def _collect(self) -> None:
        TemplateMaking(self.context, self.window()).ask(self.spec.kind, self.table.selected_ids())

    def _has_selection(self) -> bool:
        return self.selected > 0

    def _export(self) -> None:
        Export(self.context, self).ask(self.browser.question.query, tr(self.title))

    def _focus_search(self) -> None:
        self.listing.header.search.setFocus()
        self.listing.header.search.selectAll()

    def _choose_columns(self) -> None:
        self.browser.choose_columns(self.buttons.columns)

    def _ask_view(self) -> None:
        self.views.ask()

    def _clear(self) -> None:
        self.browser.clear()

    def _is_narrowed(self) -> bool:
        return self.browser.question.narrowed

    def count(self) -> int | None:
        """Return the number of records, None until it was counted."""
        if self._total is None and not self._counting:
            self._counting = True
            catalogue, query = self.context.bridge.catalogue, Query(self.spec.kind)

            def work(_progress: Progress) -> int:
                return catalogue.count(query)

            self.context.jobs.read(f"{self.id}-count", work, self._counted)
        return self._total

    def _counted(self, total: int) -> None:
        self._counting = False
        self._total = total
        self.count_changed.emit()

    def hear(self, revision: Revision | None) -> None:
        """Count again, and refresh as every page does."""
        if revision is None or revision.touches(*self.kinds):
            self._total = None
        super().hear(revision)

    def refresh(self, revision: Revision | None) -> None:
        """Show changed values at once, and ask again which records there are."""
        if revision is None or revision.touches("view"):
            self.views.read()
        if revision is None:
            self.browser.ask()
        elif revision.tables - NOT_LISTED:
            self.table.records.reload()
            self.browser.ask()
            self._show_soon.start()

    def open_record(self, kind: str, record_id: int) -> None:
        """Select a record, dropping filters that hide it."""
        self.browser.open_record(record_id)

    def search(self, text: str) -> None:
        """Narrow the list to the words."""
        self.browser.search(text)

    def state(self) -> dict[str, Any]:
        """Return the question, the view it came from, and the current record."""
        self.question = self.browser.question
        self._view = self.views.current
        asked = self.question.as_view(self.question.columns).to_json()
        current = self.table.current_id()
        others = [id for id in self.table.selected_ids()[:KEPT] if id != current]
        return {"question": asked, "view": self._view, "records": others if current is None else [current, *others]}

    def restore(self, state: dict[str, Any]) -> None:
        """Ask what was asked before, and select the records that were selected."""
        try:
            question = Question.of_view(SavedView.from_json(state["question"]))
            view, records = int(state["view"]), [int(id) for id in state["records"]]
        except (KeyError, ValueError, TypeError):
            return
        if question.kind == self.spec.kind:
            self.views.set_current(view)
            self.browser.ask(question, select=records)

    def pose(self) -> None:
        """Select the two records that have most to show."""
        best = Query(self.spec.kind, order=(Order(self.spec.pose_by, down=True),))
        self.browser.ask(select=[int(id) for id in self.context.bridge.catalogue.ids(best)[:2]])

    # What happens in the table

    @Slot(object)
    def _answered(self, found: Answer) -> None:
        self._total = found.total
        self.count_changed.emit()
        self._show_soon.start()

    @Slot()
    def _show_record(self) -> None:
        if isinstance(self.inspector, RecordInspector):
            self.inspector.show_record(self.spec.kind, self.table.current_id())

    @Slot(int)
    def _selection_counted(self, count: int) -> None:
        self.selected = count
        self.buttons.update_state()
        self.commands_changed.emit()

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self.record_actions.commands():
            menu.addAction(CommandAction(command, menu))
        menu.popup(self.table.viewport().mapToGlobal(place))
