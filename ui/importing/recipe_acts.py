"""Recipes to files and from them, with the dialogs that ask where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.importing.reading import Reading
from ui.language import tr

PATTERN = "*.json"


def export_recipe(session: Reading, parent: QWidget, name: str) -> None:
    """Ask where, and write a recipe that the catalogue keeps; trouble is shown above the step."""
    kinds = tr("Recipes ({patterns})", patterns=PATTERN)
    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Write the recipe"), str(Path.home() / f"{name}.recipe.json"), kinds
    )
    if chosen:
        write_to(session, name, Path(chosen))


def write_to(session: Reading, name: str, path: Path) -> None:
    """Write a recipe that the catalogue keeps; trouble is shown above the step."""
    # heavy to import: the window starts without it
    from storage.exchange.recipe_files import write_recipe  # noqa: PLC0415
    from storage.exchange.recipes import recipe_named  # noqa: PLC0415

    try:
        write_recipe(recipe_named(session.context.bridge.catalogue, name), path)
    except (CatalogueError, OSError) as error:
        text = error.text if isinstance(error, CatalogueError) else msg("{file} cannot be written.", file=path.name)
        session.complain(text)
    else:
        session.context.toast(msg("Wrote {file}", file=path.name))


def rename_to(session: Reading, old: str, new: str) -> None:
    """Give a recipe another name, in one revision that can be undone; trouble is shown above the step."""
    # heavy to import: the window starts without it
    from storage.exchange.recipes import rename_recipe  # noqa: PLC0415

    bridge = session.context.bridge
    try:
        bridge.perform(rename_recipe(bridge.catalogue, old, new), msg("Rename the recipe {name}", name=old))
    except CatalogueError as error:
        session.complain(error.text)


def take_recipe(session: Reading, parent: QWidget) -> str:
    """Ask for the file of a recipe and keep it; return its name, "" where nothing was taken."""
    kinds = tr("Recipes ({patterns})", patterns=PATTERN)
    chosen, _ = QFileDialog.getOpenFileName(parent, tr("Take over a recipe"), str(Path.home()), kinds)
    return take_from(session, Path(chosen)) if chosen else ""


def take_from(session: Reading, path: Path) -> str:
    """Keep the recipe of a file, in one revision that can be undone; trouble is shown above the step."""
    # heavy to import: the window starts without it
    from storage.exchange.recipe_files import read_recipe  # noqa: PLC0415

    bridge = session.context.bridge
    try:
        name, changes = read_recipe(bridge.catalogue, path)
        bridge.perform(changes, msg("Take over the recipe {name}", name=name))
    except (CatalogueError, OSError) as error:
        text = error.text if isinstance(error, CatalogueError) else msg("{file} cannot be read.", file=path.name)
        session.complain(text)
        return ""
    return name
