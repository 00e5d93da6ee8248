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
from storage.domain.text import Text, msg
from storage.exchange.labels import Labels
from storage.translations import translated
from storage.workbook.number_formats import decimals, figure_format
from storage.workbook.sheet import column_letters
from storage.workbook.stamp import SheetStamp
from storage.workbook.streamed import CellContent, Styles
from storage.workbook.tidy_columns import ID_HEADER, ID_OF, LISTS, TidyColumn, name_list, tidy_columns
from storage.workbook.writer import PLAIN, TEXT, Column, Style, WorkbookWriter

CHUNK = 4_000
MUTED = Style(muted=True)
Ids = Sequence[int] | NDArray[np.int64]
Row = tuple[Any, ...]
Stored = Mapping[str, Sequence[Any]]  # columns of some records, by key
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

    def read(self, catalogue: Catalogue, ids: Ids) -> Iterator[Stored]:
        """Read the records in the order of the ids, some thousands at a time, without those that are gone."""
        keys = [column.key for column in self.columns]
        for start in range(0, len(ids), CHUNK):
            chunk = [int(id) for id in ids[start : start + CHUNK]]
            found = {row[0]: row for row in catalogue.stored_now(self.kind.key, keys, chunk)}
            yield self._by_column([found[id] for id in chunk if id in found])

    def writers(self) -> list[tuple[int, Write]]:
        """Return for every cell after the id which stored column it shows, and how."""
        found: list[tuple[int, Write]] = []
        for place, column in enumerate(self.columns):
            kind = column.field.type
            if isinstance(kind, Reference):
                found += [(place, self.labels.of(kind.kind).get), (place, _as_is)]
            elif isinstance(kind, Choice):
                words = {option.key: translated(option.label, self.language) for option in kind.options}
                found.append((place, Words(words).__getitem__))
            else:
                found.append((place, bool if kind.name == "yes-no" else _as_is))
        return found

    def cells(self, keys: Sequence[str], rows: Sequence[Row]) -> Iterator[Row]:
        """Return the cells of some columns, by key, as the sheet shows rows of (id, stored columns)."""
        return zip(*self.shown(keys, self._by_column(rows)), strict=True)

    def shown(self, keys: Sequence[str], stored: Stored) -> list[Sequence[CellContent]]:
        """Return some columns, by key, as the sheet shows them."""
        ways = dict(zip((key for key, _ in self.headers()), (("id", _same), *self._shown()), strict=True))
        return [list(show(stored[key])) for key, show in (ways[key] for key in keys)]

    def _by_column(self, rows: Sequence[Row]) -> Stored:
        """Turn rows of (id, stored columns) round."""
        columns = list(zip(*rows, strict=True)) or [()] * (len(self.columns) + 1)
        return dict(zip(("id", *(column.key for column in self.columns)), columns, strict=True))

    def _shown(self) -> Iterator[tuple[str, Show]]:
        """Return, like `writers`, what shows a whole column: a million cells, each by a call, take seconds."""
        for (place, write), (key, _) in zip(self.writers(), self.headers()[1:], strict=True):
            stored, kind = self.columns[place].key, self.columns[place].field.type
            if isinstance(kind, Reference):
                yield stored, _same if key.endswith(ID_OF) else partial(map, self.labels.of(kind.kind).get)
            elif isinstance(kind, Number) or kind.name == "yes-no":
                yield stored, _same
            elif isinstance(kind, Choice):
                yield stored, partial(map, write)
            else:
                yield stored, _blanked

    def longer(self, most: int, stored: Stored) -> list[str]:
        """Return the columns that hold a text of more than so many characters."""
        listed = (Reference, Number, Choice, YesNo)
        worded = [column.key for column in self.columns if not isinstance(column.field.type, listed)]
        return [key for key in worded if max(map(len, filter(None, stored[key])), default=0) > most]

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


def _same(column: Iterable[Any]) -> Iterable[Any]:
    return column


def _blanked(column: Iterable[Any]) -> Iterable[Any]:
    return [None if value == "" else value for value in column]


def _as_is(value: Any) -> CellContent:
    return None if value == "" else value


class Words(dict[str | None, str | None]):
    """What the keys of a choice are called; blank for none, and an unknown key as it is."""

    def __missing__(self, key: str | None) -> str | None:
        return key or None


class FigureStyles:
    """Number formats of figures: as many decimals as the number has, multiplier and unit behind it."""

    def __init__(self, book: WorkbookWriter, table: RecordTable, units: Mapping[int, str]) -> None:
        self._book = book
        self._units = units
        self._language = table.language
        keys = [key for key, _ in table.headers()]
        self._places = [(key, keys.index(key)) for key in ("value", "low", "high")]
        self._known: dict[tuple[int, float, Any], int] = {}

    def styled(self, stored: Stored, styles: Sequence[int]) -> list[Styles]:
        """Return the styles of every column, given those of whole columns: each figure has its own."""
        found: list[Styles] = list(styles)
        for key, place in self._places:
            if stored[key].count(None) < len(stored[key]):
                figures = zip(stored[key], stored["multiplier"], stored["unit_id"], strict=True)
                found[place] = [styles[place] if of[0] is None else self._style(*of) for of in figures]
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
