"""Figures gathered for the wide sheet: which of competing ones is shown, bounds as text, more rows than one block."""

from pathlib import Path

import pytest

from storage.domain.periods import Period
from storage.domain.quantities import Quantity
from storage.exchange.wide import WideCell, WideTable
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import CellValue
from storage.workbook.writer import WorkbookWriter

YEARS = [Period(f"{year}-01-01", f"{year + 1}-01-01", str(year)) for year in (2016, 2015)]


def cell(value: float | None, *, preferred: bool = False, low: float | None = None) -> WideCell:
    return WideCell(Quantity(value, low, None if low is None else low + 1), "", preferred)


def written(path: Path, figures: list[tuple[str, Period, WideCell]]) -> list[list[CellValue]]:
    """The wide sheet's rows, from the header on."""
    table = WideTable("en")
    for name, period, figure in figures:
        table.add(table.row((name,)), table.column(period), figure)
    with WorkbookWriter(path) as book:
        table.write(book, "Wide", [], ["Record"])
    return [list(row) for row in read_workbook(path).sheets[0].rows]


@pytest.mark.parametrize(
    ("rivals", "shown"),
    [
        ([cell(1.5), cell(2.5)], 1.5),
        ([cell(1.5), cell(2.5, preferred=True), cell(3.5, preferred=True)], 2.5),
        ([cell(None, low=4.0), cell(2.5)], "4–5"),
    ],
)
def test_of_competing_figures_the_preferred_one_is_shown_else_the_first(
    tmp_path: Path, rivals: list[WideCell], shown: CellValue
) -> None:
    rows = written(tmp_path / "wide.xlsx", [("Pangyo", YEARS[0], rival) for rival in rivals])
    assert rows == [["Record", "2016"], ["Pangyo", shown]]


def test_series_and_periods_are_in_order_over_many_blocks(tmp_path: Path) -> None:
    names = [f"Firm {number:04}" for number in range(1_100)]
    figures = [(name, YEARS[place % 2], cell(float(place))) for place, name in reversed(list(enumerate(names)))]
    wanted = [[name, None, place] if place % 2 == 0 else [name, place] for place, name in enumerate(names)]
    rows = written(tmp_path / "wide.xlsx", figures)
    assert rows[0] == ["Record", "2015", "2016"]
    assert [[*row[:2]] if row[-1] is None else row for row in rows[1:]] == wanted
