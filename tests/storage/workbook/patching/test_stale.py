"""Which stored results no longer hold once a cell was written."""

from __future__ import annotations

import pytest

from storage.workbook.patching.sheet_part import SheetPart
from storage.workbook.patching.stale import stale_results
from storage.workbook.sheet import address, place_of


def sheet(formulas: dict[str, str]) -> SheetPart:
    rows = "".join(
        f'<row r="{cell[1:]}"><c r="{cell}">{text if text.startswith("<") else f"<f>{text}</f>"}<v>1</v></c></row>'
        for cell, text in formulas.items()
    )
    return SheetPart(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode())


def stale(sheets: dict[str, dict[str, str]], *written: str) -> set[str]:
    places = [place_of(cell) for cell in written]
    found = stale_results({name: sheet(formulas) for name, formulas in sheets.items()}, {"S": places})
    return {f"{name}!{address(*place)}" for name, cells in found.items() for place in cells}


@pytest.mark.parametrize(
    ("formula", "reads"),
    [
        ("A1", True),
        ("$A$1*2", True),
        ("SUM(A1:A5)", True),
        ("SUM(A:A)", True),
        ("SUM(1:1)", True),
        ("S!A1", True),
        ("'S'!A1", True),
        ("s!a1", True),
        ("INDIRECT(&quot;A&quot;&amp;1)", True),
        ("OFFSET(B2,-1,-1)", True),
        ("Workers*2", True),
        ("Firms[Size]", True),
        ("SUM(S:T!A1)", True),
        ("A2", False),
        ("SUM(A2:A9)", False),
        ("SUM(B:B)", False),
        ("T!A1", False),
        ('"A1"', False),
        ("LOG10(B1)", False),
        ("IF(TRUE,1.5E+3,#N/A)", False),
        ("TODAY()", False),
    ],
)
def test_a_formula_is_stale_where_it_may_read_the_cell(formula: str, reads: bool) -> None:
    assert stale({"S": {"C9": formula}}, "A1") == ({"S!C9"} if reads else set())


def test_formulas_of_formulas_are_stale_over_sheets() -> None:
    found = stale({"S": {"B2": "A1+1"}, "It's": {"B3": "S!B2", "B4": "B3", "B5": "S!C2"}}, "A1")
    assert found == {"S!B2", "It's!B3", "It's!B4"}


def test_a_shared_formula_is_read_where_it_stands() -> None:
    shared = {
        "B1": '<f t="shared" ref="B1:B3" si="0">A1*2</f>',
        "B2": '<f t="shared" si="0"/>',
        "B3": '<f t="shared" si="0"/>',
    }
    assert stale({"S": shared}, "A2") == {"S!B2"}


def test_all_cells_of_an_array_formula_are_stale() -> None:
    assert stale({"S": {"B1": '<f t="array" ref="B1:B2">A1:A2</f>', "C5": "B2"}}, "A1") == {"S!B1", "S!B2", "S!C5"}


def test_a_circle_ends() -> None:
    assert stale({"S": {"B1": "B2+A1", "B2": "B1"}}, "A1") == {"S!B1", "S!B2"}
