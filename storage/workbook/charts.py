"""Native charts of Excel over the rows of a sheet: one line or group of bars for each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.workbook.streamed import CellContent, number_xml
from storage.workbook.writer import INK, LINE, MUTED, SheetWriter, WorkbookWriter

COLOURS = ("#1F6FEB", "#D97706", "#0F9D76", "#9C4DCC", "#C2410C", "#0E7490", "#6B7280", "#BE185D")
DASHES = ("solid", "dash", "round_dot", "long_dash")
MARKERS = ("circle", "square", "diamond", "triangle")
WIDTH, HEIGHT = 920, 380  # pixels
ROW_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of the sheet as a series: its name, its place and its values, one for each category."""

    name: str
    row: int
    values: Sequence[CellContent]


@dataclass(frozen=True, slots=True)
class ChartArea:
    """Where the categories stand: the header row and its first column, with the categories themselves."""

    row: int
    column: int
    categories: Sequence[str]


def add_chart(book: WorkbookWriter, sheet: SheetWriter, area: ChartArea, rows: Sequence[ChartRow], unit: str) -> Any:
    """Return a chart of the rows: lines over several categories, bars over one."""
    lines = len(area.categories) > 1
    chart = book.book.add_chart({"type": "line" if lines else "column"})
    last = area.column + len(area.categories) - 1
    for place, row in enumerate(rows):
        chart.add_series({
            "name": row.name,
            "categories": [sheet.name, area.row, area.column, area.row, last],
            "values": [sheet.name, row.row, area.column, row.row, last],
            "categories_data": list(area.categories),
            "values_data": [number_xml(v) if isinstance(v, (int, float)) else None for v in row.values],
            **(_line(place) if lines else {"fill": {"color": COLOURS[place % len(COLOURS)]}, "gap": 60}),
        })  # fmt: skip
    font = {"color": MUTED, "size": 9}
    chart.set_x_axis({"num_font": font, "line": {"color": LINE}})
    chart.set_y_axis({
        "name": unit, "name_font": {**font, "bold": False}, "num_font": font, "num_format": _axis_format(rows),
        "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": "#E3E6EB"}},
    })  # fmt: skip
    chart.set_legend({"position": "bottom" if len(rows) < 8 else "right", "font": {"color": INK, "size": 9}})
    chart.show_blanks_as("span")
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def _axis_format(rows: Sequence[ChartRow]) -> str:
    largest = max((abs(v) for row in rows for v in row.values if isinstance(v, (int, float))), default=0.0)
    return "#,##0" if largest >= 10 else "0.0" if largest >= 1 else "General"


def _line(place: int) -> dict[str, Any]:
    colour = COLOURS[place % len(COLOURS)]
    return {
        "line": {"color": colour, "width": 2, "dash_type": DASHES[place // len(COLOURS) % len(DASHES)]},
        "marker": {
            "type": MARKERS[place % len(MARKERS)], "size": 6, "fill": {"color": colour}, "border": {"color": colour},
        },
    }  # fmt: skip


def place_below(sheet: SheetWriter, charts: Sequence[Any], titles: Sequence[str]) -> None:
    """Put charts one under the other below the rows of a sheet."""
    row = sheet.sheet.next_row + 1
    for chart, title in zip(charts, titles, strict=True):
        chart.set_title({"name": title, "name_font": {"size": 12, "color": INK}, "overlay": False})
        sheet.sheet.insert_chart(row, 0, chart, {"object_position": 2})
        row += HEIGHT // ROW_HEIGHT + 2
