"""Writes workbooks: typed cells, headers, lists to choose from; a file appears whole or not at all."""

from __future__ import annotations

import re
import tempfile
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from storage.domain.keepable import ILLEGAL
from storage.domain.text import msg
from storage.errors import NotWritable, WorkbookError
from storage.workbook.packing import pack
from storage.workbook.streamed import MOST_COLUMNS, MOST_ROWS, CellContent, StreamedSheet, Styles

INK, MUTED, TINT, LINE, ASKED = "#1C2430", "#5D6878", "#E8F0FE", "#C9CFD8", "#FFF6D6"
NARROWEST, WIDEST = 7, 52  # in characters
MEASURED_ROWS = 300
MOST_NOTES, LONGEST_NOTE = 2_000, 2_000  # notes of a sheet, which slow programs down, and characters of one
LINE_HEIGHT, TALLEST = 15.0, 405.0  # in points
A4 = 9
WIDEST_PAGE = 330  # characters that are still read when they are shrunk to one page's width
LOCK_FILES = ("~${name}", ".~lock.{name}#")  # of Excel and of LibreOffice
_LITERAL = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; `number` is Excel's number format, "@" keeps what is typed as text.

    A cell that is `asked` for is tinted, and stays open where its sheet is protected.
    """

    number: str = "General"
    bold: bool = False
    muted: bool = False
    header: bool = False
    title: bool = False
    wrap: bool = False
    centred: bool = False
    asked: bool = False


PLAIN, TEXT = Style(), Style("@")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: header, cells' style, a note on the header, and the range of a list to choose from.

    `strict` refuses what is not on the list; `helper` folds the column away; `least` is its least width in characters.
    """

    header: str
    style: Style = PLAIN
    note: str = ""
    choices: str = ""
    strict: bool = False
    helper: bool = False
    least: int = NARROWEST


