"""`main.py import … --remarks`: a copy of the workbook, with what is to be looked at, to send back."""

from __future__ import annotations

import argparse
from pathlib import Path

from storage.domain.proposal import Decision, Proposal
from storage.exchange import importing
from storage.exchange.error_workbook import remarks_of, write_remarks


def add_remarks(verb: argparse.ArgumentParser) -> None:
    """Add the option to the parser."""
    verb.add_argument("--remarks", metavar="OUT.xlsx", type=Path,
                      help="write a copy of the workbook whose bad cells are coloured and explained")  # fmt: skip
    verb.add_argument("--remarks-language", choices=("en", "ko"), default="en", help="the language of the remarks (en)")


def write_import_remarks(arguments: argparse.Namespace, proposal: Proposal) -> None:
    """Write the copy where one was asked for; conflicts that are taken over need no remark."""
    if arguments.remarks is None:
        return
    wanted = Decision.TAKE if arguments.on_conflict == "take" else Decision.KEEP
    remarks = remarks_of(proposal, importing.decide_all(proposal, wanted))
    workbook = importing.open_workbook(Path(arguments.workbook))
    report = write_remarks(workbook, remarks, arguments.remarks, arguments.remarks_language)
    print(f"Wrote {report.path} with {report.remarks} remarks on {report.cells} cells.")
