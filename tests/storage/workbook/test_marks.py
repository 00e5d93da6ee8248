"""What the fast reader drops is found again in sheets of any length, which are read piece by piece."""

from __future__ import annotations

import io

import openpyxl
import pytest

from storage.workbook.marks import BLOCK, marks_of
from storage.workbook.package import Limits
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import UNCALCULATED, CellError, CellValue
from storage.workbook.worker import CHUNK

ROWS = 2 * BLOCK // 80  # enough for three pieces


def sheet_xml(prefix: str) -> bytes:
    rows = (
        f'<{prefix}row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n % 7_001 == 0 else ""}>'
        f'<{prefix}c r="B{n}" t="e"><{prefix}v>#N/A</{prefix}v></{prefix}c>'
        f'<{prefix}c r="C{n}"><{prefix}f>A1+1</{prefix}f></{prefix}c></{prefix}row>'
        for n in range(1, ROWS + 1)
    )
    return f"<{prefix}worksheet><{prefix}sheetData>{''.join(rows)}</{prefix}sheetData></{prefix}worksheet>".encode()


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_no_mark_is_lost_between_pieces(prefix: str) -> None:
    xml = sheet_xml(prefix)
    found = marks_of(io.BytesIO(xml), {})
    assert len(xml) > 2 * BLOCK
    assert found is not None
    wanted = {(n, 1): CellError("#N/A") for n in range(ROWS)} | {(n, 2): UNCALCULATED for n in range(ROWS)}
    assert found.errors == wanted
    assert found.hidden_rows == set(range(7_000, ROWS, 7_001))


def test_what_holds_no_cells_is_told_apart() -> None:
    assert marks_of(io.BytesIO(b"<worksheet/>"), {}) is None
    assert marks_of(io.BytesIO(b"<chartsheet/>"), {}) is not None


@pytest.fixture(scope="module")
def long_rows(tmp_path_factory: pytest.TempPathFactory) -> list[list[CellValue]]:
    """A sheet whose cells begin at B3 and end below the first rows that are sent, some of them as errors."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (CHUNK, CHUNK + 1):
        sheet.cell(row, 2, row)
        sheet.cell(row, 3, 7).number_format = "000"
    sheet["B3"] = "top"
    sheet.cell(CHUNK + 3, 5, "#REF!")
    sheet.cell(CHUNK + 5, 2, " ").value = ""
    path = tmp_path_factory.mktemp("long") / "long.xlsx"
    book.save(path)
    return read_workbook(path).sheets[0].rows


def test_rows_are_put_together_at_their_places(long_rows: list[list[CellValue]]) -> None:
    assert long_rows[2][:3] == [None, "top", None]
    assert [long_rows[CHUNK - 1][1], long_rows[CHUNK][1]] == [float(CHUNK), float(CHUNK + 1)]


def test_looks_reach_over_rows_sent_apart(long_rows: list[list[CellValue]]) -> None:
    assert [long_rows[CHUNK - 1][2], long_rows[CHUNK][2]] == ["007", "007"]


def test_errors_beyond_the_last_value_are_kept_and_blank_rows_are_not(long_rows: list[list[CellValue]]) -> None:
    assert long_rows[CHUNK + 2][4] == CellError("#REF!")
    assert len(long_rows) == CHUNK + 3


def test_a_large_file_is_given_more_time() -> None:
    limits = Limits(seconds=10)
    assert limits.seconds_for(0) == 10
    assert limits.seconds_for(100_000_000) > 100
