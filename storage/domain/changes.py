"""Writes as plain data, and the revisions that they become."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
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
class NewRecords:
    """Records of one kind to be made, by stored column; nothing in the same set refers to them."""

    kind: str
    columns: Mapping[str, Sequence[Any]]

    @staticmethod
    def of(kind: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> NewRecords:
        """Turn rows of values into columns."""
        return NewRecords(kind, dict(zip(names, zip(*rows, strict=True), strict=False)))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def within(self, made: Collection[int]) -> NewRecords:
        """Leave out the records that refer to a new record (a negative id) that is not among those."""
        references = [column for name, column in self.columns.items() if name.endswith("_id")]
        needed = {id for column in references for id in set(column) if id is not None and id < 0}
        if not (lost := needed.difference(made)):
            return self
        kept = [lost.isdisjoint(ids) for ids in zip(*references, strict=True)]
        return NewRecords(self.kind, {name: tuple(compress(column, kept)) for name, column in self.columns.items()})


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that are applied together or not at all; `new` records are made after them."""

    changes: tuple[Change, ...]
    new: NewRecords | None = None

    def __bool__(self) -> bool:
        return bool(self.changes or self.new)

    @staticmethod
    def of(changes: Iterable[Change], new: NewRecords | None = None) -> ChangeSet:
        """Gather changes."""
        return ChangeSet(tuple(changes), new)


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
