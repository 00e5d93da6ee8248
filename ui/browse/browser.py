"""Asks the catalogue what the filters, the words and the order of a page say, and shows the answer in its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from storage.domain.fields import Field
from storage.domain.text import msg
from storage.domain.view import SavedView
from ui.browse.listing import Listing
from ui.browse.question import Answer, Question, answer, facet_values
from ui.browse.rows import Rows
from ui.browse.spec import PageSpec
from ui.browse.views import ViewsButton
from ui.command import Command
from ui.job import Progress
from ui.language import tr
from ui.models.columns import columns_of
from ui.models.filters import Narrowing
from ui.page import Context
from ui.widgets.column_chooser import ColumnChooser
from ui.widgets.empty_state import EmptyState
from ui.widgets.facet_popup import FacetValue

PATIENCE_MS = 300


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page is made of, handed to the object that drives it."""

    page: str
    spec: PageSpec
    listing: Listing
    views: ViewsButton
    new: Command


class Browser(QObject):
    """Drives one listing; emits `answered(Answer)` after each answer is shown."""

    answered = Signal(object)

    def __init__(self, context: Context, parts: Parts, question: Question) -> None:
        super().__init__(parts.listing)
        self._context = context
        self._parts = parts
        self._spec = parts.spec
        self._listing = parts.listing
        self._table = parts.listing.table
        self.question = question
        self.fields: tuple[Field, ...] = ()
        self.chooser: ColumnChooser | None = None
        self._rows = Rows(self._table)
        self._late: Answer | None = None
        self._impatience = QTimer(self)
        self._impatience.setSingleShot(True)
        self._impatience.setInterval(PATIENCE_MS)
        self._impatience.timeout.connect(self._listing.header.show_searching)
        self._table.set_widths(self._remembered.get("widths", {}))
        self._listing.header.search.searched.connect(self._words_given)
        self._listing.filters.changed.connect(self._narrowed)
        self._listing.filters.facets_wanted.connect(self._read_facets)
        self._table.sort_requested.connect(self._sort)
        self._table.layout_changed.connect(self._layout_changed)
        self._table.typed.connect(self._typed)
        self._table.editing_ended.connect(self._show_late)
        parts.views.chosen.connect(self._open_view)

    # Asking

    def ask(self, question: Question | None = None, *, select: Sequence[int] = ()) -> None:
        """Ask the question again, or another one, on a worker; then select records, the first as the current one."""
        self._rows.wanted = tuple(select) or self._rows.wanted
        self.question = asked = question or self.question
        self._listing.header.show_words(asked.words)
        if self._listing.filters.narrowing != asked.narrowing:
            self._listing.filters.set_narrowing(asked.narrowing)
        catalogue = self._context.bridge.catalogue
        self._impatience.start()

        def work(_progress: Progress) -> Answer:
            return answer(catalogue, asked)

        self._context.jobs.read(f"{self._parts.page}-ids", work, self._show)

    def open_record(self, record_id: int) -> None:
        """Make a record current; where the filters hide it, drop them."""
        self._rows.wanted = (record_id,)
        if self._rows.take_wanted():
            return
        if self.question.narrowed and len(self.fields):
            self.ask(replace(self.question, narrowing=Narrowing({}), words=""))
        else:
            self.ask()

    def search(self, words: str) -> None:
        """Narrow the list to the words."""
        self.ask(replace(self.question, words=words.strip()))

    def clear(self) -> None:
        """Filter nothing and search for nothing."""
        self.ask(replace(self.question, narrowing=Narrowing({}), words=""))

    # Showing

    def _show(self, found: Answer) -> None:
        if found.question != self.question:
            return
        self._impatience.stop()
        if self._table.editing:
            # new rows would take the editor away from under the hands
            self._late = found
            return
        if found.fields != self.fields:
            self.fields = found.fields
            self._offer_filters()
        keys = self.column_keys()
        columns = columns_of(self._spec.kind, self.fields, keys)
        self._rows.show(columns, found)
        self._listing.header.show_count(len(found.ids), found.total)
        self._listing.show_empty(self._empty(found))
        self._parts.views.follow(self.question.as_view(keys))
        for key in self.question.narrowing.filters:
            self._read_facets(key)
        self._rows.take_wanted()
        self.answered.emit(found)

    @Slot()
    def _show_late(self) -> None:
        late, self._late = self._late, None
        if late is not None:
            self._show(late)

    def _empty(self, found: Answer) -> EmptyState | None:
        if len(found.ids):
            return None
        if self.question.narrowed and found.total:
            clear = Command("clear-filters", msg("Clear filters"), self.clear)
            return EmptyState(tr("Nothing matches the search and the filters."), "funnel", clear, self._listing)
        return EmptyState(tr(self._spec.none_yet), "plus", self._parts.new, self._listing)

    # Filters, words, order

    def _offer_filters(self) -> None:
        kind = self._context.bridge.catalogue.kinds[self._spec.kind]
        self._listing.filters.set_fields(self.fields, kind.facets)

    @Slot(str)
    def _read_facets(self, key: str) -> None:
        field = next((field for field in self.fields if field.key == key), None)
        if field is None or not self._listing.filters.counts(field):
            return
        catalogue, question, filters = self._context.bridge.catalogue, self.question, self._listing.filters

        def work(_progress: Progress) -> tuple[FacetValue, ...]:
            return facet_values(catalogue, question, field)

        def done(values: tuple[FacetValue, ...]) -> None:
            filters.show_facets(key, values)

        self._context.jobs.read(f"{self._parts.page}-facets-{key}", work, done)

    @Slot(object)
    def _narrowed(self, narrowing: Narrowing) -> None:
        self.ask(replace(self.question, narrowing=narrowing))

    @Slot(str)
    def _words_given(self, words: str) -> None:
        if words != self.question.words:
            self.ask(replace(self.question, words=words))

    @Slot(str)
    def _typed(self, text: str) -> None:
        search = self._listing.header.search
        search.setFocus()
        search.setText(search.text() + text)

    @Slot(int, bool)
    def _sort(self, column: int, add: bool) -> None:
        key = self._table.records.columns[column].field.key
        self.ask(self.question.sorted_by(key, add=add))

    # Columns and views

    @property
    def _remembered(self) -> dict[str, Any]:
        found = self._context.preferences.columns.setdefault(self._parts.page, {})
        assert isinstance(found, dict)
        return found

    def column_keys(self) -> tuple[str, ...]:
        """Return the keys of the columns: those of the view, those chosen before, or the usual ones."""
        known = {field.key for field in self.fields}
        wanted = self.question.columns or tuple(self._remembered.get("keys", ()))
        found = tuple(key for key in wanted if key in known)
        return found or self._spec.usual_columns(self.fields)

    def choose_columns(self, anchor: QWidget) -> None:
        """Open the list of columns below a widget."""
        self.chooser = ColumnChooser(self.fields, self._table.keys, self._listing)
        self.chooser.chosen.connect(self._columns_chosen)
        self.chooser.reset_requested.connect(self._usual_columns)
        self.chooser.open_below(anchor)

    @Slot(tuple)
    def _columns_chosen(self, keys: tuple[str, ...]) -> None:
        self._remembered["keys"] = list(keys)
        self.ask(replace(self.question, columns=keys))

    @Slot()
    def _usual_columns(self) -> None:
        self._remembered.clear()
        self._table.set_widths({})
        self.ask(replace(self.question, columns=()))

    @Slot()
    def _layout_changed(self) -> None:
        self._remembered["widths"] = self._table.widths
        self._remembered["keys"] = list(self._table.keys)
        self.question = replace(self.question, columns=self._table.keys)
        self._parts.views.follow(self.question.as_view(self._table.keys))

    @Slot(object)
    def _open_view(self, view: SavedView | None) -> None:
        self.ask(Question(self._spec.kind, order=self._spec.order) if view is None else Question.of_view(view))
