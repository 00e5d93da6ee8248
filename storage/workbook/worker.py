"""Runs in a process of its own: reads a workbook with libraries that may hang, abort or eat memory."""

from __future__ import annotations

import gc
import os
import traceback
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storage.domain.text import msg
from storage.errors import WorkbookError
from storage.workbook import looks, marks, package
from storage.workbook.properties import properties_of
from storage.workbook.sheet import CellError, CellValue, Sheet, kind_of
from storage.workbook.tidy_columns import STAMP

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata


CHUNK = 4_000  # rows sent at a time: the reading process takes them while the next are packed, and never stalls long
Columns = list[list[CellValue]]  # some rows, column by column: that is packed, sent and taken in a third of the time
Patches = Mapping[int, list[tuple[int, int, int, CellError | looks.Look]]]  # by chunk: column, first and last row


@dataclass(frozen=True, slots=True)
class Crash:
    """A bug of ours that ended the worker, told to the process that started it."""

    traceback: str


@dataclass(frozen=True, slots=True)
class End:
    """All sheets were told; `properties` are what the file says of itself besides."""

    properties: Mapping[str, str]


def serve(connection: Connection, path: str, container: str, limits: package.Limits) -> None:
    """Read the file and send what `told` gives and then the End; or the refusal or a Crash, at any time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # panics of the parsers are answered, not printed
    gc.disable()  # a million cells make no cycles, and the process is short-lived
    try:
        for said in told(Path(path), container, limits):
            connection.send(said)
        answer: object = End(properties_of(Path(path)) if container == "zip" else {})
    except WorkbookError as error:
        answer = error.text
    except BaseException as error:
        panic = type(error).__name__ == "PanicException" or isinstance(error, MemoryError)
        answer = package.broken(Path(path)).text if panic else Crash(traceback.format_exc())
    connection.send(answer)
    connection.close()


def put_together(said: Iterable[Sheet | Columns]) -> list[Sheet]:
    """Return the sheets of which `told` gives the parts, without blank rows at their ends."""
    sheets: list[Sheet] = []
    for one in said:
        if isinstance(one, Sheet):
            sheets.append(one)
        else:
            sheets[-1].rows.extend(map(list, zip(*one, strict=True)))
    for sheet in sheets:
        while sheet.rows and all(value is None for value in sheet.rows[-1]):
            sheet.rows.pop()
    return sheets


def _limit_memory(more: int) -> None:
    """Let the process take only so many bytes more, where the system can hold it to that."""
    try:
        import resource  # noqa: PLC0415 - only where the system has it

        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + more, most))


def told(path: Path, container: str, limits: package.Limits) -> Iterator[Sheet | Columns]:
    """Read a file: give each sheet without its rows, and after it those, some at a time."""
    if container == "zip":
        package.check_package(path, limits)
    _limit_memory(limits.memory_for(package.unpacked_bytes(path, container)))
    utf16 = container == "zip" and package.utf16_parts(path)
    book = None if utf16 else _opened(path)
    if book is None:
        return _with_openpyxl(path)
    return _with_calamine(path, book, limits, zipped=container == "zip")


def _opened(path: Path) -> CalamineWorkbook | None:
    """Open a workbook with the fast reader, None where it does not know one of its parts."""
    import python_calamine as calamine  # noqa: PLC0415 - loaded only in the worker

    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise package.protected(path) from error
    except calamine.CalamineError as error:
        if "Unrecognized sheet" in str(error):
            return None
        raise package.broken(path) from error
    except OSError as error:  # what calamine says of a part that is shorter than it claims to be
        raise package.broken(path) from error


def _with_calamine(
    path: Path, book: CalamineWorkbook, limits: package.Limits, *, zipped: bool
) -> Iterator[Sheet | Columns]:
    import python_calamine as calamine  # noqa: PLC0415 - loaded only in the worker

    parts, styles = _parts(path) if zipped else ({}, {})
    metas = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    # calamine leaves Python alone while it reads, so the marks are found beside it
    with ThreadPoolExecutor(1) as beside:
        marked = {name: beside.submit(_marks_in, path, part, styles) for name, part in parts.items() if part}
        for meta in metas:
            try:
                source = book.get_sheet_by_name(meta.name)
            except (calamine.CalamineError, OSError) as error:
                raise package.broken(path) from error
            found = marked.pop(meta.name).result() if meta.name in marked else marks.Marks()
            yield from _sheet(path, meta, source, found, limits)
        for other in marked.values():
            other.result()


def _sheet(
    path: Path, meta: SheetMetadata, source: CalamineSheet, found: marks.Marks, limits: package.Limits
) -> Iterator[Sheet | Columns]:
    """Tell of one sheet; raise WorkbookError for one that is too large."""
    height, width = (source.end[0] + 1, source.end[1] + 1) if source.end else (0, 0)
    height = max([height, *(row + 1 for row, _ in found.errors)])
    width = max([width, *(column + 1 for _, column in found.errors)])
    if height * width > limits.cells:
        raise package.refusal(
            path,
            msg("has a sheet that spreads over {rows} rows and {columns} columns", rows=height, columns=width),
            msg("delete stray cells far from the table"),
        )
    hidden = str(meta.visible).rpartition(".")[2] != "Visible"
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in source.merged_cell_ranges or ())
    yield Sheet(meta.name, [], hidden, merged, hidden_rows=found.hidden_rows, looks=found.looks)
    patches = _patches(found)
    for number, columns in enumerate(_columns(source, height, width)):
        _patch(columns, number * CHUNK, patches.get(number, ()))
        yield columns


def _columns(source: CalamineSheet, height: int, width: int) -> Iterator[Columns]:
    """Give the cells from A1 on, some rows at a time; beyond those that the sheet has they are blank."""
    rows, left = source.iter_rows(), source.start[1] if source.start else 0
    for start in range(0, height, CHUNK):
        amount = min(CHUNK, height - start)
        some = list(islice(rows, amount))
        missing: list[CellValue] = [None] * (amount - len(some))
        cells = [_plain(values) + missing for values in zip(*some, strict=True)]
        yield [*_blank(left, amount), *cells, *_blank(width - left - len(cells), amount)]


def _blank(columns: int, rows: int) -> Columns:
    return [[None] * rows for _ in range(columns)]


def _plain(values: Sequence[object]) -> list[CellValue]:
    """Return cells of a column as they are kept; a text that comes often is sent and held once."""
    if not any(values) and values.count("") == len(values):
        return [None] * len(values)
    kinds = set(map(type, values))
    if kinds == {float}:
        return list(values)  # type: ignore[arg-type]
    if kinds != {str}:
        return [value if type(value) is float else _value(value) for value in values]
    distinct = set(values)
    if len(distinct) * 2 > len(values):
        return [value or None for value in values]  # type: ignore[misc]
    kept: dict[Any, Any] = dict(zip(distinct, distinct, strict=True)) | {"": None}
    return [kept[value] for value in values]


def _patches(found: marks.Marks) -> Patches:
    """Return by chunk what is put in place of cells: errors, and 00123 for 123, 2015 for the first of January 2015."""
    patches: dict[int, list[tuple[int, int, int, CellError | looks.Look]]] = defaultdict(list)
    for (row, column), error in found.errors.items():
        patches[row // CHUNK].append((column, row, row, error))
    for column, runs in found.looks.columns.items():
        for first, last, look in zip(*runs, strict=True):
            for number in range(first // CHUNK, last // CHUNK + 1) if look.kind in looks.TEXTS else ():
                patches[number].append((column, first, last, look))
    return patches


def _patch(columns: Columns, start: int, patches: Iterable[tuple[int, int, int, CellError | looks.Look]]) -> None:
    for column, first, last, new in patches:
        cells = columns[column] if column < len(columns) else []
        for place in range(max(first - start, 0), min(last + 1 - start, len(cells))):
            value = cells[place]
            if isinstance(new, looks.Look):
                cells[place] = new.text(value) or value
            elif kind_of(value) == "blank":
                cells[place] = new


def _value(value: object) -> CellValue:
    match value:
        case "" | None:
            return None
        case timedelta():
            return value.total_seconds() / 86_400
        case bool() | str() | float() | date() | time():
            return value
        case int():
            return float(value)
    raise TypeError(f"unknown cell value {value!r}")


def _parts(path: Path) -> tuple[dict[str, str], dict[int, looks.Look]]:
    """Return the part of every sheet by name, none for packages without sheet XML (.xlsb, .ods), and telling styles."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = marks.sheet_parts(archive)
            # our own formats say nothing new
            styles = {} if STAMP in parts else looks.style_looks(archive)
    except package.DAMAGE as error:
        raise package.broken(path) from error
    if parts and not any(parts.values()):
        raise package.broken(path)
    return parts, styles


def _marks_in(path: Path, part: str, styles: Mapping[int, looks.Look]) -> marks.Marks:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as file:
            found = marks.marks_of(file, styles)
    except package.DAMAGE as error:
        raise package.broken(path) from error
    if found is None:
        raise package.broken(path, msg("holds a damaged part, {part}", part=part))
    return found


def _with_openpyxl(path: Path) -> Iterator[Sheet | Columns]:
    import openpyxl  # noqa: PLC0415 - the slow reader is needed for few files

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as error:  # openpyxl lets parser errors of every kind through
        raise package.broken(path) from error
    for sheet in book.worksheets:
        merged = tuple((r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges)
        yield Sheet(sheet.title, [], sheet.sheet_state != "visible", merged)
        yield [[_openpyxl_value(cell) for cell in column] for column in sheet.iter_cols()]


def _openpyxl_value(cell: Cell) -> CellValue:
    if cell.data_type == "e":
        return CellError(str(cell.value))
    return _value(cell.value)
