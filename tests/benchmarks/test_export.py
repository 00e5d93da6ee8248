"""How fast cells are written, beside plain XlsxWriter on the same cells in the same run."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from storage.workbook.streamed import CellContent
from storage.workbook.writer import Column, WorkbookWriter

ROWS, COLUMNS = 100_000, 12
LEAST_RATIO = 2.5


def table() -> list[list[CellContent]]:
    """Rows as an agency has them: names, codes, periods and figures."""
    chance = random.Random(5)
    return [
        [
            number, f"Firm {number % 9_000}", f"{number:05}", "2015", "Workers", "persons", None, "Actual", True,
            chance.random() * 1e6, float(chance.randint(0, 10**6)), "시화 국가산업단지",
        ]
        for number in range(ROWS)
    ]  # fmt: skip


def with_ours(path: Path, rows: list[list[CellContent]]) -> None:
    with WorkbookWriter(path) as book:
        sheet = book.add("Sheet", [Column(f"Column {place}") for place in range(COLUMNS)])
        sheet.header()
        for row in rows:
            sheet.row(row)


def with_xlsxwriter(path: Path, rows: list[list[CellContent]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def seconds(write: Callable[[Path, list[list[CellContent]]], None], path: Path, rows: list[list[CellContent]]) -> float:
    start = time.perf_counter()
    write(path, rows)
    return time.perf_counter() - start


@pytest.mark.slow
def test_writing_is_faster_than_plain_xlsxwriter(tmp_path: Path) -> None:
    rows = table()
    ours = seconds(with_ours, tmp_path / "ours.xlsx", rows)
    plain = seconds(with_xlsxwriter, tmp_path / "plain.xlsx", rows)
    print(f"\n{ROWS:,} x {COLUMNS}: {ours:.2f} s, XlsxWriter {plain:.2f} s, ratio {plain / ours:.1f}")
    assert plain / ours > LEAST_RATIO
