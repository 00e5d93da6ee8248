"""Keeps out what no workbook and no XML can hold: a row with such a character is a finding, not a failing import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from storage.domain.keepable import refuse_illegal
from storage.domain.problem import Problem
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.workbook.staged import EntityName, MetricName, SectorName, Staged, StagedFigure

NAME, PLACE, METRIC, SECTOR = msg("Name"), msg("Place"), msg("Metric"), msg("Sector")
UNIT, SCOPE, NOTE, SOURCE = msg("Unit"), msg("Scope"), msg("Note"), msg("Source")
REMEDY = msg("Delete the character in the workbook, or type the text again.")
Named = EntityName | MetricName | SectorName | None


def legible(staged: Staged) -> Staged:
    """Return the sheet without the rows that hold a character which no workbook can keep; those are problems."""
    names, problems = _Names(), list(staged.problems)

    def keep(cell: str, cause: Text | None) -> bool:
        if cause is not None:
            problems.append(Problem(staged.sheet, cell, cause, REMEDY))
        return cause is None

    rows = [
        row for row in staged.rows
        if (names.are_sound(row) and (row.unit + row.scope + row.note + row.source).isprintable())
        or keep(row.cell, names.trouble(row.entity, row.metric, row.sector) or _trouble(_told(row)))
    ]  # fmt: skip
    fields = [
        one for one in staged.fields if keep(one.cell, names.trouble(one.entity) or _trouble(((NOTE, one.text),)))
    ]
    relations = [one for one in staged.relations if keep(one.cell, names.trouble(one.entity, one.other))]
    if len(problems) == len(staged.problems):
        return staged
    return replace(
        staged, rows=tuple(rows), fields=tuple(fields), relations=tuple(relations), problems=tuple(problems)
    )  # fmt: skip


def _told(row: StagedFigure) -> tuple[tuple[Text, str], ...]:
    return (UNIT, row.unit), (SCOPE, row.scope), (NOTE, row.note), (SOURCE, row.source)


class _Names:
    """Checks each name once; rows share theirs."""

    def __init__(self) -> None:
        self._known: dict[int, Text | None] = {}
        self._sound: set[tuple[int, int, int]] = set()

    def are_sound(self, row: StagedFigure) -> bool:
        """Whether the names of a row can be kept; most rows share theirs with others."""
        key = (id(row.entity), id(row.metric), id(row.sector))
        if key not in self._sound and self.trouble(row.entity, row.metric, row.sector) is None:
            self._sound.add(key)
        return key in self._sound

    def trouble(self, *names: Named) -> Text | None:
        """Return what is wrong with the first name that cannot be kept."""
        return next((cause for name in names if name is not None and (cause := self._of(name))), None)

    def _of(self, name: EntityName | MetricName | SectorName) -> Text | None:
        key = id(name)
        if key not in self._known:
            self._known[key] = _trouble(_texts(name))
        return self._known[key]


def _texts(name: EntityName | MetricName | SectorName) -> Iterator[tuple[Text, str]]:
    match name:
        case EntityName():
            yield from ((NAME, text) for text in (name.name, name.name_ko, name.code))
            if name.parent is not None:
                yield PLACE, name.parent.name
        case MetricName():
            yield METRIC, name.name
        case SectorName():
            yield SECTOR, name.name


def _trouble(texts: Iterable[tuple[Text, str]]) -> Text | None:
    for field, text in texts:
        if text.isprintable():
            continue
        try:
            refuse_illegal(text, field)
        except InvalidInput as error:
            return error.text
    return None
