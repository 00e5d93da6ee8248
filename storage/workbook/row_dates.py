"""Reads when the figures of a sheet are; equal texts are read once."""

from __future__ import annotations

from collections.abc import Callable

from storage.domain import period_grammar
from storage.domain.periods import Period, PeriodError, parse_period
from storage.domain.text import Text
from storage.workbook import words
from storage.workbook.guess_values import within_year
from storage.workbook.mapping import Mapping
from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import CellValue, Sheet

When = Period | Text | None  # a Text says why the cell is no period, None that nothing says when


class Dates:
    """The periods of a mapping's rows, of its headers and of what stands around; keeps what it has read."""

    def __init__(self, sheet: Sheet, mapping: Mapping, texts_down: Callable[[int], list[str]]) -> None:
        self._sheet = sheet
        self._columns = mapping.with_role("period")
        self._stated: dict[str, When] = {}
        self._headed: dict[tuple[str, str], When] = {}
        self._known: dict[tuple[str, ...], When] = {}
        self._prefer = "range" if self._year_ranges(mapping, texts_down) else ""

    def stated(self, text: str) -> When:
        """When, by a group or what was told for all."""
        if text not in self._stated:
            self._stated[text] = _read(text, self._prefer)
        return self._stated[text]

    def of_header(self, header: str, of_row: When) -> When:
        """When, for a column whose header is a period, or a part of the year that its row tells."""
        year = (of_row.start or "")[:4] if isinstance(of_row, Period) and of_row.frequency == "A" else ""
        key = (header, year)
        if key not in self._headed:
            self._headed[key] = self.stated((year and within_year(header, year)) or header)
        return self._headed[key]

    def of_row(self, row: int, texts: tuple[str, ...]) -> When:
        """When, by the texts of the row's period columns."""
        if texts not in self._known:
            self._known[texts] = self._of_cells(row, texts)
        return self._known[texts]

    def _of_cells(self, row: int, texts: tuple[str, ...]) -> When:
        filled = [text for text in texts if text]
        if not filled:
            return None
        if len(filled) > 1 and (joined := _joined(self._columns, texts)):
            return _read(joined)
        value: CellValue = filled[0]
        if len(self._columns) == 1 and not self._columns[0].fill_down:
            value = self._sheet.value(row, self._columns[0].index)
            value = filled[0] if isinstance(value, float) and self._sheet.texts else value
        return _read(value, self._prefer)

    def _year_ranges(self, mapping: Mapping, texts_down: Callable[[int], list[str]]) -> bool:
        """Whether some period of the sheet can only be a range of years, so that "2005-07" is one too."""
        rows = slice(mapping.first_row, mapping.last_row + 1)
        texts = {text for column in self._columns for text in texts_down(column.index)[rows]}
        texts |= {column.period for column in mapping.columns}
        sides = {side for text in texts for side in _sides(period_grammar.normalise(text))}
        return any(len(side) == 7 and period_grammar.only_years(side) for side in sides)


def _read(value: CellValue, prefer: str = "") -> When:
    try:
        return parse_period(value, prefer=prefer)
    except PeriodError as error:
        return error.text


def _sides(text: str) -> tuple[str, ...]:
    return period_grammar.split_span(text) or (text,)


def parted(columns: tuple[ColumnRole, ...]) -> bool:
    """Whether year and month, or quarter, stand in columns of their own."""
    return any(not words.MONTHS.isdisjoint(words.words(column.header)) for column in columns[1:])


def _joined(columns: tuple[ColumnRole, ...], key: tuple[str, ...]) -> str:
    """Year and month, or year and quarter, from two columns."""
    for column, text in zip(columns[1:], key[1:], strict=False):
        parts, digits = words.words(column.header), "".join(filter(str.isdigit, text))
        if digits and key[0] and not words.MONTHS.isdisjoint(parts):
            quarter = bool({"quarter", "분기"} & set(parts))
            return f"{key[0]} Q{digits}" if quarter else f"{key[0]}-{int(digits):02}"
    return ""
