"""Reads a workbook that the catalogue wrote itself: records with their ids, each cell typed or named as a problem."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from storage.domain.fields import RecordKind
from storage.domain.problem import Problem
from storage.domain.text import msg
from storage.errors import InvalidInput
from storage.workbook.delimited_writer import unguarded
from storage.workbook.sheet import CellValue, Sheet, Workbook, address, column_letters, text_of
from storage.workbook.stamp import PIECE, Stamp
from storage.workbook.streamed import utf16_length
from storage.workbook.tidy_cells import Read, cell_reader, read_id, read_words
from storage.workbook.tidy_columns import ID_OF, tidy_columns
from storage.workbook.tidy_sheets import Placed, filled, find_sheets, stamp_of

LongTexts = Mapping[tuple[str, int, str], list[str]]
Cells = tuple[Any, ...]
# what the cells of records say, by id: for a kind, the keys of the wanted columns and some ids
Known = Callable[[str, Sequence[str], Sequence[int]], Mapping[int, Cells]]
CHUNK = 4_000  # rows held against what is known at a time
ALIKE = 1e-14  # relative; other programs keep 15 digits of a number
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
class Untouched:
    """Rows of a sheet that say what is known of their records: their ids, and where they stand, from 0."""

    sheet: str
    column: int
    ids: array[int] = field(default_factory=lambda: array("q"))
    rows: array[int] = field(default_factory=lambda: array("q"))

    def cell(self, id: int) -> str:
        """Return the cell that stands for a record, with the sheet; blank when it is not among them."""
        return f"{self.sheet}!{address(self.rows[self.ids.index(id)], self.column)}" if id in self.ids else ""


@dataclass(frozen=True)
class TidyRead:
    """What the workbook holds; `lists` is the sheet of names exported for ids; `ignored` counts cells left out.

    `records` are the rows that say something else than what is known; `untouched` has the others, by kind.
    """

    records: tuple[StagedRecord, ...]
    problems: tuple[Problem, ...]
    ignored: int
    lists: Sheet | None = None
    untouched: Mapping[str, Untouched] = field(default_factory=dict)


def is_tidy(workbook: Workbook, kinds: Mapping[str, RecordKind]) -> bool:
    """Tell whether the catalogue wrote the workbook: by its stamp, else by sheets and headers."""
    return stamp_of(workbook) is not None or bool(find_sheets(workbook, kinds).records)


def _nothing(kind: str, keys: Sequence[str], ids: Sequence[int]) -> Mapping[int, Cells]:
    return {}


def read_tidy(
    workbook: Workbook, kinds: Mapping[str, RecordKind], stamp: Stamp | None = None, known: Known = _nothing
) -> TidyRead:
    """Read all records; a cell that cannot be read becomes a problem and spoils its row alone.

    `stamp` is that of a workbook that has lost its own.
    """
    found = find_sheets(workbook, kinds, stamp)
    texts = _long_texts(found.texts)
    problems = list(found.problems)
    records: list[StagedRecord] = []
    untouched: dict[str, Untouched] = {}
    ignored = sum(filled(sheet) for sheet in found.foreign)
    for placed in found.records:
        rows = _Rows(placed, texts, known)
        records.extend(rows.read())
        problems += rows.further
        untouched[placed.kind.key] = rows.untouched
        ignored += filled(placed.sheet, (*placed.stray, *placed.doubled), placed.header_row + 1)
    return TidyRead(tuple(records), tuple(problems), ignored, found.lists, untouched)


class _Rows:
    """Reads the rows of one sheet."""

    def __init__(self, placed: Placed, texts: LongTexts, known: Known) -> None:
        self.further: list[Problem] = []
        self.untouched = Untouched(placed.sheet.name, placed.places.get("id", 0))
        self._placed = placed
        self._texts = texts
        self._known = known
        self._guarded = placed.sheet.texts is not None
        self._letters = {key: column_letters(column) for key, column in placed.places.items()}
        places = placed.places
        columns = [column for column in tidy_columns(placed.kind) if column.key in places]
        self._plain: list[tuple[str, int, Read]] = [
            (c.key, places[c.key], cell_reader(c)) for c in columns if c.part != "reference"
        ]
        self._named = [(c.key, places[c.key], places.get(c.key + ID_OF)) for c in columns if c.part == "reference"]

    def read(self) -> Iterator[StagedRecord]:
        """Read every row below the header that neither is blank nor says what is known."""
        sheet, first = self._placed.sheet, self._placed.header_row + 1
        for start in range(first, sheet.height, CHUNK):
            rows = range(start, min(start + CHUNK, sheet.height))
            yield from self._staged(rows if self._guarded else self._touched(rows))

    def _staged(self, rows: Sequence[int]) -> Iterator[StagedRecord]:
        sheet, places = self._placed.sheet, sorted(self._placed.places.values())
        for row in rows:
            cells = self._cells(sheet, row)
            if any(place < len(cells) and cells[place] not in (None, "") for place in places):
                yield self._record(row, cells)

    def _touched(self, rows: range) -> list[int]:
        """Return the rows that say something else than what is known of their ids; note the others."""
        keys, places = list(self._placed.places), list(self._placed.places.values())
        if "id" not in keys or len(keys) < 2:
            return list(rows)
        pick, width, own = itemgetter(*places), max(places) + 1, keys.index("id")
        cells = [pick(row if len(row) >= width else [*row, *[None] * (width - len(row))])
                 for row in self._placed.sheet.rows[rows.start : rows.stop]]  # fmt: skip
        ids = [int(row[own]) if type(row[own]) is float and row[own].is_integer() else None for row in cells]
        known = self._known(self._placed.kind.key, keys, [id for id in ids if id is not None])
        told = [known.get(id) if id is not None else None for id in ids]
        if told == cells:
            same = list(rows)
        else:
            same = [number for number, one, row in zip(rows, told, cells, strict=True) if one and _alike(one, row)]
        self.untouched.rows.extend(same)
        self.untouched.ids.extend(id for number in same if (id := ids[number - rows.start]) is not None)
        return sorted(set(rows) - set(same)) if len(same) < len(rows) else []

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
        """Join the parts of long texts to their first one; a cell that was cleared or says something short is whole."""
        for key, value in values.items():
            rest = self._texts.get((self._placed.kind.key, id, key))
            if rest and value and utf16_length(value) >= PIECE // 2:
                values[key] = value + "".join(rest)


def _alike(told: Cells, row: Cells) -> bool:
    """Tell whether two rows of cells are the same, as far as other programs keep numbers."""
    return told == row or all(
        one == other or (type(other) is float and isinstance(one, float) and math.isclose(one, other, rel_tol=ALIKE))
        for one, other in zip(told, row, strict=True)
    )


def _long_texts(sheet: Sheet | None) -> LongTexts:
    found: dict[tuple[str, int, str], list[tuple[float, str]]] = defaultdict(list)
    for row in sheet.rows[1:] if sheet else []:
        kind, id, key, number, text = (list(row) + [None] * 5)[:5]
        if isinstance(id, float) and isinstance(number, float):
            found[text_of(kind), int(id), text_of(key)].append((number, text_of(text)))
    return {key: [text for _, text in sorted(parts)] for key, parts in found.items()}


def exported_names(sheet: Sheet | None, key: str) -> dict[int, str]:
    """Return the names that were exported for ids, of one list; none where the sheet has it not."""
    headers = [text_of(value) for value in sheet.rows[0]] if sheet else []
    if sheet is None or key not in headers or key + ID_OF not in headers:
        return {}
    ids, names = (sheet.column(headers.index(header), 1) for header in (key + ID_OF, key))
    pairs = zip(ids, names, strict=False)
    return {int(id): text_of(name).strip() for id, name in pairs if isinstance(id, float) and id.is_integer()}
