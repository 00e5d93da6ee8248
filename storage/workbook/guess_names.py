"""Guesses which columns say who a figure is about and which sector it is limited to."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from storage.domain.text import msg
from storage.workbook import words
from storage.workbook.board import Board, companions
from storage.workbook.profile import Profile

_HEADER = msg("The header names it.")
_LEVEL = msg("The header names a place or organisation, and no deeper one stands beside it.")
_LEVEL_NUMBER = re.compile(r"[(（](\d)[)）]$|\blevel ?(\d)$", re.IGNORECASE)
_OF_FIGURES = (words.SINGLE["unit"], words.SINGLE["multiplier"], words.SINGLE["status"], words.PERIOD)
_CROSSED = msg("Every name stands with many places: a category, not who.")


def give_names(board: Board) -> None:
    """Entity, its codes, parents and names in Korean; sectors."""
    _sectors(board)
    groups = _groups(board)
    _categories(board, groups)
    _entity(board, groups)
    _generic_entity(board)
    _lone_code(board)
    _described(board)


def _is_code(board: Board, column: Profile) -> bool:
    parts = board.words_of(column)
    if not parts or column.longest > 24:
        return False
    return parts[-1] in words.CODE or (parts[0] in words.CODE and len(parts) == 2)


def _names_or_codes(board: Board) -> list[Profile]:
    """Free columns that can name something: texts, and numbers whose header says code."""
    found = []
    for column in board.free():
        coded_place = board.says(column, words.CODED_PLACES) and column.whole_numbers
        if column.told and (not column.numeric or _is_code(board, column) or coded_place):
            found.append(column)
    return found


def _sectors(board: Board) -> None:
    for column in _names_or_codes(board):
        if board.says(column, words.SECTOR) and words.level(board.words_of(column)) is None:
            code = _is_code(board, column) or (column.codes > 0.9 and column.longest < 12)
            if not board.says(column, words.TYPE) and column.kinds["bool"] == 0:
                board.give(column, "sector.code" if code else "sector", 0.9, _HEADER)


def _groups(board: Board) -> dict[int, list[Profile]]:
    groups: dict[int, list[Profile]] = {}
    for column in _names_or_codes(board):
        found = words.level(board.words_of(column))
        if found is not None and column.kinds["bool"] == 0:
            groups.setdefault(found, []).append(column)
    return groups


def _names(board: Board, group: list[Profile]) -> list[Profile]:
    """Name columns of a group, best first; codes, keys and types left out."""
    named = [
        c for c in group if not _is_code(board, c) and not board.says(c, words.TYPE, words.KOREAN) and not c.numeric
    ]

    def order(column: Profile) -> tuple[int, bool, int]:
        parts = board.words_of(column)
        return -_depth(column), not (board.says(column, words.NAME) and "short" not in parts), len(parts)

    return sorted(named, key=order)


def _depth(column: Profile) -> int:
    """The number of a level: 2 of "행정구역별(2)"; 0 where none is told."""
    found = _LEVEL_NUMBER.search(column.header)
    return int(found[1] or found[2]) if found else 0


def _codes(board: Board, group: list[Profile]) -> list[Profile]:
    coded = [c for c in group if (_is_code(board, c) or c.numeric) and not board.says(c, words.TYPE)]
    return sorted(coded, key=lambda c: ("key" in board.words_of(c), c.longest))


def _categories(board: Board, groups: dict[int, list[Profile]]) -> None:
    """Clusters that stand with every region are sectors: 50 states x 67 clusters."""
    places = [column for level in groups if level < 5 for column in _names(board, groups[level])[:1]]
    for level in (5, 6):
        names = _names(board, groups.get(level, []))
        if names and places and min(companions(names[0], place) for place in places) > 1.5:
            board.give(names[0], "sector", 0.8, _CROSSED)
            for code in _codes(board, groups[level])[:1]:
                board.give(code, "sector.code", 0.8, _CROSSED)
            del groups[level]


def _entity(board: Board, groups: dict[int, list[Profile]]) -> None:
    named = sorted(level for level in groups if _names(board, groups[level]))
    levels = named or sorted(groups)
    if not levels or len(board.with_role("entity")) > 1:
        return
    deepest = _finest(board, groups, levels)
    levels.remove(deepest)
    names = _finest_first(_names(board, groups[deepest]))
    for column in names[:1]:
        coded = column.codes > 0.85 and column.longest <= 12 and not _codes(board, groups[deepest])
        board.give(column, "entity.code" if coded else "entity", 0.9, _LEVEL)
    _give_code(board, groups[deepest], names[:1], "entity.code")
    for column in groups[deepest]:
        if board.says(column, words.KOREAN) and column.index not in board.roles:
            board.give(column, "entity.ko", 0.9, _HEADER)
    _parents(board, sorted((c for c in names[1:] if _wider(c, names[0])), key=_depth))
    for level in levels:
        parents = _names(board, groups[level])[:1]
        _parents(board, parents)
        _give_code(board, groups[level], parents, "entity.parent.code")
    for level in sorted(set(groups) - {deepest, *levels}):
        _give_code(board, groups[level], names[:1], "entity.code")


def _finest_first(names: list[Profile]) -> list[Profile]:
    """The names of one level, first the one that lies in what stands before it: 시도 in 권역, districts in cities."""
    inner = [c for c in names[1:] if not _depth(names[0]) and _wider(names[0], c)]
    return [*inner[:1], *(c for c in names if c not in inner[:1])]


def _wider(outer: Profile, inner: Profile) -> bool:
    """Whether each name of a column lies in one of another column of its level, which holds several."""
    if _depth(outer) and _depth(inner):
        return True
    rows = [row for row, text in enumerate(inner.texts) if text and outer.texts[row] and not words.is_total(text)]
    pairs = {(outer.texts[row], inner.texts[row]) for row in rows}
    return len({name for _, name in pairs}) == len(pairs) > len({name for name, _ in pairs}) > 1


def _parents(board: Board, columns: list[Profile]) -> None:
    for column in columns:
        board.give(column, "entity.parent", 0.85, msg("The header names a wider place."))


def _finest(board: Board, groups: dict[int, list[Profile]], levels: list[int]) -> int:
    """The deepest level whose names lie in one wider place each; a region of countries is no such level."""
    for level in reversed(levels):
        names = _names(board, groups[level])[:1]
        others = [c for other in levels if other != level for c in _names(board, groups[other])[:1]]
        if all(companions(name, other) <= 1.5 or len(other.distinct) == 1 for name in names for other in others):
            return level
    return levels[-1]


def _described(board: Board) -> None:
    """A sector that goes with each name describes the name; it does not limit the figure."""
    names = board.with_role("entity", "entity.code")[:1]
    for column in board.with_role("sector", "sector.code"):
        if names and len(column.distinct) > 1 and companions(names[0], column) <= 1.02:
            board.give(column, "attribute", 0.7, msg("Each name has one: it describes the name."))


def _give_code(board: Board, group: list[Profile], names: list[Profile], role: str) -> None:
    codes = [column for column in _codes(board, group) if column.index not in board.roles]
    if not codes or board.with_role(role):
        return
    if names and _stands_for_several(codes[0], names[0]):
        board.give(codes[0], "attribute", 0.6, msg("One code stands for different names, so it identifies none."))
        return
    board.give(codes[0], role, 0.9, _HEADER)


def _stands_for_several(code: Profile, name: Profile) -> bool:
    """Whether a code has two truly different names, not two spellings of one."""
    seen: dict[str, str] = {}
    for key, text in zip(code.texts, name.texts, strict=True):
        plain = re.sub(r"\W+", "", text).casefold()
        first = seen.setdefault(key, plain) if key and plain else plain
        if first != plain and fuzz.ratio(first, plain) < 85:
            return True
    return False


def _generic_entity(board: Board) -> None:
    """Without a word for a place: a column called name, else the first text that differs most."""
    if board.with_role("entity", "entity.code"):
        return
    texts = [c for c in _names_or_codes(board) if not _is_code(board, c) and not c.numeric and c.kinds["bool"] == 0]
    texts = [c for c in texts if not board.says(c, words.METRIC, words.MEASURE, words.TYPE) and c.longest <= 120]
    named = [c for c in texts if board.says(c, words.GENERIC_ENTITY, words.NAME)]
    if named:
        board.give(named[0], "entity", 0.8, _HEADER)
    elif texts and not board.with_role("sector", "sector.code"):
        best = max(texts, key=lambda column: (len(column.distinct), -column.index))
        board.give(best, "entity", 0.5, msg("The text column with the most different entries."))


def _lone_code(board: Board) -> None:
    """A code without a word for a place belongs to the entity when the two go together."""
    names = board.with_role("entity")
    if board.with_role("entity.code"):
        return
    for column in board.free():
        if not column.told or not _is_code(board, column) or board.says(column, *_OF_FIGURES):
            continue
        alone = names and companions(names[0], column) <= 1.2 and companions(column, names[0]) <= 1.05
        if alone or not names:
            board.give(column, "entity.code", 0.7, msg("A code that goes with the name."))
            return
