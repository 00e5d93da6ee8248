"""The slow parts of an import, run on workers: reading a file, planning how to read it, proposing what changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from storage.catalogue import Catalogue
from storage.domain.changes import Revision
from storage.domain.problem import Problem
from storage.domain.proposal import Decision, NameMatch, Naming, Proposal, Sureness
from storage.domain.query import Query, Where
from storage.domain.review import ItemKey, Kept, Review
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.exchange.options import Options
from storage.workbook.sheet import Workbook
from storage.workbook.staged import Staged
from ui.job import Progress
from ui.models.names import NameChoices

if TYPE_CHECKING:
    from storage.exchange.importing import Cancelled
    from storage.exchange.paused import Paused, Told
    from storage.exchange.recipes import Recipe

MOVED = msg("The catalogue changed meanwhile, so the workbook was compared again.")
ONE_AGAIN = msg("1 decision is asked again, since what it was made on is no longer the same.")


@dataclass(frozen=True)
class Planned:
    """How a workbook is read, and what comes of it; `kind` is what new records would be."""

    recipe: Recipe
    staged: tuple[Staged, ...]
    kind: str

    @property
    def figures(self) -> int:
        """How many figures were read."""
        return sum(len(sheet.rows) for sheet in self.staged)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, and doubts about what was."""
        return tuple(problem for sheet in self.staged for problem in (*sheet.problems, *sheet.doubts))

    @property
    def remembered(self) -> bool:
        """Whether the catalogue knew the recipe and every column that is there now, so that nothing is to be asked."""
        open_marks = any(mapping.asks_decimal for mapping in self.recipe.mappings)
        return self.recipe.id is not None and not self.recipe.unknown and not open_marks


@dataclass(frozen=True)
class Names:
    """The names that somebody must decide, and those that are known."""

    asked: tuple[NameMatch, ...]
    known: tuple[NameMatch, ...]


@dataclass(frozen=True)
class Opened:
    """A file that was read, as far as it goes by itself; `trouble` says why it went no further."""

    workbook: Workbook
    planned: Planned | None = None
    names: Names | None = None
    review: Review | None = None
    trouble: Text | None = None


def open_file(catalogue: Catalogue, path: Path, progress: Progress) -> Opened:
    """Read a file; our own exports go straight to the review, and so does a known recipe without open names."""
    # heavy to import: the window starts without it
    from storage.exchange import importing  # noqa: PLC0415

    workbook = importing.open_workbook(path, _stopping(progress))
    if importing.is_export(catalogue, workbook):
        return Opened(workbook, review=propose(catalogue, workbook, Asked(None, Naming(), {}), progress))
    try:
        planned = plan(catalogue, workbook, Options(), progress)
    except InvalidInput as error:
        return Opened(workbook, trouble=error.text)
    if not planned.remembered or not planned.figures:
        return Opened(workbook, planned)
    names = ask_names(catalogue, planned)
    if names.asked:
        return Opened(workbook, planned, names)
    asked = Asked(planned.recipe, Naming(new_entity_kind=planned.kind, take_same_letters=False), {})
    return Opened(workbook, planned, names, propose(catalogue, workbook, asked, progress))


def reopen(catalogue: Catalogue, paused: Paused, copy: Path, progress: Progress) -> tuple[Opened, NameChoices]:
    """Take up a review that was left, on the catalogue as it is now, as far as it went and its names still stand."""
    # heavy to import: the window starts without it
    from storage.exchange import importing  # noqa: PLC0415

    told, choices = paused.told, _standing(catalogue, paused.told)
    workbook = importing.open_workbook(copy, _stopping(progress))
    if importing.is_export(catalogue, workbook):
        asked = Asked(None, Naming(), told.decisions)
        return Opened(workbook, review=propose(catalogue, workbook, asked, progress)), choices
    try:
        planned = plan(catalogue, workbook, told.options, progress)
    except InvalidInput as error:
        return Opened(workbook, trouble=error.text), choices
    if paused.step == "mapping":
        return Opened(workbook, planned), choices
    names = ask_names(catalogue, planned)
    if paused.step == "names" or len(choices.choices) < len(told.names):
        return Opened(workbook, planned, names), choices
    recipe = replace(planned.recipe, name=told.recipe or planned.recipe.name)
    asked = Asked(recipe, choices.naming, told.decisions)
    return Opened(workbook, planned, names, propose(catalogue, workbook, asked, progress)), choices


