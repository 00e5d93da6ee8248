import pytest

from storage.domain.changes import insert, update
from storage.domain.proposal import Decision, Delta, Item, Outcome, Proposal
from storage.domain.review import Review


def item(number: int, outcome: Outcome, title: str = "", **more: object) -> Item:
    return Item(number, "observation", outcome, title or f"item {number}", "", "S", f"A{number}", **more)


def made(number: int, id: int, **needs: int) -> Item:
    return item(number, Outcome.NEW, take=(insert("cluster", {"name": "A"} | needs, id),))


CHANGED = item(0, Outcome.CHANGED, take=(update("observation", 1, {"value": 1}, {"value": 2}),))
CONFLICT = item(
    1,
    Outcome.CONFLICT,
    take=(update("observation", 2, {"value": 1}, {"value": 2}),),
    both=(insert("observation", {"value": 2}),),
)
PARENT, CHILD, GRANDCHILD = made(2, -1), made(3, -2, place_id=-1), made(4, -3, place_id=-2)


def review(*items: Item, **more: object) -> Review:
    return Review(Proposal("w.xlsx", 1, items), **more)


def test_what_is_changed_is_taken_and_a_conflict_kept_by_default() -> None:
    assert review(CHANGED, CONFLICT).count == 1


def test_keeping_both_sides_of_a_conflict_writes() -> None:
    found = review(CONFLICT)
    found.decide([CONFLICT], Decision.KEEP_BOTH)
    assert found.is_written(CONFLICT)


def test_conflict_is_open_until_somebody_decides_it() -> None:
    found = review(CONFLICT)
    before = found.is_open(CONFLICT)
    found.decide([CONFLICT], Decision.KEEP)
    assert (before, found.is_open(CONFLICT)) == (True, False)


def test_decision_that_an_item_does_not_offer_is_no_decision() -> None:
    found = review(CHANGED)
    found.decide([CHANGED], Decision.KEEP_BOTH)
    assert found.decisions == {}


def test_what_hangs_on_a_record_left_out_is_left_out_down_to_the_last() -> None:
    found = review(PARENT, CHILD, GRANDCHILD)
    found.decide([PARENT], Decision.KEEP)
    assert found.count == 0


def test_item_names_what_it_was_left_out_with() -> None:
    found = review(PARENT, CHILD)
    found.decide([PARENT], Decision.KEEP)
    assert found.blocked_by(CHILD) is PARENT


def test_record_taken_again_brings_back_what_hangs_on_it() -> None:
    found = review(PARENT, CHILD)
    found.decide([PARENT], Decision.KEEP)
    found.decide([PARENT], Decision.TAKE)
    assert found.count == 2


def test_count_is_what_the_proposal_would_write() -> None:
    found = review(CHANGED, CONFLICT, PARENT, CHILD, GRANDCHILD)
    found.decide([CHILD], Decision.KEEP)
    assert len(found.proposal.changes(found.decisions).changes) == found.count


def test_decisions_are_carried_to_the_next_proposal_by_cell() -> None:
    first = review(CHANGED, CONFLICT)
    first.decide([CONFLICT], Decision.TAKE)
    moved = item(7, Outcome.CONFLICT, CONFLICT.title, take=CONFLICT.take)
    moved = Item(7, moved.kind, moved.outcome, CONFLICT.title, "", CONFLICT.sheet, CONFLICT.cell, take=CONFLICT.take)
    second = review(moved, kept=first.kept)
    assert second.decision(moved) is Decision.TAKE


def figure(ours: float, theirs: float = 2.0, outcome: Outcome = Outcome.CONFLICT) -> Item:
    delta = Delta("value", ours, theirs, str(ours), str(theirs))
    return item(0, outcome, "figure", deltas=(delta,), take=(update("observation", 1, {"value": ours}, {}),))


def carried(before: Item, decision: Decision, now: Item) -> Review:
    first = review(before)
    first.decide([before], decision)
    return review(now, kept=first.kept)


@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.KEEP])
def test_conflict_decided_stays_decided_while_both_sides_stand(decision: Decision) -> None:
    second = carried(figure(1.0), decision, figure(1.0))
    assert (second.is_open(figure(1.0)), second.decision(figure(1.0)), second.again) == (False, decision, 0)


@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.KEEP])
def test_conflict_is_asked_again_when_a_side_moved(decision: Decision) -> None:
    second = carried(figure(1.0), decision, figure(1.5))
    assert (second.is_open(figure(1.5)), second.again) == (True, 1)


def test_what_was_left_out_stays_out_though_a_side_moved() -> None:
    now = figure(1.5, outcome=Outcome.CHANGED)
    second = carried(figure(1.0, outcome=Outcome.CHANGED), Decision.KEEP, now)
    assert (second.decision(now), second.again) == (Decision.KEEP, 0)


def test_decision_over_what_is_the_same_by_now_is_not_asked_again() -> None:
    assert carried(figure(1.0), Decision.TAKE, figure(2.0, outcome=Outcome.SAME)).again == 0


def test_new_records_keep_their_decisions_though_their_ids_are_drawn_anew() -> None:
    def link(id: int) -> Item:
        return item(0, Outcome.CHANGED, "link", deltas=(Delta("parent_id", None, id, "", "New Park"),))

    assert carried(link(-3), Decision.TAKE, link(-8)).again == 0


def test_decisions_since_are_taken_back_with_all_that_hung_on_them() -> None:
    found = review(CHANGED, CONFLICT, PARENT, CHILD)
    found.decide([CHANGED], Decision.KEEP)
    before = found.decisions
    found.decide([CONFLICT], Decision.TAKE)
    found.decide([PARENT], Decision.KEEP)
    found.restore(before)
    assert (found.decisions, found.count, found.open_count) == (before, 2, 1)


def test_deciding_tells_for_how_many_it_was_offered() -> None:
    assert review(CHANGED, CONFLICT).decide([CHANGED, CONFLICT], Decision.KEEP_BOTH) == 1
