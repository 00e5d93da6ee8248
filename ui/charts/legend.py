"""The legend under a chart whose series are not named in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.charts.ink import Ink
from ui.charts.plan import Entry, Plan
from ui.charts.swatch import Swatch
from ui.language import tr
from ui.theme import Space
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label


class Legend(QWidget):
    """Swatches with names, in as many rows as they need; hidden when there is nothing to tell apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, Space.L)
        self.setAccessibleName(tr("Legend"))
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry], ink: Ink) -> None:
        """Show other entries."""
        self._flow.clear()
        self.entries = tuple(entries)
        for entry in entries:
            item = QWidget(self)
            row = QHBoxLayout(item)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Space.S)
            row.addWidget(Swatch(entry, ink, item))
            row.addWidget(Label(entry.name, "small", item))
            self._flow.addWidget(item)
        self.setVisible(bool(entries))


def legend_entries(plan: Plan, *, labelled: bool) -> tuple[Entry, ...]:
    """Return what a legend must tell apart: nothing where names stand at the ends of the series."""
    return () if labelled else tuple(plan.kind.legend(plan))
