"""What stands above a row and holds for it: a group's name alone on a row, or the row that it is indented below."""

from __future__ import annotations

from storage.workbook.groups import INDENTED, YEARS_FIRST, indent, is_lone, label_column
from storage.workbook.mapping import Mapping
from storage.workbook.profile import names_period
from storage.workbook.sheet import Sheet


class Nesting:
    """Follows the rows of a sheet in their order; `role` is what a group stands for, "" without groups."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        label = label_column(mapping.columns)
        told = mapping.constants.get("groups", "") if label else ""
        self.role = {"none": "", INDENTED: "", YEARS_FIRST: "period"}.get(told, told)
        self.group = ""
        self.years_first = told == YEARS_FIRST
        self._sheet = sheet
        self._label = label.index if label else 0
        self._indented = told == INDENTED
        self._above: list[tuple[int, str]] = []
        self._heads = {sheet.text(row, self._label) for row in mapping.header_rows}

    @property
    def reaches(self) -> bool:
        """Whether rows may stand below a group or another row at all."""
        return bool(self.role) or self._indented

    @property
    def parents(self) -> tuple[str, ...]:
        """The names that the last row is indented below, from the outermost on."""
        return tuple(name for _, name in self._above[:-1])

    def carry(self, row: int) -> None:
        """Take notice of a row."""
        if not self.reaches:
            return
        text = self._sheet.text(row, self._label)
        if not text or text in self._heads:
            return
        if self._indented:
            depth = indent(self._sheet, row, self._label)
            while self._above and self._above[-1][0] >= depth:
                self._above.pop()
            self._above.append((depth, text))
        elif self.years_first:
            self.group = text if names_period(text) else self.group
        elif is_lone(self._sheet, row, self._label):
            self.group = text
