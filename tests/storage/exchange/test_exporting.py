"""What an exported workbook holds: sheets, lists, notes, looks and the stamp; views, tables of text, stopping."""

import csv
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook as ExcelBook
from openpyxl.worksheet.worksheet import Worksheet

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert, update
from storage.domain.query import Query, Where
from storage.domain.text import msg
from storage.errors import CatalogueError, WorkbookError
from storage.exchange.exporting import export_catalogue
from storage.exchange.importing import propose_export
from storage.workbook.reader import read_workbook
from storage.workbook.tidy import read_tidy
from storage.workbook.tidy_sheets import stamp_of
from tests.storage.exchange.edits import column, row_of

SHEETS = [
    "Clusters", "Organisations", "Regions", "Aliases", "Relations", "Sectors", "Specialisations", "Units", "Metrics",
    "Observations", "Sources", "Passages", "Data wide", "lists", "_meta",
]  # fmt: skip


@pytest.fixture(scope="module")
def book(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> ExcelBook:
    """The exported sample as openpyxl sees it."""
    path = tmp_path_factory.mktemp("exported") / "sample.xlsx"
    catalogue = Catalogue.open(sample_file)
    export_catalogue(catalogue, path)
    catalogue.close()
    return openpyxl.load_workbook(path)


def below(sheet: Worksheet, header: str, row: int = 2) -> object:
    return sheet.cell(row, column(sheet, header)).value


def test_there_is_a_sheet_for_every_kind_of_record(book: ExcelBook) -> None:
    assert book.sheetnames == SHEETS


def test_what_serves_the_program_alone_is_out_of_sight(book: ExcelBook) -> None:
    assert [(s.title, s.sheet_state) for s in book if s.sheet_state != "visible"] == [
        ("lists", "hidden"), ("_meta", "veryHidden"),
    ]  # fmt: skip


def test_a_record_is_one_row_with_its_id_first(book: ExcelBook) -> None:
    sheet = book["Clusters"]
    row = row_of(sheet, "Name", "Pangyo Techno Valley")
    assert [below(sheet, header, row) for header in ("Type", "Since", "Since: from", "Since: before")] == [
        "Techno valley", "mid-2000s", "2004-01-01", "2007-01-01",
    ]  # fmt: skip


def test_references_are_names_with_ids_beside_them(book: ExcelBook) -> None:
    sheet = book["Observations"]
    beside = sheet.cell(2, column(sheet, "Record") + 1).value
    assert (below(sheet, "Record"), beside) == ("Pangyo Techno Valley", below(sheet, "Record: id"))


@pytest.mark.parametrize("header", ["Record", "Metric", "Unit", "Scenario", "Status", "Precision"])
def test_references_and_choices_have_a_list(book: ExcelBook, header: str) -> None:
    sheet = book["Observations"]
    letter = openpyxl.utils.get_column_letter(column(sheet, header))
    [rule] = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}2:")]
    assert (rule.type, rule.formula1.startswith("lists!$")) == ("list", True)


def test_a_choice_is_strict_and_a_reference_is_not(book: ExcelBook) -> None:
    rules = {str(rule.sqref)[0]: rule.errorStyle for rule in book["Aliases"].data_validations.dataValidation}
    assert (rules["B"], rules["E"]) == ("warning", None)


def test_headers_explain_themselves(book: ExcelBook) -> None:
    sheet = book["Observations"]
    assert (
        sheet.cell(1, column(sheet, "Period")).comment.text == "For example 2015, 2015-Q2, 2015-12, 2011–2015 or 1990s."
    )


def test_figures_show_multiplier_and_unit(book: ExcelBook) -> None:
    sheet = book["Observations"]
    row = row_of(sheet, "Metric", "Workers")
    assert sheet.cell(row, column(sheet, "Value")).number_format == '#,##0" persons"'


