"""Guesses which columns hold figures, of which metric and period, and which only repeat others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from storage.domain import number_grammar
from storage.domain.text import msg
from storage.workbook import words
from storage.workbook.board import Board, companions, repeats
from storage.workbook.profile import Profile, names_period
from storage.workbook.roles import ColumnRole, is_value, value_role
from storage.workbook.sheet import CellValue
from storage.workbook.units import read_unit, split_unit

_YEAR = r"(?:19|20)\d\d"
_YEAR_ALONE = re.compile(rf"{_YEAR}년?도?")
_EMBEDDED = (
    re.compile(rf"^(.*?\D)[\s_,(-]*({_YEAR}(?:[-/–](?:{_YEAR}|\d\d))?)년?\)?$"),
    re.compile(rf"^({_YEAR}(?:[-/–](?:{_YEAR}|\d\d))?)년?[\s_,-]+(.*)$"),
)
_PART_OF_YEAR = re.compile(r"[a-z]{3,9}\.?|q[1-4]|[1-4]q|h[12]|1?\d ?월|[1-4](?:/4)? ?분기|[상하]반기", re.IGNORECASE)
# "Sales 2023 (KRW m)": the year stands before the unit
_BEFORE_UNIT = re.compile(rf"^(.*\D)[\s_,]({_YEAR}(?:[-/–](?:{_YEAR}|\d\d))?)년?\s*(\([^()]+\))$")


def give_wide_periods(board: Board) -> None:
    """Columns headed by periods: 2015, 2015-Q2, "GCI 2014-2015 / Score"."""
    found = {c.index: split_period(c.parts) for c in board.columns if c.numeric or not c.told}
    whole = [index for index, (metric, period, sure) in found.items() if period and sure]
    dated = any(_pure_period(board, column) for column in board.columns)
    for column in board.free():
        metric, period, sure = found.get(column.index, ("", "", False))
        if not period or (dated and not sure) or (dated and len(whole) < 2):
            continue
        name, unit, multiplier = split_unit(metric)
        reason = msg("The header is a period.") if sure else msg("The header ends in a year.")
        role = value_role(name, period)
        board.put(ColumnRole(column.index, column.header, role, 0.95 if sure else 0.75, reason, unit, multiplier))
    if dated and not whole:
        _give_parts_of_years(board)


def _give_parts_of_years(board: Board) -> None:
    """Months or quarters across, with the years down the side: they are no names."""
    parted = [c for c in board.free() if c.numeric and len(c.parts) == 1 and within_year(c.parts[0], "2000")]
    for column in parted if len(parted) > 1 else ():
        board.give(column, value_role("", column.header), 0.9, msg("The header is a part of the year in the row."))


def split_period(parts: tuple[str, ...]) -> tuple[str, str, bool]:
    """Metric, period and whether a header part is the period as a whole; period "" when there is none."""
    for place, pair in enumerate(pairwise(parts)):
        if both := _within_year(pair):
            return joined(parts[:place] + parts[place + 2 :]), both, True
    for place, part in enumerate(parts):
        if names_period(part):
            return joined(parts[:place] + parts[place + 1 :]), part, True
    return _split_within(parts)


def _within_year(pair: tuple[str, str]) -> str:
    """A quarter or month below its year, or above it: "2020년" over "1/4분기"; "" when the two are no period."""
    if sum(1 for part in pair if _YEAR_ALONE.fullmatch(part)) != 1 or all(map(names_period, pair)):
        return ""
    return next(filter(names_period, (" ".join(pair), " ".join(reversed(pair)))), "")


def within_year(part: str, year: str) -> str:
    """A month, quarter or half of a year as one period: "Jan" or "1월" of 2022; "" when it is no part of one."""
    if not _PART_OF_YEAR.fullmatch(part):
        return ""
    return next(filter(names_period, (f"{year}년 {part}", f"{year} {part}")), "")


def _split_within(parts: tuple[str, ...]) -> tuple[str, str, bool]:
    """Metric and the year that a header part holds beside other words."""
    for place, part in enumerate(parts):
        if inside := _BEFORE_UNIT.match(part):
            others = (*parts[:place], f"{inside[1].strip()} {inside[3]}", *parts[place + 1 :])
            return joined(others), inside[2], False
        for order, pattern in enumerate(_EMBEDDED):
            if found := pattern.match(part):
                period, rest = (found[2], found[1]) if order == 0 else (found[1], found[2])
                rest = rest.strip(" _,-(")
                others = (*parts[:place], *((rest,) if rest else ()), *parts[place + 1 :])
                return joined(others), period, False
    return "", "", False


def as_values(column: ColumnRole) -> ColumnRole:
    """The column with its cells as figures: metric, period and unit as its header says them."""
    parts = tuple(column.header.split(" / "))
    metric, period, _ = split_period(parts)
    name, unit, multiplier = split_unit(metric if period else joined(parts))
    return replace(column, role=value_role(name, period), unit=unit, multiplier=multiplier)


def joined(parts: tuple[str, ...]) -> str:
    """Header parts as one name; a unit below stays in brackets."""
    if len(parts) > 1 and read_unit(parts[-1].strip("()[]（）")):
        return f"{', '.join(parts[:-1])} ({parts[-1].strip('()[]（）')})"
    return ", ".join(parts)


def give_flags(board: Board) -> None:
    """Columns of flags beside the figures that they are about: p, e, b."""
    for left, column in pairwise(board.columns):
        flags = all(re.fullmatch("[abcdefimnprsuvz]{1,3}", text, re.IGNORECASE) for text in column.distinct)
        beside = left.index in board.roles and is_value(board.roles[left.index].role)
        if beside and column.index not in board.roles and column.distinct and flags and not column.header:
            board.give(column, "status", 0.8, msg("Flags beside the figures."))


def _period_headed(board: Board) -> bool:
    """Whether some header is a period and nothing else, so that no column says when."""
    return any(names_period(role.period) and not role.metric for role in board.roles.values())


def _pure_period(board: Board, column: Profile) -> bool:
    parts = board.words_of(column)
    return bool(parts) and set(parts) <= words.PERIOD | words.PERIOD_QUALIFIERS and board.says(column, words.PERIOD)


def give_periods(board: Board) -> None:
    """The column (or columns) that say when."""
    if _period_headed(board):
        return
    for column in board.free():
        parted = board.says(column, words.MONTHS) and column.stored_numbers
        if board.says(column, words.FOUNDED) and column.periods >= 0.5:
            board.give(column, "attribute", 0.8, msg("When something began, not when it was counted."))
        elif column.told and _pure_period(board, column) and (column.periods >= 0.5 or parted):
            board.give(column, "period", 0.95, msg("The header says when, and the cells are periods."))
    if not board.with_role("period"):
        _periods_by_content(board)


def _periods_by_content(board: Board) -> None:
    for column in board.free():
        if column.periods >= 0.9 and not column.stored_numbers:
            board.give(column, "period", 0.7, msg("Nearly all cells are periods."))
    years = [column for column in board.free() if column.years_only]
    named = [column for column in years if board.says(column, words.PERIOD)] or years
    if len(named) == 1 and not board.with_role("period"):
        board.give(named[0], "period", 0.7, msg("All cells are years."))


def leave_out(board: Board) -> None:
    """Blank, counting, ranking, coordinate and time stamp columns, and twins of other columns."""
    headers = {column.header.casefold(): column for column in board.columns if column.header}
    for column in board.free():
        parts = board.words_of(column)
        if not column.told and not column.kinds["missing"]:
            board.give(column, "ignore", 0.9, msg("The column is blank."))
        elif (not parts and column.sequence) or (len(parts) == 1 and parts[0] in words.RANKS):
            board.give(column, "ignore", 0.85, msg("It counts or ranks the rows."))
        elif column.numeric and len(parts) <= 2 and board.says(column, words.PLACES):
            board.give(column, "ignore", 0.85, msg("Coordinates of the place, not a figure."))
        elif board.says(column, words.TIMESTAMPS, words.FREQUENCY) and len(parts) <= 3 and not column.numeric:
            board.give(column, "ignore", 0.8, msg("It says when the row was written or how often."))
        elif twin := _twin(column, headers):
            board.give(column, "ignore", 0.85, msg("It is derived from the column {column}.", column=twin.header))


def _twin(column: Profile, headers: dict[str, Profile]) -> Profile | None:
    header = column.header.casefold()
    for cut in [match.start() for match in re.finditer(r"[_ /(]", header)]:
        ending = set(words.words(header[cut:]))
        derived = not ending.isdisjoint(words.TWINS) and all(w in words.TWINS or len(w) < 4 for w in ending)
        if header[:cut].strip() in headers and derived:
            return headers[header[:cut].strip()]
    return None


def give_values(board: Board) -> None:
    """The remaining numeric columns are figures, unless they say nothing new."""
    _leave_repeating(board)
    named = board.with_role("metric", "measure", "metric.code")
    figures = [column for column in board.free() if column.numeric and column.header]
    for column in figures:
        parts = board.words_of(column)
        if parts and set(parts) <= words.VALUE:
            board.give(column, "value", 0.95, msg("The header says value."))
        elif named and len(figures) == 1:
            board.give(column, "value", 0.8, msg("The only column of figures beside the metrics."))
        elif not board.with_role("value") and not _period_headed(board):
            _give_metric(board, column)


def _leave_repeating(board: Board) -> None:
    """Columns of numbers that say nothing new: the same in every row, codes, what a text says already."""
    texts = [c for c in board.columns if not c.numeric and 1 < len(c.distinct) <= 10]
    numeric = [column for column in board.free() if column.numeric and column.header]
    for column in numeric:
        if column.constant and len(numeric) > 1:
            board.give(column, "ignore", 0.8, msg("Every row says the same."))
        elif _numbered(board, column) and len(numeric) > 1:
            board.give(column, "ignore", 0.75, msg("Its numbers are codes, no figures."))
        elif restated := next((text for text in texts if _restates(column, text)), None):
            board.give(column, "ignore", 0.7, msg("It says the same as the column {column}.", column=restated.header))


def _numbered(board: Board, column: Profile) -> bool:
    """Whether the numbers of a column stand for something else: "UOM_ID", "own_code"."""
    return column.whole_numbers and not words.NUMBERED.isdisjoint(board.words_of(column)[-1:])


def _give_metric(board: Board, column: Profile) -> None:
    name, unit, multiplier = split_unit(joined(column.parts))
    reason = msg("A column of figures; its header is the metric.")
    unit = unit or ("year" if column.years_only else "")
    board.put(ColumnRole(column.index, column.header, value_role(name), 0.7, reason, unit, multiplier))


def give_totals(board: Board) -> None:
    """Columns that sum up others: "Total" under each year, "계" beside 남자 and 여자."""
    values = [c for c in board.columns if _summable(board, c)]
    for column in values:
        rest = {part for part in column.parts if not words.is_total(part)}
        parts = [c for c in values if rest <= set(c.parts) and not any(map(words.is_total, c.parts))]
        if len(rest) < len(column.parts) and len(parts) > 1:
            sums = [_sum_of(row, column, parts) for row in range(len(column.values))]
            told = [fits for fits in sums if fits is not None]
            if told and sum(told) * 2 >= len(told):
                board.give(column, "total", 0.9, msg("It sums up {count} other columns.", count=len(parts)))


def _summable(board: Board, column: Profile) -> bool:
    role = board.roles.get(column.index)
    return column.numeric and (role is None or is_value(role.role))


def _sum_of(row: int, total: Profile, parts: list[Profile]) -> bool | None:
    """Whether the total of a row is the sum of its parts; None where one of them is no number."""
    numbers = [_number(column.values[row]) for column in (total, *parts)]
    told = [number for number in numbers if number is not None]
    if len(told) < len(numbers):
        return None
    return abs(told[0] - sum(told[1:])) <= max(0.5 * len(told), 1e-6 * abs(told[0]))


def _number(value: CellValue) -> float | None:
    return number_grammar.read_number(number_grammar.clean(value)) if isinstance(value, str) else _float(value)


def _float(value: CellValue) -> float | None:
    return value if isinstance(value, float) else None


def _restates(column: Profile, text: Profile) -> bool:
    """A number per category (3000 for every 구) is a parameter of the category."""
    if not 1 < len(column.distinct) == len(text.distinct) or column.told < 20 or not column.whole_numbers:
        return False
    return companions(column, text) == 1.0 == companions(text, column)


def keep_apart(board: Board) -> None:
    """Columns that would become one metric ("area_sqm", "area_km2") keep their whole header."""
    counts = Counter(role.role for role in board.roles.values() if is_value(role.role))
    for role in list(board.roles.values()):
        if is_value(role.role) and counts[role.role] > 1 and role.metric:
            board.put(replace(role, role=value_role(role.header, role.period)))


def give_breakdowns(board: Board) -> None:
    """Free texts without which rows would repeat each other: they are part of what is measured."""
    values = board.value_columns()
    rows = [row for row in range(len(board.columns[0].texts)) if any(c.texts[row] for c in values)] if values else []
    keys = [c for c in board.columns if c.index in board.roles and _tells_apart(board.roles[c.index].role)]
    open_columns = [c for c in board.free() if not c.numeric and 1 < len(c.distinct) <= 60 and c.kinds["bool"] == 0]
    while open_columns and (count := repeats(keys, rows)) > len(rows) * 0.1:
        best = min(open_columns, key=lambda column: repeats([*keys, column], rows))
        if repeats([*keys, best], rows) > 0.7 * count:
            return
        board.give(best, "measure", 0.6, msg("Without it rows would repeat each other."))
        keys.append(best)
        open_columns.remove(best)


def _tells_apart(role: str) -> bool:
    return role.startswith(("entity", "metric", "measure", "sector", "period", "unit", "scope", "scenario"))
