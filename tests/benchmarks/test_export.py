"""How fast cells are written, beside plain XlsxWriter on the same cells in the same run.

ATLAS_BENCHMARK=full exports a million figures as well. Run with -s to see the figures.
"""

import os
import random
import re
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter

from storage.catalogue import Catalogue
from storage.exchange.exporting import export_catalogue
from storage.workbook.sheet import column_letters
from storage.workbook.streamed import MOST_ROWS, CellContent
from storage.workbook.writer import Column, WorkbookWriter
from tests.benchmarks.big_catalogue import build

FULL = os.environ.get("ATLAS_BENCHMARK") == "full"
ROWS, COLUMNS = 100_000, 12
LEAST_RATIO, LEAST_WHOLE_RATIO = 4.7, 3.7  # a third below what is seen, 7.0 and 5.5 at least
MOST_GROWTH = 200  # MB
CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"')


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


def seconds(write: Callable[[], object]) -> tuple[float, float]:
    """Time of the processor, which others on the machine disturb least, and on the clock."""
    begun = time.process_time(), time.perf_counter()
    write()
    return time.process_time() - begun[0], time.perf_counter() - begun[1]


def told(taken: tuple[float, float]) -> str:
    return f"{taken[0]:.2f} s ({taken[1]:.2f} s on the clock)"


def ratios(ours: tuple[float, float], plain: tuple[float, float]) -> str:
    return f"ratio {plain[0] / ours[0]:.1f} ({plain[1] / ours[1]:.1f})"


@pytest.mark.slow
def test_writing_is_faster_than_plain_xlsxwriter(tmp_path: Path) -> None:
    rows = table()
    ours = seconds(lambda: with_ours(tmp_path / "ours.xlsx", rows))
    plain = seconds(lambda: with_xlsxwriter(tmp_path / "plain.xlsx", rows))
    print(f"\n{ROWS:,} x {COLUMNS}: {told(ours)}, XlsxWriter {told(plain)}, {ratios(ours, plain)}")
    assert plain[0] / ours[0] > LEAST_RATIO


Cell = tuple[int, int, Any, int]  # row, column, content and style


def sheets_of(path: Path) -> dict[str, tuple[list[Cell], int]]:
    """The filled cells of a workbook with the number of their style, and how many columns offer a list."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    found = {}
    with zipfile.ZipFile(path) as package:
        for number, name in enumerate(book.sheet_names, 1):
            xml = package.read(f"xl/worksheets/sheet{number}.xml")
            styles = {place.decode(): int(style) for place, style in CELL.findall(xml)}
            rows = enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            cells = [
                (row, column, cell, styles[f"{column_letters(column)}{row + 1}"])
                for row, values in rows
                for column, cell in enumerate(values)
                if cell != ""
            ]
            found[name] = (cells, xml.count(b"<dataValidation "))
    return found


def sheets_with_xlsxwriter(path: Path, sheets: dict[str, tuple[list[Cell], int]]) -> None:
    """The same cells in as many styles, with as many lists to choose from."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        styles = {style for cells, _ in sheets.values() for *_, style in cells}
        formats = {style: book.add_format({"num_format": f'0" {style}"'}) for style in styles}
        for name, (cells, lists) in sheets.items():
            sheet = book.add_worksheet(name)
            for row, column, cell, style in cells:
                sheet.write(row, column, cell, formats[style])
            for column in range(lists):
                sheet.data_validation(1, column, MOST_ROWS - 1, column, {"validate": "list", "source": "=lists!$A:$A"})


@pytest.mark.slow
def test_exporting_a_catalogue_is_faster_than_writing_its_cells_with_xlsxwriter(tmp_path: Path) -> None:
    build(tmp_path / "big.clusters", 1_000, ROWS)
    catalogue = Catalogue.open(tmp_path / "big.clusters")
    ours = seconds(lambda: export_catalogue(catalogue, tmp_path / "ours.xlsx"))
    catalogue.close()
    sheets = sheets_of(tmp_path / "ours.xlsx")
    plain = seconds(lambda: sheets_with_xlsxwriter(tmp_path / "plain.xlsx", sheets))
    cells = sum(len(cells) for cells, _ in sheets.values())
    print(f"\n{cells:,} cells from SQLite: {told(ours)}, XlsxWriter alone {told(plain)}, {ratios(ours, plain)}")
    assert plain[0] / ours[0] > LEAST_WHOLE_RATIO


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
