"""A copy of the workbook that somebody sent, with the cells to look at coloured and explained, to send it back."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from storage.domain.problem import Problem
from storage.domain.proposal import Decision, Item, Outcome, Proposal
from storage.domain.text import Text, listed, msg
from storage.errors import WorkbookError
from storage.translations import translated
from storage.workbook.patching.added_sheet import AddedRow, AddedSheet
from storage.workbook.patching.archive import is_patchable
from storage.workbook.patching.book import WorkbookPatch
from storage.workbook.plain import write_plain
from storage.workbook.sheet import Workbook, place_of


class Gravity(StrEnum):
    """How bad a remark is, the worst first."""

    WRONG = "wrong"
    CONTRADICTS = "contradicts"
    DOUBTFUL = "doubtful"


COLOURS = {Gravity.WRONG: "FFC7CE", Gravity.CONTRADICTS: "FFE3A6", Gravity.DOUBTFUL: "DDEBF7"}
COUNTED = {
    Gravity.WRONG: msg("could not be taken over (red)"),
    Gravity.CONTRADICTS: msg("contradict what is known (yellow)"),
    Gravity.DOUBTFUL: msg("are doubtful (blue)"),
}
REPORT = msg("Report")
HEADERS = (msg("Sheet"), msg("Cell"), msg("What was read"), msg("Cause"), msg("Remedy"))
WIDTHS = (18, 9, 24, 60, 60)
MOST_LISTED = 20_000


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be looked at in one cell of the workbook (a whole sheet when `cell` is blank)."""

    sheet: str
    cell: str
    gravity: Gravity
    cause: Text
    remedy: Text


def remarks_of(proposal: Proposal, decisions: Mapping[int, Decision]) -> list[Remark]:
    """Return what the sender is to look at: what is invalid, conflicts that nobody decided, doubts."""
    found = list(dict.fromkeys(_found(proposal, decisions)))
    return sorted(found, key=lambda remark: (remark.sheet, place_of(remark.cell) or (-1, -1), _rank(remark)))


def _rank(remark: Remark) -> int:
    return list(Gravity).index(remark.gravity)


def _found(proposal: Proposal, decisions: Mapping[int, Decision]) -> Iterator[Remark]:
    told: set[Problem] = set()
    for item in proposal.given:
        if item.outcome is Outcome.INVALID and item.problem is not None:
            told.add(item.problem)
            yield _remark(item.problem, Gravity.WRONG)
        elif item.outcome is Outcome.CONFLICT:
            if item.problem is not None:
                told.add(item.problem)
            if decisions.get(item.number, Decision.KEEP) is Decision.KEEP:
                yield _contradiction(item)
        yield from (_remark(doubt, Gravity.DOUBTFUL) for doubt in item.doubts)
    yield from (_remark(problem, Gravity.WRONG) for problem in proposal.problems if problem not in told)


def _remark(problem: Problem, gravity: Gravity) -> Remark:
    return Remark(problem.sheet, problem.cell, gravity, problem.cause, problem.remedy)


def _contradiction(item: Item) -> Remark:
    """Return what the sender is asked about a conflict."""
    if item.rival and item.problem is not None:
        cause = item.problem.cause
    else:
        figure = [delta for delta in item.deltas if delta.column == "value"]  # which its bounds and words repeat
        told = [msg("known: {ours}, here: {theirs}", ours=delta.ours_text or "–", theirs=delta.theirs_text or "–")
                for delta in figure or item.deltas]  # fmt: skip
        cause = msg("{title}: {differences}.", title=item.title, differences=listed(told))
    remedy = msg("Check the figure; where it is right, say from which source it comes.")
    return Remark(item.sheet, item.cell, Gravity.CONTRADICTS, cause, remedy)


@dataclass(frozen=True, slots=True)
class RemarksReport:
    """What was written: the file, the remarks, and how many cells bear a note."""

    path: Path
    remarks: int
    cells: int


