"""Native charts of Excel in the colours of the window, over cells that stand on the same sheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import quote_sheetname

from storage.domain.drawing import DrawnPanel, DrawnPoint, DrawnSeries, Shape, begins_at_zero
from storage.workbook.sheet import column_letters
from storage.workbook.writer import INK, LINE, MUTED, SheetWriter, WorkbookWriter, without_illegal

COLOURS = ("#1F6FEB", "#D97706", "#0F9D76", "#9C4DCC", "#C2410C", "#0E7490", "#6B7280", "#BE185D")
DASHES = ("solid", "dash", "round_dot", "dash_dot", "long_dash", "long_dash_dot")
MARKERS = ("circle", "square", "triangle", "diamond", "x", "star", "plus", "short_dash")
GRID, PAPER, PALE, TINT = "#E3E6EB", 255, 0.45, 0.7
FONT = {"color": MUTED, "size": 9}
WIDTH, HEIGHT = 920, 420  # pixels
ROW_HEIGHT = 20
BAR_HEIGHT, AROUND_BARS, TALLEST = 26, 120, 1_600
MOST_NAMED = 60  # points that carry their names
MOST_LABELLED = 40  # bars that carry their values
FEW_YEARS = 12  # up to which each has its tick
KINDS: Mapping[Shape, dict[str, str]] = {
    Shape.LINES: {"type": "scatter", "subtype": "straight_with_markers"},
    Shape.COLUMNS: {"type": "column"},
    Shape.BARS: {"type": "bar"},
    Shape.DOTS: {"type": "line"},
    Shape.POINTS: {"type": "scatter"},
}


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one column of the sheet, with what stands in them."""

    column: int
    first: int
    last: int
    values: Sequence[float | str | None]

    def on(self, sheet: SheetWriter) -> list[object]:
        """Return the range as XlsxWriter takes it."""
        return [sheet.name, self.first, self.column, self.last, self.column]

    @property
    def reference(self) -> str:
        """Return the range as a formula names it."""
        letters = column_letters(self.column)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    @property
    def cached(self) -> list[str | None]:
        """What a program shows that does not calculate."""
        return [without_illegal(v) if isinstance(v, str) else v if v is None else _digits(v) for v in self.values]


def _digits(value: float) -> str:
    """Return the digits from which the same number comes back."""
    return repr(value).removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Plotted:
    """One series and its cells: the names or numbers across, the amounts, and how far bounds reach up and down."""

    series: DrawnSeries
    across: Cells
    amounts: Cells
    ends: tuple[Cells, ...] = ()


def height_of(panel: DrawnPanel) -> int:
    """Return how tall the chart of a panel is, in pixels."""
    if panel.shape is Shape.BARS:
        bars = len(panel.categories) * max(1, len(panel.series))
        return min(TALLEST, max(HEIGHT, AROUND_BARS + BAR_HEIGHT * bars))
    return HEIGHT


def rows_of(panel: DrawnPanel) -> int:
    """Return how many rows of a sheet the chart of a panel covers."""
    return height_of(panel) // ROW_HEIGHT + 2


def place_chart(
    book: WorkbookWriter, sheet: SheetWriter, row: int, panel: DrawnPanel, plotted: Sequence[Plotted]
) -> None:
    """Draw a panel over its cells, from a row of the sheet on."""
    chart = book.book.add_chart(dict(KINDS[panel.shape]))
    alone = _stand_alone(panel)
    for one in plotted:
        chart.add_series({
            "name": without_illegal(one.series.name),
            "categories": one.across.on(sheet), "values": one.amounts.on(sheet),
            "categories_data": one.across.cached, "values_data": one.amounts.cached,
            **_look(panel, one.series), **_bars(panel, one, alone=alone), **_error_bars(sheet, one),
            **_labels(panel, one, len(plotted)),
        })  # fmt: skip
    _dress(chart, panel, plotted)
    chart.set_title({"name": without_illegal(panel.title), "name_font": {"size": 12, "color": INK}, "overlay": False})
    chart.set_size({"width": WIDTH, "height": height_of(panel)})
    chart.show_blanks_as("gap")
    sheet.sheet.insert_chart(row, 0, chart, {"object_position": 2})


def _look(panel: DrawnPanel, series: DrawnSeries) -> dict[str, Any]:
    """Return line, marker and fill of a series as the window draws them."""
    turn, place = divmod(series.colour, len(COLOURS))
    colour = _mixed(COLOURS[place], PALE) if series.pale else COLOURS[place]
    dash = DASHES[(place + turn + series.variant) % len(DASHES)]
    symbol = MARKERS[(place + series.variant) % len(MARKERS)]
    marker = {"type": symbol, "size": 7, "fill": {"color": colour}, "border": {"color": colour}}
    match panel.shape:
        case Shape.LINES:
            return {"line": {"color": colour, "width": 2, "dash_type": dash}, "marker": marker}
        case Shape.DOTS | Shape.POINTS:
            return {"line": {"none": True}, "marker": marker | {"size": 9}}
    fill = {"color": "#FFFFFF"} if series.pale else {"color": colour}
    return {"fill": fill, "border": {"color": colour}, "gap": 60}


