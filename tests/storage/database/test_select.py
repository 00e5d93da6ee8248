"""A Query in SQL: conditions, order, windows of rows, facets."""

from typing import Any

import numpy as np
import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.fields import Ref
from storage.domain.query import AllOf, AnyOf, Condition, Not, Order, Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput

PLACES = ((-3, -1), (-4, -1), (-4, -2))
FIGURES = ((-3, 7.0, 1e4, 2015), (-4, 900.0, 1.0, 2015), (-4, 950.0, 1.0, 2016))


def figure(entity: int, value: float, multiplier: float, year: int) -> dict[str, Any]:
    when = {"period": str(year), "period_start": f"{year}-01-01", "period_end": f"{year + 1}-01-01"}
    return {"entity_id": entity, "metric_id": -6, "value": value, "multiplier": multiplier} | when


@pytest.fixture
def towers(empty: Catalogue) -> Catalogue:
    """Three clusters with a place, figures and a period each, one of them bare."""
    nineties = {"since": "1990s", "since_start": "1990-01-01", "since_end": "2000-01-01"}
    year_2005 = {"since": "2005", "since_start": "2005-01-01", "since_end": "2006-01-01"}
    changes = [
        insert("region", {"name": "North"}, -1),
        insert("region", {"name": "South"}, -2),
        insert("cluster", {"name": "b", "type": "corridor"} | nineties, -3),
        insert("cluster", {"name": "A", "type": "science park", "note": "tall"} | year_2005, -4),
        insert("cluster", {"name": "c"}, -5),
        insert("metric", {"name": "Workers"}, -6),
        *(insert("relation", {"subject_id": s, "type": "located in", "object_id": o}) for s, o in PLACES),
        *(insert("observation", figure(*row)) for row in FIGURES),
    ]
    empty.apply(ChangeSet.of(changes), msg("Towers"))
    return empty


def names(catalogue: Catalogue, query: Query) -> list[str]:
    field = catalogue.kinds["cluster"].field("name")
    return [str(row[0]) for row in catalogue.rows("cluster", catalogue.ids(query), [field])]


def region(catalogue: Catalogue, name: str) -> int:
    return int(catalogue.ids(Query("region", Where("name", "=", name)))[0])


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Where("name", "=", "A"), {"A"}),
        (Where("name", "contains", "B"), {"b"}),
        (Where("note", "contains", "TALL"), {"A"}),
        (Where("type", "=", "corridor"), {"b"}),
        (Where("type", "!=", "corridor"), {"A", "c"}),
        (Where("type", "in", ("corridor", "science park")), {"A", "b"}),
        (Where("type", "in", ("corridor", None)), {"b", "c"}),
        (Where("type", "blank"), {"c"}),
        (Where("type", "not blank"), {"A", "b"}),
        (Where("since", "=", "2005"), {"A"}),
        (Where("since", "<", "2005"), {"b"}),
        (Where("since", "overlaps", "1995"), {"b"}),
        (Where("metric:1", ">", 900), {"A", "b"}),
        (Where("metric:1", ">=", 70_000), {"b"}),
        (Where("metric:1", "blank"), {"c"}),
        (Where("figures", "=", 2), {"A"}),
        (Where("place", "blank"), {"c"}),
        (Not(Where("name", "=", "A")), {"b", "c"}),
        (AllOf((Where("type", "not blank"), Where("since", "<", "2005"))), {"b"}),
        (AnyOf((Where("name", "=", "A"), Where("name", "=", "c"))), {"A", "c"}),
        (AnyOf(()), set()),
        (AllOf(()), {"A", "b", "c"}),
        (Not(Where("type", "=", "corridor")), {"A", "c"}),
        (Not(Where("type", "in", ("corridor",))), {"A", "c"}),
        (Not(Where("metric:1", ">", 900)), {"c"}),
        (Not(AllOf((Where("type", "=", "corridor"), Where("since", "<", "2005")))), {"A", "c"}),
        (Where("name", "in", ("A", "b", *(f"x{n}" for n in range(3000)))), {"A", "b"}),
        (Where("name", "in", ()), set()),
        (Where("id", "in", tuple(range(100_000))), {"A", "b", "c"}),
        (Where("id", "in", tuple(np.arange(100))), {"A", "b", "c"}),
        (Where("since", "in", ("2005", "1990s")), {"A", "b"}),
        (Where("place", "in", (1, 2)), {"A", "b"}),
        (Where("metric:1", "in", (70_000.0, None)), {"b", "c"}),
    ],
)
def test_a_condition_finds_what_meets_it(towers: Catalogue, condition: Condition, found: set[str]) -> None:
    assert set(names(towers, Query("cluster", condition))) == found


def test_a_record_in_two_places_is_found_in_either(towers: Catalogue) -> None:
    south, north = (Where("place", "=", region(towers, name)) for name in ("South", "North"))
    assert (names(towers, Query("cluster", south)), set(names(towers, Query("cluster", north)))) == (["A"], {"A", "b"})


