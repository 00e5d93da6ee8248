"""A template for data collection: a workbook that others fill in and that comes back through the ordinary import."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from storage.catalogue import Catalogue
from storage.domain.collection import Collection
from storage.domain.fields import Option
from storage.domain.quantities import format_quantity
from storage.domain.text import Text, msg
from storage.domain.vocabulary import SCENARIOS, STATUSES
from storage.errors import InvalidInput, WorkbookError
from storage.exchange.asking import CALENDAR_YEAR, Asked, Asking
from storage.exchange.instructions import INSTRUCTIONS, hint, instructions, sheet_lines, summed_up
from storage.exchange.labels import Labels
from storage.exchange.lost_stamps import LAST_KNOWN, LAST_NUMBER, OTHER_UNIT
from storage.exchange.origin import remembered
from storage.exchange.units_offered import OfferedUnits
from storage.translations import translated
from storage.workbook.form import (
    Form,
    FormColumn,
    FormRow,
    list_ranges,
    write_form,
    write_instructions,
    write_lists,
)  # fmt: skip
from storage.workbook.number_formats import decimals, digits_format
from storage.workbook.sheet_names import sheet_names
from storage.workbook.stamp import NAME, PROPERTY, SheetStamp, Stamp, pieces
from storage.workbook.streamed import CellContent
from storage.workbook.tidy_columns import ID_OF, LISTS, STAMP, tidy_columns
from storage.workbook.writer import PLAIN, TEXT, Column, Style, WorkbookWriter

MUTED, MUTED_TEXT = Style(muted=True), Style("@", muted=True)
MOST_SHEETS = 200
NO_ANSWER = "M"  # a status that says that there is no figure; who has none leaves the cell blank
LOCKED = ("entity_id", "metric_id", "sector_id", "period", "known")
HELPERS = ("entity_id", "metric_id", "sector_id", "unit_id")
FREE = ("scope", "note")  # answers in words of one's own


@dataclass(frozen=True)
class TemplateReport:
    """What was written: sheets to fill in, figures asked for; `unasked` are chosen records that no row asks."""

    path: Path
    sheets: int
    figures: int
    unasked: tuple[str, ...] = ()


def write_template(catalogue: Catalogue, path: Path, collection: Collection) -> TemplateReport:
    """Write the workbook; raise InvalidInput for nothing to ask, WorkbookError when the file cannot be written."""
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(msg("“{file}” is no name for a template; end it in .xlsx.", file=path.name))
    template = _Template(catalogue, collection)
    with WorkbookWriter(path) as book:
        catalogue.remember_export(remembered(template.write(book), {}))
    figures = sum(map(len, template.groups.values()))
    return TemplateReport(path, len(template.groups), figures, template.unasked())


class _Template:
    """One template on its way."""

    def __init__(self, catalogue: Catalogue, collection: Collection) -> None:
        self._catalogue, self._collection = catalogue, collection
        self._asking = Asking(catalogue, collection)
        self._language = collection.language
        self._labels = Labels(catalogue, collection.language)
        self._units = OfferedUnits(catalogue, self._asking.units, collection.language)
        self._headers = {c.key: c for c in tidy_columns(catalogue.kinds["observation"])}
        self._lists: dict[str, list[str]] = {
            "scenario": self._options(SCENARIOS.options),
            "status": self._options(option for option in STATUSES.options if option.key != NO_ANSWER),
        }
        self.groups = self._grouped(self._asking.rows())

    def write(self, book: WorkbookWriter) -> Stamp:
        """Write instructions, one sheet for each group, lists and stamp; return the stamp."""
        title = self._say(INSTRUCTIONS)
        names = [self._name_of(id) for id in self.groups]
        forms = [
            self._form(sheet, name, rows)
            for sheet, name, rows in zip(
                sheet_names(names, (title, LISTS, STAMP)), names, self.groups.values(), strict=True
            )
        ]
        about = summed_up(names, self._language)
        stamps = [write_instructions(book, title, instructions(self._collection, about, self._asked_metrics()))]
        ranges = list_ranges(LISTS, self._lists)
        stamps += [write_form(book, form, ranges) for form in forms]
        stamps.append(write_lists(book, LISTS, self._lists))
        return self._stamp(book, stamps)

    def unasked(self) -> tuple[str, ...]:
        """Return the names of chosen records and metrics that no row asks for."""
        rows = [row.series for rows in self.groups.values() for row in rows]
        chosen = {"entity": self._collection.records, "metric": self._collection.metrics}
        asked = {"entity": {row[0] for row in rows}, "metric": {row[1] for row in rows}}
        return tuple(self._labels.of(role).get(id, "") for role, ids in chosen.items() for id in ids
                     if id not in asked[role])  # fmt: skip

    def _grouped(self, rows: Sequence[Asked]) -> dict[int, list[Asked]]:
        """Return the rows of each sheet by the record or metric that it is for."""
        found: dict[int, list[Asked]] = {}
        for row in rows:
            record, metric, *_ = row.series
            found.setdefault(record if self._by_record else metric, []).append(row)
        if len(found) > MOST_SHEETS:
            raise InvalidInput(
                msg("A template has {most} sheets at most, not {wanted}; choose fewer records or metrics.",
                    most=MOST_SHEETS, wanted=len(found))
            )  # fmt: skip
        return found

    @property
    def _by_record(self) -> bool:
        return self._collection.sheet_for == "record"

    def _name_of(self, id: int) -> str:
        return self._labels.of("entity" if self._by_record else "metric").get(id, str(id))

    def _asked_metrics(self) -> list[tuple[str, str, str]]:
        """Return the metrics asked for, with what they mean and their units, by name."""
        units: dict[int, dict[str, None]] = {}
        for row in (row for rows in self.groups.values() for row in rows):
            units.setdefault(row.series[1], {})[self._units.words(row.unit, row.multiplier)] = None
        names = self._labels.of("metric")
        found = [(names.get(id, ""), self._asking.metrics[id], ", ".join(told)) for id, told in units.items()]
        return sorted((name, self._defined(metric.id), unit) for name, metric, unit in found)

    def _defined(self, metric: int) -> str:
        known = self._asking.metrics[metric]
        counted = known.statistical_unit
        said = self._say(msg("Counted are: {statistical_unit}.", statistical_unit=counted)) if counted else ""
        return " ".join(part for part in (known.definition, said) if part)

    def _form(self, sheet: str, title: str, rows: Sequence[Asked]) -> Form:
        units = {self._units.words(row.unit, row.multiplier) for row in rows}
        unit = units.pop() if len(units) == 1 else ""
        words = {"allowed": msg("What is allowed"), "refused": msg("This does not fit"),
                 "choose": msg("Choose one from the list.")}  # fmt: skip
        return Form(
            sheet, title, sheet_lines(self._collection), self._columns(rows, unit),
            [self._row(row, bool(unit)) for row in rows], noted="metric_id" if self._by_record else "entity_id",
            words={key: self._say(text) for key, text in words.items()},
        )  # fmt: skip

    def _columns(self, rows: Sequence[Asked], unit: str) -> list[FormColumn]:
        """Return the columns: what is asked and known, the answer, and at the end what leads back to the records."""
        group = "entity_id" if self._by_record else "metric_id"
        idle = {group} if any(row.series[2] for row in rows) else {group, "sector_id"}
        value = msg("Value ({unit})", unit=unit) if unit else self._headers["value"].header
        shown = [key for key in LOCKED if key not in idle]
        folded = [key for key in ("entity_id", "metric_id", "sector_id") if key in idle]
        return [
            *(self._locked(key) for key in shown),
            FormColumn("value", self._say(value), PLAIN, asked=True, least=16),
            replace(self._asked("unit_id", 16), header=self._say(OTHER_UNIT)) if unit else self._asked("unit_id", 16),
            *(self._asked(key, 16) for key in ("status", "scope", "scenario")),
            self._asked("note", 44),
            *(FormColumn(key, self._say(self._headers[key].header), MUTED_TEXT, helper=True) for key in folded),
            *(FormColumn(key + ID_OF, self._say(self._headers[key].id_header), MUTED, helper=True) for key in HELPERS),
            FormColumn("multiplier", self._say(self._headers["multiplier"].header), MUTED, helper=True),
            FormColumn("last", self._say(LAST_NUMBER), MUTED, helper=True),
        ]  # fmt: skip

    def _locked(self, key: str) -> FormColumn:
        header = LAST_KNOWN if key == "known" else self._headers[key].header
        return FormColumn(key, self._say(header), MUTED_TEXT if key == "known" else TEXT)

    def _asked(self, key: str, width: int) -> FormColumn:
        look, strict = Style("@", wrap=key == "note"), key not in FREE
        return FormColumn(key, self._say(self._headers[key].header), look, asked=True, strict=strict, least=width)

    def _row(self, asked: Asked, one_unit: bool) -> FormRow:
        record, metric, sector, scope = asked.series
        words = self._units.words(asked.unit, asked.multiplier)
        cells: dict[str, CellContent] = {
            "entity_id": self._labels.of("entity").get(record), "entity_id" + ID_OF: record,
            "metric_id": self._labels.of("metric").get(metric), "metric_id" + ID_OF: metric,
            "sector_id": self._labels.of("sector").get(sector or 0), "sector_id" + ID_OF: sector,
            "period": asked.period.text, "known": self._known(asked), "unit_id": None if one_unit else words or None,
            "unit_id" + ID_OF: asked.unit, "multiplier": asked.multiplier, "last": asked.last, "scope": scope or None,
            "scenario": translated(SCENARIOS.label(asked.scenario), self._language),
        }  # fmt: skip
        lists = {"status": "status", "scenario": "scenario", **self._own_lists(asked)}
        note = self._defined(metric) if self._by_record else ""
        look = self._look(asked)
        return FormRow(cells, lists, asked.limits, hint(asked.limits, words, self._language), note, look)

    def _own_lists(self, asked: Asked) -> dict[str, str]:
        """Return the lists of units and scopes for a row; each is written once."""
        units = self._units.beside(asked.unit, asked.multiplier)
        scopes = self._asking.scopes(asked.series[1])
        found = {"unit_id": f"unit {asked.unit} {asked.multiplier:g}"} if units else {}
        found |= {"scope": f"scope {asked.series[1]}"} if scopes else {}
        for key, values in (("unit_id", units), ("scope", scopes)):
            if key in found:
                self._lists.setdefault(found[key], values)
        return found

    def _known(self, asked: Asked) -> str | None:
        """Return the last known figure with its period; with its unit where it is not the one asked for."""
        if asked.known is None:
            return None
        known = asked.known
        unit = self._units.words(known.unit, 1) if known.unit != asked.unit else ""
        quantity = known.quantity
        if known.unit in self._asking.units:
            quantity = replace(quantity, unit=self._asking.units[known.unit].code)
        figure = " ".join(part for part in (format_quantity(quantity, self._language), unit) if part)
        period = known.period.format(self._language)
        return f"{figure} · {period}" if period else figure

    def _look(self, asked: Asked) -> str:
        code = self._asking.units[asked.unit].code if asked.unit in self._asking.units else ""
        if code == CALENDAR_YEAR:
            return "0"
        return digits_format(decimals(asked.last), "") if asked.last is not None else "General"

    def _stamp(self, book: WorkbookWriter, sheets: Sequence[SheetStamp]) -> Stamp:
        catalogue = self._catalogue
        stamp = Stamp(
            catalogue.identity, catalogue.revision, catalogue.schema, self._language, uuid.uuid4().hex,
            datetime.now(UTC).isoformat(timespec="seconds"), "", tuple(sheets),
        )  # fmt: skip
        sheet = book.add(STAMP, [Column("", TEXT)])
        for piece in pieces(stamp.to_json()):
            sheet.line(piece, TEXT)
        sheet.sheet.very_hidden()
        book.mark(PROPERTY, NAME, stamp.export)
        return stamp

    def _options(self, options: Iterable[Option]) -> list[str]:
        return [translated(option.label, self._language) for option in options]

    def _say(self, text: Text) -> str:
        return translated(text, self._language)
