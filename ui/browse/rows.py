"""Puts the rows of an answer into a table and keeps one's place there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ui.browse.question import Answer, Question
from ui.models.columns import Column
from ui.widgets.record_table import RecordTable

KEPT_SELECTION = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is in a table: ids that are selected, current and on top; and the row to go to without them."""

    selected: Sequence[int]
    current: int | None
    top: int | None
    row: int


class Rows:
    """The rows of one table; `wanted` are records to select, the first as the current one, once they are listed."""

    def __init__(self, table: RecordTable) -> None:
        self._table = table
        self._shown: Question | None = None
        self.wanted: tuple[int, ...] = ()

    def show(self, columns: tuple[Column, ...], found: Answer) -> None:
        """Show columns and rows; where both are as before, only the values are read again."""
        records = self._table.records
        if columns == records.columns and np.array_equal(found.ids, records.ids):
            records.reload()
        else:
            self._reset(columns, found)
        records.mark(found.question.sort_marks([column.field.key for column in columns]))
        self._shown = found.question

    def _reset(self, columns: tuple[Column, ...], found: Answer) -> None:
        table = self._table
        same_columns = columns == table.records.columns
        place = self._place(again=found.question == self._shown)
        # a reset from the middle of a long table takes Qt seconds
        table.scrollToTop()
        table.records.show(columns, found.ids)
        if not same_columns:
            table.restore_order()
        table.fit_columns()
        self._restore(place)

    def _place(self, *, again: bool) -> Place:
        """Return where one is; when the same is asked again, as after a delete, the row counts as well."""
        table = self._table
        kept = table.selected_ids() if table.selected_count() <= KEPT_SELECTION else ()
        top = table.rowAt(0)
        top_id = table.records.record_id(top) if 0 < top < table.records.rowCount() else None
        return Place(kept, table.current_id(), top_id, table.currentIndex().row() if again else 0)

    def _restore(self, place: Place) -> None:
        """Select again what is still listed, with the same records current and on top."""
        table = self._table
        row = None if place.current is None else table.records.row_of(place.current)
        if row is None:
            if table.records.rowCount():
                table.go_to(min(max(place.row, 0), table.records.rowCount() - 1))
            return
        table.select_ids(place.selected)
        table.make_current(row)
        top = None if place.top is None else table.records.row_of(place.top)
        if top is not None:
            table.scrollTo(table.records.index(top, 0), table.ScrollHint.PositionAtTop)

    def take_wanted(self) -> bool:
        """Select the wanted records when the first of them is listed; return whether it was."""
        row = self._table.records.row_of(self.wanted[0]) if self.wanted else None
        if row is None:
            return False
        wanted, self.wanted = self.wanted, ()
        self._table.go_to(row)
        if len(wanted) > 1:
            self._table.select_ids(wanted)
        return True
