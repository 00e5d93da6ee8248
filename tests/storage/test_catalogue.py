"""The one door: what is written is whole, checked, journaled and can be taken back."""

import random
import threading
from typing import Any

import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, Revision, delete, insert, update
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput, StaleChange, UndoBlocked

LABEL = msg("Test")


def write(catalogue: Catalogue, *changes: Change) -> Revision:
    return catalogue.apply(ChangeSet.of(changes), LABEL)


def one(catalogue: Catalogue, kind: str, column: str, id: int) -> Any:
    return catalogue.stored(Query(kind, Where("id", "in", (id,))), (column,))[0][1]


def id_of(catalogue: Catalogue, kind: str, name: str) -> int:
    return int(catalogue.ids(Query(kind, Where("name", "=", name)))[0])


def test_new_records_may_refer_to_each_other_by_negative_ids(empty: Catalogue) -> None:
    revision = write(
        empty, insert("cluster", {"name": "A"}, -1), insert("alias", {"entity_id": -1, "name": "가"}, -2)
    )  # fmt: skip
    assert one(empty, "alias", "entity_id", revision.new_ids[-2]) == revision.new_ids[-1]


def test_a_failing_change_leaves_nothing_behind(empty: Catalogue) -> None:
    with pytest.raises(InvalidInput):
        write(empty, insert("cluster", {"name": "A"}), insert("alias", {"entity_id": 99, "name": "lost"}))
    assert (empty.count(Query("cluster")), empty.revision) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("cluster", {"name": ""}, "must not be blank"),
        ("cluster", {"name": "A", "type": "castle"}, "castle"),
        ("cluster", {"name": "A\x0b"}, "Name: character 2 is U+000B, which no workbook can keep; remove it."),
        ("source", {"title": "A", "note": "ab\ud800"}, "Note: character 3 is U+D800"),
        ("cluster", {"name": "A", "colour": "red"}, "colour"),
        ("castle", {"name": "A"}, "castle"),
    ],
)
def test_bad_input_is_refused_with_the_reason(empty: Catalogue, kind: str, values: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said.replace("+", r"\+")):
        write(empty, insert(kind, values))


def test_text_is_kept_composed_and_with_single_line_feeds(empty: Catalogue) -> None:
    made = write(empty, insert("cluster", {"name": "안산".encode().decode(), "note": "a\r\nb"}, -1))
    assert one(empty, "cluster", "note", made.new_ids[-1]) == "a\nb"


