"""`main.py recipes`: how workbooks are read, listed, handed on, renamed and forgotten."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.commands.verb import add_verb, with_catalogue
from storage.domain.changes import ChangeSet
from storage.domain.text import Text, msg
from storage.exchange.recipe_files import read_recipe, recipe_data, write_recipe
from storage.exchange.recipes import forget_recipe, recipe_named, remembered_recipes, rename_recipe


def add_recipes(verbs: Any) -> None:
    """Add the command to the parser."""
    verb = add_verb(verbs, "recipes", recipes, "list how workbooks are read, or change it")
    one = verb.add_mutually_exclusive_group()
    one.add_argument("--export", nargs=2, metavar=("NAME", "OUT.json"), help="write a recipe into a file")
    one.add_argument("--import", dest="take", metavar="IN.json", type=Path, help="keep the recipe of a file")
    one.add_argument("--rename", nargs=2, metavar=("NAME", "NEW"), help="give a recipe another name")
    one.add_argument("--delete", metavar="NAME", help="forget a recipe; undo brings it back")
    verb.add_argument("--json", action="store_true", help="list with all roles, as JSON")


@with_catalogue
def recipes(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """List the recipes, or do the one thing that was asked for."""
    if arguments.export:
        name, out = arguments.export
        write_recipe(recipe_named(catalogue, name), Path(out))
        print(f"Wrote the recipe {name} to {out}.")
    elif arguments.take:
        name, changes = read_recipe(catalogue, arguments.take)
        _written(catalogue, changes, msg("Take over the recipe {name}", name=name))
    elif arguments.rename:
        old, new = arguments.rename
        _written(catalogue, rename_recipe(catalogue, old, new), msg("Rename the recipe {name}", name=old))
    elif arguments.delete:
        changes = forget_recipe(catalogue, arguments.delete)
        _written(catalogue, changes, msg("Forget the recipe {name}", name=arguments.delete))
    else:
        _list(catalogue, as_json=arguments.json)
    return 0


def _written(catalogue: Catalogue, changes: ChangeSet, label: Text) -> None:
    revision = catalogue.apply(changes, label)
    print(f"{label}. Written as revision {revision.id}.")


def _list(catalogue: Catalogue, *, as_json: bool) -> None:
    found = remembered_recipes(catalogue)
    if as_json:
        print(json.dumps([recipe_data(recipe) for recipe in found], ensure_ascii=False, indent=2))
        return
    if not found:
        print("No recipe yet; an import keeps one.")
    for recipe in found:
        columns = sum(len(table.headers) for table in recipe.tables)
        constants = ", ".join(f"{key}={text}" for key, text in recipe.constants.items())
        print(f"{recipe.name}: {len(recipe.tables)} tables, {columns} columns{f'; {constants}' if constants else ''}")
