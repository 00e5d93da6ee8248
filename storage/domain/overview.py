"""What there is in a proposal, counted once, so that a review of very many items is quick to show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.domain.proposal import Decision, Item, Outcome

PROVENANCE = ("source", "passage", "recipe")
ColumnKey = tuple[str, str]


@dataclass(frozen=True)
class Overview:
    """The items apart from their `provenance` (source, passage and recipe, written along with the figures).

    `counts` are of all items by kind and outcome, `doubtful` by kind, `conflicts` by kind and column.
    """

    listed: tuple[Item, ...]
    provenance: tuple[Item, ...]
    counts: Mapping[tuple[str, Outcome], int]
    doubtful: Mapping[str, int]
    conflicts: Mapping[ColumnKey, tuple[Item, ...]]
    of_three: bool

    @classmethod
    def of(cls, items: Iterable[Item]) -> Overview:
        """Look at every item."""
        listed: list[Item] = []
        provenance: list[Item] = []
        conflicts: dict[ColumnKey, list[Item]] = defaultdict(list)
        for item in items:
            (provenance if item.kind in PROVENANCE and not item.cell else listed).append(item)
            if item.outcome is Outcome.CONFLICT:
                conflicts[column_of(item)].append(item)
        every = [item for found in conflicts.values() for item in found]
        return cls(
            tuple(listed),
            tuple(provenance),
            Counter((item.kind, item.outcome) for item in (*listed, *provenance)),
            Counter(item.kind for item in listed if item.doubts),
            {key: tuple(found) for key, found in conflicts.items()},
            any(Decision.BASE in item.decisions for item in every),
        )


def column_of(item: Item) -> ColumnKey:
    """Return the column of the workbook in which an item stands: a field of its kind, else its metric."""
    return (item.kind, item.column or item.metric)
