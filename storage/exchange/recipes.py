"""How a workbook was read, kept in the catalogue so that its next edition opens ready mapped."""

from __future__ import annotations

import json
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, delete, insert, update
from storage.domain.proposal import Item, Outcome
from storage.domain.query import Order, Query, Where
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.sources import Sources
from storage.workbook.known import KnownTable, best_known, key_of
from storage.workbook.mapping import Mapping

VERSION = 2
FITS = 0.6  # least likeness of headers for which a recipe is taken although some changed
COMMON = 3  # least number of headers in common, so that "region, year, value" is no recipe for everything
_FIELDS = ("name", "fingerprint", "definition", "source_id")


@dataclass(frozen=True)
class Remembered:
    """A recipe as the catalogue keeps it.

    `layout` is what a person said of where the tables lie: sheet, header_row (from 1), area.
    """

    id: int
    name: str
    fingerprint: str
    tables: tuple[KnownTable, ...]
    constants: dict[str, str]
    source_id: int | None
    layout: Mapped[str, Any] = field(default_factory=dict)

    def likeness(self, mappings: Sequence[Mapping]) -> float:
        """Which share of its headers and of those that are there are the same; 0 where these are too few."""
        headers = frozenset[str]().union(*(mapping.lasting_headers for mapping in mappings))
        mine = frozenset[str]().union(*(table.lasting for table in self.tables))
        return len(mine & headers) / max(len(mine), len(headers)) if len(mine & headers) >= COMMON else 0.0


