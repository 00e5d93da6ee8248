from storage.domain.changes import insert, update
from storage.domain.overview import Overview, column_of
from storage.domain.problem import Problem
from storage.domain.proposal import Item, Outcome
from storage.domain.text import msg

DOUBT = Problem("S", "B2", msg("Odd."), msg("Look."))
SOURCE = Item(0, "source", Outcome.NEW, "Report", "", "", "", take=(insert("source", {"title": "Report"}, -1),))
ROW = Item(1, "source", Outcome.CHANGED, "Survey", "", "Sources", "B2")
FIGURE = Item(2, "observation", Outcome.CONFLICT, "A", "", "S", "B2", metric="Sales", doubts=(DOUBT,))
FIELD = Item(
    3, "cluster", Outcome.CONFLICT, "B", "", "S", "C2", column="type",
    take=(update("cluster", 1, {}, {}),), base=(update("cluster", 1, {}, {}),),
)  # fmt: skip


def test_source_written_along_is_apart_from_one_with_a_row() -> None:
    found = Overview.of([SOURCE, ROW, FIGURE])
    assert (found.listed, found.provenance) == ((ROW, FIGURE), (SOURCE,))


def test_all_items_are_counted_by_kind_and_outcome() -> None:
    found = Overview.of([SOURCE, ROW, FIGURE, FIELD])
    assert found.counts == {
        ("source", Outcome.NEW): 1, ("source", Outcome.CHANGED): 1, ("observation", Outcome.CONFLICT): 1,
        ("cluster", Outcome.CONFLICT): 1,
    }  # fmt: skip
    assert found.doubtful == {"observation": 1}


def test_conflicts_are_gathered_by_field_else_by_metric() -> None:
    found = Overview.of([ROW, FIGURE, FIELD])
    assert found.conflicts == {column_of(FIGURE): (FIGURE,), column_of(FIELD): (FIELD,)}
    assert (column_of(FIGURE), column_of(FIELD)) == (("observation", "Sales"), ("cluster", "type"))


def test_three_values_are_noticed() -> None:
    assert [Overview.of([one]).of_three for one in (FIGURE, FIELD)] == [False, True]
