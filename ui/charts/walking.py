"""Which mark the arrow keys lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.charts.plan import Mark


@dataclass(frozen=True, slots=True)
class Step:
    """From a mark of a plan one step to the right (-1: left), or down (-1: up)."""

    marks: Sequence[Mark]
    current: Mark
    across: int
    down: int

    def in_turn(self) -> Mark:
        """Go through the marks as they are drawn."""
        return self._along(self.marks)

    def left_to_right(self) -> Mark:
        """Go through the marks as they stand from left to right."""
        return self._along(sorted(self.marks, key=lambda mark: (mark.x, mark.y)))

    def by_series(self) -> Mark:
        """Go along a series, or to what the next series has nearest to here."""
        if self.across:
            own = (mark for mark in self.marks if mark.entry == self.current.entry)
            return self._along(sorted(own, key=lambda mark: mark.x))
        entries = sorted({mark.entry for mark in self.marks})
        entry = entries[(entries.index(self.current.entry) + self.down) % len(entries)]
        others = (mark for mark in self.marks if mark.entry == entry)
        return min(others, key=lambda mark: abs(mark.x - self.current.x))

    def _along(self, marks: Sequence[Mark]) -> Mark:
        place = next(n for n, mark in enumerate(marks) if mark is self.current)
        return marks[max(0, min(place + self.across + self.down, len(marks) - 1))]
