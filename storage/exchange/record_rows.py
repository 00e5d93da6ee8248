"""One row of our own workbook on its way to a proposal, and rows that claim the same record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from storage.domain.problem import Problem
from storage.domain.text import Text, msg
from storage.exchange.record_rules import Values
from storage.workbook.tidy import REMEDY, StagedRecord
from storage.workbook.tidy_columns import name_list


@dataclass
class Row:
    """One staged record on its way; `target` is the record that it means, negative for a new one, 0 while open.

    `by_key` says that it was found by its natural key: then a blank says nothing, since nobody cleared it.
    """

    number: int
    staged: StagedRecord
    values: Values = field(default_factory=dict)
    target: int = 0
    by_key: bool = False
    rival: str = ""
    trouble: Problem | None = None

    def is_blank(self, key: str) -> bool:
        """Tell whether the row says nothing in a column."""
        return self.staged.values.get(key) is None and not self.staged.references.get(key, (None, ""))[1]

    def refuse(self, cause: Text, key: str = "id", remedy: Text = REMEDY) -> None:
        """Keep the first reason why the row cannot be taken."""
        if self.trouble is None:
            self.trouble = Problem(self.staged.sheet, self.staged.cell(key), cause, remedy)


def refuse_doubles(rows: list[Row]) -> None:
    """Refuse all rows that share an id: which of them is the copy, only a person knows."""
    seen: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.staged.id is not None:
            seen[name_list(row.staged.kind), row.staged.id].append(row)
    for (_, id), doubles in seen.items():
        for row in doubles if len(doubles) > 1 else ():
            other = next(one for one in doubles if one is not row).staged
            row.rival = f"{other.sheet}!{other.cell()}"
            row.refuse(
                msg(
                    "The id {id} stands both in {cell} and in {rival}.", id=id, cell=row.staged.cell(), rival=row.rival
                ),
                remedy=msg("Clear the id of the row that is a new record, or delete the copy."),
            )
