"""A workbook as a Proposal: names resolved, figures compared, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from storage.catalogue import Catalogue
from storage.domain.changes import Change
from storage.domain.items import Items
from storage.domain.problem import Problem
from storage.domain.proposal import Item, NameMatch, Naming, Outcome, Proposal
from storage.exchange.entity_fields import EntityFields
from storage.exchange.figure_items import Ledger, making, propose_figures
from storage.exchange.figures import Figure, Resolver
from storage.exchange.mentions import Mentions
from storage.exchange.naming import Named, NegativeIds, match_names, resolve
from storage.exchange.quality import doubtful
from storage.exchange.recipes import Recipe, propose_recipe
from storage.exchange.relations import propose_relations
from storage.exchange.sources import Sources, Stated
from storage.workbook.staged import Staged

Stop = Callable[[], None]
EVERY = 2_000  # rows between two looks at whether the user wants to stop


@dataclass(frozen=True)
class Request:
    """What is to be proposed: the staged sheets of one workbook, how names are decided, and the recipe to keep.

    `source` is what the workbook says of itself where its constants do not.
    """

    workbook: Path
    sheets: Sequence[Staged]
    naming: Naming = field(default_factory=Naming)
    recipe: Recipe | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    source: Stated | None = None

    @property
    def stated(self) -> Stated:
        """What the workbook says of itself as a source; the recipe's name outlasts that of one edition's file."""
        name = self.recipe.name if self.recipe else ""
        return self.source or Stated.of(self.constants, name or self.workbook.stem)


def names_in(catalogue: Catalogue, sheets: Iterable[Staged]) -> list[NameMatch]:
    """Return every entity and metric that the sheets name and what each may mean, the open ones first."""
    found = match_names(catalogue, Mentions(sheets)).values()
    asked = [match for match in found if match.role in ("entity", "metric")]
    return sorted(asked, key=lambda match: ("doubtful", "unknown", "known").index(match.sureness.value))


def propose(catalogue: Catalogue, request: Request, stop: Stop = lambda: None) -> Proposal:
    """Hold the staged sheets against the catalogue; `stop` may raise to give up."""
    revision = catalogue.revision
    new_id = NegativeIds()
    mentions = Mentions(request.sheets)
    matches = match_names(catalogue, mentions)
    classification = request.constants.get("classification") or request.stated.title
    named = resolve(matches, mentions, request.naming, classification, new_id)
    source = request.recipe.source_id if request.recipe else None
    sources = Sources(catalogue, request.stated, source, new_id)
    figures, problems = _resolve_figures(request.sheets, Resolver(mentions, named, sources), stop)
    ledger = Ledger(catalogue, {figure.named.ids[1] or 0 for figure in figures})
    told = EntityFields(catalogue, request.sheets, mentions, named)
    known = told.items()
    relations = propose_relations(catalogue, request.sheets, mentions, named)
    read = figures or any(sheet.fields for sheet in request.sheets)
    recipe = propose_recipe(catalogue, request.recipe, sources) if request.recipe and read else []
    found = [p for sheet in request.sheets for p in sheet.problems] + told.problems
    others = [*(_made(change) for change in sources.made), *_named_items(named), *recipe, *known, *relations]
    items: list[Item | Figure] = [replace(item, number=number) for number, item in enumerate(others)]
    items += propose_figures(figures, ledger, sources, len(items))
    items += [invalid_item(problem, number) for number, problem in enumerate((*found, *problems), len(items))]
    ignored = sum(sheet.ignored for sheet in request.sheets)
    numbered = Items(items, making(ledger))
    numbered = numbered.replaced(doubtful(catalogue, numbered))
    reported = tuple(item.problem for _, item in numbered.given if item.problem is not None)
    reported += tuple(doubt for sheet in request.sheets for doubt in sheet.doubts)
    return Proposal(request.workbook.name, revision, numbered, ignored, reported)


def _resolve_figures(sheets: Sequence[Staged], resolver: Resolver, stop: Stop) -> tuple[list[Figure], list[Problem]]:
    figures, problems = [], []
    for sheet in sheets:
        for number, row in enumerate(sheet.rows):
            if number % EVERY == 0:
                stop()
            if row.quantity.value is None and row.quantity.low is None and row.quantity.high is None:
                continue
            found = resolver.figure(sheet.sheet, row)
            if isinstance(found, Figure):
                figures.append(found)
            elif found is not None:
                problems.append(found)
    return figures, problems


def _made(change: Change) -> Item:
    title = str(change.after.get("title") or change.after.get("locator"))
    return Item(0, change.kind, Outcome.NEW, title, "", "", "", take=(change,))


def _named_items(named: Named) -> list[Item]:
    """Return the records to be made for names; each with the aliases and places that hang on it."""
    items = []
    for mention, change in named.makes:
        sheet, _, cell = mention.cell.partition("!")
        items.append(
            Item(
                0,
                change.kind,
                Outcome.NEW,
                mention.name,
                mention.name_ko,
                sheet,
                cell,
                take=(change,),
                entity=mention.name if mention.role == "entity" else "",
            )
        )
    for mention, change in named.links:
        sheet, _, cell = mention.cell.partition("!")
        title = f"{mention.name} · {mention.parent.name}" if change.kind == "relation" and mention.parent else ""
        items.append(
            Item(
                0,
                change.kind,
                Outcome.NEW,
                title or str(change.after.get("name", "")),
                "",
                sheet,
                cell,
                take=(change,),
                entity=mention.name,
            )
        )
    return items


def invalid_item(problem: Problem, number: int = 0) -> Item:
    """Return the item of a finding: a cell that cannot be taken over."""
    cause = str(problem.cause)
    return Item(number, "observation", Outcome.INVALID, cause, "", problem.sheet, problem.cell, problem=problem)
