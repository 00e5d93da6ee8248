"""What a spreadsheet puts on the clipboard, as a file that is read like any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from storage.domain.text import msg
from storage.errors import WorkbookError
from storage.workbook.delimited import decode, find_delimiter
from storage.workbook.html_tables import TooManyCells, read_tables, sheet_of
from storage.workbook.sheet import Sheet

MARKUP = frozenset({".html", ".htm"})
MOST_MARKUP = 20_000_000  # characters, some 400,000 cells
HANDY_MARKUP = 5_000_000  # beyond it the plain text is taken, which says the same in a tenth of the room
MOST_TEXT = 200_000_000
MOST_BYTES = 100_000_000  # of a file of HTML, which takes half a minute
HEAD = 4_096  # characters in which a page begins
SAMPLE = 65_536  # characters that tell whether a text has columns
LEAST_LINES = 2

NOTHING = msg(
    "The clipboard holds no table. Copy some cells in a spreadsheet or a table of a web page, then try again."
)
TOO_LARGE = msg("The table is too large to be read in this form. Save it as a workbook and import that.")


def is_tabular(markup: str, text: str) -> bool:
    """Whether what is on the clipboard, as HTML and as plain text, has columns."""
    return _has_table(markup) or _has_columns(text)


def save(markup: str, text: str, place: Path) -> Path:
    """Write the clipboard beside `place`, with the ending that it needs; raise WorkbookError where it is no table."""
    if not is_tabular(markup, text):
        raise WorkbookError(NOTHING)
    marked = _has_table(markup) and len(markup) <= (HANDY_MARKUP if _has_columns(text) else MOST_MARKUP)
    if not marked and (len(text) > MOST_TEXT or not _has_columns(text)):
        raise WorkbookError(TOO_LARGE)
    # a delimiter that is written elsewhere than in a .tsv is found by itself
    ending = ".html" if marked else ".tsv" if "\t" in text else ".csv"
    path = place.with_name(place.name + ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markup if marked else _quoted(text), encoding="utf-8", newline="")
    return path


def _quoted(text: str) -> str:
    """Put cells in quotes where a lone quote, which spreadsheets write as it is, would swallow what follows."""
    if text.count('"') % 2 == 0 or "\t" not in text:
        return text
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab").writerows(line.split("\t") for line in text.splitlines())
    return written.getvalue()


def is_markup(path: Path, data: bytes) -> bool:
    """Whether a file holds tables of HTML, also under the name of a workbook as statistical offices send them."""
    begin = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe").lower()
    page = begin.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<!--startfragment"))
    return path.suffix.lower() in MARKUP or page


def markup_sheets(data: bytes, name: str, pause: Callable[[], None]) -> list[Sheet] | None:
    """Return a sheet for every table, none where there is none; None for no text at all. Raise WorkbookError."""
    if len(data) > MOST_BYTES:
        raise WorkbookError(TOO_LARGE)
    decoded = decode(data)
    if decoded is None:
        return None
    try:
        tables = read_tables(decoded[0], pause)
    except TooManyCells as error:
        raise WorkbookError(TOO_LARGE) from error
    names = [name if place == 0 else f"{name} {place + 1}" for place in range(len(tables))]
    return [sheet_of(table, own) for table, own in zip(tables, names, strict=True)]


def _has_table(markup: str) -> bool:
    return "<td" in markup or "<TD" in markup


def _has_columns(text: str) -> bool:
    if "\t" in text:
        return True
    lines = [line for line in text[:SAMPLE].splitlines() if line.strip()]
    if len(lines) < LEAST_LINES:
        return False
    delimiter = find_delimiter("\n".join(lines))
    # the last line of a sample may be cut off
    counts = {line.count(delimiter) for line in (lines[:-1] if len(text) > SAMPLE else lines)}
    return len(counts) == 1 and counts.pop() > 0
