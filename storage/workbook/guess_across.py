"""Guesses what stands down the side and what across the top: metrics, or those whom the figures are about."""

from __future__ import annotations

from storage.domain.text import msg
from storage.workbook import words
from storage.workbook.board import Board
from storage.workbook.guess_values import joined
from storage.workbook.likeness import mean_likeness
from storage.workbook.profile import Profile, names_period
from storage.workbook.roles import ColumnRole, entity_role
from storage.workbook.units import split_unit

ACROSS = ("entity", "metric")
_GENERIC = frozenset("구분 분류 내용 항목 category item items description subject classification 구 분".split())
_CLEAR = 0.3  # from here on the texts of a column lean to one side


def give_labels(board: Board) -> None:
    """A column of texts whose header tells nothing: what its texts read like decides."""
    if board.with_role("entity", "entity.code", "metric"):
        return
    texts = [c for c in board.free() if c.told and not c.numeric and c.longest <= 120 and c.periods < 0.5]
    places = [c for c in texts if words.level(board.words_of(c)) is not None]
    plain = [c for c in texts if not set(board.words_of(c)) - _GENERIC]
    if places or len(plain) != 1 or plain[0].index > min(c.index for c in texts):
        return
    leaning = mean_likeness(_names(board, plain[0]))
    if leaning >= _CLEAR:
        board.give(plain[0], "metric", 0.75, msg("Its texts read like what is measured."))
    elif leaning <= -_CLEAR:
        board.give(plain[0], "entity", 0.75, msg("Its texts read like names of places or clusters."))
    elif _headers_lean(board) >= _CLEAR:
        board.give(plain[0], "entity", 0.65, msg("The headers read like what is measured, so this is who."))


def _headers_lean(board: Board) -> float:
    """How much that level of the headers above figures reads like what is measured that does so most."""
    columns = [column for column in board.columns if column.numeric and column.parts]
    levels = range(max((len(column.parts) for column in columns), default=0))
    texts = [{c.parts[level] for c in columns if level < len(c.parts)} for level in levels]
    return max((mean_likeness(text for text in level if not names_period(text)) for level in texts), default=0.0)


def _names(board: Board, column: Profile) -> list[str]:
    """The texts beside figures; the others head groups."""
    figures = [c for c in board.columns if c.numeric]
    return [text for row, text in enumerate(column.texts) if text and any(c.texts[row] for c in figures)]


def give_entity_columns(board: Board, across: str) -> None:
    """Where no column names anybody, the headers may: clusters across, with metrics or periods down the side."""
    values = [c for c in board.value_columns() if board.roles[c.index].metric]
    if across == "metric" or not values or len(values) < len(board.value_columns()):
        return
    if across == "entity":
        _give(board, values, _level(board, values), 1.0)
    elif not board.with_role("entity", "entity.code", "entity.ko") and len(values) > 1:
        _by_likeness(board, values)


def _by_likeness(board: Board, values: list[Profile]) -> None:
    level = _level(board, values)
    leaning = mean_likeness(_parts(board, column)[level] for column in values)
    if board.with_role("metric", "sector", "sector.code"):
        if leaning < 2 * _CLEAR:
            _give(board, values, level, 0.8 if leaning <= -_CLEAR else 0.5)
    elif board.with_role("period") and leaning <= -_CLEAR:
        _give(board, values, level, 0.8 if leaning < -2 * _CLEAR else 0.55)


def _parts(board: Board, column: Profile) -> tuple[str, ...]:
    """The header parts of a column of figures that are no period."""
    found = tuple(part for part in column.parts if part != board.roles[column.index].period)
    return found or (board.roles[column.index].metric,)


def _level(board: Board, values: list[Profile]) -> int:
    """Which of the header parts reads most like names, where all columns have as many."""
    parts = [_parts(board, column) for column in values]
    if len(set(map(len, parts))) > 1 or len(parts[0]) == 1:
        return 0
    levels = [{part[level] for part in parts} for level in range(len(parts[0]))]
    return min(range(len(levels)), key=lambda level: (mean_likeness(levels[level]), level))


def _give(board: Board, values: list[Profile], level: int, confidence: float) -> None:
    reason = msg("No column says who; this header may.")
    even = len({len(_parts(board, column)) for column in values}) == 1
    for column in values:
        role, parts = board.roles[column.index], _parts(board, column)
        name, metric = (parts[level], joined(parts[:level] + parts[level + 1 :])) if even else (role.metric, "")
        name, metric = (role.metric, "") if len(parts) == 1 else (name, split_unit(metric)[0])
        told = entity_role(name, metric, role.period)
        board.put(ColumnRole(column.index, column.header, told, confidence, reason, role.unit, role.multiplier))
