"""One record merged field by field: what the workbook changed, what changed here since, and where both did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.exchange.record_rules import Values, alike
from storage.workbook.tidy_columns import TidyColumn

Group = tuple[TidyColumn, ...]


@dataclass
class Merged:
    """What came of a record: columns to write, fields on which both sides differ, fields that changed here alone."""

    edits: Values = field(default_factory=dict)
    contested: list[Group] = field(default_factory=list)
    drifted: list[Group] = field(default_factory=list)

    def contest(self, groups: Sequence[Group]) -> None:
        """Have somebody decide on every field that was to be written."""
        edited = [group for group in groups if any(column.key in self.edits for column in group)]
        self.contested, self.edits = [*self.contested, *edited], {}


def merge(
    groups: Sequence[Group],
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    unsaid: Callable[[TidyColumn], bool],
) -> Merged:
    """Merge the fields of a record, each as a whole; columns of which the workbook says nothing are not edited."""
    edited = _unlike(base, theirs)
    drifted = set() if base is ours else _unlike(base, ours)
    found = Merged()
    for group in groups if edited or drifted else ():
        own = [column for column in group if column.key in edited and not unsaid(column)]
        moved = any(column.key in drifted for column in group)
        if own and not moved:
            found.edits |= {column.key: theirs[column.key] for column in own}
        elif own and _contested(group, ours, theirs, unsaid):
            found.contested.append(group)
        elif moved and not own:
            found.drifted.append(group)
    return found


def _unlike(left: Mapping[str, Any], right: Mapping[str, Any]) -> set[str]:
    """Return the columns of the right side in which the left one differs."""
    return {key for key, value in right.items() if left.get(key) != value and not alike(left.get(key), value)}


def _contested(
    group: Group, ours: Mapping[str, Any], theirs: Mapping[str, Any], unsaid: Callable[[TidyColumn], bool]
) -> bool:
    said = (column for column in group if column.key in theirs and not unsaid(column))
    return any(not alike(ours.get(column.key), theirs[column.key]) for column in said)
