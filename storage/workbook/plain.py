"""Writes what was read as a plain .xlsx, for files of other formats: the same cells at the same addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

from storage.workbook.sheet import CellValue, Sheet, Workbook, text_of
from storage.workbook.sheet_names import sheet_names
from storage.workbook.streamed import MOST_CHARACTERS, CellContent
from storage.workbook.writer import PLAIN, TEXT, Column, SheetWriter, Style, WorkbookWriter

DATE, DATETIME, TIME = Style("yyyy-mm-dd"), Style("yyyy-mm-dd hh:mm:ss"), Style("hh:mm:ss")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone


def write_plain(workbook: Workbook, target: Path) -> Mapping[str, str]:
    """Write the cells of every sheet; return the sheets' names in the new file by those that they had."""
    sheets = [sheet.name for sheet in workbook.sheets]
    names = dict(zip(sheets, sheet_names(sheets), strict=True))
    with WorkbookWriter(target) as book:
        for sheet in workbook.sheets:
            writer = book.add(names[sheet.name], [Column("", PLAIN)] * sheet.width)
            _write_rows(book, writer, sheet)
    return names


def _write_rows(book: WorkbookWriter, writer: SheetWriter, sheet: Sheet) -> None:
    for number, cells in enumerate(sheet.rows):
        told = [_content(sheet, number, column, value) for column, value in enumerate(cells)]
        writer.row([content for content, _ in told], [book.style(style) for _, style in told])


def _content(sheet: Sheet, row: int, column: int, value: CellValue) -> tuple[CellContent, Style]:
    """Return a cell as it is written; a number that was read from text stays as it was typed where digits say more."""
    if value is None or isinstance(value, bool):
        return value, PLAIN
    if isinstance(value, (int, float)):
        typed = sheet.text(row, column)
        return (value, PLAIN) if typed == text_of(value) else (typed, TEXT)
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400, DATETIME
    if isinstance(value, date):
        return float((datetime(value.year, value.month, value.day) - _EPOCH).days), DATE  # noqa: DTZ001
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400, TIME
    return text_of(value)[: MOST_CHARACTERS // 2], TEXT
