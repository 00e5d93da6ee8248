"""The one way in refuses what no record may hold, and says why."""

import math
from typing import Any

import numpy as np
import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, Revision, delete, insert, update
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput, StaleChange

FIGURE = {"period": "2015", "period_start": "2015-01-01", "period_end": "2016-01-01"}


def write(catalogue: Catalogue, *changes: Change) -> Revision:
    return catalogue.apply(ChangeSet.of(changes), msg("Test"))


def make(catalogue: Catalogue, kind: str, **values: Any) -> int:
    return write(catalogue, insert(kind, values, -1)).new_ids[-1]


def cell(catalogue: Catalogue, kind: str, id: int, column: str) -> Any:
    return catalogue.stored(Query(kind, Where("id", "in", (id,))), (column,))[0][1]


@pytest.fixture
def base(empty: Catalogue) -> dict[str, int]:
    """A cluster, a metric, a unit, a source with a passage, and a sector, by kind."""
    made = write(
        empty, insert("cluster", {"name": "A"}, -1), insert("unit", {"code": "u", "name": "U"}, -2),
        insert("metric", {"name": "M"}, -3), insert("source", {"title": "S"}, -4),
        insert("passage", {"source_id": -4, "locator": "1"}, -5),
        insert("sector", {"classification": "KSIC", "code": "C26", "name": "Electronics"}, -6),
    ).new_ids  # fmt: skip
    return dict(
        zip(("cluster", "unit", "metric", "source", "passage", "sector"), (made[-n] for n in range(1, 7)), strict=True)
    )


