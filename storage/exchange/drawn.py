"""The charts of a comparison on a sheet of their own: native ones, each over the cells that it draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.domain.drawing import DrawnPanel, DrawnPoint, DrawnSeries, Shape
from storage.domain.summary import Point
from storage.domain.text import Text, msg
from storage.translations import translated
from storage.workbook.charts import Cells, Plotted, place_chart, rows_of
from storage.workbook.number_formats import decimals, digits_format, signed
from storage.workbook.streamed import CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, SheetWriter, Style, WorkbookWriter

CHARTS = msg("Charts")
HINT = msg("Each chart draws the cells below it; where they are changed the chart follows.")
SERIES, PERIOD, TIME, RECORD = msg("Series"), msg("Period"), msg("Time, in years"), msg("Record")
WHISKERS = msg("reaches up by"), msg("reaches down by")
FIRST_WIDTH, WIDTHS = 34, 16
FEWER = 12  # digits that a difference keeps, whose last ones are noise
TIME_COLUMN, IN_YEARS = 2, Style("0.00")  # of lines
HEAD = Style(bold=True, header=True, wrap=True)
Note = Callable[[Point], str]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number with the figure behind it."""

    value: float
    figure: Point

    @staticmethod
    def of(point: DrawnPoint) -> _Cell:
        return _Cell(_plain(point.y), point.figure)


_Line = list[str | _Cell | float | None]


class ChartSheet:
    """Writes the panels one below the other; `note` gives the words for the cell of a figure."""

    def __init__(self, book: WorkbookWriter, language: str, note: Note) -> None:
        self._book, self._language, self._note = book, language, note

    def write(self, title: str, panels: Sequence[DrawnPanel]) -> None:
        """Write the sheet."""
        width = max((len(_header(panel, self._language)) for panel in panels), default=1)
        columns = [Column("", TEXT, least=FIRST_WIDTH)]
        columns += [Column("", PLAIN, least=WIDTHS) for _ in range(width - 1)]
        sheet = self._book.add(translated(CHARTS, self._language), columns)
        sheet.line(title, Style(title=True))
        sheet.line(translated(HINT, self._language), Style(muted=True))
        starts = [self._panel(sheet, panel) for panel in panels]
        sheet.sheet.set_h_pagebreaks(starts[1:])
        sheet.sheet.set_landscape()
        sheet.sheet.set_paper(9)
        sheet.sheet.fit_to_pages(1, 0)
        sheet.sheet.hide_gridlines(2)

    def _panel(self, sheet: SheetWriter, panel: DrawnPanel) -> int:
        """Write a chart and its cells; return the row that it begins with."""
        chart_row = sheet.sheet.next_row + 1
        for _ in range(rows_of(panel)):
            sheet.row([])
        header = _header(panel, self._language)
        sheet.row(header, [self._book.style(HEAD)] * len(header))
        first = sheet.sheet.next_row
        lines, plotted = _laid_out(panel, first)
        for line in lines:
            self._line(sheet, panel, line)
        sheet.row([])
        place_chart(self._book, sheet, chart_row, panel, plotted)
        return chart_row - 1

    def _line(self, sheet: SheetWriter, panel: DrawnPanel, line: _Line) -> None:
        values: list[CellContent] = []
        looks: list[int] = []
        for place, cell in enumerate(line):
            if isinstance(cell, _Cell):
                sheet.note(sheet.sheet.next_row, place, self._note(cell.figure))
                values.append(cell.value)
                looks.append(self._style(cell, panel))
            else:
                values.append(cell)
                partly = panel.shape is Shape.LINES and place == TIME_COLUMN and isinstance(cell, float) and cell % 1
                looks.append(self._book.style(TEXT if isinstance(cell, str) else IN_YEARS if partly else PLAIN))
        sheet.row(values, looks)

    def _style(self, cell: _Cell, panel: DrawnPanel) -> int:
        precision = cell.figure.quantity.precision if cell.figure.quantity else "exact"
        look = "0" if panel.places else digits_format(decimals(cell.value), panel.unit)
        return self._book.style(Style(signed(look, precision)))


