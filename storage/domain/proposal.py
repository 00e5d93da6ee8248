"""Changes under review: what a workbook would do to the catalogue, cell by cell, with the decisions kept apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from storage.domain.changes import Change, ChangeSet, NewRecords
from storage.domain.items import Items
from storage.domain.problem import Problem
from storage.domain.text import Text


class Outcome(StrEnum):
    """What a row of the workbook comes to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"
    CONFLICT = "conflict"
    INVALID = "invalid"


class Decision(StrEnum):
    """What is to be done with one item.

    KEEP_BOTH lets competing figures stand side by side; TAKE_RIVAL takes the other of two contradicting rows; BASE goes
    back to what was exported.
    """

    TAKE = "take"
    KEEP = "keep"
    KEEP_BOTH = "keep both"
    TAKE_RIVAL = "take rival"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Delta:
    """One column of a record: what the catalogue holds and what the workbook says, stored and as text.

    `base` is what was exported, in a merge of three; elsewhere it is None with a blank text.
    """

    column: str
    ours: Any
    theirs: Any
    ours_text: str
    theirs_text: str
    base: Any = None
    base_text: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One record that the workbook speaks of, or one field of it (`column`) on which catalogue and workbook disagree.

    `take` is what accepting it writes, `both` what keeping both sides of a conflict writes, `base` what going back to
    the exported state writes; `rival` is the cell of a contradicting row of the same workbook, and `take_rival` what
    taking that one writes. `doubts` are findings that do not keep it out; `note` says what nobody has to decide; `key`
    tells a record without an id again in other workbooks.
    """

    number: int
    kind: str
    outcome: Outcome
    title: str
    title_ko: str
    sheet: str
    cell: str
    deltas: tuple[Delta, ...] = ()
    take: tuple[Change, ...] = ()
    both: tuple[Change, ...] = ()
    problem: Problem | None = None
    entity: str = ""
    metric: str = ""
    period: str = ""
    rival: str = ""
    take_rival: tuple[Change, ...] = ()
    column: str = ""
    base: tuple[Change, ...] = ()
    doubts: tuple[Problem, ...] = ()
    note: Text | None = None
    key: str = ""

    @property
    def needs(self) -> frozenset[int]:
        """Return the negative ids of new records, made by other items, that this one refers to."""
        written = (*self.take, *self.both, *self.take_rival, *self.base)
        referred = {
            value for change in written for key, value in change.after.items()
            if isinstance(value, int) and value < 0 and key.endswith("_id")
        }  # fmt: skip
        return frozenset(referred - {change.id for change in written})

    def written(self, decision: Decision | None) -> tuple[Change, ...]:
        """Return what a decision writes."""
        ways = {
            Decision.TAKE: self.take, Decision.KEEP_BOTH: self.both, Decision.TAKE_RIVAL: self.take_rival,
            Decision.BASE: self.base,
        }  # fmt: skip
        return ways.get(decision, ()) if decision else ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return what may be decided, the default first."""
        if self.outcome in (Outcome.SAME, Outcome.INVALID):
            return ()
        if self.outcome is Outcome.CONFLICT:
            further = (
                (Decision.KEEP_BOTH, self.both), (Decision.TAKE_RIVAL, self.take_rival), (Decision.BASE, self.base),
            )  # fmt: skip
            return (Decision.KEEP, Decision.TAKE, *(decision for decision, changes in further if changes))
        if self.outcome is Outcome.REMOVED:
            return (Decision.KEEP, Decision.TAKE)
        return (Decision.TAKE, Decision.KEEP)


