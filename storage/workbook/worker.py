"""Runs in a process of its own: reads a workbook with libraries that may hang, abort or eat memory."""

from __future__ import annotations

import gc
import os
import traceback
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from storage.domain.text import msg
from storage.errors import WorkbookError
from storage.workbook import looks, marks, package
from storage.workbook.properties import properties_of
from storage.workbook.sheet import CellError, CellValue, Range, Sheet, kind_of
from storage.workbook.tidy_columns import STAMP

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from python_calamine import CalamineSheet, SheetMetadata


CHUNK = 4_000  # rows sent at a time: the reading process takes them while the next are packed, and never stalls long
MOST_KEPT = 200_000  # texts that are kept to be sent and held once


@dataclass(frozen=True, slots=True)
class Crash:
    """A bug of ours that ended the worker, told to the process that started it."""

    traceback: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: its sheets, and what it says of itself besides."""

    sheets: list[Sheet]
    properties: Mapping[str, str]


def serve(connection: Connection, path: str, container: str, limits: package.Limits) -> None:
    """Read the file and send its Contents and then their rows, or the refusal or a Crash."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # panics of the parsers are answered, not printed
    gc.disable()  # a million cells make no cycles, and the process is short-lived
    try:
        sheets = _read(Path(path), container, limits)
        answer: object = Contents(sheets, properties_of(Path(path)) if container == "zip" else {})
    except WorkbookError as error:
        answer = error.text
    except BaseException as error:
        panic = type(error).__name__ == "PanicException" or isinstance(error, MemoryError)
        answer = package.broken(Path(path)).text if panic else Crash(traceback.format_exc())
    if isinstance(answer, Contents):
        _send_contents(connection, answer)
    else:
        connection.send(answer)
    connection.close()


def _send_contents(connection: Connection, contents: Contents) -> None:
    """Send the sheets without rows, then (number of the sheet, some rows) until all are through, then None."""
    connection.send(replace(contents, sheets=[replace(sheet, rows=[]) for sheet in contents.sheets]))
    for number, sheet in enumerate(contents.sheets):
        for start in range(0, sheet.height, CHUNK):
            connection.send((number, sheet.rows[start : start + CHUNK]))
    connection.send(None)


def _limit_memory(more: int) -> None:
    """Let the process take only so many bytes more, where the system can hold it to that."""
    try:
        import resource  # noqa: PLC0415 - only where the system has it

        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + more, most))


def _read(path: Path, container: str, limits: package.Limits) -> list[Sheet]:
    if container == "zip":
        package.check_package(path, limits)
    _limit_memory(limits.memory_for(package.unpacked_bytes(path, container)))
    if container == "zip" and package.utf16_parts(path):
        return _with_openpyxl(path)
    return _with_calamine(path, limits, zipped=container == "zip")


def _with_calamine(path: Path, limits: package.Limits, *, zipped: bool) -> list[Sheet]:
    import python_calamine as calamine  # noqa: PLC0415 - loaded only in the worker

    try:
        # calamine leaves Python alone while it reads, so the marks are found beside it
        with calamine.CalamineWorkbook.from_path(path) as book, ThreadPoolExecutor(1) as beside:
            marked = beside.submit(_marks, path) if zipped else None
            metas = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
            read = [(meta, _cells(path, book.get_sheet_by_name(meta.name), limits)) for meta in metas]
            found = marked.result() if marked else {}
            return [_sheet(meta, cells, found.get(meta.name, marks.Marks())) for meta, cells in read]
    except calamine.PasswordError as error:
        raise package.protected(path) from error
    except calamine.CalamineError as error:
        if "Unrecognized sheet" in str(error):
            return _with_openpyxl(path)
        raise package.broken(path) from error
    except OSError as error:  # what calamine says of a part that is shorter than it claims to be
        raise package.broken(path) from error