def _header(panel: DrawnPanel, language: str) -> list[str]:
    def say(text: Text) -> str:
        return translated(text, language)

    upright = f"{panel.title} ({panel.unit})" if panel.unit else panel.title
    if panel.shape is Shape.POINTS:
        return [say(RECORD), panel.x_title, upright]
    if panel.shape is Shape.LINES:
        return [say(SERIES), say(PERIOD), say(TIME), upright, *(map(say, WHISKERS) if _bounded(panel.series) else ())]
    whiskers = (f"{one.name}: {say(end)}" for one in panel.series if _bounded([one]) for end in WHISKERS)
    return [upright, *(series.name for series in panel.series), *whiskers]


def _bounded(series: Sequence[DrawnSeries]) -> bool:
    """Tell whether the sources of some figures give bounds."""
    return any(point.bounds is not None for one in series for point in one.points)


def _laid_out(panel: DrawnPanel, first: int) -> tuple[list[_Line], list[Plotted]]:
    """Return the lines of cells of a panel, the first of them on a row of the sheet, and what is plotted of them."""
    if panel.shape in (Shape.LINES, Shape.POINTS):
        return _one_below_another(panel, first)
    return _side_by_side(panel, first)


def _one_below_another(panel: DrawnPanel, first: int) -> tuple[list[_Line], list[Plotted]]:
    timed = panel.shape is Shape.LINES
    whiskers = timed and _bounded(panel.series)
    lines: list[_Line] = []
    plotted = []
    for series in panel.series:
        own = _timed(series, whiskers=whiskers) if timed else _paired(series)
        columns = [_column(own, place, first + len(lines)) for place in range(len(own[0]) if own else 0)]
        lines += own
        if columns:
            across, amounts, *ends = columns[2:] if timed else columns[1:]
            plotted.append(Plotted(series, across, amounts, tuple(ends)))
    return lines, plotted


def _timed(series: DrawnSeries, *, whiskers: bool) -> list[_Line]:
    """Return a line for each figure; a blank one where the series does not go on."""
    lines: list[_Line] = []
    for point in series.points:
        ends = _ends(point) if whiskers else ()
        if point.begins and lines:
            lines.append([None] * (4 + len(ends)))
        lines.append([series.name, point.name, point.x, _Cell.of(point), *ends])
    return lines


def _paired(series: DrawnSeries) -> list[_Line]:
    return [[series.name, _across(point), _Cell.of(point)] for point in series.points]


def _across(point: DrawnPoint) -> _Cell | float | None:
    return point.x if point.other is None or point.x is None else _Cell(_plain(point.x), point.other)


def _side_by_side(panel: DrawnPanel, first: int) -> tuple[list[_Line], list[Plotted]]:
    placed = [{point.place: point for point in series.points} for series in panel.series]
    bounded = [_bounded([series]) for series in panel.series]
    lines: list[_Line] = []
    for place, name in enumerate(panel.categories):
        found = [points.get(place) for points in placed]
        ends = [_ends(point) if point else (None, None) for point, wanted in zip(found, bounded, strict=True) if wanted]
        lines.append(
            [name, *(_Cell.of(point) if point else None for point in found), *(e for pair in ends for e in pair)]
        )
    columns = [_column(lines, place, first) for place in range(len(lines[0]) if lines else 0)]
    plotted = []
    further = iter(columns[len(panel.series) + 1 :])
    for column, series, wanted in zip(columns[1:], panel.series, bounded, strict=False):
        ends_of = (next(further), next(further)) if wanted else ()
        plotted.append(Plotted(series, columns[0], column, ends_of))
    return lines, plotted


def _column(lines: Sequence[_Line], place: int, first: int) -> Cells:
    """Return a column of cells, without the figures behind them."""
    cells = (line[place] for line in lines)
    values = [cell.value if isinstance(cell, _Cell) else cell for cell in cells]
    return Cells(place, first, first + len(lines) - 1, values)


def _ends(point: DrawnPoint) -> tuple[float | None, float | None]:
    """Return how far the bounds lie above and below a figure."""
    if point.bounds is None:
        return None, None
    low, high = point.bounds
    return _plain(high - point.y, FEWER), _plain(point.y - low, FEWER)


def _plain(amount: float, digits: int = 15) -> float:
    """Return an amount without the noise of its multiplication, as all programs show it."""
    return float(f"{amount:.{digits}g}")
