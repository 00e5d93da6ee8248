"""Records as they stood: whatever was written since, the rows of every revision come back to the last bit."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, Revision, delete, insert, update
from storage.domain.text import msg

COLUMNS = {
    "organisation": ("name", "note", "latitude", "helix"),
    "cluster": ("name", "type", "since", "since_start"),
    "observation": ("entity_id", "value", "preferred", "scope", "unit_id"),
}
METRIC = insert("metric", {"name": "Workers"}, -1)


def write(catalogue: Catalogue, *changes: Change) -> Revision:
    return catalogue.apply(ChangeSet.of(changes), msg("Test"))


def everything(catalogue: Catalogue) -> dict[str, list[tuple[object, ...]]]:
    return {kind: catalogue.stored_now(kind, columns) for kind, columns in COLUMNS.items()}


def then(catalogue: Catalogue, revision: int) -> dict[str, list[tuple[object, ...]]]:
    """What was there after a revision: the records touched since as they were, the others as they are."""
    found = {}
    for kind, columns in COLUMNS.items():
        states = catalogue.states_at(revision, kind)
        rows = [row for row in catalogue.stored_now(kind, columns) if row[0] not in states]
        rows += [(id, *(state[name] for name in columns)) for id, state in states.items() if state is not None]
        found[kind] = sorted(rows)
    return found


@pytest.fixture
def made(empty: Catalogue) -> Catalogue:
    """A catalogue with an organisation, a cluster and a figure of the organisation."""
    firm = insert("organisation", {"name": "A", "latitude": 0.1 + 0.2, "helix": "industry"}, -2)
    figure = insert("observation", {"entity_id": -2, "metric_id": -1, "value": 1 / 3, "preferred": True}, -4)
    write(empty, METRIC, firm, insert("cluster", {"name": "C"}, -3), figure)
    return empty


@pytest.mark.parametrize(
    "later",
    [
        (),
        (update("organisation", 1, {}, {"name": "B"}),),
        (update("organisation", 1, {}, {"helix": "support", "latitude": None}),),
        (delete("organisation", 1),),
        (update("organisation", 1, {}, {"note": "x"}), delete("organisation", 1)),
        (insert("organisation", {"name": "New"}), insert("cluster", {"name": "New"})),
        (update("observation", 1, {}, {"value": 5.0, "preferred": False}),),
        (delete("cluster", 2), insert("cluster", {"name": "C"})),
    ],
)
def test_what_was_written_since_is_walked_back(made: Catalogue, later: tuple[Change, ...]) -> None:
    revision, before = made.revision, everything(made)
    for change in later:
        write(made, change)
    assert then(made, revision) == before


def test_a_record_that_came_and_went_was_not_there(made: Catalogue) -> None:
    revision = made.revision
    id = write(made, insert("cluster", {"name": "Short"}, -9)).new_ids[-9]
    write(made, delete("cluster", id))
    assert made.states_at(revision, "cluster") == {id: None}


def test_only_what_was_touched_has_a_state(made: Catalogue) -> None:
    revision = made.revision
    write(made, update("cluster", 2, {}, {"note": "x"}))
    assert (list(made.states_at(revision, "cluster")), made.states_at(revision, "organisation")) == ([2], {})


def test_undoing_leads_back_to_the_same_rows(made: Catalogue) -> None:
    revision, before = made.revision, everything(made)
    write(made, delete("organisation", 1))
    made.undo()
    assert then(made, revision) == before == everything(made)


def test_only_the_wanted_ids_are_told(made: Catalogue) -> None:
    assert (made.stored_now("cluster", ("name",), [2, 9]), made.stored_now("organisation", ("name",), [2])) == (
        [(2, "C")], [],
    )  # fmt: skip


steps = st.lists(
    st.one_of(
        st.builds(insert, st.just("organisation"), st.fixed_dictionaries({"name": st.sampled_from("ABC")})),
        st.builds(
            update, st.just("organisation"), st.integers(1, 4), st.just({}),
            st.dictionaries(st.sampled_from(("note", "url")), st.sampled_from((None, "x", "y")), min_size=1),
        ),
        st.builds(
            update, st.just("organisation"), st.integers(1, 4), st.just({}),
            st.fixed_dictionaries({"latitude": st.floats(-90, 90)}),
        ),
        st.builds(delete, st.just("organisation"), st.integers(1, 4)),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=30)
@given(steps=steps)
def test_every_revision_can_be_looked_back_at(empty_file: Path, steps: list[Change]) -> None:
    with TemporaryDirectory() as folder:
        shutil.copy(empty_file, Path(folder) / "a.clusters")
        catalogue = Catalogue.open(Path(folder) / "a.clusters")
        try:
            write(catalogue, METRIC)
            known = {}
            for step in steps:
                known[catalogue.revision] = everything(catalogue)
                there = {row[0] for row in catalogue.stored_now("organisation", ())}
                if step.action == "insert" or step.id in there:
                    write(catalogue, step)
            assert {revision: then(catalogue, revision) for revision in known} == known
        finally:
            catalogue.close()
