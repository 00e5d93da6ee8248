"""What a reader must mind when figures stand side by side, as sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.domain.comparison import Comparison, Line
from storage.domain.fields import Ref
from storage.domain.periods import Period
from storage.domain.quantities import format_quantity
from storage.domain.summary import Point
from storage.domain.text import Text, msg
from storage.domain.vocabulary import STATUSES

SHOWN = 4  # sentences of one sort before the rest is only counted


@dataclass(frozen=True, slots=True)
class Caveat:
    """One sentence; `mind` may mislead who does not know it, `info` explains what is seen."""

    tone: Literal["mind", "info"]
    text: Text


def caveats(comparison: Comparison, language: str) -> tuple[Caveat, ...]:
    """Return what must be known about the figures, however they are drawn; names are in the language."""
    mind = (_units, _scopes, _statistical_units, _natures, _lengths, _breaks, _conflicts, _relative)
    info = (_approximate, _missing, _scenarios, _flags)
    return (
        *(Caveat("mind", text) for find in mind for text in _few(find(comparison, language))),
        *(Caveat("info", text) for find in info for text in find(comparison, language)),
    )


def _few(texts: Sequence[Text]) -> list[Text]:
    if len(texts) <= SHOWN:
        return list(texts)
    return [*texts[: SHOWN - 1], msg("And the same for {n} more.", n=len(texts) - SHOWN + 1)]


def _names(refs: Iterable[Ref | None], language: str) -> str:
    return ", ".join(dict.fromkeys(ref.label(language) for ref in refs if ref is not None))


def _period(period: Period | None, language: str) -> str:
    return period.format(language) if period is not None else "–"


def _by_metric(comparison: Comparison) -> list[tuple[Ref, list[Line]]]:
    groups: dict[int, list[Line]] = defaultdict(list)
    for line in comparison.lines:
        groups[line.metric.id].append(line)
    return [(lines[0].metric, lines) for lines in groups.values()]


def _units(comparison: Comparison, language: str) -> list[Text]:
    found = []
    for metric, lines in _by_metric(comparison):
        units = {line.unit.id if line.unit else 0: line.unit for line in lines}
        if len(units) > 1:
            names = _names(units.values(), language)
            found.append(
                msg("“{metric}” is given in different units ({units}): each has an axis of its own.",
                    metric=metric.label(language), units=names)
            )  # fmt: skip
    return found


def _scopes(comparison: Comparison, language: str) -> list[Text]:
    found = []
    for metric, lines in _by_metric(comparison):
        scopes = list(dict.fromkeys(line.scope for line in lines))
        if len(scopes) > 1:
            found.append(
                msg("“{metric}”: the scope differs ({scopes}). Figures of different scope are not joined.",
                    metric=metric.label(language), scopes="; ".join(scope or "–" for scope in scopes))
            )  # fmt: skip
    return found


def _pairs(comparison: Comparison, fact: Callable[[int], str]) -> Iterable[tuple[Ref, str, Ref, str]]:
    """Metrics that share a unit but not the fact, two by two."""
    by_unit: dict[int | None, dict[int, Ref]] = defaultdict(dict)
    for line in comparison.lines:
        by_unit[line.unit.id if line.unit else None][line.metric.id] = line.metric
    for metrics in by_unit.values():
        first, *others = metrics.values()
        for other in others:
            a, b = fact(first.id), fact(other.id)
            if a and b and a != b:
                yield first, a, other, b


def _statistical_units(comparison: Comparison, language: str) -> list[Text]:
    return [
        msg("“{first}” counts {what}, “{second}” counts {other}: they do not add up.",
            first=a.label(language), what=counted, second=b.label(language), other=also)
        for a, counted, b, also in _pairs(comparison, lambda id: comparison.facts_of(id).statistical_unit)
    ]  # fmt: skip


def _natures(comparison: Comparison, language: str) -> list[Text]:
    return [
        msg("“{first}” and “{second}” share a unit, but one is a stock and one a flow.",
            first=a.label(language), second=b.label(language))
        for a, nature, b, other in _pairs(comparison, comparison.nature)
        if {nature, other} == {"stock", "flow"}
    ]  # fmt: skip


def _lengths(comparison: Comparison, language: str) -> list[Text]:
    found = []
    for metric, lines in _by_metric(comparison):
        if len({line.frequency for line in lines if line.frequency}) > 1:
            found.append(
                msg("“{metric}” is given for periods of different length; these are not joined.",
                    metric=metric.label(language))
            )  # fmt: skip
    return found


def _breaks(comparison: Comparison, language: str) -> list[Text]:
    return [
        msg("{record}: break in “{metric}” at {period}. {reason}",
            record=line.entity.label(language), metric=line.metric.label(language),
            period=_period(figure.point.period, language),
            reason=figure.point.note or msg("Before and after do not compare."))
        for line in comparison.lines for figure in line.figures if figure.broken
    ]  # fmt: skip


def _conflicts(comparison: Comparison, language: str) -> list[Text]:
    found = []
    for line in comparison.lines:
        for figure in line.figures:
            if figure.rivals:
                values: dict[str, object] = {
                    "record": line.entity.label(language), "metric": line.metric.label(language),
                    "period": _period(figure.point.period, language), "shown": amount_text(figure.point, language),
                    "others": ", ".join(amount_text(rival, language) for rival in figure.rivals),
                }  # fmt: skip
                found.append(_conflict(figure.point.preferred, values))
    return found


def _conflict(decided: bool, values: dict[str, object]) -> Text:
    if decided:
        return msg("{record}, “{metric}”, {period}: {shown} is preferred to {others}.", **values)
    return msg("{record}, “{metric}”, {period}: {shown} and {others} compete; none is preferred yet.", **values)


def _relative(comparison: Comparison, language: str) -> list[Text]:
    return [
        msg("{record}: “{metric}” is known only relative to a base ({change}, {period}); there is no level to draw.",
            record=series.entity.label(language), metric=series.metric.label(language),
            change=amount_text(point, language), period=_period(point.period, language))
        for series, point in comparison.relative
    ]  # fmt: skip


def _approximate(comparison: Comparison, language: str) -> list[Text]:
    count = sum(figure.approximate for line in comparison.lines for figure in line.figures)
    if not count:
        return []
    return [msg("Approximate figures: {n}. Hollow marks; whiskers where the source gives bounds.", n=count)]


def _missing(comparison: Comparison, language: str) -> list[Text]:
    count = len(comparison.missing)
    return [msg("Known to be missing: {n}. They are gaps, not zeros.", n=count)] if count else []


def _scenarios(comparison: Comparison, language: str) -> list[Text]:
    if all(line.scenario == "actual" for line in comparison.lines):
        return []
    return [msg("Targets, forecasts and other scenarios are drawn pale and hollow, apart from what was.")]


def _flags(comparison: Comparison, language: str) -> list[Text]:
    """What the letters behind the figures mean, of those that occur."""
    found = {figure.point.status for line in comparison.lines for figure in line.figures}
    return [
        msg("{flag}: {status}", flag=status.lower(), status=STATUSES.label(status)) for status in sorted(found - {"A"})
    ]


def amount_text(point: Point, language: str) -> str:
    """Return a figure as a person reads it, with the sign of a ratio where it is one."""
    if point.quantity is None:
        return point.text or "–"
    written = format_quantity(point.quantity, language)
    return f"× {written}" if point.measure == "ratio to base" else written
