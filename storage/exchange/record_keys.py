"""The natural keys of all records of a kind: whom a row without id means, and whose key would be taken twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from storage.catalogue import Catalogue
from storage.exchange.record_rules import NATURAL_KEYS, Key, KeyOf, Values, natural_key


class Keys:
    """Knows what tells the records of a kind from one another; they are read when first asked for."""

    def __init__(self, catalogue: Catalogue, kind: str) -> None:
        self._catalogue = catalogue
        self._kind = kind

    @cached_property
    def _all(self) -> dict[int, Values]:
        names = [*NATURAL_KEYS[self._kind], *(("preferred",) if self._kind == "observation" else ())]
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in self._catalogue.stored_now(self._kind, names)}

    @cached_property
    def by_key(self) -> Mapping[Key, list[int]]:
        """Return the ids of the records by their natural keys."""
        found: dict[Key, list[int]] = defaultdict(list)
        for id, values in self._all.items():
            found[natural_key(self._kind, values)].append(id)
        return found

    def holders(self, key_of: KeyOf, moved: Mapping[int, Key]) -> Mapping[Key, list[int]]:
        """Return who holds each key once the moved records have theirs."""
        found: dict[Key, list[int]] = defaultdict(list)
        for id, key in {**{id: key_of(values) for id, values in self._all.items()}, **moved}.items():
            found[key].append(id)
        return found
