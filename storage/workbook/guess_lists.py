"""Guesses code lists: records by code, the code that each had before, and names that step in from level to level."""

from __future__ import annotations

import re
from itertools import combinations

from storage.domain.text import msg
from storage.workbook import words
from storage.workbook.board import Board
from storage.workbook.profile import Profile

_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_ROWS = 4
_MOSTLY = 0.95


def give_code_lists(board: Board) -> None:
    """Two editions of a code beside each other, level columns of which each row fills one, and what orders the rows."""
    _editions(board)
    levels = _levels(board)
    for column in levels:
        board.give(column, "entity", 0.8, msg("Each row is named in one of {count} columns.", count=len(levels)))
    if not levels and not board.with_role("entity.predecessor"):
        return
    for column in board.free():
        if column.numeric and column.whole_numbers and board.says(column, words.ORDER):
            board.give(column, "ignore", 0.8, msg("It orders the rows or counts their level."))


def _editions(board: Board) -> None:
    """Find "Code 2013" beside "Code 2016": the newer one is the code, the older one that of the predecessor."""
    dated = [(column, year[0]) for column in board.free() if (year := _YEAR.search(column.header))]
    codes = [(column, year) for column, year in dated if board.says(column, words.CODE) and column.codes > 0.8]
    for (one, first), (other, second) in combinations(codes, 2):
        if first != second and _YEAR.sub("", one.header) == _YEAR.sub("", other.header):
            old, new = (one, other) if first < second else (other, one)
            board.give(new, "entity.code", 0.85, msg("The newer one of two editions of a code."))
            board.give(old, "entity.predecessor", 0.85, msg("The code of the edition before."))
            return


def _levels(board: Board) -> list[Profile]:
    """The columns of texts that name a level each, where nearly every row fills just one."""
    named = [c for c in board.free() if words.level(board.words_of(c)) is not None and c.told and not c.numeric]
    named = [c for c in named if not board.says(c, words.CODE, words.TYPE - {"level"}, words.KOREAN)]
    if len(named) < 2:
        return []
    filled = [sum(1 for column in named if column.texts[row]) for row in range(len(named[0].texts))]
    told = [count for count in filled if count]
    single = sum(1 for count in told if count == 1)
    each = all(column.told > 1 or place == 0 for place, column in enumerate(named))
    return named if each and len(told) >= _LEAST_ROWS and single >= _MOSTLY * len(told) else []
