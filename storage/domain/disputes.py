"""Workbooks that came back from several people: where two disagree, and what each may write once that is decided."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage.domain.changes import Change
from storage.domain.proposal import Decision, Delta, Item, Outcome, Proposal

OURS = -1  # the place of the catalogue among the files of a row

ALIKE = 1e-14  # relative; spreadsheets keep 15 digits

Spot = tuple[str, int | str, str]


@dataclass(frozen=True, slots=True)
class Dispute:
    """One field of one record that files say different things of.

    `theirs` are the texts by the file's place; files that say nothing of it are absent. `ours` is what the catalogue
    holds, `base` what was exported, each as text.
    """

    spot: Spot
    title: str
    title_ko: str
    theirs: Mapping[int, str]
    ours: str
    base: str

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.spot[0]

    @property
    def column(self) -> str:
        """The stored column, blank where the whole record is new."""
        return self.spot[2]


def disputes(proposals: Sequence[Proposal | None]) -> list[Dispute]:
    """Return what two files or more say differently, in the order in which it comes; a file not read is None."""
    said: dict[Spot, dict[int, tuple[Item, Delta]]] = defaultdict(dict)
    for place, proposal in enumerate(proposals):
        for item in proposal.items if proposal else ():
            for spot, delta in _says(item):
                said[spot][place] = (item, delta)
    return [_dispute(spot, by_file) for spot, by_file in said.items() if _differ(by_file)]


def _says(item: Item) -> Iterator[tuple[Spot, Delta]]:
    """Give what an item would write, field by field; a new record is told by what it is called."""
    if item.outcome not in (Outcome.CHANGED, Outcome.CONFLICT, Outcome.NEW):
        return
    known = next((change.id for change in item.take if change.kind == item.kind and change.id > 0), None)
    record: int | str = known if known is not None else item.title
    for delta in item.deltas:
        yield (item.kind, record, delta.column), delta


def _differ(by_file: Mapping[int, tuple[Item, Delta]]) -> bool:
    values = [delta.theirs for _, delta in by_file.values()]
    return any(not _alike(values[0], other) for other in values[1:])


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=ALIKE)
    return bool((one or None) == (other or None))


def _dispute(spot: Spot, by_file: Mapping[int, tuple[Item, Delta]]) -> Dispute:
    item, delta = next(iter(by_file.values()))
    theirs = {place: found.theirs_text for place, (_, found) in by_file.items()}
    return Dispute(spot, item.title, item.title_ko, theirs, delta.ours_text, delta.base_text)


def settled(proposal: Proposal, place: int, chosen: Mapping[Spot, int]) -> tuple[Proposal, dict[int, Decision]]:
    """Return a file's proposal without what it lost, and the decisions for the conflicts that it won or lost.

    `chosen` is the place of the file that is right, or OURS, for each spot in dispute.
    """
    items: list[Item] = []
    decisions: dict[int, Decision] = {}
    for item in proposal.items:
        winners = {delta.column: _winner(chosen, item, delta) for delta in item.deltas}
        lost = {column for column, winner in winners.items() if winner not in (None, place)}
        if item.outcome is Outcome.CONFLICT and set(winners.values()) != {None}:
            decisions[item.number] = Decision.KEEP if lost else Decision.TAKE
        elif item.outcome is Outcome.NEW and OURS in winners.values():
            decisions[item.number] = Decision.KEEP
        elif item.outcome is Outcome.CHANGED and lost:
            item = _without(item, lost)  # noqa: PLW2901 - what is left of it
        items.append(item)
    return replace(proposal, items=tuple(items)), decisions


def _winner(chosen: Mapping[Spot, int], item: Item, delta: Delta) -> int | None:
    """Return who is right; a record that was new when it was disputed is known by what it is called."""
    by_name = chosen.get((item.kind, item.title, delta.column))
    return next((chosen[spot] for spot, said in _says(item) if said is delta and spot in chosen), by_name)


def _without(item: Item, columns: Collection[str]) -> Item:
    left = tuple(delta for delta in item.deltas if delta.column not in columns)
    take = (_narrowed(change, columns) for change in item.take)
    return replace(item, deltas=left, take=tuple(change for change in take if change.after or change.before))


def _narrowed(change: Change, columns: Collection[str]) -> Change:
    def rest(values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if name not in columns}

    return replace(change, before=rest(change.before), after=rest(change.after))
