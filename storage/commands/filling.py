"""`main.py fill`: the newest figures into a copy of the analyst's own report workbook."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.commands.verb import add_verb, with_catalogue
from storage.domain.proposal import Sureness
from storage.domain.report import Report
from storage.domain.text import Text, msg
from storage.errors import InvalidInput, WorkbookError
from storage.exchange import importing
from storage.exchange.matching import Directory
from storage.exchange.mentions import Mention
from storage.exchange.report_filling import Filling, Shown, fill_report, report_named, save_report, saved_reports
from storage.exchange.report_mapping import Block, map_block
from storage.translations import translated
from storage.workbook.areas import area_of
from storage.workbook.sheet import Range, Sheet, Workbook


def add_fill(verbs: Any) -> None:
    """Add the command to the parser."""
    verb = add_verb(verbs, "fill", fill, "fill the newest figures into a copy of a report workbook", "REPORT", "OUT")
    verb.add_argument("--report", dest="name", metavar="NAME", required=True, help="the mapping that is kept")
    verb.add_argument("--map", metavar="Sheet!A3:F12", action="append", default=[],
                      help="map a block first, by the names down its side and across its top")  # fmt: skip
    verb.add_argument("--entity", metavar="NAME", help="the record that the mapped blocks are about")
    verb.add_argument("--metric", metavar="NAME", help="the metric that the mapped blocks show")
    verb.add_argument("--period", metavar="P", default="", help="the period of the mapped blocks (the latest)")
    verb.add_argument("--divide", metavar="N", type=float, default=1.0, help="show values divided by this (1)")
    verb.add_argument("--language", choices=("en", "ko"), default="en", help="the language of texts (en)")


@with_catalogue
def fill(catalogue: Catalogue, arguments: argparse.Namespace) -> int:
    """Fill a report."""
    source = Path(arguments.report)
    report = _mapped(catalogue, arguments, source) if arguments.map else report_named(catalogue, arguments.name)
    filling = fill_report(catalogue, report, source, Path(arguments.out), arguments.language)
    for line in _outcome(filling):
        print(translated(line, arguments.language))
    return 0


def _mapped(catalogue: Catalogue, arguments: argparse.Namespace, source: Path) -> Report:
    """Return the report with further blocks mapped, kept under its name."""
    if not arguments.divide:
        raise InvalidInput(msg("Values cannot be divided by 0."))
    known = {report.name: report for report in saved_reports(catalogue)}
    report = known.get(arguments.name, Report(arguments.name))
    workbook = importing.open_workbook(source)
    entity, metric = _record(catalogue, "entity", arguments.entity), _record(catalogue, "metric", arguments.metric)
    for told in arguments.map:
        sheet, area = _block(workbook, told)
        found = map_block(catalogue, Block(sheet, area, entity, metric, arguments.period, arguments.divide))
        report = report.with_cells(tuple(found.cells))
        for problem in found.problems:
            cause, remedy = (translated(text, arguments.language) for text in (problem.cause, problem.remedy))
            print(f"  {problem.sheet} {problem.cell}: {cause} {remedy}")
    return save_report(catalogue, report, msg("Map the report “{name}”", name=report.name))


def _block(workbook: Workbook, told: str) -> tuple[Sheet, Range]:
    name, _, reference = told.rpartition("!")
    sheet = workbook.sheet(name.strip("'")) if name else workbook.sheets[0]
    if sheet is None:
        raise WorkbookError(msg("The workbook has no sheet “{sheet}”.", sheet=name))
    return sheet, area_of(reference)


def _record(catalogue: Catalogue, role: str, name: str | None) -> int | None:
    if not name:
        return None
    match = Directory(catalogue, role).match(Mention(role, name))
    if match.sureness is not Sureness.KNOWN:
        raise InvalidInput(msg("“{name}” is no name that the catalogue knows for sure.", name=name))
    return match.candidates[0].id


def _outcome(filling: Filling) -> Iterator[Text]:
    """Yield what was filled in and what was left, line by line."""
    filled = len(filling.cells) - len(filling.left)
    yield msg("Wrote {file}: {n} cells filled, {changed} of them changed since last time.",
              file=filling.path, n=filled, changed=len(filling.changed))  # fmt: skip
    for cell in filling.changed:
        key, title, shown = cell.found.mapped.key, cell.found.title, cell.found.shown
        yield msg("  {cell}  {title}: {last} → {shown}",
                  cell=key, title=title, last=_text(cell.last), shown=_text(shown))  # fmt: skip
    for cell in filling.left:
        yield msg("  {cell}  {title} left as it is: {reason}",
                  cell=cell.found.mapped.key, title=cell.found.title, reason=cell.reason)  # fmt: skip


def _text(shown: Shown) -> str:
    if shown is None:
        return "–"
    return f"{shown:,.15g}" if isinstance(shown, (int, float)) else shown
