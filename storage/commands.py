"""The headless commands: one sentence and exit code 1 for the user's mistake, never a traceback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Revision
from storage.domain.proposal import Decision, Naming, Proposal
from storage.domain.query import Query
from storage.domain.text import msg
from storage.domain.view import SavedView
from storage.errors import CatalogueError, InvalidInput
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.exchange.options import Options

Command = Callable[[argparse.Namespace], int]


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
    _add(verbs, "new", new, "create a catalogue with the sample, or empty").add_argument("--empty", action="store_true")
    _add_import(_add(verbs, "import", import_, "bring in a workbook as one revision", "WORKBOOK"))
    export = _add(verbs, "export", export_, "write the catalogue, or a saved view, as a workbook", "WORKBOOK")
    export.add_argument("--view", metavar="NAME", help="the saved view to write instead of the whole catalogue")
    _add(verbs, "undo", undo, "take back the newest revision that stands")
    _add(verbs, "redo", redo, "write again what was undone last")
    _add(verbs, "history", history, "list the revisions, newest first").add_argument("--json", action="store_true")
    _add(verbs, "check", check, "look for damage; exit 1 and say what is wrong")
    search = _add(verbs, "search", search_, "find records by words", "TEXT")
    search.add_argument("--json", action="store_true")
    return top


def _add(verbs: Any, name: str, command: Command, about: str, *more: str) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=about, description=about)
    verb.add_argument("file", metavar="FILE", type=Path)
    for argument in more:
        verb.add_argument(argument.lower(), metavar=argument)
    verb.set_defaults(command=command)
    return verb


def _add_import(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--sheet", metavar="S", help="the sheet to read (the best one)")
    verb.add_argument("--header-row", metavar="N", type=int, help="the row of the headers, from 1 (found)")
    verb.add_argument("--map", metavar='"Column=field"', action="append", default=[], help="what a column means")
    verb.add_argument("--set", metavar='"field=value"', action="append", default=[], help="what holds for every row")
    verb.add_argument("--recipe", metavar="NAME", help="read as this recipe says")
    verb.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    verb.add_argument("--report", metavar="OUT.json", type=Path, help="write counts and problems as JSON")
    verb.add_argument("--on-conflict", choices=("keep", "take", "fail"), default="keep",
                      help="what to do where the catalogue says otherwise (keep)")  # fmt: skip
    verb.add_argument("--create-missing", action="store_true", help="make records for names not yet known")


def new(arguments: argparse.Namespace) -> int:
    """Create a catalogue."""
    catalogue = Catalogue.create(arguments.file, sample=not arguments.empty)
    try:
        amount = sum(catalogue.count(Query(kind)) for kind in ("cluster", "organisation", "region"))
        print(f"Created {arguments.file} with {amount} clusters, organisations and regions.")
    finally:
        catalogue.close()
    return 0


def _with_catalogue(work: Callable[[Catalogue, argparse.Namespace], int]) -> Command:
    def command(arguments: argparse.Namespace) -> int:
        catalogue = Catalogue.open(arguments.file)
        try:
            return work(catalogue, arguments)
        finally:
            catalogue.close()

    return command


@_with_catalogue
def import_(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Bring in a workbook as one revision."""
    if arguments.report is not None and not arguments.report.parent.is_dir():
        raise InvalidInput(msg("There is no folder “{folder}” for the report.", folder=str(arguments.report.parent)))
    proposal = _proposal(catalogue, arguments)
    conflicts = proposal.counts()["conflicts"]
    revision: Revision | None = None
    refused = conflicts > 0 and arguments.on_conflict == "fail"
    if not refused and not arguments.dry_run:
        wanted = Decision.TAKE if arguments.on_conflict == "take" else Decision.KEEP
        revision = importing.apply(catalogue, proposal, importing.decide_all(proposal, wanted))
    if arguments.report is not None:
        _write_report(arguments.report, proposal, revision)
    if refused:
        raise InvalidInput(
            msg("{file}: {count} figures are in conflict and nothing was written; decide with --on-conflict.",
                file=proposal.workbook, count=conflicts)
        )  # fmt: skip
    _print_outcome(proposal, revision)
    return 0


def _proposal(catalogue: Catalogue, arguments: argparse.Namespace) -> Proposal:
    workbook = importing.open_workbook(Path(arguments.workbook))
    if importing.is_export(catalogue, workbook) and not arguments.map:
        return importing.propose_export(catalogue, workbook)
    options = Options(
        arguments.sheet, arguments.header_row, _pairs(arguments.map, "--map"), _pairs(arguments.set, "--set"),
        arguments.recipe,
    )  # fmt: skip
    recipe = importing.plan(catalogue, workbook, options)
    kind = importing.new_entity_kind(workbook, recipe)
    naming = Naming(create_missing=arguments.create_missing, new_entity_kind=kind)
    return importing.propose_workbook(catalogue, workbook, recipe, naming)


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for item in given:
        name, equals, value = item.rpartition("=") if option == "--map" else item.partition("=")
        if not equals or not name.strip():
            raise InvalidInput(msg("{option} “{item}” is not of the form name=value.", option=option, item=item))
        pairs[name.strip()] = value.strip()
    return pairs


def _write_report(path: Path, proposal: Proposal, revision: Revision | None) -> None:
    report = proposal.counts() | {
        "kinds": proposal.counts_by_kind(),
        "revision": revision.id if revision else None,
        "problems": [
            {"sheet": found.sheet, "cell": found.cell, "cause": str(found.cause), "remedy": str(found.remedy)}
            for found in proposal.problems
        ],
    }  # fmt: skip
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _print_outcome(proposal: Proposal, revision: Revision | None) -> None:
    counts = ", ".join(f"{amount} {name}" for name, amount in proposal.counts().items() if amount)
    print(f"{proposal.workbook}: {counts or 'nothing found'}.")
    for problem in proposal.problems[:20]:
        print(f"  {problem.sheet} {problem.cell}: {problem.cause} {problem.remedy}")
    if len(proposal.problems) > 20:
        print(f"  … and {len(proposal.problems) - 20} more; --report writes them all.")
    print(f"Written as revision {revision.id}." if revision else "Nothing was written.")


@_with_catalogue
def export_(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Write the catalogue, or one saved view of it, as a workbook."""
    query = _view(catalogue, arguments.view) if arguments.view else None
    report = export_catalogue(catalogue, Path(arguments.workbook), query=query)
    kinds = ", ".join(f"{amount} {kind}" for kind, amount in report.rows.items() if amount)
    print(f"Wrote {arguments.workbook} as of revision {report.revision}: {kinds or 'no records'}.")
    return 0


def _view(catalogue: Catalogue, name: str) -> Query:
    views = {row[1]: row[2] for row in catalogue.stored(Query("view"), ("name", "definition"))}
    if name not in views:
        known = ", ".join(sorted(views)) or "–"
        raise InvalidInput(msg("There is no saved view “{name}”; known are: {known}.", name=name, known=known))
    return SavedView.from_json(views[name]).query


@_with_catalogue
def undo(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Take back the newest revision that stands."""
    revision = catalogue.undo()
    print(f"Revision {revision.id}: {revision.label}")
    return 0


@_with_catalogue
def redo(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Write again what was undone last."""
    revision = catalogue.redo()
    print(f"Revision {revision.id}: {revision.label}")
    return 0


@_with_catalogue
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


@_with_catalogue
def check(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Look for damage in the file, its references, journal and index."""
    faults = catalogue.check()
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print(f"{arguments.file} is sound: revision {catalogue.revision}, records {catalogue.checksum()}")
    return 1 if faults else 0


@_with_catalogue
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
