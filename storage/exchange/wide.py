"""Figures as people read them: a row for every series, a column for every period. Only to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from storage.domain.fields import Choice
from storage.domain.periods import Period
from storage.domain.quantities import Quantity, format_quantity
from storage.domain.vocabulary import MEASURES, SCENARIOS
from storage.exchange.labels import Labels
from storage.exchange.record_sheets import RecordTable, Row
from storage.translations import translated
from storage.workbook.number_formats import decimals, digits_format, signed
from storage.workbook.streamed import MOST_COLUMNS, CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, SheetWriter, Style, WorkbookWriter

USUAL = (("scenario", SCENARIOS, "actual"), ("measure", MEASURES, "level"))  # what goes without saying
FIGURE = ("value", "low", "high", "precision", "multiplier", "preferred")
NAMES = ("entity_id", "metric_id", "sector_id", "unit_id", "scope", *(key for key, _, _ in USUAL))
WHEN = ("period_start", "period_end", "period")
PeriodKey = tuple[bool, str, str, str]


@dataclass(frozen=True, slots=True)
class WideCell:
    """The figure of one series and period; a preferred one stands before the others. `note` goes on its cell."""

    quantity: Quantity
    unit: str
    preferred: bool
    note: str = ""

    @property
    def amount(self) -> float | None:
        """The figure in plain units."""
        value = self.quantity.amount
        return None if value is None else float(f"{value:.15g}")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a wide table lies on its sheet: the name columns in use, then the periods; rows in order."""

    used: tuple[int, ...]
    periods: tuple[PeriodKey, ...]
    rows: tuple[tuple[str, ...], ...]


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

    def layout(self) -> Layout:
        """Return which name columns say something, and the order of rows and periods; the last periods that fit."""
        width = len(next(iter(self.series), ()))
        used = tuple(place for place in range(width) if any(name[place] for name in self.series))
        periods = sorted(self.periods)[-(MOST_COLUMNS - len(used)) :]
        return Layout(used, tuple(periods), tuple(sorted(self.series)))

    def amount(self, name: tuple[str, ...], period: PeriodKey) -> float | None:
        """Return a figure in plain units."""
        cell = self.series[name].get(period)
        return cell.amount if cell else None

    def write(self, book: WorkbookWriter, title: str, lines: Sequence[str], names: Sequence[str]) -> SheetWriter:
        """Write the sheet: lines above, then name columns and periods."""
        layout = self.layout()
        columns = [Column(names[place], TEXT) for place in layout.used]
        columns += [Column(self.periods[key]) for key in layout.periods]
        sheet = book.add(title, columns)
        for line in lines:
            sheet.line(line, Style(muted=True) if line is lines[-1] else Style(title=True))
        sheet.header(min(2, len(layout.used)))
        named, width = len(layout.used), len(layout.periods)
        at = {key: place for place, key in enumerate(layout.periods, named)}
        plain: list[int] = [book.style(TEXT)] * named + [0] * width
        for name in layout.rows:
            values: list[CellContent] = [*(name[place] or None for place in layout.used), *[None] * width]
            styles = list(plain)
            for key, cell in self.series[name].items():
                if key in at:
                    values[at[key]], styles[at[key]] = self._cell(book, cell)
                    sheet.note(sheet.sheet.next_row, at[key], cell.note)
            sheet.row(values, styles)
        return sheet

    def _cell(self, book: WorkbookWriter, cell: WideCell) -> tuple[CellContent, int]:
        amount = cell.amount
        if amount is None:
            return format_quantity(cell.quantity, self.language) or None, book.style(PLAIN)
        look = signed(digits_format(decimals(amount), cell.unit), cell.quantity.precision)
        return amount, book.style(Style(look))


def _key(period: Period | None) -> PeriodKey:
    if period is None:
        return (True, "", "", "")
    return (period.start is None, period.start or "", period.end or "", "" if period.start else period.text)


class WideFigures:
    """The figures of the observations written, gathered for the sheet that shows them wide."""

    def __init__(self, labels: Labels, language: str) -> None:
        self.units = labels.plain("unit")
        self.table = WideTable(language)
        self._labels = labels
        self._language = language
        self._parts: list[itemgetter[Any]] = []
        self._words: dict[tuple[Any, ...], tuple[str, ...]] = {}
        self._periods: dict[tuple[Any, ...], Period] = {}

    def add(self, table: RecordTable, row: Row) -> None:
        """Gather one observation."""
        if not self._parts:
            places = {column.key: place for place, column in enumerate(table.columns)}
            self._parts = [itemgetter(*(places[key] for key in keys)) for keys in (FIGURE, NAMES, WHEN)]
        figure, named, dated = self._parts
        value, low, high, precision, multiplier, preferred = figure(row)
        quantity = Quantity(value, low, high, precision, multiplier)
        if quantity.missing:
            return
        names, when = named(row), dated(row)
        if names not in self._words:
            self._words[names] = self._words_of(names)
        if when not in self._periods:
            self._periods[when] = Period(when[0], when[1], when[2] or "")
        words = self._words[names]
        self.table.add(words, self._periods[when], WideCell(quantity, words[3], bool(preferred)))

    def _words_of(self, names: tuple[Any, ...]) -> tuple[str, ...]:
        entity, metric, sector, unit, scope, *unusual = names
        return (
            self._labels.of("entity").get(entity, ""),
            self._labels.of("metric").get(metric, ""),
            self._labels.of("sector").get(sector, ""),
            self.units.get(unit, ""),
            scope,
            *(self._unusual(key, kind, usual) for key, (_, kind, usual) in zip(unusual, USUAL, strict=True)),
        )

    def _unusual(self, key: str, kind: Choice, usual: str) -> str:
        return "" if key == usual else translated(kind.label(key), self._language)
