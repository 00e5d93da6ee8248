"""Records of one kind as a sheet: an id, every stored column, names for references and lists to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storage.catalogue import Catalogue
from storage.domain.fields import Choice, Number, RecordKind, Reference, YesNo
from storage.domain.query import Query, Where
from storage.domain.text import Text, msg
from storage.exchange.labels import Labels
from storage.translations import translated
from storage.workbook.number_formats import decimals, figure_format
from storage.workbook.sheet import column_letters
from storage.workbook.stamp import SheetStamp
from storage.workbook.streamed import CellContent
from storage.workbook.tidy_columns import ID_HEADER, ID_OF, LISTS, TidyColumn, name_list, tidy_columns
from storage.workbook.writer import PLAIN, TEXT, Column, Style, WorkbookWriter

CHUNK = 4_000
MUTED = Style(muted=True)
Ids = Sequence[int] | NDArray[np.int64]
Row = tuple[Any, ...]
Write = Callable[[Any], CellContent]
Show = Callable[[Iterable[Any]], Iterable[Any]]

NOTES: dict[str, Text] = {
    "choice": msg("Choose one from the list."),
    "period": msg("For example 2015, 2015-Q2, 2015-12, 2011–2015 or 1990s."),
    "yes-no": msg("TRUE or FALSE."),
    "reference": msg("Choose a record from the list, or write the name of one that this workbook adds."),
}
ID_NOTE = msg("Leave it as it is: the record is known by it. Leave it blank in the row of a new record.")


@dataclass(frozen=True)
class RecordTable:
    """How the records of a kind are read and laid out in cells."""

    kind: RecordKind
    columns: tuple[TidyColumn, ...]
    labels: Labels
    language: str

    @staticmethod
    def of(kind: RecordKind, labels: Labels, language: str) -> RecordTable:
        """Lay out a kind."""
        return RecordTable(kind, tidy_columns(kind), labels, language)

    def headers(self) -> list[tuple[str, str]]:
        """Return key and header of every column of the sheet."""
        found = [("id", ID_HEADER)]
        for column in self.columns:
            found.append((column.key, translated(column.header, self.language)))
            if column.part == "reference":
                found.append((column.key + ID_OF, translated(column.id_header, self.language)))
        return found

    def rows(self, catalogue: Catalogue, ids: Ids) -> Iterator[tuple[int, Row]]:
        """Read id and stored columns of every record."""
        return stored_rows(catalogue, self.kind.key, ids, self.columns)

    def writers(self) -> list[tuple[int, Write]]:
        """Return for every cell after the id which stored column it shows, and how."""
        found: list[tuple[int, Write]] = []
        for place, column in enumerate(self.columns):
            kind = column.field.type
            if isinstance(kind, Reference):
                found += [(place, self.labels.of(kind.kind).get), (place, _as_is)]
            elif isinstance(kind, Choice):
                words = {option.key: translated(option.label, self.language) for option in kind.options}
                found.append((place, _chosen(words)))
            else:
                found.append((place, bool if kind.name == "yes-no" else _as_is))
        return found

    def cells(self, keys: Sequence[str], rows: Sequence[Row]) -> Iterator[Row]:
        """Return the cells of some columns, by key, as the sheet shows rows of (id, stored columns)."""
        stored = list(zip(*rows, strict=True)) or [()] * (len(self.columns) + 1)
        shown = dict(zip((key for key, _ in self.headers()), ((0, _same), *self._shown()), strict=True))
        return zip(*(show(stored[place]) for place, show in (shown[key] for key in keys)), strict=True)

    def _shown(self) -> Iterator[tuple[int, Show]]:
        """Return, like `writers`, what shows a whole column: a million cells, each by a call, take seconds."""
        for (place, write), (key, _) in zip(self.writers(), self.headers()[1:], strict=True):
            kind = self.columns[place].field.type
            if isinstance(kind, Reference):
                yield place + 1, _same if key.endswith(ID_OF) else partial(map, self.labels.of(kind.kind).get)
            elif isinstance(kind, Number) or kind.name == "yes-no":
                yield place + 1, _same
            elif isinstance(kind, Choice):
                yield place + 1, partial(map, write)
            else:
                yield place + 1, _blanked

    def any_longer(self, most: int, rows: Sequence[tuple[int, Row]]) -> bool:
        """Whether a text of the rows of (id, stored columns) is longer than so many characters."""
        kinds = enumerate(column.field.type for column in self.columns)
        worded = [place for place, kind in kinds if not isinstance(kind, (Reference, Number, Choice, YesNo))]
        return any(len(row[place] or "") > most for place in worded for _, row in rows)

    def looks(self, ranges: Mapping[str, str]) -> list[Column]:
        """Return how every column of the sheet looks."""
        found = [Column(ID_HEADER, MUTED, translated(ID_NOTE, self.language))]
        for column in self.columns:
            header, name = translated(column.header, self.language), column.field.type.name
            note = NOTES.get("period" if column.part == "period" else name)
            style = PLAIN if name in ("number", "yes-no") else TEXT
            helper = column.part == "day"
            choices, strict = ranges.get(self.list_of(column), ""), name == "choice"
            hint = translated(note, self.language) if note else ""
            found.append(Column(header, style, hint, choices, strict, helper))
            if column.part == "reference":
                found.append(Column(translated(column.id_header, self.language), MUTED, helper=True))
        return found

    def list_of(self, column: TidyColumn) -> str:
        """Return the list from which a column is chosen, blank for a free one."""
        kind = column.field.type
        if isinstance(kind, Reference):
            return name_list(kind.kind)
        return f"{self.kind.key}.{column.key}" if isinstance(kind, Choice) and kind.options else ""


def stored_rows(catalogue: Catalogue, kind: str, ids: Ids, columns: Sequence[TidyColumn]) -> Iterator[tuple[int, Row]]:
    """Read (id, stored columns) in the order of the ids, some thousands at a time, without those that are gone."""
    keys = [column.key for column in columns]
    for start in range(0, len(ids), CHUNK):
        chunk = [int(id) for id in ids[start : start + CHUNK]]
        rows = catalogue.stored(Query(kind, Where("id", "in", tuple(chunk))), keys)
        found = {row[0]: row[1:] for row in rows}
        yield from ((id, found[id]) for id in chunk if id in found)


def _same(column: Iterable[Any]) -> Iterable[Any]:
    return column


def _blanked(column: Iterable[Any]) -> Iterable[Any]:
    return [None if value == "" else value for value in column]


def _as_is(value: Any) -> CellContent:
    return None if value == "" else value


def _chosen(words: Mapping[str, str]) -> Write:
    return lambda key: words.get(key, key) if key else None


class FigureStyles:
    """Number formats of figures: as many decimals as the number has, multiplier and unit behind it."""

    def __init__(self, book: WorkbookWriter, table: RecordTable, units: Mapping[int, str]) -> None:
        names = [column.key for column in table.columns]
        self._book = book
        self._units = units
        self._language = table.language
        self._unit, self._multiplier = names.index("unit_id"), names.index("multiplier")
        keys = [key for key, _ in table.headers()]
        self._places = [(names.index(key), keys.index(key)) for key in ("value", "low", "high")]
        self._known: dict[tuple[int, float, Any], int] = {}

    def styled(self, row: Row, styles: Sequence[int]) -> Sequence[int]:
        """Return the styles of a row, with those of its figures."""
        found = list(styles)
        for source, place in self._places:
            if row[source] is not None:
                found[place] = self._style(row[source], row[self._multiplier], row[self._unit])
        return found

    def _style(self, value: float, multiplier: float, unit: int | None) -> int:
        key = (decimals(value), multiplier, unit)
        if key not in self._known:
            look = figure_format(key[0], multiplier, self._units.get(unit or 0, ""), self._language)
            self._known[key] = self._book.style(Style(look))
        return self._known[key]


Lists = dict[str, list[CellContent]]


def gather_lists(tables: Sequence[RecordTable]) -> Lists:
    """Return what references and choices are chosen from; beside each list of names that of their ids."""
    lists: Lists = {}
    for table in tables:
        for column in table.columns:
            kind, key = column.field.type, table.list_of(column)
            if isinstance(kind, Reference) and key not in lists:
                names = sorted(table.labels.of(key).items(), key=lambda item: item[1].casefold())
                lists[key] = [name for _, name in names]
                lists[key + ID_OF] = [id for id, _ in names]
            elif isinstance(kind, Choice) and key:
                lists[key] = [translated(option.label, table.language) for option in kind.options]
    return lists


def list_ranges(lists: Lists) -> dict[str, str]:
    """Return where each list stands on the sheet that `write_lists` makes."""
    return {
        key: f"={LISTS}!${column_letters(place)}$2:${column_letters(place)}${len(values) + 1}"
        for place, (key, values) in enumerate(lists.items())
        if values and not key.endswith(ID_OF)
    }


def write_lists(book: WorkbookWriter, lists: Lists) -> SheetStamp:
    """Write the hidden sheet of lists; return its stamp."""
    sheet = book.add(LISTS, [Column(key, TEXT) for key in lists])
    sheet.header()
    for row in zip_longest(*lists.values()):
        sheet.row(row)
    sheet.sheet.hide()
    return SheetStamp(LISTS, "lists", columns=tuple((key, key) for key in lists), rows=sheet.rows)
