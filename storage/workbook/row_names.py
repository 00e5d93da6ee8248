"""Reads who, what and when of one row; equal texts are read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat

from storage.workbook import words
from storage.workbook.mapping import KEEP, Mapping
from storage.workbook.nesting import Nesting
from storage.workbook.roles import ColumnRole
from storage.workbook.row_dates import Dates, When, parted
from storage.workbook.sheet import Sheet
from storage.workbook.staged import EntityName, MetricName, SectorName
from storage.workbook.unit_lines import fitting
from storage.workbook.units import read_unit, read_units, split_unit

_NAMED = ("entity.parent", "entity")
_SUMMED = ("entity.parent", "entity", "sector", "measure")  # roles of columns in which a word for a total stands
_TOLD_APART = (*_SUMMED, "metric", "period", "unit", "scope", "scenario")
_SEVERAL = frozenset(["entity.parent", "metric", "measure", "period"])  # roles of which every column counts
MOST_KEPT = 100_000  # sets of texts that are kept to be read once
GROUP = -1  # the place of the group among a row's dimensions, which otherwise are columns
_FIRST_OF = (
    *("unit", "status", "note", "scope", "scenario", "source", "url", "precision", "multiplier"),
    *(
        "entity",
        "entity.code",
        "entity.ko",
        "entity.kind",
        "entity.parent.code",
        "entity.predecessor",
        "sector",
        "sector.code",
        "metric.code",
    ),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric with the unit that its name or the row tells."""

    metric: MetricName
    unit: str
    multiplier: float


@dataclass(slots=True)
class RowFacts:
    """What one row says about all its figures; `told` has the first filled text of every other role."""

    entity: EntityName | None
    sector: SectorName | None
    period: When
    metrics: tuple[str, ...]
    measures: tuple[str, ...]
    told: dict[str, str]
    further_periods: str

    def text(self, role: str) -> str:
        """The text of a role, "" when neither a column nor a constant tells it."""
        return self.told.get(role, "")


@dataclass(frozen=True, slots=True)
class _Who:
    """What the texts of a row tell that are read for themselves, and whom and what they name."""

    told: dict[str, str]
    entity: EntityName | None
    sector: SectorName | None


