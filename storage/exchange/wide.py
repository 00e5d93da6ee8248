"""Figures as people read them: a row for every series, a column for every period. Only to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.domain.periods import Period
from storage.domain.quantities import Quantity, format_quantity
from storage.workbook.number_formats import decimals, digits_format, signed
from storage.workbook.streamed import MOST_COLUMNS, CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, SheetWriter, Style, WorkbookWriter

PeriodKey = tuple[bool, str, str, str]


@dataclass(frozen=True, slots=True)
class WideCell:
    """The figure of one series and period; a preferred one stands before the others."""

    quantity: Quantity
    unit: str
    preferred: bool


@dataclass
class WideTable:
    """Figures gathered by series (what stands in the first columns) and period."""

    language: str
    series: dict[tuple[str, ...], dict[PeriodKey, WideCell]] = field(default_factory=dict)
    periods: dict[PeriodKey, str] = field(default_factory=dict)

    def add(self, name: tuple[str, ...], period: Period | None, cell: WideCell) -> None:
        """Gather a figure; of competing ones the preferred stays, else the first."""
        key = _key(period)
        if key not in self.periods:
            self.periods[key] = period.format(self.language) if period else ""
        cells = self.series.setdefault(name, {})
        if key not in cells or (cell.preferred and not cells[key].preferred):
            cells[key] = cell

    def write(self, book: WorkbookWriter, title: str, hint: str, names: Sequence[str]) -> SheetWriter | None:
        """Write the sheet, with those name columns that say something; the last periods where all do not fit."""
        if not self.series:
            return None
        used = [place for place in range(len(names)) if any(name[place] for name in self.series)]
        periods = sorted(self.periods)[-(MOST_COLUMNS - len(used)) :]
        headers = [names[place] for place in used] + [self.periods[key] for key in periods]
        sheet = book.add(title, [Column(header, TEXT if place < len(used) else PLAIN) for place, header in enumerate(headers)])
        sheet.line(hint, Style(muted=True))
        sheet.header(min(2, len(used)))
        plain = [book.style(TEXT)] * len(used)
        for name, cells in sorted(self.series.items()):
            values: list[CellContent] = [name[place] or None for place in used]
            found = [self._cell(book, cells.get(key)) for key in periods]
            sheet.row(values + [value for value, _ in found], plain + [style for _, style in found])
        return sheet

    def _cell(self, book: WorkbookWriter, cell: WideCell | None) -> tuple[CellContent, int]:
        if cell is None:
            return None, 0
        quantity = cell.quantity
        if quantity.value is None:
            return format_quantity(quantity, self.language) or None, book.style(PLAIN)
        amount = float(f"{quantity.value * quantity.multiplier:.15g}")
        look = signed(digits_format(decimals(amount), cell.unit), quantity.precision)
        return amount, book.style(Style(look))


def _key(period: Period | None) -> PeriodKey:
    if period is None:
        return (True, "", "", "")
    return (period.start is None, period.start or "", period.end or "", "" if period.start else period.text)
