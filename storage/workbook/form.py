"""A form to be filled in: rows whose names are locked, tinted cells for the answers, lists, limits; no password."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from storage.workbook.sheet import column_letters
from storage.workbook.stamp import SheetStamp
from storage.workbook.streamed import CellContent
from storage.workbook.writer import NARROWEST, TEXT, Column, SheetWriter, Style, WorkbookWriter, without_illegal

LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # Excel's own limits
ODD_INK, ODD_TINT = "#8A5A00", "#FFE2B0"
MUTED_LINE = Style(muted=True)
FACTOR = 10  # a figure so many times as large or small as the last one is marked
ALLOWED = {
    "objects": True, "scenarios": True, "format_columns": True, "format_rows": True, "autofilter": True, "sort": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what a figure lies, both ends included."""

    low: float | None = None
    high: float | None = None
    whole: bool = False

    def allow(self, value: float) -> bool:
        """Whether a figure is what it can be."""
        fits = (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return fits and (not self.whole or value.is_integer())


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: key, header and look; `asked` cells are filled in by the reader, `helper` columns folded away."""

    key: str
    header: str
    style: Style = TEXT
    asked: bool = False
    helper: bool = False
    strict: bool = False
    least: int = NARROWEST


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: cells by key, the list from which each key is chosen, the limits of its figure and their words."""

    cells: Mapping[str, CellContent]
    lists: Mapping[str, str]
    limits: Limits
    hint: str
    note: str = ""
    look: str = "General"


@dataclass(frozen=True)
class Form:
    """One sheet: a title, lines below it, columns and rows; `figure` is the key of the cell that is asked for.

    `last` is the key of the column with the last known figure, `noted` that of the cell that bears a row's note.
    """

    name: str
    title: str
    lines: Sequence[str]
    columns: Sequence[FormColumn]
    rows: Sequence[FormRow]
    figure: str = "value"
    last: str = "last"
    noted: str = "metric_id"
    words: Mapping[str, str] = field(default_factory=dict)


def write_form(book: WorkbookWriter, form: Form, ranges: Mapping[str, str]) -> SheetStamp:
    """Write one sheet; `ranges` says where each list stands. Return its stamp."""
    sheet = book.add(form.name, [Column(c.header, c.style, helper=c.helper, least=c.least) for c in form.columns])
    sheet.line(form.title, Style(title=True))
    for line in form.lines:
        sheet.line(line, MUTED_LINE)
    sheet.header(2)
    keys = [column.key for column in form.columns]
    figure = keys.index(form.figure)
    looks = {look: _looks(book, form, look) for look in {row.look for row in form.rows}}
    for row in form.rows:
        sheet.note(sheet.sheet.next_row, keys.index(form.noted), row.note)
        sheet.row([row.cells.get(key) for key in keys], looks[row.look])
    _limit(sheet, form, figure)
    _offer(sheet, form, ranges)
    _mark_odd(book, sheet, keys, form)
    sheet.sheet.protect("", ALLOWED)
    return SheetStamp(sheet.name, "records", "observation", tuple((c.key, c.header) for c in form.columns), sheet.rows)


def _looks(book: WorkbookWriter, form: Form, look: str) -> list[int]:
    """Return the styles of a row whose figure has a number format; columns stay plain below the rows."""
    styles = [replace(column.style, asked=column.asked) for column in form.columns]
    numbered = (replace(s, number=look) if c.key == form.figure else s
                for s, c in zip(styles, form.columns, strict=True))  # fmt: skip
    return [book.style(style) for style in numbered]


def _runs(sheet: SheetWriter, values: Sequence[Any]) -> Iterator[tuple[Any, int, int]]:
    """Yield what consecutive rows share, with the first and the last of them on the sheet."""
    first = sheet.header_row + 1
    for value, group in groupby(values):
        count = len(list(group))
        yield value, first, first + count - 1
        first += count


def _limit(sheet: SheetWriter, form: Form, place: int) -> None:
    """Allow what a figure can be, and say so where it is typed."""
    for (limits, hint), first, last in _runs(sheet, [(row.limits, row.hint) for row in form.rows]):
        said = without_illegal(hint)[:LONGEST_MESSAGE]
        told = {
            "input_title": form.words["allowed"][:LONGEST_TITLE], "input_message": said,
            "error_title": form.words["refused"][:LONGEST_TITLE], "error_message": said,
        }  # fmt: skip
        sheet.sheet.data_validation(first, place, last, place, _rule(limits) | told)


def _rule(limits: Limits) -> dict[str, Any]:
    kind = {"validate": "integer" if limits.whole else "decimal"}
    if limits.low is not None and limits.high is not None:
        return kind | {"criteria": "between", "minimum": limits.low, "maximum": limits.high}
    if limits.low is not None:
        return kind | {"criteria": ">=", "value": limits.low}
    if limits.high is not None:
        return kind | {"criteria": "<=", "value": limits.high}
    return kind | {"criteria": "between", "minimum": -1e300, "maximum": 1e300}


def _offer(sheet: SheetWriter, form: Form, ranges: Mapping[str, str]) -> None:
    for place, column in enumerate(form.columns):
        for name, first, last in _runs(sheet, [row.lists.get(column.key, "") for row in form.rows]):
            if name in ranges:
                options = {
                    "validate": "list", "source": ranges[name],
                    "error_type": "stop" if column.strict else "warning",
                    "error_title": form.words["refused"][:LONGEST_TITLE], "error_message": form.words["choose"],
                }  # fmt: skip
                sheet.sheet.data_validation(first, place, last, place, options)


def _mark_odd(book: WorkbookWriter, sheet: SheetWriter, keys: Sequence[str], form: Form) -> None:
    """Mark a figure that is far from the last known one; it may be right, so that it is not refused."""
    place, first, last = keys.index(form.figure), sheet.header_row + 1, sheet.header_row + sheet.rows
    cell = f"${column_letters(place)}{first + 1}"
    known = f"${column_letters(keys.index(form.last))}{first + 1}"
    far = f"OR(ABS({cell})>{FACTOR}*ABS({known}),ABS({cell})*{FACTOR}<ABS({known}))"
    look = book.book.add_format({"bg_color": ODD_TINT, "font_color": ODD_INK, "bold": True})
    formula = f"=AND(ISNUMBER({cell}),ISNUMBER({known}),{far})"
    sheet.sheet.conditional_format(first, place, last, place, {"type": "formula", "criteria": formula, "format": look})


def write_lists(book: WorkbookWriter, name: str, lists: Mapping[str, Sequence[str]]) -> SheetStamp:
    """Write the hidden sheet of lists, protected like the others; return its stamp."""
    sheet = book.add(name, [Column(key, TEXT) for key in lists])
    sheet.header()
    for place in range(max(map(len, lists.values()), default=0)):
        sheet.row([values[place] if place < len(values) else None for values in lists.values()])
    sheet.sheet.hide()
    return SheetStamp(name, "lists", columns=tuple((key, key) for key in lists), rows=sheet.rows)


def list_ranges(name: str, lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return where each list stands on the sheet that `write_lists` makes."""
    return {
        key: f"={name}!${column_letters(place)}$2:${column_letters(place)}${len(values) + 1}"
        for place, (key, values) in enumerate(lists.items()) if values
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the instructions: a label, its text and a third word; `asked` says that the text is filled in."""

    label: str = ""
    text: str = ""
    third: str = ""
    asked: bool = False
    header: bool = False
    title: bool = False


def write_instructions(book: WorkbookWriter, name: str, lines: Sequence[Line]) -> SheetStamp:
    """Write the sheet that says who asks what, and how to fill in; return its stamp."""
    wrapped = Style("@", wrap=True)
    sheet = book.add(name, [Column("", TEXT), Column("", wrapped), Column("", TEXT)])
    plain = [book.style(style) for style in (Style("@", bold=True, wrap=True), wrapped, TEXT)]
    asked = [plain[0], book.style(Style("@", wrap=True, asked=True)), plain[2]]
    head = [book.style(Style("@", bold=True, header=True))] * 3
    for line in lines:
        if line.title:
            sheet.line(line.label, Style(title=True))
        else:
            looks = asked if line.asked else head if line.header else plain
            sheet.row([line.label or None, line.text or None, line.third or None], looks)
    sheet.sheet.protect("", ALLOWED)
    sheet.sheet.hide_gridlines(2)
    sheet.sheet.set_portrait()
    sheet.sheet.set_paper(9)
    sheet.sheet.fit_to_pages(1, 0)
    return SheetStamp(sheet.name, "form", rows=sheet.rows)