class RowNames:
    """The dimensions of a mapping's rows; keeps what it has read and what reaches down."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._above: dict[int, str] = {}
        self._down: dict[int, list[str]] = {}
        self._reaching = any(column.fill_down for column in mapping.columns)
        self._metrics: dict[tuple[object, ...], Measured] = {}
        self._entities: dict[tuple[str, ...], EntityName | None] = {}
        self._sectors: dict[tuple[str, str], SectorName | None] = {}
        self._roles = {
            role: mapping.with_role(role) for role in {c.role for c in mapping.columns if not c.holds_values}
        }
        self._single = [(role, self._roles[role]) for role in _FIRST_OF if role in self._roles]
        self._fixed = {role: text for role, text in mapping.constants.items() if role in _FIRST_OF}
        self._summed = [c for role in _SUMMED for c in self._roles.get(role, ())]
        self._dimensions = [c for role in _TOLD_APART for c in self._roles.get(role, ())]
        self._keeps_out = mapping.constants.get("totals") != KEEP
        self._nesting = Nesting(sheet, mapping)
        self._known: dict[tuple[object, ...], _Who] = {}
        self._across: dict[str, list[tuple[str, ...]]] = {}
        # roles of whose texts none reaches into another row
        self._own = (
            frozenset() if self._nesting.reaches else _SEVERAL - {c.role for c in mapping.columns if c.fill_down}
        )
        levels = self._roles.get("entity", ())
        self._levels = levels if len(levels) > 1 else ()
        self._outer: list[EntityName | None] = [None] * len(self._levels)
        self.dates = Dates(sheet, mapping, self._texts_down)
        # a unit that merely stands beside the table gives way to one in a header
        self.has_weak_unit = "unit" not in self._roles and "unit" not in mapping.told

    def at(self, row: int, column: int) -> str:
        """Text of a cell; a column is read down at once, since every row asks for it."""
        return self._texts_down(column)[row]

    def _texts_down(self, column: int) -> list[str]:
        if column not in self._down:
            self._down[column] = self._sheet.texts_down(column)
        return self._down[column]

    def text(self, row: int, column: ColumnRole) -> str:
        """Text of a cell, or of the one above it where blanks repeat."""
        text = self.at(row, column.index)
        if not column.fill_down:
            return text
        if text:
            self._above[column.index] = text
        return text or self._above.get(column.index, "")

    def carry(self, row: int) -> None:
        """Let names reach down from this row; a new outer name ends the reach of the inner ones."""
        self._nesting.carry(row)
        if not self._reaching:
            return
        fresh = False
        for column in self._mapping.columns:
            if column.fill_down or column.role in _NAMED:
                own = self.at(row, column.index)
                if fresh and not own and column.role in _NAMED:
                    self._above.pop(column.index, None)
                fresh = fresh or (bool(own) and column.role in _NAMED)
                self.text(row, column)

    def stands_out(self, row: int) -> bool:
        """Whether a name of the row may be that of a total or of a part: few are, so that this is asked first."""
        return row in self._standing_out

    @cached_property
    def _standing_out(self) -> frozenset[int]:
        return self.rows_with(self._summed, _stands_out)

    def rows_with(self, columns: Iterable[ColumnRole], wanted: Callable[[str], bool]) -> frozenset[int]:
        """The rows of which a text in some columns is wanted; equal texts are looked at once."""
        found: set[int] = set()
        for column in columns:
            texts = self._texts_down(column.index)
            if some := {text for text in set(texts) if wanted(text)}:
                found.update(row for row, text in enumerate(texts) if text in some)
        return frozenset(found)

    def sums_up(self, row: int) -> bool:
        """Whether the row sums up others: "Total", "합계"."""
        if not self._keeps_out:
            return False
        return any(words.is_total(text) or self._of_parent(row, words.totalled(text)) for text in self._called(row))

    def _of_parent(self, row: int, name: str) -> bool:
        """Whether a total is that of the place above: "Gyeonggi total" below "Gyeonggi"."""
        if not name:
            return False
        above = (self.text(row, column) for column in self._roles.get("entity.parent", ()))
        return name in (self._nesting.group.casefold(), *map(str.casefold, above))

    def is_part(self, row: int) -> bool:
        """Whether the row is only a part of the one above it: "of which foreign"."""
        return self._keeps_out and any(map(words.is_part, self._called(row)))

    def _called(self, row: int) -> Iterator[str]:
        return (self.at(row, column.index) for column in self._summed)

    def dimensions(self, row: int) -> dict[int, str]:
        """What tells the row from others: the text of each such column, by its index."""
        return {column.index: self.text(row, column) for column in self._dimensions} | {GROUP: self._nesting.group}

    def facts(self, row: int) -> RowFacts:
        """Everything that holds for all figures of a row."""
        who = self._who(row)
        return RowFacts(
            entity=self._stepped(row, who.told) if self._levels else who.entity,
            sector=who.sector,
            period=self._row_period(row),
            metrics=self._texts(row, "metric"),
            measures=self._texts(row, "measure"),
            told=who.told,
            further_periods=self._further_periods(row) if self._dated_twice else "",
        )

    def _who(self, row: int) -> _Who:
        """What the plain texts of a row tell; many rows have the same ones."""
        parents = self._texts(row, "entity.parent")
        plain = [texts[row] for texts in self._plain.values()]
        mixed = [next(filter(None, (self.text(row, c) for c in columns)), "") for columns in self._mixed.values()]
        key = (self._nesting.group, parents, *plain, *mixed)
        found = self._known.get(key)
        if found is None:
            if len(self._known) == MOST_KEPT:
                self._known.clear()
            found = self._known[key] = self._read(
                parents, zip((*self._plain, *self._mixed), (*plain, *mixed), strict=True)
            )
        return found

    def _read(self, parents: tuple[str, ...], texts: Iterable[tuple[str, str]]) -> _Who:
        told = self._fixed | {role: text for role, text in texts if text}
        if self._nesting.years_first and told.get("entity") == self._nesting.group:
            told["entity"] = self._fixed.get("entity", "")  # the whole, of which the names below are the parts
        entity = None if self._levels else self._entity(told, parents)
        return _Who(told, entity, self._sector(told.get("sector", ""), told.get("sector.code", "")))

    @cached_property
    def _plain(self) -> dict[str, list[str]]:
        """Roles of one column without gaps to fill, with its texts."""
        plain = {role: columns[0] for role, columns in self._single if len(columns) == 1}
        return {role: self._texts_down(c.index) for role, c in plain.items() if not c.fill_down}

    @cached_property
    def _mixed(self) -> dict[str, tuple[ColumnRole, ...]]:
        """Roles of several columns, or of one that reaches down."""
        return {role: columns for role, columns in self._single if len(columns) > 1 or columns[0].fill_down}

    def _texts(self, row: int, role: str) -> tuple[str, ...]:
        """Texts of all columns of a role, from left to right; the constant when no column says anything."""
        if role not in self._own:
            return self._reached(row, role)
        if role not in self._across:
            self._across[role] = self._all_texts(role)
        return self._across[role][row]

    def _all_texts(self, role: str) -> list[tuple[str, ...]]:
        """Texts of a role in every row, each set of them once."""
        columns = [self._texts_down(column.index) for column in self._roles.get(role, ())]
        rows = zip(*columns, strict=True) if columns else repeat((), self._sheet.height)
        constant = self._mapping.constants.get(role)
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        return [known.setdefault(found, found if any(found) or not constant else (constant,)) for found in rows]

    def _reached(self, row: int, role: str) -> tuple[str, ...]:
        """Texts of a role into which others reach from above."""
        found = tuple([self.text(row, column) for column in self._roles.get(role, ())])
        if self._nesting.role == role and self._nesting.group:
            return (self._nesting.group, *found)
        if role == "entity.parent" and not any(found):
            found = self._nesting.parents
        if any(found):
            return found
        constant = self._mapping.constants.get(role)
        return (constant,) if constant else found

    def _stepped(self, row: int, told: dict[str, str]) -> EntityName | None:
        """Who, where each level has a column of its own: the row lies in what was last named further left."""
        level = next((n for n, column in enumerate(self._levels) if self.at(row, column.index)), None)
        if level is None:
            return None
        parent = next(filter(None, reversed(self._outer[:level])), None)
        name = self.at(row, self._levels[level].index)
        code = told.get("entity.code") or told.get("entity.predecessor", "")
        found = EntityName(name, code, told.get("entity.ko", ""), parent, told.get("entity.kind", ""))
        self._outer[level:] = [found, *[None] * (len(self._levels) - level - 1)]
        return found

    def entity(self, row: int, facts: RowFacts, about: str) -> EntityName | None:
        """Who a column is about that names its own entity: `entity:NAME`."""
        return self._entity(facts.told | {"entity": about}, self._texts(row, "entity.parent"))

    def _entity(self, told: dict[str, str], parents: tuple[str, ...]) -> EntityName | None:
        """Who, within the parents from the outermost on; None when nobody is named."""
        key = (
            told.get("entity", ""), told.get("entity.code", ""), told.get("entity.ko", ""),
            told.get("entity.kind", ""), told.get("entity.parent.code", ""), *parents,
        )  # fmt: skip
        if key not in self._entities:
            name, code, korean, kind, parent_code = key[:5]
            parent: EntityName | None = None
            for place, text in enumerate(filter(None, parents)):
                last = place == len(parents) - 1
                parent = EntityName(text, code=parent_code if last else "", parent=parent)
            shown = name or korean or code
            self._entities[key] = EntityName(shown, code, korean, parent, kind) if shown else None
        return self._entities[key]

    def measured(self, facts: RowFacts, column: ColumnRole) -> Measured:
        """What a value column measures in a row: metric columns, measures and the header together."""
        key = (column.index, facts.metrics, facts.measures, facts.text("unit"), facts.text("metric.code"))
        found = self._metrics.get(key)
        if found is None:
            told = "metric" in self._roles or self._nesting.role == "metric"
            metrics = facts.metrics if told or not column.metric else ()
            parts = (*metrics, column.metric, *facts.measures)
            found = self._metrics[key] = self._measured(parts, facts.text("unit"), facts.text("metric.code"), column)
        return found

    def _measured(self, parts: tuple[str, ...], unit_text: str, code: str, column: ColumnRole) -> Measured:
        split = [split_unit(part) for part in parts if part]
        name = ", ".join(dict.fromkeys(part[0] for part in split))
        if len(dict.fromkeys(part[1:] for part in split if part[1])) > 1:
            name = ", ".join(filter(None, parts))
        told = None if self.has_weak_unit or not unit_text else read_unit(unit_text)
        inner = next((part for part in split if part[1] or part[2] != 1.0), ("", "", 1.0))
        unit, multiplier = (column.unit, column.multiplier) if column.unit or column.multiplier != 1.0 else inner[1:]
        if told:
            unit, multiplier = told
        elif self.has_weak_unit and not unit and multiplier == 1.0 and (units := read_units(unit_text)):
            unit, multiplier = fitting(name, units) or (unit, multiplier)
        elif unit_text and not unit and len(unit_text) <= 30:
            unit = unit_text
        return Measured(MetricName(name or code, code), unit, multiplier)

    def _sector(self, name: str, code: str) -> SectorName | None:
        if (name, code) not in self._sectors:
            self._sectors[name, code] = SectorName(name or code, code) if name or code else None
        return self._sectors[name, code]

    def _row_period(self, row: int) -> When:
        stated = self._nesting.group if self._nesting.role == "period" else self._mapping.constants.get("period", "")
        return self.dates.stated(stated) if stated else self.dates.of_row(row, self._texts(row, "period"))

    def _further_periods(self, row: int) -> str:
        """What other period columns say, as a note: "cut-off: 2023-12-31"."""
        columns = self._roles["period"]
        skipped = 0 if "period" in self._mapping.constants else 1
        return "; ".join(f"{c.header}: {text}" for c in columns[skipped:] if (text := self.text(row, c)))

    @cached_property
    def _dated_twice(self) -> bool:
        """Whether further columns tell a period."""
        columns = self._roles.get("period", ())
        return len(columns) > (0 if "period" in self._mapping.constants else 1) and not parted(columns)


@lru_cache(maxsize=16_384)
def _stands_out(text: str) -> bool:
    return words.is_total(text) or bool(words.totalled(text)) or words.is_part(text)
