"""A proposal while it is decided: what is taken, what hangs on what, and how much would be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from storage.domain.proposal import Decision, Item, Outcome, Proposal

ItemKey = tuple[str, str, str, str, str]


class Review:
    """Decisions over the items of one proposal; an item whose parent is left out is left out with it."""

    def __init__(self, proposal: Proposal, kept: Mapping[ItemKey, Decision] | None = None) -> None:
        """`kept` are decisions of an earlier proposal of the same workbook; those that no longer fit are dropped."""
        self.proposal = proposal
        self.items = {item.number: item for item in proposal.items}
        self._decided: dict[int, Decision] = {}
        self._needs = {item.number: needs for item in proposal.items if (needs := item.needs)}
        self._makers = {id: item for item in proposal.items for id in _made(item)}
        self._taken = {item.number for item in proposal.items if self.decision(item) not in (None, Decision.KEEP)}
        self._blocked: dict[int, int] = {}
        for item in proposal.items:
            decision = (kept or {}).get(key_of(item))
            if decision in item.decisions and decision is not self.decision(item):
                self._put(item, decision)
        self._find_blocked()

    @property
    def decisions(self) -> dict[int, Decision]:
        """What was decided other than by default, by the item's number."""
        return dict(self._decided)

    @property
    def kept(self) -> dict[ItemKey, Decision]:
        """The same by kind, sheet, cell, title and column, for the proposal that follows this one."""
        return {key_of(self.items[number]): decision for number, decision in self._decided.items()}

    @property
    def count(self) -> int:
        """How many items would be written."""
        return len(self._taken) - len(self._blocked)

    def decision(self, item: Item) -> Decision | None:
        """Return what is decided, by default the first choice; None where there is nothing to decide."""
        if not item.decisions:
            return None
        return self._decided.get(item.number, item.decisions[0])

    def is_open(self, item: Item) -> bool:
        """Whether a conflict still waits for somebody to decide it."""
        return item.outcome is Outcome.CONFLICT and item.number not in self._decided

    def is_written(self, item: Item) -> bool:
        """Whether applying writes something for the item."""
        return item.number in self._taken and item.number not in self._blocked

    def blocked_by(self, item: Item) -> Item | None:
        """Return the item that makes what this one hangs on, when that one is left out."""
        missing = self._blocked.get(item.number)
        return self._makers.get(missing) if missing is not None else None

    def decide(self, items: Iterable[Item], decision: Decision) -> None:
        """Decide the items that offer this decision; the others stay as they are."""
        for item in items:
            if decision in item.decisions:
                self._put(item, decision)
        self._find_blocked()

    def _put(self, item: Item, decision: Decision) -> None:
        self._decided[item.number] = decision
        if decision is Decision.KEEP:
            self._taken.discard(item.number)
        else:
            self._taken.add(item.number)

    def _find_blocked(self) -> None:
        """Follow what is left out to what hangs on it, as often as that leaves out something more."""
        self._blocked = {}
        missing = {id for id, item in self._makers.items() if not self._makes(item, id)}
        while missing:
            found = {
                number: next(iter(needs & missing))
                for number, needs in self._needs.items()
                if number in self._taken and number not in self._blocked and needs & missing
            }
            self._blocked |= found
            missing = {id for id, item in self._makers.items() if item.number in found}

    def _makes(self, item: Item, id: int) -> bool:
        if item.number not in self._taken:
            return False
        return any(change.id == id for change in item.written(self.decision(item)))


def key_of(item: Item) -> ItemKey:
    """Return what tells an item again in the proposal that follows."""
    return (item.kind, item.sheet, item.cell, item.title, item.column)


def _made(item: Item) -> set[int]:
    return {change.id for change in (*item.take, *item.both, *item.take_rival, *item.base) if change.id < 0}
