"""Reads a workbook that the catalogue wrote itself: records with their ids, each cell typed or named as a problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.domain.fields import RecordKind
from storage.domain.problem import Problem
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.workbook.delimited_writer import unguarded
from storage.workbook.sheet import CellValue, Sheet, Workbook, address, column_letters, text_of
from storage.workbook.stamp import Stamp
from storage.workbook.tidy_cells import Read, cell_reader, read_id, read_words
from storage.workbook.tidy_columns import ID_OF, tidy_columns
from storage.workbook.tidy_sheets import Placed, filled, find_sheets, stamp_of

LongTexts = Mapping[tuple[str, int, str], list[str]]
REMEDY = msg("Correct the cell and bring the workbook in again.")


@dataclass(frozen=True)
class StagedRecord:
    """One row: values by stored column, and references as (id beside the name, name); `row` counts from 0.

    `problem` is the first cell that could not be read; `letters` are those of the columns by key.
    """

    kind: str
    id: int | None
    sheet: str
    row: int
    values: dict[str, Any]
    references: dict[str, tuple[int | None, str]]
    letters: Mapping[str, str]
    problem: Problem | None = None

    def cell(self, key: str = "id") -> str:
        """Return the address of a column's cell in this row, of the id without a key."""
        return f"{self.letters.get(key) or next(iter(self.letters.values()))}{self.row + 1}"


@dataclass(frozen=True)
class TidyRead:
    """What the workbook holds; `names` are those exported for ids, by list; `ignored` counts cells left out."""

    records: tuple[StagedRecord, ...]
    problems: tuple[Problem, ...]
    ignored: int
    stamp: Stamp | None = None
    names: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def is_tidy(workbook: Workbook, kinds: Mapping[str, RecordKind]) -> bool:
    """Tell whether the catalogue wrote the workbook: by its stamp, else by sheets and headers."""
    return stamp_of(workbook) is not None or bool(find_sheets(workbook, kinds).records)


def read_tidy(workbook: Workbook, kinds: Mapping[str, RecordKind]) -> TidyRead:
    """Read all records; a cell that cannot be read becomes a problem and spoils its row alone."""
    found = find_sheets(workbook, kinds)
    texts = _long_texts(found.texts)
    problems = list(found.problems)
    records: list[StagedRecord] = []
    ignored = sum(filled(sheet) for sheet in found.foreign)
    for placed in found.records:
        rows = _Rows(placed, texts, guarded=placed.sheet.texts is not None)
        records.extend(rows.read())
        problems += rows.further
        ignored += filled(placed.sheet, (*placed.stray, *placed.doubled), placed.header_row + 1)
    return TidyRead(tuple(records), tuple(problems), ignored, found.stamp, _names(found.lists))


class _Rows:
    """Reads the rows of one sheet."""

    def __init__(self, placed: Placed, texts: LongTexts, *, guarded: bool) -> None:
        self.further: list[Problem] = []
        self._placed = placed
        self._texts = texts
        self._guarded = guarded
        self._letters = {key: column_letters(column) for key, column in placed.places.items()}
        places = placed.places
        columns = [column for column in tidy_columns(placed.kind) if column.key in places]
        self._plain: list[tuple[str, int, Read]] = [
            (c.key, places[c.key], cell_reader(c)) for c in columns if c.part != "reference"
        ]
        self._named = [(c.key, places[c.key], places.get(c.key + ID_OF)) for c in columns if c.part == "reference"]

    def read(self) -> Iterator[StagedRecord]:
        """Read every row below the header that is not blank."""
        sheet, places = self._placed.sheet, sorted(self._placed.places.values())
        for row in range(self._placed.header_row + 1, sheet.height):
            cells = self._cells(sheet, row)
            if any(place < len(cells) and cells[place] not in (None, "") for place in places):
                yield self._record(row, cells)

    def _cells(self, sheet: Sheet, row: int) -> list[CellValue]:
        if self._guarded and sheet.texts is not None:
            return [unguarded(text) or None for text in sheet.texts[row]]
        return sheet.rows[row]

    def _record(self, row: int, cells: list[CellValue]) -> StagedRecord:
        self._found: list[Problem] = []
        width = len(cells)

        def read(place: int | None, reader: Read) -> Any:
            value = cells[place] if place is not None and place < width else None
            return None if value is None or place is None else self._read(reader, value, row, place)

        id = read(self._placed.places.get("id"), read_id)
        values = {key: read(place, reader) for key, place, reader in self._plain}
        references = {
            key: (read(beside, read_id), read(place, read_words) or "") for key, place, beside in self._named
        }  # fmt: skip
        if id is not None and self._texts:
            self._lengthen(id, values)
        self.further += self._found[1:]
        problem = self._found[0] if self._found else None
        kind = self._placed.kind.key
        return StagedRecord(kind, id, self._placed.sheet.name, row, values, references, self._letters, problem)

    def _read(self, reader: Read, value: CellValue, row: int, place: int) -> Any:
        try:
            return reader(value)
        except InvalidInput as error:
            self._found.append(Problem(self._placed.sheet.name, address(row, place), error.text, REMEDY))
            return None

    def _lengthen(self, id: int, values: dict[str, Any]) -> None:
        """Join the parts of long texts to their first one; a cell that was cleared stays blank."""
        for key, value in values.items():
            rest = self._texts.get((self._placed.kind.key, id, key))
            if rest and value:
                values[key] = value + "".join(rest)


def _long_texts(sheet: Sheet | None) -> LongTexts:
    found: dict[tuple[str, int, str], list[tuple[float, str]]] = defaultdict(list)
    for row in sheet.rows[1:] if sheet else []:
        kind, id, key, number, text = (list(row) + [None] * 5)[:5]
        if isinstance(id, float) and isinstance(number, float):
            found[text_of(kind), int(id), text_of(key)].append((number, text_of(text)))
    return {key: [text for _, text in sorted(parts)] for key, parts in found.items()}


def _names(sheet: Sheet | None) -> dict[str, dict[int, str]]:
    """Return the names that were exported for ids, by list."""
    if sheet is None:
        return {}
    headers = [text_of(value) for value in sheet.rows[0]]
    found: dict[str, dict[int, str]] = {}
    for place, header in enumerate(headers):
        key = header.removesuffix(ID_OF)
        if key != header and key in headers:
            pairs = zip(sheet.column(place, 1), sheet.column(headers.index(key), 1), strict=False)
            found[key] = {int(id): text_of(name).strip() for id, name in pairs if isinstance(id, float)}
    return found
