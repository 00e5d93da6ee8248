"""Addresses and kinds of cells."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from storage.workbook.sheet import CellError, Sheet, address, kind_of, place_of, text_of


@pytest.mark.parametrize(
    ("row", "column", "written"), [(0, 0, "A1"), (13, 3, "D14"), (0, 25, "Z1"), (9, 26, "AA10"), (0, 702, "AAA1")]
)
def test_address(row: int, column: int, written: str) -> None:
    assert address(row, column) == written


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "blank"),
        ("  ", "blank"),
        ("a", "text"),
        (1.5, "number"),
        (True, "bool"),
        (date(2015, 1, 1), "date"),
        (datetime(2015, 1, 1), "datetime"),  # noqa: DTZ001
        (time(8), "time"),
        (CellError("#N/A"), "error"),
    ],
)
def test_kind(value: object, kind: str) -> None:
    assert kind_of(value) == kind  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "text"), [(11010.0, "11010"), (1.5, "1.5"), (None, ""), (True, "TRUE"), (date(2015, 1, 2), "2015-01-02")]
)
def test_text(value: object, text: str) -> None:
    assert text_of(value) == text  # type: ignore[arg-type]


def test_missing_cells_of_ragged_rows_are_blank() -> None:
    sheet = Sheet("s", [["a"], ["b", 1.0]])
    assert (sheet.width, sheet.cell(0, 1).kind, sheet.cell(5, 5).kind) == (2, "blank", "blank")
    assert list(sheet.column(1)) == [None, 1.0]


@pytest.mark.parametrize(
    ("cell", "place"),
    [("A1", (0, 0)), ("aa10", (9, 26)), ("", None), ("B", None), ("7", None), ("B0", None), ("B2:C3", None)],
)
def test_an_address_leads_to_its_place(cell: str, place: tuple[int, int] | None) -> None:
    assert place_of(cell) == place
