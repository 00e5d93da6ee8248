"""The headless commands: one sentence and exit code 1 for the user's mistake, never a traceback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.commands.filling import add_fill
from storage.commands.importing import add_import
from storage.commands.recipes import add_recipes
from storage.commands.template import add_template
from storage.commands.verb import Command, add_verb, with_catalogue
from storage.domain.changes import Revision
from storage.domain.query import Query, Where
from storage.domain.report import PAGE
from storage.domain.text import msg
from storage.domain.view import SavedView
from storage.errors import CatalogueError, InvalidInput
from storage.exchange.exporting import export_catalogue


def run(argv: Sequence[str]) -> int:
    """Run one command; return 0 done, 1 refused (the reason is on standard error), 2 wrong use."""
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    command: Command = arguments.command
    try:
        return command(arguments)
    except CatalogueError as error:
        print(error.text, file=sys.stderr)
    except OSError as error:
        print(msg("{file}: {reason}.", file=error.filename or "", reason=error.strerror or error), file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of all headless commands."""
    top = argparse.ArgumentParser(prog="main.py", description="Headless commands of Cluster Atlas.")
    verbs = top.add_subparsers(dest="verb", required=True)
    add_verb(verbs, "new", new, "create a catalogue with the sample, or empty").add_argument(
        "--empty", action="store_true"
    )
    add_import(verbs)
    export = add_verb(verbs, "export", export_, "write the catalogue, or a saved view, as a workbook", "WORKBOOK")
    export.add_argument("--view", metavar="NAME", help="the saved view to write instead of the whole catalogue")
    add_template(verbs)
    add_recipes(verbs)
    add_fill(verbs)
    add_verb(verbs, "undo", undo, "take back the newest revision that stands")
    add_verb(verbs, "redo", redo, "write again what was undone last")
    add_verb(verbs, "history", history, "list the revisions, newest first").add_argument("--json", action="store_true")
    add_verb(verbs, "check", check, "look for damage; exit 1 and say what is wrong")
    search = add_verb(verbs, "search", search_, "find records by words", "TEXT")
    search.add_argument("--json", action="store_true")
    return top


def new(arguments: argparse.Namespace) -> int:
    """Create a catalogue."""
    catalogue = Catalogue.create(arguments.file, sample=not arguments.empty)
    try:
        amount = sum(catalogue.count(Query(kind)) for kind in ("cluster", "organisation", "region"))
        print(f"Created {arguments.file} with {amount} clusters, organisations and regions.")
    finally:
        catalogue.close()
    return 0


@with_catalogue
def export_(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Write the catalogue, or one saved view of it, as a workbook."""
    query = _view(catalogue, arguments.view) if arguments.view else None
    report = export_catalogue(catalogue, Path(arguments.workbook), query=query)
    kinds = ", ".join(f"{amount} {kind}" for kind, amount in report.rows.items() if amount)
    print(f"Wrote {arguments.workbook} as of revision {report.revision}: {kinds or 'no records'}.")
    return 0


def _view(catalogue: Catalogue, name: str) -> Query:
    asked = Query("view", Where("page", "!=", PAGE))
    views = {row[1]: row[2] for row in catalogue.stored(asked, ("name", "definition"))}
    if name not in views:
        known = ", ".join(sorted(views)) or "–"
        raise InvalidInput(msg("There is no saved view “{name}”; known are: {known}.", name=name, known=known))
    return SavedView.from_json(views[name]).query


@with_catalogue
def undo(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Take back the newest revision that stands."""
    revision = catalogue.undo()
    print(f"Revision {revision.id}: {revision.label}")
    return 0


@with_catalogue
def redo(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Write again what was undone last."""
    revision = catalogue.redo()
    print(f"Revision {revision.id}: {revision.label}")
    return 0


@with_catalogue
def history(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """List the revisions, newest first."""
    revisions = catalogue.history()
    if arguments.json:
        print(json.dumps([_revision(r) for r in revisions], ensure_ascii=False, indent=2))
        return 0
    for r in revisions:
        print(f"{r.id:5}  {r.at}  {r.author}  {r.kind:6}  {r.change_count:7} changes  {r.label}")
    return 0


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.id, "label": revision.label, "author": revision.author, "at": revision.at,
        "kind": revision.kind, "target": revision.target, "changes": revision.change_count,
    }  # fmt: skip


@with_catalogue
def check(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Look for damage in the file, its references, journal and index."""
    faults = catalogue.check()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{arguments.file} is sound: revision {catalogue.revision}, records {catalogue.checksum()}")
    return 1 if faults else 0


@with_catalogue
def search_(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Find records by words, best first."""
    hits = catalogue.search(arguments.text)
    if arguments.json:
        found = [{"kind": h.kind, "id": h.id, "title": h.title, "title_ko": h.title_ko} for h in hits]
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    if not hits:
        print("Nothing was found.")
    for hit in hits:
        print(f"{hit.kind:12} {hit.id:6}  {hit.title}{f' · {hit.title_ko}' if hit.title_ko else ''}")
    return 0
