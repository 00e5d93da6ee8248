"""The catalogue, or one view of it, as a workbook that can be edited and brought back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from storage.catalogue import Catalogue
from storage.domain.drawing import Drawing
from storage.domain.exported import Export
from storage.domain.heap import many_objects
from storage.domain.query import Query, Where
from storage.domain.summary import Series
from storage.domain.text import Text, msg
from storage.errors import CatalogueError, WorkbookError
from storage.exchange.comparison import Comparison
from storage.exchange.labels import Labels
from storage.exchange.origin import remembered
from storage.exchange.record_sheets import (
    FigureStyles,
    Ids,
    RecordTable,
    Stored,
    gather_lists,
    list_ranges,
    write_lists,
)  # fmt: skip
from storage.exchange.wide import WideFigures
from storage.translations import translated
from storage.workbook.delimited_writer import write_delimited
from storage.workbook.stamp import NAME, PROPERTY, SheetStamp, Stamp, pieces
from storage.workbook.streamed import MOST_CHARACTERS, CellContent
from storage.workbook.tidy_columns import LONG_HEADERS, LONG_TEXTS, OBSERVATIONS, RECORD_KINDS, STAMP, WIDE, sheet_title
from storage.workbook.writer import TEXT, Column, SheetWriter, WorkbookWriter

Tell = Callable[[int, int], None]
OWNERS_AT_ONCE = 200
WIDE_HINT = msg(
    "Only to look at: what is changed on this sheet is not read back. Change the sheet “{sheet}”.", sheet=OBSERVATIONS
)
SERIES_NAMES = (
    msg("Record"), msg("Metric"), msg("Sector"), msg("Unit"), msg("Scope"), msg("Scenario"), msg("Measure"),
)  # fmt: skip


@dataclass(frozen=True)
class ExportReport:
    """What was written: records by kind, the revision that they stand at, and the id of the export."""

    path: Path
    revision: int
    rows: Mapping[str, int]
    export: str = ""


@many_objects()
def export_catalogue(
    catalogue: Catalogue,
    path: Path,
    *,
    query: Query | None = None,
    language: str = "en",
    tell: Tell = lambda done, total: None,
) -> ExportReport:
    """Write the whole catalogue, or the records that a query finds, to .xlsx (a query also to .csv).

    `tell` hears of the progress and may raise to stop; nothing is left behind then. Raise WorkbookError.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv" and query is not None:
        return _export_delimited(catalogue, path, query, language)
    if suffix != ".xlsx":
        raise WorkbookError(
            msg("“{file}” is no name for an export; end it in .xlsx, or in .csv for a single table.", file=path.name)
        )
    revision = catalogue.revision
    with WorkbookWriter(path) as book:
        export = _Export(catalogue, book, language, tell)
        made = export.write(query, revision)
        if catalogue.revision != revision:
            raise CatalogueError(msg("The catalogue changed while it was exported; export it again."))
        catalogue.remember_export(made)
    return ExportReport(path, revision, export.written, export.id)


def export_figures(path: Path, title: str, series: Sequence[Series], language: str, drawing: Drawing) -> None:
    """Write a comparison: native charts, figures wide and long, every passage cited; raise WorkbookError."""
    with WorkbookWriter(path) as book:
        Comparison(title, series, language, drawing).write(book)


def _export_delimited(catalogue: Catalogue, path: Path, query: Query, language: str) -> ExportReport:
    table = RecordTable.of(catalogue.kinds[query.kind], Labels(catalogue, language), language)
    ids, revision = catalogue.ids(query), catalogue.revision

    def rows() -> Iterator[Sequence[CellContent]]:
        keys, headers = zip(*table.headers(), strict=True)
        yield headers
        for stored in table.read(catalogue, ids):
            yield from zip(*table.shown(keys, stored), strict=True)

    write_delimited(path, rows())
    return ExportReport(path, revision, {query.kind: len(ids)})


