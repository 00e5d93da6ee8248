"""A sheet of texts that is added behind the sheets of a workbook, with links to cells of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.workbook.patching.archive import Package
from storage.workbook.patching.cells import HeldCell, cell_xml, new_cell, with_value
from storage.workbook.patching.markup import Unsound, attribute, children, root, tags, text_bytes
from storage.workbook.patching.relations import STRICT, TRANSITIONAL, add_content_type, add_relation
from storage.workbook.patching.styles_part import StylesPart
from storage.workbook.sheet import address
from storage.workbook.writer import LINE_HEIGHT, TALLEST, display_width

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LINK_FONT = b'<u/><sz val="11"/><color rgb="FF1F5FBF"/><name val="Calibri"/>'
_BOLD_FONT = b'<b/><sz val="11"/><name val="Calibri"/>'
_TITLE_FONT = b'<b/><sz val="14"/><name val="Calibri"/>'
_HEAD_TINT = "E8F0FE"


@dataclass(frozen=True, slots=True)
class AddedRow:
    """One row of texts; the second is a link to the cell `target` of the sheet `sheet`, tinted in `colour`."""

    texts: tuple[str, ...]
    sheet: str = ""
    target: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class AddedSheet:
    """A title, lines below it, then a table."""

    name: str
    title: str
    lines: tuple[str, ...]
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[AddedRow]


def add_sheet(held: Package, book: str, added: AddedSheet, styles: StylesPart) -> None:
    """Put a sheet behind the others."""
    xml = held.xml(book)
    whole = root(xml)
    strict = b"purl.oclc.org" in whole.tag.text
    part = held.free_name("xl/worksheets/sheet{n}.xml")
    held.put(part, _sheet_xml(added, styles, _STRICT_MAIN if strict else _MAIN))
    add_content_type(held, part, _SHEET_TYPE)
    relation = add_relation(held, book, "worksheet", part, strict=strict)
    sheets = next((e for e in children(xml, whole) if e.tag.local == b"sheets"), None)
    if sheets is None:
        raise Unsound("no sheets")
    used = [int(attribute(tag.text, b"sheetId") or 0) for tag in tags(xml, start=sheets.start, end=sheets.end)]
    prefix = whole.tag.name[: -len(whole.tag.local)]
    space = STRICT if strict else TRANSITIONAL
    entry = b"<" + prefix + b'sheet name="' + text_bytes(added.name) + b'"'
    entry += f' sheetId="{max(used) + 1}" xmlns:r="{space}" r:id="{relation}"/>'.encode()
    held.put(book, xml[: sheets.inner_end] + entry + xml[sheets.inner_end :])


def _sheet_xml(added: AddedSheet, styles: StylesPart, space: str) -> bytes:
    first = len(added.lines) + 2
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(added.widths, 1))
    view = f'<pane ySplit="{first}" topLeftCell="A{first + 1}" activePane="bottomLeft" state="frozen"/>'
    pieces = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{view}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'.encode()
    ]
    pieces += _rows(added, styles)
    last = address(first - 1 + len(added.rows), len(added.headers) - 1)
    pieces.append(f'</sheetData><autoFilter ref="A{first}:{last}"/>'.encode())
    pieces.append(_links(added, first))
    pieces.append(
        b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return b"".join(pieces)


def _rows(added: AddedSheet, styles: StylesPart) -> list[bytes]:
    title, plain = styles.made(font=_TITLE_FONT, wrapped=False), styles.made(wrapped=False)
    head, body = styles.made(font=_BOLD_FONT, colour=_HEAD_TINT), styles.made()
    link = styles.made(font=_LINK_FONT, wrapped=False)
    rows = [_row(0, [added.title], [title])]
    rows += [_row(number, [line], [plain]) for number, line in enumerate(added.lines, 1)]
    rows.append(_row(len(rows), added.headers, [head] * len(added.headers)))
    tinted = {colour: styles.made(colour=colour) for colour in {row.colour for row in added.rows if row.colour}}
    for told in added.rows:
        looks = [body] * len(told.texts)
        looks[1] = link if told.target else body
        if told.colour:
            looks[2] = tinted[told.colour]
        rows.append(_row(len(rows), told.texts, looks, _height(told.texts, added.widths)))
    return rows


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height that broken lines need, in points, since no program sets it for a finished file."""
    lines = [
        sum(1 + display_width(line) // (width - 3) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return min(TALLEST, LINE_HEIGHT * max(lines))


def _row(number: int, texts: Sequence[str], looks: Sequence[int], height: float = 0) -> bytes:
    cells = [
        cell_xml(_text_cell(new_cell(b"", (number, column), look), text))
        for column, (text, look) in enumerate(zip(texts, looks, strict=True))
    ]
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number + 1}"{tall}>'.encode() + b"".join(cells) + b"</row>"


def _text_cell(cell: HeldCell, text: str) -> HeldCell:
    return with_value(cell, text) if text else cell


def _links(added: AddedSheet, first: int) -> bytes:
    links = [
        b'<hyperlink ref="%s" location="%s"/>'
        % (address(first + number, 1).encode(), text_bytes(f"'{row.sheet.replace(chr(39), chr(39) * 2)}'!{row.target}"))
        for number, row in enumerate(added.rows)
        if row.target
    ]
    return b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""