def figure(base: dict[str, int], id: int = -9, **values: Any) -> Change:
    return insert("observation", FIGURE | {"entity_id": base["cluster"], "metric_id": base["metric"]} | values, id)


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("cluster", {"latitude": 123.0}, "above the most"),
        ("cluster", {"latitude": math.nan}, "no Latitude"),
        ("cluster", {"latitude": "north"}, "no Latitude"),
        ("cluster", {"latitude": True}, "no Latitude"),
        ("cluster", {"name": 7}, "no Name"),
        ("cluster", {"id": 7}, "There never was a entity no. 7"),
        ("cluster", {"kind": "region"}, "no column “kind”"),
        ("cluster", {"name": None}, "must not be blank"),
        ("metric", {"unit_id": 1.5}, "no Unit"),
        ("metric", {"unit_id": 2**63}, "no Unit"),
        ("cluster", {"longitude": 10**400}, "no Longitude"),
        ("metric", {"unit_id": 99}, r"Unit \(no\. 99\)"),
    ],
)  # fmt: skip
def test_a_value_that_the_column_cannot_hold_is_refused(
    empty: Catalogue, kind: str, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        write(empty, insert(kind, {"name": "A"} | values))


@pytest.mark.parametrize(
    "values", [{"value": math.inf}, {"low": -math.inf}, {"preferred": "yes"}, {"precision": "so-so"}]
)
def test_a_figure_that_could_not_be_read_back_is_refused(
    empty: Catalogue, base: dict[str, int], values: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput):
        write(empty, figure(base, **values))


def test_bounds_the_wrong_way_round_are_refused_in_words(empty: Catalogue, base: dict[str, int]) -> None:
    with pytest.raises(InvalidInput, match="lower bound"):
        write(empty, figure(base, low=2.0, high=1.0))


@pytest.mark.parametrize(
    ("value", "kept"), [(np.float64(0.1), 0.1), (np.int64(3), 3.0), (7, 7.0), (5e-324, 5e-324), (-0.0, 0.0)]
)
def test_numbers_of_any_make_are_kept_as_they_are(
    empty: Catalogue, base: dict[str, int], value: Any, kept: float
) -> None:
    id = write(empty, figure(base, value=value)).new_ids[-9]
    assert cell(empty, "observation", id, "value") == kept


def test_ids_of_numpy_are_as_good_as_others(empty: Catalogue, base: dict[str, int]) -> None:
    write(empty, figure(base, entity_id=np.int64(base["cluster"])))
    write(empty, delete("cluster", np.int64(base["cluster"])))
    assert empty.count(Query("observation")) == 0


@pytest.mark.parametrize("change", [update("region", 1, {}, {"name": "B"}), delete("organisation", 1)])
def test_a_record_is_not_taken_for_one_of_another_kind(empty: Catalogue, change: Change) -> None:
    make(empty, "cluster", name="A")
    with pytest.raises(StaleChange, match="no longer there"):
        write(empty, change)


@pytest.mark.parametrize(
    ("seen", "fits"),
    [(1.0, True), (1, True), (np.float64(1), True), (None, False), (0.0, False), (1.0000000000000002, False)],
)  # fmt: skip
def test_a_figure_is_compared_to_the_last_bit(empty: Catalogue, base: dict[str, int], seen: Any, fits: bool) -> None:
    id = write(empty, figure(base, value=1.0)).new_ids[-9]
    change = update("observation", id, {"value": seen}, {"value": 2.0})
    if fits:
        write(empty, change)
    else:
        with pytest.raises(StaleChange, match="Value"):
            write(empty, change)


@pytest.mark.parametrize(("seen", "fits"), [(False, True), (0, True), (None, False), (True, False)])
def test_yes_and_no_are_compared_as_such(empty: Catalogue, base: dict[str, int], seen: Any, fits: bool) -> None:
    id = write(empty, figure(base)).new_ids[-9]
    change = update("observation", id, {"preferred": seen}, {"preferred": True})
    if fits:
        write(empty, change)
    else:
        with pytest.raises(StaleChange, match="Preferred"):
            write(empty, change)


def test_a_column_that_there_is_not_cannot_have_been_seen(empty: Catalogue, base: dict[str, int]) -> None:
    with pytest.raises(InvalidInput, match="colour"):
        write(empty, update("cluster", base["cluster"], {"colour": None}, {"name": "B"}))


def test_two_new_records_of_one_set_need_two_names(empty: Catalogue) -> None:
    with pytest.raises(ValueError, match="-1"):
        write(empty, insert("cluster", {"name": "A"}, -1), insert("cluster", {"name": "B"}, -1))


def test_a_new_record_may_refer_to_one_that_comes_later_in_the_set(empty: Catalogue) -> None:
    made = write(empty, insert("alias", {"entity_id": -1, "name": "a"}, -2), insert("cluster", {"name": "A"}, -1))
    assert cell(empty, "alias", made.new_ids[-2], "entity_id") == made.new_ids[-1]


def test_a_unit_in_use_cannot_be_deleted(empty: Catalogue, base: dict[str, int]) -> None:
    write(empty, figure(base, unit_id=base["unit"]))
    with pytest.raises(InvalidInput, match=r"still in use by another record \(Observation\)"):
        write(empty, delete("unit", base["unit"]))


def test_a_unit_out_of_use_can_be_deleted(empty: Catalogue, base: dict[str, int]) -> None:
    write(empty, delete("unit", base["unit"]))
    assert empty.count(Query("unit")) == 0


def test_a_figure_of_an_industry_goes_with_it_and_never_becomes_one_of_them_all(
    empty: Catalogue, base: dict[str, int]
) -> None:
    write(empty, figure(base, sector_id=base["sector"]))
    write(empty, delete("sector", base["sector"]))
    assert empty.count(Query("observation")) == 0
    empty.undo()
    assert (empty.count(Query("observation")), empty.check()) == (1, [])


def test_a_source_whose_figures_would_fall_together_without_it_is_kept(empty: Catalogue, base: dict[str, int]) -> None:
    write(empty, figure(base, value=1.0, id=-9), figure(base, value=2.0, passage_id=base["passage"], id=-10))
    with pytest.raises(InvalidInput, match="told apart"):
        write(empty, delete("source", base["source"]))


def test_records_with_different_columns_are_written_in_one_go(empty: Catalogue) -> None:
    write(
        empty, *(insert("cluster", {"name": f"C{n}"} | ({"note": "x"} if n % 2 else {"url": "y"})) for n in range(50))
    )
    assert (empty.count(Query("cluster")), empty.count(Query("cluster", Where("note", "=", "x")))) == (50, 25)


def test_a_listener_learns_the_ids_of_the_new_records(empty: Catalogue) -> None:
    heard: list[dict[int, int]] = []
    empty.subscribe(lambda revision: heard.append(dict(revision.new_ids)))
    made = write(empty, insert("cluster", {"name": "A"}, -1))
    assert heard == [made.new_ids]


def test_a_deleted_record_comes_back_under_its_old_id(empty: Catalogue) -> None:
    write(empty, insert("cluster", {"name": "A"}))
    write(empty, delete("cluster", 1))
    made = write(empty, insert("cluster", {"name": "A", "id": 1}, -1), insert("cluster", {"name": "B"}, -2))
    assert (made.new_ids, empty.check()) == ({-1: 1, -2: 2}, [])


def test_a_record_that_is_there_cannot_come_back(empty: Catalogue) -> None:
    write(empty, insert("cluster", {"name": "A"}))
    write(empty, delete("cluster", 1))
    write(empty, insert("cluster", {"name": "A", "id": 1}))
    with pytest.raises(InvalidInput, match="already a Cluster"):
        write(empty, insert("cluster", {"name": "A", "id": 1}))
