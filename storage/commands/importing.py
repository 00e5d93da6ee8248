"""`main.py import`: workbooks, each as one revision."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.commands.outcome import print_outcome, report_of, write_report
from storage.commands.remarks import add_remarks, write_import_remarks
from storage.commands.several import import_several
from storage.commands.verb import add_verb, with_catalogue
from storage.domain.changes import Revision
from storage.domain.proposal import Decision, Naming, Proposal
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange import importing
from storage.exchange.options import Options


def add_import(verbs: Any) -> None:
    """Add the command to the parser."""
    verb = add_verb(verbs, "import", import_, "bring in workbooks, each as one revision", "WORKBOOK")
    verb.add_argument("others", metavar="WORKBOOK", nargs="*", help="further workbooks, each a revision of its own")
    verb.add_argument("--sheet", metavar="S", help="the sheet to read (the best one)")
    verb.add_argument("--area", metavar="A5:F20", default="", help="the table to read where a sheet has several (all)")
    verb.add_argument("--header-row", metavar="N", type=int, help="the row of the headers, from 1 (found)")
    verb.add_argument("--map", metavar='"Column=field"', action="append", default=[], help="what a column means")
    verb.add_argument("--set", metavar='"field=value"', action="append", default=[], help="what holds for every row")
    verb.add_argument("--recipe", metavar="NAME", help="read as this recipe says")
    verb.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    verb.add_argument("--report", metavar="OUT.json", type=Path, help="write counts and problems as JSON")
    verb.add_argument("--on-conflict", choices=("keep", "take", "fail"), default="keep",
                      help="what to do where the catalogue says otherwise (keep)")  # fmt: skip
    verb.add_argument("--create-missing", action="store_true", help="make records for names not yet known")
    add_remarks(verb)


@with_catalogue
def import_(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Bring in a workbook as one revision."""
    if arguments.report is not None and not arguments.report.parent.is_dir():
        raise InvalidInput(msg("There is no folder “{folder}” for the report.", folder=str(arguments.report.parent)))
    paths = [Path(name) for name in (arguments.workbook, *arguments.others)]
    if len(paths) > 1:
        return import_several(catalogue, paths, arguments, lambda path: _proposal(catalogue, path, arguments))
    proposal = _proposal(catalogue, paths[0], arguments)
    write_import_remarks(arguments, proposal)
    conflicts = proposal.counts()["conflicts"]
    revision: Revision | None = None
    refused = conflicts > 0 and arguments.on_conflict == "fail"
    if not refused and not arguments.dry_run:
        wanted = Decision.TAKE if arguments.on_conflict == "take" else Decision.KEEP
        revision = importing.apply(catalogue, proposal, importing.decide_all(proposal, wanted))
    if arguments.report is not None:
        write_report(arguments.report, report_of(proposal, revision))
    if refused:
        raise InvalidInput(
            msg("{file}: {count} figures are in conflict and nothing was written; decide with --on-conflict.",
                file=proposal.workbook, count=conflicts)
        )  # fmt: skip
    print_outcome(proposal, revision)
    return 0


def _proposal(catalogue: Catalogue, path: Path, arguments: argparse.Namespace) -> Proposal:
    workbook = importing.open_workbook(path)
    if importing.is_export(catalogue, workbook) and not arguments.map:
        return importing.propose_export(catalogue, workbook)
    options = Options(
        arguments.sheet, arguments.header_row, _pairs(arguments.map, "--map"), _pairs(arguments.set, "--set"),
        arguments.recipe, arguments.area,
    )  # fmt: skip
    recipe = importing.plan(catalogue, workbook, options)
    for note in dict.fromkeys(str(note) for mapping in recipe.mappings for note in mapping.notes):
        print(note)
    if any(mapping.asks_decimal for mapping in recipe.mappings):
        print("Say --set decimal=, where the comma is the decimal mark.")
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
