"""What a relation picker offers: the records that the words in it may mean."""

from __future__ import annotations

from collections.abc import Callable
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


def record_chooser(catalogue: Catalogue) -> Callable[[str, str], list[Ref]]:
    """Return `choose(kind, words)` for `editor_for`: the best records first, for no words the first ones by name."""

    def choose(kind: str, words: str) -> list[Ref]:
        ids = _found(catalogue, kind, words) if words and kind in INDEXED else _listed(catalogue, kind, words)
        refs = catalogue.refs(kind, ids)
        return [refs[id] for id in ids if id in refs]

    return choose


def _found(catalogue: Catalogue, kind: str, words: str) -> list[int]:
    return [hit.id for hit in catalogue.search(words, OFFERED, INDEXED[kind])]


def _listed(catalogue: Catalogue, kind: str, words: str) -> list[int]:
    if kind == "entity":
        # any of all records is no offer
        return []
    query = Query(kind, order=(Order(NAMED_BY.get(kind, "name")),), text=words)
    return [int(id) for id in catalogue.ids(query)[:OFFERED]]
