"""The rail at the left: the pages in their sections, each with its number of records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import Tone, icon
from ui.theme import Space, TypeSize, sized
from ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One page in the rail; `tip` holds the title with its shortcut."""

    id: str
    section: str
    title: str
    icon: str
    tip: str


class _RailButton(QPushButton):
    def __init__(self, entry: RailEntry, parent: QWidget) -> None:
        super().__init__(icon(entry.icon, Tone.MUTED), "", parent)
        self._title = entry.title
        # the one that is chosen is set in a wider type
        self.toggled.connect(self._elide)
        self._count = Label("", "small", self)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("rail", True)
        self.setCheckable(True)
        self.setIconSize(QSize(Space.ICON, Space.ICON))
        self.setToolTip(entry.tip)
        self.setAccessibleName(entry.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.S, 0)
        row.addStretch()
        row.addWidget(self._count)

    def show_count(self, count: int | None) -> None:
        self._count.setText("" if count is None else f"{count:,}")
        self.setAccessibleName(self._title if count is None else f"{self._title}, {count:,}")
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the title anew."""
        super().resizeEvent(event)
        self._elide()

    @Slot()
    def _elide(self) -> None:
        self.ensurePolished()
        taken = Space.ICON + 3 * Space.S + (self._count.sizeHint().width() + Space.S if self._count.text() else 0)
        metrics = QFontMetrics(sized(self.font(), TypeSize.BASE, strong=self.isChecked()))
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, max(self.width() - taken, 0))
        self.setText(title.replace("&", "&&"))


class Rail(QFrame):
    """Emits `chosen(id)`; arrow keys go up and down."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._buttons: dict[str, _RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.S, Space.M, Space.S, Space.M)
        self._column.setSpacing(2)

    def set_entries(self, entries: Iterable[RailEntry]) -> None:
        """Show these pages, a header before each new section that has a name."""
        while item := self._column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.clear()
        section = ""
        for entry in entries:
            if entry.section != section:
                section = entry.section
                header = Label(section, "section", self)
                header.setContentsMargins(Space.S, Space.L, 0, Space.XS)
                self._column.addWidget(header)
            button = self._buttons[entry.id] = _RailButton(entry, self)
            button.setObjectName(entry.id)
            self._group.addButton(button)
            self._column.addWidget(button)
        self._column.addStretch()

    def select(self, page_id: str) -> None:
        """Mark a page as the one that is shown."""
        self._buttons[page_id].setChecked(True)

    def show_count(self, page_id: str, count: int | None) -> None:
        """Show the number of a page."""
        self._buttons[page_id].show_count(count)

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())
