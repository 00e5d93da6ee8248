"""Which columns a table shows and in which order: tick them, drag them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QPushButton, QWidget

from storage.domain.fields import Field
from ui.language import tr
from ui.models.columns import label_of
from ui.widgets.labels import Label
from ui.widgets.popup import Popup
from ui.widgets.search_box import SearchBox

KEY = Qt.ItemDataRole.UserRole


class ColumnChooser(Popup):
    """Emits `chosen(keys)` with each tick and each move, `reset_requested` for the usual columns."""

    chosen = Signal(tuple)
    reset_requested = Signal()

    def __init__(self, fields: Sequence[Field], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(tr("Columns"), parent)
        self.search = SearchBox(tr("Find a column"), self)
        self.search.searched.connect(self._narrow)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._fill(fields, shown)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        for keys, move in (("Ctrl+Up", self._move_up), ("Ctrl+Down", self._move_down)):
            QShortcut(QKeySequence(keys), self).activated.connect(move)
        reset = QPushButton(tr("Usual columns"), self)
        reset.setProperty("link", True)
        reset.clicked.connect(self._reset)
        hint = Label(
            tr("Tick what to show; drag into order, or move with Ctrl+Up and Ctrl+Down."), "small", self, wrap=True
        )
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(hint)
        self.column.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedSize(300, 420)
        self.setFocusProxy(self.list)

    def _fill(self, fields: Sequence[Field], shown: Sequence[str]) -> None:
        known = {field.key: field for field in fields}
        ordered = [key for key in shown if key in known]
        ordered += [key for key in known if key not in ordered]
        for key in ordered:
            item = QListWidgetItem(label_of(known[key]))
            item.setData(KEY, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the ticked columns in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(str(item.data(KEY)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def move_current(self, step: int) -> None:
        """Move the current column up or down."""
        row = self.list.currentRow()
        target = row + step
        if not 0 <= target < self.list.count():
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(row)
        self.list.insertItem(target, item)
        self.list.setCurrentRow(target)
        self.list.blockSignals(False)
        self._tell()

    @Slot()
    def _move_up(self) -> None:
        self.move_current(-1)

    @Slot()
    def _move_down(self) -> None:
        self.move_current(1)

    @Slot(str)
    def _narrow(self, words: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(words.casefold() not in item.text().casefold())

    @Slot()
    def _tell(self) -> None:
        if keys := self.keys():
            self.chosen.emit(keys)

    @Slot()
    def _reset(self) -> None:
        self.reset_requested.emit()
        self.close()
