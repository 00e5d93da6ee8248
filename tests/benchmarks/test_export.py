"""How fast cells are written, beside plain XlsxWriter on the same cells in the same run.

ATLAS_BENCHMARK=full exports a million figures as well. Run with -s to see the figures.
"""

import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter

from storage.catalogue import Catalogue
from storage.exchange.exporting import export_catalogue
from storage.workbook.streamed import CellContent
from storage.workbook.writer import Column, WorkbookWriter
from tests.benchmarks.big_catalogue import build

FULL = os.environ.get("ATLAS_BENCHMARK") == "full"
ROWS, COLUMNS = 100_000, 12
LEAST_RATIO, LEAST_WHOLE_RATIO = 3.3, 1.6  # a third below what is seen
MOST_GROWTH = 300  # MB


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


def sheets_of(path: Path) -> dict[str, list[list[CellContent]]]:
    """The cells of a workbook, blank ones as None."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    read = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [[None if cell == "" else cell for cell in row] for row in rows] for name, rows in read.items()}


def sheets_with_xlsxwriter(path: Path, sheets: dict[str, list[list[CellContent]]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


@pytest.mark.slow
def test_exporting_a_catalogue_is_faster_than_writing_its_cells_with_xlsxwriter(tmp_path: Path) -> None:
    build(tmp_path / "big.clusters", 1_000, ROWS)
    catalogue = Catalogue.open(tmp_path / "big.clusters")
    begun = time.perf_counter()
    export_catalogue(catalogue, tmp_path / "ours.xlsx")
    ours = time.perf_counter() - begun
    catalogue.close()
    sheets = sheets_of(tmp_path / "ours.xlsx")
    begun = time.perf_counter()
    sheets_with_xlsxwriter(tmp_path / "plain.xlsx", sheets)
    plain = time.perf_counter() - begun
    cells = sum(cell is not None for rows in sheets.values() for row in rows for cell in row)
    print(f"\n{cells:,} cells from SQLite: {ours:.2f} s, XlsxWriter alone {plain:.2f} s, ratio {plain / ours:.1f}")
    assert plain / ours > LEAST_WHOLE_RATIO


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="takes a minute; ATLAS_BENCHMARK=full")
def test_a_million_figures_are_exported_in_little_memory(tmp_path: Path) -> None:
    build(tmp_path / "big.clusters", 10_000, 1_000_000)
    catalogue = Catalogue.open(tmp_path / "big.clusters")
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    export_catalogue(catalogue, tmp_path / "ours.xlsx")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"\n1,000,000 figures: {time.perf_counter() - begun:.1f} s, {grown} MB more")
    catalogue.close()
    assert grown < MOST_GROWTH
