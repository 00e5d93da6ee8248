"""What is drawn on one pair of axes: a panel of a plan, in an ink."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from ui.charts.ink import Ink
from ui.charts.plan import Mark, Panel, Plan


@dataclass(frozen=True, slots=True)
class Sheet:
    """One panel with the plan that it belongs to, and the colours and type to draw it with."""

    plan: Plan
    panel: Panel
    ink: Ink

    def colour(self, mark: Mark) -> QColor:
        """Return the colour of a mark's series."""
        return self.ink.style(self.plan.entries[mark.entry]).colour
