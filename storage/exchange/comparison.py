"""The figures of a comparison as a workbook: side by side with charts, one by one, and what each rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from storage.domain.fields import Choice, Ref
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series
from storage.domain.text import Text, msg
from storage.domain.vocabulary import MEASURES, PRECISION_OPTIONS, SCENARIOS, STATUSES
from storage.exchange.wide import WideCell, WideTable
from storage.translations import translated
from storage.workbook.charts import ChartArea, ChartRow, add_chart, place_below
from storage.workbook.number_formats import decimals, digits_format
from storage.workbook.streamed import MOST_CHARACTERS, CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, SheetWriter, Style, WorkbookWriter

MOST_LINES = 24  # in one chart; more are not told apart
COMPARISON, FIGURES, SOURCES, YES = msg("Comparison"), msg("Figures"), msg("Sources"), msg("yes")
HINT = msg("Of competing figures the preferred one is shown; all of them are on the sheet “{sheet}”.", sheet=FIGURES)
LONG = (
    msg("Record"), msg("Metric"), msg("Sector"), msg("Scope"), msg("Scenario"), msg("Measure"), msg("Period"),
    msg("Value"), msg("Low"), msg("High"), msg("Unit"), msg("Precision"), msg("As given"), msg("Status"),
    msg("Preferred"), msg("Competing figures"), msg("Source no."), msg("Note"),
)  # fmt: skip
FIGURE_COLUMNS = range(7, 10)
CITED = (msg("No."), msg("Source"), msg("Locator"), msg("Quote"), msg("Cited for"))
Passage = tuple[str, str, str]


@dataclass
class Comparison:
    """Series of a comparison, and the passages that they cite, numbered as they come."""

    title: str
    series: Sequence[Series]
    language: str
    passages: dict[Passage, list[str]] = field(default_factory=dict)

    def write(self, book: WorkbookWriter) -> None:
        """Write the three sheets."""
        self._wide(book)
        self._long(book)
        self._sources(book)

    def _wide(self, book: WorkbookWriter) -> None:
        table = WideTable(self.language)
        for series, point in self._points():
            if point.quantity is not None and not point.quantity.missing:
                cell = WideCell(point.quantity, self._name(series.unit), point.preferred)
                table.add(self._names(series, point), point.period, cell)
        names = self._say(LONG[0], LONG[1], LONG[2], LONG[10], *LONG[3:6])
        [name, hint] = self._say(COMPARISON, HINT)
        sheet = table.write(book, name, [self.title, hint], names)
        self._charts(book, sheet, table)

    def _charts(self, book: WorkbookWriter, sheet: SheetWriter, table: WideTable) -> None:
        """Draw one chart for every metric and unit."""
        layout = table.layout()
        groups: dict[tuple[str, str], list[ChartRow]] = defaultdict(list)
        for place, name in enumerate(layout.rows, sheet.header_row + 1):
            values = [table.amount(name, key) for key in layout.periods]
            if any(value is not None for value in values):
                called = " · ".join(part for part in (name[0], name[2], *name[4:]) if part)
                groups[name[1], name[3]].append(ChartRow(called, place, values))
        area = ChartArea(sheet.header_row, len(layout.used), [table.periods[key] for key in layout.periods])
        charts = [add_chart(book, sheet, area, rows[:MOST_LINES], unit) for (_, unit), rows in groups.items()]
        place_below(sheet, charts, [metric for metric, _ in groups])

    def _long(self, book: WorkbookWriter) -> None:
        styles = [PLAIN if place in FIGURE_COLUMNS else TEXT for place in range(len(LONG))]
        [title] = self._say(FIGURES)
        sheet = book.add(title, [Column(*pair) for pair in zip(self._say(*LONG), styles, strict=True)])
        sheet.header(2)
        for series, point in self._points():
            values = self._figure(series, point)
            looks = list(sheet.styles)
            for place in FIGURE_COLUMNS:
                value = values[place]
                if isinstance(value, float):
                    looks[place] = book.style(Style(digits_format(decimals(value), self._name(series.unit))))
            sheet.row(values, looks)

    def _figure(self, series: Series, point: Point) -> list[CellContent]:
        entity, metric, sector, _, scope, scenario, measure = self._names(series, point)
        quantity = point.quantity or Quantity(None)
        period = point.period.format(self.language) if point.period else None
        cited = str(self._cite(point, f"{entity} · {metric} · {period or ''}")) if point.source else None
        return [
            entity, metric, sector or None, scope or None, scenario or self._label(SCENARIOS, "actual"),
            measure or self._label(MEASURES, "level"), period, point.amount, point.low, point.high,
            self._name(series.unit) or None,
            self._label(PRECISION_OPTIONS, quantity.precision), point.text or None, self._label(STATUSES, point.status),
            self._say(YES)[0] if point.preferred else None, str(point.competing) if point.competing else None, cited,
            point.note or None,
        ]  # fmt: skip

    def _cite(self, point: Point, about: str) -> int:
        """Return the number of the passage that a figure rests on."""
        key = (point.source, point.locator, point.quote)
        self.passages.setdefault(key, []).append(about)
        return list(self.passages).index(key) + 1

    def _sources(self, book: WorkbookWriter) -> None:
        [title] = self._say(SOURCES)
        wrapped = Style("@", wrap=True)
        sheet = book.add(title, [Column(header, wrapped) for header in self._say(*CITED)])
        sheet.header()
        for number, ((source, locator, quote), about) in enumerate(self.passages.items(), 1):
            cited = "\n".join(dict.fromkeys(about))[: MOST_CHARACTERS // 2]
            sheet.row([str(number), source, locator or None, quote[: MOST_CHARACTERS // 2] or None, cited])

    def _points(self) -> Iterator[tuple[Series, Point]]:
        return ((series, point) for series in self.series for point in series.points)

    def _names(self, series: Series, point: Point) -> tuple[str, ...]:
        """Return record, metric, sector, unit, scope, scenario and measure, blank where it goes without saying."""
        return (
            self._name(series.entity), self._name(series.metric), self._name(series.sector), self._name(series.unit),
            series.scope, "" if point.scenario == "actual" else self._label(SCENARIOS, point.scenario),
            "" if point.measure == "level" else self._label(MEASURES, point.measure),
        )  # fmt: skip

    def _name(self, ref: Ref | None) -> str:
        return ref.label(self.language) if ref else ""

    def _label(self, kind: Choice, key: str) -> str:
        return translated(kind.label(key), self.language)

    def _say(self, *texts: Text) -> list[str]:
        return [translated(text, self.language) for text in texts]
