"""A proposal while it is decided: what is taken, what hangs on what, and how much would be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from storage.domain.overview import Overview
from storage.domain.proposal import Decision, Item, Outcome, Proposal

ItemKey = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision, and a digest of what it was made on."""

    decision: Decision
    seen: str


class Review:
    """Decisions over the items of one proposal; an item whose parent is left out is left out with it.

    `again` counts decisions of an earlier proposal that were made on something else than what stands there now.
    Looking at the items once, here, is what takes long; to decide is quick.
    """

    def __init__(self, proposal: Proposal, kept: Mapping[ItemKey, Kept] | None = None) -> None:
        """`kept` are decisions of an earlier proposal of the same workbook; those that no longer fit are dropped."""
        # every item is looked at again and again from here on, so that each is made once
        self.proposal = proposal = replace(proposal, items=tuple(proposal.items))
        self.overview = Overview.of(proposal.items)
        self.items = {item.number: item for item in proposal.items}
        self._offered = {item.number: item.decisions for item in proposal.items}
        self._conflicts = frozenset(item.number for item in proposal.items if item.outcome is Outcome.CONFLICT)
        self._open = set(self._conflicts)
        self._decided: dict[int, Decision] = {}
        self._needers = _needers(proposal.items)
        makers = ((id, item) for item in proposal.items for id in _made(item))
        self._makers = {id: item for id, item in makers if id in self._needers}
        self._taken = {item.number for item in proposal.items if self._takes(item)}
        self._blocked: dict[int, int] = {}
        self.again = 0
        if kept:
            self._take_up(kept)
        self._find_blocked()

    def _take_up(self, kept: Mapping[ItemKey, Kept]) -> None:
        for item in self.proposal.items:
            before = kept.get(key_of(item))
            if before is None or not item.decisions:
                continue
            stands = before.seen == seen_of(item) or _is_left(item, before.decision)
            if stands and before.decision in item.decisions:
                self._put(item, before.decision)
            else:
                self.again += 1

    @property
    def decisions(self) -> dict[int, Decision]:
        """What was decided other than by default, by the item's number."""
        return dict(self._decided)

    @property
    def kept(self) -> dict[ItemKey, Kept]:
        """The same by kind, sheet, cell, title and column, for the proposal that follows this one."""
        return kept_of(self.items, self._decided)

    @property
    def count(self) -> int:
        """How many items would be written."""
        return len(self._taken) - len(self._blocked)

    def decision(self, item: Item) -> Decision | None:
        """Return what is decided, by default the first choice; None where there is nothing to decide."""
        offered = self._offered[item.number]
        return self._decided.get(item.number, offered[0]) if offered else None

    @property
    def open(self) -> frozenset[int]:
        """The numbers of the conflicts that still wait for somebody to decide them."""
        return frozenset(self._open)

    @property
    def open_count(self) -> int:
        """How many they are."""
        return len(self._open)

    def is_open(self, item: Item) -> bool:
        """Whether a conflict still waits for somebody to decide it."""
        return item.number in self._open

    def is_written(self, item: Item) -> bool:
        """Whether applying writes something for the item."""
        return item.number in self._taken and item.number not in self._blocked

    def blocked_by(self, item: Item) -> Item | None:
        """Return the item that makes what this one hangs on, when that one is left out."""
        missing = self._blocked.get(item.number)
        return self._makers.get(missing) if missing is not None else None

    def decide(self, items: Iterable[Item], decision: Decision) -> int:
        """Decide the items that offer this decision and return how many; the others stay as they are."""
        deciding = [item for item in items if decision in self._offered[item.number]]
        for item in deciding:
            self._put(item, decision)
        self._find_blocked()
        return len(deciding)

    def restore(self, decisions: Mapping[int, Decision]) -> None:
        """Decide as it was decided before, taking back what was decided since."""
        self._decided = dict(decisions)
        self._open = set(self._conflicts.difference(decisions))
        self._taken = {item.number for item in self.items.values() if self._takes(item)}
        self._find_blocked()

    def _takes(self, item: Item) -> bool:
        return self.decision(item) not in (None, Decision.KEEP)

    def _put(self, item: Item, decision: Decision) -> None:
        self._decided[item.number] = decision
        self._open.discard(item.number)
        if decision is Decision.KEEP:
            self._taken.discard(item.number)
        else:
            self._taken.add(item.number)

    def _find_blocked(self) -> None:
        """Follow what is left out to what hangs on it, as often as that leaves out something more."""
        self._blocked = {}
        missing = [id for id, item in self._makers.items() if not self._makes(item, id)]
        while missing:
            id = missing.pop()
            found = [n for n in self._needers[id] if n in self._taken and n not in self._blocked]
            self._blocked |= dict.fromkeys(found, id)
            missing += [made for number in found for made in _made(self.items[number]) if made in self._needers]

    def _makes(self, item: Item, id: int) -> bool:
        if item.number not in self._taken:
            return False
        return any(change.id == id for change in item.written(self.decision(item)))


def kept_of(items: Mapping[int, Item], decisions: Mapping[int, Decision]) -> dict[ItemKey, Kept]:
    """Return decisions by what tells their items again, with what they were made on."""
    found = ((items[number], decision) for number, decision in decisions.items())
    return {key_of(item): Kept(decision, seen_of(item)) for item, decision in found}


def key_of(item: Item) -> ItemKey:
    """Return what tells an item again in the proposal that follows; a record without a cell is told by its id."""
    cell = item.cell or ", ".join(f"#{change.id}" for change in item.take if change.id > 0)
    return (item.kind, item.sheet, cell, item.title, item.column)


def seen_of(item: Item) -> str:
    """Return a digest of what a person decides on: the outcome, and the values on all sides."""
    sides = [
        (d.column, *(_steady(value) for value in (d.base, d.ours, d.theirs)), d.base_text, d.ours_text, d.theirs_text)
        for d in item.deltas
    ]
    removed = [change.before for change in item.take if change.action == "delete"]
    return blake2b(repr((item.outcome.value, item.rival, sides, removed)).encode(), digest_size=8).hexdigest()


def _steady(value: object) -> object:
    """Leave out the negative ids of new records, which every proposal draws anew."""
    return None if isinstance(value, int) and value < 0 else value


def _is_left(item: Item, decision: Decision) -> bool:
    """Whether it leaves out what would else be written, which holds whatever became of it."""
    return decision is Decision.KEEP and item.decisions[0] is Decision.TAKE


def _needers(items: Iterable[Item]) -> dict[int, list[int]]:
    """Return the numbers of the items that refer to each new record."""
    found: dict[int, list[int]] = defaultdict(list)
    for item in items:
        for id in item.needs:
            found[id].append(item.number)
    return dict(found)


def _made(item: Item) -> set[int]:
    return {change.id for change in (*item.take, *item.both, *item.take_rival, *item.base) if change.id < 0}
