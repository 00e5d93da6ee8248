"""Notes on cells: added beside those that a sheet has, in its part of notes and the drawing that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.workbook.patching.archive import Package
from storage.workbook.patching.cells import Place, text_element
from storage.workbook.patching.markup import (
    Element,
    Unsound,
    attribute,
    children,
    elements,
    local_attribute,
    root,
    tags,
    text_bytes,
    with_attribute,
)
from storage.workbook.patching.relations import STRICT, TRANSITIONAL, add_content_type, add_relation, relations_of
from storage.workbook.patching.sheet_part import SheetPart
from storage.workbook.sheet import address, place_of

MOST_NOTES = 2_000  # on one sheet; Excel grows slow with more
AUTHOR = "Cluster Atlas"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024  # shapes that one number of a drawing's id map covers
_ID_MAP = re.compile(rb"(<(?:\w+:)?idmap\s[^>]*data=[\"'])([\d,]+)")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_PREFIXES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_BEFORE = frozenset(
    b"sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews"
    b" mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup"
    b" headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing".split()
)


@dataclass(frozen=True, slots=True)
class NotesPlace:
    """The parts of a sheet's notes, blank where there are none yet."""

    notes: str
    drawing: str


def noted(held: Package, part: str) -> frozenset[Place]:
    """Return the cells of a sheet that bear a note or a thread of comments."""
    found: set[Place] = set()
    for relation in relations_of(held, part):
        if relation.kind not in ("comments", "threadedComment") or not relation.target:
            continue
        marked = (attribute(tag.text, b"ref") for tag in tags(held.xml(relation.target)))
        found |= {place for ref in marked if ref and (place := place_of(ref))}
    return frozenset(found)


def add_notes(held: Package, part: str, sheet: SheetPart, notes: Mapping[Place, str]) -> bytes:
    """Add notes to cells that have none; return the sheet's XML, which refers to their drawing."""
    strict = b"purl.oclc.org" in root(sheet.xml).tag.text
    place = _parts(held, part, sheet)
    _add_texts(held, part, place.notes, notes, strict=strict)
    drawing = place.drawing or held.free_name("xl/drawings/vmlDrawing{n}.vml")
    held.put(drawing, _with_shapes(held, place.drawing, sorted(notes)))
    if place.drawing:
        return sheet.xml
    add_content_type(held, drawing, _DRAWING_TYPE)
    relation = add_relation(held, part, "vmlDrawing", drawing, strict=strict)
    return _with_drawing(sheet, relation, STRICT if strict else TRANSITIONAL)


def _parts(held: Package, part: str, sheet: SheetPart) -> NotesPlace:
    relations = relations_of(held, part)
    notes = next((found.target for found in relations if found.kind == "comments"), "")
    named = tags(sheet.xml, sheet.prefix + b"legacyDrawing", start=sheet.data_end)
    ids = [local_attribute(tag.text, b"id") for tag in named]
    drawing = next((found.target for found in relations if found.id in ids), "")
    return NotesPlace(notes, drawing)


def _add_texts(held: Package, part: str, notes_part: str, notes: Mapping[Place, str], *, strict: bool) -> None:
    name = notes_part or held.free_name("xl/comments{n}.xml")
    if not notes_part:
        space = _STRICT_MAIN if strict else _MAIN
        empty = f'<comments xmlns="{space}"><authors></authors><commentList></commentList></comments>'
        held.put(name, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + empty.encode())
        add_content_type(held, name, _NOTES_TYPE)
        add_relation(held, part, "comments", name, strict=strict)
    held.put(name, _with_texts(held.xml(name), notes))


def _with_texts(xml: bytes, notes: Mapping[Place, str]) -> bytes:
    whole = root(xml)
    prefix = whole.tag.name[: -len(whole.tag.local)]
    xml, author = _with_author(xml, prefix)
    entries = b"".join(_entry(prefix, place, author, notes[place]) for place in sorted(notes))
    return _appended(xml, b"commentList", prefix, entries)


def _with_author(xml: bytes, prefix: bytes) -> tuple[bytes, int]:
    authors = _list(xml, b"authors")
    known = list(children(xml, authors))
    entry = b"<" + prefix + b"author>" + text_bytes(AUTHOR) + b"</" + prefix + b"author>"
    return _appended(xml, b"authors", prefix, entry), len(known)


def _appended(xml: bytes, name: bytes, prefix: bytes, entries: bytes) -> bytes:
    """Return a part with elements added to one of its lists."""
    held = _list(xml, name)
    if held.tag.empty:
        opening = held.tag.text.removesuffix(b"/>").rstrip() + b">"
        return xml[: held.start] + opening + entries + b"</" + prefix + name + b">" + xml[held.end :]
    return xml[: held.inner_end] + entries + xml[held.inner_end :]


def _list(xml: bytes, name: bytes) -> Element:
    held = next((e for e in children(xml, root(xml)) if e.tag.local == name), None)
    if held is None:
        raise Unsound(f"no {name.decode()}")
    return held


def _entry(prefix: bytes, place: Place, author: int, text: str) -> bytes:
    opening = b"<" + prefix + f'comment ref="{address(*place)}" authorId="{author}">'.encode()
    named = prefix + b"text>"
    return opening + b"<" + named + text_element(prefix, text) + b"</" + named + b"</" + prefix + b"comment>"


def _with_shapes(held: Package, drawing: str, places: Iterable[Place]) -> bytes:
    """Return the drawing with a hidden box for each note."""
    others = [held.read(name) for name in held.names if name.lower().endswith(".vml")]
    maps = {int(n) for data in others for _, told in _ID_MAP.findall(data) for n in told.split(b",")}
    ids = {int(n) // _BLOCK for data in others for n in _SHAPE_ID.findall(data)}
    first = max(maps | ids, default=0) + 1
    boxes = [_shape(first * _BLOCK + number, place) for number, place in enumerate(places, 1)]
    blocks = ",".join(str(first + n) for n in range(1 + len(boxes) // _BLOCK))
    data = held.read(drawing) if drawing else _new_drawing(blocks)
    if drawing:
        data = _ID_MAP.sub(rb"\g<0>," + blocks.encode(), data, count=1)
    kind = "" if b'id="_x0000_t202"' in data else _SHAPE_TYPE
    data = _with_prefixes(data)
    end = data.rindex(b"</xml>")
    return data[:end] + (kind + "".join(boxes)).encode() + data[end:]


def _with_prefixes(drawing: bytes) -> bytes:
    """Return a drawing in which the prefixes of our boxes hold, whatever those of the others are."""
    whole = next(tags(drawing))
    opening = whole.text
    for prefix, space in _PREFIXES.items():
        opening = with_attribute(opening, b"xmlns:" + prefix, space)
    return drawing[: whole.start] + opening + drawing[whole.end :]


def _new_drawing(blocks: str) -> bytes:
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>'
    return f"<xml>{layout}</xml>".encode()


def _shape(number: int, place: Place) -> str:
    row, column = place
    anchor = f"{column + 1},15,{max(row - 1, 0)},2,{column + 5},15,{max(row - 1, 0) + 6},4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
        ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        f'</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _with_drawing(sheet: SheetPart, relation: str, space: str) -> bytes:
    """Return a sheet that refers to a drawing of notes, behind all that must stand before it."""
    xml, end = sheet.xml, sheet.data_end
    before = [e.end for e in elements(xml, end, root(xml).inner_end) if e.tag.local in _BEFORE]
    end = max(before, default=end)
    entry = b"<" + sheet.prefix + f'legacyDrawing xmlns:r="{space}" r:id="{relation}"/>'.encode()
    return xml[:end] + entry + xml[end:]
