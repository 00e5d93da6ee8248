"""What a relation picker offers: the records that the words in it may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.domain.fields import Ref
from storage.domain.query import Order, Query

if TYPE_CHECKING:
    from storage.catalogue import Catalogue

OFFERED = 30
# these are in the search index, with aliases and spellings; all others are found by their own words
INDEXED = {
    "entity": ("cluster", "organisation", "region"),
    "cluster": ("cluster",),
    "organisation": ("organisation",),
    "region": ("region",),
    "metric": ("metric",),
    "source": ("source",),
}
NAMED_BY = {"source": "title", "passage": "locator"}


class Chooser:
    """Finds records of a kind for `editor_for`: the best first, without words the first ones by name."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, kind: str, words: str) -> list[Ref]:
        """Return the records to offer."""
        ids = self._found(kind, words) if words.strip() and kind in INDEXED else self._listed(kind, words)
        refs = self._catalogue.refs(kind, ids)
        return [refs[id] for id in ids if id in refs]

    def named(self, kind: str, name: str) -> Ref | None:
        """Return the only record that bears exactly this name, None when there is none or there are several."""
        wanted = name.strip().casefold()
        found = [ref for ref in self(kind, name) if wanted in (ref.name.casefold(), ref.name_ko.casefold())]
        return found[0] if len(found) == 1 else None

    def _found(self, kind: str, words: str) -> list[int]:
        return [hit.id for hit in self._catalogue.search(words, OFFERED, INDEXED[kind])]

    def _listed(self, kind: str, words: str) -> list[int]:
        if kind == "entity":
            # any of all records is no offer
            return []
        query = Query(kind, order=(Order(NAMED_BY.get(kind, "name")),), text=words)
        return [int(id) for id in self._catalogue.ids(query)[:OFFERED]]
