"""How a workbook is to be read: by the recipe that knows its headers, or most of them, else by a guess."""

from __future__ import annotations

from dataclasses import replace

from storage.catalogue import Catalogue
from storage.errors import InvalidInput
from storage.exchange.options import NO_RECIPE, Options
from storage.exchange.recipes import (
    FITS,
    Recipe,
    Remembered,
    fingerprint_of,
    recipe_named,
    recipe_of,
    refitted,
    remembered_recipes,
)
from storage.workbook.known import KnownTable, key_of
from storage.workbook.mapping import UNIT_OF, has_column
from storage.workbook.mapping import Mapping as ColumnMapping
from storage.workbook.planning import Told, plan_mappings
from storage.workbook.sheet import Workbook


def plan_recipe(catalogue: Catalogue, workbook: Workbook, options: Options) -> Recipe:
    """Return how to read the workbook: by the named or remembered recipe where there is one, else by a guess."""
    guessed = _mappings(workbook, options)
    remembered = _remembered(catalogue, workbook, options, guessed)
    if remembered is None:
        return recipe_of(workbook.path.stem, guessed, _layout(options))
    told = _with_layout(options, remembered, workbook)
    constants = {key: text for key, text in remembered.constants.items() if _is_there(key, guessed)}
    mappings = _mappings(workbook, replace(told, constants=constants | dict(options.constants)), remembered.tables)
    recipe = refitted(remembered, mappings, _layout(told))
    answered = {(m.sheet, c.index) for m in mappings for c in m.columns if key_of(c, m.columns) in options.roles}
    recipe = replace(recipe, unknown=recipe.unknown - answered)
    first = replace(mappings[0], notes=(*mappings[0].notes, *recipe.notes))
    return replace(recipe, mappings=(first, *mappings[1:]))


def _remembered(
    catalogue: Catalogue, workbook: Workbook, options: Options, guessed: tuple[ColumnMapping, ...]
) -> Remembered | None:
    """Return the recipe that is named, that knows these headers, or that knows most of them."""
    if options.recipe == NO_RECIPE:
        return None
    if options.recipe:
        return recipe_named(catalogue, options.recipe)
    recipes = remembered_recipes(catalogue)
    same = [recipe for recipe in recipes if recipe.fingerprint == fingerprint_of(guessed)]
    if same:
        return same[-1]
    fits = [(recipe.likeness(_seen_by(workbook, options, recipe, guessed)), recipe.id, recipe) for recipe in recipes]
    best = max(fits, default=None, key=lambda fit: fit[:2])
    return best[2] if best is not None and best[0] >= FITS else None


def _seen_by(
    workbook: Workbook, options: Options, recipe: Remembered, guessed: tuple[ColumnMapping, ...]
) -> tuple[ColumnMapping, ...]:
    """Return the tables where the recipe looks for them, which may be elsewhere than the guess does."""
    told = _with_layout(options, recipe, workbook)
    if told == options:
        return guessed
    try:
        return _mappings(workbook, told)
    except InvalidInput:
        return guessed


def _with_layout(options: Options, recipe: Remembered, workbook: Workbook) -> Options:
    """Return the options with where the recipe says that the tables lie, if the workbook has such a sheet."""
    layout = {key: value for key, value in recipe.layout.items() if not getattr(options, key)}
    if layout.get("sheet") and workbook.sheet(layout["sheet"]) is None:
        layout.pop("sheet")
    return replace(options, **layout)


def _layout(options: Options) -> dict[str, object]:
    """Return what a person said about where the tables lie."""
    said = {"sheet": options.sheet, "header_row": options.header_row, "area": options.area}
    return {key: value for key, value in said.items() if value}


def _is_there(key: str, mappings: tuple[ColumnMapping, ...]) -> bool:
    """Whether a constant speaks of the whole, or of a column that the workbook has."""
    header = key.removeprefix(UNIT_OF)
    return header == key or any(has_column(mapping.columns, header) for mapping in mappings)


def _mappings(workbook: Workbook, options: Options, known: tuple[KnownTable, ...] = ()) -> tuple[ColumnMapping, ...]:
    """Return a mapping for each table of the chosen or best sheet, and of every other sheet that is laid out alike."""
    constants = {key: text for key, text in options.constants.items() if text}  # a blank takes back what a recipe says
    row = None if options.header_row is None else options.header_row - 1
    return plan_mappings(workbook, Told(options.sheet, options.area, row, options.roles, constants, known))
