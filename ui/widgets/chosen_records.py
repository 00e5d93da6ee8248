"""A few records chosen by name: a chip for each, and a field to find and add others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.domain.fields import Ref
from ui.icons import Tone, icon
from ui.language import current_code, ntr, tr
from ui.theme import Space
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.suggest_box import SuggestBox

SHOWN = 12
LONGEST = 28


class ChosenRecords(QWidget):
    """Emits `changed` when a record comes or goes; `box` is the field to answer with `offer`."""

    changed = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[Ref, ...] = ()
        self.box = SuggestBox(placeholder, self)
        self._row = QWidget(self)
        FlowLayout(self._row)
        self._chips: list[Chip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.box)
        column.addWidget(self._row)
        self.setFocusProxy(self.box)
        self._row.hide()

    def choose(self, records: Sequence[Ref]) -> None:
        """Choose exactly these records."""
        self.records = tuple(dict.fromkeys(records))
        flow = self._row.layout()
        assert flow is not None
        for chip in self._chips:
            flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(record) for record in self.records[:SHOWN]]
        if left_out := len(self.records) - len(self._chips):
            self._chips.append(Chip(ntr("and {n} more", "and {n} more", left_out), self._row))
        for chip in self._chips:
            flow.addWidget(chip)
            chip.show()
        self._row.setVisible(bool(self._chips))
        self.changed.emit()

    def add(self, record: Ref) -> None:
        """Take one more."""
        self.choose((*self.records, record))

    def _chip(self, record: Ref) -> Chip:
        chip = _Removable(record, self._row)
        chip.removed.connect(self._remove)
        return chip

    @Slot(object)
    def _remove(self, record: Ref) -> None:
        place = self.records.index(record)
        self.choose([one for one in self.records if one != record])
        near = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.box
        near.setFocus()


class _Removable(Chip):
    """Emits `removed(record)` on a click, Delete or Backspace."""

    removed = Signal(object)

    def __init__(self, record: Ref, parent: QWidget) -> None:
        name = record.label(current_code())
        super().__init__(name if len(name) <= LONGEST else name[: LONGEST - 1] + "…", parent, tone="accent")
        self._record = record
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icon("x", Tone.ACCENT))
        self.setIconSize(QSize(14, 14))
        self.setToolTip(tr("{name}: a click or Delete takes it out", name=name))
        self.clicked.connect(self._remove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go with Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._record)
