"""The pointer over a panel, and which mark it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ui.charts.plan import Mark

NEAR = 14.0  # pixels from a mark within which the pointer means it
THINNEST = 2.0

Distances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Aim:
    """How far the pointer is from each mark, and how thick a bar of the plan is, both in pixels across and upright."""

    marks: Sequence[Mark]
    across: Distances
    upright: Distances
    thickness: tuple[float, float]

    def nearest(self) -> Mark | None:
        """Return the mark next to the pointer."""
        return self._within(np.hypot(self.across, self.upright), NEAR)

    def in_column(self) -> Mark | None:
        """Return the upright bar in whose band the pointer is, however high."""
        return self._within(self.across, max(self.thickness[0] / 2, THINNEST))

    def in_row(self) -> Mark | None:
        """Return the lying bar in whose band the pointer is, wherever along it."""
        return self._within(self.upright, max(self.thickness[1] / 2, THINNEST))

    def _within(self, distances: Distances, most: float) -> Mark | None:
        nearest = int(distances.argmin())
        return self.marks[nearest] if distances[nearest] <= most else None
