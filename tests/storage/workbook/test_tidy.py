"""Our own workbook is known and read again, whatever was done to its sheets, columns and cells."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelBook

from storage.catalogue import Catalogue
from storage.domain.query import Query
from storage.domain.vocabulary import SCENARIOS
from storage.exchange.exporting import export_catalogue
from storage.translations import translated
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import UNCALCULATED, CellError, CellValue, Workbook
from storage.workbook.tidy import TidyRead, is_tidy, read_tidy
from tests.storage.exchange.edits import Edit, column, edited

KINDS = Catalogue.kinds


@pytest.fixture(scope="module")
def exported(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a workbook, to be copied."""
    path = tmp_path_factory.mktemp("exported") / "sample.xlsx"
    catalogue = Catalogue.open(sample_file)
    export_catalogue(catalogue, path)
    catalogue.close()
    return path


@pytest.fixture(scope="module")
def book(exported: Path) -> Workbook:
    """The exported sample as it is read."""
    return read_workbook(exported)


@pytest.fixture
def workbook(exported: Path, tmp_path: Path) -> Path:
    """A copy of the exported sample, to be edited."""
    return Path(tmp_path / "copy.xlsx").write_bytes(exported.read_bytes()) and tmp_path / "copy.xlsx"


def read(path: Path) -> TidyRead:
    found = read_workbook(path)
    assert is_tidy(found, KINDS)
    return read_tidy(found, KINDS)


def content(found: TidyRead) -> set[tuple[object, ...]]:
    """What was read, wherever it stood."""
    assert found.problems == ()
    return {(r.kind, r.id, r.problem, *map(str, (*r.values.items(), *r.references.items()))) for r in found.records}


def rename(book: ExcelBook) -> None:
    book["Clusters"].title = "우리 클러스터"


def reorder(book: ExcelBook) -> None:
    book.move_sheet("Clusters", 5)


def hide(book: ExcelBook) -> None:
    book["Regions"].sheet_state = "hidden"


def show_the_stamp(book: ExcelBook) -> None:
    book["_meta"].sheet_state = "visible"


def strip_the_stamp(book: ExcelBook) -> None:
    del book["_meta"]


def strip_stamp_and_lists(book: ExcelBook) -> None:
    del book["_meta"], book["lists"]


def insert_title_rows(book: ExcelBook) -> None:
    book["Clusters"].insert_rows(1, 3)
    book["Clusters"]["A1"] = "Clusters of the year"


