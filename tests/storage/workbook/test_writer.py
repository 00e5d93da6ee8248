"""What is written comes back: every text, every double; and a file appears whole or not at all."""

import random
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from storage.errors import NotWritable, WorkbookError
from storage.workbook.delimited_writer import write_delimited
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import CellValue
from storage.workbook.streamed import MOST_CHARACTERS, utf16_length
from storage.workbook.writer import TEXT, Column, Style, WorkbookWriter, display_width

TEXTS = (
    "=1+1", "+1", "-1", "@x", "#N/A", "00123", "1.5", "TRUE", "_x0041_", "_x00e9_", "_x005F_", "_x005F_x0041_",
    "_x000D_", "_x0041_x0042_", " a ", "\ta",
    "a\nb", "a\tb", "<&>\"'", "]]>", "시화 국가산업단지", "\U0001f600", "x" * MOST_CHARACTERS, "\x85", "2015-12", "'=1",
)  # fmt: skip


def written(path: Path, *values: CellValue) -> list[CellValue]:
    """The values after they went through a file."""
    with WorkbookWriter(path) as book:
        sheet = book.add("Sheet", [Column("Header", TEXT)])
        sheet.header()
        for value in values:
            sheet.row([value])
    return [row[0] for row in read_workbook(path).sheets[0].rows[1:]]


def test_text_stays_text(tmp_path: Path) -> None:
    assert written(tmp_path / "texts.xlsx", *TEXTS) == list(TEXTS)


def test_openpyxl_takes_text_for_text(tmp_path: Path) -> None:
    written(tmp_path / "texts.xlsx", *TEXTS)
    sheet = openpyxl.load_workbook(tmp_path / "texts.xlsx").active
    assert {sheet.cell(row, 1).data_type for row in range(1, len(TEXTS) + 2)} == {"s"}


def test_a_number_comes_back_as_the_same_double(tmp_path: Path) -> None:
    chance = random.Random(7)
    doubles = [struct.unpack("<d", chance.randbytes(8))[0] for _ in range(10_000)]
    doubles = [number for number in doubles if abs(number) < float("inf")]
    doubles += [chance.random() * 10.0 ** chance.randint(-6, 14) for _ in range(10_000)]
    doubles += [0.0, -0.0, 5e-324, 1.7976931348623157e308, 1e15, 1e16, 70000.0]
    back = written(tmp_path / "numbers.xlsx", *doubles)
    assert [struct.pack("<d", number) for number in back] == [struct.pack("<d", number) for number in doubles]


def test_booleans_and_blanks(tmp_path: Path) -> None:
    assert written(tmp_path / "kinds.xlsx", True, None, False) == [True, None, False]


def test_what_is_no_number_stays_visible(tmp_path: Path) -> None:
    assert written(tmp_path / "kinds.xlsx", float("nan"), float("inf")) == ["nan", "inf"]


