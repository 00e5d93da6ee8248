"""How a workbook was read, kept in the catalogue so that its next edition opens ready mapped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from storage.catalogue import Catalogue
from storage.domain.changes import insert, update
from storage.domain.proposal import Item, Outcome
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange.sources import Sources
from storage.workbook.mapping import Mapping


@dataclass(frozen=True)
class Recipe:
    """The mappings of a workbook's sheets under a name; `id` and `source_id` where the catalogue knows it."""

    name: str
    fingerprint: str
    mappings: tuple[Mapping, ...]
    id: int | None = None
    source_id: int | None = None

    @property
    def definition(self) -> str:
        """The mappings as JSON text."""
        return json.dumps([mapping.to_json() for mapping in self.mappings], ensure_ascii=False, sort_keys=True)


def recipe_of(name: str, mappings: Sequence[Mapping]) -> Recipe:
    """Return the recipe for mappings that were just made."""
    return Recipe(name, fingerprint_of(mappings), tuple(mappings))


def fingerprint_of(mappings: Sequence[Mapping]) -> str:
    """Return what tells one layout of headers from another."""
    return "|".join(mapping.fingerprint for mapping in mappings)


def recipe_named(catalogue: Catalogue, name: str) -> Recipe:
    """Return the recipe of that name; raise InvalidInput when there is none, naming those that there are."""
    found = _load(catalogue, Query("recipe", Where("name", "=", name)))
    if found is None:
        known = ", ".join(row[1] for row in catalogue.stored(Query("recipe"), ("name",))) or "–"
        raise InvalidInput(msg("There is no recipe “{name}”; known are: {known}.", name=name, known=known))
    return found


def recipe_for(catalogue: Catalogue, fingerprint: str) -> Recipe | None:
    """Return the recipe by which a workbook with these headers was read before."""
    return _load(catalogue, Query("recipe", Where("fingerprint", "=", fingerprint)))


def _load(catalogue: Catalogue, query: Query) -> Recipe | None:
    rows = catalogue.stored(query, ("name", "fingerprint", "definition", "source_id"))
    if not rows:
        return None
    id, name, fingerprint, definition, source = rows[-1]
    mappings = tuple(Mapping.from_json(data) for data in json.loads(definition))
    return Recipe(name, fingerprint, mappings, id, source)


def propose_recipe(catalogue: Catalogue, recipe: Recipe, sources: Sources) -> list[Item]:
    """Return the item that keeps the recipe, or says that it is kept already."""
    known = recipe_for(catalogue, recipe.fingerprint) if recipe.id is None else recipe
    source = sources.main
    values = {"name": recipe.name, "fingerprint": recipe.fingerprint, "definition": recipe.definition}
    if known is None or known.id is None:
        change = insert("recipe", values | {"source_id": source})
        return [Item(0, "recipe", Outcome.NEW, recipe.name, "", "", "", take=(change,))]
    stored = catalogue.stored(Query("recipe", Where("id", "in", (known.id,))), ("name", "fingerprint", "definition"))
    before = dict(zip(("name", "fingerprint", "definition"), stored[0][1:], strict=True))
    if before == values:
        return [Item(0, "recipe", Outcome.SAME, recipe.name, "", "", "")]
    change = update("recipe", known.id, before, values)
    return [Item(0, "recipe", Outcome.CHANGED, recipe.name, "", "", "", take=(change,))]
