"""Workbooks that come back from several colleagues: each a revision of its own, and who is right where two disagree."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from storage.catalogue import Catalogue
from storage.commands import run
from storage.domain.changes import ChangeSet, Revision, insert
from storage.domain.disputes import OURS, Spot, disputes
from storage.domain.proposal import Proposal
from storage.domain.query import Query
from storage.domain.text import msg
from storage.exchange.exporting import export_catalogue
from storage.exchange.importing import apply_each, open_workbook, propose_export

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
    assert disputes(compared(firms, paths)) == []
    numbers = [revision.id for revision in applied(firms, paths, {}) if revision]
    assert numbers == list(range(2, 2 + PEOPLE))
    assert described(firms) == {f"Firm {n}": f"by {n}" for n in range(PEOPLE)}


def test_two_disputes_among_ten(firms: Catalogue, tmp_path: Path) -> None:
    edits: list[dict[str, str]] = [{f"Firm {n}": f"by {n}"} for n in range(PEOPLE)]
    edits[7] |= {"Firm 2": "by 7", "Firm 3": "by 7"}
    paths = sent_back(firms, tmp_path, edits)
    found = disputes(compared(firms, paths))
    assert [(one.title, dict(one.theirs)) for one in found] == [
        ("Firm 2", {2: "by 2", 7: "by 7"}),
        ("Firm 3", {3: "by 3", 7: "by 7"}),
    ]
    applied(firms, paths, {found[0].spot: 7, found[1].spot: 3})
    assert (described(firms)["Firm 2"], described(firms)["Firm 3"]) == ("by 7", "by 3")
    assert described(firms)["Firm 7"] == "by 7"


def test_what_nobody_is_right_about_stays(firms: Catalogue, tmp_path: Path) -> None:
    paths = sent_back(firms, tmp_path, [{"Firm 1": "one"}, {"Firm 1": "other", "Firm 2": "more"}])
    [found] = disputes(compared(firms, paths))
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