@dataclass(frozen=True)
class Proposal:
    """Everything that one workbook would change; nothing is written until it is applied.

    `revision` is the catalogue's when the proposal was made; `ignored` counts cells left out on purpose; `unlisted`
    counts, by kind, records that are the same in both and have no item; `banner` says how it was compared, where that
    is not as one would expect.
    """

    workbook: str
    revision: int
    items: Sequence[Item]
    ignored: int = 0
    problems: tuple[Problem, ...] = ()
    unlisted: Mapping[str, int] = field(default_factory=dict)
    banner: Text | None = None

    @property
    def doubtful(self) -> tuple[Item, ...]:
        """Return the items that somebody should check before they are applied."""
        return tuple(item for item in self.given if item.doubts)

    @property
    def given(self) -> Iterable[Item]:
        """The items but for those of plain new records, of which there is nothing more to say."""
        return (item for _, item in self.items.given) if isinstance(self.items, Items) else self.items

    def counts(self) -> dict[str, int]:
        """Return how many items there are of each outcome, in the words of the report."""
        found = _worded(self._counted()) | {"ignored": self.ignored}
        return found | {"same": found["same"] + sum(self.unlisted.values())}

    def counts_by_kind(self) -> dict[str, dict[str, int]]:
        """Return the counts for each kind of record that the workbook speaks of."""
        by_kind: dict[str, Counter[tuple[str, Outcome]]] = defaultdict(Counter)
        for (kind, outcome), count in self._counted().items():
            by_kind[kind][kind, outcome] = count
        found = {kind: _worded(counts) | {"ignored": 0} for kind, counts in sorted(by_kind.items())}
        for kind, count in self.unlisted.items():
            found.setdefault(kind, _worded({}) | {"ignored": 0})["same"] += count
        if self.ignored:
            found.setdefault("observation", _worded({}))["ignored"] = self.ignored
        return found

    def _counted(self) -> Counter[tuple[str, Outcome]]:
        if isinstance(self.items, Items):
            return self.items.counted()
        return Counter((item.kind, item.outcome) for item in self.items)

    def changes(self, decisions: Mapping[int, Decision]) -> ChangeSet:
        """Return what the decisions write; a record whose parent is left out is left out with it."""
        chosen: list[tuple[Item, tuple[Change, ...]]] = []
        for item in self.given:
            default = item.decisions[0] if item.decisions else Decision.KEEP
            decision = decisions.get(item.number, default)
            written = item.written(decision)
            if written:
                chosen.append((item, written))
        made = _made(chosen)
        while len(kept := [(item, written) for item, written in chosen if item.needs <= made]) < len(chosen):
            chosen, made = kept, _made(kept)
        changes = (change for _, written in chosen for change in written)
        # who gives the preference up comes before who takes it
        in_order = sorted(changes, key=lambda change: bool(change.after.get("preferred")))
        return ChangeSet.of(in_order, self._new(decisions, made))

    def _new(self, decisions: Mapping[int, Decision], made: Collection[int]) -> NewRecords | None:
        """Return the plain new records that are taken and of which everything they refer to is there."""
        if not isinstance(self.items, Items):
            return None
        making = self.items.making
        left = {number for number, decision in decisions.items() if decision is not Decision.TAKE}
        rows = (record.stored() for _, record in self.items.new if record.number not in left)
        return NewRecords.of(making.kind, making.columns, rows).within(made) or None


def _made(chosen: Iterable[tuple[Item, tuple[Change, ...]]]) -> set[int]:
    return {change.id for _, written in chosen for change in written if change.id < 0}


PLURALS = {Outcome.CONFLICT: "conflicts"}


def _worded(counts: Mapping[tuple[str, Outcome], int]) -> dict[str, int]:
    by_outcome: Counter[Outcome] = Counter()
    for (_, outcome), count in counts.items():
        by_outcome[outcome] += count
    return {PLURALS.get(outcome, outcome.value): by_outcome[outcome] for outcome in Outcome}


class Sureness(StrEnum):
    """How well a name of the workbook is known to the catalogue."""

    KNOWN = "known"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


CONTAINED = 85.0  # most likeness of a candidate whose name merely holds the other one


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a name may mean; `score` from 0 to 100, `why` the name or alias that was hit."""

    id: int
    name: str
    score: float
    why: str = ""
    name_ko: str = ""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name of the workbook and what it may mean in the catalogue; `count` rows carry it, `cell` is the first."""

    role: str
    name: str
    code: str
    parent: str
    sureness: Sureness
    candidates: tuple[Candidate, ...]
    count: int
    cell: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells one name from another."""
        return (self.role, self.name, self.code, self.parent)


MAKE_NEW = 0
LEAVE_OUT = -1


@dataclass(frozen=True)
class Naming:
    """What each doubtful or unknown name means: a record's id, MAKE_NEW or LEAVE_OUT; with the kind to make.

    `take_same_letters` takes the one record that differs in romanisation only, where nobody can be asked.
    """

    choices: Mapping[tuple[str, str, str, str], int] = field(default_factory=dict)
    create_missing: bool = False
    new_entity_kind: str = "cluster"
    take_same_letters: bool = True
