"""Which line wears which colour: a record keeps its colour in every chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.domain.comparison import Line
from ui.charts.plan import Entry
from ui.charts.wording import kind_names, line_names

Looks = Mapping[int, int]


def line_entries(lines: Sequence[Line], looks: Looks) -> list[Entry]:
    """Return an entry for each line: one colour a record, variants of it for further lines of the same record.

    Where all lines are of one record, colour tells what they measure.
    """
    alone = len({line.entity.id for line in lines}) == 1
    seen: dict[int, int] = {}
    entries = []
    for place, (line, name) in enumerate(zip(lines, line_names(lines), strict=True)):
        variant = seen.get(line.entity.id, 0)
        seen[line.entity.id] = variant + 1
        pale = line.scenario != "actual"
        if alone and len(lines) > 1:
            entries.append(Entry(name, place, 0, pale))
        else:
            entries.append(Entry(name, looks.get(line.entity.id, place), variant, pale))
    return entries


def kind_entries(kinds: Sequence[Line]) -> list[Entry]:
    """Return an entry for each thing measured; `kinds` holds one line of each."""
    named = zip(kinds, kind_names(kinds), strict=True)
    return [Entry(name, n, 0, line.scenario != "actual") for n, (line, name) in enumerate(named)]
