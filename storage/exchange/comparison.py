"""The figures of a comparison as a workbook: side by side with charts, one by one, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from storage.domain.drawing import Drawing
from storage.domain.fields import Choice, Ref
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series
from storage.domain.text import Text, msg
from storage.domain.vocabulary import MEASURES, PRECISION_OPTIONS, SCENARIOS, STATUSES
from storage.exchange.drawn import ChartSheet
from storage.exchange.wide import WideCell, WideTable
from storage.translations import translated
from storage.workbook.number_formats import decimals, digits_format
from storage.workbook.stamp import pieces
from storage.workbook.streamed import CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, Style, WorkbookWriter

NOTHING_DRAWN = Drawing()
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
    drawing: Drawing = NOTHING_DRAWN
    passages: dict[Passage, list[str]] = field(default_factory=dict)
    _numbers: dict[Passage, int] = field(default_factory=dict)

    def write(self, book: WorkbookWriter) -> None:
        """Write the charts, where there are any, and the three sheets of figures and sources."""
        if self.drawing.panels:
            ChartSheet(book, self.language, self._note).write(self.title, self.drawing.panels)
        self._wide(book)
        self._long(book)
        self._sources(book)

    def _wide(self, book: WorkbookWriter) -> None:
        table = WideTable(self.language)
        for series, point in self._points():
            if point.quantity is not None and not point.quantity.missing:
                cell = WideCell(point.quantity, self._name(series.unit), point.preferred, self._note(point))
                table.add(table.row(self._names(series, point)), table.column(point.period), cell)
        names = self._say(LONG[0], LONG[1], LONG[2], LONG[10], *LONG[3:6])
        [name, hint] = self._say(COMPARISON, HINT)
        table.write(book, name, [self.title, hint], names)

    def _long(self, book: WorkbookWriter) -> None:
        styles = [PLAIN if place in FIGURE_COLUMNS else TEXT for place in range(len(LONG))]
        [title] = self._say(FIGURES)
        sheet = book.add(title, [Column(*pair) for pair in zip(self._say(*LONG), styles, strict=True)])
        sheet.header(2)
        for series, point in self._points():
            values = [_shortened(value) if isinstance(value, str) else value for value in self._figure(series, point)]
            looks = list(sheet.styles)
            for place in FIGURE_COLUMNS:
                value = values[place]
                if isinstance(value, float):
                    looks[place] = book.style(Style(digits_format(decimals(value), self._name(series.unit))))
            sheet.row(values, looks)

    def _figure(self, series: Series, point: Point) -> list[CellContent]:
        entity, metric, sector, _, scope, scenario, measure = self._names(series, point)
        quantity = point.quantity or Quantity(None)
        period = self._period(point)
        cited = str(self._cite(point, f"{entity} · {metric} · {period}".removesuffix(" · "))) if point.source else None
        return [
            entity, metric, sector or None, scope or None, scenario or self._label(SCENARIOS, "actual"),
            measure or self._label(MEASURES, "level"), period or None, point.amount, point.low, point.high,
            self._name(series.unit) or None,
            self._label(PRECISION_OPTIONS, quantity.precision), point.text or None, self._label(STATUSES, point.status),
            self._say(YES)[0] if point.preferred else None, str(point.competing) if point.competing else None, cited,
            point.note or None,
        ]  # fmt: skip

    def _cite(self, point: Point, *about: str) -> int:
        """Return the number of the passage that a figure rests on, and note for what it is cited."""
        key = (point.source, point.locator, point.quote)
        self.passages.setdefault(key, []).extend(about)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def _note(self, point: Point) -> str:
        """Return what a note on a figure's cell says: its source by number, its words, and how it was given."""
        lines = [f"“{point.quote}”" if point.quote else "", point.note]
        if point.text:
            lines.insert(1, translated(msg("As given: {text}", text=point.text), self.language))
        if point.source:
            where = ", ".join(part for part in (point.source, point.locator) if part)
            lines.insert(0, f"[{self._cite(point)}] {where}")
        return "\n".join(line for line in lines if line)

    def _sources(self, book: WorkbookWriter) -> None:
        [title] = self._say(SOURCES)
        wrapped = Style("@", wrap=True)
        sheet = book.add(title, [Column(header, wrapped) for header in self._say(*CITED)])
        sheet.header()
        for number, ((source, locator, quote), about) in enumerate(self.passages.items(), 1):
            cited = _shortened("\n".join(dict.fromkeys(about)))
            first, *rest = pieces(quote)  # the words of a source are told to the end, below each other
            sheet.row([str(number), _shortened(source), _shortened(locator) or None, first or None, cited])
            for piece in rest:
                sheet.row([None, None, None, piece, None])

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

    def _period(self, point: Point) -> str:
        return point.period.format(self.language) if point.period else ""

    def _label(self, kind: Choice, key: str) -> str:
        return translated(kind.label(key), self.language)

    def _say(self, *texts: Text) -> list[str]:
        return [translated(text, self.language) for text in texts]


def _shortened(text: str) -> str:
    """Return what a cell takes of a text that the catalogue holds in full."""
    first, *rest = pieces(text)
    return f"{first} …" if rest else first
