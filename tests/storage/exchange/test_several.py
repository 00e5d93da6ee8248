"""Workbooks that come back from several colleagues: each a revision of its own, and who is right where two disagree."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from storage.catalogue import Catalogue
from storage.commands import run
from storage.domain.changes import ChangeSet, Revision, delete, insert
from storage.domain.disputes import OURS, Spot, disputes
from storage.domain.proposal import Proposal
from storage.domain.query import Query
from storage.domain.text import msg
from storage.exchange.exporting import export_catalogue
from storage.exchange.importing import apply_each, open_workbook, propose_export
from tests.storage.exchange.edits import Edit, append, edited, put

PEOPLE = 10


@pytest.fixture
def firms(empty: Catalogue) -> Catalogue:
    """A catalogue of organisations without any note."""
    changes = ChangeSet.of(insert("organisation", {"name": f"Firm {n}"}) for n in range(20))
    empty.apply(changes, msg("Firms"))
    return empty


def sent_back(catalogue: Catalogue, folder: Path, edits: Sequence[Mapping[str, str]]) -> list[Path]:
    """One export, edited by each person: the note on firms by name."""
    export_catalogue(catalogue, folder / "export.xlsx")
    found = []
    for number, edit in enumerate(edits):
        book = openpyxl.load_workbook(folder / "export.xlsx")
        sheet = book["Organisations"]
        headers = [cell.value for cell in sheet[1]]
        name, text = headers.index("Name"), headers.index("Note")
        for row in sheet.iter_rows(min_row=2):
            if str(row[name].value) in edit:
                row[text].value = edit[str(row[name].value)]
        found.append(folder / f"person{number}.xlsx")
        book.save(found[-1])
        book.close()
    return found


def compared(catalogue: Catalogue, paths: Sequence[Path]) -> list[Proposal]:
    return [propose_export(catalogue, open_workbook(path)) for path in paths]


def applied(catalogue: Catalogue, paths: Sequence[Path], chosen: Mapping[Spot, int]) -> list[Revision | None]:
    def propose(place: int) -> Proposal:
        return propose_export(catalogue, open_workbook(paths[place]))

    return [revision for _, revision in apply_each(catalogue, range(len(paths)), propose, chosen)]


def described(catalogue: Catalogue) -> dict[str, str]:
    rows = catalogue.stored(Query("organisation"), ("name", "note"))
    return {str(name): str(text) for _, name, text in rows if text}


def test_ten_people_who_agree_make_ten_revisions(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{f"Firm {n}": f"by {n}"} for n in range(PEOPLE)])
    assert disputes(compared(firms, paths), firms.kinds) == []
    numbers = [revision.id for revision in applied(firms, paths, {}) if revision]
    assert numbers == list(range(2, 2 + PEOPLE))
    assert described(firms) == {f"Firm {n}": f"by {n}" for n in range(PEOPLE)}


def test_two_disputes_among_ten(firms: Catalogue, tmp_path: Path) -> None:
    edits: list[dict[str, str]] = [{f"Firm {n}": f"by {n}"} for n in range(PEOPLE)]
    edits[7] |= {"Firm 2": "by 7", "Firm 3": "by 7"}
    paths = sent_back(firms, tmp_path, edits)
    found = disputes(compared(firms, paths), firms.kinds)
    assert [(one.title, dict(one.theirs)) for one in found] == [
        ("Firm 2", {2: "by 2", 7: "by 7"}),
        ("Firm 3", {3: "by 3", 7: "by 7"}),
    ]
    applied(firms, paths, {found[0].spot: 7, found[1].spot: 3})
    assert (described(firms)["Firm 2"], described(firms)["Firm 3"]) == ("by 7", "by 3")
    assert described(firms)["Firm 7"] == "by 7"


def test_what_nobody_is_right_about_stays(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one"}, {"Firm 1": "other", "Firm 2": "more"}])
    [found] = disputes(compared(firms, paths), firms.kinds)
    assert applied(firms, paths, {found.spot: OURS})[0] is None
    assert described(firms) == {"Firm 2": "more"}


def test_one_of_them_is_taken_back_alone(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one"}, {"Firm 2": "two"}])
    first, _ = applied(firms, paths, {})
    assert first is not None
    firms.undo(first.id)
    assert described(firms) == {"Firm 2": "two"}


def test_a_colleague_who_comes_later_is_in_conflict_with_what_came_in(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one"}, {"Firm 1": "other"}])
    applied(firms, paths[:1], {})
    [item] = [item for item in compared(firms, paths[1:])[0].items if item.outcome == "conflict"]
    assert [(d.base_text, d.theirs_text, d.ours_text) for d in item.deltas] == [("", "other", "one")]


@pytest.mark.parametrize(("said", "note"), [("keep", ""), ("take", "other")])
def test_the_command_line_takes_several(
    firms: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, note: str
) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one", "Firm 2": "two"}, {"Firm 1": "other"}])
    firms.close()
    assert run(["import", str(firms.path), *map(str, paths), "--on-conflict", said]) == 0
    assert "Firm 1, note: person0.xlsx: one; person1.xlsx: other; catalogue: –" in capsys.readouterr().out
    again = Catalogue.open(firms.path)
    assert (described(again).get("Firm 1", ""), described(again)["Firm 2"]) == (note, "two")
    again.close()


def test_the_command_line_refuses_disputes_where_it_is_to_fail(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one"}, {"Firm 1": "other"}])
    firms.close()
    assert run(["import", str(firms.path), *map(str, paths), "--on-conflict", "fail"]) == 1
    again = Catalogue.open(firms.path)
    assert described(again) == {}
    again.close()


@pytest.fixture
def figures(empty: Catalogue) -> Catalogue:
    """A catalogue of one figure with its bounds."""
    values = {"entity_id": -1, "metric_id": -2, "value": 100.0, "low": 90.0, "high": 110.0}
    made = [insert("cluster", {"name": "Pangyo"}, -1), insert("metric", {"name": "Workers"}, -2)]
    empty.apply(ChangeSet.of([*made, insert("observation", values)]), msg("Figure"))
    return empty


def received(catalogue: Catalogue, folder: Path, *edits: Edit) -> list[Path]:
    """One export as each person sends it back."""
    export_catalogue(catalogue, folder / "export.xlsx")
    paths = [folder / f"person{number}.xlsx" for number in range(len(edits))]
    for path, edit in zip(paths, edits, strict=True):
        shutil.copy(folder / "export.xlsx", path)
        edited(path, edit)
    return paths


def observed(**cells: object) -> Edit:
    return lambda book: put(book["Observations"], 2, **cells)


@pytest.mark.parametrize(
    ("right", "left"), [(OURS, (100.0, 90.0, 110.0)), (0, (105.0, 95.0, 110.0)), (1, (100.0, 90.0, 120.0))]
)
def test_value_and_bounds_come_from_the_same_person(
    figures: Catalogue, tmp_path: Path, right: int, left: tuple[float, float, float]
) -> None:
    paths = received(figures, tmp_path, observed(Value=105, Low=95), observed(High=120))
    [found] = disputes(compared(figures, paths), figures.kinds)
    applied(figures, paths, {found.spot: right})
    assert figures.stored_now("observation", ("value", "low", "high"), [1]) == [(1, *left)]


def added(*rows: Mapping[str, object]) -> Edit:
    def edit(book: Workbook) -> None:
        for row in rows:
            append(book["Observations"], Record="Pangyo", Metric="Workers", Period="2020", **row)

    return edit


def test_new_figures_that_differ_in_scope_alone_are_told_apart(figures: Catalogue, tmp_path: Path) -> None:
    one, other = {"Scope": "all", "Value": 5}, {"Scope": "half", "Value": 3}
    paths = received(figures, tmp_path, added(one, other), added({**other, "Value": 4}, one))
    [found] = disputes(compared(figures, paths), figures.kinds)
    assert dict(found.theirs) == {0: "3", 1: "4"}
    applied(figures, paths, {found.spot: 1})
    rows = figures.stored_now("observation", ("scope", "value"))
    assert sorted(row[1:] for row in rows if row[0] > 1) == [("all", 5.0), ("half", 4.0)]


def new_firm(note: str, **cells: object) -> Edit:
    def edit(book: Workbook) -> None:
        append(book["Organisations"], Name="Newcomer", Note=note, **cells)

    return edit


@pytest.mark.parametrize(("right", "note"), [(OURS, None), (0, "one"), (1, "other")])
def test_a_new_record_of_two_files_is_one_record(
    firms: Catalogue, tmp_path: Path, right: int, note: str | None
) -> None:
    paths = received(firms, tmp_path, new_firm("one"), new_firm("other", Code="C"))
    [found] = disputes(compared(firms, paths), firms.kinds)
    applied(firms, paths, {found.spot: right})
    rows = firms.stored_now("organisation", ("name", "note", "code"))
    assert [row[2:] for row in rows if row[1] == "Newcomer"] == [(note, "C")]


def test_what_hangs_on_a_new_record_of_two_files_is_decided_as_said(figures: Catalogue, tmp_path: Path) -> None:
    def edit(value: float) -> Edit:
        def both(book: Workbook) -> None:
            append(book["Clusters"], Name="Newcomer")
            append(book["Observations"], Record="Newcomer", Metric="Workers", Value=value)

        return both

    paths = received(figures, tmp_path, edit(1), edit(2))
    [found] = disputes(compared(figures, paths), figures.kinds)
    applied(figures, paths, {found.spot: 1})
    assert [row[1:] for row in figures.stored_now("observation", ("value",)) if row[0] > 1] == [(2.0,)]


def test_a_file_given_twice_changes_nothing_the_second_time(firms: Catalogue, tmp_path: Path) -> None:
    [path] = received(firms, tmp_path, new_firm("one"))
    first, second = applied(firms, [path, path], {})
    assert (first is not None, second) == (True, None)


@pytest.mark.parametrize(("names", "said"), [(("One", "Two"), [{0: "One", 1: "Two"}]), (("One", "One"), [])])
def test_records_that_files_add_are_told_apart_by_their_names(
    figures: Catalogue, tmp_path: Path, names: tuple[str, str], said: list[dict[int, str]]
) -> None:
    def moved_to(name: str, place: int) -> Edit:
        def edit(book: Workbook) -> None:
            for number in range(place):
                append(book["Clusters"], Name=f"Other {number}")
            append(book["Clusters"], Name=name)
            put(book["Observations"], 2, Record=name)

        return edit

    paths = received(figures, tmp_path, *(moved_to(name, place) for place, name in enumerate(names)))
    found = disputes(compared(figures, paths), figures.kinds)
    assert [dict(one.theirs) for one in found] == said
    applied(figures, paths, {one.spot: 1 for one in found})
    [(_, owner)] = figures.stored_now("observation", ("entity_id",))
    assert figures.refs("cluster", [owner])[owner].name == names[1]


def test_two_who_write_back_what_was_deleted_are_in_dispute(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one"}, {"Firm 1": "other"}])
    [(number, _)] = [row for row in firms.stored_now("organisation", ("name",)) if row[1] == "Firm 1"]
    firms.apply(ChangeSet.of([delete("organisation", number)]), msg("Gone"))
    [found] = disputes(compared(firms, paths), firms.kinds)
    applied(firms, paths, {found.spot: 1})
    assert described(firms) == {"Firm 1": "other"}
