"""The journal as it is told to a person."""

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, Revision, delete, insert, update
from storage.domain.text import msg


def write(catalogue: Catalogue, *changes: Change) -> Revision:
    return catalogue.apply(ChangeSet.of(changes), msg("Test"))


def test_the_history_of_one_cell_is_not_cut_off_by_that_of_others(empty: Catalogue) -> None:
    id = write(empty, insert("cluster", {"name": "A", "note": "old"}, -1)).new_ids[-1]
    for number in range(30):
        write(empty, update("cluster", id, {}, {"name": str(number)}))
    assert [(c.before, c.after) for c in empty.history_of("cluster", id, "note", limit=5)] == [(None, "old")]


def test_the_history_of_a_cell_tells_when_it_was_emptied(empty: Catalogue) -> None:
    id = write(empty, insert("cluster", {"name": "A", "note": "old"}, -1)).new_ids[-1]
    write(empty, update("cluster", id, {}, {"note": None}))
    assert [(c.before, c.after) for c in empty.history_of("cluster", id, "note")] == [("old", None), (None, "old")]


def test_a_deleted_record_keeps_its_kind_and_its_last_name_in_older_revisions(empty: Catalogue) -> None:
    id = write(empty, insert("organisation", {"name": "A"}, -1)).new_ids[-1]
    edited = write(empty, update("organisation", id, {}, {"note": "x", "helix": "support"}))
    write(empty, update("organisation", id, {}, {"name": "B"}))
    write(empty, delete("organisation", id))
    told = {(c.kind, c.title, c.column, c.after) for c in empty.changes_of(edited.id)}
    assert told == {("organisation", "B", "note", "x"), ("organisation", "B", "helix", "support")}


def test_a_deleted_record_still_has_its_history(empty: Catalogue) -> None:
    id = write(empty, insert("organisation", {"name": "A"}, -1)).new_ids[-1]
    write(empty, delete("organisation", id))
    assert [c.action for c in empty.history_of("organisation", id, "name")] == ["delete", "insert"]


def test_a_revision_tells_at_most_so_many_rows(empty: Catalogue) -> None:
    made = write(empty, *(insert("metric", {"name": str(n)}) for n in range(50)))
    assert len({c.record_id for c in empty.changes_of(made.id, limit=10)}) == 10


def test_a_revision_without_number_tells_nothing(empty: Catalogue) -> None:
    assert empty.changes_of(99) == []
