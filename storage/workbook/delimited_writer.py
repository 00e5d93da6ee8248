"""Writes one table as CSV that Excel opens in any language and that starts no formula."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

from storage.workbook.streamed import CellContent, number_xml
from storage.workbook.writer import not_writable, refuse_open_file

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; reading takes exactly that one away."""
    return GUARD + text if text.lstrip(GUARD).startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """Take away what `guarded` put before a text."""
    return text[1:] if text.startswith(GUARD) and text.lstrip(GUARD).startswith(DANGEROUS) else text


def write_delimited(path: Path, rows: Iterable[Sequence[CellContent]]) -> None:
    """Write rows as UTF-8 with a mark, whole or not at all; raise WorkbookError when the file cannot be written."""
    refuse_open_file(path)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with unfinished.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([_cell(value) for value in row] for row in rows)
        unfinished.replace(path)
    except OSError as error:
        raise not_writable(path) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _cell(value: CellContent) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return guarded(value) if isinstance(value, str) else number_xml(value)
