"""The inspector: one record, a note on several, or what to do when none is selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from storage.domain.changes import Revision
from ui.inspector.figures import FiguresSection
from ui.inspector.record_view import RecordView
from ui.language import ntr, tr
from ui.page import Context
from ui.widgets.empty_state import EmptyState


class RecordInspector(QWidget):
    """Shows and edits one record; follows the catalogue by itself. Emits `filled` when a record is shown in full.

    Pages make a new one in `build_inspector`, so that it speaks the language in force.
    """

    filled = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._views: dict[str, RecordView] = {}
        self._stale = False
        self._empty = EmptyState(tr("Select a record to see and edit it here."), "panel-right", parent=self)
        self._many = EmptyState("", "table-2", parent=self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._many)
        self.setAccessibleName(tr("Inspector"))
        context.bridge.changed.connect(self._changed)

    @property
    def view(self) -> RecordView | None:
        """The record's view, None while no single record is shown."""
        current = self._stack.currentWidget()
        return current if isinstance(current, RecordView) else None

    def show_record(self, kind: str, record_id: int | None) -> None:
        """Show a record, or with None that nothing is selected."""
        self._settle()
        if record_id is None:
            self._show_empty()
            return
        if kind not in self._views:
            view = self._views[kind] = RecordView(kind, self._context, self)
            view.gone.connect(self._show_empty)
            view.filled.connect(self.filled)
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(self._views[kind])
        self._views[kind].show_record(record_id)

    def add_figure(self, record_id: int, metric: int) -> bool:
        """Ask for a figure of a metric of the record that is shown; return whether that is the one, and in sight."""
        view = self.view
        section = view.sections.get("figures") if view is not None and self.isVisible() else None
        if view is None or not isinstance(section, FiguresSection) or section.subject != (view.kind.key, record_id):
            return False
        section.begin_add(self._context.bridge.catalogue.refs("metric", [metric])[metric])
        return True

    def show_selection(self, kind: str, ids: Sequence[int]) -> None:
        """Show the one record that is selected, or how many there are."""
        if len(ids) < 2:
            self.show_record(kind, ids[0] if len(ids) else None)
            return
        self._settle()
        label = self._context.bridge.catalogue.kinds[kind].plural
        self._many.sentence.setText(
            ntr("{n} record selected: {kind}", "{n} records selected: {kind}", len(ids), kind=label)
        )
        self._stack.setCurrentWidget(self._many)

    def _settle(self) -> None:
        if self.view is not None:
            self.view.settle()

    @Slot()
    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self._empty)

    @Slot(object)
    def _changed(self, revision: Revision) -> None:
        if self.view is None or not self.view.concerns(revision):
            return
        if self.isVisible():
            self.view.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        if self._stale and self.view is not None:
            self._stale = False
            self.view.reload()
