import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from storage.workbook.mapping import suggest_mapping
from storage.workbook.parser import parse
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import Sheet
from ui.models.sheet import LOOK, CellState, SheetModel, TableRead

ROWS = [
    ["Quarterly figures", "", "", ""],
    ["Cluster", "Period", "Workers (persons)", "Note"],
    ["Alpha", "2015 Q2", "≈ 70,000", "checked"],
    ["Beta", "2015 Q2", "see note", ""],
    ["Gamma", "2015 Q2", "12", ""],
    ["Delta", "2015 Q2", "13", ""],
    ["Epsilon", "2015 Q2", ": c", ""],
    ["Zeta", "2015 Q2", "", ""],
    ["Eta", "2015 Q2", "14 p", ""],
]


@pytest.fixture
def model(qtbot: QtBot, tmp_path: Path) -> SheetModel:
    path = tmp_path / "figures.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    workbook = read_workbook(path)
    mapping = suggest_mapping(workbook)
    model = SheetModel()
    model.set_sheet(workbook.sheets[0], TableRead(mapping, parse(workbook, mapping)))
    return model


def test_is_a_sound_model(model: SheetModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_sheet(Sheet("other", [["a", 1.0]]))
    tester.deleteLater()


def test_rows_are_numbered_as_in_excel(model: SheetModel) -> None:
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"


def test_column_shows_letters_and_role(model: SheetModel) -> None:
    look = model.headerData(2, Qt.Orientation.Horizontal, LOOK)
    assert (look.letters, look.role, look.tone) == ("C", "Metric: Workers", "accent")


@pytest.mark.parametrize(
    ("row", "column", "state"),
    [
        (0, 0, CellState.OUTSIDE),
        (1, 2, CellState.HEADER),
        (2, 0, CellState.NAME),
        (2, 2, CellState.FIGURE),
        (2, 1, CellState.PERIOD),
        (3, 2, CellState.PROBLEM),
        (6, 2, CellState.MISSING),
        (7, 2, CellState.LEFT_OUT),
    ],
)
def test_cell_is_drawn_by_how_it_was_read(model: SheetModel, row: int, column: int, state: CellState) -> None:
    assert model.state(row, column) is state


@pytest.mark.parametrize("words", ["70,000 persons", "Record: Alpha", "2015-04-01 to before 2015-07-01"])
def test_figure_tells_how_it_was_read(model: SheetModel, words: str) -> None:
    assert words in model.reading(2, 2)


def test_cell_that_is_no_figure_tells_cause_and_remedy(model: SheetModel) -> None:
    assert model.reading(3, 2).startswith("“see note”")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (8, 2, "Status: Provisional"),
        (6, 2, "Read as missing"),
        (7, 2, "Blank"),
        (2, 1, "Read as: Period"),
        (1, 2, "Sure: 70 %"),
    ],
)
def test_every_cell_tells_what_it_was_read_as(model: SheetModel, row: int, column: int, words: str) -> None:
    assert words in model.reading(row, column)


def test_column_that_the_recipe_does_not_know_is_marked(model: SheetModel) -> None:
    read = model._read
    model.set_sheet(model._sheet, TableRead(read.mapping, read.staged, frozenset([2])))
    look = model.headerData(2, Qt.Orientation.Horizontal, LOOK)
    assert (look.role, look.tone) == ("New: Metric: Workers ?", "mind")
