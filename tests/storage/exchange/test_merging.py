"""A workbook merged three ways with the catalogue from which it was exported and which went on since."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as ExcelBook

from storage.catalogue import Catalogue
from storage.domain.changes import Change, ChangeSet, delete, insert, update
from storage.domain.proposal import Decision, Item, Outcome, Proposal
from storage.domain.query import Query, Where
from storage.domain.review import Review
from storage.domain.text import msg
from storage.errors import StaleChange, UndoBlocked
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.workbook.stamp import NAME, PROPERTY
from tests.storage.exchange.edits import Edit, append, edited, put, row_of

SINCE = ("since", "since_start", "since_end")
RECORDS = (
    insert("cluster", {"name": "Pangyo", "note": "first", "url": "a.kr", "type": "techno valley"}, -1),
    insert("cluster", {"name": "Daedeok", "code": "D"}, -2),
    insert("organisation", {"name": "Firm", **dict(zip(SINCE, ("2001", "2001-01-01", "2002-01-01"), strict=True))}, -3),
    insert("metric", {"name": "Workers"}, -4),
    insert("source", {"title": "Report"}, -5),
    insert("passage", {"source_id": -5, "locator": "p. 1"}, -6),
    insert("observation", {"entity_id": -1, "metric_id": -4, "value": 100.0, "passage_id": -6, "scope": "all"}, -7),
    insert("observation", {"entity_id": -3, "metric_id": -4, "value": 200.0}, -8),
)  # fmt: skip


@dataclass
class Merged:
    """A small catalogue, what happens to it after its export, and what the edited workbook comes to."""

    catalogue: Catalogue
    path: Path

    def drift(self, *changes: Change) -> None:
        """Change the catalogue after the export."""
        self.catalogue.apply(ChangeSet.of(changes), msg("Drift"))

    def proposal(self, *edits: Edit) -> Proposal:
        """What the workbook comes to after edits."""
        for edit in edits:
            edited(self.path, edit)
        return importing.propose_export(self.catalogue, importing.open_workbook(self.path))

    def applied(self, edit: Edit, decision: Decision) -> list[tuple[Any, ...]]:
        """The clusters after every item was decided alike, where that may be."""
        proposal = self.proposal(edit)
        decisions = {item.number: decision for item in proposal.items if decision in item.decisions}
        importing.apply(self.catalogue, proposal, decisions)
        return self.catalogue.stored_now("cluster", ("name", "note", "url"))


@pytest.fixture(scope="module")
def small(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small catalogue and its export, to be copied."""
    folder = tmp_path_factory.mktemp("merge")
    shutil.copy(empty_file, folder / "small.clusters")
    catalogue = Catalogue.open(folder / "small.clusters")
    catalogue.apply(ChangeSet.of(RECORDS), msg("Small"))
    export_catalogue(catalogue, folder / "small.xlsx")
    catalogue.close()
    return folder


@pytest.fixture
def merged(small: Path, tmp_path: Path) -> Iterator[Merged]:
    """A copy of the small catalogue with its export."""
    shutil.copytree(small, tmp_path / "copy")
    catalogue = Catalogue.open(tmp_path / "copy" / "small.clusters")
    yield Merged(catalogue, tmp_path / "copy" / "small.xlsx")
    catalogue.close()


def cluster(**cells: object) -> Edit:
    return lambda book: put(book["Clusters"], row_of(book["Clusters"], "id", 1), **cells)


def nothing(book: ExcelBook) -> None:
    """Leave the workbook as it is."""


def told(items: tuple[Item, ...]) -> list[tuple[str, str, dict[str, tuple[Any, Any, Any]]]]:
    """Outcome, contested column, and base, theirs and ours of every column."""
    return [(i.outcome.value, i.column, {d.column: (d.base, d.theirs, d.ours) for d in i.deltas}) for i in items]


EDITED, DRIFTED = cluster(Note="theirs"), update("cluster", 1, {}, {"note": "ours"})


