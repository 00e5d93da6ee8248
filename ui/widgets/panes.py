"""The three panes of the window: the rail, the pages one over the other, the inspector."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.theme import Space
from ui.widgets.rail import Rail

LEAST_RAIL, LEAST_MIDDLE, LEAST_INSPECTOR = 120, 360, 240
CALM_MIDDLE, CALM_INSPECTOR = 560, 280  # in a small window the inspector gives way to the middle, down to this


class Panes(QSplitter):
    """Rail and inspector can be dragged narrower and away; emits `widths_changed(rail, inspector)`, 0 for unchanged."""

    widths_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._wanted = (Space.RAIL, Space.INSPECTOR)
        self.rail = Rail(self)
        self.pages = QStackedWidget(self)
        self._inspector = QFrame(self)
        self._inspector.setObjectName("inspector")
        self._inspectors = QStackedWidget(self._inspector)
        column = QVBoxLayout(self._inspector)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._inspectors)
        self.rail.setMinimumWidth(LEAST_RAIL)
        self.pages.setMinimumWidth(LEAST_MIDDLE)
        self._inspector.setMinimumWidth(LEAST_INSPECTOR)
        self.setHandleWidth(1)
        for place, widget in enumerate((self.rail, self.pages, self._inspector)):
            self.addWidget(widget)
            self.setStretchFactor(place, 1 if widget is self.pages else 0)
            self.setCollapsible(place, widget is not self.pages)
        self.splitterMoved.connect(self._moved)

    def set_widths(self, rail: int, inspector: int) -> None:
        """Give rail and inspector these widths as far as the window has room, the middle the rest."""
        self._wanted = (rail, inspector)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew; left alone, the splitter takes from the rail first."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        rail, wanted = self._wanted
        inspector = min(wanted, max(CALM_INSPECTOR, self.width() - rail - CALM_MIDDLE))
        self.setSizes([rail, max(self.width() - rail - inspector, LEAST_MIDDLE), inspector])

    def show_inspector(self, content: QWidget | None, *, is_open: bool) -> None:
        """Show what belongs to the page in the middle; nothing hides the pane."""
        if content is not None:
            if self._inspectors.indexOf(content) < 0:
                self._inspectors.addWidget(content)
            self._inspectors.setCurrentWidget(content)
        self._inspector.setVisible(content is not None and is_open)
        self._share()

    @Slot(int, int)
    def _moved(self, _place: int, handle: int) -> None:
        rail, _, inspector = self.sizes()
        self._wanted = (rail, self._wanted[1]) if handle == 1 else (self._wanted[0], inspector)
        self.widths_changed.emit(rail, inspector if self._inspector.isVisible() else 0)
