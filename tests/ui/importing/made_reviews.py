"""Proposals made by hand, with conflicts of two and of three, doubts, notes and removals."""

from storage.domain.changes import delete, insert, update
from storage.domain.problem import Problem
from storage.domain.proposal import Delta, Item, Outcome
from storage.domain.text import msg

DOUBT = Problem("Figures", "B7", msg("1,000 times its own history."), msg("Correct the cell, or keep it."))


def of_three(number: int, column: str, base: str | None, theirs: str | None, ours: str | None) -> Item:
    """A field of a cluster that both sides changed."""
    delta = Delta(column, ours, theirs, ours or "", theirs or "", base, base or "")
    return Item(
        number, "cluster", Outcome.CONFLICT, f"Cluster {number}", "", "Clusters", f"D{number}", deltas=(delta,),
        column=column, take=(update("cluster", number, {column: ours}, {column: theirs}),),
        base=(update("cluster", number, {column: ours}, {column: base}),),
    )  # fmt: skip


def figure(number: int, outcome: Outcome, **more: object) -> Item:
    """A figure of a foreign workbook."""
    delta = Delta("value", 1.0, 2.0, "1", "2")
    return Item(
        number, "observation", outcome, f"Park {number} · Sales · 2015", "", "Figures", f"B{number}",
        deltas=(delta,), take=(update("observation", number, {"value": 1.0}, {"value": 2.0}),),
        entity=f"Park {number}", metric="Sales", period="2015", **more,
    )  # fmt: skip


DELETED = Item(
    5, "cluster", Outcome.CONFLICT, "Cluster 5", "", "Clusters", "A5",
    deltas=(Delta("note", None, "B", "", "B", "A", "A"),),
    take=(insert("cluster", {"name": "Cluster 5", "note": "B"}, 5),),
    base=(insert("cluster", {"name": "Cluster 5"}, 5),),
    note=msg("Deleted here since the export, and changed in the workbook."),
)  # fmt: skip
CHANGED = Item(
    4, "cluster", Outcome.CHANGED, "Cluster 4", "", "Clusters", "D4", deltas=(Delta("note", "a", "b", "a", "b"),),
    take=(update("cluster", 4, {"note": "a"}, {"note": "b"}),),
)  # fmt: skip
REMOVED = Item(6, "cluster", Outcome.REMOVED, "Cluster 6", "", "", "", take=(delete("cluster", 6),))
DRIFTED = Item(
    8, "cluster", Outcome.SAME, "Cluster 8", "", "Clusters", "A8",
    note=msg("Changed here since the export: {fields}.", fields="Note"),
)  # fmt: skip
MERGED = (
    of_three(1, "note", "base note", "their note", "our note"),
    of_three(2, "note", "base two", "their two", None),
    of_three(3, "url", "old.kr", "new.kr", "our.kr"),
    CHANGED,
    DELETED,
    REMOVED,
    DRIFTED,
)
COMPARED = (
    figure(1, Outcome.CONFLICT, both=(insert("observation", {"value": 2.0}),)),
    figure(2, Outcome.CONFLICT, rival="B20", take_rival=(insert("observation", {"value": 3.0}),)),
    figure(7, Outcome.NEW, doubts=(DOUBT,)),
    figure(9, Outcome.NEW),
)