def test_a_change_on_an_outdated_view_is_refused(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    write(catalogue, update("cluster", id, {"name": "Pangyo Techno Valley"}, {"name": "PTV"}))
    with pytest.raises(StaleChange, match="Name"):
        write(catalogue, update("cluster", id, {"name": "Pangyo Techno Valley"}, {"name": "Pangyo"}))


def test_a_change_to_a_deleted_record_is_refused(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    write(catalogue, delete("cluster", id))
    with pytest.raises(StaleChange, match="no longer there"):
        write(catalogue, update("cluster", id, {}, {"name": "x"}))


def test_changes_that_change_nothing_make_no_revision(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    before = catalogue.revision
    write(catalogue, update("cluster", id, {}, {"name": "Pangyo Techno Valley"}))
    assert catalogue.revision == before


def test_deleting_takes_along_what_hangs_on_the_record_and_undo_brings_all_back(catalogue: Catalogue) -> None:
    before = catalogue.checksum()
    write(catalogue, delete("cluster", id_of(catalogue, "cluster", "Pangyo Techno Valley")))
    assert catalogue.checksum() != before
    catalogue.undo()
    assert catalogue.checksum() == before


def test_a_double_survives_undo_and_redo_to_the_last_bit(empty: Catalogue) -> None:
    numbers = [random.Random(n).uniform(-1, 1) * 10.0 ** (n % 40 - 20) for n in range(300)]
    base = write(empty, insert("cluster", {"name": "A"}, -1), insert("metric", {"name": "M"}, -2)).new_ids
    figures = [insert("observation", {"entity_id": base[-1], "metric_id": base[-2], "period": str(n), "value": value})
               for n, value in enumerate(numbers)]  # fmt: skip
    write(empty, *figures)
    empty.undo()
    empty.redo()
    assert [row[1] for row in empty.stored(Query("observation"), ("value",))] == numbers


def test_undo_to_the_first_and_redo_to_the_last_revision_give_the_same_records(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    sums = [catalogue.checksum()]
    for name in ("A", "B", "C"):
        write(catalogue, update("cluster", id, {}, {"name": name}))
        sums.append(catalogue.checksum())
    while catalogue.undo_label() is not None:
        catalogue.undo()
    while catalogue.redo_label() is not None:
        catalogue.redo()
    assert catalogue.checksum() == sums[-1]


def test_undo_works_after_the_file_was_closed(catalogue: Catalogue) -> None:
    before, path = catalogue.checksum(), catalogue.path
    write(catalogue, insert("cluster", {"name": "A"}))
    catalogue.close()
    again = Catalogue.open(path)
    again.undo()
    assert again.checksum() == before
    again.close()


def test_an_older_revision_can_be_undone_when_nothing_builds_on_it(catalogue: Catalogue) -> None:
    first = write(catalogue, insert("cluster", {"name": "A"}))
    write(catalogue, insert("cluster", {"name": "B"}))
    catalogue.undo(first.id)
    assert catalogue.count(Query("cluster", Where("name", "=", "A"))) == 0


def test_undo_names_the_later_revision_that_changed_the_same_field(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    first = write(catalogue, update("cluster", id, {}, {"name": "A"}))
    later = write(catalogue, update("cluster", id, {}, {"name": "B"}))
    with pytest.raises(UndoBlocked) as blocked:
        catalogue.undo(first.id)
    assert blocked.value.blocking_revision == later.id


def test_undo_names_the_later_revision_that_refers_to_a_new_record(catalogue: Catalogue) -> None:
    first = write(catalogue, insert("cluster", {"name": "A"}, -1))
    later = write(catalogue, insert("alias", {"entity_id": first.new_ids[-1], "name": "a"}))
    with pytest.raises(UndoBlocked) as blocked:
        catalogue.undo(first.id)
    assert blocked.value.blocking_revision == later.id


def test_undo_names_the_later_revision_that_deleted_the_parent(catalogue: Catalogue) -> None:
    made = write(catalogue, insert("cluster", {"name": "A"}, -1), insert("alias", {"entity_id": -1, "name": "a"}, -2))
    gone = write(catalogue, delete("alias", made.new_ids[-2]))
    later = write(catalogue, delete("cluster", made.new_ids[-1]))
    with pytest.raises(UndoBlocked) as blocked:
        catalogue.undo(gone.id)
    assert blocked.value.blocking_revision == later.id


def test_a_change_to_another_field_does_not_stand_in_the_way(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    first = write(catalogue, update("cluster", id, {}, {"name": "A"}))
    write(catalogue, update("cluster", id, {}, {"note": "B"}))
    catalogue.undo(first.id)
    assert one(catalogue, "cluster", "name", id) == "Pangyo Techno Valley"


def test_a_new_edit_ends_what_redo_would_take(catalogue: Catalogue) -> None:
    write(catalogue, insert("cluster", {"name": "A"}))
    catalogue.undo()
    write(catalogue, insert("cluster", {"name": "B"}))
    assert catalogue.redo_label() is None


def test_an_id_is_never_used_again(empty: Catalogue) -> None:
    first = write(empty, insert("cluster", {"name": "A"}, -1)).new_ids[-1]
    empty.undo()
    assert write(empty, insert("cluster", {"name": "B"}, -1)).new_ids[-1] > first


def test_two_figures_of_one_set_cannot_both_be_preferred(catalogue: Catalogue) -> None:
    rows = catalogue.stored(Query("observation", Where("preferred", "=", True)), ("entity_id", "metric_id", "period",
                            "period_start", "period_end", "scope", "scenario", "measure"))  # fmt: skip
    names = ("entity_id", "metric_id", "period", "period_start", "period_end", "scope", "scenario", "measure")
    twin = dict(zip(names, rows[0][1:], strict=True)) | {"preferred": True, "value": 1.0}
    with pytest.raises(InvalidInput, match="preferred"):
        write(catalogue, insert("observation", twin))


def test_subscribers_hear_once_what_was_touched(catalogue: Catalogue) -> None:
    heard: list[Revision] = []
    stop = catalogue.subscribe(heard.append)
    write(catalogue, insert("cluster", {"name": "A"}), insert("cluster", {"name": "B"}))
    stop()
    write(catalogue, insert("cluster", {"name": "C"}))
    assert [(len(heard), r.touches("cluster"), r.touches("source")) for r in heard] == [(1, True, False)]


def test_the_history_of_one_cell_tells_every_value(catalogue: Catalogue) -> None:
    id = id_of(catalogue, "cluster", "Pangyo Techno Valley")
    write(catalogue, update("cluster", id, {}, {"name": "A"}))
    told = [(change.before, change.after) for change in catalogue.history_of("cluster", id, "name")]
    assert told == [("Pangyo Techno Valley", "A"), (None, "Pangyo Techno Valley")]


def test_threads_may_read_while_another_writes(catalogue: Catalogue) -> None:
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(30):
                catalogue.count(Query("cluster"))
        except BaseException as error:  # carried to the test's own thread
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(10):
        write(catalogue, insert("cluster", {"name": str(number)}))
    for reader in readers:
        reader.join()
    assert failures == []