def write_remarks(workbook: Workbook, remarks: list[Remark], target: Path, language: str = "en") -> RemarksReport:
    """Write the copy; a file of another format becomes an .xlsx with the cells as they were read; raise WorkbookError.

    The workbook itself must be as it was read.
    """
    _check_unchanged(workbook)
    if is_patchable(workbook.path):
        names = {sheet.name: sheet.name for sheet in workbook.sheets}
        return _write(workbook.path, _Copy(workbook, remarks, names, language), target)
    if target.suffix.lower() != ".xlsx":
        raise WorkbookError(msg("A copy of “{file}” must end in {suffix}.", file=workbook.path.name, suffix=".xlsx"))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / f"{workbook.path.stem}.xlsx"
        names = dict(write_plain(workbook, plain))
        return _write(plain, _Copy(workbook, remarks, names, language), target)


def _check_unchanged(workbook: Workbook) -> None:
    try:
        with workbook.path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == workbook.fingerprint
    except OSError as error:
        raise WorkbookError(msg("“{file}” cannot be read any more.", file=workbook.path.name)) from error
    if not same:
        raise WorkbookError(msg("“{file}” changed since it was read; open it again.", file=workbook.path.name))


@dataclass(frozen=True, slots=True)
class _Copy:
    """What goes into a copy: the workbook as it was read, the remarks, the sheets' names in the copy."""

    workbook: Workbook
    remarks: list[Remark]
    names: Mapping[str, str]
    language: str

    def say(self, text: Text) -> str:
        """Return a sentence in the reader's language."""
        return translated(text, self.language)

    def read(self, remark: Remark) -> str:
        """Return what stands in the cell of a remark."""
        sheet, place = self.workbook.sheet(remark.sheet), place_of(remark.cell)
        return sheet.text(*place) if sheet and place else ""

    def by_cell(self) -> dict[tuple[str, tuple[int, int]], list[Remark]]:
        """Return the remarks that have a cell of a sheet, the worst of each cell first."""
        found: dict[tuple[str, tuple[int, int]], list[Remark]] = defaultdict(list)
        for remark in self.remarks:
            place = place_of(remark.cell)
            if place is not None and remark.sheet in self.names:
                found[self.names[remark.sheet], place].append(remark)
        return {key: sorted(remarks, key=_rank) for key, remarks in found.items()}


def _write(source: Path, copy: _Copy, target: Path) -> RemarksReport:
    cells = copy.by_cell()
    with WorkbookPatch(source) as patch:
        for (sheet, place), remarks in cells.items():
            patch.colour(sheet, place, COLOURS[remarks[0].gravity])
            told = (f"{copy.say(remark.cause)}\n→ {copy.say(remark.remedy)}" for remark in remarks)
            patch.note(sheet, place, "\n\n".join(told))
        patch.add(_report(copy, patch.free_name(copy.say(REPORT))))
        patch.save(target)
    return RemarksReport(target, len(copy.remarks), len(cells))


def _report(copy: _Copy, name: str) -> AddedSheet:
    counts = Counter(remark.gravity for remark in copy.remarks)
    lines = [
        copy.say(msg("{count} cells {fate}", count=f"{counts[gravity]:,}", fate=COUNTED[gravity]))
        for gravity in Gravity
        if counts[gravity]
    ]
    if len(copy.remarks) > MOST_LISTED:
        lines.append(copy.say(msg("The first {n} are listed here.", n=f"{MOST_LISTED:,}")))
    asked = msg("Please correct the coloured cells in this copy, leave the rest as it is, and send it back.")
    title = copy.say(msg("Remarks on {file}", file=copy.workbook.path.name))
    headers = tuple(copy.say(header) for header in HEADERS)
    return AddedSheet(name, title, (*lines, copy.say(asked)), headers, WIDTHS, list(_report_rows(copy)))


def _report_rows(copy: _Copy) -> Iterable[AddedRow]:
    for remark in copy.remarks[:MOST_LISTED]:
        sheet = copy.names.get(remark.sheet, "")
        linked = remark.cell if sheet and place_of(remark.cell) else ""
        texts = (remark.sheet, remark.cell, copy.read(remark), copy.say(remark.cause), copy.say(remark.remedy))
        yield AddedRow(texts, sheet, linked, COLOURS[remark.gravity])
