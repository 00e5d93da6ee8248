"""The words of a chart: what a line is called, what a figure says, the chart in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from storage.domain import vocabulary
from storage.domain.caveats import amount_text
from storage.domain.comparison import Figure, Line
from storage.domain.periods import FREQUENCIES, Period
from storage.domain.quantities import Quantity, format_quantity, number_text
from storage.domain.summary import Point
from storage.domain.text import msg
from ui.language import current_code, tr

FREQUENCY_NAMES = dict(
    zip(
        FREQUENCIES,
        (
            msg("yearly"), msg("half-yearly"), msg("quarterly"), msg("monthly"), msg("on one day"),
            msg("over several years"), msg("by decade"), msg("no period"),
        ),
        strict=True,
    )
)  # fmt: skip
NORMAL = "A"
CONFLICT = "≠"

Part = Callable[[Line], str]


def _scope(line: Line) -> str:
    return line.scope


def _scenario(line: Line) -> str:
    return "" if line.scenario == "actual" else tr(vocabulary.SCENARIOS.label(line.scenario))


def _frequency(line: Line) -> str:
    return tr(FREQUENCY_NAMES[line.frequency]) if line.frequency else ""


def entity_name(line: Line) -> str:
    """Return what the line is about."""
    return line.entity.label(current_code())


def metric_name(line: Line) -> str:
    """Return what the line measures."""
    return line.metric.label(current_code())


def unit_name(line: Line) -> str:
    """Return the unit, blank when unknown."""
    return line.unit.label(current_code()) if line.unit else ""


def _sector(line: Line) -> str:
    return line.sector.label(current_code()) if line.sector else ""


DIFFERING: tuple[Part, ...] = (metric_name, _sector, _scope)


def line_names(lines: Sequence[Line]) -> list[str]:
    """Return names that tell the lines apart, with no more parts than it takes."""
    return _names(lines, entity_name, DIFFERING)


def kind_names(lines: Sequence[Line]) -> list[str]:
    """Return names that tell apart what the lines measure, whoever they are about."""
    return _names(lines, metric_name, DIFFERING[1:])


def _names(lines: Sequence[Line], first: Part, parts: Sequence[Part]) -> list[str]:
    """The first part, those of the others in which the lines differ, and a scenario that is not what was."""
    telling = [first, *(part for part in parts if len({part(line) for line in lines}) > 1), _scenario]
    names = [_joined(part(line) for part in telling) for line in lines]
    alike = Counter(zip(names, map(unit_name, lines), strict=True))
    # the length of the periods is told only where nothing else tells two lines apart
    return [
        _joined((name, _frequency(line))) if alike[name, unit_name(line)] > 1 else name
        for name, line in zip(names, lines, strict=True)
    ]


def _joined(words: Iterable[str]) -> str:
    return " · ".join(word for word in words if word)


def period_name(period: Period | None) -> str:
    """Return a period in the window's language."""
    name = period.format(current_code()) if period is not None else ""
    return name or tr("no period")


def value_text(figure: Figure) -> str:
    """Return a figure with its sign of precision."""
    return amount_text(figure.point, current_code())


def flagged_text(figure: Figure) -> str:
    """Return a figure with its flags after it: b for a break, e for an estimate, ≠ for a conflict."""
    status = figure.point.status
    flags = ("" if status == NORMAL else status.lower()) + (CONFLICT if figure.rivals else "")
    return f"{value_text(figure)} {flags}" if flags else value_text(figure)


def value_label(figure: Figure) -> str:
    """Return what stands at a bar's end; a conflict names the other figures."""
    if not figure.rivals:
        return flagged_text(figure)
    others = ", ".join(amount_text(rival, current_code()) for rival in figure.rivals)
    return f"{value_text(figure)} {CONFLICT} {others}"


def bounds_text(figure: Figure) -> str:
    """Return the bounds "67,000–71,000", blank where there are none or the value says them."""
    quantity = figure.point.quantity
    if figure.bounds is None or quantity is None or quantity.value is None:
        return ""
    return format_quantity(Quantity(None, quantity.low, quantity.high, multiplier=quantity.multiplier), current_code())


def panel_title(title: str, unit: str) -> str:
    """Return the heading of an axis: what, and in which unit."""
    return tr("{metric} ({unit})", metric=title, unit=unit) if unit else title


def figure_title(line: Line, figure: Figure) -> str:
    """Return whose figure it is, of what and when."""
    return _joined((entity_name(line), metric_name(line), period_name(figure.point.period)))


def figure_value(line: Line, figure: Figure) -> str:
    """Return the value with its unit and bounds."""
    value, unit, bounds = value_text(figure), unit_name(line), bounds_text(figure)
    whole = f"{value} {unit}".strip()
    return tr("{value} ({bounds})", value=whole, bounds=bounds) if bounds else whole


def figure_qualities(line: Line, figure: Figure) -> str:
    """Return scenario, status, scope, sector and conflict, as far as they say something."""
    point = figure.point
    parts = [_scenario(line), _sector(line), line.scope]
    parts.append(tr(vocabulary.STATUSES.label(point.status)) if point.status != NORMAL else "")
    if figure.rivals:
        others = ", ".join(amount_text(rival, current_code()) for rival in figure.rivals)
        parts.append(tr("competes with {others}", others=others))
    return _joined(parts)


def figure_source(point: Point) -> str:
    """Return where the figure stands."""
    return ", ".join(part for part in (point.source, point.locator) if part) or tr("no source")


def axis_number(amount: float, size: float, word: str, digits: int) -> str:
    """Return a tick's number, counted in the axis' word: 20k, 2만."""
    if amount == 0:
        return "0"
    return number_text(amount / size, digits) + word