@dataclass(frozen=True)
class Recipe:
    """How a workbook is read, under a name; `before` is what the catalogue keeps of it already.

    `unknown` are the columns, by sheet and place, that the recipe did not know; `gone` its headers that are missing.
    """

    name: str
    fingerprint: str
    mappings: tuple[Mapping, ...]
    before: Remembered | None = None
    layout: Mapped[str, Any] = field(default_factory=dict)
    unknown: frozenset[tuple[str, int]] = frozenset()
    gone: tuple[str, ...] = ()

    @property
    def id(self) -> int | None:
        """The record's id, None where the catalogue does not keep it yet."""
        return self.before.id if self.before else None

    @property
    def source_id(self) -> int | None:
        """The source that its figures came from."""
        return self.before.source_id if self.before else None

    @property
    def tables(self) -> tuple[KnownTable, ...]:
        """Every table with its roles, and those that were known before under headers that are gone."""
        old = self.before.tables if self.before else ()
        found = [_table_of(mapping, best_known(old, mapping.columns)) for mapping in self.mappings]
        there = {table.lasting for table in found}
        kept = (table for table in old if not any(table.lasting & lasting for lasting in there))
        return (*_distinct(found), *kept)

    @property
    def definition(self) -> str:
        """What the next edition is read by, as JSON."""
        constants = dict(self.mappings[0].told)
        return definition_of(self.tables, constants, self.layout)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What a person should see because the headers changed since the last edition."""
        if not self.unknown and not self.gone:
            return ()
        new = [_header(self.mappings, sheet, place) for sheet, place in sorted(self.unknown)]
        found = [msg("Most headers are those of the recipe “{name}”, so it is used.", name=self.name)]
        if new:
            found.append(msg("New since then: {headers}. See what they mean.", headers=", ".join(dict.fromkeys(new))))
        if self.gone:
            found.append(msg("No longer there: {headers}.", headers=", ".join(self.gone)))
        return tuple(found)


def _header(mappings: Sequence[Mapping], sheet: str, place: int) -> str:
    return next(c.header for m in mappings if m.sheet == sheet for c in m.columns if c.index == place)


def _table_of(mapping: Mapping, old: KnownTable | None) -> KnownTable:
    """A table as it is read now; headers that are gone keep their roles for an older edition."""
    headers = tuple(column.header for column in mapping.columns)
    roles = {key_of(column, mapping.columns): column.role for column in mapping.columns}
    former = {header: old.roles[header] for header in old.gone(mapping.columns) if header in old.roles} if old else {}
    return KnownTable(headers, former | roles)


def _distinct(tables: Sequence[KnownTable]) -> list[KnownTable]:
    """Each table once: twelve sheets of one kind are one, also where a column is blank on some of them."""
    found: dict[frozenset[str], KnownTable] = {}
    for table in tables:
        found.setdefault(table.lasting, table)
    return list(found.values())


def definition_of(tables: Sequence[KnownTable], constants: Mapped[str, str], layout: Mapped[str, Any]) -> str:
    """Write the definition of a recipe."""
    kept = {
        "version": VERSION, "constants": dict(constants), "layout": dict(layout),
        "tables": [{"headers": list(table.headers), "roles": dict(table.roles)} for table in tables],
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def read_definition(text: str) -> tuple[tuple[KnownTable, ...], dict[str, str], dict[str, Any]]:
    """Read tables, constants and layout of a definition; the first version had one table without its headers."""
    kept = json.loads(text)
    if "tables" in kept:
        tables = tuple(KnownTable(tuple(table["headers"]), table["roles"]) for table in kept["tables"])
        return tables, kept["constants"], kept.get("layout", {})
    return (KnownTable(tuple(kept["roles"]), kept["roles"]),), kept["constants"], {}


def recipe_of(name: str, mappings: Sequence[Mapping], layout: Mapped[str, Any] | None = None) -> Recipe:
    """Return the recipe for mappings that were just made."""
    return Recipe(name, fingerprint_of(mappings), tuple(mappings), layout=layout or {})


def refitted(before: Remembered, mappings: Sequence[Mapping], layout: Mapped[str, Any]) -> Recipe:
    """Return a remembered recipe on another edition, with what it did not know and what is gone."""
    unknown: set[tuple[str, int]] = set()
    gone: list[str] = []
    for mapping in mappings:
        known = best_known(before.tables, mapping.columns)
        if known is not None:
            unknown |= {(mapping.sheet, column.index) for column in known.unknown(mapping.columns)}
            gone += known.gone(mapping.columns)
    return Recipe(
        before.name, fingerprint_of(mappings), tuple(mappings), before, layout, frozenset(unknown),
        tuple(dict.fromkeys(gone)),
    )  # fmt: skip


def fingerprint_of(mappings: Sequence[Mapping]) -> str:
    """Return what tells one layout of headers from another."""
    return "|".join(mapping.fingerprint for mapping in mappings)


def recipe_named(catalogue: Catalogue, name: str) -> Remembered:
    """Return the recipe of that name; raise InvalidInput when there is none, naming those that there are."""
    recipes = remembered_recipes(catalogue)
    found = next((recipe for recipe in recipes if recipe.name == name), None)
    if found is None:
        known = ", ".join(recipe.name for recipe in recipes) or "–"
        raise InvalidInput(msg("There is no recipe “{name}”; known are: {known}.", name=name, known=known))
    return found


def remembered_recipes(catalogue: Catalogue) -> list[Remembered]:
    """Return all recipes that the catalogue keeps, by name."""
    rows = catalogue.stored(Query("recipe", order=(Order("name"),)), _FIELDS)
    found = []
    for id, name, fingerprint, definition, source in rows:
        tables, constants, layout = read_definition(definition)
        found.append(Remembered(id, name, fingerprint, tables, constants, source, layout))
    return found


def keep_recipe(recipe: Recipe) -> ChangeSet:
    """Return the change that keeps a recipe as it is now, without any import."""
    values = {"name": recipe.name, "fingerprint": recipe.fingerprint, "definition": recipe.definition}
    if recipe.before is None:
        return ChangeSet.of([insert("recipe", values)])
    return ChangeSet.of([update("recipe", recipe.before.id, {}, values)])


def rename_recipe(catalogue: Catalogue, old: str, new: str) -> ChangeSet:
    """Return the change that gives a recipe another name; raise InvalidInput when that is taken or blank."""
    recipe = recipe_named(catalogue, old)
    if not new.strip() or any(other.name == new.strip() for other in remembered_recipes(catalogue)):
        raise InvalidInput(msg("“{name}” is blank or another recipe’s name; choose another one.", name=new.strip()))
    return ChangeSet.of([update("recipe", recipe.id, {"name": old}, {"name": new.strip()})])


def forget_recipe(catalogue: Catalogue, name: str) -> ChangeSet:
    """Return the change that forgets a recipe."""
    return ChangeSet.of([delete("recipe", recipe_named(catalogue, name).id)])


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
