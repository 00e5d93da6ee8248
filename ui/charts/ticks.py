"""Where an axis has ticks and what they say; plain numbers, no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storage.domain.quantities import short_scale
from ui.charts.wording import axis_number
from ui.language import current_code, tr

IN_FULL = 20_000  # axes that end below have their numbers written in full
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
YEAR_ROOM, QUARTER_ROOM, MONTH_ROOM = 46, 62, 62


def nice_step(reach: float, count: float) -> float:
    """Return 1, 2 or 5 times a power of ten so that about `count` steps fill the reach."""
    if reach <= 0 or count <= 0:
        return 1.0
    rough = reach / count
    power = 10.0 ** math.floor(math.log10(rough))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= rough * 0.999), 10 * power)


def amount_ticks(low: float, high: float, size: float, room: float) -> tuple[float, list[float]]:
    """Return the step and the ticks within a reach that takes `size` pixels, `room` for each."""
    step = nice_step(high - low, max(size / room, 1.0))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return step, [n * step for n in range(first, last + 1)]


def amount_labels(values: Sequence[float], step: float) -> list[str]:
    """Return ticks in one word for the whole axis: 0, 500k, 1,000k; 0, 5만, 10만."""
    most = max((abs(value) for value in values), default=0.0)
    word, size = ("", 1.0) if most < IN_FULL else short_scale(most, current_code())
    # 1.5M, 2M needs one digit; the step says how many
    digits = max(0, -math.floor(math.log10(step / size) + 1e-9)) if step > 0 else 0
    return [axis_number(value, size, word, digits) for value in values]


def place_labels(values: Sequence[float], step: float) -> list[str]:
    """Return ticks in full: years and ranks are not counted in thousands."""
    return [f"{value:.0f}" if step >= 1 else f"{value:g}" for value in values]


def period_ticks(low: float, high: float, size: float, finest: float) -> tuple[float, list[float]]:
    """Return the step in years and the middles of the periods that get a tick; `finest` is the shortest period."""
    room = size / max(high - low, 1e-9)
    for step, least in ((1 / 12, MONTH_ROOM), (1 / 4, QUARTER_ROOM)):
        if finest <= step * 1.1 and room * step >= least:
            first, last = math.ceil(low / step - 0.5), math.floor(high / step - 0.5)
            return step, [(n + 0.5) * step for n in range(first, last + 1)]
    years = next((step for step in YEAR_STEPS if room * step >= YEAR_ROOM), YEAR_STEPS[-1])
    first, last = math.ceil((low - 0.5) / years), math.floor((high - 0.5) / years)
    return float(years), [n * years + 0.5 for n in range(first, last + 1)]


def period_labels(values: Sequence[float], step: float) -> list[str]:
    """Return what the ticks say: 2015, 2015 Q2 or 2015-06."""
    if step >= 1:
        return [str(math.floor(value)) for value in values]
    return [_part(value, step) for value in values]


def _part(value: float, step: float) -> str:
    year = math.floor(value)
    part = math.floor((value - year) / step) + 1
    if step < 0.2:
        return f"{year}-{part:02}"
    return tr("{year} Q{quarter}", year=year, quarter=part)


def name_step(count: int, size: float, room: float) -> int:
    """Return every how many-th name fits beside the others."""
    return max(1, math.ceil(count * room / max(size, 1.0)))


def spread(wanted: Sequence[float], height: float, low: float, high: float) -> list[float]:
    """Return positions near the wanted ones, `height` apart and within the bounds, in the order given.

    Labels that want the same place share the way: the whole group is centred on its mean.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    groups: list[list[int]] = []
    tops: list[float] = []
    for index in order:
        groups.append([index])
        tops.append(_top([wanted[index]], height, low, high))
        while len(groups) > 1 and tops[-2] + len(groups[-2]) * height > tops[-1]:
            last = groups.pop()
            groups[-1] += last
            tops.pop()
            tops[-1] = _top([wanted[i] for i in groups[-1]], height, low, high)
    places = [0.0] * len(wanted)
    for group, top in zip(groups, tops, strict=True):
        for n, index in enumerate(group):
            places[index] = top + (n + 0.5) * height
    return places


def _top(wanted: Sequence[float], height: float, low: float, high: float) -> float:
    whole = len(wanted) * height
    centred = sum(wanted) / len(wanted) - whole / 2
    return max(low, min(centred, high - whole))
