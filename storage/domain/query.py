"""A question to the catalogue as plain data; the database compiles it to SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """One field compared with one value; `in` takes a tuple."""

    field: str
    operator: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every condition holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the conditions holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition


Condition = Where | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Order:
    """Sort by one field; blanks come last either way."""

    field: str
    down: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Records of one kind that meet a condition and hold the words, in order."""

    kind: str
    where: Condition | None = None
    order: tuple[Order, ...] = field(default=())
    text: str = ""

    def narrowed(self, *conditions: Condition) -> Query:
        """Return the query with further conditions."""
        have = () if self.where is None else (self.where,)
        wanted = (*have, *conditions)
        return replace(self, where=AllOf(wanted) if wanted else None)

    def to_json(self) -> str:
        """Return the query as text for a saved view."""
        order = [[o.field, o.down] for o in self.order]
        return json.dumps({"kind": self.kind, "where": _dump(self.where), "order": order, "text": self.text})

    @staticmethod
    def from_json(text: str) -> Query:
        """Return the query that `to_json` wrote."""
        data = json.loads(text)
        order = tuple(Order(name, down) for name, down in data["order"])
        return Query(data["kind"], _load(data["where"]), order, data["text"])


def _dump(condition: Condition | None) -> Any:
    match condition:
        case None:
            return None
        case Where(name, operator, value):
            return ["where", name, operator, list(value) if isinstance(value, tuple) else value]
        case AllOf(conditions):
            return ["all", *map(_dump, conditions)]
        case AnyOf(conditions):
            return ["any", *map(_dump, conditions)]
        case Not(inner):
            return ["not", _dump(inner)]


def _load(data: Any) -> Condition | None:
    match data:
        case None:
            return None
        case ["where", name, operator, value]:
            return Where(name, operator, tuple(value) if isinstance(value, list) else value)
        case ["all", *inner]:
            return AllOf(_conditions(inner))
        case ["any", *inner]:
            return AnyOf(_conditions(inner))
        case ["not", inner]:
            return Not(_conditions([inner])[0])
    raise ValueError(f"not a condition: {data!r}")


def _conditions(data: Iterable[Any]) -> tuple[Condition, ...]:
    return tuple(found for item in data if (found := _load(item)) is not None)