@pytest.mark.parametrize(
    ("drift", "edit", "found"),
    [
        ((), nothing, []),
        ((), EDITED, [("changed", "", {"note": ("first", "theirs", "first")})]),
        ((DRIFTED,), nothing, [("same", "", {})]),
        ((DRIFTED,), cluster(Note="ours"), []),
        ((DRIFTED,), EDITED, [("conflict", "note", {"note": ("first", "theirs", "ours")})]),
        ((), cluster(Note=None), [("changed", "", {"note": ("first", None, "first")})]),
        ((DRIFTED,), cluster(Note=None), [("conflict", "note", {"note": ("first", None, "ours")})]),
        ((update("cluster", 1, {}, {"note": None}),), cluster(Note=None), []),
        ((update("cluster", 1, {}, {"code": "new"}),), nothing, [("same", "", {})]),
        ((update("cluster", 1, {}, {"code": "new"}),), cluster(Code=None), [("same", "", {})]),
        (
            (DRIFTED,), cluster(Note="theirs", **{"Web address": "b.kr"}),
            [("changed", "", {"url": ("a.kr", "b.kr", "a.kr")}),
             ("conflict", "note", {"note": ("first", "theirs", "ours")})],
        ),
        (
            (update("cluster", 1, {}, {"url": "c.kr"}),), EDITED,
            [("changed", "", {"note": ("first", "theirs", "first")})],
        ),
    ],
)  # fmt: skip
def test_each_field_is_merged_by_itself(
    merged: Merged, drift: tuple[Change, ...], edit: Edit, found: list[tuple[str, str, dict[str, object]]]
) -> None:
    if drift:
        merged.drift(*drift)
    assert told(merged.proposal(edit).items) == found


def test_the_columns_of_a_period_are_one_field(merged: Merged) -> None:
    moved = dict(zip(SINCE, ("2003", "2003-01-01", "2004-01-01"), strict=True))
    merged.drift(update("organisation", 3, {}, moved))
    [item] = merged.proposal(lambda book: put(book["Organisations"], 2, Since="2005")).items
    assert told((item,)) == [
        ("conflict", "since", {
            "since": ("2001", "2005", "2003"),
            "since_start": ("2001-01-01", "2005-01-01", "2003-01-01"),
            "since_end": ("2002-01-01", "2006-01-01", "2004-01-01"),
        })
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("decision", "note"), [(Decision.KEEP, "ours"), (Decision.TAKE, "theirs"), (Decision.BASE, "first")]
)
def test_a_contested_field_is_decided(merged: Merged, decision: Decision, note: str) -> None:
    merged.drift(DRIFTED)
    assert merged.applied(EDITED, decision)[0] == (1, "Pangyo", note, "a.kr")


def test_a_clean_edit_beside_a_contested_one_is_taken(merged: Merged) -> None:
    merged.drift(DRIFTED)
    proposal = merged.proposal(cluster(Note="theirs", **{"Web address": "b.kr"}))
    importing.apply(merged.catalogue, proposal, {})
    assert merged.catalogue.stored_now("cluster", ("note", "url"), [1]) == [(1, "ours", "b.kr")]


def test_what_was_changed_here_alone_is_noted(merged: Merged) -> None:
    merged.drift(DRIFTED)
    [item] = merged.proposal().items
    assert (str(item.note), item.decisions) == ("Changed here since the export: Note.", ())


def test_what_says_the_same_is_counted_only(merged: Merged) -> None:
    proposal = merged.proposal()
    assert (proposal.items, dict(proposal.unlisted), proposal.counts()["same"]) == (
        (), {"cluster": 2, "organisation": 1, "metric": 1, "observation": 2, "source": 1, "passage": 1}, 8,
    )  # fmt: skip


def without(sheet: str, id: int) -> Edit:
    return lambda book: book[sheet].delete_rows(row_of(book[sheet], "id", id))


@pytest.mark.parametrize(("drift", "note"), [((), "None"), ((DRIFTED,), "Changed here since the export: Note.")])
def test_a_missing_row_may_be_a_removal(merged: Merged, drift: tuple[Change, ...], note: str) -> None:
    if drift:
        merged.drift(*drift)
    [item] = merged.proposal(without("Clusters", 1)).items
    assert (item.outcome, item.title, str(item.note), item.decisions[0]) == (
        Outcome.REMOVED, "Pangyo", note, Decision.KEEP,
    )  # fmt: skip


