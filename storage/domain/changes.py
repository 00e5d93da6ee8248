"""Writes as plain data, and the revisions that they become."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from storage.domain.text import Text

Action = Literal["insert", "update", "delete"]


@dataclass(frozen=True, slots=True)
class Change:
    """One record made, changed or deleted; values are by stored column.

    A new record may carry a negative id of the writer's choice, by which other changes of the same set refer to it. A
    deleted record comes back under its old id when that is among its values, as `id`.
    """

    kind: str
    id: int
    action: Action
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def insert(kind: str, values: dict[str, Any], id: int = 0) -> Change:
    """Make a record; give it a negative id when other changes of the set refer to it."""
    return Change(kind, id, "insert", {}, values)


def update(kind: str, id: int, before: dict[str, Any], after: dict[str, Any]) -> Change:
    """Change fields of a record; `before` is what the writer saw and is checked."""
    return Change(kind, id, "update", before, after)


def delete(kind: str, id: int) -> Change:
    """Delete a record with all that hangs on it."""
    return Change(kind, id, "delete")


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that are applied together or not at all."""

    changes: tuple[Change, ...]

    @staticmethod
    def of(changes: Iterable[Change]) -> ChangeSet:
        """Gather changes."""
        return ChangeSet(tuple(changes))


@dataclass(frozen=True, slots=True)
class Revision:
    """An applied change set; `at` is ISO time in UTC, `target` the revision that an undo or redo takes back."""

    id: int
    text: Text
    author: str
    at: str
    kind: Literal["edit", "import", "undo", "redo"]
    target: int | None = None
    change_count: int = 0
    tables: frozenset[str] = frozenset()
    new_ids: dict[int, int] = field(default_factory=dict, compare=False)

    @property
    def label(self) -> str:
        """The label in English."""
        return str(self.text)

    def touches(self, *kinds: str) -> bool:
        """Whether records of one of the kinds moved."""
        return not self.tables.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record in one revision, for a person to read."""

    revision: Revision
    kind: str
    record_id: int
    title: str
    action: Action
    column: str
    before: Any
    after: Any
