"""A copy of a rich workbook keeps every part that no edit concerns, byte for byte."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.comments import Comment

from storage.errors import WorkbookError
from storage.workbook.patching.book import WorkbookPatch
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import UNCALCULATED
from tests.storage.workbook.patching.rich import THREAD_SHEET, raw_parts, rewritten, rich_book

FIGURES = "xl/worksheets/sheet1.xml"
B2, D2 = (1, 1), (1, 3)
MARKERS = (
    b"x14:sparkline>", b"x14:dataBar ", b"<dataValidation ", b"<mergeCell ", b"<tablePart ", b"<drawing ", b"<pane ",
    b"<conditionalFormatting ", b"<headerFooter>", b"<extLst>",
)  # fmt: skip


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rich_book(tmp_path_factory.mktemp("rich") / "rich.xlsx")


@pytest.fixture
def patch(source: Path) -> Iterator[WorkbookPatch]:
    with WorkbookPatch(source) as patch:
        yield patch


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.xlsx"


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def loaded(path: Path) -> openpyxl.Workbook:
    """Open a workbook with openpyxl, which warns of what it would lose."""
    with pytest.warns(UserWarning, match="not supported"):
        return openpyxl.load_workbook(path)


def test_parts_that_no_edit_concerns_are_copied_as_they_lie(patch: WorkbookPatch, source: Path, target: Path) -> None:
    patch.write("Figures", B2, 1000.5)
    patch.colour("Figures", D2, "FFC7CE")
    patch.note("Figures", D2, "too high")
    patch.save(target)
    before, after = raw_parts(source), raw_parts(target)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {
        "[Content_Types].xml", FIGURES, "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/sheet2.xml",
        "xl/styles.xml", "xl/workbook.xml",
    }  # fmt: skip


@pytest.mark.parametrize("marker", MARKERS)
def test_what_stands_around_the_cells_stays(patch: WorkbookPatch, source: Path, target: Path, marker: bytes) -> None:
    patch.write("Figures", B2, 1000.5)
    patch.note("Figures", B2, "why")
    patch.save(target)
    assert part(target, FIGURES).count(marker) == part(source, FIGURES).count(marker) > 0


def test_a_copy_without_edits_is_the_same_package(patch: WorkbookPatch, source: Path, target: Path) -> None:
    patch.save(target)
    assert raw_parts(target) == raw_parts(source)


@pytest.mark.parametrize("value", [0.1 + 0.2, -1e-300, 12, True, "text <&> 한글 \n\"'", " blank ", "=1+1", "_x0041_"])
def test_a_value_comes_back_as_it_was_written(patch: WorkbookPatch, target: Path, value: object) -> None:
    patch.write("Figures", B2, value)
    patch.save(target)
    sheet = read_workbook(target).sheet("Figures")
    assert sheet is not None
    assert sheet.value(*B2) == value


def test_a_written_cell_keeps_its_format(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", D2, 7.25)
    patch.save(target)
    cell = loaded(target)["Figures"]["D2"]
    assert (cell.value, cell.number_format, cell.font.b) == (7.25, '#,##0.0 "억원"', True)


def test_a_colour_changes_only_the_fill(patch: WorkbookPatch, target: Path) -> None:
    patch.colour("Figures", D2, "FFC7CE")
    patch.save(target)
    cell = loaded(target)["Figures"]["D2"]
    look = (cell.fill.fgColor.rgb, cell.number_format, cell.border.left.style, cell.font.b)
    assert look == ("FFFFC7CE", '#,##0.0 "억원"', "thin", True)


def test_a_new_cell_takes_the_format_of_its_column(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", (29, 3), 1.0)
    patch.save(target)
    assert loaded(target)["Figures"]["D30"].number_format == '#,##0.0 "억원"'


def test_rows_and_cells_that_are_not_there_are_put_in_order(patch: WorkbookPatch, target: Path) -> None:
    for place in ((6, 0), (8, 5), (0, 25), (40, 2), (2, 4)):
        patch.write("Figures", place, f"at {place}")
    patch.save(target)
    sheet = loaded(target)["Figures"]
    found = {(r, c): sheet.cell(r + 1, c + 1).value for r, c in ((6, 0), (8, 5), (0, 25), (40, 2), (2, 4))}
    assert found == {place: f"at {place}" for place in found}


# Formulas


def test_results_that_came_of_a_written_cell_are_taken_out(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", B2, 1000.0)
    patch.save(target)
    book = read_workbook(target)
    figures, summary = book.sheet("Figures"), book.sheet("Summary")
    assert figures is not None
    assert summary is not None
    assert figures.value(7, 1) == summary.value(0, 0) == summary.value(1, 0) == UNCALCULATED


def test_results_that_did_not_come_of_it_stay(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", B2, 1000.0)
    patch.save(target)
    summary = read_workbook(target).sheet("Summary")
    assert summary is not None
    assert summary.value(2, 0) == "x"


def test_the_copy_asks_to_be_recalculated(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", B2, 1000.0)
    patch.save(target)
    assert loaded(target).calculation.fullCalcOnLoad is True


def test_colours_and_notes_recalculate_nothing(patch: WorkbookPatch, source: Path, target: Path) -> None:
    patch.colour("Figures", B2, "FFC7CE")
    patch.save(target)
    assert part(target, "xl/workbook.xml") == part(source, "xl/workbook.xml")


def test_a_formula_is_not_written_over(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", (7, 1), 5.0)
    with pytest.raises(WorkbookError, match="B8: it holds a formula"):
        patch.save(target)
    assert not target.exists()


def test_a_formula_is_given_up_when_told(patch: WorkbookPatch, target: Path) -> None:
    patch.write("Figures", (7, 1), 5.0, over_formula=True)
    patch.save(target)
    assert loaded(target)["Figures"]["B8"].value == 5.0
    assert "xl/calcChain.xml" not in raw_parts(target)
    assert b"calcChain" not in part(target, "[Content_Types].xml") + part(target, "xl/_rels/workbook.xml.rels")


@pytest.mark.parametrize(
    ("sheet", "place", "reason"),
    [
        ("Summary", (1, 2), "array formula"),
        ("Summary", (0, 2), "array formula"),
        ("Figures", (10, 1), "merged cell A10"),
        ("Figures", (0, 6), "header of a table"),
        ("Figures", (3, 8), "pivot table"),
    ],
)
def test_cells_that_are_no_place_for_a_value_are_refused(
    patch: WorkbookPatch, target: Path, sheet: str, place: tuple[int, int], reason: str
) -> None:
    patch.write(sheet, place, 1.0, over_formula=True)
    with pytest.raises(WorkbookError, match=reason):
        patch.save(target)


# Notes


def test_notes_stand_beside_older_ones(patch: WorkbookPatch, target: Path) -> None:
    patch.note(THREAD_SHEET, (0, 0), "ours\nsecond line")
    patch.save(target)
    sheet = loaded(target)[THREAD_SHEET]
    assert [sheet[cell].comment.text for cell in ("A1", "A2")] == ["ours\nsecond line", "an older note"]


@pytest.mark.parametrize("place", [(1, 0), (1, 1)])
def test_notes_and_threads_that_are_there_are_left_alone(
    patch: WorkbookPatch, source: Path, target: Path, place: tuple[int, int]
) -> None:
    patch.note(THREAD_SHEET, place, "ours")
    patch.save(target)
    assert part(target, "xl/comments1.xml") == part(source, "xl/comments1.xml")


def test_notes_join_a_drawing_in_prefixes_of_its_own(tmp_path: Path, target: Path) -> None:
    book = openpyxl.Workbook()  # whose writer calls them ns0, ns1 and ns2
    book.active["A1"].comment = Comment("an older note", "somebody")
    book.save(tmp_path / "prefixed.xlsx")
    with WorkbookPatch(tmp_path / "prefixed.xlsx") as patch:
        patch.note("Sheet", B2, "ours")
        patch.save(target)
    with zipfile.ZipFile(target) as archive:
        [drawing] = [archive.read(name) for name in archive.namelist() if name.endswith(".vml")]
    shapes = ET.fromstring(drawing).findall("{urn:schemas-microsoft-com:vml}shape")
    assert [shape.get("id") for shape in shapes] == ["_x0000_s1026", "_x0000_s2049"]
    assert b'data="1,2"' in drawing


def test_a_drawing_of_notes_numbers_its_boxes_anew(patch: WorkbookPatch, target: Path) -> None:
    patch.note(THREAD_SHEET, (0, 0), "one")
    patch.note("Figures", B2, "two")
    patch.save(target)
    boxes = part(target, "xl/drawings/vmlDrawing1.vml") + part(target, "xl/drawings/vmlDrawing2.vml")
    ids = [piece.split(b'"')[0] for piece in boxes.split(b'<v:shape id="')[1:]]
    assert len(ids) == len(set(ids)) == 4


# The file


def test_the_workbook_itself_is_never_written(patch: WorkbookPatch, source: Path) -> None:
    before = source.read_bytes()
    patch.write("Figures", B2, 1.0)
    with pytest.raises(WorkbookError, match="never rewritten"):
        patch.save(source)
    assert source.read_bytes() == before


def test_a_copy_keeps_the_kind_of_file(patch: WorkbookPatch, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"must end in \.xlsx"):
        patch.save(tmp_path / "copy.xlsm")


def test_an_unknown_sheet_is_told_with_those_that_there_are(patch: WorkbookPatch) -> None:
    with pytest.raises(WorkbookError, match="no sheet “Sheet9”; it has: Figures, Summary, Threads"):
        patch.write("Sheet9", B2, 1.0)


def test_a_text_too_long_for_a_cell_is_refused(patch: WorkbookPatch) -> None:
    with pytest.raises(WorkbookError, match="32,767"):
        patch.write("Figures", B2, "x" * 32_768)


def test_no_trace_is_left_where_writing_fails(patch: WorkbookPatch, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="no folder"):
        patch.save(tmp_path / "missing" / "copy.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_document_type_is_refused(source: Path, tmp_path: Path, target: Path) -> None:
    local = tmp_path / "own.xlsx"
    local.write_bytes(source.read_bytes())
    padding = b"<!--" + b"x" * 70_000 + b"--><!DOCTYPE worksheet [<!ENTITY a 'b'>]>"

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<worksheet", padding + b"<worksheet", 1) if name == FIGURES else data

    with WorkbookPatch(rewritten(local, change)) as patch:
        patch.write("Figures", B2, 1.0)
        with pytest.raises(WorkbookError, match="damaged"):
            patch.save(target)
