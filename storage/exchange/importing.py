"""The way of a workbook into the catalogue: read, map, stage, propose, apply; window and command line share it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from storage.catalogue import Catalogue
from storage.domain.changes import Revision
from storage.domain.disputes import Spot, settled
from storage.domain.heap import many_objects
from storage.domain.proposal import Decision, Naming, Proposal
from storage.domain.text import msg
from storage.exchange.answers import is_template, propose_answers
from storage.exchange.options import Options
from storage.exchange.origin import origin_of
from storage.exchange.proposing import Request, invalid_item, propose
from storage.exchange.quality import with_doubts
from storage.exchange.recipe_plan import plan_recipe
from storage.exchange.recipes import Recipe
from storage.exchange.records import compare_records
from storage.workbook.guess_kind import guess_entity_kind
from storage.workbook.legible import legible
from storage.workbook.parser import parse
from storage.workbook.reader import ReadingCancelled, read_workbook
from storage.workbook.sheet import Workbook
from storage.workbook.staged import Staged
from storage.workbook.tidy import is_tidy

Cancelled = Callable[[], bool]
Propose = Callable[[int], Proposal]


def never() -> bool:
    """Say that nobody wants to stop."""
    return False


@many_objects()
def open_workbook(path: Path, cancelled: Cancelled = never) -> Workbook:
    """Read a file; raise WorkbookError with one sentence when it cannot be read."""
    return read_workbook(path, cancelled=cancelled)


def plan(catalogue: Catalogue, workbook: Workbook, options: Options) -> Recipe:
    """Return how to read the workbook: by a recipe that fits it where there is one, else by a guess."""
    return plan_recipe(catalogue, workbook, options)


def stage(workbook: Workbook, recipe: Recipe, cancelled: Cancelled = never) -> tuple[Staged, ...]:
    """Read the figures of every mapped sheet; a cell that cannot be read becomes a problem."""
    return tuple(legible(parse(workbook, mapping, cancelled=cancelled)) for mapping in recipe.mappings)


@many_objects()
def propose_workbook(
    catalogue: Catalogue, workbook: Workbook, recipe: Recipe, naming: Naming, cancelled: Cancelled = never
) -> Proposal:
    """Return what a foreign workbook would change."""
    sheets = stage(workbook, recipe, cancelled)
    return propose(catalogue, Request(workbook.path, sheets, naming, recipe, recipe.mappings[0].constants))


def new_entity_kind(workbook: Workbook, recipe: Recipe) -> str:
    """Return the kind of record that names not yet known will be made as, told or guessed from the words around."""
    told = recipe.mappings[0].constants.get("entity.kind", "")
    return told or guess_entity_kind(workbook, recipe.mappings[0])


@many_objects()
def propose_export(catalogue: Catalogue, workbook: Workbook, cancelled: Cancelled = never) -> Proposal:
    """Return what a workbook that Cluster Atlas wrote would change, merged with what was changed here since.

    Raise ReadingCancelled.
    """

    def stop() -> None:
        if cancelled():
            raise ReadingCancelled(msg("Reading {file} was stopped.", file=workbook.path.name))

    if is_template(catalogue, workbook):
        return propose_answers(catalogue, workbook, stop)
    revision, origin = catalogue.revision, origin_of(catalogue, workbook)
    compared = compare_records(catalogue, workbook, origin, stop)
    items = list(compared.items)
    items += [invalid_item(problem, number) for number, problem in enumerate(compared.read.problems, len(items) + 1)]
    found = tuple(item.problem for item in items if item.problem is not None)
    doubted = with_doubts(catalogue, items)
    return Proposal(
        workbook.path.name, revision, doubted, compared.read.ignored, found, compared.unlisted, origin.banner
    )  # fmt: skip


def is_export(catalogue: Catalogue, workbook: Workbook) -> bool:
    """Whether Cluster Atlas wrote the workbook."""
    stamped = origin_of(catalogue, workbook).stamp is not None
    return stamped or is_tidy(workbook, catalogue.kinds) or is_template(catalogue, workbook)


@many_objects()
def apply(catalogue: Catalogue, proposal: Proposal, decisions: Mapping[int, Decision]) -> Revision | None:
    """Write the decided part of a proposal as one revision; return None when it changes nothing."""
    changes = proposal.changes(decisions)
    if not changes:
        return None
    return catalogue.apply(changes, msg("Import {workbook}", workbook=proposal.workbook), "import")


def apply_each(
    catalogue: Catalogue, places: Iterable[int], propose: Propose, chosen: Mapping[Spot, int], *,
    conflicts: Decision = Decision.KEEP,
) -> Iterator[tuple[int, Revision | None]]:  # fmt: skip
    """Apply the files one after the other, each held against the catalogue as the one before left it.

    `chosen` says which file is right where they disagree, `conflicts` what to do where one contradicts the catalogue.
    Give each file's place and its revision, None where it changes nothing. CatalogueError ends it; what was written
    before stays and can be undone file by file.
    """
    for place in places:
        proposal, decisions = settled(propose(place), place, chosen, catalogue.kinds)
        yield place, apply(catalogue, proposal, decide_all(proposal, conflicts) | decisions)


def decide_all(proposal: Proposal, conflicts: Decision) -> dict[int, Decision]:
    """Return the decisions that take what is new or changed and treat every conflict alike."""
    decided: dict[int, Decision] = {}
    for item in proposal.given:
        if conflicts in item.decisions and item.outcome == "conflict":
            decided[item.number] = conflicts
    return decided
