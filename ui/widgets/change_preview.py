"""Changes before they are written: a list of cells with both values, one button that writes them, one that does not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QPushButton, QTableView, QWidget

from ui.language import ntr, tr
from ui.models.planned import PlannedChange, PlannedModel
from ui.theme import Space
from ui.widgets.labels import Label
from ui.widgets.panel import Panel

HEIGHT = 240
FIXED_WIDTHS = (190, 110)


class ChangePreview(Panel):
    """Emits `accepted(list of Change)`; what cannot be read stands first and is left out."""

    accepted = Signal(list)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.model = PlannedModel()
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Changes"))
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, width in enumerate(FIXED_WIDTHS):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(place, width)
        self.table.setFixedHeight(HEIGHT)
        self.summary = Label("", "muted", self, wrap=True)
        self.apply = QPushButton(self)
        self.apply.clicked.connect(self._accept)
        self.column.addWidget(self.summary)
        self.column.addWidget(self.table)
        self.column.addLayout(self.button_row(self.apply))
        self.show_planned([])

    def show_planned(self, planned: Sequence[PlannedChange]) -> None:
        """Show the changes, and how many cannot be made."""
        self._planned = planned
        self.model.set_planned(planned)
        good = sum(one.change is not None for one in planned)
        bad = len(planned) - good
        self.apply.setText(ntr("Apply {n} change", "Apply {n} changes", good))
        self.apply.setEnabled(good > 0)
        bad_text = ntr("{n} cell cannot be read and is left out.", "{n} cells cannot be read and are left out.", bad)
        self.summary.setText(bad_text if bad else "" if good else tr("Nothing would change."))
        self.summary.setVisible(bool(self.summary.text()))
        self.table.setVisible(bool(planned))
        self.table.setFixedHeight(min(HEIGHT, 28 * len(planned) + Space.HEADER + 8))

    @Slot()
    def _accept(self) -> None:
        self.accepted.emit([one.change for one in self._planned if one.change is not None])
