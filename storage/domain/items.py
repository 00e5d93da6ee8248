"""The items of a proposal; plain new records, which come by the million, become items when somebody looks at them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from storage.domain.proposal import Item, Outcome


class NewRecord(ABC):
    """A record to be made whose item nobody has asked for yet; `number` is that of the item."""

    __slots__ = ()
    number: int
    sheet: str

    @abstractmethod
    def stored(self) -> tuple[Any, ...]:
        """Return its values in the order of the columns of its `Making`."""


@dataclass(frozen=True)
class Making:
    """How new records become items, all of one kind: their stored columns, and the item of one."""

    kind: str
    outcome: Outcome
    columns: tuple[str, ...]
    item: Callable[[Any], Item]


class Items(Sequence["Item"]):
    """Items in their order; one of a new record is made anew whenever it is asked for."""

    def __init__(self, members: Sequence[Item | NewRecord], making: Making) -> None:
        self._members, self.making = members, making

    @property
    def given(self) -> Iterator[tuple[int, Item]]:
        """The items that are there, with their places."""
        for place, member in enumerate(self._members):
            if not isinstance(member, NewRecord):
                yield place, member

    @property
    def new(self) -> Iterator[tuple[int, NewRecord]]:
        """The records whose items are still to be made, with their places."""
        for place, member in enumerate(self._members):
            if isinstance(member, NewRecord):
                yield place, member

    @property
    def members(self) -> Sequence[Item | NewRecord]:
        """Items and new records in their order."""
        return self._members

    def replaced(self, others: Mapping[int, Item]) -> Items:
        """Return the items with others in some places."""
        return Items([others.get(place, member) for place, member in enumerate(self._members)], self.making)

    def counted(self) -> Counter[tuple[str, Outcome]]:
        """Return how many items there are by kind and outcome, without making any."""
        found = Counter((item.kind, item.outcome) for _, item in self.given)
        found[self.making.kind, self.making.outcome] += len(self) - found.total()
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like a list

    def __len__(self) -> int:
        return len(self._members)

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(place, slice):
            return tuple(self._made(member) for member in self._members[place])
        return self._made(self._members[place])

    def __iter__(self) -> Iterator[Item]:
        return map(self._made, self._members)

    def _made(self, member: Item | NewRecord) -> Item:
        return self.making.item(member) if isinstance(member, NewRecord) else member
