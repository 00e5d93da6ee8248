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


def merge(
    groups: Sequence[Group],
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    unsaid: Callable[[TidyColumn], bool],
) -> Merged:
    """Merge the fields of a record, each as a whole; columns of which the workbook says nothing are not edited."""
    found = Merged()
    for group in groups:
        said = [column.key for column in group if column.key in theirs and not unsaid(column)]
        edited = any(not alike(base.get(key), theirs[key]) for key in said)
        drifted = any(not alike(base.get(column.key), ours.get(column.key)) for column in group)
        unlike = [key for key in said if not alike(ours.get(key), theirs[key])]
        if edited and not drifted:
            found.edits |= {key: theirs[key] for key in unlike}
        elif edited and unlike:
            found.contested.append(group)
        elif drifted and not edited:
            found.drifted.append(group)
    return found