def test_a_unit_beside_a_figure_bears_no_id(empty: Catalogue, tmp_path: Path) -> None:
    twins = [insert("unit", {"code": code, "name": "times"}, -place) for place, code in enumerate(("a", "b"), 1)]
    others = [insert("cluster", {"name": "Pangyo"}, -3), insert("metric", {"name": "Visits"}, -4)]
    figure = insert("observation", {"entity_id": -3, "metric_id": -4, "unit_id": -1, "value": 1.5})
    empty.apply(ChangeSet.of([*twins, *others, figure]), msg("Made"))
    export_catalogue(empty, tmp_path / "twins.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "twins.xlsx")["Observations"]
    cells = below(sheet, "Unit"), sheet.cell(2, column(sheet, "Value")).number_format
    assert cells == ("times [1]", '#,##0.0" times"')


def test_years_are_not_grouped(book: ExcelBook) -> None:
    sheet = book["Observations"]
    row = row_of(sheet, "Unit", "calendar year")
    assert sheet.cell(row, column(sheet, "Value")).number_format == "0"


def test_the_wide_sheet_says_that_it_is_only_to_look_at(book: ExcelBook) -> None:
    assert book["Data wide"]["A1"].value.startswith("Only to look at: what is changed on this sheet is not read back.")


def test_the_wide_sheet_shows_amounts_with_their_precision(book: ExcelBook) -> None:
    sheet = book["Data wide"]
    [cell] = [
        row[[c.value for c in sheet[2]].index("2015-12")]
        for row in sheet.iter_rows(min_row=3)
        if (row[0].value, row[1].value) == ("Pangyo Techno Valley", "Workers")
    ]
    assert (cell.value, cell.number_format) == (70000, '"≈ "#,##0')


def test_the_stamp_says_where_the_workbook_comes_from(catalogue: Catalogue, tmp_path: Path) -> None:
    report = export_catalogue(catalogue, tmp_path / "sample.xlsx")
    stamp = stamp_of(read_workbook(tmp_path / "sample.xlsx"))
    assert (stamp.catalogue, stamp.revision, stamp.export, stamp.query) == (
        catalogue.identity, catalogue.revision, report.export, "",
    )  # fmt: skip


def test_the_stamp_counts_the_rows_and_names_the_columns(catalogue: Catalogue, tmp_path: Path) -> None:
    export_catalogue(catalogue, tmp_path / "sample.xlsx")
    [units] = [s for s in stamp_of(read_workbook(tmp_path / "sample.xlsx")).sheets if s.kind == "unit"]
    assert (units.rows, units.columns[:2]) == (catalogue.count(Query("unit")), (("id", "id"), ("code", "Code")))


def test_a_view_of_entities_brings_their_figures_along(catalogue: Catalogue, tmp_path: Path) -> None:
    query = Query("cluster", Where("name", "contains", "Pangyo"))
    report = export_catalogue(catalogue, tmp_path / "view.xlsx", query=query)
    ids = tuple(int(id) for id in catalogue.ids(query))
    assert report.rows == {
        "cluster": len(ids),
        "observation": catalogue.count(Query("observation", Where("entity_id", "in", ids))),
    }


def test_a_view_comes_back_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    export_catalogue(catalogue, tmp_path / "view.xlsx", query=Query("cluster", Where("name", "contains", "Pangyo")))
    proposal = propose_export(catalogue, read_workbook(tmp_path / "view.xlsx"))
    assert (proposal.items, set(proposal.unlisted)) == ((), {"cluster", "observation"})


@pytest.mark.parametrize("kind", ["cluster", "relation", "observation", "passage"])
def test_a_table_of_text_comes_back_the_same(catalogue: Catalogue, tmp_path: Path, kind: str) -> None:
    export_catalogue(catalogue, tmp_path / "view.csv", query=Query(kind))
    proposal = propose_export(catalogue, read_workbook(tmp_path / "view.csv"))
    assert (proposal.items, dict(proposal.unlisted)) == ((), {kind: catalogue.count(Query(kind))})


@pytest.mark.parametrize(
    ("name", "written"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-a", "'-a"), ("'=1", "''=1"), ("plain", "plain"), ("'quoted'", "'quoted'")],
)
def test_a_table_of_text_starts_no_formula(empty: Catalogue, tmp_path: Path, name: str, written: str) -> None:
    empty.apply(ChangeSet.of([insert("cluster", {"name": name, "latitude": -1.5})]), msg("Made"))
    export_catalogue(empty, tmp_path / "view.csv", query=Query("cluster"))
    with (tmp_path / "view.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["Name"], row["Latitude"]) == (written, "-1.5")


def test_a_guarded_text_comes_back_the_same(empty: Catalogue, tmp_path: Path) -> None:
    names = ("=1+1", "'=1", "''=1", "'a", "-1", "00123", "TRUE", "1.50", 'a,b\n"c"')
    empty.apply(ChangeSet.of(insert("cluster", {"name": name}) for name in names), msg("Made"))
    export_catalogue(empty, tmp_path / "view.csv", query=Query("cluster"))
    read = read_tidy(read_workbook(tmp_path / "view.csv"), empty.kinds)
    assert [record.values["name"] for record in read.records] == list(names)


@pytest.mark.parametrize("name", ["a.ods", "a.xls", "a", "whole.csv"])
def test_other_kinds_of_file_are_refused(empty: Catalogue, tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkbookError, match=r"is no name for an export; end it in \.xlsx"):
        export_catalogue(empty, tmp_path / name)


def test_progress_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    report = export_catalogue(catalogue, tmp_path / "a.xlsx", tell=lambda done, total: told.append((done, total)))
    assert (told[0], {total for _, total in told}) == ((0, sum(report.rows.values())), {sum(report.rows.values())})


def test_stopping_leaves_nothing_behind(catalogue: Catalogue, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise CatalogueError(msg("Stopped."))

    with pytest.raises(CatalogueError, match=r"Stopped\."):
        export_catalogue(catalogue, tmp_path / "a.xlsx", tell=stop)
    assert not list(tmp_path.glob("*a.xlsx*"))


def test_a_catalogue_that_changes_meanwhile_is_not_exported_in_between(catalogue: Catalogue, tmp_path: Path) -> None:
    [first, *_] = (int(id) for id in catalogue.ids(Query("cluster")))
    [(_, name)] = catalogue.stored(Query("cluster", Where("id", "in", (first,))), ("name",))

    def edit(done: int, total: int) -> None:
        if done == 0:
            catalogue.apply(ChangeSet.of([update("cluster", first, {"name": name}, {"name": "Other"})]), msg("Edit"))

    with pytest.raises(CatalogueError, match="changed while it was exported"):
        export_catalogue(catalogue, tmp_path / "a.xlsx", tell=edit)


def test_an_empty_catalogue_is_a_form_to_fill_in(empty: Catalogue, tmp_path: Path) -> None:
    export_catalogue(empty, tmp_path / "empty.xlsx")
    assert openpyxl.load_workbook(tmp_path / "empty.xlsx").sheetnames == [
        name for name in SHEETS if name != "Data wide"
    ]


@pytest.mark.parametrize("kind", ["cluster", "organisation", "region", "observation", "source", "metric"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_two_columns_of_a_sheet_have_one_header(
    catalogue: Catalogue, tmp_path: Path, kind: str, language: str
) -> None:
    export_catalogue(catalogue, tmp_path / "view.csv", query=Query(kind), language=language)
    with (tmp_path / "view.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    assert len(header) == len(set(header))


def test_an_export_is_remembered_with_its_records(catalogue: Catalogue, tmp_path: Path) -> None:
    before = catalogue.revision, catalogue.checksum()
    report = export_catalogue(catalogue, tmp_path / "a.xlsx")
    known = catalogue.known_export(report.export)
    assert {kind: len(ids) for kind, ids in known.ids.items()} == dict(report.rows)
    assert ((catalogue.revision, catalogue.checksum()), known.revision) == (before, before[0])
