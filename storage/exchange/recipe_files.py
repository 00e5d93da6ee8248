"""Recipes as files of their own, to be handed to a colleague: JSON with a version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange.recipes import Remembered, definition_of, remembered_recipes
from storage.workbook.known import KnownTable
from storage.workbook.mapping import CONSTANTS, UNIT_OF
from storage.workbook.roles import known_role

FORMAT, VERSION = "cluster-atlas-recipe", 1
SUFFIX = ".recipe.json"
_LAYOUT = {"sheet": str, "header_row": int, "area": str}


def recipe_data(recipe: Remembered) -> dict[str, Any]:
    """Return a recipe as plain data: what it is called, where its tables lie, and what each column means."""
    return {
        "format": FORMAT, "version": VERSION, "name": recipe.name, "fingerprint": recipe.fingerprint,
        "layout": dict(recipe.layout), "constants": recipe.constants,
        "tables": [{"headers": list(table.headers), "roles": dict(table.roles)} for table in recipe.tables],
    }  # fmt: skip


def write_recipe(recipe: Remembered, path: Path) -> None:
    """Write a recipe into a file; raise InvalidInput when there is no such folder."""
    if not path.parent.is_dir():
        raise InvalidInput(msg("There is no folder “{folder}” for the recipe.", folder=str(path.parent)))
    path.write_text(json.dumps(recipe_data(recipe), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_recipe(catalogue: Catalogue, path: Path) -> tuple[str, ChangeSet]:
    """Return the name of the recipe in a file and the change that keeps it, in place of one of that name.

    Raise InvalidInput where the file is no recipe, is of a newer version, or names roles that are none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _no_recipe(path) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _no_recipe(path)
    if data.get("version") != VERSION:
        raise InvalidInput(msg("{file} was written by a newer Cluster Atlas; update this one.", file=path.name))
    values = _checked(path, data)
    old = next((recipe for recipe in remembered_recipes(catalogue) if recipe.name == values["name"]), None)
    change = update("recipe", old.id, {}, values) if old else insert("recipe", values)
    return str(values["name"]), ChangeSet.of([change])


def _checked(path: Path, data: dict[str, Any]) -> dict[str, Any]:
    name, fingerprint, tables = (data.get(key, "") for key in ("name", "fingerprint", "tables"))
    constants, layout = (data.get(key, {}) for key in ("constants", "layout"))
    texts = isinstance(name, str) and name.strip() and isinstance(fingerprint, str)
    if not texts or not _is_text_map(constants) or not isinstance(layout, dict) or not isinstance(tables, list):
        raise _no_recipe(path)
    whole = all(isinstance(t, dict) and _is_text_map(t.get("roles")) and _is_texts(t.get("headers")) for t in tables)
    if not tables or not whole or any(not isinstance(layout[k], _LAYOUT.get(k, ())) for k in layout):
        raise _no_recipe(path)
    strange = [role for table in tables for role in table["roles"].values() if not known_role(role)]
    strange += [key for key in constants if key not in CONSTANTS and not key.startswith(UNIT_OF)]
    if strange:
        raise InvalidInput(
            msg("{file} speaks of “{word}”, which is no role and no field.", file=path.name, word=strange[0])
        )
    known = [KnownTable(tuple(table["headers"]), table["roles"]) for table in tables]
    definition = definition_of(known, constants, layout)
    return {"name": name.strip(), "fingerprint": fingerprint, "definition": definition}


def _is_texts(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(text, str) for text in found)


def _is_text_map(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(text, str) for pair in found.items() for text in pair)


def _no_recipe(path: Path) -> InvalidInput:
    return InvalidInput(
        msg("{file} is no recipe; export one from the Import page and choose that file.", file=path.name)
    )