def _cells(
    path: Path, source: CalamineSheet, limits: package.Limits
) -> tuple[list[list[CellValue]], tuple[Range, ...]]:
    """Return the rows and the merged ranges; raise WorkbookError for a sheet that is too large."""
    last_row, last_column = source.end or (0, 0)
    if (last_row + 1) * (last_column + 1) > limits.cells:
        raise package.refusal(
            path,
            msg(
                "has a sheet that spreads over {rows} rows and {columns} columns",
                rows=last_row + 1,
                columns=last_column + 1,
            ),
            msg("delete stray cells far from the table"),
        )
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in source.merged_cell_ranges or ())
    return _plain_rows(source.to_python(skip_empty_area=False)), merged


def _sheet(meta: SheetMetadata, cells: tuple[list[list[CellValue]], tuple[Range, ...]], found: marks.Marks) -> Sheet:
    rows, merged = cells
    for (row, column), error in found.errors.items():
        _put(rows, row, column, error)
    _show(rows, found.looks)
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    hidden = str(meta.visible).rpartition(".")[2] != "Visible"
    return Sheet(meta.name, rows, hidden, merged, hidden_rows=found.hidden_rows, looks=found.looks)


class _Texts(dict[str, str | None]):
    """Each text once, a blank one as None: columns repeat themselves, and a text sent once is read once."""

    def __missing__(self, text: str) -> str:
        if len(self) < MOST_KEPT:
            self[text] = text
        return text


def _plain_rows(rows: Iterable[Iterable[object]]) -> list[list[CellValue]]:
    texts = _Texts({"": None})
    return [[v if type(v) is float else texts[v] if type(v) is str else _value(v) for v in row] for row in rows]


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


def _put(rows: list[list[CellValue]], row: int, column: int, error: CellError) -> None:
    while len(rows) <= row:
        rows.append([])
    cells = rows[row]
    cells.extend([None] * (column + 1 - len(cells)))
    if kind_of(cells[column]) == "blank":
        cells[column] = error


def _show(rows: list[list[CellValue]], found: looks.Looks) -> None:
    """Put codes and dates as they are shown: 00123 for 123, 2015 for the first of January 2015."""
    for column, (firsts, lasts, seen) in found.columns.items():
        for first, last, look in zip(firsts, lasts, seen, strict=True):
            for cells in rows[first : last + 1] if look.kind in looks.TEXTS else ():
                if column < len(cells):
                    cells[column] = look.text(cells[column]) or cells[column]


def _marks(path: Path) -> dict[str, marks.Marks]:
    """Marks by sheet name; empty for packages without sheet XML (.xlsb, .ods)."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = marks.sheet_parts(archive)
            styles = {} if STAMP in parts else looks.style_looks(archive)  # our own formats say nothing new
            found = {name: _marks_in(path, part, archive.read(part), styles) for name, part in parts.items() if part}
    except package.DAMAGE as error:
        raise package.broken(path) from error
    if parts and not found:
        raise package.broken(path)
    return found


def _marks_in(path: Path, part: str, xml: bytes, styles: dict[int, looks.Look]) -> marks.Marks:
    if b"sheetData" not in xml and not any(root in xml[:4_000] for root in (b"chartsheet", b"dialogsheet")):
        raise package.broken(path, msg("holds a damaged part, {part}", part=part))
    return marks.marks_of(xml, styles)


def _with_openpyxl(path: Path) -> list[Sheet]:
    import openpyxl  # noqa: PLC0415 - the slow reader is needed for few files

    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as error:  # openpyxl lets parser errors of every kind through
        raise package.broken(path) from error
    return [
        Sheet(
            sheet.title,
            [[_openpyxl_value(cell) for cell in row] for row in sheet.iter_rows()],
            sheet.sheet_state != "visible",
            tuple((r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1) for r in sheet.merged_cells.ranges),
        )
        for sheet in book.worksheets
    ]


def _openpyxl_value(cell: Cell) -> CellValue:
    if cell.data_type == "e":
        return CellError(str(cell.value))
    return _value(cell.value)
