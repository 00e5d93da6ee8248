"""Taking revisions back and writing them again, in any order that makes sense, with the right one named otherwise."""

import random
import threading
from typing import Any

import pytest

from storage.catalogue import Catalogue
from storage.database.documents import rebuild_search
from storage.database.engine import Database
from storage.domain.changes import Change, ChangeSet, Revision, delete, insert, update
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import CatalogueError, InvalidInput, UndoBlocked
from storage.translations import translated

FIGURE = {
    "value": 1.5,
    "multiplier": 10_000.0,
    "period": "2015",
    "period_start": "2015-01-01",
    "period_end": "2016-01-01",
}


def write(catalogue: Catalogue, *changes: Change, label: str = "Test") -> Revision:
    return catalogue.apply(ChangeSet.of(changes), msg(label))


def make(catalogue: Catalogue, kind: str = "cluster", **values: Any) -> int:
    return write(catalogue, insert(kind, {"name": "A"} | values, -1)).new_ids[-1]


def cell(catalogue: Catalogue, kind: str, id: int, column: str) -> Any:
    return catalogue.stored(Query(kind, Where("id", "in", (id,))), (column,))[0][1]


def test_a_revision_is_redone_by_number_after_a_later_edit(empty: Catalogue) -> None:
    id = make(empty)
    renamed = write(empty, update("cluster", id, {}, {"name": "B"}))
    empty.undo()
    write(empty, update("cluster", id, {}, {"note": "later"}))
    empty.redo(renamed.id)
    assert (cell(empty, "cluster", id, "name"), empty.check(), empty.redo_label()) == ("B", [], None)


def test_several_revisions_undone_out_of_order_are_redone(empty: Catalogue) -> None:
    id = make(empty)
    edits = [write(empty, update("cluster", id, {}, {column: "x"})) for column in ("name", "note", "url", "code")]
    whole = empty.checksum()
    for place in (1, 3, 0, 2):
        empty.undo(edits[place].id)
    for place in (0, 1, 2, 3):
        empty.redo(edits[place].id)
    assert (empty.checksum(), empty.check()) == (whole, [])


def test_a_redone_revision_can_be_undone_again(empty: Catalogue) -> None:
    made = write(empty, insert("cluster", {"name": "A"}))
    empty.undo(), empty.redo()
    empty.undo(made.id)
    assert empty.count(Query("cluster")) == 0


def test_the_blocking_revision_is_the_one_that_changed_the_same_field(empty: Catalogue) -> None:
    id = make(empty)
    first = write(empty, update("cluster", id, {}, {"name": "B"}))
    second = write(empty, update("cluster", id, {}, {"name": "C"}))
    write(empty, update("cluster", id, {}, {"note": "beside the point"}))
    with pytest.raises(UndoBlocked) as blocked:
        empty.undo(first.id)
    assert blocked.value.blocking_revision == second.id


def test_the_blocking_revision_is_the_one_that_tied_the_record(empty: Catalogue) -> None:
    cluster = write(empty, insert("cluster", {"name": "A"}, -1))
    alias = write(empty, insert("alias", {"entity_id": cluster.new_ids[-1], "name": "a"}, -1))
    write(empty, update("alias", alias.new_ids[-1], {}, {"note": "beside the point"}))
    with pytest.raises(UndoBlocked) as blocked:
        empty.undo(cluster.id)
    assert blocked.value.blocking_revision == alias.id


def test_what_took_a_unique_key_is_named(empty: Catalogue) -> None:
    first = write(empty, insert("unit", {"code": "u", "name": "one"}, -1))
    gone = write(empty, delete("unit", first.new_ids[-1]))
    second = write(empty, insert("unit", {"code": "u", "name": "two"}))
    with pytest.raises(UndoBlocked, match=f"{second.id}") as blocked:
        empty.undo(gone.id)
    assert (blocked.value.blocking_revision, empty.check()) == (second.id, [])


def test_a_parent_taken_back_since_is_told_to_be_redone(empty: Catalogue) -> None:
    parent = write(empty, insert("cluster", {"name": "A"}, -1))
    child = write(empty, insert("alias", {"entity_id": parent.new_ids[-1], "name": "a"}))
    empty.undo(child.id)
    empty.undo(parent.id)
    with pytest.raises(UndoBlocked, match=f"[Rr]evision {parent.id}.*redo") as blocked:
        empty.redo(child.id)
    assert blocked.value.blocking_revision == parent.id


