"""How a workbook was read, kept in the catalogue so that its next edition opens ready mapped."""

from __future__ import annotations

import json
from collections import Counter
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
from storage.workbook.sheet import column_letters


@dataclass(frozen=True)
class Recipe:
    """How a workbook is read, under a name; `id` and `source_id` where the catalogue keeps it already."""

    name: str
    fingerprint: str
    mappings: tuple[Mapping, ...]
    id: int | None = None
    source_id: int | None = None

    @property
    def definition(self) -> str:
        """What the next edition is read by, as JSON: roles by header (by letters where it is no name) and constants."""
        first = self.mappings[0]
        headers = Counter(column.header for column in first.columns)
        roles = {
            column.header
            if column.header and headers[column.header] == 1
            else column_letters(column.index): column.role
            for column in first.columns
        }
        kept = {"roles": roles, "constants": first.told}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Remembered:
    """A recipe as the catalogue keeps it."""

    id: int
    name: str
    fingerprint: str
    roles: dict[str, str]
    constants: dict[str, str]
    source_id: int | None


def recipe_of(name: str, mappings: Sequence[Mapping]) -> Recipe:
    """Return the recipe for mappings that were just made."""
    return Recipe(name, fingerprint_of(mappings), tuple(mappings))


def fingerprint_of(mappings: Sequence[Mapping]) -> str:
    """Return what tells one layout of headers from another."""
    return "|".join(mapping.fingerprint for mapping in mappings)


def recipe_named(catalogue: Catalogue, name: str) -> Remembered:
    """Return the recipe of that name; raise InvalidInput when there is none, naming those that there are."""
    found = _load(catalogue, Query("recipe", Where("name", "=", name)))
    if found is None:
        known = ", ".join(row[1] for row in catalogue.stored(Query("recipe"), ("name",))) or "–"
        raise InvalidInput(msg("There is no recipe “{name}”; known are: {known}.", name=name, known=known))
    return found


def recipe_for(catalogue: Catalogue, fingerprint: str) -> Remembered | None:
    """Return the recipe by which a workbook with these headers was read before."""
    return _load(catalogue, Query("recipe", Where("fingerprint", "=", fingerprint)))


def _load(catalogue: Catalogue, query: Query) -> Remembered | None:
    rows = catalogue.stored(query, ("name", "fingerprint", "definition", "source_id"))
    if not rows:
        return None
    id, name, fingerprint, definition, source = rows[-1]
    kept = json.loads(definition)
    return Remembered(id, name, fingerprint, kept["roles"], kept["constants"], source)


def propose_recipe(catalogue: Catalogue, recipe: Recipe, sources: Sources) -> list[Item]:
    """Return the item that keeps the recipe, or says that it is kept already."""
    source = sources.main
    values = {"name": recipe.name, "fingerprint": recipe.fingerprint, "definition": recipe.definition}
    if recipe.id is None:
        change = insert("recipe", values | {"source_id": source})
        return [Item(0, "recipe", Outcome.NEW, recipe.name, "", "", "", take=(change,))]
    stored = catalogue.stored(Query("recipe", Where("id", "in", (recipe.id,))), tuple(values))
    before = dict(zip(values, stored[0][1:], strict=True))
    if before == values:
        return [Item(0, "recipe", Outcome.SAME, recipe.name, "", "", "")]
    change = update("recipe", recipe.id, before, values)
    return [Item(0, "recipe", Outcome.CHANGED, recipe.name, "", "", "", take=(change,))]
