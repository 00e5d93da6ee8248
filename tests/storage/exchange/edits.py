"""Edits of an exported workbook, as a colleague makes them in Excel."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Edit = Callable[[Workbook], None]


def edited(path: Path, edit: Edit) -> Path:
    """The workbook saved again after an edit."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    book.close()
    return path


def column(sheet: Worksheet, header: str) -> int:
    """Number of the column under a header, from 1."""
    return next(cell.column for cell in sheet[1] if cell.value == header)


def row_of(sheet: Worksheet, header: str, value: object) -> int:
    """Number of the first row with a value, from 1."""
    place = column(sheet, header)
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, place).value == value)


def put(sheet: Worksheet, row: int, **values: object) -> None:
    """Write cells of a row by header; `_` stands for a blank."""
    for header, value in values.items():
        sheet.cell(row, column(sheet, header.replace("_", " "))).value = value


def append(sheet: Worksheet, **values: object) -> int:
    """Write a new row by header; return its number."""
    row = sheet.max_row + 1
    put(sheet, row, **values)
    return row
