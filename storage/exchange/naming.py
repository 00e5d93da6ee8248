"""From names to records: what is known, what is to be made, and what stays open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from storage.catalogue import Catalogue
from storage.domain.changes import Change, insert
from storage.domain.proposal import LEAVE_OUT, MAKE_NEW, Candidate, NameMatch, Naming, Sureness
from storage.domain.vocabulary import REGION_LEVELS
from storage.exchange.matching import EXACT, SAME_LETTERS, Directory
from storage.exchange.mentions import Key, Mention, Mentions

ROLES = ("entity", "metric", "sector", "unit")
MADE_UNASKED = ("sector", "unit")


class NegativeIds:
    """Ids for records that are still to be made."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> int:
        """Return the next one."""
        self._last -= 1
        return self._last


@dataclass
class Named:
    """What each mention means: an id (negative: to be made); None for a name left out, absent while it is open."""

    ids: dict[Key, int | None] = field(default_factory=dict)
    makes: list[tuple[Mention, Change]] = field(default_factory=list)
    links: list[tuple[Mention, Change]] = field(default_factory=list)
    open: dict[Key, NameMatch] = field(default_factory=dict)
    titles: dict[int, tuple[str, str]] = field(default_factory=dict)


def match_names(catalogue: Catalogue, mentions: Mentions) -> dict[Key, NameMatch]:
    """Return for every name of the workbook what it may mean in the catalogue."""
    directories = {role: Directory(catalogue, role) for role in ROLES}
    return {mention.key: directories[mention.role].match(mention) for mention in mentions.all.values()}


def resolve(
    matches: Mapping[Key, NameMatch], mentions: Mentions, naming: Naming, classification: str, new_id: NegativeIds
) -> Named:
    """Decide every name by the user's choice, else by sureness; make what is missing where that was allowed."""
    named = Named()
    for mention in _parents_first(mentions):
        match = matches[mention.key]
        choice = _choice(mention, match, naming)
        if choice is None:
            named.open[mention.key] = match
        elif choice == LEAVE_OUT:
            named.ids[mention.key] = None
        elif choice == MAKE_NEW:
            _make(named, mention, naming, classification, new_id)
        else:
            named.ids[mention.key] = choice
    named.makes = [(mention, _with_unit(mention, change, named)) for mention, change in named.makes]
    _link(named, mentions, new_id)
    return named


def _with_unit(mention: Mention, change: Change, named: Named) -> Change:
    """Give a new metric the one unit in which it comes."""
    if mention.role != "metric" or len(mention.units) != 1:
        return change
    unit = named.ids.get(("unit", next(iter(mention.units)), "", ""))
    return replace(change, after=change.after | {"unit_id": unit}) if unit else change


def _choice(mention: Mention, match: NameMatch, naming: Naming) -> int | None:
    if mention.key in naming.choices:
        return naming.choices[mention.key]
    if match.sureness is Sureness.KNOWN:
        return match.candidates[0].id
    best = max((candidate.score for candidate in match.candidates), default=0.0)
    if best == EXACT:
        return _only([c for c in match.candidates if c.why == naming.new_entity_kind])
    same = [c for c in match.candidates if c.score == SAME_LETTERS]
    unasked = mention.role in MADE_UNASKED
    if same and not unasked:
        return _only(same) if naming.take_same_letters else None
    if len(same) == 1:
        return same[0].id
    return MAKE_NEW if naming.create_missing or unasked else None


def _only(candidates: list[Candidate]) -> int | None:
    return candidates[0].id if len(candidates) == 1 else None


def _parents_first(mentions: Mentions) -> Iterator[Mention]:
    done: set[Key] = set()

    def visit(mention: Mention) -> Iterator[Mention]:
        if mention.key in done:
            return
        done.add(mention.key)
        if mention.parent is not None:
            yield from visit(mention.parent)
        yield mention

    for mention in list(mentions.all.values()):
        yield from visit(mention)


def _make(named: Named, mention: Mention, naming: Naming, classification: str, new_id: NegativeIds) -> None:
    values: dict[str, Any]
    if mention.role == "sector":
        values = {"classification": classification, "code": mention.code or mention.name, "name": mention.name}
        kind = "sector"
    elif mention.role == "unit":
        kind, values = "unit", {"code": mention.name, "name": mention.name}
    elif mention.role == "metric":
        kind, values = "metric", {"name": mention.name, "code": mention.code or None}
    else:
        kind, values = _new_entity(mention, naming)
    id = new_id()
    named.ids[mention.key] = id
    named.makes.append((mention, insert(kind, dict(values), id)))
    named.titles[id] = (mention.name, mention.name_ko)
    if mention.role == "entity":
        for spelling in sorted(mention.spellings - {mention.name}):
            alias = {"entity_id": id, "name": spelling, "type": "official"}
            named.links.append((mention, insert("alias", alias, new_id())))


def _new_entity(mention: Mention, naming: Naming) -> tuple[str, dict[str, Any]]:
    levels = {option.key for option in REGION_LEVELS.options}
    kind = "region" if mention.kind in levels else mention.kind or naming.new_entity_kind
    values: dict[str, Any] = {"name": mention.name, "name_ko": mention.name_ko or None, "code": mention.code or None}
    if mention.kind in levels:
        values["level"] = mention.kind
    return kind, values


def _link(named: Named, mentions: Mentions, new_id: NegativeIds) -> None:
    """Tie every new entity to the place that the workbook names it in."""
    for mention in mentions.all.values():
        own = named.ids.get(mention.key)
        place = named.ids.get(mention.parent.key) if mention.parent else None
        if own is None or own >= 0 or place is None:
            continue
        values = {"subject_id": own, "type": "located in", "object_id": place}
        named.links.append((mention, insert("relation", values, new_id())))
