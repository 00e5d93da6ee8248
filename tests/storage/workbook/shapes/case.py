"""Invented workbooks in the shapes in which agencies publish, each with the figures that must come out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from storage.workbook.sheet import CellValue, Range, Sheet, Workbook
from tests.storage.workbook import made

Row = list[CellValue]
Expected = tuple[str, str, str, float]  # entity, metric, period, amount (the value times its multiplier)

CLUSTERS = ("Pangyo Techno Valley", "Gwanggyo Techno Valley", "Magok Science Park", "Cheongna Hub")
METRICS = ("Firms", "Employees", "Sales")
PROVINCES = {"서울특별시": ("종로구", "중구", "용산구"), "경기도": ("수원시", "성남시"), "부산광역시": ("중구", "서구")}
YEARS = (2019, 2020, 2021)


@dataclass
class Case:
    """A workbook, what must come out, how many totals differ from their parts, and which parents entities have."""

    name: str
    book: Workbook
    expected: list[Expected]
    doubts: int = 0
    parents: dict[str, str | None] = field(default_factory=dict)


CASES: list[Callable[[], Case]] = []


def case(make: Callable[[], Case]) -> Callable[[], Case]:
    """Enter a case into the list."""
    CASES.append(make)
    return make


def figure(*places: int) -> float:
    """A number that stands for its place and for no other."""
    total = 1000.0
    for place in places:
        total = total * 7 + (place + 1) * 13
    return total + 0.5


def sheet(rows: Iterable[Row], name: str = "Sheet1", merged: tuple[Range, ...] = ()) -> Sheet:
    return Sheet(name, [list(row) for row in rows], merged=merged)


def whole(rows: Iterable[Row], name: str = "Sheet1", merged: tuple[Range, ...] = ()) -> Workbook:
    return made.book(sheet(rows, name, merged))


def crossed(entities: Iterable[str], metrics: Iterable[str], periods: Iterable[object]) -> list[Expected]:
    """The figures of every entity, metric and period, numbered by their places."""
    periods = list(periods)
    return [
        (entity, metric, str(period), figure(e, m, p))
        for e, entity in enumerate(entities)
        for m, metric in enumerate(metrics)
        for p, period in enumerate(periods)
    ]


def wide(entities: Iterable[str], metric: int = 0) -> list[Row]:
    """Rows of entities with a figure for each year."""
    return [[name, *(figure(e, metric, p) for p in range(len(YEARS)))] for e, name in enumerate(entities)]


def year_row(first: CellValue = "Cluster") -> Row:
    return [first, *map(float, YEARS)]