def test_a_blocked_redo_names_the_revision_that_was_asked_for(empty: Catalogue) -> None:
    id = make(empty)
    renamed = write(empty, update("cluster", id, {}, {"name": "B"}))
    empty.undo()
    later = write(empty, update("cluster", id, {}, {"name": "C"}))
    with pytest.raises(UndoBlocked, match=f"{later.id}.*revision {renamed.id}") as blocked:
        empty.redo(renamed.id)
    assert blocked.value.blocking_revision == later.id


@pytest.mark.parametrize(("verb", "number"), [("undo", 99), ("redo", 99), ("undo", 2), ("redo", 1)])
def test_a_revision_that_cannot_be_taken_is_refused_by_number(empty: Catalogue, verb: str, number: int) -> None:
    make(empty)
    empty.undo()
    empty.redo()
    with pytest.raises(UndoBlocked, match=f"evision {number}"):
        getattr(empty, verb)(number)


def test_deleting_a_passage_keeps_its_figures_and_undo_ties_them_again(catalogue: Catalogue) -> None:
    passage = next(row[1] for row in catalogue.stored(Query("observation"), ("passage_id",)) if row[1])
    before, figures = catalogue.checksum(), catalogue.count(Query("observation"))
    write(catalogue, delete("passage", passage))
    assert catalogue.count(Query("observation")) == figures
    after = catalogue.checksum()
    catalogue.undo()
    assert (catalogue.checksum(), catalogue.check()) == (before, [])
    catalogue.redo()
    assert (catalogue.checksum(), catalogue.check()) == (after, [])


def test_a_revision_that_unties_and_then_deletes_the_same_row_comes_back_whole(catalogue: Catalogue) -> None:
    _, entity, passage = next(
        row for row in catalogue.stored(Query("observation"), ("entity_id", "passage_id")) if row[2]
    )
    before = catalogue.checksum()
    kind = catalogue.entity_kind(entity)
    gone = write(catalogue, delete("passage", passage), delete(kind, entity))
    catalogue.undo()
    catalogue.redo()
    catalogue.undo(gone.id)
    assert (catalogue.checksum(), catalogue.check()) == (before, [])


def test_the_preferred_figure_is_swapped_back_and_forth(empty: Catalogue) -> None:
    base = write(
        empty, insert("cluster", {"name": "A"}, -1), insert("metric", {"name": "M"}, -2),
        insert("source", {"title": "S"}, -3), insert("passage", {"source_id": -3, "locator": "1"}, -4),
    ).new_ids  # fmt: skip
    key = FIGURE | {"entity_id": base[-1], "metric_id": base[-2]}
    made = write(
        empty,
        insert("observation", key | {"preferred": True}, -1),
        insert("observation", key | {"passage_id": base[-4]}, -2),
    ).new_ids
    swap = write(
        empty,
        update("observation", made[-1], {}, {"preferred": False}),
        update("observation", made[-2], {}, {"preferred": True}),
    )
    after = empty.checksum()
    empty.undo(swap.id)
    empty.redo(swap.id)
    assert (empty.checksum(), empty.check()) == (after, [])


def test_two_threads_that_undo_at_once_take_back_two_revisions(empty: Catalogue) -> None:
    for name in "ABCDEFGH":
        make(empty, name=name)
    failures: list[BaseException] = []

    def undo() -> None:
        try:
            for _ in range(4):
                empty.undo()
        except BaseException as error:  # carried to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=undo) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, empty.count(Query("cluster"))) == ([], 0)


def test_a_revision_tells_its_size_and_tables_without_its_changes(empty: Catalogue) -> None:
    revision = write(empty, insert("cluster", {"name": "A"}, -1), insert("alias", {"entity_id": -1, "name": "a"}))
    assert (
        revision.change_count,
        revision.touches("cluster"),
        revision.touches("alias"),
        revision.touches("source"),
    ) == (3, True, True, False)
    assert empty.history()[0] == revision


