"""Tables on the clipboard: written as HTML and tab separated text, read from what spreadsheets put there."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

Block = list[list[str]]

BLANKS = re.compile(r"\s+")
HIDDEN = ("style", "script", "head")
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
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    return [row for row in parser.rows if row]


class _TableParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Block = []
        self._cell: list[str] | None = None
        self._span = 1
        self._hidden = 0
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self._hidden += 1
        elif self._done:
            return
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = int(span) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._done = bool(self.rows)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            # line breaks of the source are only blanks, those of the cell are <br>
            self._cell.append(BLANKS.sub(" ", data))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        lines = "".join(self._cell).split("\n")
        self.rows[-1] += ["\n".join(line.strip() for line in lines).strip(), *[""] * (self._span - 1)]
        self._cell = None
