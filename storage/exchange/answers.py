"""A filled-in template on its way back: its answers as figures of the very records and metrics that it asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from storage.catalogue import Catalogue
from storage.domain.periods import Period, PeriodError, parse_period
from storage.domain.problem import Problem
from storage.domain.proposal import Naming, Proposal
from storage.domain.quantities import Quantity, QuantityError, parse_quantity
from storage.domain.text import Text, msg
from storage.exchange.answer_limits import with_limits
from storage.exchange.instructions import FILLED_BY, FILLED_ON, ORGANISATION, summed_up
from storage.exchange.labels import Labels
from storage.exchange.lost_stamps import FORM, lost_stamp
from storage.exchange.mentions import Key, Mentions
from storage.exchange.origin import origin_of
from storage.exchange.proposing import Request, propose
from storage.exchange.sources import Stated
from storage.exchange.units_offered import typed_unit, unit_meanings
from storage.translations import LANGUAGES, translated
from storage.workbook.sheet import Workbook, place_of, text_of
from storage.workbook.staged import EntityName, MetricName, SectorName, Staged, StagedFigure
from storage.workbook.stamp import Stamp
from storage.workbook.tidy import StagedRecord, TidyRead, read_tidy

ELSEWHERE = msg(
    "A template of another catalogue, or one without its stamp: answers are matched by the names of records and "
    "metrics."
)
MOST_LINES = 200  # among which the labels of the instructions are looked for
NOBODY = (None, "")  # id and name that are blank
ROLES = ("entity", "metric", "sector", "unit")


def is_template(catalogue: Catalogue, workbook: Workbook) -> bool:
    """Whether the workbook is a template that Cluster Atlas wrote, filled in or not."""
    stamp = origin_of(catalogue, workbook).stamp or lost_stamp(catalogue, workbook)
    return stamp is not None and any(sheet.role == FORM for sheet in stamp.sheets)


def propose_answers(catalogue: Catalogue, workbook: Workbook, stop: Callable[[], None] = lambda: None) -> Proposal:
    """Return what the answers would change; a cell left blank says nothing."""
    stamp = origin_of(catalogue, workbook).stamp or lost_stamp(catalogue, workbook)
    own = stamp is not None and stamp.catalogue == catalogue.identity
    read = read_tidy(workbook, catalogue.kinds, stamp)
    answers = _Answers(catalogue, workbook, read, own)
    staged = answers.staged()
    request = Request(workbook.path, staged, Naming(answers.choices(staged)), source=_source(workbook, stamp))
    proposal = propose(catalogue, request, stop)
    if stamp is None or not own:
        return replace(proposal, banner=ELSEWHERE)
    return replace(with_limits(catalogue, proposal, answers.meant), banner=_counted(staged, read.records, stamp))


def _counted(staged: Sequence[Staged], records: Sequence[StagedRecord], stamp: Stamp) -> Text:
    """Return how many of the figures asked for were answered, and how many came that nobody asked for."""
    rows = {sheet.name: sheet.rows for sheet in stamp.sheets if sheet.role == "records"}
    asked: dict[str, list[str]] = {}
    for record in records:
        # a row that was copied bears ids too, but is below those that were written
        if record.references["entity_id"][0] and record.references["metric_id"][0]:
            cells = asked.setdefault(record.sheet, [])
            if len(cells) < rows.get(record.sheet, len(records)):
                cells.append(record.cell("value"))
    places = {name: frozenset(cells) for name, cells in asked.items()}
    found = [row.cell in places.get(sheet.sheet, ()) for sheet in staged for row in sheet.rows]
    given, more = sum(found), len(found) - sum(found)
    counts = {"given": f"{given:,}", "asked": f"{sum(rows.values()):,}"}
    if not more:
        return msg("A template filled in: {given} of {asked} figures were answered; blank cells change nothing.",
                   **counts)  # fmt: skip
    if more == 1:
        return msg("A template filled in: {given} of {asked} figures were answered, and 1 was added; blank cells "
                   "change nothing.", **counts)  # fmt: skip
    return msg("A template filled in: {given} of {asked} figures were answered, and {more} were added; blank cells "
               "change nothing.", more=f"{more:,}", **counts)  # fmt: skip


@dataclass
class _Answers:
    """Turns rows into staged figures, and their ids into choices: of other catalogues only those that names confirm."""

    catalogue: Catalogue
    workbook: Workbook
    read: TidyRead
    own: bool
    meant: list[tuple[StagedFigure, dict[str, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._units = unit_meanings(self.catalogue)
        labels, korean = Labels(self.catalogue, "en"), Labels(self.catalogue, "ko")
        self._there: dict[str, Mapping[int, str]] = {kind: labels.of(kind) for kind in ROLES}
        self._korean: dict[str, Mapping[int, str]] = {kind: korean.of(kind) for kind in ROLES}

    def staged(self) -> list[Staged]:
        """Return the answers of each sheet; a cell that cannot be read is a problem of its row."""
        sheets: dict[str, list[StagedRecord]] = {}
        for record in self.read.records:
            sheets.setdefault(record.sheet, []).append(record)
        found = [self._sheet(name, records) for name, records in sheets.items()]
        lost = tuple(problem for problem in self.read.problems if problem.sheet not in sheets)
        return [*found, Staged("", (), lost, 0)] if lost else found

    def _sheet(self, name: str, records: Sequence[StagedRecord]) -> Staged:
        figures: list[StagedFigure] = []
        problems = [problem for problem in self.read.problems if problem.sheet == name]
        for record in _completed(records):
            found = self._figure(record)
            if isinstance(found, Problem):
                problems.append(found)
            elif found is not None:
                figures.append(found)
        return Staged(name, tuple(figures), tuple(problems), 0)

    def _figure(self, record: StagedRecord) -> StagedFigure | Problem | None:
        """Return the figure of a row, why it cannot be taken, or None for one that was not answered."""
        stated = self._stated(record)
        if isinstance(stated, Problem):
            return stated
        if stated.missing:
            return _remark(record)
        period = _period(record.values.get("period") or "")
        if isinstance(period, Text):
            remedy = msg("Write the period as it was in the template.")
            return Problem(record.sheet, record.cell("period"), period, remedy)
        unit, unit_id, size = self._unit(record)
        quantity = self._sized(stated, unit_id, size)
        if quantity is None:
            return record.problem
        named = {key.removesuffix("_id"): pair for key, pair in record.references.items()}
        sector = named.get("sector", (None, ""))[1]
        figure = StagedFigure(
            record.cell("value"), EntityName(named["entity"][1]), MetricName(named["metric"][1]),
            SectorName(sector) if sector else None, period, quantity, unit,
            *(record.values.get(key) or "" for key in ("status", "scope", "scenario", "note")),
        )  # fmt: skip
        ids = {role: id for role, (id, _) in named.items() if id is not None} | ({"unit": unit_id} if unit_id else {})
        self.meant.append((figure, ids))
        return figure

    def _stated(self, record: StagedRecord) -> Quantity | Problem:
        """Return the figure of a row, also one in words: about 80,000, 8만, n/a."""
        if record.problem is None:
            return Quantity(record.values.get("value"))
        sheet, place = self.workbook.sheet(record.sheet), place_of(record.problem.cell)
        value = sheet.value(*place) if sheet and place else None
        if record.problem.cell != record.cell("value") or not isinstance(value, str):
            return record.problem
        try:
            return parse_quantity(value)
        except QuantityError:
            return record.problem

    def _sized(self, stated: Quantity, unit: int | None, size: float) -> Quantity | None:
        """Return a figure in the size of its unit; None where its words name another unit, or a size beside another."""
        if stated.unit and self._units.get(stated.unit, (None,))[0] != unit:
            return None
        if stated.multiplier != 1 and size not in (1, stated.multiplier):
            return None
        return replace(stated, multiplier=size if stated.multiplier == 1 else stated.multiplier, unit="")

    def _unit(self, record: StagedRecord) -> tuple[str, int | None, float]:
        """Return name, id and size of the unit: the one written in the row, else the one asked for."""
        asked, words = record.references.get("unit_id", (None, ""))
        if not words:
            name = self._there["unit"].get(asked or 0, "") if self.own else self._confirmed(record, asked)
            return name, asked if name else None, record.values.get("multiplier") or 1.0
        if words in self._units:
            id, size = self._units[words]
            return self._there["unit"][id], id, size
        name, size = typed_unit(words)
        return name, None, size

    def _confirmed(self, record: StagedRecord, unit: int | None) -> str:
        """Return the unit that was asked for, where the metric beside is the one whose id it bears."""
        metric, name = record.references["metric_id"]
        return self._there["unit"].get(unit or 0, "") if metric and self._called("metric", metric, name) else ""

    def _called(self, role: str, id: int, name: str) -> bool:
        return name in (self._there[role].get(id), self._korean[role].get(id))

    def choices(self, staged: Sequence[Staged]) -> dict[Key, int]:
        """Return the records that names mean by the ids beside them."""
        mentions = Mentions(staged)
        found: dict[Key, int] = {}
        for row, ids in self.meant:
            of_role = {"entity": mentions.entity(row.entity), "metric": mentions.metric(row),
                       "sector": mentions.sector(row), "unit": mentions.unit(row)}  # fmt: skip
            for role, mention in of_role.items():
                id = ids.get(role)
                if (
                    mention is not None
                    and id in self._there[role]
                    and (self.own or self._called(role, ids[role], mention.name))
                ):
                    found[mention.key] = ids[role]
        return found


def _completed(records: Sequence[StagedRecord]) -> list[StagedRecord]:
    """Return rows with the record or metric that all others of the sheet share, where somebody added one without."""
    shared: dict[str, tuple[int | None, str]] = {}
    for role in ("entity_id", "metric_id"):
        told = {record.references[role] for record in records} - {NOBODY}
        if len(told) == 1:
            shared[role] = told.pop()
    return [
        replace(record, references=record.references | {
            role: pair for role, pair in shared.items() if record.references[role] == NOBODY
        })
        for record in records
    ]  # fmt: skip


def _remark(record: StagedRecord) -> Problem | None:
    """Return the finding of a row that says something but gives no figure."""
    note = record.values.get("note")
    if not note:
        return None
    cause = msg("There is no figure here, but a note: “{note}”.", note=note)
    remedy = msg("Nothing is taken over; ask for the figure if it is needed.")
    return Problem(record.sheet, record.cell("note"), cause, remedy)


def _period(text: str) -> Period | Text:
    try:
        return parse_period(text)
    except PeriodError as error:
        return error.text


def _source(workbook: Workbook, stamp: Stamp | None) -> Stated:
    """Return the source that the answers make; a second edition by the same person is the same source."""
    who, organisation, when = (_filled(workbook, label) for label in (FILLED_BY, ORGANISATION, FILLED_ON))
    language, day = (stamp.language, stamp.at[:10]) if stamp else ("en", "")
    sheets = [sheet.name for sheet in stamp.sheets if sheet.role == "records"] if stamp else []
    answered = ", ".join(part for part in (who, organisation) if part) or workbook.path.stem
    about = summed_up(sheets, language)
    title = msg("Data collection of {day}: {about} ({who})", day=day, about=about, who=answered)
    if not day:
        title = msg("Data collection: {about} ({who})", about=about, who=answered)
    published = _period(when) if when else None
    more: dict[str, str | None] = {"type": "workbook", "author": who or None, "publisher": organisation or None}
    if isinstance(published, Period):
        more |= {"published": published.text, "published_start": published.start, "published_end": published.end}
    return Stated(translated(title, language), more=more)


def _filled(workbook: Workbook, label: Text) -> str:
    """Return what stands right of a label, in any language, on whichever sheet it is."""
    labels = {translated(label, language) for language in LANGUAGES}
    for sheet in workbook.sheets:
        for number, row in enumerate(sheet.rows[:MOST_LINES]):
            if len(row) > 1 and sheet.text(number, 0) in labels:
                value = row[1]
                return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else text_of(value).strip()
    return ""
