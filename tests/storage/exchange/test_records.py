"""An edited export held against the catalogue: what is new, changed, same or invalid, and what applying it writes."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelBook

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.proposal import Decision, Item, Outcome, Proposal
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from tests.storage.exchange.edits import Edit, append, edited, put, row_of

RECORDS = (
    insert("cluster", {"name": "Pangyo Techno Valley", "name_ko": "판교테크노밸리", "type": "techno valley"}, -1),
    insert("cluster", {"name": "Twin"}, -2),
    insert("cluster", {"name": "Twin"}, -3),
    insert("alias", {"entity_id": -1, "name": "PTV", "type": "abbreviation"}, -4),
    insert("unit", {"code": "persons", "name": "persons"}, -5),
    insert("metric", {"name": "Workers", "unit_id": -5}, -6),
    insert("source", {"title": "Article"}, -7),
    insert("passage", {"source_id": -7, "locator": "line 1"}, -8),
    insert("observation", {
        "entity_id": -1, "metric_id": -6, "unit_id": -5, "period": "2015", "period_start": "2015-01-01",
        "period_end": "2016-01-01", "value": 70000.0, "precision": "about", "passage_id": -8, "preferred": True,
    }, -9),
    insert("observation", {
        "entity_id": -1, "metric_id": -6, "unit_id": -5, "period": "2015", "period_start": "2015-01-01",
        "period_end": "2016-01-01", "value": 65000.0,
    }, -10),
)  # fmt: skip


@dataclass
class Exported:
    """A small catalogue and its export."""

    catalogue: Catalogue
    path: Path

    def proposal(self, edit: Edit) -> Proposal:
        """What the workbook would change after an edit."""
        workbook = importing.open_workbook(edited(self.path, edit))
        return importing.propose_export(self.catalogue, workbook)

    def differing(self, edit: Edit) -> list[Item]:
        """The items that are neither the same nor missing after an edit."""
        unlike = (Outcome.SAME, Outcome.REMOVED)
        return [item for item in self.proposal(edit).items if item.outcome not in unlike]

    def only(self, edit: Edit) -> Item:
        """The one item that differs after an edit."""
        [item] = self.differing(edit)
        return item

    def applied(self, edit: Edit) -> Catalogue:
        """The catalogue after an edit was brought in."""
        importing.apply(self.catalogue, self.proposal(edit), {})
        return self.catalogue


@pytest.fixture(scope="module")
def small(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small catalogue and its export, to be copied."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copy(empty_file, folder / "small.clusters")
    catalogue = Catalogue.open(folder / "small.clusters")
    catalogue.apply(ChangeSet.of(RECORDS), msg("Small"))
    export_catalogue(catalogue, folder / "small.xlsx")
    catalogue.close()
    return folder


@pytest.fixture
def exported(small: Path, tmp_path: Path) -> Iterator[Exported]:
    """A copy of the small catalogue with its export, to be edited."""
    shutil.copytree(small, tmp_path / "copy")
    catalogue = Catalogue.open(tmp_path / "copy" / "small.clusters")
    yield Exported(catalogue, tmp_path / "copy" / "small.xlsx")
    catalogue.close()


def changed(item: Item) -> dict[str, tuple[str, str]]:
    return {delta.column: (delta.ours_text, delta.theirs_text) for delta in item.deltas}


def cause(item: Item) -> str:
    return str(item.problem.cause) if item.problem else ""


def first_figure(**cells: object) -> Edit:
    return lambda book: put(book["Observations"], 2, **cells)


def test_a_changed_cell_is_one_delta(exported: Exported) -> None:
    item = exported.only(first_figure(Value=71000))
    assert (item.outcome, changed(item)) == (Outcome.CHANGED, {"value": ("70,000", "71,000")})


def test_an_item_says_what_and_where_it_is(exported: Exported) -> None:
    item = exported.only(first_figure(Value=71000))
    assert (item.kind, item.title, item.entity, item.metric, item.period, item.sheet, item.cell) == (
        "observation", "Pangyo Techno Valley · Workers · 2015", "Pangyo Techno Valley", "Workers", "2015",
        "Observations", "K2",
    )  # fmt: skip


def test_applying_writes_what_was_changed(exported: Exported) -> None:
    catalogue = exported.applied(first_figure(Value=71000, Note="counted again"))
    assert (1, 71000.0, "counted again") in catalogue.stored(Query("observation"), ("value", "note"))


@pytest.mark.parametrize(
    ("header", "typed", "deltas"),
    [
        ("Value", 70000 * (1 + 5e-15), {}),
        ("Scenario", None, {}),
        ("Multiplier", None, {}),
        ("Preferred", None, {"preferred": ("yes", "")}),
        ("Precision", None, {"precision": ("about", "exact")}),
        ("Unit", None, {"unit_id": ("persons", "")}),
        ("Status", "Estimated", {"status": ("Normal", "Estimated")}),
        ("Note", "a\r\nb", {"note": ("", "a\nb")}),
    ],
)
def test_what_a_typed_cell_changes(
    exported: Exported, header: str, typed: object, deltas: dict[str, tuple[str, str]]
) -> None:
    found = exported.differing(first_figure(**{header: typed}))
    assert [changed(item) for item in found] == ([deltas] if deltas else [])


def test_the_days_follow_the_words_of_a_period(exported: Exported) -> None:
    item = exported.only(first_figure(Period="2016-Q2"))
    assert changed(item) == {
        "period": ("2015", "2016-Q2"),
        "period_start": ("2015-01-01", "2016-04-01"),
        "period_end": ("2016-01-01", "2016-07-01"),
    }


def test_days_that_were_changed_themselves_stand(exported: Exported) -> None:
    item = exported.only(first_figure(**{"Period": "fiscal 2015", "Period: from": "2015-04-01"}))
    assert changed(item)["period_start"] == ("2015-01-01", "2015-04-01")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Period": "some spring"}, "“some spring” is not read as a period; write for example"),
        ({"Period: from": "2017-01-01"}, "The period “2015” needs a first day and a later day"),
        ({"Low": 9, "High": 8}, "The lower bound 9.0 is above the upper bound 8.0."),
        ({"Record": None}, "Record must not be blank."),
        ({"Record": "Twin"}, "“Twin” may be any of: Twin [2]; Twin [3]."),
        ({"Record": "Pangyo Valey"}, "“Pangyo Valey” is not in the catalogue; perhaps Pangyo Techno Valley"),
        ({"Record": "Zzz"}, "“Zzz” is not in the catalogue; add it on its own sheet."),
        ({"Unit": "patrons"}, "“patrons” is not in the catalogue; add it on its own sheet."),
        ({"Value": "many"}, "“many” is not read as a number"),
        ({"id": 99}, "There is no Observation with the id 99 in the catalogue."),
        ({"Passage": None}, "Another Observation has the same key: Observations!A3."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_invalid_with_the_reason(exported: Exported, cells: dict[str, object], reason: str) -> None:
    item = exported.only(first_figure(**cells))
    assert (item.outcome, cause(item)[: len(reason)]) == (Outcome.INVALID, reason)


@pytest.mark.parametrize(
    ("name", "id"), [("Twin [3]", 3), ("PTV", 1), ("판교테크노밸리", 1), ("pangyo  techno valley", 1)]
)
def test_a_name_that_was_typed_is_looked_up(exported: Exported, name: str, id: int) -> None:
    found = exported.differing(lambda book: put(book["Observations"], 3, Record=name))
    assert [item.deltas[0].theirs for item in found] == ([id] if id != 1 else [])


def test_only_one_figure_may_be_preferred(exported: Exported) -> None:
    item = exported.only(lambda book: put(book["Observations"], 3, Preferred=True))
    assert cause(item) == "Another Observation has the same key: Observations!A2."


def preferred(catalogue: Catalogue) -> list[object]:
    return [row[1] for row in catalogue.stored(Query("observation"), ("preferred",))]


def prefer(first: bool) -> Edit:
    def edit(book: ExcelBook) -> None:
        put(book["Observations"], 2, Preferred=first)
        put(book["Observations"], 3, Preferred=not first)

    return edit


def test_the_preference_may_move_to_and_fro(exported: Exported) -> None:
    there = preferred(exported.applied(prefer(first=False)))
    export_catalogue(exported.catalogue, exported.path)
    back = preferred(exported.applied(prefer(first=True)))
    assert (there, back) == ([False, True], [True, False])


def drop_first(sheet: str) -> Edit:
    return lambda book: book[sheet].delete_rows(2)


def removed(proposal: Proposal) -> list[Item]:
    return [item for item in proposal.items if item.outcome is Outcome.REMOVED]


def test_a_row_that_is_missing_is_told_and_kept(exported: Exported) -> None:
    proposal = exported.proposal(drop_first("Observations"))
    importing.apply(exported.catalogue, proposal, {})
    found = [(item.kind, item.title) for item in removed(proposal)]
    assert (found, exported.catalogue.count(Query("observation"))) == (
        [("observation", "Pangyo Techno Valley · Workers · 2015")], 2,
    )  # fmt: skip


def test_a_row_that_is_missing_is_deleted_when_the_user_says_so(exported: Exported) -> None:
    proposal = exported.proposal(drop_first("Observations"))
    importing.apply(exported.catalogue, proposal, {item.number: Decision.TAKE for item in removed(proposal)})
    assert exported.catalogue.count(Query("observation")) == 1


def test_a_record_made_since_the_export_is_not_missing(exported: Exported) -> None:
    exported.catalogue.apply(ChangeSet.of([insert("cluster", {"name": "Late"})]), msg("Late"))
    assert removed(exported.proposal(lambda _: None)) == []


def test_a_whole_sheet_that_is_missing_says_nothing(exported: Exported) -> None:
    assert removed(exported.proposal(lambda book: book.remove(book["Aliases"]))) == []


def add_cluster_and_figure(book: ExcelBook) -> None:
    append(book["Clusters"], Name="Daedeok", Type="Special R&D zone")
    append(book["Observations"], Record="Daedeok", Metric="Workers", Period="2020", Value=5)


def test_new_rows_may_refer_to_new_rows(exported: Exported) -> None:
    cluster, figure = exported.differing(add_cluster_and_figure)
    assert (cluster.outcome, figure.outcome, figure.needs) == (Outcome.NEW, Outcome.NEW, {cluster.take[0].id})


def test_applying_makes_new_records(exported: Exported) -> None:
    catalogue = exported.applied(add_cluster_and_figure)
    [(_, entity, start, value)] = catalogue.stored(
        Query("observation", Where("value", "=", 5)), ("entity_id", "period_start", "value")
    )
    assert (catalogue.refs("cluster", [entity])[entity].name, start, value) == ("Daedeok", "2020-01-01", 5.0)


def test_a_row_without_id_is_known_by_its_natural_key(exported: Exported) -> None:
    def clear_id(book: ExcelBook) -> None:
        put(book["Clusters"], row_of(book["Clusters"], "Name", "Pangyo Techno Valley"), id=None, Note="same place")

    assert (exported.only(clear_id).take[0].id, exported.only(clear_id).outcome) == (1, Outcome.CHANGED)


def test_what_was_never_in_the_catalogue_is_refused(exported: Exported) -> None:
    item = exported.only(lambda book: append(book["Clusters"], id=99, Name="Ghost"))
    assert cause(item) == "There is no Cluster with the id 99 in the catalogue."


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue that the workbook does not come from."""
    catalogue = Catalogue.create(tmp_path / "other.clusters", sample=False)
    yield catalogue
    catalogue.close()


def test_another_catalogue_takes_everything_as_new(exported: Exported, other: Catalogue) -> None:
    proposal = importing.propose_export(other, importing.open_workbook(exported.path))
    assert Counter(item.outcome for item in proposal.items) == {Outcome.NEW: len(RECORDS)}


def test_another_catalogue_knows_its_own_records_by_natural_keys(exported: Exported, other: Catalogue) -> None:
    other.apply(ChangeSet.of([insert("metric", {"name": "Workers", "definition": "All."})]), msg("Metric"))
    proposal = importing.propose_export(other, importing.open_workbook(exported.path))
    [metric] = [item for item in proposal.items if item.kind == "metric"]
    assert (metric.outcome, list(changed(metric))) == (Outcome.CHANGED, ["unit_id"])


def test_what_another_catalogue_took_is_the_same_the_next_time(
    catalogue: Catalogue, other: Catalogue, tmp_path: Path
) -> None:
    export_catalogue(catalogue, tmp_path / "sample.xlsx")
    workbook = importing.open_workbook(tmp_path / "sample.xlsx")
    importing.apply(other, importing.propose_export(other, workbook), {})
    assert importing.propose_export(other, workbook).items == ()
