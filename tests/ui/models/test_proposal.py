import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import insert, update
from storage.domain.fields import Ref
from storage.domain.problem import Problem
from storage.domain.proposal import Decision, Delta, Item, Outcome, Proposal
from storage.domain.review import Review
from storage.domain.text import msg
from ui.language import Language, LanguageSwitch
from ui.models.proposal import ProposalModel, Shown
from ui.models.proposal_texts import ItemTexts, ProposalColumn


def figure(number: int, outcome: Outcome, cell: str, entity: str, theirs: float, **more: object) -> Item:
    delta = Delta("value", None, theirs, more.pop("ours", ""), f"{theirs:,.0f}")
    return Item(
        number, "observation", outcome, f"{entity} · Sales", "", "S", cell, deltas=(delta,), entity=entity,
        metric="Sales", period="2015", **more,
    )  # fmt: skip


ITEMS = (
    Item(0, "cluster", Outcome.NEW, "Gumi", "구미", "S", "A10", take=(insert("cluster", {"name": "Gumi"}, -1),)),
    figure(1, Outcome.NEW, "B10", "Gumi", 712, take=(insert("observation", {"entity_id": -1}),)),
    figure(
        2, Outcome.CONFLICT, "B4", "Pangyo", 70, ours="13",
        take=(update("observation", 1, {}, {}),), both=(insert("observation", {}),),
    ),
    Item(
        3, "observation", Outcome.INVALID, "", "", "S", "B9",
        problem=Problem("S", "B9", msg("“n.a” is no number."), msg("Correct the cell.")),
    ),
)  # fmt: skip


@pytest.fixture
def model(qtbot: QtBot) -> ProposalModel:
    model = ProposalModel(Catalogue.kinds)
    model.set_review(Review(Proposal("w.xlsx", 1, ITEMS)), lambda sheet, cell: f"{sheet} {cell}")
    return model


def column(model: ProposalModel, which: ProposalColumn) -> list[str]:
    return [model.index(row, which).data() for row in range(model.rowCount())]


