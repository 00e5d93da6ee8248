"""The board on which the guess is made: columns, their words, and the roles given so far."""

from __future__ import annotations

from collections.abc import Sequence

from storage.domain.text import Text
from storage.workbook import words
from storage.workbook.profile import Profile
from storage.workbook.roles import ColumnRole, is_value


class Board:
    """Columns of one table; each step gives roles to some that are still free."""

    def __init__(self, columns: Sequence[Profile]) -> None:
        self.columns = list(columns)
        self.words = words.without_type_marks([words.words(_named(column)) for column in columns])
        self.roles: dict[int, ColumnRole] = {}

    def free(self) -> list[Profile]:
        """Columns without a role."""
        return [column for column in self.columns if column.index not in self.roles]

    def give(self, column: Profile, role: str, confidence: float, reason: Text) -> None:
        """Give a role to a column."""
        self.roles[column.index] = ColumnRole(column.index, column.header, role, confidence, reason)

    def put(self, role: ColumnRole) -> None:
        """Set a role that is already complete."""
        self.roles[role.index] = role

    def with_role(self, *roles: str) -> list[Profile]:
        """Columns that have one of the roles."""
        return [c for c in self.columns if c.index in self.roles and self.roles[c.index].role in roles]

    def value_columns(self) -> list[Profile]:
        """Columns whose cells are figures."""
        return [c for c in self.columns if c.index in self.roles and is_value(self.roles[c.index].role)]

    def words_of(self, column: Profile) -> list[str]:
        """Words of a column's header without endings that mark a type."""
        return self.words[column.index]

    def says(self, column: Profile, *sets: frozenset[str]) -> bool:
        """Whether some word of the header is in one of the sets."""
        return any(not group.isdisjoint(self.words[column.index]) for group in sets)


def _named(column: Profile) -> str:
    """The header without a part that is only a unit: "Firms" over "(number)"."""
    return " / ".join(part for part in column.parts if part[:1] not in "([（" or len(column.parts) == 1)


def companions(first: Profile, second: Profile) -> float:
    """Average count of different texts of `second` beside one text of `first`."""
    pairs = {(a, b) for a, b in zip(first.texts, second.texts, strict=True) if a and b}
    alone = {a for a, _ in pairs}
    return len(pairs) / len(alone) if alone else 0.0


def repeats(columns: Sequence[Profile], rows: Sequence[int]) -> int:
    """How many of the rows repeat the texts of an earlier one in all columns."""
    keys = [tuple(column.texts[row] for column in columns) for row in rows]
    return len(keys) - len(set(keys))
