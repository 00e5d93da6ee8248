"""What is typed into a filter finds what is meant, however it is written."""

import unicodedata
from typing import Any

import pytest

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.query import Order, Query, Where
from storage.domain.text import msg
from storage.errors import InvalidInput

NOTES = ("시화 국가산업단지", "École", "plain", None)


@pytest.fixture
def noted(empty: Catalogue) -> Catalogue:
    """Clusters with notes in several scripts, and figures on them."""
    year = {"period": "2015", "period_start": "2015-01-01", "period_end": "2016-01-01"}
    empty.apply(
        ChangeSet.of(
            [
                *(insert("cluster", {"name": f"Park {n}", "note": note}, -n) for n, note in enumerate(NOTES, 1)),
                insert("metric", {"name": "Employees", "name_ko": "종업원 수"}, -5),
                *(
                    insert("observation", year | {"entity_id": -n, "metric_id": -5, "scope": "half" * (n % 2)})
                    for n in (1, 2)
                ),
                insert("observation", {"entity_id": -3, "metric_id": -5, "period": "recently", "note": "a guess"}),
                insert("observation", {"entity_id": -4, "metric_id": -5, "period": "of old"}),
            ]
        ),
        msg("Parks"),
    )
    return empty


def found(catalogue: Catalogue, kind: str, where: Where) -> int:
    return catalogue.count(Query(kind, where))


@pytest.mark.parametrize(
    ("operator", "words", "count"),
    [
        ("contains", "국가산업", 1),
        ("contains", unicodedata.normalize("NFD", "국가산업"), 1),
        ("=", unicodedata.normalize("NFD", "시화 국가산업단지"), 1),
        ("contains", "école", 1),
        ("contains", "ÉCOLE", 1),
        ("contains", "PLAIN", 1),
        ("contains", "%", 0),
        ("contains", "", 3),
        ("!=", "plain", 3),
    ],
)
def test_words_are_compared_by_their_letters(noted: Catalogue, operator: str, words: str, count: int) -> None:
    assert found(noted, "cluster", Where("note", operator, words)) == count


@pytest.mark.parametrize(
    ("key", "operator", "value", "count"),
    [
        ("period", "=", "2015", 2),
        ("scope", "blank", None, 3),
        ("scope", "=", "half", 1),
        ("preferred", "=", False, 4),
        ("preferred", "=", True, 0),
        ("competing", "=", 0, 4),
    ],
)
def test_figures_are_found_by_their_fields(noted: Catalogue, key: str, operator: str, value: Any, count: int) -> None:
    assert found(noted, "observation", Where(key, operator, value)) == count


@pytest.mark.parametrize(
    ("words", "count"),
    [("Park 1", 1), ("Park employees", 4), ("종업원", 4), ("시화 종업원", 0), ("employees guess", 1), ("nothing", 0)],
)
def test_figures_are_found_by_the_words_of_record_metric_and_note_together(
    noted: Catalogue, words: str, count: int
) -> None:
    assert noted.count(Query("observation", text=words)) == count


@pytest.mark.parametrize(
    ("kind", "words", "count"),
    [("relation", "Park", 1), ("relation", "Park 3", 1), ("relation", "north", 1), ("alias", "other 2", 1),
     ("alias", "park 3", 0), ("passage", "yearbook 7", 1), ("specialisation", "chips", 0), ("view", "x", 0)],
)  # fmt: skip
def test_other_records_are_found_by_their_words_and_by_what_they_refer_to(
    noted: Catalogue, kind: str, words: str, count: int
) -> None:
    more = [
        insert("relation", {"subject_id": 3, "type": "located in", "object_id": 4, "role": "Northern half"}),
        insert("alias", {"entity_id": 2, "name": "Other name"}),
        insert("source", {"title": "Yearbook"}, -1), insert("passage", {"source_id": -1, "locator": "page 7"}),
    ]  # fmt: skip
    noted.apply(ChangeSet.of(more), msg("More"))
    assert noted.count(Query(kind, text=words)) == count


@pytest.mark.parametrize("amount", [2**70, 1e300, -(2**63) - 1])
def test_an_amount_beyond_all_others_is_compared_too(noted: Catalogue, amount: float) -> None:
    assert noted.count(Query("cluster", Where("figures", "=", amount))) == 0


def test_a_column_of_no_metric_is_refused(noted: Catalogue) -> None:
    with pytest.raises(InvalidInput, match="metric:x"):
        noted.ids(Query("cluster", order=(Order("metric:x"),)))


def test_every_field_can_be_sorted_counted_and_asked(catalogue: Catalogue) -> None:
    for kind in catalogue.kinds:
        for field in catalogue.fields(kind):
            ids = catalogue.ids(Query(kind, order=(Order(field.key, True), Order(field.key))))
            facets = catalogue.facets(Query(kind), field, limit=10**6)
            blank = catalogue.count(Query(kind, Where(field.key, "blank")))
            stated = catalogue.count(Query(kind, Where(field.key, "not blank")))
            assert len(ids) == blank + stated
            assert field.multiple or sum(facet.count for facet in facets) == len(ids)


@pytest.mark.parametrize("down", [False, True])
def test_blank_words_come_last_either_way(noted: Catalogue, down: bool) -> None:
    field = noted.kinds["observation"].field("scope")
    rows = noted.rows("observation", noted.ids(Query("observation", order=(Order("scope", down),))), [field])
    assert [row[0] for row in rows] == ["half", "", "", ""]


def test_figures_are_counted_by_source_those_without_one_too(noted: Catalogue) -> None:
    changes = [insert("source", {"title": "S"}, -1), insert("passage", {"source_id": -1, "locator": "1"}, -2)]
    tied = [update("observation", id, {}, {"passage_id": -2}) for id in (1, 2, 3)]
    noted.apply(ChangeSet.of([*changes, *tied]), msg("Sources"))
    source = noted.kinds["observation"].field("source")
    counts = [(str(facet.label), facet.count) for facet in noted.facets(Query("observation"), source)]
    narrowed = noted.facets(Query("observation", Where("scope", "=", "half")), source)
    assert (counts, [facet.count for facet in narrowed]) == ([("S", 3), ("", 1)], [1])
