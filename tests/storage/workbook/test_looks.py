"""Number formats that show something else than the number, and what is read of such cells."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelBook

from storage.workbook.looks import look_of
from storage.workbook.mapping import suggest_mapping
from storage.workbook.parser import parse
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import Sheet


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("0%", 0.123, "12%"), ("0.0%", 0.1234, "12.3%"), ("00000", 123.0, "00123"), ("yyyy", date(2015, 1, 1), "2015"),
        ("yyyy\\년", date(2015, 1, 1), "2015"), ("mmm-yy", date(2015, 3, 31), "2015-03"),
        ("[Red]0.0%;-0.0%", 0.5, "50%"),
    ],
)  # fmt: skip
def test_shows_what_excel_shows(code: str, value: object, shown: str) -> None:
    look = look_of(code)
    assert look is not None
    assert look.text(value) == shown


@pytest.mark.parametrize("code", ["General", "#,##0", "0.00", "0", "yyyy-mm-dd", "h:mm", "@", '#,##0" persons each"'])
def test_formats_that_hide_nothing_have_no_look(code: str) -> None:
    assert look_of(code) is None


def saved(folder: Path, rows: list[list[object]], formats: dict[str, str]) -> Sheet:
    book = ExcelBook()
    for row in rows:
        book.active.append(row)
    for cell, code in formats.items():
        book.active[cell].number_format = code
    book.save(folder / "t.xlsx")
    return read_workbook(folder / "t.xlsx").sheets[0]


ROWS = [
    ["Code", "Cluster", "Year", "Share", "Workers"],
    [123, "Alpha", date(2015, 1, 1), 0.07, 5],
    [45, "Beta", date(2016, 1, 1), 0.5, 6],
]
FORMATS = {
    "A2": "00000", "A3": "00000", "C2": "yyyy", "C3": "yyyy", "D2": "0.0%", "D3": "0.0%",
    "E2": '#,##0"명"', "E3": '#,##0"명"',
}  # fmt: skip


@pytest.mark.parametrize(("place", "text"), [((1, 0), "00123"), ((1, 2), "2015"), ((1, 3), "7%"), ((1, 4), "5")])
def test_cell_has_the_text_that_excel_shows(tmp_path: Path, place: tuple[int, int], text: str) -> None:
    assert saved(tmp_path, ROWS, FORMATS).text(*place) == text


def test_figures_are_read_as_shown(tmp_path: Path) -> None:
    saved(tmp_path, ROWS, FORMATS)
    book = read_workbook(tmp_path / "t.xlsx")
    figures = parse(book, suggest_mapping(book)).rows
    found = {
        (f.cell, f.entity.code, f.quantity.amount, f.unit, f.period.frequency if f.period else "") for f in figures
    }
    assert {("D2", "00123", 7.0, "%", "A"), ("E3", "00045", 6.0, "persons", "A")} <= found


def test_dates_of_1904_are_the_days_that_excel_shows(tmp_path: Path) -> None:
    book = ExcelBook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 (cells have no zone)
    book.active.append(["Cluster", "Date", "Workers"])
    book.active.append(["Alpha", date(2015, 6, 30), 5])
    book.save(tmp_path / "t.xlsx")
    assert read_workbook(tmp_path / "t.xlsx").sheets[0].text(1, 1).startswith("2015-06-30")


@pytest.mark.parametrize(
    ("header", "code", "amount"),
    [
        ("매출액", '#,##0"억원"', 1234567e8), ("매출액 (억원)", '#,##0"억원"', 1234567e8),
        ("매출액 (천원)", "#,##0,", 1234567.0), ("매출액 (백만원)", "#,##0.0,,", 1234567.0),
        ("매출액 (백만원)", "#,##0,", 1234567e6), ("매출액", "#,##0,", 1234567.0),
    ],
)  # fmt: skip
def test_a_unit_and_thousands_of_the_format_count(tmp_path: Path, header: str, code: str, amount: float) -> None:
    saved(tmp_path, [["단지", header], ["구미", 1234567], ["창원", 1234567]], {"B2": code, "B3": code})
    book = read_workbook(tmp_path / "t.xlsx")
    assert [figure.quantity.amount for figure in parse(book, suggest_mapping(book)).rows] == [amount, amount]
