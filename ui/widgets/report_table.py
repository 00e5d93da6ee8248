"""A sheet of a report workbook, in which a cell or a block is chosen."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from ui.language import tr
from ui.models.report_sheet import ReportSheetModel
from ui.theme import Theme
from ui.widgets.sheet_table import ROW, CellDelegate

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0, inclusive
LEAST_WIDTH, MOST_WIDTH, FITTED_ROWS, FITTED_COLUMNS = 72, 260, 40, 300


class ReportTable(QTableView):
    """Emits `chosen(Area | None)` when another cell or block is chosen."""

    chosen = Signal(object)

    def __init__(self, model: ReportSheetModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._delegate = CellDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("The report; choose a cell or a block"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        theme.changed.connect(self.viewport().update)

    @Slot()
    def fit(self) -> None:
        """Give each column the width that its first rows need."""
        model, option = self.model(), QStyleOptionViewItem()
        rows = range(min(model.rowCount(), FITTED_ROWS))
        for column in range(min(model.columnCount(), FITTED_COLUMNS)):
            cells = (self._delegate.sizeHint(option, model.index(row, column)).width() for row in rows)
            self.setColumnWidth(column, min(max(LEAST_WIDTH, *cells), MOST_WIDTH))

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        self.chosen.emit(self.area())

    def area(self) -> Area | None:
        """Return what is chosen, None where nothing is."""
        indexes = self.selectionModel().selectedIndexes()
        if not indexes:
            return None
        rows, columns = [index.row() for index in indexes], [index.column() for index in indexes]
        return min(rows), min(columns), max(rows), max(columns)

    def go_to(self, row: int, column: int) -> None:
        """Choose a cell and bring it into sight."""
        index: QModelIndex = self.model().index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
