"""Figures as people read them: a row for every series, a column for every period. Only to look at."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storage.domain.periods import Period
from storage.domain.quantities import Quantity, format_quantity
from storage.domain.vocabulary import MEASURES, SCENARIOS
from storage.exchange.labels import Labels
from storage.exchange.record_sheets import Stored
from storage.translations import translated
from storage.workbook.number_formats import decimals, digits_format, signed
from storage.workbook.streamed import MOST_COLUMNS, CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, SheetWriter, Style, WorkbookWriter

USUAL = (("scenario", SCENARIOS, "actual"), ("measure", MEASURES, "level"))  # what goes without saying
FIGURE = ("value", "low", "high", "precision", "multiplier", "preferred")
NAMES = ("entity_id", "metric_id", "sector_id", "unit_id", "scope", *(key for key, _, _ in USUAL))
UNIT = NAMES.index("unit_id")
WHEN = ("period_start", "period_end", "period")
ROWS_AT_ONCE = 500
PeriodKey = tuple[bool, str, str, str]
Look = tuple[int, str, str]  # decimals, unit and precision
Places = Sequence[tuple[int, int, int]]
BOUNDS: Look = (0, "", "")  # how bounds without a value look: as text


@dataclass(frozen=True, slots=True)
class WideCell:
    """The figure of one series and period; a preferred one stands before the others. `note` goes on its cell."""

    quantity: Quantity
    unit: str
    preferred: bool
    note: str = ""


class WideTable:
    """Figures gathered by series (what stands in the first columns) and period; a million of them in little memory."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.series: dict[tuple[str, ...], int] = {}
        self._periods: dict[PeriodKey, int] = {}
        self._headers: list[str] = []
        self._looks: dict[Look, int] = {}
        self._numbers = tuple(array("i") for _ in ("series", "period", "look"))
        self._amounts = array("d")
        self._preferred = bytearray()
        self._texts: dict[int, str] = {}
        self._notes: dict[int, str] = {}

    def row(self, name: tuple[str, ...]) -> int:
        """Return the number of a series."""
        return self.series.setdefault(name, len(self.series))

    def column(self, period: Period | None) -> int:
        """Return the number of a period."""
        key = _key(period)
        if key not in self._periods:
            self._periods[key] = len(self._periods)
            self._headers.append(period.format(self.language) if period else "")
        return self._periods[key]

    def add(self, row: int, column: int, cell: WideCell) -> None:
        """Gather a figure; of competing ones the preferred stays, else the first."""
        if cell.note:
            self._notes[len(self._amounts)] = cell.note
        quantity = cell.quantity
        if quantity.value is None:
            self.gather([(row, column, self.look(BOUNDS), self.bounds(quantity), cell.preferred)])
        else:
            amount = amount_of(quantity.value, quantity.multiplier)
            look = self.look((decimals(amount), cell.unit, quantity.precision))
            self.gather([(row, column, look, amount, cell.preferred)])

    def look(self, look: Look) -> int:
        """Return the number of a look."""
        return self._looks.setdefault(look, len(self._looks))

    def bounds(self, quantity: Quantity, ahead: int = 0) -> float:
        """Keep bounds for the figure that is gathered next, or so many later; return what stands for its amount."""
        self._texts[len(self._amounts) + ahead] = format_quantity(quantity, self.language)
        return math.nan

    def gather(self, figures: Sequence[tuple[int, int, int, float, bool]]) -> None:
        """Gather figures: series, period and look by number, amount, and whether it is preferred."""
        into: tuple[Any, ...] = (*self._numbers, self._amounts, self._preferred)
        for column, values in zip(into, zip(*figures, strict=True), strict=False):
            column.extend(values)

    def write(self, book: WorkbookWriter, title: str, lines: Sequence[str], names: Sequence[str]) -> SheetWriter:
        """Write the sheet: lines above, then name columns and periods; the last periods that fit."""
        width = len(next(iter(self.series), ()))
        used = [place for place in range(width) if any(name[place] for name in self.series)]
        periods = sorted(self._periods)[-(MOST_COLUMNS - len(used)) :]
        columns = [Column(names[place], TEXT) for place in used]
        columns += [Column(self._headers[self._periods[key]]) for key in periods]
        sheet = book.add(title, columns)
        for line in lines:
            sheet.line(line, Style(muted=True) if line is lines[-1] else Style(title=True))
        sheet.header(min(2, len(used)))
        rows = sorted(self.series)
        places = self._places(rows, periods)
        styles = [book.style(_style(look)) for look in self._looks]
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            named = [[name[place] or None for name in some] for place in used]
            self._write_block(sheet, named, next(places), styles)
        return sheet

    def _places(self, rows: Sequence[tuple[str, ...]], periods: Sequence[PeriodKey]) -> Iterator[Places]:
        """Return, for some rows at once, row, column and number of every figure that is shown."""
        row_of = _ranks((self.series[name] for name in rows), len(self.series))
        column_of = _ranks((self._periods[key] for key in periods), len(self._periods))
        at_row, at_column = row_of[np.asarray(self._numbers[0])], column_of[np.asarray(self._numbers[1])]
        # the sort leaves those in the order they came that are alike, and the preferred one before its rivals
        order = np.lexsort((1 - np.frombuffer(self._preferred, dtype=np.int8), at_column, at_row))
        at_row, at_column = at_row[order], at_column[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (at_row[1:] != at_row[:-1]) | (at_column[1:] != at_column[:-1])
        shown = first & (at_column >= 0)
        at_row, at_column, order = at_row[shown], at_column[shown], order[shown]
        for start in range(0, len(rows), ROWS_AT_ONCE):
            part = slice(*np.searchsorted(at_row, (start, start + ROWS_AT_ONCE)))
            yield list(
                zip((at_row[part] - start).tolist(), at_column[part].tolist(), order[part].tolist(), strict=True)
            )

    def _write_block(
        self, sheet: SheetWriter, named: Sequence[Sequence[CellContent]], places: Places, styles: Sequence[int]
    ) -> None:
        count, width = len(named[0]), len(sheet.columns) - len(named)
        cells: list[list[CellContent]] = [[None] * count for _ in range(width)]
        looks = [[0] * count for _ in range(width)]
        figures, known = self._amounts, self._numbers[2]
        for row, column, number in places:
            cells[column][row] = self._texts[number] if number in self._texts else figures[number]
            looks[column][row] = styles[known[number]]
            if number in self._notes:
                sheet.note(sheet.sheet.next_row + row, len(named) + column, self._notes[number])
        sheet.many([*named, *cells], [*sheet.styles[: len(named)], *looks])


def _ranks(numbers: Iterable[int], count: int) -> NDArray[np.int32]:
    """Return the place of every number below `count` in a list of them, -1 for one that is not there."""
    listed = np.fromiter(numbers, dtype=np.int32)
    found = np.full(count, -1, dtype=np.int32)
    found[listed] = np.arange(len(listed))
    return found


def _style(look: Look) -> Style:
    places, unit, precision = look
    return PLAIN if look == BOUNDS else Style(signed(digits_format(places, unit), precision))


def amount_of(value: float, multiplier: float) -> float:
    """Return a figure in plain units, without what multiplying adds behind its last digit."""
    return float(value if multiplier == 1 else f"{value * multiplier:.15g}")


def _key(period: Period | None) -> PeriodKey:
    if period is None:
        return (True, "", "", "")
    return (period.start is None, period.start or "", period.end or "", "" if period.start else period.text)


class _Names(dict[Any, str]):
    """What stands for a stored value: a record's or a choice's name; blank for none, and other words as they are."""

    def __missing__(self, key: Any) -> str:
        return key if isinstance(key, str) else ""


class WideFigures:
    """The figures of the observations written, gathered for the sheet that shows them wide."""

    def __init__(self, labels: Labels, language: str) -> None:
        self.units = labels.plain("unit")
        self.table = WideTable(language)
        self._names = [_Names(labels.of(kind)) for kind in ("entity", "metric", "sector")]
        self._names += [_Names(self.units), _Names()]
        for _, kind, usual in USUAL:
            words = {option.key: translated(option.label, language) for option in kind.options}
            self._names.append(_Names(words | {usual: ""}))
        self._columns: dict[tuple[Any, ...], int] = {}

    def add(self, stored: Stored) -> None:
        """Gather some observations."""
        table, columns = self.table, self._columns
        known = zip(NAMES, self._names, strict=True)
        names = zip(*(map(of.__getitem__, stored[key]) for key, of in known), strict=True)
        dates, given = (zip(*(stored[key] for key in keys), strict=True) for keys in (WHEN, FIGURE))
        figures: list[tuple[int, int, int, float, bool]] = []
        for name, when, (value, low, high, precision, multiplier, preferred) in zip(names, dates, given, strict=True):
            if value is None and low is None and high is None:
                continue
            row, column = table.row(name), columns[when] if when in columns else self._column(when)
            if value is None:
                amount, look = table.bounds(Quantity(None, low, high, precision, multiplier), len(figures)), BOUNDS
            else:
                amount = amount_of(value, multiplier)
                look = (decimals(amount), name[UNIT], precision)
            figures.append((row, column, table.look(look), amount, preferred))
        table.gather(figures)

    def _column(self, when: tuple[Any, ...]) -> int:
        self._columns[when] = self.table.column(Period(when[0], when[1], when[2] or ""))
        return self._columns[when]
