"""Workbooks of every shape with some rows, columns and cells gone, doubled, moved or overwritten."""

from __future__ import annotations

from random import Random

from storage.workbook.sheet import CellValue, Sheet, Workbook
from tests.storage.workbook import made
from tests.storage.workbook.shapes.case import Case, Row

WORDS: tuple[CellValue, ...] = (
    None, "", "Total", "합계", 2019.0, "2020", "x", 1.5, "1,234", "n/a", True, "Cluster", "(단위: 명)", "  a",
)  # fmt: skip


def disturbed(case: Case, random: Random) -> Workbook:
    """Return the workbook of a case with up to five disturbances a sheet."""
    return made.book(*(_disturbed(sheet, random) for sheet in case.book.sheets))


def _disturbed(sheet: Sheet, random: Random) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for _ in range(random.randint(1, 5)):
        if rows:
            rows = random.choice((_without, _doubled, _parted, _widened, _turned, _overwritten))(rows, random)
    return Sheet(sheet.name, rows, merged=sheet.merged)


def _without(rows: list[Row], random: Random) -> list[Row]:
    del rows[random.randrange(len(rows))]
    return rows


def _doubled(rows: list[Row], random: Random) -> list[Row]:
    rows.insert(random.randrange(len(rows)), list(random.choice(rows)))
    return rows


def _parted(rows: list[Row], random: Random) -> list[Row]:
    rows.insert(random.randrange(len(rows)), [])
    return rows


def _widened(rows: list[Row], random: Random) -> list[Row]:
    place = random.randrange(max(map(len, rows)) + 1)
    return [[*row[:place], None, *row[place:]] for row in rows]


def _turned(rows: list[Row], random: Random) -> list[Row]:
    width = max(map(len, rows)) if random.random() < 0.3 else 0
    return (
        [list(column) for column in zip(*(row + [None] * (width - len(row)) for row in rows), strict=True)]
        if width
        else rows
    )


def _overwritten(rows: list[Row], random: Random) -> list[Row]:
    row = random.choice(rows)
    if row:
        row[random.randrange(len(row))] = random.choice(WORDS)
    return rows
