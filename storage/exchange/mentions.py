"""The names that a workbook uses, each gathered once, with all its spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from storage.domain.folding import fold
from storage.workbook.staged import EntityName, Staged, StagedFigure

SAME_CODE_SAME_THING = 75.0  # least likeness of two names under one code, in per cent

Key = tuple[str, str, str, str]


@dataclass
class Mention:
    """One thing that the workbook names: role, first spelling, code, parent, other spellings, and where first.

    `units` are those in which a metric comes.
    """

    role: str
    name: str
    code: str = ""
    parent: Mention | None = None
    kind: str = ""
    name_ko: str = ""
    spellings: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    count: int = 0
    cell: str = ""

    @property
    def key(self) -> Key:
        """What tells it from the others of its role."""
        return (self.role, self.name, self.code, self.parent.name if self.parent else "")


class Mentions:
    """Every entity, metric, sector and unit that the staged figures name."""

    def __init__(self, sheets: Iterable[Staged]) -> None:
        self.all: dict[Key, Mention] = {}
        self._of: dict[Key, Mention] = {}
        sheets = list(sheets)
        described = [row.entity for sheet in sheets for row in sheet.fields]
        described += [row.other for sheet in sheets for row in sheet.relations]
        gathered = [_gathered(sheet.rows) for sheet in sheets]
        rows = [row for found in gathered for row, _ in found]
        self._codes = _identifying_codes([*(row.entity for row in rows), *described])
        self._by_code: dict[str, Mention] = {}
        self._metric_units = _units_by_metric(rows)
        for sheet, found in zip(sheets, gathered, strict=True):
            for row, count in found:
                self._gather(sheet.sheet, row, count)
            for told in sheet.fields:
                self._gather_entity(told.entity, f"{sheet.sheet}!{told.cell}")
            for link in sheet.relations:
                self._gather_entity(link.other, f"{sheet.sheet}!{link.cell}")

    def _gather(self, sheet: str, row: StagedFigure, count: int) -> None:
        where = f"{sheet}!{row.cell}"
        for mention in (self.entity(row.entity), self.metric(row), self.sector(row), self.unit(row)):
            if mention is not None:
                mention.count += count
                mention.cell = mention.cell or where
        if row.unit:
            self.metric(row).units.add(row.unit)

    def _gather_entity(self, name: EntityName, where: str) -> None:
        mention = self.entity(name)
        mention.count += 1
        mention.cell = mention.cell or where

    def entity(self, name: EntityName) -> Mention:
        """Return the mention of an entity; rows with one code are one thing, however spelled."""
        parent = self.entity(name.parent) if name.parent else None
        if parent is not None:
            parent.kind = parent.kind or "region"
        key = ("entity", name.name or name.code, name.code, parent.name if parent else "")
        if key in self._of:
            return self._of[key]
        mention = self._by_code.get(name.code) if name.code in self._codes else None
        if mention is None:
            mention = self.all.setdefault(
                key, Mention("entity", key[1], name.code, parent, name.kind, name.name_ko)
            )  # fmt: skip
            if name.code in self._codes:
                self._by_code[name.code] = mention
        mention.spellings.add(key[1])
        self._of[key] = mention
        return mention

    def metric(self, row: StagedFigure) -> Mention:
        """Return the mention of a metric; one that comes in several units is one metric a unit."""
        several = len(self._metric_units.get((row.metric.name, row.metric.code), ())) > 1
        name = f"{row.metric.name} ({row.unit})" if several and row.unit else row.metric.name
        return self._plain("metric", name, row.metric.code)

    def sector(self, row: StagedFigure) -> Mention | None:
        """Return the mention of a sector, None for a figure without one."""
        if row.sector is None:
            return None
        return self._plain("sector", row.sector.name or row.sector.code, row.sector.code)

    def unit(self, row: StagedFigure) -> Mention | None:
        """Return the mention of a unit, None where none is said."""
        return self._plain("unit", row.unit, "") if row.unit else None

    def _plain(self, role: str, name: str, code: str) -> Mention:
        key = (role, name, code, "")
        if key not in self.all:
            self.all[key] = Mention(role, name, code, spellings={name})
        return self.all[key]


def names_key(row: StagedFigure) -> tuple[int, int, int, str]:
    """Return what tells the names of a row; a parser makes each name once, so that its identity will do."""
    return id(row.entity), id(row.metric), id(row.sector), row.unit


def _gathered(rows: Iterable[StagedFigure]) -> list[tuple[StagedFigure, int]]:
    """Return the first row of each set of names, and how many rows have it."""
    first: dict[tuple[int, int, int, str], StagedFigure] = {}
    counts: Counter[tuple[int, int, int, str]] = Counter()
    for row in rows:
        key = names_key(row)
        counts[key] += 1
        first.setdefault(key, row)
    return [(row, counts[key]) for key, row in first.items()]


def _identifying_codes(names: Iterable[EntityName]) -> frozenset[str]:
    """Return the codes under which all names are alike: only those tell what is the same thing."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for name in {id(name): name for name in names}.values():
        if name.code:
            spelled[name.code].add(fold(name.name or name.code))
    return frozenset(code for code, found in spelled.items() if _alike(sorted(found)))


def _alike(names: list[str]) -> bool:
    return all(fuzz.ratio(names[0], other) >= SAME_CODE_SAME_THING for other in names[1:])


def _units_by_metric(rows: Iterable[StagedFigure]) -> dict[tuple[str, str], set[str]]:
    units: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.unit:
            units[row.metric.name, row.metric.code].add(row.unit)
    return units
