"""Tables on the clipboard: written as HTML and tab separated text, read from what spreadsheets put there."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData

Block = list[list[str]]

# tells a spreadsheet to keep the cell as text: codes with leading zeros, names that begin with =
AS_TEXT = " style=\"mso-number-format:'\\@'\""


def mime_of(header: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[bool]) -> QMimeData:
    """Return a table with its header, `numeric` saying which columns hold numbers."""
    table = [list(row) for row in rows]
    data = QMimeData()
    data.setText(tab_separated([list(header), *table]))
    data.setHtml(_html(header, table, numeric))
    return data


def tab_separated(block: Block) -> str:
    """Return a block as spreadsheets write it: cells with a tab, a quote or a line break in quotes."""
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(block)
    return written.getvalue()


def _html(header: Sequence[str], rows: Block, numeric: Sequence[bool]) -> str:
    head = "".join(f"<th>{_escaped(title)}</th>" for title in header)
    marks = ["" if number else AS_TEXT for number in numeric]
    lines = ("".join(f"<td{mark}>{_escaped(text)}</td>" for text, mark in zip(row, marks, strict=True)) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<meta charset="utf-8"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def block_of(data: QMimeData | None) -> Block:
    """Return the cells on the clipboard: of a table in HTML, else of tab separated text; empty for nothing."""
    if data is None:
        return []
    if data.hasHtml():
        found = read_html(data.html())
        if found:
            return found
    return read_tab_separated(data.text()) if data.hasText() else []


def read_tab_separated(text: str) -> Block:
    """Return the cells; line breaks inside quotes belong to their cell."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not text:
        return []
    if text.count('"') % 2:
        return [line.split("\t") for line in text.split("\n")]
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")]


def read_html(text: str) -> Block:
    """Return the cells of the first table, those that span several columns once and then blank."""
    # heavy to import: the window starts without it
    from storage.workbook.html_tables import read_tables, sheet_of  # noqa: PLC0415

    tables = read_tables(text, lambda: None)
    return [row for row in sheet_of(tables[0], "").texts or [] if row] if tables else []