@dataclass
class _Export:
    """One workbook on its way."""

    catalogue: Catalogue
    book: WorkbookWriter
    language: str
    tell: Tell
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    written: dict[str, int] = field(default_factory=dict)
    stamps: list[SheetStamp] = field(default_factory=list)
    long_texts: list[list[CellContent]] = field(default_factory=list)

    def write(self, query: Query | None, revision: int) -> Export:
        """Write every sheet; return what is to be remembered of it."""
        labels = Labels(self.catalogue, self.language)
        wanted = self._wanted(query)
        total = sum(len(ids) for ids in wanted.values())
        tables = [RecordTable.of(self.catalogue.kinds[kind], labels, self.language) for kind in wanted]
        lists = gather_lists(tables)
        ranges = list_ranges(lists)
        figures = WideFigures(labels, self.language)
        for table in tables:
            sheet = self.book.add(self._say(sheet_title(table.kind)), table.looks(ranges))
            self._records(sheet, table, wanted[table.kind.key], figures, total)
        self._wide(figures)
        self._long()
        self.stamps.append(write_lists(self.book, lists))
        return remembered(self._stamp(query, revision), wanted)

    def _wanted(self, query: Query | None) -> dict[str, Ids]:
        if query is None:
            return {kind: self.catalogue.ids(Query(kind)) for kind in RECORD_KINDS}
        found: dict[str, Ids] = {query.kind: self.catalogue.ids(query)}
        if self.catalogue.kinds[query.kind].is_entity:
            owners = [int(id) for id in found[query.kind]]
            found["observation"] = [
                int(id)
                for start in range(0, len(owners), OWNERS_AT_ONCE)
                for id in self.catalogue.ids(_figures_of(tuple(owners[start : start + OWNERS_AT_ONCE])))
            ]
        return found

    def _records(self, sheet: SheetWriter, table: RecordTable, ids: Ids, figures: WideFigures, total: int) -> None:
        sheet.header(2)
        done = sum(self.written.values())
        keys = [key for key, _ in table.headers()]
        observed = FigureStyles(self.book, table, figures.units) if table.kind.key == "observation" else None
        for stored in table.read(self.catalogue, ids):
            self.tell(done + sheet.rows, total)
            styles = observed.styled(stored, sheet.styles) if observed else sheet.styles
            sheet.many(self._shortened(table, keys, stored), styles)
            if observed:
                figures.add(stored)
        self.written[table.kind.key] = sheet.rows
        self.stamps.append(
            SheetStamp(sheet.name, "records", table.kind.key, tuple(table.headers()), sheet.rows)
        )  # fmt: skip

    def _shortened(self, table: RecordTable, keys: Sequence[str], stored: Stored) -> list[Sequence[CellContent]]:
        """Return the columns as they are shown, with the beginnings of those texts that no cell takes."""
        found = table.shown(keys, stored)
        for key in table.longer(MOST_CHARACTERS // 2, stored):
            texts = zip(stored["id"], stored[key], strict=True)
            found[keys.index(key)] = [self._cut(table, id, key, text) if text else None for id, text in texts]
        return found

    def _cut(self, table: RecordTable, id: int, key: str, text: str) -> str:
        first, *rest = pieces(text)
        self.long_texts += [[table.kind.key, id, key, number, part] for number, part in enumerate(rest, 2)]
        return first

    def _wide(self, figures: WideFigures) -> None:
        if not figures.table.series:
            return
        names = [self._say(name) for name in SERIES_NAMES]
        sheet = figures.table.write(self.book, self._say(WIDE), [self._say(WIDE_HINT)], names)
        self.stamps.append(SheetStamp(sheet.name, "aid"))

    def _long(self) -> None:
        if not self.long_texts:
            return
        sheet = self.book.add(self._say(LONG_TEXTS), [Column(self._say(header), TEXT) for header in LONG_HEADERS])
        sheet.header()
        for row in self.long_texts:
            sheet.row(row)
        self.stamps.append(SheetStamp(sheet.name, "texts", rows=sheet.rows))

    def _stamp(self, query: Query | None, revision: int) -> Stamp:
        stamp = Stamp(
            self.catalogue.identity, revision, self.catalogue.schema, self.language, self.id,
            datetime.now(UTC).isoformat(timespec="seconds"), query.to_json() if query else "", tuple(self.stamps),
        )  # fmt: skip
        sheet = self.book.add(STAMP, [Column("", TEXT)])
        for piece in pieces(stamp.to_json()):
            sheet.line(piece, TEXT)
        sheet.sheet.very_hidden()
        self.book.mark(PROPERTY, NAME, self.id)
        return stamp

    def _say(self, text: Text) -> str:
        return translated(text, self.language)


def _figures_of(owners: tuple[int, ...]) -> Query:
    return Query("observation", Where("entity_id", "in", owners))