def test_too_long_a_text_is_never_cut(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32,767"):
        written(tmp_path / "long.xlsx", "\U0001f600" * (MOST_CHARACTERS // 2 + 1))


def test_an_exception_leaves_no_trace(tmp_path: Path) -> None:
    target = tmp_path / "kept.xlsx"
    target.write_bytes(b"as before")
    with pytest.raises(WorkbookError, match="16,385"), WorkbookWriter(target) as book:
        book.add("Sheet", [Column("Header")] * 16_385).header()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("kept.xlsx", b"as before")]


def test_nothing_but_the_workbook_is_left(tmp_path: Path) -> None:
    written(tmp_path / "only.xlsx", "a")
    assert [path.name for path in tmp_path.iterdir()] == ["only.xlsx"]


@pytest.mark.parametrize(
    ("place", "refusal"),
    [("missing/a.xlsx", "There is no folder “.*missing”"), ("taken", "“taken” cannot be written; close it in Excel")],
)
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, place: str, refusal: str) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(WorkbookError, match=refusal), WorkbookWriter(tmp_path / place):
        pass


def test_header_is_frozen_filtered_and_explained(tmp_path: Path) -> None:
    with WorkbookWriter(tmp_path / "header.xlsx") as book:
        sheet = book.add("Sheet", [Column("Name", TEXT, note="What it is called"), Column("id", helper=True)])
        sheet.header(1)
        sheet.row(["a", 1])
    found = openpyxl.load_workbook(tmp_path / "header.xlsx").active
    assert (found.freeze_panes, found.auto_filter.ref, found["A1"].comment.text) == (
        "B2", "A1:B2", "What it is called",
    )  # fmt: skip


def test_helper_columns_are_folded_away(tmp_path: Path) -> None:
    with WorkbookWriter(tmp_path / "folded.xlsx") as book:
        book.add("Sheet", [Column("Name"), Column("id", helper=True)]).header()
    columns = openpyxl.load_workbook(tmp_path / "folded.xlsx").active.column_dimensions
    assert (columns["A"].hidden, columns["B"].hidden) == (False, True)


def test_columns_are_as_wide_as_their_content(tmp_path: Path) -> None:
    with WorkbookWriter(tmp_path / "wide.xlsx") as book:
        sheet = book.add("Sheet", [Column("A"), Column("B", Style('#,##0" persons"'))])
        sheet.header()
        sheet.row(["경기도 성남시 분당구", 1234567])
    columns = openpyxl.load_workbook(tmp_path / "wide.xlsx").active.column_dimensions
    assert (columns["A"].width > 21, columns["B"].width > 18) == (True, True)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("시화", 4), ("a\nbcd", 3), ("", 0)])
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("시화", 2), ("\U0001f600", 2)])
def test_length_as_excel_counts(text: str, length: int) -> None:
    assert utf16_length(text) == length


@pytest.mark.parametrize("lock", ["~$held.xlsx", ".~lock.held.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_refused_and_stays(tmp_path: Path, lock: str) -> None:
    (tmp_path / "held.xlsx").write_bytes(b"held")
    (tmp_path / lock).touch()
    with pytest.raises(NotWritable, match="is open in another program"), WorkbookWriter(tmp_path / "held.xlsx"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["held.xlsx", lock])


def test_a_table_that_is_open_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "held.csv").write_bytes(b"held")
    (tmp_path / "~$held.csv").touch()
    with pytest.raises(NotWritable):
        write_delimited(tmp_path / "held.csv", [["a"]])
    assert (tmp_path / "held.csv").read_bytes() == b"held"


def test_a_lock_that_outlived_its_file_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "~$new.xlsx").touch()
    with WorkbookWriter(tmp_path / "new.xlsx") as book:
        book.add("A", [Column("x")]).header()
    assert (tmp_path / "new.xlsx").exists()


def test_a_blank_cell_that_looks_like_its_column_is_left_out(tmp_path: Path) -> None:
    with WorkbookWriter(tmp_path / "blank.xlsx") as book:
        sheet = book.add("Sheet", [Column("A", TEXT), Column("B", TEXT)])
        sheet.header()
        sheet.row(["a", None])
        sheet.row(["b", None], [book.style(TEXT), book.style(Style("0.00"))])
    with zipfile.ZipFile(tmp_path / "blank.xlsx") as package:
        xml = package.read("xl/worksheets/sheet1.xml")
    assert (b'r="B2"' in xml, b'r="B3"' in xml) == (False, True)


def test_rows_of_many_shapes_keep_their_places(tmp_path: Path) -> None:
    chance = random.Random(3)
    rows = [[chance.choice([None, "a", 1.5, True, "<&>%s"]) for _ in range(6)] for _ in range(500)]
    with WorkbookWriter(tmp_path / "shapes.xlsx") as book:
        sheet = book.add("Sheet", [Column(str(place)) for place in range(6)])
        sheet.header()
        for row in rows:
            sheet.row(row)
    read = read_workbook(tmp_path / "shapes.xlsx").sheets[0].rows[1:]
    wanted = [row for row in rows if any(cell is not None for cell in row)]
    assert [row for row in read if any(cell is not None for cell in row)] == wanted
