"""A workbook's way into the catalogue: what it would change, what is asked, what is written."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelBook

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.proposal import LEAVE_OUT, Decision, Item, NameMatch, Naming, Outcome, Proposal, Sureness
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import StaleChange
from storage.exchange import importing
from storage.exchange.options import Options
from storage.exchange.proposing import names_in

Rows = Sequence[Sequence[object]]
CREATE = Naming(create_missing=True)
FIRST: Rows = [
    ["Cluster", "Year", "Workers", "Sales (억원)"],
    ["Alpha", 2015, 70, 12.5],
    ["Beta", 2015, 80, 13],
    ["Beta", 2016, 90, 14],
]


def table(path: Path, rows: Rows) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def proposed(catalogue: Catalogue, path: Path, naming: Naming = CREATE, options: Options | None = None) -> Proposal:
    workbook = importing.open_workbook(path)
    recipe = importing.plan(catalogue, workbook, options or Options())
    kind = importing.new_entity_kind(workbook, recipe)
    return importing.propose_workbook(catalogue, workbook, recipe, replace(naming, new_entity_kind=kind))


def figures(proposal: Proposal, outcome: Outcome) -> list[Item]:
    return [item for item in proposal.items if item.kind == "observation" and item.outcome is outcome]


def values(catalogue: Catalogue) -> list[float]:
    return sorted(row[1] * row[2] for row in catalogue.stored(Query("observation"), ("value", "multiplier")))


@pytest.fixture
def first(empty: Catalogue, tmp_path: Path) -> Catalogue:
    """A catalogue into which the first edition was brought."""
    proposal = proposed(empty, table(tmp_path / "KICOX 2015.csv", FIRST))
    importing.apply(empty, proposal, {})
    return empty


def test_all_of_a_first_edition_is_new_and_one_revision(empty: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(empty, table(tmp_path / "t.csv", FIRST))
    revision = importing.apply(empty, proposal, {})
    assert (len(figures(proposal, Outcome.NEW)), revision and revision.id, revision and revision.kind) == (
        6,
        1,
        "import",
    )


def test_the_unit_of_a_header_scales_the_figure(first: Catalogue) -> None:
    assert values(first) == pytest.approx([70, 80, 90, 12.5e8, 13e8, 14e8])


def test_a_proposal_writes_nothing(empty: Catalogue, tmp_path: Path) -> None:
    proposed(empty, table(tmp_path / "t.csv", FIRST))
    assert empty.revision == 0


def test_the_same_file_again_is_all_the_same(first: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(first, table(tmp_path / "KICOX 2015.csv", FIRST))
    assert {item.outcome for item in proposal.items} == {Outcome.SAME}
    assert importing.apply(first, proposal, {}) is None


def test_the_next_edition_under_another_name_revises_its_own_figures(first: Catalogue, tmp_path: Path) -> None:
    rows = [*FIRST[:2], ["Beta", 2015, 81, 13], ["Beta", 2017, 95, 15]]
    proposal = proposed(first, table(tmp_path / "KICOX 2017.csv", rows))
    changed = [(item.title, item.deltas[0].ours, item.deltas[0].theirs) for item in figures(proposal, Outcome.CHANGED)]
    assert (changed, len(figures(proposal, Outcome.NEW))) == ([("Beta · Workers · 2015", 80.0, 81.0)], 2)


def test_a_recipe_remembers_what_was_corrected(empty: Catalogue, tmp_path: Path) -> None:
    rows = [["Who", "When", "Q7", "Q8"], ["Alpha", 2015, 70, 1], ["Beta", 2015, 80, 2]]
    told = Options(roles={"Q7": "value:Workers", "Q8": "ignore"})
    importing.apply(empty, proposed(empty, table(tmp_path / "a.csv", rows), options=told), {})
    rows.append(["Gamma", 2016, 90, 3])
    importing.apply(empty, proposed(empty, table(tmp_path / "b.csv", rows)), {})
    names = [row[1] for row in empty.stored(Query("metric"), ("name",))]
    assert (names, values(empty), empty.count(Query("recipe"))) == (["Workers"], [70, 80, 90], 1)


def test_without_leave_to_create_unknown_names_are_findings_with_their_cell(empty: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(empty, table(tmp_path / "t.csv", FIRST), Naming())
    invalid = figures(proposal, Outcome.INVALID)
    assert (len(invalid), invalid[0].cell, "Alpha" in invalid[0].title) == (6, "C2", True)


def test_a_name_that_is_left_out_takes_its_figures_along(empty: Catalogue, tmp_path: Path) -> None:
    naming = Naming({("entity", "Alpha", "", ""): LEAVE_OUT}, create_missing=True)
    importing.apply(empty, proposed(empty, table(tmp_path / "t.csv", FIRST), naming), {})
    assert (empty.count(Query("observation")), empty.count(Query("cluster")) + empty.count(Query("region"))) == (4, 1)


def test_a_new_record_that_is_not_accepted_takes_its_figures_along(empty: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(empty, table(tmp_path / "t.csv", FIRST))
    alpha = next(item for item in proposal.items if item.title == "Alpha")
    importing.apply(empty, proposal, {alpha.number: Decision.KEEP})
    assert empty.count(Query("observation")) == 4


@pytest.fixture
def known(empty: Catalogue) -> Catalogue:
    """A catalogue that knows Alpha by several names, and one figure of it from another source."""
    changes = [
        insert("cluster", {"name": "Alpha Techno Valley", "name_ko": "알파테크노밸리"}, -1),
        insert("alias", {"entity_id": -1, "name": "ATV"}),
        insert("metric", {"name": "Workers"}, -2),
        insert("source", {"title": "Interview"}, -3),
        insert("passage", {"source_id": -3, "locator": "line 1"}, -4),
        insert(
            "observation",
            {"entity_id": -1, "metric_id": -2, "value": 70.0, "period": "2015", "period_start": "2015-01-01",
             "period_end": "2016-01-01", "passage_id": -4, "preferred": True},
        ),
    ]  # fmt: skip
    empty.apply(ChangeSet.of(changes), msg("Known"))
    return empty


@pytest.mark.parametrize(
    "name", ["Alpha Techno Valley", "ALPHA  techno valley", "알파테크노밸리", "ATV", "Alpha-Techno Valley"]
)
def test_a_record_is_known_by_every_name_it_goes_by(known: Catalogue, tmp_path: Path, name: str) -> None:
    path = table(tmp_path / "t.csv", [["Cluster", "Year", "Workers"], [name, 2016, 75]])
    assert len(figures(proposed(known, path, Naming()), Outcome.NEW)) == 1


def test_a_close_spelling_is_asked_with_the_record_that_it_may_mean(known: Catalogue, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [["Cluster", "Year", "Workers"], ["Alfa Techno Vally", 2016, 75]])
    workbook = importing.open_workbook(path)
    staged = importing.stage(workbook, importing.plan(known, workbook, Options()))
    match = next(match for match in names_in(known, staged) if match.role == "entity")
    assert (match.sureness, match.candidates[0].name) == (Sureness.DOUBTFUL, "Alpha Techno Valley")


def test_numbers_in_names_are_never_a_slip_of_spelling(known: Catalogue, tmp_path: Path) -> None:
    known.apply(ChangeSet.of([insert("cluster", {"name": "Industrial Complex 1"})]), msg("One"))
    path = table(tmp_path / "t.csv", [["Cluster", "Year", "Workers"], ["Industrial Complex 2", 2016, 75]])
    workbook = importing.open_workbook(path)
    staged = importing.stage(workbook, importing.plan(known, workbook, Options()))
    assert next(m for m in names_in(known, staged) if m.role == "entity").sureness is Sureness.UNKNOWN


CONFLICT: Rows = [["Cluster", "Year", "Workers"], ["ATV", 2015, 66]]


def test_another_source_that_differs_is_a_conflict_and_is_kept_out_by_default(known: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(known, table(tmp_path / "t.csv", CONFLICT))
    importing.apply(known, proposal, {})
    assert (len(figures(proposal, Outcome.CONFLICT)), values(known)) == (1, [70])


def test_another_source_that_agrees_is_no_conflict(known: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(known, table(tmp_path / "t.csv", [CONFLICT[0], ["ATV", 2015, 70]]))
    assert len(figures(proposal, Outcome.SAME)) == 1


@pytest.mark.parametrize(
    ("decision", "kept"),
    [(Decision.TAKE, [(66.0, True), (70.0, False)]), (Decision.KEEP_BOTH, [(66.0, False), (70.0, True)])],
)
def test_a_conflict_is_decided(
    known: Catalogue, tmp_path: Path, decision: Decision, kept: list[tuple[float, bool]]
) -> None:
    proposal = proposed(known, table(tmp_path / "t.csv", CONFLICT))
    importing.apply(known, proposal, importing.decide_all(proposal, decision))
    assert sorted((row[1], bool(row[2])) for row in known.stored(Query("observation"), ("value", "preferred"))) == kept


def test_equal_rows_of_one_file_are_one_figure(empty: Catalogue, tmp_path: Path) -> None:
    rows = [["Cluster", "Year", "Workers"], ["Alpha", 2015, 70.123456], ["Alpha", 2015, 70.12], ["Beta", 2015, 80]]
    importing.apply(empty, proposed(empty, table(tmp_path / "t.csv", rows)), {})
    assert values(empty) == [70.123456, 80]


def test_contradicting_rows_of_one_file_are_reported_with_both_cells(empty: Catalogue, tmp_path: Path) -> None:
    rows = [["Cluster", "Year", "Workers"], ["Alpha", 2015, 70], ["Alpha", 2015, 90], ["Beta", 2015, 80]]
    proposal = proposed(empty, table(tmp_path / "t.csv", rows))
    conflict = figures(proposal, Outcome.CONFLICT)[0]
    said = str(conflict.problem and conflict.problem.cause).split()
    assert (conflict.cell, conflict.rival, "C2" in said, "C3" in said) == ("C2", "C3", True, True)


CONTRADICTING: Rows = [["Cluster", "Year", "Workers"], ["Alpha", 2015, 70], ["Alpha", 2015, 90], ["Beta", 2015, 80]]


@pytest.mark.parametrize(
    ("decision", "kept"),
    [
        (Decision.KEEP, [80]), (Decision.TAKE, [70, 80]), (Decision.TAKE_RIVAL, [80, 90]),
        (Decision.KEEP_BOTH, [70, 80, 90]),
    ],
)  # fmt: skip
def test_contradicting_rows_are_decided(
    empty: Catalogue, tmp_path: Path, decision: Decision, kept: list[float]
) -> None:
    proposal = proposed(empty, table(tmp_path / "t.csv", CONTRADICTING))
    importing.apply(empty, proposal, importing.decide_all(proposal, decision))
    assert values(empty) == kept


@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.TAKE_RIVAL, Decision.KEEP_BOTH])
def test_a_contradiction_once_decided_is_not_asked_again(empty: Catalogue, tmp_path: Path, decision: Decision) -> None:
    path = table(tmp_path / "t.csv", CONTRADICTING)
    proposal = proposed(empty, path)
    importing.apply(empty, proposal, importing.decide_all(proposal, decision))
    assert {item.outcome for item in proposed(empty, path).items} == {Outcome.SAME}


def test_rows_with_one_code_are_one_record_with_its_other_spelling_as_alias(empty: Catalogue, tmp_path: Path) -> None:
    rows = [["cbsa_code", "cbsa_name", "year", "Jobs", "GDP"], ["40900", "Sacramento-Roseville", 2009, 10, ""],
            ["40900", "Sacramento--Roseville", 2009, "", 20], ["10420", "Akron", 2009, 30, 40]]  # fmt: skip
    importing.apply(empty, proposed(empty, table(tmp_path / "t.csv", rows)), {})
    aliases = [row[1] for row in empty.stored(Query("alias"), ("name",))]
    assert (empty.count(Query("region")), aliases, values(empty)) == (2, ["Sacramento--Roseville"], [10, 20, 30, 40])


def test_the_same_name_in_two_provinces_is_two_districts(empty: Catalogue, tmp_path: Path) -> None:
    rows = [
        ["시도", "시군구", "연도", "인구"],
        ["부산", "중구", 2015, 1],
        ["서울", "중구", 2015, 2],
        ["서울", "종로구", 2015, 3],
    ]
    path = table(tmp_path / "t.csv", rows)
    importing.apply(empty, proposed(empty, path), {})
    assert (len(empty.ids(Query("region", Where("name", "=", "중구")))), values(empty)) == (2, [1, 2, 3])
    assert {item.outcome for item in proposed(empty, path).items} == {Outcome.SAME}


def test_a_cell_that_is_no_number_is_a_finding_and_the_rest_comes_in(empty: Catalogue, tmp_path: Path) -> None:
    rows = [["Cluster", "Year", "Workers"], ["Alpha", 2015, "some"], *([name, 2015, 80] for name in "BCDEF")]
    proposal = proposed(empty, table(tmp_path / "t.csv", rows))
    importing.apply(empty, proposal, {})
    invalid = figures(proposal, Outcome.INVALID)
    assert ([item.cell for item in invalid], values(empty)) == (["C2"], [80] * 5)


def test_sheets_with_the_same_headers_come_in_together(empty: Catalogue, tmp_path: Path) -> None:
    book = ExcelBook()
    for year in (2015, 2016):
        sheet = book.create_sheet(str(year))
        for row in (["Cluster", "Year", "Workers"], ["Alpha", year, year / 10], ["Beta", year, year / 5]):
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "t.xlsx")
    importing.apply(empty, proposed(empty, tmp_path / "t.xlsx"), {})
    assert empty.count(Query("observation")) == 4


def test_undo_takes_the_whole_import_back(first: Catalogue) -> None:
    first.undo()
    assert sum(first.count(Query(kind)) for kind in first.kinds) == 0


def test_a_figure_that_moved_meanwhile_is_not_written_over(first: Catalogue, tmp_path: Path) -> None:
    rows = [*FIRST[:2], ["Beta", 2015, 81, 13]]
    proposal = proposed(first, table(tmp_path / "n.csv", rows))
    id = next(row[0] for row in first.stored(Query("observation"), ("value",)) if row[1] == 80)
    first.apply(ChangeSet.of([update("observation", id, {}, {"value": 85.0})]), msg("Meanwhile"))
    with pytest.raises(StaleChange):
        importing.apply(first, proposal, {})


def test_nought_is_a_figure_and_no_blank(empty: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(empty, table(tmp_path / "nought.csv", [*FIRST, ["Beta", 2017, 0, 15]]))
    nought = next(item for item in figures(proposal, Outcome.NEW) if item.cell == "C5")
    assert [(delta.column, delta.theirs) for delta in nought.deltas][:1] == [("value", 0.0)]


def test_unit_is_told_by_its_name(empty: Catalogue, tmp_path: Path) -> None:
    proposal = proposed(empty, table(tmp_path / "first.csv", FIRST))
    sales = next(item for item in figures(proposal, Outcome.NEW) if item.cell == "D2")
    assert [delta.theirs_text for delta in sales.deltas if delta.column == "unit_id"] == ["KRW"]


def first_match(catalogue: Catalogue, path: Path, name: str) -> NameMatch:
    workbook = importing.open_workbook(table(path / "t.csv", [["Cluster", "Year", "Workers"], [name, 2016, 75]]))
    staged = importing.stage(workbook, importing.plan(catalogue, workbook, Options()))
    return next(match for match in names_in(catalogue, staged) if match.role == "entity")


@pytest.mark.parametrize("name", ["Alpha Techno Valey", "Alfa Techno Valley", "Alpha Tecno Valley"])
def test_a_misspelling_is_never_known(known: Catalogue, tmp_path: Path, name: str) -> None:
    match = first_match(known, tmp_path, name)
    assert (match.sureness, match.candidates[0].name_ko) == (Sureness.DOUBTFUL, "알파테크노밸리")


@pytest.mark.parametrize("name", ["alpha–techno valley", "Alpha TechnoValley", "알파 테크노밸리", "알파테크노밸리"])
def test_blanks_hyphens_and_unicode_forms_are_no_other_spelling(known: Catalogue, tmp_path: Path, name: str) -> None:
    assert first_match(known, tmp_path, name).sureness is Sureness.KNOWN


@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("구미산업단지", "구미국가산업단지"), ("시화국가산업단지", "반월시화국가산업단지"),
        ("Gumi", "Gumi Industrial Complex"), ("Sihwa Complex", "Banwol Sihwa National Industrial Complex"),
    ],
)  # fmt: skip
def test_a_name_within_the_other_is_asked(empty: Catalogue, tmp_path: Path, name: str, recorded: str) -> None:
    empty.apply(ChangeSet.of([insert("cluster", {"name": recorded})]), msg("One"))
    match = first_match(empty, tmp_path, name)
    assert (match.sureness, [c.name for c in match.candidates]) == (Sureness.DOUBTFUL, [recorded])


@pytest.mark.parametrize(
    ("name", "recorded"),
    [("국가산업단지", "구미국가산업단지"), ("Masan Industrial Complex", "Asan Industrial Complex 2"),
     ("구미", "구미국가산업단지"), ("남동구", "남동국가산업단지"), ("National Complex", "Gumi Industrial Complex")],
)  # fmt: skip
def test_common_words_make_no_candidate(empty: Catalogue, tmp_path: Path, name: str, recorded: str) -> None:
    empty.apply(ChangeSet.of([insert("cluster", {"name": recorded})]), msg("One"))
    assert first_match(empty, tmp_path, name).sureness is Sureness.UNKNOWN


@pytest.mark.parametrize(
    ("name", "asked", "clusters"),
    [("Shihwa Valley", CREATE, 1), ("Sihwo Valley", CREATE, 2), ("Shihwa Valley", Naming(), 1)],
)
def test_where_nobody_is_asked_only_another_romanisation_is_taken(
    empty: Catalogue, tmp_path: Path, name: str, asked: Naming, clusters: int
) -> None:
    makes = [insert("cluster", {"name": "Sihwa Valley"}), insert("metric", {"name": "Workers"})]
    empty.apply(ChangeSet.of(makes), msg("One"))
    path = table(tmp_path / "t.csv", [["Cluster", "Year", "Workers"], [name, 2016, 75]])
    importing.apply(empty, proposed(empty, path, asked), {})
    assert (empty.count(Query("cluster")), values(empty)) == (clusters, [75])


def test_where_somebody_is_asked_no_other_romanisation_is_taken(empty: Catalogue, tmp_path: Path) -> None:
    makes = [insert("cluster", {"name": "Sihwa Valley"}), insert("metric", {"name": "Workers"})]
    empty.apply(ChangeSet.of(makes), msg("One"))
    path = table(tmp_path / "t.csv", [["Cluster", "Year", "Workers"], ["Shihwa Valley", 2016, 75]])
    assert len(figures(proposed(empty, path, Naming(take_same_letters=False)), Outcome.INVALID)) == 1


def test_a_sign_tells_two_metrics_apart(known: Catalogue, tmp_path: Path) -> None:
    rows = [["Cluster", "Year", "Workers %"], ["ATV", 2016, 75]]
    workbook = importing.open_workbook(table(tmp_path / "t.csv", rows))
    staged = importing.stage(workbook, importing.plan(known, workbook, Options(roles={"Workers %": "value:Workers %"})))
    assert next(m for m in names_in(known, staged) if m.role == "metric").sureness is not Sureness.KNOWN


COMPANIES: Rows = [["기관명", "유형", "소재지", "설립연도"], ["알파연구원", "연구기관", "수원시", 1999],
                   ["베타대학교", "대학", "안산시", 2005], ["감마", "기업", "안산시", 2010]]  # fmt: skip
AS_RECORDS = Options(roles={"유형": "field:type"}, constants={"entity.kind": "organisation"})


def fields_of(catalogue: Catalogue) -> list[tuple[object, ...]]:
    return [row[1:] for row in catalogue.stored(Query("organisation"), ("name", "type", "since"))]


def test_a_list_of_records_without_figures_comes_in(empty: Catalogue, tmp_path: Path) -> None:
    importing.apply(empty, proposed(empty, table(tmp_path / "t.csv", COMPANIES), options=AS_RECORDS), {})
    assert sorted(fields_of(empty)) == [
        ("감마", "firm", "2010"), ("베타대학교", "university", "2005"), ("알파연구원", "institute", "1999"),
    ]  # fmt: skip


def test_a_list_of_records_again_changes_nothing(empty: Catalogue, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", COMPANIES)
    importing.apply(empty, proposed(empty, path, options=AS_RECORDS), {})
    assert {item.outcome for item in proposed(empty, path, options=AS_RECORDS).items} == {Outcome.SAME}


def test_a_changed_field_of_a_known_record_is_told(empty: Catalogue, tmp_path: Path) -> None:
    importing.apply(empty, proposed(empty, table(tmp_path / "t.csv", COMPANIES), options=AS_RECORDS), {})
    rows = [*COMPANIES[:3], ["감마", "대학", "안산시", 2010]]
    changed = [i for i in proposed(empty, table(tmp_path / "u.csv", rows), options=AS_RECORDS).items if i.deltas]
    assert [(i.outcome, i.title, i.deltas[0].ours, i.deltas[0].theirs) for i in changed] == [
        (Outcome.CHANGED, "감마", "firm", "university")
    ]


def test_a_word_that_a_choice_does_not_know_is_a_finding_and_the_record_comes_in(
    empty: Catalogue, tmp_path: Path
) -> None:
    rows = [*COMPANIES, ["델타", "성", "안산시", 2011]]
    proposal = proposed(empty, table(tmp_path / "t.csv", rows), options=AS_RECORDS)
    importing.apply(empty, proposal, {})
    assert ([item.cell for item in figures(proposal, Outcome.INVALID)], len(fields_of(empty))) == (["B5"], 4)


def test_a_place_is_no_candidate_for_the_places_in_it(empty: Catalogue, tmp_path: Path) -> None:
    empty.apply(ChangeSet.of([insert("region", {"name": "창원시"})]), msg("One"))
    assert first_match(empty, tmp_path, "창원시 진해구").sureness is Sureness.UNKNOWN