@pytest.mark.parametrize("drift", [delete("cluster", 1), insert("cluster", {"name": "Late"})])
def test_what_is_on_neither_side_or_came_later_is_no_removal(merged: Merged, drift: Change) -> None:
    merged.drift(drift)
    items = merged.proposal(without("Clusters", 1), without("Observations", 1)).items
    assert [item.title for item in items] == ([] if drift.action == "delete" else ["Pangyo", "Pangyo · Workers"])


def test_a_row_missing_in_an_exported_view_is_a_removal(merged: Merged) -> None:
    export_catalogue(merged.catalogue, merged.path, query=Query("cluster", Where("name", "=", "Pangyo")))
    [item] = merged.proposal(without("Observations", 1)).items
    assert (item.outcome, item.kind) == (Outcome.REMOVED, "observation")


def test_what_was_deleted_here_and_left_in_the_workbook_stays_deleted(merged: Merged) -> None:
    merged.drift(delete("cluster", 1))
    found = [(item.outcome, item.kind, str(item.note)) for item in merged.proposal().items]
    note = "Deleted here since the export. The workbook does not change it, so it stays deleted."
    assert found == [(Outcome.SAME, "cluster", note), (Outcome.SAME, "observation", note)]


@pytest.mark.parametrize(
    ("decision", "clusters"),
    [
        (Decision.KEEP, []),
        (Decision.TAKE, [(1, "Pangyo", "theirs", "a.kr")]),
        (Decision.BASE, [(1, "Pangyo", "first", "a.kr")]),
    ],
)
def test_what_was_deleted_here_and_edited_there_is_a_conflict(
    merged: Merged, decision: Decision, clusters: list[tuple[object, ...]]
) -> None:
    merged.drift(delete("cluster", 1))
    found = merged.applied(EDITED, decision)
    assert ([row for row in found if row[0] == 1], merged.catalogue.check()) == (clusters, [])


def figure(**cells: object) -> Edit:
    return lambda book: put(book["Observations"], row_of(book["Observations"], "id", 1), **cells)


def test_a_figure_comes_back_with_its_record(merged: Merged) -> None:
    merged.drift(delete("cluster", 1))
    proposal = merged.proposal(EDITED, figure(Value=150))
    decisions = {item.number: Decision.TAKE for item in proposal.items}
    importing.apply(merged.catalogue, proposal, decisions)
    assert merged.catalogue.stored_now("observation", ("entity_id", "value"), [1]) == [(1, 1, 150.0)]


def test_a_figure_does_not_come_back_without_its_record(merged: Merged) -> None:
    merged.drift(delete("cluster", 1))
    proposal = merged.proposal(EDITED, figure(Value=150))
    decisions = {item.number: Decision.TAKE for item in proposal.items if item.kind == "observation"}
    assert importing.apply(merged.catalogue, proposal, decisions) is None


def test_a_figure_whose_record_stays_deleted_cannot_come_back(merged: Merged) -> None:
    merged.drift(delete("cluster", 1))
    [item] = [item for item in merged.proposal(figure(Value=150)).items if item.kind == "observation"]
    assert (item.outcome, str(item.problem.cause if item.problem else "")) == (
        Outcome.INVALID, "“Pangyo” is no longer in the catalogue; choose another record.",
    )  # fmt: skip


def test_a_reference_that_went_with_its_record_is_drift(merged: Merged) -> None:
    merged.drift(delete("passage", 1))
    found = [(i.outcome, i.kind, str(i.note)) for i in merged.proposal().items if i.kind == "observation"]
    assert found == [(Outcome.SAME, "observation", "Changed here since the export: Passage.")]


def test_a_name_that_changed_since_is_not_contested(merged: Merged) -> None:
    merged.drift(update("cluster", 1, {}, {"name": "Pangyo Techno Valley"}))
    found = told(merged.proposal(figure(Value=150)).items)
    assert found == [("same", "", {}), ("changed", "", {"value": (100.0, 150.0, 100.0)})]


