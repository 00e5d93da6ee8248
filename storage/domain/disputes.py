"""Workbooks that came back from several people: where two disagree, and what each may write once that is decided."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage.domain.changes import Change
from storage.domain.fields import RecordKind
from storage.domain.proposal import Decision, Delta, Item, Outcome, Proposal

OURS = -1  # the place of the catalogue among the files of a row

ALIKE = 1e-14  # relative; spreadsheets keep 15 digits

Spot = tuple[str, int | str, str]
Kinds = Mapping[str, RecordKind]
Said = tuple[Item, tuple[Delta, ...]]


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
        """The first stored column of the field."""
        return self.spot[2]


def disputes(proposals: Sequence[Proposal | None], kinds: Kinds) -> list[Dispute]:
    """Return what two files or more say differently, in the order in which it comes; a file not read is None.

    The columns of a field are one thing; a file that says two things of a record that it does not tell apart is silent.
    """
    said: dict[Spot, dict[int, Said]] = defaultdict(dict)
    for place, proposal in enumerate(proposals):
        own: dict[Spot, list[Said]] = defaultdict(list)
        for item in proposal.items if proposal else ():
            for field, deltas in _fields(item, kinds).items() if _speaks(item) else ():
                own[item.kind, _record(item), field].append((item, deltas))
        for spot, found in own.items():
            if len(found) == 1:
                said[spot][place] = found[0]
    return [_dispute(spot, by_file) for spot, by_file in said.items() if _differ(list(by_file.values()))]


def _speaks(item: Item) -> bool:
    return item.outcome in (Outcome.CHANGED, Outcome.CONFLICT, Outcome.NEW)


def _record(item: Item) -> int | str:
    """Return the id of a record that was exported or is here, else what it is called."""
    return next(_ids(item), None) or _name(item)


def _ids(item: Item) -> Iterator[int]:
    for change in item.take:
        id = change.after.get("id", change.id)
        if change.kind == item.kind and id > 0:
            yield id


def _name(item: Item) -> str:
    return item.key or item.title


def _fields(item: Item, kinds: Kinds) -> dict[str, tuple[Delta, ...]]:
    """Return what an item says, by the first column of each field."""
    fields = kinds[item.kind].fields if item.kind in kinds else ()
    first = {column: field.columns[0] for field in fields for column in field.columns}
    found: dict[str, tuple[Delta, ...]] = {}
    for delta in item.deltas:
        name = first.get(delta.column, delta.column)
        found[name] = (*found.get(name, ()), delta)
    return found


def _differ(said: Sequence[Said]) -> bool:
    return any(not _same_field(said[0][1], other) for _, other in said[1:])


def _same_field(one: Collection[Delta], other: Collection[Delta]) -> bool:
    """Tell whether two files leave a field the same; a column of which one says nothing stays as it is."""
    left, right = ({delta.column: delta for delta in side} for side in (one, other))
    sides = [(left.get(column), right.get(column)) for column in left | right]
    return all(_alike(*_values(mine, theirs)) for mine, theirs in sides)


def _values(one: Delta | None, other: Delta | None) -> tuple[Any, Any]:
    told = [delta for delta in (one, other) if delta is not None]
    return (_said(one) if one else told[0].ours, _said(other) if other else told[0].ours)


def _said(delta: Delta) -> Any:
    """Return the value; a record that the file adds by its name, since every file numbers its own."""
    is_new = delta.column.endswith("_id") and isinstance(delta.theirs, int) and delta.theirs < 0
    return delta.theirs_text if is_new else delta.theirs


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=ALIKE)
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    return None if value == "" or value is False else value


def _dispute(spot: Spot, by_file: Mapping[int, Said]) -> Dispute:
    item = next(iter(by_file.values()))[0]
    shown = {delta.column: delta for _, deltas in by_file.values() for delta in deltas}
    ours = {name: delta.ours_text for name, delta in shown.items()}
    base = {name: delta.base_text for name, delta in shown.items()}
    said = {place: ours | {d.column: d.theirs_text for d in deltas} for place, (_, deltas) in by_file.items()}
    # the days of a period say nothing that its words do not say, and what all say alike is not in dispute
    differing = [name for name in shown if len({texts[name] for texts in said.values()}) > 1]
    columns = [name for name in differing if not name.endswith(("_start", "_end"))] or differing or list(shown)

    def text(texts: Mapping[str, str]) -> str:
        return " · ".join(filter(None, (texts[name] for name in columns)))

    theirs = {place: text(texts) for place, texts in said.items()}
    return Dispute(spot, item.title, item.title_ko, theirs, text(ours), text(base))


def settled(
    proposal: Proposal, place: int, chosen: Mapping[Spot, int], kinds: Kinds
) -> tuple[Proposal, dict[int, Decision]]:
    """Return a file's proposal without what it lost, and the decisions for the conflicts that it won or lost.

    `chosen` is the place of the file that is right, or OURS, for each spot in dispute.
    """
    items: list[Item] = []
    decisions: dict[int, Decision] = {}
    for item in proposal.items:
        fields = _fields(item, kinds) if _speaks(item) else {}
        winners = {name: winner for name in fields if (winner := _winner(chosen, item, name)) is not None}
        lost = {name for name, winner in winners.items() if winner != place}
        if item.outcome is Outcome.CONFLICT and winners:
            decisions[item.number] = Decision.KEEP if lost else Decision.TAKE
        elif item.outcome is Outcome.NEW:
            # what another file is right about is written by that one over it
            lost = {name for name, winner in winners.items() if winner == OURS}
            if "value" in lost:
                decisions[item.number] = Decision.KEEP
        left_out = {delta.column for name in lost for delta in fields[name]}
        narrowed = left_out and item.outcome in (Outcome.CHANGED, Outcome.NEW)
        items.append(_without(item, left_out) if narrowed else item)
    return replace(proposal, items=tuple(items)), decisions


def _winner(chosen: Mapping[Spot, int], item: Item, field: str) -> int | None:
    """Return who is right; a record that was new when it was disputed is known by what it is called."""
    names: tuple[int | str, ...] = (_record(item), _name(item))
    return next((chosen[item.kind, name, field] for name in names if (item.kind, name, field) in chosen), None)


def _without(item: Item, columns: Collection[str]) -> Item:
    left = tuple(delta for delta in item.deltas if delta.column not in columns)
    take = (_narrowed(change, columns) for change in item.take)
    return replace(item, deltas=left, take=tuple(change for change in take if change.after or change.before))


def _narrowed(change: Change, columns: Collection[str]) -> Change:
    def rest(values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if name not in columns}

    return replace(change, before=rest(change.before), after=rest(change.after))
