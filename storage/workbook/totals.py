"""Totals are left out on purpose, but held against the sum of their parts first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from storage.domain.problem import Problem
from storage.domain.quantities import QuantityError, parse_quantity
from storage.domain.text import msg
from storage.workbook import words
from storage.workbook.mapping import Mapping
from storage.workbook.roles import ColumnRole
from storage.workbook.row_names import GROUP, RowNames
from storage.workbook.sheet import Sheet, address, kind_of

NEAR = 0.5  # a total further off its parts than by this share of their sum is no sum of them
_FEW = 60  # up to so many totals each is held against all rows and all other totals, too


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of figures and what tells it from others; `total` where it sums up others."""

    row: int
    dimensions: dict[int, str]
    numbers: tuple[float | None, ...]
    total: bool


def check_totals(sheet: Sheet, mapping: Mapping, totals: Sequence[int]) -> tuple[Problem, ...]:
    """Return a finding for every total, of a row or of a column, that is not the sum of its parts."""
    found = list(_across(sheet, mapping))
    if totals:
        found += _down(sheet, mapping, frozenset(totals))
    return tuple(found)


def number(sheet: Sheet, mapping: Mapping, row: int, column: int) -> float | None:
    """The number of a cell, None where there is none."""
    value = sheet.value(row, column)
    if isinstance(value, str):
        try:
            return parse_quantity(value, mapping.decimal).value
        except QuantityError:
            return None
    return value if isinstance(value, float) else None


def is_sum(total: float, parts: Sequence[float], *, scaled: bool) -> bool:
    """Whether a total is the sum of its parts, up to the rounding of each; whole counts are not rounded."""
    places = max(_places(value) for value in (total, *parts))
    each = 0.5 * 10.0**-places if places or scaled else 0.0
    return abs(total - sum(parts)) <= each * (len(parts) + 1) + 1e-9 * max(abs(total), 1.0)


def _places(value: float) -> int:
    text = f"{value:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def _may_sum(total: float, parts: Sequence[float]) -> bool:
    """Whether the number is of a size that a sum of these parts could have; a mean or a rate is not."""
    whole = sum(parts)
    return len(parts) > 1 and min(parts) >= 0 and total > max(parts) and abs(total - whole) <= NEAR * whole


def _finding(mapping: Mapping, cell: str, total: float, parts: Sequence[float]) -> Problem:
    return Problem(
        mapping.sheet,
        cell,
        msg(
            "The total says {total}, but its {count} parts sum up to {sum}.",
            total=f"{total:,.12g}",
            count=len(parts),
            sum=f"{sum(parts):,.12g}",
        ),
        msg("Nothing is kept out for it; look whether a part is wrong or lacks."),
    )


def _across(sheet: Sheet, mapping: Mapping) -> Iterator[Problem]:
    """Totals in columns, against the columns that share the rest of their header."""
    for total in mapping.with_role("total"):
        parts = parts_of(total.header, mapping.value_columns())
        for row in range(mapping.first_row, mapping.last_row + 1) if parts else ():
            value = number(sheet, mapping, row, total.index)
            numbers = [number(sheet, mapping, row, part.index) for part in parts]
            told = [one for one in numbers if one is not None]
            if value is None or len(told) < len(parts) or is_sum(value, told, scaled=parts[0].multiplier != 1.0):
                continue
            if len(told) > 1 and not min(told) <= value <= max(told):  # else it is a mean or a rate
                yield _finding(mapping, address(row, total.index), value, told)


def parts_of(header: str, columns: Iterable[ColumnRole]) -> list[ColumnRole]:
    """The columns that the total under a header sums up: those with the rest of its header."""
    rest = {part for part in header.split(" / ") if not words.is_total(part)}
    return [c for c in columns if c.header != header and rest <= set(c.header.split(" / "))]


