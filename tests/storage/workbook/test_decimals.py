"""The decimal mark: told by the table, else by the rest of the file, else asked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.workbook.mapping import suggest_mapping
from storage.workbook.parser import parse
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import CellValue
from tests.storage.workbook.made import book, sheet

HEAD: list[CellValue] = ["Cluster", "Year", "Workers"]
OPEN: list[list[CellValue]] = [HEAD, ["Alpha", 2015.0, "1.234"], ["Beta", 2015.0, "5.678"]]
COMMA: list[list[CellValue]] = [HEAD, ["Alpha", 2016.0, "1.234,5"], ["Beta", 2016.0, "5.678"]]


def test_nothing_that_tells_is_asked() -> None:
    mapping = suggest_mapping(book(sheet(OPEN)))
    assert (mapping.asks_decimal, mapping.decimal) == (True, ".")


def test_another_sheet_tells_what_one_leaves_open() -> None:
    mapping = suggest_mapping(book(sheet(OPEN, "a"), sheet(COMMA, "b")), "a")
    assert (mapping.asks_decimal, mapping.decimal) == (False, ",")


def test_answer_is_no_question_again() -> None:
    mapping = suggest_mapping(book(sheet(OPEN)), constants={"decimal": ","})
    assert (mapping.asks_decimal, mapping.decimal) == (False, ",")


@pytest.mark.parametrize(
    ("text", "decimal", "asks", "values"),
    [
        ("Cluster;Year;Workers\nA;2015;1.234\nB;2015;2.345\nC;2015;12,5\n", ",", False, [1234, 2345, 12.5]),
        ("Cluster;Year;Workers\nA;2015;1.234\nB;2015;2.345\n", ".", True, [1.234, 2.345]),
        ("Cluster,Year,Workers\nA,2015,1.234\nB,2015,2.345\n", ".", False, [1.234, 2.345]),
        ("Cluster,Year,Workers\nA,2015,1.25\nB,2015,2.345\n", ".", False, [1.25, 2.345]),
    ],
)
def test_text_files(tmp_path: Path, text: str, decimal: str, asks: bool, values: list[float]) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    workbook = read_workbook(tmp_path / "t.csv")
    mapping = suggest_mapping(workbook)
    read = [figure.quantity.amount for figure in parse(workbook, mapping).rows]
    assert (mapping.decimal, mapping.asks_decimal, read) == (decimal, asks, values)