def sort_backwards(book: ExcelBook) -> None:
    sheet = book["Clusters"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for place, value in enumerate(row, 1):
            sheet.cell(number, place).value = value


def move_columns(book: ExcelBook) -> None:
    sheet = book["Clusters"]
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value


def filter_rows(book: ExcelBook) -> None:
    for row in range(3, 20):
        book["Clusters"].row_dimensions[row].hidden = True


EDITS = (
    rename, reorder, hide, show_the_stamp, strip_the_stamp, strip_stamp_and_lists, insert_title_rows, sort_backwards,
    move_columns, filter_rows,
)  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_what_moves_is_found_again(exported: Path, workbook: Path, edit: Edit) -> None:
    assert content(read(edited(workbook, edit))) == content(read(exported))


def test_korean_headers_are_known_without_a_stamp(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "korean.xlsx"
    export_catalogue(catalogue, path, language="ko")
    whole = content(read(path))
    assert content(read(edited(path, strip_stamp_and_lists))) == whole


def test_an_inserted_column_is_left_out_and_counted(workbook: Path) -> None:
    def insert_column(book: ExcelBook) -> None:
        sheet = book["Clusters"]
        sheet.insert_cols(3)
        for row in range(1, 5):
            sheet.cell(row, 3).value = "remark"

    assert read(edited(workbook, insert_column)).ignored == 3


def test_a_sheet_that_the_colleague_added_is_left_out_and_counted(workbook: Path) -> None:
    assert read(edited(workbook, lambda book: book.create_sheet("Mine").append(["a", "b"]))).ignored == 2


def test_a_deleted_column_is_not_read(workbook: Path) -> None:
    def delete_column(book: ExcelBook) -> None:
        sheet = book["Clusters"]
        sheet.delete_cols(column(sheet, "Note"))

    assert "note" not in read(edited(workbook, delete_column)).records[0].values


def test_a_deleted_sheet_is_no_problem(workbook: Path) -> None:
    found = read(edited(workbook, lambda book: book.remove(book["Clusters"])))
    assert (found.problems, {"cluster"} & {r.kind for r in found.records}) == ((), set())


def test_a_copied_sheet_is_named(workbook: Path) -> None:
    found = read(edited(workbook, lambda book: book.copy_worksheet(book["Clusters"])))
    assert [(p.sheet, str(p.cause)) for p in found.problems] == [
        ("Clusters Copy", "This sheet has the same columns as “Clusters” and was not read.")
    ]


def test_a_lost_header_is_named(workbook: Path) -> None:
    found = read(edited(workbook, lambda book: book["Clusters"].delete_rows(1)))
    assert [(p.sheet, str(p.cause)) for p in found.problems] == [
        ("Clusters", "The header row of this sheet was not found.")
    ]


def test_a_doubled_column_is_named(workbook: Path) -> None:
    found = read(edited(workbook, lambda book: book["Clusters"].cell(1, 20, "Name")))
    assert [(p.sheet, p.cell, str(p.cause)) for p in found.problems] == [
        ("Clusters", "T1", "The column “Name” stands twice; the first one was read.")
    ]


def first_figure(workbook: Workbook, **cells: CellValue) -> TidyRead:
    """What is read after cells of the first observation were typed over."""
    sheet = workbook.sheet("Observations")
    rows = [list(row) for row in sheet.rows[:2]]
    for header, value in cells.items():
        place = rows[0].index(header.replace("_", " "))
        rows[1] += [None] * (place + 1 - len(rows[1]))
        rows[1][place] = value
    others = [other for other in workbook.sheets if other.name in ("_meta", "lists")]
    return read_tidy(replace(workbook, sheets=(replace(sheet, rows=rows), *others)), KINDS)


@pytest.mark.parametrize(
    ("header", "typed", "key", "value"),
    [
        ("Period", 2016.0, "period", "2016"),
        ("Period", date(2016, 3, 1), "period", "2016-03-01"),
        ("Period", "2016-Q2", "period", "2016-Q2"),
        ("Period:_from", date(2016, 3, 1), "period_start", "2016-03-01"),
        ("Value", "1,234.5", "value", 1234.5),
        ("Value", "1234.5", "value", 1234.5),
        ("Value", -7.0, "value", -7.0),
        ("Value", None, "value", None),
        ("Scenario", "TARGET ", "scenario", "target"),
        ("Scenario", translated(SCENARIOS.label("target"), "ko"), "scenario", "target"),
        ("Preferred", "yes", "preferred", True),
        ("Preferred", 1.0, "preferred", True),
        ("Preferred", False, "preferred", False),
        ("As_given", 70000.0, "value_text", "70000"),
        ("Note", "  a\r\nb ", "note", "a\nb"),
    ],
)
def test_what_is_typed_over_a_cell_is_understood(
    book: Workbook, header: str, typed: CellValue, key: str, value: object
) -> None:
    assert first_figure(book, **{header: typed}).records[0].values[key] == value


@pytest.mark.parametrize(
    ("header", "typed", "cause"),
    [
        ("Value", "many", "“many” is not read as a number; write for example 1,234.5, ≈ 70,000 or 7만."),
        ("Value", "7만", "“7만” is more than a number; write the number alone and the rest in its own columns."),
        ("Value", "≈ 7", "“≈ 7” is more than a number; write the number alone and the rest in its own columns."),
        ("Value", date(2016, 3, 1), "“2016-03-01” is no number."),
        ("Value", UNCALCULATED, "The formula has no result; open the workbook in Excel and save it there."),
        ("Value", CellError("#DIV/0!"), "The cell holds the error #DIV/0!; correct the formula."),
        ("Note", date(2016, 3, 1), "“2016-03-01” is a date, not a text; format the cell as text and type it again."),
        ("Scenario", "dream", "“dream” is none of: Actual, Estimate, Forecast, Target, Baseline, Planned."),
        ("Preferred", "maybe", "“maybe” is neither yes nor no."),
        ("Period:_from", "spring", "“spring” is no day; write it as 2015-12-31."),
        ("id", "a7", "“a7” is no id; leave the cell blank for a new record."),
    ],
)  # fmt: skip
def test_a_bad_cell_is_a_problem_of_its_row(book: Workbook, header: str, typed: CellValue, cause: str) -> None:
    problem = first_figure(book, **{header: typed}).records[0].problem
    assert (problem.sheet, problem.cell[-1], str(problem.cause)) == ("Observations", "2", cause)


def test_further_bad_cells_of_a_row_are_told_too(book: Workbook) -> None:
    found = first_figure(book, Value="many", Scenario="dream")
    assert [(str(p.cause)[:7], p.cell[-1]) for p in found.problems] == [("“dream”", "2")]


@pytest.mark.parametrize("kind", ["cluster", "observation", "alias"])
def test_a_table_of_text_is_known_by_its_headers(catalogue: Catalogue, tmp_path: Path, kind: str) -> None:
    export_catalogue(catalogue, tmp_path / "view.csv", query=Query(kind))
    assert {record.kind for record in read(tmp_path / "view.csv").records} == {kind}


def test_any_other_workbook_is_not_ours(tmp_path: Path) -> None:
    book = ExcelBook()
    book.active.title = "Clusters"
    for row in (["id", "Name", "2015", "2016", "Total"], [1, "Pangyo", 2, 3, 5]):
        book.active.append(row)
    book.save(tmp_path / "other.xlsx")
    book.close()
    assert not is_tidy(read_workbook(tmp_path / "other.xlsx"), KINDS)