def _down(sheet: Sheet, mapping: Mapping, totals: frozenset[int]) -> Iterator[Problem]:
    """Totals in rows; of all rows that may be their parts those count that explain most of their columns."""
    table = _Rows(_rows(sheet, mapping, totals))
    values = mapping.value_columns()
    for place, row in enumerate(table.rows):
        if row.total:
            sums = [_sums(values, row, parts) for parts in table.candidates(place) if parts]
            best = max(filter(None, sums), key=_fit, default=[])
            doubtful = [one for one in best if not one.fits and one.plausible]
            # where nothing fits, the rows may not be its parts at all, unless all of it could be a sum of them
            if any(one.fits for one in best) or len(doubtful) == len(best):
                yield from (_finding(mapping, address(row.row, one.column), one.total, one.parts) for one in doubtful)


def _rows(sheet: Sheet, mapping: Mapping, totals: frozenset[int]) -> list[_Row]:
    names = RowNames(sheet, mapping)
    columns = [column.index for column in mapping.value_columns()]
    found = []
    for row in range(mapping.first_row, mapping.last_row + 1):
        names.carry(row)
        filled = any(kind_of(sheet.value(row, column)) != "blank" for column in columns)
        if filled and not names.is_part(row):
            numbers = tuple(number(sheet, mapping, row, column) for column in columns)
            found.append(_Row(row, names.dimensions(row), numbers, row in totals))
    return found


class _Rows:
    """All rows with figures, found by what they have in common."""

    def __init__(self, rows: list[_Row]) -> None:
        self.rows = rows
        self._plain = [row for row in rows if not row.total]
        self._totals = [row for row in rows if row.total]
        self._alike: dict[tuple[int, ...], dict[tuple[str, ...], list[_Row]]] = {}

    def candidates(self, place: int) -> Iterator[list[_Row]]:
        """The rows that a total may sum up, the likelier first."""
        total = self.rows[place]
        fixed = tuple(column for column, text in total.dimensions.items() if text and not words.is_total(text))
        yield self._with(fixed, total)
        yield _run(self.rows[other] for other in range(place - 1, -1, -1))
        yield _run(self.rows[other] for other in range(place + 1, len(self.rows)))
        beyond = tuple(column for column in fixed if column != GROUP)
        if len(self._totals) <= _FEW:
            for kept in dict.fromkeys((fixed, beyond)):
                said = {column: total.dimensions[column] for column in kept}
                yield [row for row in self._totals if row is not total and said.items() <= row.dimensions.items()]
        yield self._with(beyond, total)

    def _with(self, fixed: tuple[int, ...], total: _Row) -> list[_Row]:
        """The plain rows that say the same as a total in some dimensions."""
        if fixed not in self._alike:
            found = self._alike[fixed] = defaultdict(list)
            for row in self._plain:
                found[tuple(row.dimensions[column] for column in fixed)].append(row)
        return self._alike[fixed].get(tuple(total.dimensions[column] for column in fixed), [])


def _run(rows: Iterable[_Row]) -> list[_Row]:
    """The rows up to the next total."""
    return list(takewhile(lambda row: not row.total, rows))


@dataclass(frozen=True, slots=True)
class _Sum:
    """One column of a total and the numbers of its parts."""

    column: int
    total: float
    parts: list[float]
    fits: bool
    plausible: bool


def _fit(sums: list[_Sum]) -> tuple[int, float]:
    """How many columns fit, and how near the others are to it."""
    apart = (abs(one.total - sum(one.parts)) / max(abs(one.total), 1e-9) for one in sums)
    return sum(one.fits for one in sums), -sum(apart) / len(sums)


def _sums(values: Sequence[ColumnRole], total: _Row, parts: list[_Row]) -> list[_Sum]:
    found = []
    for place, column in enumerate(values):
        value = total.numbers[place]
        told = [one for part in parts if (one := part.numbers[place]) is not None]
        if value is None or not told:
            continue
        fits = is_sum(value, told, scaled=column.multiplier != 1.0)
        plausible = len(told) == len(parts) and _may_sum(value, told) and column.unit not in ("%", "index", "rank")
        found.append(_Sum(column.index, value, told, fits, plausible))
    return found
