"""The natural keys of all records of a kind: whom a row without id means, and whose key would be taken twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from storage.catalogue import Catalogue
from storage.exchange.record_rules import NATURAL_KEYS, Key, KeyOf, Values, natural_key


class Keys:
    """Knows what tells the records of a kind from one another; they are read when first asked for."""

    def __init__(self, catalogue: Catalogue, kind: str) -> None:
        self._catalogue = catalogue
        self._kind = kind

    @cached_property
    def _names(self) -> list[str]:
        return [*NATURAL_KEYS[self._kind], *(("preferred",) if self._kind == "observation" else ())]

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        return self._catalogue.stored_now(self._kind, self._names)

    def _values(self, row: tuple[Any, ...]) -> Values:
        return dict(zip(self._names, row[1:], strict=True))

    def by_key(self, wanted: Collection[Key]) -> Mapping[Key, list[int]]:
        """Return the ids of the records that have one of the natural keys."""
        found: dict[Key, list[int]] = defaultdict(list)
        plain = self._kind != "observation"  # whose key is not simply its columns
        for row in self._rows:
            key = row[1:] if plain else natural_key(self._kind, self._values(row))
            if key in wanted:
                found[key].append(row[0])
        return found

    def holders(
        self, key_of: KeyOf, moved: Mapping[int, Key], wanted: Collection[Key] | None = None
    ) -> Mapping[Key, list[int]]:
        """Return who holds each of the wanted keys once moved records have theirs; without any, those of the moved."""
        found: dict[Key, list[int]] = defaultdict(list)
        wanted = set(moved.values()) if wanted is None else wanted
        stay = ((row[0], key_of(self._values(row))) for row in self._rows if row[0] not in moved)
        for id, key in (*stay, *moved.items()):
            if key in wanted:
                found[key].append(id)
        return found
