"""Items of a proposal that are made only when somebody looks at them."""

from __future__ import annotations

from typing import Any

import pytest

from storage.domain.changes import NewRecords, insert
from storage.domain.items import Items, Making, NewRecord
from storage.domain.proposal import Decision, Item, Outcome, Proposal


class Fresh(NewRecord):
    """A new metric, made within a sector."""

    sheet = "Data"

    def __init__(self, number: int, name: str, sector: int) -> None:
        self.number, self.name, self.sector = number, name, sector

    def stored(self) -> tuple[Any, ...]:
        return (self.name, self.sector)


def item(number: int, outcome: Outcome, name: str, made: int = 0) -> Item:
    change = insert("sector", {"name": name}, made)
    return Item(number, "sector", outcome, name, "", "Data", "A1", take=(change,))


def made(record: Fresh) -> Item:
    change = insert("metric", {"name": record.name, "sector_id": record.sector})
    return Item(record.number, "metric", Outcome.NEW, record.name, "", "Data", "A2", take=(change,))


def proposal() -> Proposal:
    making = Making("metric", Outcome.NEW, ("name", "sector_id"), made)
    members: list[Item | NewRecord] = [
        item(0, Outcome.NEW, "Software", -1),
        Fresh(1, "Firms", -1),
        Fresh(2, "Workers", 7),
    ]
    return Proposal("figures.xlsx", 1, Items(members, making))


def test_a_new_record_becomes_an_item_when_asked_for() -> None:
    items = proposal().items
    assert [one.title for one in items] == ["Software", "Firms", "Workers"]
    assert (items[1], items[1:]) == (made(Fresh(1, "Firms", -1)), tuple(items)[1:])
    assert items == tuple(items)


def test_new_records_are_counted_without_being_made() -> None:
    assert proposal().counts()["new"] == 3
    assert {kind: counts["new"] for kind, counts in proposal().counts_by_kind().items()} == {"metric": 2, "sector": 1}


@pytest.mark.parametrize(
    ("decisions", "names"),
    [
        ({}, ("Firms", "Workers")),
        ({2: Decision.KEEP}, ("Firms",)),
        ({0: Decision.KEEP}, ("Workers",)),  # who refers to what is left out is left out, too
        ({0: Decision.KEEP, 2: Decision.KEEP}, ()),
    ],
)
def test_new_records_are_written_by_column(decisions: dict[int, Decision], names: tuple[str, ...]) -> None:
    new = proposal().changes(decisions).new
    assert (new.columns["name"] if new else ()) == names


def test_columns_of_no_rows_are_nothing() -> None:
    assert not NewRecords.of("metric", ("name",), [])