def copy_row(source: int, **cells: object) -> Edit:
    def edit(book: ExcelBook) -> None:
        sheet = book["Clusters"]
        row, target = row_of(sheet, "id", source), sheet.max_row + 1
        for place in range(1, sheet.max_column + 1):
            sheet.cell(target, place).value = sheet.cell(row, place).value
        put(sheet, target, **cells)

    return edit


def test_an_exact_copy_of_a_row_says_nothing(merged: Merged) -> None:
    proposal = merged.proposal(copy_row(1))
    assert (proposal.items, proposal.unlisted["cluster"]) == ((), 2)


def test_a_copied_row_with_another_name_is_offered_as_new(merged: Merged) -> None:
    [item] = merged.proposal(copy_row(1, Name="Pangyo 2")).items
    assert (item.outcome, item.title, [str(doubt.cause) for doubt in item.doubts]) == (
        Outcome.NEW, "Pangyo 2",
        ["The id 1 stands both in Clusters!A2 and in Clusters!A4; this row is taken for a copy."],
    )  # fmt: skip


def test_the_row_most_like_the_exported_one_keeps_the_id(merged: Merged) -> None:
    edits = (copy_row(1, Note="edited"), cluster(Name="Copy", Note="x", Type=None))
    found = [(item.outcome, item.title, item.cell) for item in merged.proposal(*edits).items]
    assert found == [(Outcome.NEW, "Copy", "A2"), (Outcome.CHANGED, "Pangyo", "I4")]


def test_a_copied_row_that_names_another_record_is_that_one(merged: Merged) -> None:
    edits = (without("Clusters", 2), copy_row(1, Name="Daedeok", Note="moved"))
    [item] = merged.proposal(*edits).items
    assert (item.outcome, item.take[0].id, item.take[0].after["note"]) == (Outcome.CHANGED, 2, "moved")


def shuffled(book: ExcelBook) -> None:
    """Rename, reorder and hide sheets, move and insert columns, reverse and hide rows, as a colleague may."""
    for sheet in list(book):
        if sheet.title in ("lists", "_meta"):
            sheet.sheet_state = "hidden"
            continue
        if sheet.title.startswith("Data"):
            continue
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        turned = [rows[0][::-1], *(row[::-1] for row in rows[:0:-1])]
        for number, row in enumerate(turned, 1):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value
        sheet.insert_cols(2)
        sheet.auto_filter.ref = None
        sheet.row_dimensions[2].hidden = True
        sheet.title = f"My {sheet.title}"[:31]
    book.move_sheet("_meta", -8)


@pytest.mark.parametrize("drift", [(), (DRIFTED,)])
def test_what_a_colleague_moves_about_does_not_matter(merged: Merged, drift: tuple[Change, ...]) -> None:
    before = told(merged.proposal(EDITED).items)
    if drift:
        merged.drift(*drift)
        before = told(merged.proposal().items)
    assert told(merged.proposal(shuffled).items) == before


def stripped(*lost: str) -> Edit:
    def edit(book: ExcelBook) -> None:
        del book["_meta"]
        if PROPERTY in lost:
            del book.custom_doc_props[PROPERTY]
        if NAME in lost:
            del book.defined_names[NAME]

    return edit


def damaged(book: ExcelBook) -> None:
    book["_meta"]["A1"].value = book["_meta"]["A1"].value.replace('"revision":1', '"revision":2')


@pytest.mark.parametrize("strip", [stripped(), stripped(PROPERTY), stripped(NAME), damaged])
def test_a_stripped_stamp_is_recovered_by_the_export(merged: Merged, strip: Edit) -> None:
    merged.drift(DRIFTED)
    proposal = merged.proposal(EDITED, strip)
    assert (proposal.banner, [item.outcome for item in proposal.items]) == (None, [Outcome.CONFLICT])


def test_sheets_renamed_in_a_stripped_workbook_are_found(merged: Merged) -> None:
    def edit(book: ExcelBook) -> None:
        book["Clusters"].title = "Sheet1"
        del book["_meta"]

    workbook = importing.open_workbook(edited(merged.path, edit))
    assert importing.is_export(merged.catalogue, workbook)
    assert importing.propose_export(merged.catalogue, workbook).items == ()


