import pytest

from storage.domain.query import AllOf, AnyOf, Not, Query, Where
from ui.models.filters import Filter, Narrowing, narrowing_of

FILTERS = [
    Filter("type", "any", ("corridor", None)),
    Filter("place", "all", (3, 4)),
    Filter("type", "none", ("corridor",)),
    Filter("since", "compare", ("2005",), ">="),
    Filter("since", "compare", (), "blank"),
]


@pytest.mark.parametrize("found", FILTERS)
def test_a_filter_comes_back_from_its_query(found: Filter) -> None:
    query = Query("cluster").narrowed(*Narrowing({found.key: found}).conditions())
    assert narrowing_of(Query.from_json(query.to_json())) == Narrowing({found.key: found})


def test_several_filters_come_back() -> None:
    filters = {one.key: one for one in FILTERS[:2]}
    query = Query("cluster").narrowed(*Narrowing(filters).conditions())
    assert narrowing_of(query).filters == filters


def test_what_no_chip_shows_is_kept() -> None:
    either = AnyOf((Where("type", "=", "corridor"), Not(Where("place", "=", 3))))
    assert narrowing_of(Query("cluster", either)).rest == either


def test_counts_leave_out_the_own_field() -> None:
    narrowing = Narrowing({one.key: one for one in FILTERS[:2]})
    assert narrowing.conditions(without="place") == (FILTERS[0].condition,)


def test_all_of_one_field_is_no_list_of_filters() -> None:
    one = AllOf((AllOf((Where("place", "=", 3), Where("place", "=", 4))),))
    assert narrowing_of(Query("cluster", one)).filters["place"].mode == "all"