def test_is_a_sound_model(model: ProposalModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_items(Shown(outcome=Outcome.NEW))
    tester.deleteLater()


def test_rows_come_in_the_order_of_the_proposal(model: ProposalModel) -> None:
    assert column(model, ProposalColumn.CELL) == ["A10", "B10", "B4", "B9"]


@pytest.mark.parametrize(
    ("shown", "cells"),
    [
        (Shown(outcome=Outcome.CONFLICT), ["B4"]),
        (Shown(kind="cluster"), ["A10"]),
        (Shown(words="pangyo sales"), ["B4"]),
        (Shown(order=ProposalColumn.CELL), ["B4", "B9", "A10", "B10"]),
        (Shown(order=ProposalColumn.THEIRS, down=True), ["B10", "B4", "B9", "A10"]),
    ],
)
def test_narrows_and_sorts(model: ProposalModel, shown: Shown, cells: list[str]) -> None:
    model.show_items(shown)
    assert column(model, ProposalColumn.CELL) == cells


def test_counts_follow_the_kind(model: ProposalModel) -> None:
    model.show_items(Shown(kind="cluster"))
    assert model.counts() == {Outcome.NEW: 1}


def test_both_sides_stand_beside_each_other(model: ProposalModel) -> None:
    row = model.row_of(2)
    sides = (ProposalColumn.OURS, ProposalColumn.THEIRS)
    assert [model.index(row, side).data() for side in sides] == ["13", "70"]


def test_invalid_cell_says_why_and_what_to_do(model: ProposalModel) -> None:
    texts = [model.index(3, column).data() for column in (ProposalColumn.RECORD, ProposalColumn.DECISION)]
    assert texts == ["“n.a” is no number.", "Correct the cell."]


def test_invalid_cell_shows_what_stands_there(model: ProposalModel) -> None:
    assert model.index(3, ProposalColumn.THEIRS).data() == "S B9"


def test_figure_of_a_record_left_out_says_with_which(model: ProposalModel) -> None:
    model.decide([ITEMS[0]], Decision.KEEP)
    assert model.index(1, ProposalColumn.DECISION).data() == "left out with Gumi"


def test_box_shows_what_is_written(model: ProposalModel) -> None:
    boxes = [model.index(row, ProposalColumn.BOX).data(Qt.ItemDataRole.CheckStateRole) for row in range(4)]
    assert boxes == [Qt.CheckState.Checked.value] * 2 + [Qt.CheckState.Unchecked.value, None]


def test_toggle_leaves_what_is_all_taken(model: ProposalModel) -> None:
    model.toggle(ITEMS[:2])
    assert model.review.count == 0


def test_toggle_takes_what_is_partly_taken(model: ProposalModel) -> None:
    model.toggle(ITEMS[:3])
    assert model.review.count == 3


def test_decision_is_told(qtbot: QtBot, model: ProposalModel) -> None:
    with qtbot.waitSignal(model.decided):
        model.decide([ITEMS[2]], Decision.TAKE)


@pytest.mark.parametrize(
    ("kind", "column", "label"), [("observation", "precision", "about"), ("source", "type", "Paper")]
)
def test_sides_tell_choices_by_their_labels(qtbot: QtBot, kind: str, column: str, label: str) -> None:
    delta = Delta(column, None, label.casefold(), "", label.casefold())
    item = Item(0, kind, Outcome.CHANGED, "Report", "", "S", "A2", deltas=(delta,))
    texts = ItemTexts(Catalogue.kinds, Review(Proposal("w.xlsx", 1, (item,))), lambda _sheet, _cell: "")
    assert (texts.ours(item), texts.theirs(item)) == ("", label)


@pytest.mark.parametrize(
    ("delta", "told"),
    [
        (Delta("value", None, 79_300_000.0, "", "79,300,000 million"), "793,000억"),
        (Delta("value", None, 3.0, "", "up to 3 trillion"), "최대 3조"),
        (Delta("value", None, None, "", "1 billion–2 billion"), "10억–20억"),
        (Delta("value", None, 2015.0, "", "2015"), "2015"),
        (Delta("value", None, None, "", "see note"), "see note"),
        (Delta("unit_id", None, 7, "", "persons"), "명"),
        (Delta("unit_id", None, -3, "", "parcels"), "parcels"),
    ],
)
def test_amounts_and_units_are_told_in_the_language_of_the_window(
    languages: LanguageSwitch, delta: Delta, told: str
) -> None:
    languages.set_language(Language.KOREAN)
    item = Item(0, "observation", Outcome.CHANGED, "Pangyo", "", "S", "B2", deltas=(delta,))
    units = {7: Ref(7, "persons", "명")}
    review = Review(Proposal("w.xlsx", 1, (item,)))
    texts = ItemTexts(Catalogue.kinds, review, lambda _sheet, _cell: "", refs=lambda _kind, _ids: units)
    assert texts.theirs(item) == told


# Merges of three


MERGED = (
    *ITEMS,
    Item(
        4, "cluster", Outcome.CONFLICT, "Pangyo", "판교", "S", "C4",
        deltas=(Delta("type", "corridor", "science park", "", "", "techno valley", ""),), column="type",
        take=(update("cluster", 1, {}, {}),), base=(update("cluster", 1, {}, {}),),
    ),
    figure(
        5, Outcome.CONFLICT, "B12", "Pangyo", 80, column="note", take=(update("observation", 1, {}, {}),),
        base=(update("observation", 1, {}, {}),),
    ),
)  # fmt: skip


@pytest.fixture
def merged(model: ProposalModel) -> ProposalModel:
    proposal = Proposal("w.xlsx", 1, MERGED, unlisted={"cluster": 3})
    model.set_review(Review(proposal), lambda _sheet, _cell: "")
    return model


def test_is_sound_with_three_values_and_doubts_shown(merged: ProposalModel) -> None:
    tester = QAbstractItemModelTester(merged, QAbstractItemModelTester.FailureReportingMode.Warning)
    merged.show_items(Shown(doubtful=True))
    merged.show_items(Shown(outcome=Outcome.CONFLICT, order=ProposalColumn.BASE))
    merged.decide(merged.conflicts(), Decision.BASE)
    tester.deleteLater()


def test_three_values_are_told_by_the_labels_of_their_choices(merged: ProposalModel) -> None:
    sides = (ProposalColumn.BASE, ProposalColumn.THEIRS, ProposalColumn.OURS)
    assert [merged.index(4, side).data() for side in sides] == ["Techno valley", "Science park", "Corridor"]


@pytest.mark.parametrize(("row", "field"), [(4, "Type"), (5, "Sales, Note"), (2, "Sales"), (0, "Cluster")])
def test_field_in_conflict_is_named(merged: ProposalModel, row: int, field: str) -> None:
    assert merged.index(row, ProposalColumn.METRIC).data() == field


def test_conflicts_are_gathered_by_column(merged: ProposalModel) -> None:
    found = [[one.number for one in merged.conflicts_like(item)] for item in MERGED]
    assert found == [[], [], [2], [], [4], [5]]


def test_records_without_items_count_as_the_same(merged: ProposalModel) -> None:
    assert (merged.counts()[Outcome.SAME], merged.kind_counts()["cluster"]) == (3, 5)


def test_what_was_decided_since_is_taken_back(merged: ProposalModel) -> None:
    merged.decide([ITEMS[0]], Decision.KEEP)
    before = merged.review.decisions
    merged.decide(merged.conflicts(), Decision.TAKE)
    merged.restore(before)
    assert (merged.review.decisions, merged.review.count, merged.open_conflicts()) == ({0: Decision.KEEP}, 0, 3)
