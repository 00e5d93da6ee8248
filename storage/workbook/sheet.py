"""Typed cells with addresses, without any opinion about what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from storage.domain.text import Text
from storage.workbook.looks import Looks

KINDS = ("blank", "text", "number", "bool", "date", "datetime", "time", "error")


@dataclass(frozen=True, slots=True)
class CellError:
    """An error that stands in a cell: `#N/A`, `#DIV/0!`, or a formula without a stored result."""

    code: str

    def __str__(self) -> str:
        return self.code


UNCALCULATED = CellError("uncalculated")

NO_LOOKS = Looks()
CellValue = None | str | float | bool | date | datetime | time | CellError
Range = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0, inclusive


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, its kind (one of KINDS) and the text as it stood in the file."""

    value: CellValue
    kind: str
    text: str


def is_blank(value: CellValue) -> bool:
    """Whether there is nothing to be seen; a text of blanks only counts as blank."""
    return value is None or (type(value) is str and not value.strip())


def kind_of(value: CellValue) -> str:
    """Name the kind of a raw value; a text of blanks only counts as blank."""
    if value is None:
        return "blank"
    if isinstance(value, str):
        return "text" if value.strip() else "blank"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, datetime):
        return "datetime"
    if isinstance(value, date):
        return "date"
    return "time" if isinstance(value, time) else "error"


def text_of(value: CellValue) -> str:
    """Write a raw value as a person would read it: 11010.0 becomes "11010"."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (date, datetime, time)):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)


def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Number of a column, counted from 0, by its letters: AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def address(row: int, column: int) -> str:
    """A1 address of a row and a column, both counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def place_of(cell: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of an address such as B4; None where it is none."""
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3 or digits.startswith("0"):
        return None
    return int(digits) - 1, column_number(letters)


@dataclass(frozen=True)
class Sheet:
    """One sheet; `rows` may be ragged, missing cells are blank.

    `texts` holds the original text beside values that were read from text (csv), row for row; `point_proven` says that
    its delimiter leaves no other decimal mark. `looks` tells what number formats show instead of the value.
    """

    name: str
    rows: list[list[CellValue]]
    hidden: bool = False
    merged: tuple[Range, ...] = ()
    texts: list[list[str]] | None = None
    hidden_rows: frozenset[int] = frozenset()
    point_proven: bool = False
    looks: Looks = NO_LOOKS

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """Number of columns of the longest row."""
        return max(map(len, self.rows), default=0)

    def value(self, row: int, column: int) -> CellValue:
        """Raw value at a place counted from 0; None outside."""
        if row < 0 or column < 0 or row >= len(self.rows):
            return None
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """Text at a place as it stood in the file, stripped."""
        if self.texts is not None and 0 <= row < len(self.texts):
            texts = self.texts[row]
            return texts[column].strip() if 0 <= column < len(texts) else ""
        value = self.value(row, column)
        look = self.looks.at(row, column)
        return (look.text(value) if look else None) or text_of(value).strip()

    def texts_down(self, column: int) -> list[str]:
        """Texts of a column in every row, as `text` gives them one by one."""
        if self.texts is not None or column in self.looks.columns:
            return [self.text(row, column) for row in range(len(self.rows))]
        values = [cells[column] if column < len(cells) else None for cells in self.rows]
        return [value.strip() if type(value) is str else text_of(value).strip() for value in values]

    def cell(self, row: int, column: int) -> Cell:
        """The typed cell at a place counted from 0."""
        value = self.value(row, column)
        return Cell(value, kind_of(value), self.text(row, column))

    def within(self, area: Range) -> Sheet:
        """The sheet with nothing but the cells of an area, which keep their places."""
        top, left, bottom, right = area
        rows: list[list[CellValue]] = [[] for _ in range(min(top, len(self.rows)))]
        rows += [[*[None] * min(left, len(cells)), *cells[left : right + 1]] for cells in self.rows[top : bottom + 1]]
        texts: list[list[str]] | None = None
        if self.texts is not None:
            texts = [[] for _ in range(min(top, len(self.texts)))]
            texts += [[*[""] * min(left, len(row)), *row[left : right + 1]] for row in self.texts[top : bottom + 1]]
        merged = tuple(m for m in self.merged if m[0] >= top and m[1] >= left and m[2] <= bottom and m[3] <= right)
        return replace(self, rows=rows, texts=texts, merged=merged)

    def spread_down(self, first_row: int) -> Sheet:
        """The sheet with names repeated that stand in cells merged downwards, from a row on."""
        tall = [m for m in self.merged if m[0] >= first_row and m[2] > m[0] and m[1] == m[3] and self._is_name(m)]
        if not tall:
            return self
        rows = list(self.rows)
        for top, column, bottom, _ in tall:
            for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
                cells = [*rows[row], *[None] * (column + 1 - len(rows[row]))]
                cells[column] = self.value(top, column)
                rows[row] = cells
        return replace(self, rows=rows)

    def _is_name(self, merged: Range) -> bool:
        """Whether a merged cell holds a text or a year: a number is no name."""
        value = self.value(merged[0], merged[1])
        year = isinstance(value, float) and value.is_integer() and 1900 <= value <= 2100
        return kind_of(value) == "text" or year

    def column(self, column: int, first: int = 0, last: int | None = None) -> Iterator[CellValue]:
        """Raw values of a column from row `first` up to and including `last`."""
        stop = len(self.rows) if last is None else last + 1
        for cells in self.rows[first:stop]:
            yield cells[column] if column < len(cells) else None


@dataclass(frozen=True)
class Workbook:
    """A file that was read: its sheets, the SHA-256 of its bytes and what the reader has to say.

    `properties` are what the package says of itself: custom properties, and names that stand for a text.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    fingerprint: str
    notes: tuple[Text, ...] = field(default=())
    properties: Mapping[str, str] = field(default_factory=dict)

    def with_sheet(self, sheet: Sheet) -> Workbook:
        """The workbook with another sheet of that name."""
        return replace(self, sheets=tuple(sheet if one.name == sheet.name else one for one in self.sheets))

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
