"""What a filter bar holds: one Filter per field, turned into the conditions of a Query and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from storage.domain.query import AllOf, Condition, Not, Query, Where

Mode = Literal["any", "all", "none", "compare"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Values of a field that are wanted (any, all or none of them), or one comparison with an operator."""

    key: str
    mode: Mode
    values: tuple[Any, ...]
    operator: str = "="

    @property
    def condition(self) -> Condition:
        """The filter as a condition."""
        match self.mode:
            case "any":
                return Where(self.key, "in", self.values)
            case "none":
                return Not(Where(self.key, "in", self.values))
            case "all":
                return AllOf(tuple(Where(self.key, "=", value) for value in self.values))
        return Where(self.key, self.operator, *self.values)


Filters = Mapping[str, Filter]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """All that narrows a page: its filters, and a condition of a saved view that no chip can show."""

    filters: Filters
    rest: Condition | None = None

    def conditions(self, *, without: str = "") -> tuple[Condition, ...]:
        """Return the conditions, those of one field left out for the counts in its own choices."""
        own = (f.condition for key, f in self.filters.items() if key != without)
        return (*own, *(() if self.rest is None else (self.rest,)))

    @property
    def active(self) -> bool:
        """Whether anything is narrowed."""
        return bool(self.filters) or self.rest is not None


def narrowing_of(query: Query) -> Narrowing:
    """Return the filters that make up a query's condition; what is no filter stays as it is."""
    parts = query.where.conditions if isinstance(query.where, AllOf) else ((query.where,) if query.where else ())
    filters: dict[str, Filter] = {}
    rest: list[Condition] = []
    for part in parts:
        found = _filter(part)
        if found is None or found.key in filters:
            rest.append(part)
        else:
            filters[found.key] = found
    return Narrowing(filters, _joined(rest))


def _joined(rest: list[Condition]) -> Condition | None:
    if not rest:
        return None
    return rest[0] if len(rest) == 1 else AllOf(tuple(rest))


def _filter(condition: Condition) -> Filter | None:
    match condition:
        case Where(key, "in", values):
            return Filter(key, "any", tuple(values))
        case Not(Where(key, "in", values)):
            return Filter(key, "none", tuple(values))
        case Where(key, operator, value):
            return Filter(key, "compare", () if operator in ("blank", "not blank") else (value,), operator)
        case AllOf(parts):
            return _all(parts)
    return None


def _all(parts: Iterable[Condition]) -> Filter | None:
    wanted = [part for part in parts if isinstance(part, Where) and part.operator == "="]
    keys = {part.field for part in wanted}
    if len(keys) != 1 or len(wanted) != len(tuple(parts)):
        return None
    return Filter(keys.pop(), "all", tuple(part.value for part in wanted))
