"""Finds the sheets and columns of our own workbook again, also when they were renamed, moved or lost their stamp."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storage.domain.fields import RecordKind
from storage.domain.problem import Problem
from storage.domain.text import msg
from storage.translations import LANGUAGES, translated
from storage.workbook.sheet import Sheet, Workbook, address, kind_of
from storage.workbook.stamp import MARK, SheetStamp, Stamp
from storage.workbook.tidy_columns import (
    ID_HEADER,
    ID_OF,
    LISTS,
    LONG_HEADERS,
    RECORD_KINDS,
    STAMP,
    WIDE,
    sheet_title,
    tidy_columns,
)  # fmt: skip

HEADER_ROWS = 20  # rows among which the header is looked for
FEWEST_HEADERS = 2
SURELY = 0.8  # share of a row's cells that must be our headers before an unstamped sheet is taken for ours
Headers = Mapping[str, str]


@dataclass(frozen=True)
class Placed:
    """A sheet of records: where its header stands and which column holds which key; `stray` are columns of others."""

    sheet: Sheet
    kind: RecordKind
    header_row: int
    places: Mapping[str, int]
    stray: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()

    @property
    def sureness(self) -> float:
        """The share of the header row that is ours, with a preference for more columns."""
        found = len(self.places)
        return found / (found + len(self.stray) + len(self.doubled)) + found / 1000


@dataclass(frozen=True)
class Found:
    """The sheets of a workbook by what they are for; `foreign` were not written by us."""

    stamp: Stamp | None
    records: tuple[Placed, ...]
    lists: Sheet | None
    texts: Sheet | None
    foreign: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()


def plain(text: str) -> str:
    """Return a header without case and doubled blanks."""
    return " ".join(text.casefold().split())


def stamp_of(workbook: Workbook) -> Stamp | None:
    """Return what the workbook says of itself, None when that was stripped."""
    sheet = _stamp_sheet(workbook)
    return None if sheet is None else Stamp.from_json("".join(str(value or "") for value in sheet.column(0)))


def _stamp_sheet(workbook: Workbook) -> Sheet | None:
    return next((sheet for sheet in workbook.sheets if sheet.text(0, 0).startswith(MARK)), None)


def find_sheets(workbook: Workbook, kinds: Mapping[str, RecordKind], known: Stamp | None = None) -> Found:
    """Tell every sheet of the workbook what it is; `known` is the stamp of one that has lost its own."""
    stamp = stamp_of(workbook) or known
    lists, texts = _list_sheet(workbook), _text_sheet(workbook)
    aids = {translated(WIDE, language) for language in LANGUAGES} | {STAMP, LISTS}
    aids |= {sheet.name for sheet in stamp.sheets if sheet.role == "aid"} if stamp else set()
    ours = (lists, texts, _stamp_sheet(workbook))
    rest = [sheet for sheet in workbook.sheets if sheet.name not in aids and not any(sheet is one for one in ours)]
    placed = tuple(_stamped(rest, stamp, kinds) if stamp else _unstamped(rest, kinds))
    foreign = tuple(sheet for sheet in rest if not any(sheet is one.sheet for one in placed))
    problems = [*_headless(foreign, stamp), *_second_copies(foreign, placed), *(p for o in placed for p in _doubled(o))]
    return Found(stamp, placed, lists, texts, foreign, tuple(problems))


def headers_of(kind: RecordKind) -> dict[str, str]:
    """Return the key of every header of a kind, in each language."""
    found = {plain(ID_HEADER): "id"}
    for column in tidy_columns(kind):
        for language in LANGUAGES:
            found.setdefault(plain(translated(column.header, language)), column.key)
            if column.part == "reference":
                found.setdefault(plain(translated(column.id_header, language)), column.key + ID_OF)
    return found


def _stamped(sheets: Sequence[Sheet], stamp: Stamp, kinds: Mapping[str, RecordKind]) -> Iterator[Placed]:
    """Find each stamped sheet by its name, else the one whose headers fit best."""
    wanted = [sheet for sheet in stamp.sheets if sheet.role == "records" and sheet.kind in kinds]
    taken: set[int] = set()
    by_name = {sheet.name: sheet for sheet in sheets}
    missing = []
    for one in wanted:
        placed = _place(by_name[one.name], kinds[one.kind], _stamped_headers(one)) if one.name in by_name else None
        if placed is None:
            missing.append(one)
        else:
            taken.add(id(placed.sheet))
            yield placed
    for one in missing:
        rest = [sheet for sheet in sheets if id(sheet) not in taken]
        found = [p for sheet in rest if (p := _place(sheet, kinds[one.kind], _stamped_headers(one)))]
        known = "id" in _stamped_headers(one).values()  # rows of a template have no record of their own
        fitting = [p for p in found if p.sureness >= SURELY and (not known or "id" in p.places)]
        if fitting:
            best = max(fitting, key=lambda placed: placed.sureness)
            taken.add(id(best.sheet))
            yield best


def _stamped_headers(sheet: SheetStamp) -> dict[str, str]:
    return {plain(header): key for key, header in sheet.columns}


def _unstamped(sheets: Sequence[Sheet], kinds: Mapping[str, RecordKind]) -> Iterator[Placed]:
    """Find sheets by their names and headers, in either language."""
    titles = {
        translated(sheet_title(kinds[key]), language): kinds[key]
        for key in RECORD_KINDS if key in kinds for language in LANGUAGES
    }  # fmt: skip
    for sheet in sheets:
        named = [titles[sheet.name]] if sheet.name in titles else []
        candidates = list(dict.fromkeys(titles.values())) if sheet.texts is not None else named
        found = [p for kind in candidates if (p := _place(sheet, kind, headers_of(kind))) and _is_ours(p)]
        if found:
            yield max(found, key=lambda placed: placed.sureness)


def _is_ours(placed: Placed) -> bool:
    required = {column.key for column in tidy_columns(placed.kind) if column.field.required and column.part != "day"}
    return "id" in placed.places and required <= set(placed.places) and placed.sureness >= SURELY


def _place(sheet: Sheet, kind: RecordKind, headers: Headers) -> Placed | None:
    """Find the row that holds the most of our headers."""
    best: Placed | None = None
    for row in range(min(HEADER_ROWS, sheet.height)):
        placed = _header_row(sheet, kind, headers, row)
        if len(placed.places) >= FEWEST_HEADERS and (best is None or len(placed.places) > len(best.places)):
            best = placed
    return best


def _header_row(sheet: Sheet, kind: RecordKind, headers: Headers, row: int) -> Placed:
    places: dict[str, int] = {}
    stray, doubled = [], []
    for column in range(len(sheet.rows[row])):
        text = plain(sheet.text(row, column))
        key = headers.get(text)
        if key is None:
            stray.extend([column] if text else [])
        elif key in places:
            doubled.append(column)
        else:
            places[key] = column
    return Placed(sheet, kind, row, places, tuple(stray), tuple(doubled))


def _list_sheet(workbook: Workbook) -> Sheet | None:
    return next((sheet for sheet in workbook.sheets if any(_text(v).endswith(ID_OF) for v in _row(sheet))), None)


def _text_sheet(workbook: Workbook) -> Sheet | None:
    wanted = [[translated(header, language) for header in LONG_HEADERS] for language in LANGUAGES]
    return next((s for s in workbook.sheets if [_text(v) for v in _row(s)][: len(LONG_HEADERS)] in wanted), None)


def _row(sheet: Sheet) -> list[object]:
    return list(sheet.rows[0]) if sheet.rows else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _headless(foreign: Iterable[Sheet], stamp: Stamp | None) -> Iterator[Problem]:
    """Name the sheets that were written with records but have lost their headers."""
    names = {sheet.name for sheet in stamp.sheets if sheet.role == "records" and sheet.rows} if stamp else set()
    for sheet in foreign:
        if sheet.name in names:
            cause = msg("The header row of this sheet was not found.")
            yield Problem(sheet.name, "", cause, msg("Write the headers again as they were exported."))


def _second_copies(foreign: Iterable[Sheet], placed: Sequence[Placed]) -> Iterator[Problem]:
    """Name the sheets that look like ours but stand beside the one that was read."""
    for sheet in foreign:
        for one in placed:
            headers = {plain(one.sheet.text(one.header_row, column)): key for key, column in one.places.items()}
            again = _place(sheet, one.kind, headers)
            if again and len(again.places) == len(one.places):
                cause = msg("This sheet has the same columns as “{sheet}” and was not read.", sheet=one.sheet.name)
                yield Problem(sheet.name, "", cause, msg("Move the rows that are meant to the sheet that is read."))
                break


def _doubled(placed: Placed) -> Iterator[Problem]:
    for column in placed.doubled:
        header = placed.sheet.text(placed.header_row, column)
        cause = msg("The column “{header}” stands twice; the first one was read.", header=header)
        cell = address(placed.header_row, column)
        yield Problem(placed.sheet.name, cell, cause, msg("Delete the column that is not meant."))


def filled(sheet: Sheet, columns: Iterable[int] | None = None, first: int = 0) -> int:
    """Count the cells that are not blank, of the whole sheet or of some columns from a row on."""
    if columns is None:
        return sum(kind_of(value) != "blank" for row in sheet.rows[first:] for value in row)
    return sum(kind_of(value) != "blank" for column in columns for value in sheet.column(column, first))