def _bars(panel: DrawnPanel, one: Plotted, *, alone: bool) -> dict[str, Any]:
    """Return what bars have beside their look: where each stands alone it is wide; hedged figures are tinted."""
    if panel.shape not in (Shape.COLUMNS, Shape.BARS):
        return {}
    hedged = {point.place for point in one.series.points if _is_hedged(point)}
    colour = COLOURS[one.series.colour % len(COLOURS)]
    tinted = {"fill": {"color": _mixed(colour, TINT)}, "border": {"color": colour, "dash_type": "dash"}}
    points = [tinted if place in hedged and not one.series.pale else None for place in range(len(panel.categories))]
    return {"points": points if any(points) else None, "overlap": 100 if alone else 0}


def _is_hedged(point: DrawnPoint) -> bool:
    quantity = point.figure.quantity
    return quantity is not None and (quantity.precision != "exact" or quantity.value is None)


def _stand_alone(panel: DrawnPanel) -> bool:
    """Tell whether no two bars share a category."""
    places = [point.place for series in panel.series for point in series.points]
    return len(places) == len(set(places))


def _mixed(colour: str, share: float) -> str:
    """Return a colour nearer to the paper."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * (1 - share) + PAPER * share):02X}" for part in parts)


def _error_bars(sheet: SheetWriter, one: Plotted) -> dict[str, Any]:
    """Return whiskers from the lower to the upper bound, where a source gives bounds."""
    if not one.ends:
        return {}
    up, down = (f"={quote_sheetname(sheet.name)}!{cells.reference}" for cells in one.ends)
    whiskers = {
        "type": "custom", "end_style": 1, "line": {"color": MUTED}, "plus_values": up, "minus_values": down,
        "plus_data": one.ends[0].cached, "minus_data": one.ends[1].cached,
    }  # fmt: skip
    return {"y_error_bars": whiskers}


def _labels(panel: DrawnPanel, one: Plotted, series: int) -> dict[str, Any]:
    """Return names beside points and values behind bars, as long as they can be read."""
    if panel.shape is Shape.POINTS and series <= MOST_NAMED:
        return {"data_labels": {"series_name": True, "position": "right", "font": FONT}}
    if panel.shape is Shape.BARS and len(one.series.points) * series <= MOST_LABELLED:
        return {"data_labels": {"value": True, "font": FONT}}
    return {}


def _dress(chart: Any, panel: DrawnPanel, plotted: Sequence[Plotted]) -> None:
    """Give the axes their titles, numbers and lines, and the chart its legend where names are not elsewhere."""
    amounts = {
        **_titled(panel.unit), "num_font": FONT, "line": {"none": True},
        "num_format": _axis_format(panel, [point.y for one in plotted for point in one.series.points]),
        "major_gridlines": {"visible": True, "line": {"color": GRID}}, **_reach(panel, plotted),
    }  # fmt: skip
    across = {"num_font": FONT, "line": {"color": LINE}, "major_gridlines": {"visible": False}}
    if panel.shape is Shape.BARS:  # the largest stands at the top, the numbers below; XlsxWriter turns the axes
        chart.set_x_axis(amounts | {"label_position": "high"})
        chart.set_y_axis(across | {"reverse": True})
    else:
        chart.set_x_axis(across | _across(panel, plotted))
        chart.set_y_axis(amounts)
    named = panel.shape is Shape.POINTS or (panel.shape is Shape.BARS and _stand_alone(panel))
    if len(plotted) == 1 or named:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "bottom" if len(plotted) < 8 else "right", "font": {"color": INK, "size": 9}})


def _titled(title: str) -> dict[str, Any]:
    return {"name": without_illegal(title), "name_font": FONT | {"bold": False}}


def _across(panel: DrawnPanel, plotted: Sequence[Plotted]) -> dict[str, Any]:
    """Return what an axis of numbers needs beside what all axes have."""
    if panel.shape is Shape.LINES:
        return _years(plotted)
    if panel.shape is Shape.POINTS:
        values = [point.x or 0.0 for one in plotted for point in one.series.points]
        return _titled(panel.x_title) | {"num_format": _axis_format(panel, values)}
    return {}


def _years(plotted: Sequence[Plotted]) -> dict[str, Any]:
    """Return the reach of an axis of years, with a tick at whole ones."""
    across = [point.x for one in plotted for point in one.series.points if point.x is not None]
    first, last = math.ceil(min(across, default=1.0)) - 1, math.floor(max(across, default=1.0)) + 1
    years = last - first
    step = 1 if years <= FEW_YEARS else math.ceil(years / FEW_YEARS)
    return {"num_format": "0", "min": first, "max": last, "major_unit": step}


def _reach(panel: DrawnPanel, plotted: Sequence[Plotted]) -> dict[str, Any]:
    """Return where amounts begin: as in the window at zero, unless they are places on a scale or lie far from it."""
    points = [point for one in plotted for point in one.series.points]
    values = [amount for point in points for amount in (point.y, *(point.bounds or ()))]
    if not values or panel.shape is Shape.POINTS:
        return {}
    if panel.places:
        return {"min": math.floor(min(values)) - 1, "max": math.ceil(max(values)) + 1}
    low, high = min(values), max(values)
    if low < 0:
        return {}
    if panel.shape is not Shape.LINES or begins_at_zero(low, high):
        return {"min": 0}
    step = 10.0 ** math.floor(math.log10(high - low))
    return {"min": _plain_number(max(0.0, math.floor(low / step - 0.5) * step))}


def _plain_number(value: float) -> float:
    return float(f"{value:.12g}")


def _axis_format(panel: DrawnPanel, values: Sequence[float]) -> str:
    largest = max(map(abs, values), default=0.0)
    if panel.places:
        return "0"
    return "#,##0" if largest >= 10 else "0.0" if largest >= 1 else "General"
