"""Rows of a name alone above the rows that they head: a province above its districts, a metric above the clusters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.domain.text import msg
from storage.workbook import words
from storage.workbook.likeness import mean_likeness
from storage.workbook.profile import names_period
from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import Sheet, kind_of

INDENTED, YEARS_FIRST = "indented", "years first"
GROUP_ROLES = ("entity.parent", "metric", "period", INDENTED, YEARS_FIRST, "none")
REASONS = {
    "entity.parent": msg("A name alone on a row is the wider place of the rows below it."),
    "metric": msg("A name alone on a row is what the rows below it measure."),
    "period": msg("A period alone on a row holds for the rows below it."),
    INDENTED: msg("Indented names lie in the name above them."),
    YEARS_FIRST: msg("The first rows are the whole, year by year; the names below are its parts in the last year."),
}
SURE_OF_GROUPS = 0.7  # how sure a layout with such rows can be at most
_LABELS = ("entity", "metric", "sector")
_PROBED_ROWS = 3000


@dataclass(frozen=True, slots=True)
class _Block:
    """A group and the names below it."""

    name: str
    members: tuple[str, ...]


def label_column(columns: Sequence[ColumnRole]) -> ColumnRole | None:
    """The column in which rows are named, where one column alone names them."""
    labels = [column for column in columns if column.role in _LABELS]
    return labels[0] if len(labels) == 1 else None


def is_lone(sheet: Sheet, row: int, label: int) -> bool:
    """Whether the label is all that a row says."""
    cells = sheet.rows[row] if row < sheet.height else []
    told = [column for column, value in enumerate(cells) if kind_of(value) != "blank"]
    return told == [label]


def guess_groups(sheet: Sheet, rows: range, columns: Sequence[ColumnRole]) -> str:
    """Say what the rows of a name alone stand for, one of GROUP_ROLES, or "" when there are none.

    The table must begin with such a row, and each must have rows of figures below it: a country without figures is
    no group. INDENTED says that rows with figures of their own stand above those that are indented below them,
    YEARS_FIRST that the whole comes first, year by year, and then its parts in the last of these years.
    """
    label = label_column(columns)
    roles = {column.role for column in columns}
    if label is None or "entity.parent" in roles or not any(column.holds_values for column in columns):
        return ""
    blocks = list(_blocks(sheet, rows[:_PROBED_ROWS], label.index))
    if not blocks or not all(block.name and block.members for block in blocks):
        return _without_groups(sheet, rows[:_PROBED_ROWS], columns, label)
    if all(names_period(block.name) for block in blocks):
        return "" if "period" in roles or any(column.period for column in columns) else "period"
    if label.role != "entity":
        return "metric"
    return "metric" if _same_members(blocks) or mean_likeness(b.name for b in blocks) > 0.3 else "entity.parent"


def _blocks(sheet: Sheet, rows: range, label: int) -> Iterator[_Block]:
    """The groups in their order; a first one without a name when figures stand above every group."""
    name = ""
    members: list[str] = []
    for row in rows:
        text = sheet.text(row, label)
        if text and is_lone(sheet, row, label):
            if name or members:
                yield _Block(name, tuple(members))
            name, members = text, []
        elif text and not words.is_total(text):
            members.append(text)
    if name or members:
        yield _Block(name, tuple(members))


def _without_groups(sheet: Sheet, rows: range, columns: Sequence[ColumnRole], label: ColumnRole) -> str:
    if label.role != "entity":
        return ""
    dated = any(column.role == "period" or column.period for column in columns)
    if not dated and _years_first(sheet, rows, label.index):
        return YEARS_FIRST
    return INDENTED if _indented(sheet, rows, label.index) else ""


def _years_first(sheet: Sheet, rows: range, label: int) -> bool:
    """Whether years stand above the names, as in yearbooks: the whole year by year, then its parts in the last year."""
    periods = [names_period(text) for row in rows if (text := sheet.text(row, label))]
    count = sum(periods)
    return 1 < count < len(periods) and all(periods[:count])


def _indented(sheet: Sheet, rows: range, label: int) -> bool:
    """Whether some names, other than totals, have names below them that are indented deeper."""
    told = [row for row in rows if sheet.text(row, label) and not words.is_total(sheet.text(row, label))]
    depths = [indent(sheet, row, label) for row in told]
    return bool(depths) and depths[0] == min(depths) < max(depths)


def indent(sheet: Sheet, row: int, column: int) -> int:
    """How many blanks stand before a text; wide ones count twice."""
    value = sheet.value(row, column)
    if not isinstance(value, str):
        return 0
    blanks = value[: len(value) - len(value.lstrip())]
    return sum(2 if blank == "\u3000" else 1 for blank in blanks)


def _same_members(blocks: Sequence[_Block]) -> bool:
    """Whether the same names stand below most groups."""
    if len(blocks) < 2:
        return False
    every = set().union(*(block.members for block in blocks))
    shared = [name for name in every if sum(name in block.members for block in blocks) > 1]
    return len(shared) >= 0.6 * len(every)
