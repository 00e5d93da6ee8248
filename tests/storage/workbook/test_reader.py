"""What is read from made workbooks, and how broken ones are refused."""

from __future__ import annotations

import random
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from storage.errors import WorkbookError
from storage.workbook.reader import Limits, ReadingCancelled, read_workbook
from storage.workbook.sheet import UNCALCULATED, CellError
from tests.conftest import SHARED_DATA
from tests.office import needs_office, saved_by_office


@pytest.fixture
def made(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "자료"
    sheet["C3"] = "year"
    sheet["D3"] = 2015
    sheet["C4"] = date(2015, 12, 31)
    sheet["D4"] = "#N/A"
    sheet["D5"] = "=1+1"
    sheet["C6"] = "00123"
    sheet["B7"] = True
    sheet.merge_cells("A1:D1")
    sheet.row_dimensions[6].hidden = True
    book.create_sheet("hidden").sheet_state = "hidden"
    path = tmp_path / "made.xlsx"
    book.save(path)
    return path


def test_keeps_places_and_types(made: Path) -> None:
    sheet = read_workbook(made).sheets[0]
    assert sheet.name == "자료"
    assert [sheet.value(2, 2), sheet.value(2, 3), sheet.value(3, 2)] == ["year", 2015.0, date(2015, 12, 31)]
    assert [sheet.value(5, 2), sheet.value(6, 1)] == ["00123", True]


def test_errors_and_uncalculated_formulas_are_no_blanks(made: Path) -> None:
    sheet = read_workbook(made).sheets[0]
    assert (sheet.value(3, 3), sheet.value(4, 3)) == (CellError("#N/A"), UNCALCULATED)


def test_tells_merged_and_hidden(made: Path) -> None:
    sheet, other = read_workbook(made).sheets
    assert (sheet.merged, sheet.hidden_rows, other.hidden) == (((0, 0, 0, 3),), {5}, True)


def test_same_bytes_same_fingerprint(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(made.read_bytes())
    assert read_workbook(made).fingerprint == read_workbook(copy).fingerprint


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 too short", b"plain text"]
)
def test_broken_files_are_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "figures.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookError, match=r"^figures\.xlsx "):
        read_workbook(path)


def test_absent_file(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="not found"):
        read_workbook(tmp_path / "none.xlsx")


def test_encrypted_container(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(WorkbookError, match="protected by a password"):
        read_workbook(path)


def _with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!DOCTYPE x><worksheet/>", "document type"),
        (b"foo<worksheet/>", "damaged"),
        (b"<worksheet><sheetData>", "damaged"),
    ],
)
def test_hostile_or_malformed_parts(made: Path, tmp_path: Path, content: bytes, says: str) -> None:
    path = _with_part(made, tmp_path / "bad.xlsx", "xl/worksheets/sheet1.xml", content)
    with pytest.raises(WorkbookError, match=says):
        read_workbook(path)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_bytes_end_in_a_sentence_or_are_read(made: Path, tmp_path: Path, seed: int) -> None:
    chance, data = random.Random(seed), bytearray(made.read_bytes())
    for _ in range(20):
        data[chance.randrange(4, len(data))] = chance.randrange(256)
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(data)
    try:
        assert read_workbook(path).sheets
    except WorkbookError as error:
        assert str(error).startswith("damaged.xlsx ")  # noqa: PT017 - both ends are fine


def test_zip_bomb(made: Path, tmp_path: Path) -> None:
    path = _with_part(made, tmp_path / "bomb.xlsx", "xl/media/image1.png", bytes(40_000_000))
    with pytest.raises(WorkbookError, match="unpack to 40 MB"):
        read_workbook(path)


def test_far_stray_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD9"] = 1, 2  # type: ignore[index]
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(WorkbookError, match="spreads over 9 rows and 16384 columns"):
        read_workbook(tmp_path / "far.xlsx", limits=Limits(cells=10_000))


def test_time_limit(made: Path) -> None:
    with pytest.raises(WorkbookError, match="not read within 0 seconds"):
        read_workbook(made, limits=Limits(seconds=0.0))


def test_can_be_stopped(made: Path) -> None:
    with pytest.raises(ReadingCancelled):
        read_workbook(made, cancelled=lambda: True)


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "자료.csv"
    path.write_bytes("이름,코드\n판교,00123\n".encode("cp949"))
    book = read_workbook(path)
    assert book.sheets[0].rows == [["이름", "코드"], ["판교", "00123"]]
    assert [str(note) for note in book.notes] == ["Read as cp949 text."]


DATA = SHARED_DATA / "workbooks"


def _files(folder: str) -> list[Path]:
    return sorted((DATA / folder).iterdir()) if (DATA / folder).is_dir() else []


@pytest.mark.real_files
@pytest.mark.parametrize("path", _files("broken"), ids=lambda path: path.name)
def test_real_broken_workbook(path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path)
    assert str(caught.value).startswith(path.name)


@pytest.mark.real_files
@pytest.mark.parametrize("path", _files("readable"), ids=lambda path: path.name)
def test_real_readable_workbook(path: Path) -> None:
    if path.name == "poi__Simple.xlsb":
        pytest.xfail("a beta file that no free reader knows")
    assert read_workbook(path).sheets


@pytest.mark.real_files
@pytest.mark.parametrize("name", ["sheetjs__1900.xlsx", "sheetjs__1904.xlsx"])
def test_both_date_systems(name: str) -> None:
    rows = read_workbook(DATA / "readable" / name).sheets[0].rows
    assert [str(row[1]) for row in rows[1:]] == [row[2] for row in rows[1:]]


@needs_office
def test_a_formula_whose_result_is_an_empty_text_is_a_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", '=IF(1=1,"","x")', "b"])
    book.save(tmp_path / "empty.xlsx")
    book.close()
    [sheet] = read_workbook(saved_by_office(tmp_path / "empty.xlsx")).sheets
    assert sheet.rows[0] in (["a", "", "b"], ["a", None, "b"])
