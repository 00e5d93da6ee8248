"""Guesses how a sheet is laid out: header, data, orientation and the role of every column."""

from __future__ import annotations

from dataclasses import dataclass

from storage.domain.number_grammar import decimal_convention
from storage.workbook.guess import guess_roles
from storage.workbook.profile import Profile, profiles
from storage.workbook.roles import ColumnRole, is_code_list
from storage.workbook.sheet import Sheet
from storage.workbook.sureness import Evidence, seen, weigh
from storage.workbook.table import find_table

ORIENTATIONS = ("long", "wide by period", "wide by metric", "code list", "no figures")


@dataclass(frozen=True, slots=True)
class Layout:
    """The guess for one sheet; rows count from 0, `last_row` is inclusive.

    `decimal` is "." or "," when some number proves it, "" when no text needs it, "?" when undecided.
    """

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: tuple[ColumnRole, ...]
    titles: tuple[str, ...]
    decimal: str
    evidence: Evidence
    next_table: int | None = None

    @property
    def rows(self) -> range:
        """The rows of data."""
        return range(self.first_row, self.last_row + 1)

    @property
    def orientation(self) -> str:
        """One of ORIENTATIONS."""
        values = [column for column in self.columns if column.holds_values]
        if any(column.period for column in values):
            return "wide by period"
        if any(column.role == "value" for column in values):
            return "long"
        if values:
            return "wide by metric"
        return "code list" if is_code_list(self.columns) else "no figures"


def guess_layout(sheet: Sheet, header_row: int | None = None, across: str = "") -> Layout | None:
    """Guess the layout of a sheet, None when it is blank; `header_row` counts from 0.

    `across` tells what the headers above figures name: "entity" or "metric"; "" leaves it to the guess.
    """
    table = find_table(sheet, header_row)
    if table is None:
        return None
    columns = profiles(sheet.spread_down(table.first_row), table)
    roles = seen(columns, guess_roles(columns, across))
    decimal = _decimal(sheet, columns, roles)
    return Layout(
        table.header_rows,
        table.first_row,
        table.last_row,
        roles,
        table.titles,
        decimal,
        weigh(table, columns, roles, decimal),
        table.next_table,
    )


def _decimal(sheet: Sheet, columns: list[Profile], roles: tuple[ColumnRole, ...]) -> str:
    kinds = (str, float) if sheet.texts and not sheet.point_proven else str
    texts = [
        text
        for column, role in zip(columns, roles, strict=True)
        if role.holds_values
        for text, value in zip(column.texts, column.values, strict=True)
        if isinstance(value, kinds) and any(mark in text for mark in ",.")
    ]
    if not texts:
        return ""
    return decimal_convention(texts) or "?"
