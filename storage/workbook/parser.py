"""Turns the cells of a mapped sheet into staged figures and findings; a bad cell never ends the import."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from storage.domain.number_grammar import FLAGS
from storage.domain.problem import Problem
from storage.domain.quantities import PRECISIONS, Quantity, QuantityError, parse_quantity
from storage.domain.text import Text, msg
from storage.errors import InvalidInput
from storage.workbook.looks import PERCENT, SCALED, per_cent
from storage.workbook.mapping import Mapping
from storage.workbook.no_figure import why_no_figure
from storage.workbook.reader import ReadingCancelled
from storage.workbook.roles import ColumnRole, is_code_list
from storage.workbook.row_names import Measured, RowFacts, RowNames
from storage.workbook.sheet import Sheet, Workbook, address, column_letters, is_blank
from storage.workbook.staged import EntityName, Staged, StagedField, StagedFigure, StagedRelation
from storage.workbook.totals import check_totals
from storage.workbook.unit_lines import contradict
from storage.workbook.units import read_unit, read_units, split_unit

_STATUSES = frozenset("ABEFIMP")
_LEFT_OUT = frozenset(["ignore", "attribute", "total"])


def parse(workbook: Workbook, mapping: Mapping, cancelled: Callable[[], bool] = lambda: False) -> Staged:
    """Read every figure of the mapped sheet; raise InvalidInput when the sheet is not there."""
    sheet = workbook.sheet(mapping.sheet)
    if sheet is None:
        raise InvalidInput(msg("There is no sheet “{sheet}” in {file}.", sheet=mapping.sheet, file=workbook.path.name))
    part = sheet.within(mapping.area) if mapping.area else sheet
    return _Parser(part.spread_down(mapping.first_row), mapping).run(cancelled)


@dataclass(slots=True)
class _Place:
    """A cell that holds a figure, and what its row says."""

    row: int
    column: ColumnRole
    facts: RowFacts


class _Parser:
    """One pass over the rows of one sheet."""

    def __init__(self, sheet: Sheet, mapping: Mapping) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._names = RowNames(sheet, mapping)
        self._values = mapping.value_columns()
        self._fields = tuple(column for column in mapping.columns if column.field)
        # a list of records is read as one only when somebody said what the records are, or it is one of codes
        told = self._fields or "entity.kind" in mapping.told or is_code_list(mapping.columns)
        self._lists = not self._values and bool(told)
        self._relations: list[StagedRelation] = []
        self._told: list[StagedField] = []
        self._figures: list[StagedFigure] = []
        self._problems: list[Problem] = []
        self._ignored = 0
        self._totals: list[int] = []
        self._doubts: list[Problem] = []
        self._by_item = bool(mapping.with_role("metric")) and not mapping.with_role("entity", "entity.code")
        self._flags = mapping.with_role("status")
        self._bounded = bool(mapping.with_role("low", "high"))
        self._heads = {
            c.index: {sheet.text(row, c.index) for row in mapping.header_rows} | {c.header} for c in self._values
        }
        heads = {text for texts in self._heads.values() for text in texts}
        self._headlike = self._names.rows_with(self._values, heads.__contains__)
        self._letters = {column.index: column_letters(column.index) for column in mapping.columns}

    def run(self, cancelled: Callable[[], bool]) -> Staged:
        """Stage all rows."""
        self._check_shape()
        if not self._problems:
            for row in range(self._mapping.first_row, min(self._mapping.last_row, self._sheet.height - 1) + 1):
                if row % 1000 == 0 and cancelled():
                    raise ReadingCancelled(msg("Reading {file} was stopped.", file=self._sheet.name))
                self._row(row)
        return Staged(
            self._sheet.name,
            tuple(self._figures),
            tuple(self._problems),
            self._ignored + self._count_ignored(),
            tuple(self._told),
            (*self._doubts, *check_totals(self._sheet, self._mapping, self._totals)),
            tuple(self._relations),
        )

    def _check_shape(self) -> None:
        told = {column.role for column in self._mapping.columns} | set(self._mapping.constants)
        if not self._values and not self._lists:
            self._find("", msg("No column holds figures."), msg("Map at least one column to a value, or to a field."))
        elif not told & {"entity", "entity.code", "entity.ko"} and not any(column.entity for column in self._values):
            self._find(
                "",
                msg("Nothing says who the figures are about."),
                msg("Map a column to entity, or set entity for all."),
            )

    def _find(self, cell: str, cause: Text, remedy: Text) -> None:
        self._problems.append(Problem(self._sheet.name, cell, cause, remedy))

    def _row(self, row: int) -> None:
        cells = self._sheet.rows[row]
        filled = [c for c in self._values if c.index < len(cells) and not is_blank(cells[c.index])]
        self._names.carry(row)
        if row in self._headlike and filled and self._repeats_header(row, filled):
            return
        if filled and (self._keeps_out(row) or self._says_words(row, filled)):
            self._ignored += len(filled)
            return
        if not filled and not self._fields and not self._lists:
            return
        facts = self._names.facts(row)
        if facts.entity is not None and (self._fields or self._lists):
            self._tell(row, facts.entity)
        for column in filled:
            entity = self._names.entity(row, facts, column.entity) if column.entity else facts.entity
            quantity = self._quantity(row, column)
            if quantity is None or quantity.missing:
                continue
            if entity is None:
                self._nobody(row, column)
                return
            self._figure(_Place(row, column, facts), entity, quantity)

    def _keeps_out(self, row: int) -> bool:
        """Whether a row repeats what others say: a total, to be held against its parts, or a part of the row above."""
        if not self._names.stands_out(row):
            return False
        if self._names.sums_up(row):
            self._totals.append(row)
            return True
        return self._names.is_part(row)

    def _says_words(self, row: int, filled: list[ColumnRole]) -> bool:
        """Whether a row of a table with an item a row holds words instead of figures: where it lies, its address."""
        if not self._by_item or not all(isinstance(self._sheet.value(row, c.index), str) for c in filled):
            return False
        kinds = [self._reads_as(row, c.index) for c in filled]
        if "word" not in kinds or "figure" in kinds:
            return False
        first = filled[kinds.index("word")].index
        cause = msg("The row holds words: “{text}”.", text=self._sheet.text(row, first))
        remedy = msg("Nothing is to be done, unless they should be figures.")
        self._doubts.append(Problem(self._sheet.name, address(row, first), cause, remedy))
        return True

    def _reads_as(self, row: int, column: int) -> str:
        """What a text is: "figure", "missing" or "word"."""
        try:
            quantity = parse_quantity(self._sheet.text(row, column), self._mapping.decimal)
        except QuantityError:
            return "word"
        return "missing" if quantity.missing else "figure"

    def _tell(self, row: int, entity: EntityName) -> None:
        """Keep what the row says of its record."""
        told = [(column, text) for column in self._fields if (text := self._sheet.text(row, column.index))]
        self._told += [StagedField(address(row, c.index), entity, c.field, text) for c, text in told]
        if self._lists and not told:
            self._told.append(StagedField(address(row, 0), entity, "", ""))
        for column in self._mapping.with_role("entity.predecessor"):
            for code in _codes(self._sheet.text(row, column.index)):
                if code != entity.code:
                    former = EntityName(entity.name, code, kind=entity.kind)
                    self._relations.append(StagedRelation(address(row, column.index), entity, "succeeds", former))

    def _repeats_header(self, row: int, filled: list[ColumnRole]) -> bool:
        """Whether a row of the header stands here again, as on every page of a long table."""
        return all(self._names.at(row, c.index) in self._heads[c.index] for c in filled)

    def _nobody(self, row: int, column: ColumnRole) -> None:
        place = next(iter(self._mapping.with_role("entity", "entity.code", "entity.ko")), column)
        self._find(
            address(row, place.index),
            msg("The row has figures but names nobody."),
            msg("Fill in the name, or delete the row."),
        )

    def _figure(self, place: _Place, entity: EntityName, quantity: Quantity) -> None:
        column, facts = place.column, place.facts
        period = self._names.dates.of_header(column.period, facts.period) if column.period else facts.period
        if isinstance(period, Text):
            columns = self._mapping.with_role("period") or (column,)
            cell = address(place.row, columns[0].index)
            if not any(problem.cell == cell for problem in self._problems[-1:]):
                self._find(cell, period, msg("Correct the period, or set one period for all."))
            return
        measured = self._measured(place, quantity)
        if measured is None:
            return
        status, flag_note = self._status(place, quantity, period.status if period else "")
        told = facts.told
        self._figures.append(
            StagedFigure(
                cell=f"{self._letters[column.index]}{place.row + 1}",
                entity=entity,
                metric=measured.metric,
                sector=facts.sector,
                period=period,
                quantity=self._completed(place, quantity, measured.multiplier),
                unit=measured.unit or _known_unit(quantity.unit),
                status=status,
                scope=self._scope(told["scope"]) if "scope" in told else "",
                scenario=told.get("scenario", ""),
                note=_note(facts, flag_note, measured.unit),
                source=told.get("source", ""),
                url=told.get("url", ""),
            )
        )

    def _measured(self, place: _Place, quantity: Quantity) -> Measured | None:
        """What a cell measures; its own unit beats one that merely stands beside the table, else they must agree."""
        measured = self._names.measured(place.facts, place.column)
        own = _known_unit(quantity.unit)
        if not own or not measured.unit or not contradict(own, measured.unit):
            return measured
        beside = {unit for unit, _ in read_units(place.facts.text("unit"))} if self._names.has_weak_unit else set()
        if measured.unit in beside and not split_unit(place.column.header)[1]:
            return Measured(measured.metric, own, 1.0)
        self._find(
            address(place.row, place.column.index),
            msg("The cell says {own}, but its column {unit}.", own=own, unit=measured.unit),
            msg("Correct the cell, or say the unit of the column."),
        )
        return None

    def _quantity(self, row: int, column: ColumnRole) -> Quantity | None:
        """The figure of a cell; None, with a finding, when the cell holds none."""
        value = self._sheet.value(row, column.index)
        if isinstance(value, (float, str)):
            try:
                if isinstance(value, float):
                    return self._number(row, column.index, value)
                return parse_quantity(value, self._mapping.decimal)
            except QuantityError as error:
                cause, remedy = error.text, msg("Correct the cell, or ignore its column.")
        else:
            cause, remedy = why_no_figure(value)
        self._find(address(row, column.index), cause, remedy)
        return None

    def _number(self, row: int, column: int, value: float) -> Quantity | None:
        """A stored number as Excel shows it, and one of a text file by its decimal mark."""
        text = self._names.at(row, column)
        look = self._sheet.looks.at(row, column)
        if look is not None and look.kind == PERCENT:
            return Quantity(per_cent(value), text=text, unit="%")
        if self._sheet.texts and self._mapping.decimal == "," and "." in text and not self._sheet.point_proven:
            return parse_quantity(text, ",")
        unit, multiplier = look.measure if look is not None else ("", 1.0)
        return Quantity(value, text=text, unit=unit, multiplier=multiplier)

    def _completed(self, place: _Place, quantity: Quantity, multiplier: float) -> Quantity:
        """The quantity with multiplier, bounds and precision that other columns tell."""
        told = place.facts.told
        own = quantity.multiplier != 1.0 or self._shown_in(place, multiplier)  # a cell such as 5천명 has its own
        size = (1.0 if own else multiplier) * (_told_multiplier(told["multiplier"]) if "multiplier" in told else 1.0)
        low, high = (self._bound(place.row, role) for role in ("low", "high")) if self._bounded else (None, None)
        stated = told.get("precision", "").casefold()
        precision = stated if stated in PRECISIONS else quantity.precision
        if size == 1.0 and low is None and high is None and precision == quantity.precision:
            return quantity
        return replace(
            quantity,
            multiplier=quantity.multiplier * size,
            low=quantity.low if low is None else low,
            high=quantity.high if high is None else high,
            precision=precision,
        )

    def _shown_in(self, place: _Place, multiplier: float) -> bool:
        """Whether the stored number is whole and only shown in such thousands: `#,##0,` under "Sales (천원)"."""
        look = self._sheet.looks.at(place.row, place.column.index) if multiplier != 1.0 else None
        return look is not None and look.kind == SCALED and multiplier == 10.0**look.digits

    def _bound(self, row: int, role: str) -> float | None:
        for column in self._mapping.with_role(role):
            quantity = self._quantity(row, column)
            if quantity and quantity.value is not None:
                return quantity.value
        return None

    def _status(self, place: _Place, quantity: Quantity, dated: str) -> tuple[str, str]:
        """SDMX status, that of the period where the cell has none; and the flag as a note where it says more."""
        flag = self._flag(place)
        if not flag:
            return quantity.status or dated, ""
        if flag.upper() in _STATUSES:
            return flag.upper(), ""
        status = next((FLAGS[letter] for letter in flag.casefold() if letter in FLAGS), "") if len(flag) <= 3 else ""
        return status or quantity.status, flag

    def _flag(self, place: _Place) -> str:
        """The flag of the row, or that of the cell where every value column has its own."""
        if len(self._flags) < 2:
            return place.facts.text("status")
        beside = next((flag for flag in self._flags if flag.index == place.column.index + 1), None)
        return self._names.text(place.row, beside) if beside else ""

    def _scope(self, text: str) -> str:
        """The scope; a bare number is told with its header: "nuts_year_spec 2010"."""
        columns = self._mapping.with_role("scope")
        return f"{columns[0].header} {text}" if columns and text.replace(".", "").isdigit() else text

    def _count_ignored(self) -> int:
        columns = [column.index for column in self._mapping.columns if column.role in _LEFT_OUT]
        rows = self._sheet.rows[self._mapping.first_row : self._mapping.last_row + 1]
        return sum(1 for cells in rows for index in columns if index < len(cells) and not is_blank(cells[index]))


def _codes(text: str) -> list[str]:
    """The codes of a cell: "DE915", or those right of the sign in "DE91C=DE915+DE919"."""
    return [code.strip() for code in re.split(r"[+,;]", text.rpartition("=")[2]) if code.strip()]


def _note(facts: RowFacts, flag_note: str, unit: str) -> str:
    """The note, what the flag says, further dates, and a unit text that is no unit."""
    unit_text = facts.text("unit")
    known = bool(read_units(unit_text)) and bool(unit)
    unit_note = unit_text if unit_text and unit != unit_text and not known and not read_unit(unit_text) else ""
    return "; ".join(filter(None, (facts.text("note"), flag_note, facts.further_periods, unit_note)))


def _told_multiplier(text: str) -> float:
    """The multiplier column; small whole numbers are powers of ten as SDMX has them."""
    word = read_unit(text)
    if word:
        return word[1]
    try:
        number = parse_quantity(text).amount
    except QuantityError:
        number = None
    if number is None:
        return 1.0
    return 10.0**number if number.is_integer() and 0 <= number <= 15 and number != 10 else number


def _known_unit(text: str) -> str:
    """The unit that stood behind a number, by its usual code."""
    known = read_unit(text) if text else None
    return known[0] if known else text