@pytest.mark.parametrize("edit", [EDITED, lambda book: None])
def test_without_any_stamp_it_is_compared_two_ways(merged: Merged, edit: Edit) -> None:
    merged.drift(DRIFTED)
    proposal = merged.proposal(edit, stripped(PROPERTY, NAME))
    assert (str(proposal.banner)[:49], [item.outcome for item in proposal.items]) == (
        "The workbook no longer says from which export it ", [Outcome.CHANGED],
    )  # fmt: skip


def test_an_export_of_a_copy_that_went_its_own_way_is_compared_two_ways(merged: Merged, tmp_path: Path) -> None:
    merged.catalogue.save_copy(tmp_path / "twin.clusters")
    twin = Catalogue.open(tmp_path / "twin.clusters")
    twin.apply(ChangeSet.of([update("cluster", 1, {}, {"note": "twin"})]), msg("Twin"))
    export_catalogue(twin, merged.path)
    twin.close()
    proposal = merged.proposal(without("Clusters", 2))
    assert (str(proposal.banner)[:43], told(proposal.items)) == (
        "This catalogue does not know the export fro", [("changed", "", {"note": (None, "twin", "first")})],
    )  # fmt: skip


def test_two_ways_an_id_with_another_name_is_doubted(merged: Merged) -> None:
    proposal = merged.proposal(cluster(Name="Gwanggyo"), stripped(PROPERTY, NAME))
    assert [str(doubt.cause) for item in proposal.items for doubt in item.doubts] == [
        "The id 1 is that of “Pangyo” here, and it is not sure that the same record is meant."
    ]


def test_a_workbook_of_another_catalogue_is_compared_two_ways(merged: Merged, tmp_path: Path) -> None:
    other = Catalogue.create(tmp_path / "other.clusters", sample=False)
    proposal = importing.propose_export(other, importing.open_workbook(merged.path))
    other.close()
    assert (str(proposal.banner)[:47], {item.outcome for item in proposal.items}) == (
        "This workbook comes from another catalogue. It ", {Outcome.NEW},
    )  # fmt: skip


@pytest.mark.parametrize("value", ["=2*75", "=SUM(A1:A2)"])
def test_a_formula_without_a_result_is_never_a_blank(merged: Merged, value: str) -> None:
    [item] = merged.proposal(figure(Value=value)).items
    assert (item.outcome, str(item.problem.cause if item.problem else "")) == (
        Outcome.INVALID, "The formula has no result; open the workbook in Excel and save it there.",
    )  # fmt: skip


def test_zero_is_no_blank(merged: Merged) -> None:
    merged.drift(update("observation", 1, {}, {"value": 0.0}))
    assert [item.outcome for item in merged.proposal(figure(Value=None)).items] == [Outcome.CONFLICT]


def test_the_default_result_is_checked(merged: Merged) -> None:
    merged.drift(update("observation", 2, {}, {"entity_id": 1, "scope": "other", "passage_id": 1}))
    [item] = [i for i in merged.proposal(figure(Scope="other")).items if i.outcome is not Outcome.SAME]
    assert str(item.problem.cause if item.problem else "") == "Another Observation has the same key: Observations!A3."


def test_a_new_row_may_refer_to_another_new_row(merged: Merged) -> None:
    def add(book: ExcelBook) -> None:
        append(book["Clusters"], Name="New")
        append(book["Observations"], Record="New", Metric="Workers", Value=5)

    merged.drift(DRIFTED)
    importing.apply(merged.catalogue, merged.proposal(add), {})
    owners = [row[1] for row in merged.catalogue.stored_now("observation", ("entity_id",))]
    names = merged.catalogue.refs("cluster", owners)
    assert "New" in {ref.name for ref in names.values()}