def _index(path: Any, *, anew: bool) -> list[tuple[Any, ...]]:
    database = Database(path)
    with database.write() as connection:
        if anew:
            rebuild_search(connection)
        rows = connection.exec_driver_sql(
            """SELECT d.owner, d.record_id, d.title, d.title_ko, d.names, d.prose,
                   (SELECT json_group_array(json_array(place, start)) FROM search_start s WHERE s.document = d.id)
               FROM search_document d ORDER BY 1, 2"""
        ).all()
        connection.exec_driver_sql("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")
    database.engine.dispose()
    return [tuple(row) for row in rows]


def _edit(catalogue: Catalogue, rng: random.Random) -> list[Change]:
    """Return a random edit or deletion."""
    clusters, passages, sectors = (
        [int(id) for id in catalogue.ids(Query(kind))] for kind in ("cluster", "passage", "sector")
    )
    figure = rng.choice(catalogue.stored(Query("observation"), ()))[0]
    one = rng.choice(clusters)
    edits = [
        [update("cluster", one, {}, {"name": rng.choice("ABC"), "note": rng.choice("xyz")})],
        [delete("cluster", id) for id in rng.sample(clusters, 2)],
        [delete("passage", rng.choice(passages))],
        [insert("alias", {"entity_id": one, "name": rng.choice(["가", "나", "다"])})],
        [update("observation", figure, {}, {"entity_id": one})],
        [update("observation", figure, {}, {"note": rng.choice(["zebra", "lion", None])})],
        [update("sector", rng.choice(sectors), {}, {"name": rng.choice("KLM")})],
    ]
    return rng.choice(edits)


def _somehow(catalogue: Catalogue, rng: random.Random) -> None:
    """Edit, undo or redo something; a refusal with a reason is as good."""
    revisions = [revision.id for revision in catalogue.history()][:-1] or [99]  # the sample itself stays
    verbs = [lambda: write(catalogue, *_edit(catalogue, rng))] * 6
    verbs += [
        lambda: catalogue.undo(rng.choice(revisions)),
        lambda: catalogue.redo(rng.choice(revisions)),
        catalogue.redo,
    ]
    verbs += [catalogue.undo] if catalogue.standing() != {1} else []
    rng.choice(verbs)()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_and_undone_the_file_stays_sound(catalogue: Catalogue, seed: int) -> None:
    rng = random.Random(seed)
    refusals = []
    for _ in range(60):
        before, newest = catalogue.checksum(), catalogue.revision
        try:
            _somehow(catalogue, rng)
        except CatalogueError as error:
            refusals.append(error)
        if catalogue.revision > newest and rng.random() < 0.3 and catalogue.history()[0].kind != "undo":
            catalogue.undo()
            assert catalogue.checksum() == before
    assert catalogue.check() == []
    assert _index(catalogue.path, anew=False) == _index(catalogue.path, anew=True)
    assert {type(error) for error in refusals} <= {UndoBlocked, InvalidInput}


def test_a_label_keeps_the_sentences_within_it_so_that_they_can_be_translated(empty: Catalogue) -> None:
    label = msg("Change {field} of {name}", field=msg("Type"), name="A{B}")
    empty.apply(ChangeSet.of([insert("cluster", {"name": "A{B}"}, -1)]), label)
    empty.undo()
    undone = empty.history()[0].text
    assert (str(undone), translated(undone, "ko")) == ("Undo: Change Type of A{B}", "실행 취소: A{B}: 유형 변경")


def test_a_column_that_is_younger_than_the_journal_is_taken_for_blank(empty: Catalogue) -> None:
    made = write(empty, insert("cluster", {"name": "A"}, -1), insert("metric", {"name": "M"}, -2))
    figure = write(empty, insert("observation", {"entity_id": made.new_ids[-1], "metric_id": made.new_ids[-2]}, -1))
    write(empty, update("observation", figure.new_ids[-1], {}, {"note": "x"}))
    database = Database(empty.path)
    with database.write() as connection:
        for column in ("scope", "preferred", "multiplier", "url"):
            connection.exec_driver_sql(f"UPDATE change SET after = json_remove(after, '$.{column}')")
            connection.exec_driver_sql(f"UPDATE change SET before = json_remove(before, '$.{column}')")
    database.engine.dispose()
    with pytest.raises(UndoBlocked):
        empty.undo(figure.id)
    empty.undo()
    empty.undo(figure.id)
    empty.redo(figure.id)
    empty.redo()
    assert empty.check() == []
    assert cell(empty, "observation", figure.new_ids[-1], "scope") == ""