def _standing(catalogue: Catalogue, told: Told) -> NameChoices:
    """Return what names were told to mean, without records that are gone."""
    roles = {key[0] for key in told.names}
    wanted = {role: [id for key, id in told.names.items() if key[0] == role and id > 0] for role in roles}
    refs = {role: catalogue.refs(role, ids) for role, ids in wanted.items()}
    choices = {key: id for key, id in told.names.items() if id <= 0 or id in refs[key[0]]}
    picked = {key: refs[key[0]][id] for key, id in choices.items() if id > 0}
    return NameChoices(choices, picked, told.new_kind)


def plan(catalogue: Catalogue, workbook: Workbook, options: Options, progress: Progress) -> Planned:
    """Say how to read the workbook, and read it; raise InvalidInput when the options do not fit it."""
    # heavy to import: the window starts without it
    from storage.exchange import importing  # noqa: PLC0415

    recipe = importing.plan(catalogue, workbook, options)
    progress.check()
    staged = importing.stage(workbook, recipe, _stopping(progress))
    return Planned(recipe, staged, importing.new_entity_kind(workbook, recipe))


def ask_names(catalogue: Catalogue, planned: Planned) -> Names:
    """Return the names that are doubtful or unknown, apart from those that are known."""
    # heavy to import: the window starts without it
    from storage.exchange.proposing import names_in  # noqa: PLC0415

    found = names_in(catalogue, planned.staged)
    asked = tuple(name for name in found if name.sureness is not Sureness.KNOWN)
    return Names(asked, tuple(name for name in found if name.sureness is Sureness.KNOWN))


@dataclass(frozen=True)
class Asked:
    """What to propose: the recipe (None for our own exports), the names' meanings, decisions of an earlier proposal."""

    recipe: Recipe | None
    naming: Naming
    kept: Mapping[ItemKey, Kept]


def propose(catalogue: Catalogue, workbook: Workbook, asked: Asked, progress: Progress) -> Review:
    """Hold a workbook against the catalogue."""
    # heavy to import: the window starts without it
    from storage.exchange import importing  # noqa: PLC0415

    stopping = _stopping(progress)
    if asked.recipe is None:
        proposal = importing.propose_export(catalogue, workbook, stopping)
    else:
        proposal = importing.propose_workbook(catalogue, workbook, asked.recipe, asked.naming, stopping)
    progress.check()
    return Review(proposal, asked.kept)


def note_on(review: Review, *, moved: bool) -> Text | None:
    """Return what to say of a workbook that was compared again: whether the catalogue `moved`, what is asked again."""
    if not review.again:
        return MOVED if moved else None
    if review.again == 1:
        return ONE_AGAIN
    return msg("{n} decisions are asked again, since what they were made on is no longer the same.", n=review.again)


def write(catalogue: Catalogue, proposal: Proposal, decisions: Mapping[int, Decision]) -> Revision | None:
    """Write what was decided as one revision; None when there was nothing to write."""
    # heavy to import: the window starts without it
    from storage.exchange import importing  # noqa: PLC0415

    return importing.apply(catalogue, proposal, decisions)


def imported_figures(catalogue: Catalogue, review: Review, revision: Revision) -> Query:
    """Return the question for the figures of the sources that an import wrote of; for all where it wrote none."""
    written = [c for c in review.proposal.changes(review.decisions).changes if c.kind == "observation"]
    new, ids = revision.new_ids, tuple(change.id for change in written if change.id > 0)
    passages = {change.after["passage_id"] for change in written if change.after.get("passage_id")}
    places = tuple(sorted(new.get(passage, passage) for passage in passages))
    rows = [
        *catalogue.stored(Query("passage", Where("id", "in", places)), ("source_id",)),
        *catalogue.stored(Query("observation", Where("id", "in", ids)), ("source",)),
    ]
    sources = tuple(sorted({int(row[1]) for row in rows if row[1]}))
    return Query("observation", Where("source", "in", sources) if sources else None)


def _stopping(progress: Progress) -> Cancelled:
    def cancelled() -> bool:
        progress.check()
        return False

    return cancelled