def imported(merged: Merged) -> int:
    def edit(book: ExcelBook) -> None:
        append(book["Clusters"], Name="New")
        put(book["Clusters"], 2, Note="theirs")
        put(book["Observations"], 2, Value=150)

    proposal = merged.proposal(edit, without("Organisations", 3))
    decisions = {item.number: Decision.TAKE for item in proposal.items if item.outcome is Outcome.REMOVED}
    revision = importing.apply(merged.catalogue, proposal, decisions)
    assert revision is not None
    merged.catalogue.close()
    return revision.id


def test_one_undo_takes_a_whole_import_back_after_a_restart(merged: Merged) -> None:
    before, number = merged.catalogue.checksum(), imported(merged)
    again = Catalogue.open(merged.catalogue.path)
    again.apply(ChangeSet.of([insert("metric", {"name": "Later"}, -1)]), msg("Later"))
    again.undo(number)
    again.undo()
    assert (again.checksum(), again.check()) == (before, [])
    again.close()


def test_an_import_on_which_something_was_built_is_not_undone_and_says_why(merged: Merged) -> None:
    number = imported(merged)
    again = Catalogue.open(merged.catalogue.path)
    again.apply(ChangeSet.of([update("cluster", 1, {}, {"note": "later"})]), msg("Build on it"))
    with pytest.raises(UndoBlocked, match=r"Revision 3 \(“Build on it”\) builds on revision 2"):
        again.undo(number)
    again.close()


@pytest.mark.parametrize(
    ("came", "outcomes", "note"),
    [
        ({"note": "mine"}, [Outcome.CONFLICT], "mine"),
        ({"note": "theirs"}, [], "theirs"),
        ({"url": "c.kr"}, [Outcome.CHANGED], "theirs"),
    ],
)
def test_a_record_that_both_sides_added_is_merged_from_blanks(
    merged: Merged, came: dict[str, str], outcomes: list[Outcome], note: str
) -> None:
    merged.drift(insert("cluster", {"name": "Foo", **came}))
    proposal = merged.proposal(lambda book: append(book["Clusters"], Name="Foo", Note="theirs"))
    assert [item.outcome for item in proposal.items if item.outcome is not Outcome.SAME] == outcomes
    assert not any(Decision.BASE in item.decisions for item in proposal.items)
    importing.apply(merged.catalogue, proposal, {})
    assert [row[2] for row in merged.catalogue.stored_now("cluster", ("name", "note")) if row[1] == "Foo"] == [note]


def test_a_deleted_figure_cannot_come_back_beside_one_with_its_key(merged: Merged) -> None:
    merged.drift(delete("observation", 1))
    merged.drift(insert("observation", {"entity_id": 1, "metric_id": 1, "passage_id": 1, "scope": "all", "value": 1.0}))
    [item] = merged.proposal(figure(Value=150)).items
    assert (item.outcome, str(item.problem.cause if item.problem else "")) == (
        Outcome.INVALID, "Another Observation has the same key: no. 3 of the catalogue.",
    )  # fmt: skip


def test_keys_that_change_places_are_refused_and_the_rest_is_written(merged: Merged) -> None:
    merged.drift(insert("unit", {"code": "A", "name": "a"}), insert("unit", {"code": "B", "name": "b"}))
    export_catalogue(merged.catalogue, merged.path)

    def swap(book: ExcelBook) -> None:
        put(book["Units"], 2, Code="B")
        put(book["Units"], 3, Code="A")

    proposal = merged.proposal(swap, EDITED)
    assert [item.outcome for item in proposal.items] == [Outcome.CHANGED, Outcome.INVALID, Outcome.INVALID]
    assert importing.apply(merged.catalogue, proposal, {}) is not None


OTHERS = [insert("observation", {"entity_id": 1, "metric_id": 1, "scope": scope, "value": 5.0}) for scope in "bc"]


def test_a_removal_that_was_decided_is_that_of_its_own_record_alone(merged: Merged) -> None:
    merged.drift(*OTHERS)
    export_catalogue(merged.catalogue, merged.path)
    proposal = merged.proposal(without("Observations", 3), without("Observations", 4))
    review = Review(proposal)
    review.decide(proposal.items[:1], Decision.TAKE)
    again = Review(proposal, review.kept)
    assert [item.take[0].id for item in proposal.items if again.is_written(item)] == [3]


