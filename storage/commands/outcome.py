"""What an import came to, for a person to read and for a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from storage.domain.changes import Revision
from storage.domain.problem import Problem
from storage.domain.proposal import Proposal


def report_of(proposal: Proposal, revision: Revision | None) -> dict[str, Any]:
    """Return counts and findings of an import."""
    return proposal.counts() | {
        "kinds": proposal.counts_by_kind(),
        "revision": revision.id if revision else None,
        "banner": str(proposal.banner) if proposal.banner else None,
        "problems": [_told(found) for found in proposal.problems],
        "doubts": [
            {"record": item.title, "outcome": item.outcome.value} | _told(found)
            for item in proposal.doubtful for found in item.doubts
        ],
    }  # fmt: skip


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write a report as JSON."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _told(found: Problem) -> dict[str, str]:
    return {"sheet": found.sheet, "cell": found.cell, "cause": str(found.cause), "remedy": str(found.remedy)}


def print_outcome(proposal: Proposal, revision: Revision | None) -> None:
    """Print what a workbook came to, with its first findings."""
    counts = proposal.counts() | {"to check": len(proposal.doubtful)}
    told = ", ".join(f"{amount} {name}" for name, amount in counts.items() if amount)
    print(f"{proposal.workbook}: {told or 'nothing found'}.")
    if proposal.banner:
        print(f"  {proposal.banner}")
    _print_findings(proposal.problems)
    _print_findings([found for item in proposal.doubtful for found in item.doubts])
    print(f"Written as revision {revision.id}." if revision else "Nothing was written.")


def _print_findings(findings: Sequence[Problem]) -> None:
    for found in findings[:20]:
        print(f"  {found.sheet} {found.cell}: {found.cause} {found.remedy}")
    if len(findings) > 20:
        print(f"  … and {len(findings) - 20} more; --report writes them all.")
