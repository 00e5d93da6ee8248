"""The cells around an item of the review, as they stand in the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.domain.proposal import Item
from storage.workbook.sheet import column_letters, place_of
from ui.importing.state import State
from ui.widgets.cell_grid import Cells

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping

COLUMNS, ABOVE, BELOW = 4, 1, 1


def cells_around(state: State, item: Item) -> Cells:
    """Return the header, the name and the neighbours of an item's cell; no cells where it has none."""
    sheet = state.workbook.sheet(item.sheet) if state.workbook else None
    place = place_of(item.cell)
    if sheet is None or place is None:
        return Cells()
    row, column = place
    mapping = _mapping(state, item.sheet)
    header = mapping.header_rows[-1] if mapping else 0
    rows = sorted({header, *range(max(row - ABOVE, 0), min(row + BELOW, sheet.height - 1) + 1)})
    columns = _columns(mapping, column, sheet.width)
    told = tuple((number + 1, tuple(sheet.text(number, one) for one in columns)) for number in rows)
    return Cells(tuple(column_letters(one) for one in columns), told, (rows.index(row), columns.index(column)))


def _mapping(state: State, sheet: str) -> Mapping | None:
    mappings = state.planned.recipe.mappings if state.planned else ()
    return next((mapping for mapping in mappings if mapping.sheet == sheet), None)


def _columns(mapping: Mapping | None, column: int, width: int) -> list[int]:
    """Return the column of the names, the cell's own and those beside it."""
    names = [c.index for c in mapping.columns if c.role == "entity"][:1] if mapping else [0]
    near = sorted(range(width), key=lambda other: (abs(other - column), other))
    wanted = {column, *names}
    for other in near:
        if len(wanted) >= min(COLUMNS, width):
            break
        wanted.add(other)
    return sorted(wanted)
