"""The table of records: keys, selection by check boxes at the left, sorting by header, widths that fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QTableView, QWidget

from ui.models.records import RecordModel
from ui.theme import Space, Theme
from ui.widgets.check_header import CheckHeader
from ui.widgets.column_widths import LEAST_WIDTH, ColumnWidths, fitted
from ui.widgets.record_delegate import RecordDelegate

SAMPLE = 100


class RecordTable(QTableView):
    """Emits what the user wants (`sort_requested(column, add)`, `typed(text)`, `left`) and what became of the table."""

    sort_requested = Signal(int, bool)
    row_shown = Signal(object)
    selection_counted = Signal(int)
    editing_ended = Signal()
    left = Signal()
    typed = Signal(str)
    edit_refused = Signal(int, object)
    layout_changed = Signal()

    def __init__(self, model: RecordModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records = model
        self._own_widths: dict[str, int] = {}
        self._fitting = False
        boxes = CheckHeader(theme, self)
        boxes.toggled.connect(self.toggle_row)
        self.setVerticalHeader(boxes)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self._build_header()
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.doubleClicked.connect(self._refuse)
        theme.changed.connect(self.viewport().update)

    def _build_header(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(Space.HEADER)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(LEAST_WIDTH)
        header.setStretchLastSection(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)

    def use_delegate(self, delegate: RecordDelegate) -> None:
        """Draw and edit with this delegate."""
        self.setItemDelegate(delegate)
        self._sizes = ColumnWidths(self.font(), delegate.width_of)

    # Order and widths

    def restore_order(self) -> None:
        """Let the columns stand in the order of the model."""
        header = self.horizontalHeader()
        self._fitting = True
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        self._fitting = False

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """Take the widths that the user gave to columns before."""
        self._own_widths = dict(widths)

    @property
    def widths(self) -> dict[str, int]:
        """The widths that the user gave, by the column's key."""
        return dict(self._own_widths)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns as they stand."""
        header = self.horizontalHeader()
        columns = self.records.columns
        return tuple(columns[header.logicalIndex(place)].field.key for place in range(len(columns)))

    def fit_columns(self) -> None:
        """Give each column what its first rows need; where that is too much, let the wider ones give way."""
        given = fitted([self._bounds(place) for place in range(len(self.records.columns))], self.viewport().width())
        self._fitting = True
        for place, width in enumerate(given):
            self.setColumnWidth(place, width)
        self._fitting = False
        needed = [self._sizes.header(column.title) for column in self.records.columns]
        self.records.shorten(frozenset(n for n, width in enumerate(given) if width < needed[n]))

    def _bounds(self, place: int) -> tuple[int, int]:
        column = self.records.columns[place]
        own = self._own_widths.get(column.field.key)
        if own is not None:
            return own, own
        rows = range(min(self.records.rowCount(), SAMPLE))
        return self._sizes.bounds(column, [self.records.cell(row, place) for row in rows])

    @Slot(int, int, int)
    def _resized(self, place: int, _before: int, width: int) -> None:
        # the stretched last column follows the window, only a pressed button says that a person does it
        if not self._fitting and QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._own_widths[self.records.columns[place].field.key] = width
            self.layout_changed.emit()

    @Slot(int, int, int)
    def _moved(self, _logical: int, _from: int, _to: int) -> None:
        if not self._fitting:
            self.layout_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self.editing:
            self.fit_columns()

    # Selection

    def selected_rows(self) -> list[int]:
        """Return the numbers of the selected rows in order."""
        rows = {row for top, bottom in self._ranges() for row in range(top, bottom + 1)}
        return sorted(rows)

    def _ranges(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        return [(selection.at(n).top(), selection.at(n).bottom()) for n in range(selection.size())]

    def selected_ids(self) -> tuple[int, ...]:
        """Return the ids of the selected records in the order of the rows."""
        return tuple(int(id) for id in self.records.ids[self.selected_rows()])

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(bottom - top + 1 for top, bottom in self._ranges())

    @Slot(int, bool)
    def toggle_row(self, row: int, extend: bool) -> None:
        """Select or deselect one row, or all from the current one to it."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.records.index(row, max(self.currentIndex().column(), 0))
        first = self.currentIndex().row() if extend and self.currentIndex().isValid() else row
        chosen = QItemSelection(self.records.index(min(first, row), 0), self.records.index(max(first, row), 0))
        how = flags.Select if extend else flags.Toggle
        self.selectionModel().select(chosen, how | flags.Rows)
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    def select_ids(self, ids: Sequence[int]) -> None:
        """Select the rows of the records that are listed, all at once."""
        rows = np.flatnonzero(np.isin(self.records.ids, np.array(ids, dtype=np.int64))).tolist() if ids else []
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.records.index(row, 0), self.records.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def go_to(self, row: int, column: int = 0) -> None:
        """Make a cell current, select its row, and show it with what stands around it."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.records.index(row, column)
        hidden = not self.viewport().rect().contains(self.visualRect(index))
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index, self.ScrollHint.PositionAtCenter if hidden else self.ScrollHint.EnsureVisible)

    def make_current(self, row: int) -> None:
        """Make a row current, leaving selection and scrolling alone."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.records.index(row, 0), flags.NoUpdate)

    def current_id(self) -> int | None:
        """Return the id of the current record."""
        current = self.currentIndex()
        return self.records.record_id(current.row()) if current.isValid() else None

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == self.State.EditingState

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close an editor, and tell when no other one was opened."""
        super().closeEditor(editor, hint)
        if not self.editing:
            self.editing_ended.emit()

    @Slot()
    def _selection_changed(self) -> None:
        self.verticalHeader().viewport().update()
        self.selection_counted.emit(self.selected_count())

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_shown.emit(self.records.record_id(current.row()) if current.isValid() else None)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit with Enter, leave with Escape, search by typing; all other keys are those of every table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.editing:
            self.edit_current()
            return
        if event.key() == Qt.Key.Key_Escape and not self.editing:
            self.left.emit()
            return
        text = event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and text.strip() and text.isprintable() and not self.editing:
            self.typed.emit(text)
            return
        super().keyPressEvent(event)

    def edit_current(self) -> None:
        """Open the editor of the current cell, or tell that it has none; never that of another cell."""
        current = self.currentIndex()
        if not current.isValid():
            return
        if self.records.can_edit(current.row(), current.column()):
            self.edit(current)
        else:
            self._refuse(current)

    @Slot(QModelIndex)
    def _refuse(self, index: QModelIndex) -> None:
        if not self.records.can_edit(index.row(), index.column()):
            self.edit_refused.emit(self.records.record_id(index.row()), self.records.columns[index.column()].field)

    @Slot(int)
    def _header_clicked(self, column: int) -> None:
        add = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.sort_requested.emit(column, add)
