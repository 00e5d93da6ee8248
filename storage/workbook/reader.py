"""Reads any workbook or delimited text into typed sheets; broken files end in one clear sentence."""

from __future__ import annotations

import hashlib
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from storage.domain.text import Text, msg
from storage.errors import WorkbookError
from storage.workbook import clipboard, delimited, package, worker
from storage.workbook.package import Limits
from storage.workbook.sheet import Sheet, Workbook

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt"})
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", *sorted(TEXT_SUFFIXES | clipboard.MARKUP))


class ReadingCancelled(WorkbookError):
    """The user asked to stop; nothing was read."""


def read_workbook(
    path: Path, *, limits: Limits | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Workbook:
    """Read all sheets of a file; raise WorkbookError, ReadingCancelled.

    Workbooks are parsed in a process of their own, which is killed on time-out and on `cancelled`.
    """
    limits = limits or Limits()
    container = package.container(path, limits)
    fingerprint = _fingerprint(path)
    notes: tuple[Text, ...] = ()
    if container == "text":
        sheets, notes = _text_sheets(path, cancelled)
        properties: Mapping[str, str] = {}
    else:
        sheets, properties = _in_worker(path, container, limits, cancelled)
        if path.suffix.lower() in (".xls", ".xlsb", ".ods"):
            notes = (
                msg("In this format error cells cannot be told from blank cells."),
                msg("In this format number formats are not read: what is shown as 12.3 % may arrive as 0.123."),
            )
    if not sheets:
        raise package.refusal(path, msg("has no sheet with cells"), msg("save it as .xlsx in Excel and try again"))
    return Workbook(path, tuple(sheets), fingerprint, notes, properties)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text_sheets(path: Path, cancelled: Callable[[], bool]) -> tuple[list[Sheet], tuple[Text, ...]]:
    data = path.read_bytes()
    if clipboard.is_markup(path, data):
        sheets = clipboard.markup_sheets(data, path.stem, lambda: _stop_if(path, cancelled))
        if sheets is None:
            raise _unknown_encoding(path)
        return sheets, ()
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise package.broken(path)
    table = delimited.read_table(data, path.suffix.lower())
    if table is None:
        raise _unknown_encoding(path)
    rows, texts = delimited.typed_rows(table.rows, lambda: _stop_if(path, cancelled))
    notes = () if table.encoding == "utf-8" else (msg("Read as {encoding} text.", encoding=table.encoding),)
    return [Sheet(path.stem, rows, texts=texts, point_proven=table.delimiter == ",")], notes


def _unknown_encoding(path: Path) -> WorkbookError:
    return package.refusal(
        path, msg("is no text in a known encoding"), msg("save it as CSV UTF-8 or as .xlsx and try again")
    )


def _stop_if(path: Path, cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise ReadingCancelled(msg("Reading {file} was stopped.", file=path.name))


def _in_worker(
    path: Path, container: str, limits: Limits, cancelled: Callable[[], bool]
) -> tuple[list[Sheet], Mapping[str, str]]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=worker.serve, args=(sender, str(path), container, limits), daemon=True)
    process.start()
    sender.close()
    try:
        said = _Said(path, receiver, limits.seconds_for(path.stat().st_size), cancelled)
        sheets = worker.put_together(said)
    finally:
        process.kill()
        process.join()
        receiver.close()
    return sheets, said.properties


class _Said:
    """The sheets and rows that the worker tells of, one after the other, and at the end the file's `properties`."""

    def __init__(self, path: Path, receiver: Connection, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._path, self._receiver, self._seconds, self._cancelled = path, receiver, seconds, cancelled
        self._deadline = time.monotonic() + seconds
        self.properties: Mapping[str, str] = {}

    def __iter__(self) -> Iterator[Any]:
        while not isinstance(said := self._next(), worker.End):
            if isinstance(said, worker.Crash):
                raise RuntimeError(said.traceback)  # noqa: TRY004 - a bug that the worker told of
            if isinstance(said, Text):
                raise WorkbookError(said)
            yield said
        self.properties = said.properties

    def _next(self) -> Any:
        """Return the next message; a worker that dies closes the pipe, which reads as a broken file."""
        arrived = False
        while not arrived:
            _stop_if(self._path, self._cancelled)
            if time.monotonic() > self._deadline:
                raise package.refusal(
                    self._path,
                    msg("was not read within {seconds} seconds", seconds=int(self._seconds)),
                    msg("copy the table alone into a new workbook"),
                )
            arrived = self._receiver.poll(0.05)
        try:
            return self._receiver.recv()
        except EOFError as error:
            raise package.broken(self._path) from error
