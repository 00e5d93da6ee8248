"""Guesses the role of every column of a table, each with a confidence and a reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from storage.domain.text import msg
from storage.workbook import guess_across, guess_lists, guess_names, guess_values, words
from storage.workbook.board import Board, companions
from storage.workbook.profile import Profile
from storage.workbook.roles import ColumnRole
from storage.workbook.units import read_unit

_HEADER = msg("The header names it.")
_ORDER = ("url", "status", "multiplier", "unit", "note", "source", "scenario", "scope", "precision", "low", "high")
_SDMX = {
    "REF_AREA": "entity",
    "GEO": "entity",
    "UNIT_MEASURE": "unit",
    "MEASURE": "metric",
    "INDICATOR": "metric",
    "SUBJECT": "metric",
    "ACTIVITY": "sector",
    "INDUSTRY": "sector",
}
_NUMERIC_TOO = frozenset(["scope", "multiplier", "low", "high"])
_FILLED = frozenset(["entity", "entity.code", "entity.parent", "metric", "measure", "sector", "sector.code", "period"])


def guess_roles(columns: list[Profile], across: str = "") -> tuple[ColumnRole, ...]:
    """Give every column a role; the order of the steps matters, sure things come first.

    `across` is what a person says that the headers above figures name.
    """
    board = Board(columns)
    if not columns:
        return ()
    guess_lists.give_code_lists(board)
    guess_values.give_wide_periods(board)
    guess_values.give_flags(board)
    guess_values.leave_out(board)
    _labelled_codes(board)
    _single_words(board)
    guess_values.give_periods(board)
    guess_across.give_labels(board)
    _metrics(board)
    guess_names.give_names(board)
    guess_values.give_values(board)
    guess_values.give_totals(board)
    guess_across.give_entity_columns(board, across)
    guess_values.keep_apart(board)
    guess_values.give_breakdowns(board)
    _rest(board)
    _fields(board)
    return tuple(_filled_down(board, board.roles[column.index]) for column in columns)


def _labelled_codes(board: Board) -> None:
    """SDMX tables carry each code twice: REF_AREA beside "Reference area", both 1:1."""
    columns = board.columns
    pairs = [(code, label) for code, label in pairwise(columns) if _is_label(board, code, label)]
    if len(pairs) < 3:
        return
    for code, label in pairs:
        named = code.header.upper()
        role = next((role for word, role in _SDMX.items() if word in named), None)
        if role:
            board.give(code, f"{role}.code" if role != "unit" else "ignore", 0.9, _HEADER)
            board.give(label, role, 0.9, msg("The name beside its code."))
        else:
            board.give(label, "ignore", 0.8, msg("The name of the code beside it."))


def _is_label(board: Board, code: Profile, label: Profile) -> bool:
    free = code.index not in board.roles and label.index not in board.roles
    told = free and code.header.isupper() and not label.header.isupper() and bool(code.told) and not label.numeric
    return told and companions(code, label) == 1.0 == companions(label, code)


def _single_words(board: Board) -> None:
    """Columns for which one word of the header is enough, and texts that are nothing but units."""
    for column in board.free():
        parts = board.words_of(column)
        if not column.told or (
            set(parts) & (words.CODE | words.NAME) and not board.says(column, words.SINGLE["source"])
        ):
            flag = board.says(column, words.SINGLE["status"]) and not column.numeric and column.longest <= 3
            if column.told and flag:
                board.give(column, "status", 0.9, _HEADER)
            continue
        for role in _ORDER:
            numbers = column.numeric and role not in _NUMERIC_TOO
            if role in ("low", "high") and not set(parts) <= words.SINGLE[role] | words.BOUNDS:
                continue
            if board.says(column, words.SINGLE[role]) and not numbers and len(parts) <= 5:
                board.give(column, role, 0.85, _HEADER)
                break
        else:
            _by_content(board, column)


def _by_content(board: Board, column: Profile) -> None:
    texts = column.distinct[:200]
    if column.numeric or not texts:
        return
    if sum(1 for text in texts if text.startswith(("http://", "https://", "www."))) > 0.8 * len(texts):
        board.give(column, "url", 0.9, msg("The cells are addresses."))
    elif board.says(column, words.METRIC - words.MEASURE) or _alone(board, column):
        return  # "Firms" and "Employees" are units as well
    elif sum(1 for text in texts if read_unit(text)) == len(texts) and max(map(len, texts)) > 2:
        board.give(column, "unit", 0.85, msg("The cells are units."))


def _alone(board: Board, column: Profile) -> bool:
    """Whether no other column of texts could name the rows."""
    return not any(other.told and not other.numeric and other is not column for other in board.columns)


def _metrics(board: Board) -> None:
    """Metric and measure columns; numbered codes beside a measure are sectors: cp_bnu_001."""
    texts = [column for column in board.free() if column.told and not column.numeric]
    metrics = [c for c in texts if board.says(c, words.METRIC - words.MEASURE)]
    measures = [c for c in texts if board.says(c, words.MEASURE) and c not in metrics]
    coded = [c for c in metrics if measures and c.numbered > 0.8 and len(c.distinct) > 8]
    for column in coded:
        board.give(column, "sector.code", 0.6, msg("Numbered codes beside a measure: a classification."))
    metrics = [column for column in metrics if column not in coded]
    if not metrics and measures:
        metrics = [measures.pop(0)]
    named = [c for c in metrics if not board.says(c, words.CODE)] or metrics[:1]
    for column in metrics:
        board.give(column, "metric" if column is named[0] else _further(board, column), 0.9, _HEADER)
    for column in measures:
        board.give(column, "measure", 0.85, _HEADER)


def _further(board: Board, column: Profile) -> str:
    return "metric.code" if board.says(column, words.CODE) else "measure"


def _rest(board: Board) -> None:
    for column in board.free():
        if column.constant:
            board.give(column, "ignore", 0.7, msg("Every row says the same."))
        else:
            board.give(column, "attribute", 0.5, msg("It describes the row; nothing in it is needed for the figures."))


def _fields(board: Board) -> None:
    """Give the columns that say when a record began, which is no figure of a period."""
    for column in board.columns:
        if board.roles[column.index].role == "attribute" and board.says(column, words.FOUNDED):
            board.give(column, "field:since", 0.7, msg("It says when each record began."))


def _filled_down(board: Board, role: ColumnRole) -> ColumnRole:
    """A name that stands once above blanks reaches down to the next one."""
    if role.role not in _FILLED or (role.role == "entity" and len(board.with_role("entity")) > 1):
        return role
    column = board.columns[role.index]
    values = board.value_columns()
    rows = [row for row in range(len(column.texts)) if any(value.texts[row] for value in values)]
    gaps = sum(1 for row in rows if not column.texts[row])
    return replace(role, fill_down=bool(rows) and gaps > 0.15 * len(rows) and bool(column.texts[rows[0]]))
