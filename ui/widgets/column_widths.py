"""Widths for the columns of a table of records: what their cells need, and who gives way when that is too much."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFont, QFontMetrics

from ui.models.columns import Cell, Column
from ui.theme import Space, TypeSize, sized

LEAST_WIDTH, MOST_WIDTH, MOST_LEAD_WIDTH = 64, 260, 360
KEPT_WIDTH, KEPT_NAME_WIDTH, KEPT_LEAD_WIDTH = 108, 136, 250
MOST_HEADER, SORT_SIGN = 170, 12

WidthOf = Callable[[Cell], int]


class ColumnWidths:
    """Measures columns; `width_of` says what a cell needs."""

    def __init__(self, font: QFont, width_of: WidthOf) -> None:
        self._header = QFontMetrics(sized(font, TypeSize.LABEL, strong=True))
        self._width_of = width_of

    def header(self, title: str) -> int:
        """Return the width that a title needs in the header, with the sign of a sort order."""
        return self._header.horizontalAdvance(title) + 2 * Space.S + SORT_SIGN

    def bounds(self, column: Column, cells: Sequence[Cell]) -> tuple[int, int]:
        """Return the width that a column wants, and the one below which it does not go."""
        widest = max((self._width_of(cell) for cell in cells), default=0)
        header = self.header(column.title)
        if column.field.numeric:
            least = max(widest, self.header(column.short_title), LEAST_WIDTH)
            return max(widest, min(header, MOST_HEADER), LEAST_WIDTH), least
        if column.lead:
            names = max((self._width_of(Cell(cell.text)) for cell in cells), default=0)
            wanted = min(max(widest, header, LEAST_WIDTH), MOST_LEAD_WIDTH)
            return wanted, min(max(names, LEAST_WIDTH), KEPT_LEAD_WIDTH, wanted)
        wanted = min(max(widest, header, LEAST_WIDTH), MOST_WIDTH)
        return wanted, min(wanted, KEPT_NAME_WIDTH if column.field.type.name == "reference" else KEPT_WIDTH)


def fitted(bounds: Sequence[tuple[int, int]], room: int) -> list[int]:
    """Return widths that fill the room at most: columns give way in proportion to what they want above their least."""
    excess = sum(wanted for wanted, _ in bounds) - room
    slack = sum(wanted - least for wanted, least in bounds)
    if excess <= 0 or slack <= 0:
        return [wanted for wanted, _ in bounds]
    share = min(excess / slack, 1.0)
    return [int(wanted - (wanted - least) * share) for wanted, least in bounds]
