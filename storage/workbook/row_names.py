"""Reads who, what and when of one row; equal texts are read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from storage.domain import period_grammar
from storage.domain.periods import Period, PeriodError, parse_period
from storage.domain.text import Text
from storage.workbook import words
from storage.workbook.guess_values import within_year
from storage.workbook.mapping import KEEP, Mapping
from storage.workbook.nesting import Nesting
from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import CellValue, Sheet
from storage.workbook.staged import EntityName, MetricName, SectorName
from storage.workbook.unit_lines import fitting
from storage.workbook.units import read_unit, read_units, split_unit

_NAMED = ("entity.parent", "entity")
_SUMMED = ("entity.parent", "entity", "sector", "measure")  # roles of columns in which a word for a total stands
_TOLD_APART = (*_SUMMED, "metric", "period", "unit", "scope", "scenario")
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

When = Period | Text | None  # a Text says why the cell is no period, None that nothing says when


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


class RowNames:
    """The dimensions of a mapping's rows; keeps what it has read and what reaches down."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._above: dict[int, str] = {}
        self._down: dict[int, list[str]] = {}
        self._reaching = any(column.fill_down for column in mapping.columns)
        self._periods: dict[tuple[str, ...], When] = {}
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
        levels = self._roles.get("entity", ())
        self._levels = levels if len(levels) > 1 else ()
        self._outer: list[EntityName | None] = [None] * len(self._levels)
        self._prefer = "range" if self._year_ranges() else ""
        # a unit that merely stands beside the table gives way to one in a header
        self.has_weak_unit = "unit" not in self._roles and "unit" not in mapping.told

    def at(self, row: int, column: int) -> str:
        """Text of a cell; a column is read down at once, since every row asks for it."""
        if column not in self._down:
            self._down[column] = self._sheet.texts_down(column)
        return self._down[column][row]

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
        return any(_stands_out(self.at(row, column.index)) for column in self._summed)

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
        told = dict(self._fixed)
        for role, texts in self._plain:
            if text := texts[row]:
                told[role] = text
        for role, columns in self._mixed:
            if text := next(filter(None, (self.text(row, column) for column in columns)), ""):
                told[role] = text
        if self._nesting.years_first and told.get("entity") == self._nesting.group:
            told["entity"] = self._fixed.get("entity", "")  # the whole, of which the names below are the parts
        return RowFacts(
            entity=self._stepped(row, told) if self._levels else self._entity(told, self._texts(row, "entity.parent")),
            sector=self._sector(told.get("sector", ""), told.get("sector.code", "")),
            period=self._row_period(row),
            metrics=self._texts(row, "metric"),
            measures=self._texts(row, "measure"),
            told=told,
            further_periods=self._further_periods(row) if "period" in self._roles else "",
        )

    @cached_property
    def _plain(self) -> list[tuple[str, list[str]]]:
        """Roles of one column without gaps to fill, with its texts."""
        plain = [(role, columns[0]) for role, columns in self._single if len(columns) == 1]
        return [(role, self._sheet.texts_down(column.index)) for role, column in plain if not column.fill_down]

    @cached_property
    def _mixed(self) -> list[tuple[str, tuple[ColumnRole, ...]]]:
        """Roles of several columns, or of one that reaches down."""
        return [(role, columns) for role, columns in self._single if len(columns) > 1 or columns[0].fill_down]

    def _texts(self, row: int, role: str) -> tuple[str, ...]:
        """Texts of all columns of a role, from left to right; the constant when no column says anything."""
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

    def column_period(self, column: ColumnRole, of_row: When) -> When:
        """When, for a column whose header is a period, or a part of the year that its row tells."""
        year = (of_row.start or "")[:4] if isinstance(of_row, Period) and of_row.frequency == "A" else ""
        key = ("", column.period, year)
        if key not in self._periods:
            stated = (year and within_year(column.period, year)) or column.period
            self._periods[key] = self._period(0, (stated,), stated)
        return self._periods[key]

    def _row_period(self, row: int) -> When:
        stated = self._mapping.constants.get("period", "")
        stated = self._nesting.group if self._nesting.role == "period" else stated
        key = (stated,) if stated else self._texts(row, "period")
        if key not in self._periods:
            self._periods[key] = self._period(row, key, stated)
        return self._periods[key]

    def _period(self, row: int, key: tuple[str, ...], stated: str) -> When:
        columns = self._roles.get("period", ())
        filled = [text for text in key if text]
        if not filled:
            return None
        try:
            if not stated and len(filled) > 1 and (joined := _joined(columns, key)):
                return parse_period(joined)
            value: CellValue = filled[0]
            if not stated and len(columns) == 1 and not columns[0].fill_down:
                value = self._sheet.value(row, columns[0].index)
                value = filled[0] if isinstance(value, float) and self._sheet.texts else value
            return parse_period(value, prefer=self._prefer)
        except PeriodError as error:
            return error.text

    def _further_periods(self, row: int) -> str:
        """What other period columns say, as a note: "cut-off: 2023-12-31"."""
        columns = self._roles.get("period", ())
        skipped = 0 if "period" in self._mapping.constants else 1
        if len(columns) <= skipped or _parted(columns):
            return ""
        return "; ".join(f"{c.header}: {text}" for c in columns[skipped:] if (text := self.text(row, c)))

    def _year_ranges(self) -> bool:
        """Whether some period of the sheet can only be a range of years, so that "2005-07" is one too."""
        rows = range(self._mapping.first_row, self._mapping.last_row + 1)
        texts = {self._sheet.text(row, column.index) for column in self._roles.get("period", ()) for row in rows}
        texts |= {column.period for column in self._mapping.columns}
        sides = {side for text in texts for side in _sides(period_grammar.normalise(text))}
        return any(len(side) == 7 and period_grammar.only_years(side) for side in sides)


def _sides(text: str) -> tuple[str, ...]:
    return period_grammar.split_span(text) or (text,)


def _parted(columns: tuple[ColumnRole, ...]) -> bool:
    return any(not words.MONTHS.isdisjoint(words.words(column.header)) for column in columns[1:])


def _joined(columns: tuple[ColumnRole, ...], key: tuple[str, ...]) -> str:
    """Year and month, or year and quarter, from two columns."""
    for column, text in zip(columns[1:], key[1:], strict=False):
        parts, digits = words.words(column.header), "".join(filter(str.isdigit, text))
        if digits and key[0] and not words.MONTHS.isdisjoint(parts):
            quarter = bool({"quarter", "분기"} & set(parts))
            return f"{key[0]} Q{digits}" if quarter else f"{key[0]}-{int(digits):02}"
    return ""


@lru_cache(maxsize=16_384)
def _stands_out(text: str) -> bool:
    return words.is_total(text) or bool(words.totalled(text)) or words.is_part(text)
