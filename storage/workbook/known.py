"""Tables that were read before: which columns of a new edition they know, also where a header or a year changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from storage.domain.text import Text, msg
from storage.workbook.profile import names_period
from storage.workbook.roles import ColumnRole, is_value, value_parts, value_role
from storage.workbook.sheet import column_letters
from storage.workbook.units import split_unit

RENAMED = 60.0  # least likeness of two headers that may be one under another name
UNSURE = 0.5
LIKELY = 0.3  # least likeness of a table whose roles are asked at all
_AS_BEFORE = msg("As in the recipe.")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def lasting_header(header: str) -> str:
    """A header without case, blanks and years; "@" where it is a period."""
    plain = " ".join(_YEAR.sub("#", header).casefold().split())
    return "@" if names_period(plain) or names_period(header) else plain


def key_of(column: ColumnRole, columns: Sequence[ColumnRole]) -> str:
    """The header of a column where it tells it from the others, else its letters."""
    alike = Counter(other.header for other in columns)
    return column.header if column.header and alike[column.header] == 1 else column_letters(column.index)


@dataclass(frozen=True)
class Given:
    """A role that a known table gives to a column, why and how sure."""

    role: str
    reason: Text = _AS_BEFORE
    confidence: float = 1.0


@dataclass(frozen=True)
class KnownTable:
    """A table as it was read: its headers from left to right, and the roles by header, or by letters without one."""

    headers: tuple[str, ...]
    roles: Mapped[str, str]

    @property
    def lasting(self) -> frozenset[str]:
        """The headers as a later edition has them."""
        return frozenset(lasting_header(header) for header in self.headers if header)

    def likeness(self, lasting: frozenset[str]) -> float:
        """How many of its own and of other lasting headers are the same, from 0 to 1."""
        return len(self.lasting & lasting) / len(self.lasting | lasting) if self.lasting | lasting else 0.0

    def unknown(self, columns: Sequence[ColumnRole]) -> tuple[ColumnRole, ...]:
        """The columns whose header it does not know; another year is no other header."""
        known = self.lasting | {lasting_header(key) for key in self.roles}
        return tuple(column for column in columns if column.header and lasting_header(column.header) not in known)

    def gone(self, columns: Sequence[ColumnRole]) -> tuple[str, ...]:
        """Its headers that are not there any more."""
        there = {lasting_header(column.header) for column in columns}
        return tuple(header for header in self.headers if header and lasting_header(header) not in there)

    def given(self, columns: Sequence[ColumnRole]) -> dict[str, Given]:
        """The roles that it gives, by the key of each column; what it does not know is left to the guess."""
        same = [column.header for column in columns] == list(self.headers)
        found: dict[str, Given] = {}
        for column in columns:
            key = key_of(column, columns)
            role = self._role(column, key, same=same)
            if role:
                found[key] = Given(role)
        return found | self._renamed(columns)

    def _role(self, column: ColumnRole, key: str, *, same: bool) -> str:
        """The role of a column, "" when the table does not tell; letters count only where nothing moved."""
        if key in self.roles and (same or key == column.header):
            return self.roles[key]
        lasting = lasting_header(column.header) if column.header else ""
        alike = {self.roles[header] for header in self.roles if lasting and lasting_header(header) == lasting}
        if lasting == "@" or any(value_parts(role)[1] for role in alike):
            metrics = {value_parts(role)[0] for role in alike if is_value(role)}
            later = column.holds_values and column.period and len(metrics) == 1
            return value_role(metrics.pop(), column.period) if later else ""
        return alike.pop() if len(alike) == 1 else ""

    def _renamed(self, columns: Sequence[ColumnRole]) -> dict[str, Given]:
        """Roles of headers that are gone, for new ones that are nearly the same."""
        left, found = list(self.gone(columns)), {}
        for column in self.unknown(columns):
            likest = max(left, key=lambda old: _alike(old, column.header), default="")
            if not likest or _alike(likest, column.header) < RENAMED or likest not in self.roles:
                continue
            left.remove(likest)
            reason = msg("The header is new; in the recipe it may be “{header}”.", header=likest)
            found[key_of(column, columns)] = Given(self.roles[likest], reason, UNSURE)
        return found


def _alike(old: str, new: str) -> float:
    first, second = (split_unit(" ".join(header.casefold().split()))[0] for header in (old, new))
    held = RENAMED if min(len(first), len(second)) > 1 and (first in second or second in first) else 0.0
    return max(held, fuzz.ratio(first, second), fuzz.ratio(old.casefold(), new.casefold()))


def best_known(tables: Sequence[KnownTable], columns: Sequence[ColumnRole]) -> KnownTable | None:
    """The known table that is most like some columns, None when none is."""
    lasting = frozenset(lasting_header(column.header) for column in columns if column.header)
    found = max(tables, key=lambda table: table.likeness(lasting), default=None)
    return found if found is not None and found.likeness(lasting) >= LIKELY else None


def as_given(columns: tuple[ColumnRole, ...], given: Mapped[str, Given]) -> tuple[ColumnRole, ...]:
    """The columns with the reasons and the sureness of what a known table gave."""
    told = {key_of(column, columns): column for column in columns}
    marked = {
        column.index: replace(column, reason=given[key].reason, confidence=given[key].confidence)
        for key, column in told.items()
        if key in given
    }
    return tuple(marked.get(column.index, column) for column in columns)