@pytest.mark.parametrize(
    ("order", "names_in_order"),
    [
        (Order("name"), ["A", "b", "c"]),
        (Order("name", down=True), ["c", "b", "A"]),
        (Order("since"), ["b", "A", "c"]),
        (Order("since", down=True), ["A", "b", "c"]),
        (Order("metric:1"), ["A", "b", "c"]),
        (Order("metric:1", down=True), ["b", "A", "c"]),
        (Order("type"), ["b", "A", "c"]),
    ],
)
def test_order_goes_by_meaning_and_blanks_come_last(towers: Catalogue, order: Order, names_in_order: list[str]) -> None:
    assert names(towers, Query("cluster", order=(order,))) == names_in_order


def test_rows_come_in_the_order_of_the_ids_and_a_missing_record_is_blank(towers: Catalogue) -> None:
    field = towers.kinds["cluster"].field("name")
    ids = [int(i) for i in towers.ids(Query("cluster", order=(Order("name"),)))]
    assert towers.rows("cluster", [ids[2], 999, ids[0]], [field]) == [("c",), (None,), ("A",)]


def test_the_newest_figure_of_a_metric_is_a_column(towers: Catalogue) -> None:
    field = next(field for field in towers.fields("cluster") if field.key == "metric:1")
    rows = towers.rows("cluster", towers.ids(Query("cluster", Where("name", "=", "A"))), [field])
    assert field.format(rows[0][0]) == "950"


@pytest.mark.parametrize(("cluster", "shown"), [("A", 950.0), ("b", 7.0), ("c", None)])
def test_the_observation_behind_a_column_is_the_one_it_shows(
    towers: Catalogue, cluster: str, shown: float | None
) -> None:
    (entity,) = towers.ids(Query("cluster", Where("name", "=", cluster)))
    blank = figure(int(entity), 0.0, 1.0, 2020) | {"metric_id": 1, "value": None, "value_text": "many"}
    towers.apply(ChangeSet.of([insert("observation", blank)]), msg("Without a number"))
    found = towers.latest_figure(int(entity), 1)
    value = towers.kinds["observation"].field("value")
    assert shown == (None if found is None else towers.rows("observation", [found], [value])[0][0].value)


def test_places_are_records_with_names(towers: Catalogue) -> None:
    field = towers.kinds["cluster"].field("place")
    rows = towers.rows("cluster", towers.ids(Query("cluster", Where("name", "=", "A"))), [field])
    assert rows == [((Ref(region(towers, "North"), "North"), Ref(region(towers, "South"), "South")),)]


def test_facets_count_every_value_and_the_blanks(towers: Catalogue) -> None:
    facets = towers.facets(Query("cluster"), towers.kinds["cluster"].field("place"))
    assert [(str(facet.label), facet.count) for facet in facets] == [("North", 2), ("", 1), ("South", 1)]


def test_words_narrow_a_query(towers: Catalogue) -> None:
    assert names(towers, Query("cluster", text="tall")) == ["A"]


def test_figures_are_found_by_what_they_are_about(towers: Catalogue) -> None:
    assert towers.count(Query("observation", text="workers")) == 3


@pytest.mark.parametrize(
    "condition", [Where("colour", "=", "red"), Where("name", "<", "x"), Where("since", "=", "soon")]
)
def test_an_impossible_question_is_refused(towers: Catalogue, condition: Where) -> None:
    with pytest.raises(InvalidInput):
        towers.ids(Query("cluster", condition))


def test_a_query_survives_being_saved() -> None:
    query = Query(
        "cluster", AllOf((Where("a", "in", (1, None)), Not(AnyOf((Where("b", "blank"),))))), (Order("a", True),), "x"
    )
    assert Query.from_json(query.to_json()) == query


def test_each_metric_keeps_its_own_multiplier(towers: Catalogue) -> None:
    refs = {ref.name: id for id, ref in towers.refs("cluster", towers.ids(Query("cluster")).tolist()).items()}
    sales = towers.apply(ChangeSet.of([insert("metric", {"name": "Sales"}, -1)]), msg("Sales")).new_ids[-1]
    figure_of_sales = figure(refs["A"], 3.0, 1e12, 2016) | {"metric_id": sales}
    towers.apply(ChangeSet.of([insert("observation", figure_of_sales)]), msg("Figure"))
    fields = [field for field in towers.fields("cluster") if field.key.startswith("metric:")]
    (row,) = towers.rows("cluster", [refs["A"]], fields)
    assert [(value.value, value.multiplier) for value in row] == [(950.0, 1.0), (3.0, 1e12)]


def test_figures_of_a_source_are_those_of_its_own_passages(empty: Catalogue) -> None:
    changes = [
        insert("source", {"title": "Report"}, -1),
        insert("source", {"title": "Survey"}, -2),
        insert("passage", {"source_id": -1, "locator": "line 1"}, -3),
        insert("cluster", {"name": "A"}, -4),
        insert("metric", {"name": "Workers"}, -6),
        insert("observation", figure(-4, 7.0, 1.0, 2015) | {"passage_id": -3}),
    ]
    new_ids = empty.apply(ChangeSet.of(changes), msg("Sources")).new_ids
    rows = empty.rows("source", [new_ids[-1], new_ids[-2]], [empty.kinds["source"].field("figures")])
    assert rows == [(1,), (0,)]
