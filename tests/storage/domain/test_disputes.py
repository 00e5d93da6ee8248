"""Where workbooks of several people disagree, and what each may write once it is said who is right."""

from storage.database.kinds import KINDS
from storage.domain.changes import insert, update
from storage.domain.disputes import OURS, Spot, disputes, settled
from storage.domain.proposal import Decision, Delta, Item, Outcome, Proposal

TYPE: Spot = ("organisation", 7, "type")


def changed(column: str, theirs: object, *others: tuple[str, object], id: int = 7) -> Item:
    said = {column: theirs, **dict(others)}
    deltas = tuple(Delta(name, "old", value, "old", str(value), "old", "old") for name, value in said.items())
    change = update("organisation", id, dict.fromkeys(said, "old"), said)
    return Item(1, "organisation", Outcome.CHANGED, "Firm", "회사", "Organisations", "A2", deltas, (change,))


def contested(column: str, theirs: str) -> Item:
    delta = Delta(column, "now", theirs, "now", theirs, "old", "old")
    change = update("organisation", 7, {column: "now"}, {column: theirs})
    return Item(
        2, "organisation", Outcome.CONFLICT, "Firm", "", "Organisations", "A2", (delta,), (change,), column=column
    )


def new(value: float) -> Item:
    change = insert("observation", {"value": value}, -1)
    delta = Delta("value", None, value, "", f"{value}")
    return Item(3, "observation", Outcome.NEW, "Firm · Sales · 2024", "", "Sheet", "B2", (delta,), (change,))


def proposal(*items: Item) -> Proposal:
    return Proposal("sent.xlsx", 5, items)


def test_two_that_differ_are_in_dispute() -> None:
    [found] = disputes([proposal(changed("type", "firm")), proposal(changed("type", "university"))], KINDS)
    assert (found.spot, found.theirs, found.ours, found.base) == (TYPE, {0: "firm", 1: "university"}, "old", "old")


def test_who_says_nothing_is_absent() -> None:
    said = [proposal(changed("type", "a")), None, proposal(), proposal(changed("type", "b"))]
    [found] = disputes(said, KINDS)
    assert found.theirs == {0: "a", 3: "b"}


def test_two_that_agree_are_not_in_dispute() -> None:
    assert disputes([proposal(changed("type", "firm")), proposal(changed("type", "firm"))], KINDS) == []


def test_numbers_agree_as_far_as_a_spreadsheet_keeps_them() -> None:
    assert disputes([proposal(changed("area", 0.1 + 0.2)), proposal(changed("area", 0.3))], KINDS) == []


def test_nothing_and_zero_are_in_dispute() -> None:
    assert disputes([proposal(changed("area", 0.0)), proposal(changed("area", None))], KINDS) != []


def test_the_columns_of_a_field_are_decided_together() -> None:
    days = (("since_start", "2001-01-01"), ("since_end", "2002-01-01"))
    files = [proposal(changed("since", "2001", *days)), proposal(changed("since", "2001", days[0]))]
    [found] = disputes(files, KINDS)
    assert found.spot == ("organisation", 7, "since")
    assert settled(files[0], 0, {found.spot: 1}, KINDS)[0].items[0].take == ()


def test_new_records_that_one_file_does_not_tell_apart_are_not_in_dispute() -> None:
    assert disputes([proposal(new(1.0), new(2.0)), proposal(new(2.0), new(1.0))], KINDS) == []


def test_other_fields_of_the_record_are_not_in_dispute() -> None:
    assert disputes([proposal(changed("type", "firm")), proposal(changed("note", "x"))], KINDS) == []


def test_new_records_are_told_by_what_they_are_called() -> None:
    [found] = disputes([proposal(new(1.0)), proposal(new(2.0))], KINDS)
    assert found.spot == ("observation", "Firm · Sales · 2024", "value")


def test_the_loser_keeps_what_was_not_in_dispute() -> None:
    left, _ = settled(proposal(changed("type", "firm", ("note", "x"))), 0, {TYPE: 1}, KINDS)
    assert [change.after for change in left.items[0].take] == [{"note": "x"}]
    assert [delta.column for delta in left.items[0].deltas] == ["note"]


def test_a_loser_with_nothing_else_writes_nothing() -> None:
    left, decisions = settled(proposal(changed("type", "firm")), 0, {TYPE: OURS}, KINDS)
    assert left.changes(decisions).changes == ()


def test_the_winner_writes_all_of_it() -> None:
    left, decisions = settled(proposal(changed("type", "firm")), 1, {TYPE: 1}, KINDS)
    assert left.changes(decisions).changes == proposal(changed("type", "firm")).items[0].take


def test_a_conflict_with_the_catalogue_is_decided_along() -> None:
    for place, decision in ((1, Decision.TAKE), (0, Decision.KEEP)):
        assert settled(proposal(contested("type", "b")), place, {TYPE: 1}, KINDS)[1] == {2: decision}


def test_a_conflict_that_was_not_in_dispute_stays_open() -> None:
    assert settled(proposal(contested("type", "b")), 0, {}, KINDS)[1] == {}


def test_a_new_record_comes_in_with_the_first_and_is_changed_by_the_one_who_is_right() -> None:
    spot = ("observation", "Firm · Sales · 2024", "value")
    first, decisions = settled(proposal(new(1.0)), 0, {spot: 1}, KINDS)
    assert len(first.changes(decisions).changes) == 1


def test_a_new_record_that_nobody_is_right_about_stays_out() -> None:
    spot = ("observation", "Firm · Sales · 2024", "value")
    left, decisions = settled(proposal(new(1.0)), 0, {spot: OURS}, KINDS)
    assert left.changes(decisions).changes == ()