class SheetWriter:
    """One sheet of a workbook being written, row after row."""

    def __init__(self, book: WorkbookWriter, sheet: StreamedSheet, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.columns = columns
        self._book = book
        self.styles = sheet.usual = [book.style(column.style) for column in columns]
        self._widths = [0] * len(columns)
        self._wrapped = [place for place, column in enumerate(columns) if column.style.wrap]
        self.header_row = -1
        self._notes = 0

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.sheet.name)

    @property
    def rows(self) -> int:
        """Rows written below the header."""
        return self.sheet.next_row - self.header_row - 1

    def note(self, row: int, column: int, text: str) -> None:
        """Put a note on a cell; beyond some thousands the sheet takes no more."""
        if text and self._notes < MOST_NOTES:
            look = {"x_scale": 2.4, "y_scale": 1.6, "font_size": 9}
            self.sheet.write_comment(row, column, without_illegal(text)[:LONGEST_NOTE], look)
            self._notes += 1

    def line(self, text: str, style: Style) -> None:
        """Write one text over the whole sheet, above the header."""
        self.sheet.stream((text,), (self._book.style(style),), 24 if style.title else None)

    def header(self, frozen_columns: int = 0) -> None:
        """Write the header row, with its notes, and keep it in sight."""
        self.header_row = self.sheet.next_row
        for place, column in enumerate(self.columns):
            if column.note:
                self.sheet.write_comment(self.header_row, place, column.note, {"x_scale": 1.8, "font_size": 9})
            self._measure(place, column.header, 4)
        styles = [self._book.style(_heading(column)) for column in self.columns]
        self.sheet.stream([column.header for column in self.columns], styles, 30)
        self.sheet.freeze_panes(self.header_row + 1, frozen_columns)

    def row(self, values: Sequence[CellContent], styles: Sequence[int] | None = None) -> None:
        """Write the next row, in the columns' styles or in those given; raise WorkbookError when the sheet is full."""
        self._make_room(1)
        styles = styles or self.styles
        if self.rows < MEASURED_ROWS:
            for place, value in enumerate(values):
                if value is not None:
                    self._measure(place, value, self._book.literal_width(styles[place]))
        self.sheet.stream(values, styles, self._height(values) if self._wrapped else None)

    def many(self, columns: Sequence[Sequence[CellContent]], styles: Sequence[Styles]) -> None:
        """Write many rows, by column, each column in one style or in one for each cell; none of them wraps.

        Raise WorkbookError when the sheet is full.
        """
        self._make_room(len(columns[0]))
        left = max(0, MEASURED_ROWS - self.rows)
        for place, (column, style) in enumerate(zip(columns, styles, strict=True)):
            for row, value in enumerate(column[:left]):
                if value is not None:
                    look = style if isinstance(style, int) else style[row]
                    self._measure(place, value, self._book.literal_width(look))
        self.sheet.stream_columns(columns, styles)

    def _make_room(self, rows: int) -> None:
        if self.sheet.next_row + rows > MOST_ROWS:
            raise WorkbookError(
                msg("A sheet holds no more than {rows} rows; export a part of the records.", rows=f"{MOST_ROWS:,}")
            )

    def finish(self) -> None:
        """Set widths, filter and lists, now that the content is known."""
        self.sheet.flush()
        for place, column in enumerate(self.columns):
            width = self._width(place)
            folded = {"hidden": True, "level": 1} if column.helper else {}
            if place and self.columns[place - 1].helper and not column.helper:
                folded = {"collapsed": True}
            self.sheet.set_column(place, place, width, self._book.format(column.style), folded)
            if column.choices:
                self._offer(place, column)
        if self.header_row >= 0 and self.columns:
            last = max(self.header_row, self.sheet.next_row - 1)
            self.sheet.autofilter(self.header_row, 0, last, len(self.columns) - 1)
            if not self.sheet.hidden:
                self._set_up_print(last)

    def _set_up_print(self, last: int) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        self.sheet.repeat_rows(self.header_row)
        if not self.sheet.charts:
            self.sheet.print_area(0, 0, last, len(self.columns) - 1)
        shown = sum(self._width(place) for place, column in enumerate(self.columns) if not column.helper)
        if shown <= WIDEST_PAGE:
            self.sheet.fit_to_pages(1, 0)

    def _offer(self, place: int, column: Column) -> None:
        options = {"validate": "list", "source": column.choices, "error_type": "stop" if column.strict else "warning"}
        self.sheet.data_validation(self.header_row + 1, place, MOST_ROWS - 1, place, options)

    def _height(self, values: Sequence[CellContent]) -> float:
        """Return the height that the wrapped cells of a row need, since no program sets it for a finished file."""
        texts = [str(values[place] or "").split("\n") for place in self._wrapped]
        most = max(sum(1 + display_width(line) // (WIDEST - 3) for line in lines) for lines in texts)
        return min(TALLEST, LINE_HEIGHT * most)

    def _width(self, place: int) -> int:
        return min(WIDEST, max(self.columns[place].least, self._widths[place] + 3))

    def _measure(self, place: int, value: CellContent, extra: int) -> None:
        text = f"{value:,}" if isinstance(value, (int, float)) else str(value)
        self._widths[place] = max(self._widths[place], display_width(text) + extra)


class WorkbookWriter:
    """A workbook on its way to a file; leaving the block puts it in place, an exception leaves no trace."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.tmp")
        self._sheets: list[SheetWriter] = []
        self._formats: dict[Style, Any] = {}
        self._indexes: dict[Style, int] = {}
        self._literals: dict[int, int] = {}

    def __enter__(self) -> Self:
        """Start; raise WorkbookError when the file cannot be written."""
        refuse_open_file(self._target)
        try:
            if self._target.exists():
                self._target.open("r+b").close()
            self._unfinished.open("xb").close()
        except OSError as error:
            raise not_writable(self._target) from error
        self._scratch = tempfile.TemporaryDirectory()
        options = {"constant_memory": True, "tmpdir": self._scratch.name, "use_zip64": True}
        self._skeleton = Path(self._scratch.name) / "skeleton.xlsx"
        self.book = xlsxwriter.Workbook(str(self._skeleton), options)
        self.book.set_calc_mode("auto")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in place, or throw it away."""
        try:
            if kind is None:
                self._close()
        finally:
            for sheet in self.book.worksheets():
                sheet.row_data_fh.close()
                sheet.rows_file.close()
            self._scratch.cleanup()
            self._unfinished.unlink(missing_ok=True)

    def _close(self) -> None:
        for sheet in self._sheets:
            sheet.finish()
        try:
            self.book.close()
            rows = {f"xl/worksheets/sheet{n}.xml": sheet.rows_file for n, sheet in enumerate(self.book.worksheets(), 1)}
            pack(self._skeleton, rows, self._unfinished)
            self._unfinished.replace(self._target)
        except (OSError, FileCreateError) as error:
            raise not_writable(self._target) from error

    def add(self, name: str, columns: Sequence[Column]) -> SheetWriter:
        """Add a sheet; raise WorkbookError when it has more columns than a sheet takes."""
        if len(columns) > MOST_COLUMNS:
            raise WorkbookError(
                msg("A sheet holds no more than {most} columns, not {wanted}.",
                    most=f"{MOST_COLUMNS:,}", wanted=f"{len(columns):,}")
            )  # fmt: skip
        writer = SheetWriter(self, self.book.add_worksheet(name, StreamedSheet), columns)
        self._sheets.append(writer)
        return writer

    def mark(self, key: str, name: str, text: str) -> None:
        """Give the workbook a custom property and, beside it, a hidden name that stands for the same text."""
        self.book.set_custom_property(key, text)
        self.book.define_name(name, f'="{text}"')
        self.book.defined_names[-1][3] = True  # XlsxWriter's own way to hide its filters' names

    def style(self, style: Style) -> int:
        """Return the index under which cells name a style."""
        if style not in self._indexes:
            index: int = self.format(style)._get_xf_index()  # noqa: SLF001 - rows written as XML name formats by it
            self._literals[index] = sum(map(len, _LITERAL.findall(style.number)))
            self._indexes[style] = index
        return self._indexes[style]

    def literal_width(self, index: int) -> int:
        """Return how many characters a style adds to a number."""
        return self._literals.get(index, 0)

    def format(self, style: Style) -> Any:
        """Return XlsxWriter's format for a style."""
        if style not in self._formats:
            self._formats[style] = self.book.add_format(_properties(style))
        return self._formats[style]


def _heading(column: Column) -> Style:
    return Style(bold=True, header=True, muted=column.helper, wrap=True, centred=column.style.number != "@")


def _properties(style: Style) -> dict[str, Any]:
    found: dict[str, Any] = {"num_format": style.number, "font_color": MUTED if style.muted else INK, "valign": "top"}
    if style.bold or style.title:
        found["bold"] = True
    if style.title:
        found |= {"font_size": 14, "valign": "vcenter"}
    if style.wrap:
        found["text_wrap"] = True
    if style.number == "@" or style.header:
        found |= {"align": "center"} if style.centred else {"align": "left", "indent": 1}
    if style.asked:
        found |= {"bg_color": ASKED, "border": 1, "border_color": LINE, "locked": False}
    if style.header:
        found |= {"bg_color": TINT, "bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    return found


def refuse_open_file(path: Path) -> None:
    """Raise NotWritable for a file that a spreadsheet program holds open, which its own lock file beside it tells."""
    locks = (path.with_name(mark.format(name=path.name)) for mark in LOCK_FILES)
    if path.exists() and any(lock.exists() for lock in locks):
        raise NotWritable(
            msg("“{file}” is open in another program; close it there, or save under another name.", file=path.name)
        )


def not_writable(path: Path) -> NotWritable:
    """Return the refusal of a file that may not be written."""
    if not path.parent.is_dir():
        return NotWritable(msg("There is no folder “{folder}”; choose one that is there.", folder=str(path.parent)))
    return NotWritable(
        msg("“{file}” cannot be written; close it in Excel, or choose another name or folder.", file=path.name)
    )


def without_illegal(text: str) -> str:
    """Return a text for notes, charts and names, which XlsxWriter writes as it is: old records may hold anything."""
    return ILLEGAL.sub("\ufffd", text)


def display_width(text: str) -> int:
    """Return how many characters wide the longest line stands; Korean letters count two."""
    widest = max(text[:400].split("\n"), key=len)
    if widest.isascii():
        return len(widest)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in widest)
