"""The middle of a page of records: header, filters, a notice or a panel where one is needed, and the table."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from ui.browse.header import BrowseHeader, HeaderButtons
from ui.models.records import RecordModel
from ui.page import Context
from ui.theme import Space
from ui.widgets.empty_state import EmptyState
from ui.widgets.filter_bar import FilterBar
from ui.widgets.notice import NoticeBar
from ui.widgets.panel import Panel
from ui.widgets.record_table import RecordTable


class Listing(QFrame):
    """Lays the parts out; at most one panel is open at a time."""

    def __init__(self, context: Context, title: str, model: RecordModel, buttons: HeaderButtons) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.header = BrowseHeader(title, buttons, self)
        self.filters = FilterBar(self)
        self.notice = NoticeBar(self)
        self.table = RecordTable(model, context.theme, self)
        self.table.setAccessibleName(title)
        self.panel: Panel | None = None
        self._empty: EmptyState | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.S, Space.L, Space.S + 2)
        head.setSpacing(Space.S)
        for part in (self.header, self.filters, self.notice):
            head.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self.header.search.left_down.connect(self._enter_table)
        self.table.left.connect(self.close_panel)

    @Slot()
    def _enter_table(self) -> None:
        self.table.setFocus()
        if self.table.records.rowCount() and not self.table.currentIndex().isValid():
            self.table.go_to(0)

    def open_panel(self, panel: Panel) -> None:
        """Show a panel above the table in place of the one before."""
        self.close_panel()
        self.panel = panel
        panel.closed.connect(self.close_panel)
        self._column.insertWidget(1, panel)
        panel.show()
        panel.setFocus()

    @Slot()
    def close_panel(self) -> None:
        """Take the panel away and give the focus back to the table."""
        if self.panel is None:
            return
        panel, self.panel = self.panel, None
        self._column.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.table.setFocus()

    def show_empty(self, empty: EmptyState | None) -> None:
        """Show what to do next in place of an empty table, None for the table."""
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = empty
        if empty is None:
            self._stack.setCurrentWidget(self.table)
            return
        self._stack.addWidget(empty)
        self._stack.setCurrentWidget(empty)
