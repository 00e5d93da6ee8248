"""History: every revision, what it did, and taking any of them back."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from storage.domain.changes import ChangeSet, Revision, insert
from storage.domain.text import Text, msg
from storage.errors import CatalogueError, UndoBlocked
from ui.command import Command
from ui.job import Progress
from ui.language import tr
from ui.models.change_lines import ChangeLine, change_lines
from ui.models.revisions import KINDS, RevisionColumn, RevisionModel
from ui.page import Context, Page, Section
from ui.theme import Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.revision_panel import SHOWN_CHANGES, RevisionPanel
from ui.widgets.search_box import SearchBox

WIDTHS = {
    RevisionColumn.NUMBER: 64,
    RevisionColumn.KIND: 144,
    RevisionColumn.CHANGES: 88,
    RevisionColumn.AUTHOR: 120,
    RevisionColumn.TIME: 150,
}


class HistoryPage(Page):
    """The revisions in the middle, the chosen one's changes at the right."""

    id = "history"
    title = msg("History")
    icon = "history"
    section = Section.KEEP
    searchable = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._model = RevisionModel()
        self._chosen: int | None = None
        self._words = ""
        self._revisions: list[Revision] = []
        self._standing: frozenset[int] = frozenset()

    def build(self) -> QWidget:
        """Make the table under its filter."""
        content = QWidget()
        self._shown = Label("", "muted")
        self._box = SearchBox(tr("Filter the revisions"))
        self._box.setText(self._words)
        self._box.setFixedWidth(260)
        self._box.searched.connect(self._filter)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        head.addWidget(Label(tr(self.title), "title"))
        head.addSpacing(Space.S)
        head.addWidget(self._shown, 1)
        head.addWidget(self._box)
        self._table = _revision_table(self._model)
        self._table.selectionModel().selectionChanged.connect(self._selected)
        self._box.left_down.connect(self._table.setFocus)
        self.setFocusProxy(self._table)
        self._none_yet = EmptyState(
            tr("Nothing has been changed yet; every change will be listed here and can be taken back."), "history"
        )
        self._empty = EmptyState(tr("No revision matches; clear the filter to see all."), "history")
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._table)
        self._middle.addWidget(self._empty)
        self._middle.addWidget(self._none_yet)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(middle, 1)
        return content

    def build_inspector(self) -> QWidget:
        """Make the panel of the chosen revision."""
        self._panel = RevisionPanel(self._undo_command())
        self._panel.changes.record_chosen.connect(self.context.open_record)
        return self._panel

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done with the chosen revision."""
        return (self._undo_command(),)

    def refresh(self, _revision: Revision | None) -> None:
        """Read the revisions, keeping the chosen one."""
        catalogue = self.context.bridge.catalogue

        def read(_progress: Progress) -> tuple[list[Revision], frozenset[int]]:
            return catalogue.history(), catalogue.standing()

        self.context.jobs.read("history", read, self._take)

    def _take(self, answer: tuple[list[Revision], frozenset[int]]) -> None:
        self._revisions, self._standing = answer
        self._show_revisions()

    def _show_revisions(self) -> None:
        wanted = self._words.casefold().split()
        shown = [r for r in self._revisions if all(word in _searched(r) for word in wanted)]
        self._model.set_revisions(shown, self._standing)
        self._shown.setText(_share(len(shown), len(self._revisions)))
        instead = self._empty if self._revisions else self._none_yet
        self._middle.setCurrentWidget(self._table if shown else instead)
        self._select(self._chosen)

    def search(self, text: str) -> None:
        """Narrow the list to the words."""
        self._box.setText(text)
        self._filter(text)

    def receive(self, payload: object) -> None:
        """Go to a revision that another page tells of."""
        if isinstance(payload, int):
            self._show_revision(payload)

    def state(self) -> dict[str, Any]:
        """Remember the filter and the chosen revision."""
        return {"words": self._words, "chosen": self._chosen}

    def restore(self, state: dict[str, Any]) -> None:
        """Take both again."""
        words, chosen = state.get("words"), state.get("chosen")
        if isinstance(words, str) and words != self._words:
            self._box.setText(words)
            self._words = words
        if isinstance(chosen, int):
            self._chosen = chosen

    def pose(self) -> None:
        """Write and take back a source, so that the picture has something to tell."""
        source = insert("source", {"title": "KICOX quarterly, Q4 2015", "publisher": "KICOX"})
        made = self.context.bridge.perform(ChangeSet.of([source]), msg("New source"), announce=False)
        self.context.bridge.undo()
        self._chosen = made.id

    @Slot(str)
    def _filter(self, words: str) -> None:
        self._words = words
        self._show_revisions()

    def _select(self, number: int | None) -> None:
        if number is not None and number > max((r.id for r in self._revisions), default=0):
            # it was just written, and comes with the next reading
            return
        row = -1 if number is None else self._model.row_of(number)
        self._table.selectRow(max(row, 0))
        if not self._model.rowCount():
            self._show(None)

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show(self._model.revision(self._table.currentIndex().row()))

    def _show(self, revision: Revision | None) -> None:
        self._chosen = revision.id if revision else None
        taken_back = revision is not None and self._model.is_taken_back(revision)
        self._panel.show_revision(revision, taken_back=taken_back)
        if revision is not None:
            self._read_changes(revision)

    def _read_changes(self, revision: Revision) -> None:
        catalogue = self.context.bridge.catalogue

        def read(_progress: Progress) -> tuple[Revision, list[ChangeLine]]:
            return revision, change_lines(catalogue, catalogue.changes_of(revision.id, SHOWN_CHANGES))

        self.context.jobs.read("revision", read, self._show_changes)

    def _show_changes(self, answer: tuple[Revision, list[ChangeLine]]) -> None:
        revision, lines = answer
        if revision.id == self._chosen:
            self._panel.show_changes(lines)

    # Undo

    def _undo_command(self) -> Command:
        return Command("undo-this", self._undo_text, self._undo, "Ctrl+Shift+Z", "rotate-ccw", self._can_undo)

    def _revision(self) -> Revision | None:
        return None if self._chosen is None else self._model.revision(self._model.row_of(self._chosen))

    def _is_taken_back(self) -> bool:
        revision = self._revision()
        return revision is not None and self._model.is_taken_back(revision)

    def _can_undo(self) -> bool:
        revision = self._revision()
        return revision is not None and revision.kind in ("edit", "import")

    def _undo_text(self) -> Text:
        return msg("Do this again") if self._is_taken_back() else msg("Undo this")

    def _undo(self) -> None:
        revision, bridge = self._revision(), self.context.bridge
        if revision is None:
            return
        again = self._model.is_taken_back(revision)
        try:
            step = bridge.redo if again else bridge.undo
            step(revision.id)
        except UndoBlocked as error:
            self._tell_blocked(error)
        except CatalogueError as error:
            self._panel.tell(tr(error.text))
        else:
            done = (
                msg("Done again: {label}", label=revision.text)
                if again
                else msg("Undone: {label}", label=revision.text)
            )
            self.context.toast(done)

    def _tell_blocked(self, error: UndoBlocked) -> None:
        later = error.blocking_revision
        if later is None:
            self._panel.tell(tr(error.text))
            return
        self._panel.tell(tr(error.text), tr("Show revision {n}", n=later), partial(self._show_revision, later))

    def _show_revision(self, number: int) -> None:
        self._chosen = number  # kept till the list is read, which the first show of the page does not wait for
        if self._model.row_of(number) < 0:
            self.search("")
        self._select(number)


def _revision_table(model: RevisionModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(tr("Revisions"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(Space.ROW)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setFixedHeight(Space.HEADER)
    for place, width in WIDTHS.items():
        table.setColumnWidth(place, width)
    header.setSectionResizeMode(RevisionColumn.LABEL, QHeaderView.ResizeMode.Stretch)
    return table


def _searched(revision: Revision) -> str:
    kind = tr(KINDS[revision.kind])
    return f"{revision.id} {tr(revision.text)} {revision.label} {revision.author} {kind} {revision.at}".casefold()


def _share(shown: int, total: int) -> str:
    return f"{total:,}" if shown == total else tr("{shown} of {total}", shown=f"{shown:,}", total=f"{total:,}")