def test_a_removal_is_decided_again_once_the_record_was_changed_here(merged: Merged) -> None:
    proposal = merged.proposal(without("Clusters", 1))
    review = Review(proposal)
    review.decide(proposal.items, Decision.TAKE)
    merged.drift(DRIFTED)
    with pytest.raises(StaleChange):
        importing.apply(merged.catalogue, proposal, review.decisions)
    again = Review(merged.proposal(), review.kept)
    assert (again.count, again.again) == (0, 1)


@pytest.mark.parametrize("id", ["1x", 999])
def test_a_row_with_a_damaged_id_is_no_removal(merged: Merged, id: object) -> None:
    assert [item.outcome for item in merged.proposal(cluster(id=id)).items] == [Outcome.INVALID]


def test_two_ways_the_id_of_another_record_overwrites_nothing_by_itself(merged: Merged, tmp_path: Path) -> None:
    merged.catalogue.save_copy(tmp_path / "twin.clusters")
    twin = Catalogue.open(tmp_path / "twin.clusters")
    twin.apply(ChangeSet.of(OTHERS[:1]), msg("Twin"))
    export_catalogue(twin, merged.path)
    twin.close()
    merged.drift(insert("observation", {"entity_id": 3, "metric_id": 1, "scope": "mine", "value": 7.0}))
    proposal = merged.proposal()
    assert {item.outcome for item in proposal.items} == {Outcome.CONFLICT}
    assert importing.apply(merged.catalogue, proposal, {}) is None


def test_two_ways_a_record_that_both_have_under_other_ids_is_found_by_its_key(merged: Merged, tmp_path: Path) -> None:
    merged.catalogue.save_copy(tmp_path / "twin.clusters")
    twin = Catalogue.open(tmp_path / "twin.clusters")
    twin.apply(ChangeSet.of(OTHERS), msg("Twin"))
    export_catalogue(twin, merged.path)
    twin.close()
    merged.drift(insert("observation", {"entity_id": 3, "metric_id": 1, "scope": "mine"}), *OTHERS)
    found = [(item.outcome, item.cell) for item in merged.proposal().items]
    assert (Outcome.CONFLICT, "S5") not in found


@pytest.fixture
def long(merged: Merged) -> str:
    """A text that no cell takes, exported as the note of a cluster."""
    text = "\n".join(f"line {number}" for number in range(9_000))
    merged.drift(update("cluster", 1, {}, {"note": text}))
    export_catalogue(merged.catalogue, merged.path)
    return text


def test_a_long_text_replaced_by_a_short_one_is_that_alone(merged: Merged, long: str) -> None:
    assert [item.take[0].after for item in merged.proposal(cluster(Note="short")).items] == [{"note": "short"}]


def without_texts(book: ExcelBook) -> None:
    del book["Long texts"]


@pytest.mark.parametrize("edit", [without_texts, cluster(id=None)])
def test_a_long_text_that_lost_its_parts_is_not_cut(merged: Merged, long: str, edit: Edit) -> None:
    assert "note" not in {key for item in merged.proposal(edit).items for key in item.take[0].after}


@pytest.mark.parametrize("names", [("Pangyo",), ("Twice", "Twice")])
def test_a_row_called_like_another_is_doubted(merged: Merged, names: tuple[str, ...]) -> None:
    def add(book: ExcelBook) -> None:
        for name in names:
            append(book["Clusters"], Name=name, Note="again")

    last = merged.proposal(add).items[-1]
    assert (last.outcome, [str(doubt.cause) for doubt in last.doubts]) == (
        Outcome.NEW,
        ["Another row of this workbook is called the same; this one would become a second record."],
    )


def test_a_row_that_lost_its_id_is_known_by_its_name_at_the_export(merged: Merged) -> None:
    merged.drift(update("cluster", 1, {}, {"name": "Renamed"}))
    [item] = merged.proposal(cluster(id=None, Note="theirs")).items
    assert (item.outcome, item.take[0].after) == (Outcome.CHANGED, {"note": "theirs"})
