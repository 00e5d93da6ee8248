"""One row of our own workbook on its way to a proposal, and rows that claim the same record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.domain.problem import Problem
from storage.domain.text import Text, msg
from storage.exchange.record_merge import Merged
from storage.exchange.record_rules import Values, alike
from storage.workbook.stamp import PIECE, pieces
from storage.workbook.tidy import REMEDY, StagedRecord, Untouched


@dataclass
class Row:
    """One staged record on its way; `target` is the record that it means, negative for a new one, 0 while open.

    `id` is blank where the file's own is not to be trusted. `by_key` says that it was found by its natural key: then a
    blank says nothing, since nobody cleared it. `base` is what was exported; with `deleted` that is no longer here.
    `base_gone` says that one cannot go back to it: what it referred to is gone, too, or the record came later.
    `doubted` says that the id may be that of another record.
    """

    number: int
    staged: StagedRecord
    id: int | None = None
    values: Values = field(default_factory=dict)
    target: int = 0
    by_key: bool = False
    rival: str = ""
    trouble: Problem | None = None
    base: Values | None = None
    deleted: bool = False
    base_gone: bool = False
    doubted: bool = False
    merged: Merged = field(default_factory=Merged)
    doubts: list[Problem] = field(default_factory=list)

    @staticmethod
    def of(number: int, staged: StagedRecord) -> Row:
        """Begin with what was read."""
        return Row(number, staged, staged.id, trouble=staged.problem)

    @property
    def where(self) -> str:
        """The cell that stands for the row, with its sheet."""
        return f"{self.staged.sheet}!{self.staged.cell()}"

    @property
    def can_go_back(self) -> bool:
        """Whether what was exported is known and can be written again."""
        return self.base is not None and not self.base_gone

    @property
    def title_ko(self) -> str:
        """What the row calls its record in Korean."""
        return str(self.values.get("name_ko") or "")

    def is_blank(self, key: str) -> bool:
        """Tell whether the row says nothing in a column."""
        return self.staged.values.get(key) is None and not self.staged.references.get(key, (None, ""))[1]

    def complete(self, base: Mapping[str, Any]) -> None:
        """Take the beginning of a long text, whose other parts the workbook lost, for the whole of it."""
        for key, value in self.values.items():
            whole = base.get(key)
            if isinstance(value, str) and isinstance(whole, str) and len(whole) > len(value) > PIECE // 4:
                self.values[key] = whole if pieces(whole)[0] == value else value

    def refuse(self, cause: Text, key: str = "id", remedy: Text = REMEDY) -> None:
        """Keep the first reason why the row cannot be taken."""
        if self.trouble is None:
            self.trouble = Problem(self.staged.sheet, self.staged.cell(key), cause, remedy)

    def doubt_as_double(self) -> None:
        """Doubt a row without id that is called like another record of the workbook."""
        cause = msg("Another row of this workbook is called the same; this one would become a second record.")
        remedy = msg("Delete the row, or leave it out, if the same record is meant.")
        self.doubts.append(Problem(self.staged.sheet, self.staged.cell(), cause, remedy))

    def likeness(self, values: Values) -> int:
        """Count the columns that say what a record holds."""
        own = self.staged.values | {key: id for key, (id, _) in self.staged.references.items()}
        return sum(alike(values.get(key), value) for key, value in own.items())


def without_copies(rows: Sequence[Row]) -> list[Row]:
    """Leave out rows that say the very same of the same record."""
    kept: list[Row] = []
    seen: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        twins = seen[row.id] if row.id is not None else []
        if not any(_same(row, twin) for twin in twins):
            kept.append(row)
            twins.append(row)
    return kept


def _same(row: Row, twin: Row) -> bool:
    one, other = row.staged, twin.staged
    unread = one.problem is not None or other.problem is not None
    return not unread and (one.values, one.references) == (other.values, other.references)


def settle_doubles(rows: Sequence[Row], untouched: Untouched | None, base: Mapping[int, Values]) -> None:
    """Leave a shared id to the row most like what was exported; the others lose theirs, and a doubt says so."""
    sharing: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.id is not None:
            sharing[row.id].append(row)
    there = sharing.keys() & set(untouched.ids if untouched else ())
    for id, doubles in sharing.items():
        if id in there and untouched is not None:
            _take_for_copies(id, doubles, untouched.cell(id))
        elif len(doubles) > 1:
            keeper = max(doubles, key=lambda row: row.likeness(base.get(id, {})))
            _take_for_copies(id, [row for row in doubles if row is not keeper], keeper.where)


def _take_for_copies(id: int, rows: Sequence[Row], keeper: str) -> None:
    for row in rows:
        row.id, row.rival = None, keeper
        cause = msg("The id {id} stands both in {keeper} and in {cell}; this row is taken for a copy.",
                    id=id, keeper=keeper, cell=row.where)  # fmt: skip
        remedy = msg("Clear the id of the row that is a new record, or delete the copy.")
        row.doubts.append(Problem(row.staged.sheet, row.staged.cell(), cause, remedy))
