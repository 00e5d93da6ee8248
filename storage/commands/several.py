"""`main.py import` of several workbooks: each a revision of its own, and who is right where they disagree."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from storage.catalogue import Catalogue
from storage.commands.outcome import print_outcome, report_of, write_report
from storage.domain.changes import Revision
from storage.domain.disputes import OURS, Dispute, disputes
from storage.domain.proposal import Decision, Proposal
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.exchange import importing

ProposalOf = Callable[[Path], Proposal]


def import_several(
    catalogue: Catalogue, paths: Sequence[Path], arguments: argparse.Namespace, proposal_of: ProposalOf
) -> int:
    """Bring the workbooks in, in the order given; the one given last is right where --on-conflict is take."""
    if arguments.remarks is not None:
        raise InvalidInput(msg("--remarks answers one workbook; give them one by one."))
    proposals = [proposal_of(path) for path in paths]
    found = disputes(proposals, catalogue.kinds)
    for dispute in found:
        print(_told(dispute, paths))
    _refuse(arguments, proposals, found)
    revisions: list[Revision | None] = [None] * len(paths)
    if not arguments.dry_run:
        for place, revision in _apply(catalogue, arguments, paths, proposal_of, found):
            revisions[place] = revision
    for proposal, revision in zip(proposals, revisions, strict=True):
        print_outcome(proposal, revision)
    if arguments.report is not None:
        write_report(arguments.report, _report(proposals, revisions, found, paths))
    return 0


def _refuse(arguments: argparse.Namespace, proposals: Sequence[Proposal], found: Sequence[Dispute]) -> None:
    count = len(found) + sum(proposal.counts()["conflicts"] for proposal in proposals)
    if count and arguments.on_conflict == "fail":
        raise InvalidInput(
            msg("{count} values are in conflict and nothing was written; decide with --on-conflict.", count=count)
        )


def _apply(
    catalogue: Catalogue, arguments: argparse.Namespace, paths: Sequence[Path], proposal_of: ProposalOf,
    found: Sequence[Dispute],
) -> Iterator[tuple[int, Revision | None]]:  # fmt: skip
    take = arguments.on_conflict == "take"
    chosen = {dispute.spot: max(dispute.theirs) if take else OURS for dispute in found}
    decision = Decision.TAKE if take else Decision.KEEP
    places = range(len(paths))
    return importing.apply_each(catalogue, places, lambda place: proposal_of(paths[place]), chosen, conflicts=decision)


def _told(dispute: Dispute, paths: Sequence[Path]) -> str:
    said = "; ".join(f"{paths[place].name}: {text or '–'}" for place, text in dispute.theirs.items())
    return f"{dispute.title}, {dispute.column}: {said}; catalogue: {dispute.ours or '–'}"


def _report(
    proposals: Sequence[Proposal], revisions: Sequence[Revision | None], found: Sequence[Dispute],
    paths: Sequence[Path],
) -> dict[str, Any]:  # fmt: skip
    each = zip(paths, proposals, revisions, strict=True)
    files = [{"file": path.name} | report_of(proposal, revision) for path, proposal, revision in each]
    told = [
        {
            "record": one.title, "field": one.column, "base": one.base, "catalogue": one.ours,
            "files": {paths[place].name: text for place, text in one.theirs.items()},
        }
        for one in found
    ]  # fmt: skip
    return {"files": files, "disputes": told}
