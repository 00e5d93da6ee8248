"""A workbook with everything that a plain load and save loses, partly put in by hand."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import xlsxwriter

THREAD_SHEET = "Threads"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
INJECTED = {
    "xl/threadedComments/threadedComment1.xml": (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="B2" dT="2026-01-01T00:00:00.00" personId="{P}" id="{T}"><text>Is this right?</text>'
        "</threadedComment></ThreadedComments>"
    ),
    "xl/persons/person.xml": (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<person displayName="Kim" id="{P}" userId="Kim" providerId="None"/></personList>'
    ),
    "xl/slicers/slicer1.xml": (
        '<slicers xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<slicer name="Sector" cache="Slicer_Sector" caption="Sector" rowHeight="241300"/></slicers>'
    ),
    "xl/slicerCaches/slicerCache1.xml": (
        '<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'name="Slicer_Sector" sourceName="Sector"/>'
    ),
    "xl/pivotCache/pivotCacheRecords1.xml": (
        '<pivotCacheRecords xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="0"/>'
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" recordCount="0" '
        f'xmlns:r="{RELATIONS}" r:id="rIdInj9">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="Figures"/></cacheSource>'
        '<cacheFields count="0"/></pivotCacheDefinition>'
    ),
    "xl/pivotTables/pivotTable1.xml": (
        '<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="P" cacheId="1" '
        'dataCaption="Values"><location ref="H2:I5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        "</pivotTableDefinition>"
    ),
    "customXml/item1.xml": "<kept>by hand</kept>",
    "xl/printerSettings/printerSettings1.bin": "\0printer\1",
}

TYPES = {
    "xl/calcChain.xml": "openxmlformats-officedocument.spreadsheetml.calcChain",
    "xl/pivotTables/pivotTable1.xml": "openxmlformats-officedocument.spreadsheetml.pivotTable",
    "xl/pivotCache/pivotCacheDefinition1.xml": "openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition",
    "xl/pivotCache/pivotCacheRecords1.xml": "openxmlformats-officedocument.spreadsheetml.pivotCacheRecords",
    "xl/slicers/slicer1.xml": "ms-excel.slicer",
    "xl/slicerCaches/slicerCache1.xml": "ms-excel.slicerCache",
    "xl/threadedComments/threadedComment1.xml": "ms-excel.threadedcomments",
    "xl/persons/person.xml": "ms-excel.person",
}


def rich_book(path: Path) -> Path:
    """Write the workbook; its sheets are Figures, Summary and Threads."""
    plain = path.with_name("before-injection.xlsx")
    book = xlsxwriter.Workbook(plain)
    figures, summary, threads = (book.add_worksheet(name) for name in ("Figures", "Summary", THREAD_SHEET))
    _fill(book, figures)
    summary.write_formula("A1", "=SUM(Figures!B2:B6)", None, 1500)
    summary.write_formula("A2", "=A1*2", None, 3000)
    summary.write_formula("A3", "=Figures!C2", None, "x")
    summary.write_dynamic_array_formula("C1:C3", "=SORT(Figures!B2:B4)", None, 100)
    summary.insert_image("E1", "dot.png", {"image_data": BytesIO(_png())})
    threads.write_row("A1", ["Firm", "Workers"])
    threads.write_row("A2", ["Alpha", "many"])
    threads.write_comment("B2", "[Threaded comment]\n\nIs this right?", {"author": "tc={T}"})
    threads.write_comment("A2", "an older note")
    book.define_name("Workers", "=Figures!$B$2:$B$6")
    book.set_properties({"title": "Rich"})
    book.set_custom_property("Agency", "Technopark")
    book.close()
    return _injected(plain, path)


def _fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.workbook.Worksheet) -> None:
    money = book.add_format({"num_format": '#,##0.0 "억원"', "border": 1, "bold": True, "bg_color": "#EEEEEE"})
    sheet.write_row("A1", ["Firm", "Workers", "Note", "Budget"])
    for row in range(1, 6):
        sheet.write_row(row, 0, [f"Firm {row}", row * 100, "x"])
        sheet.write_number(row, 3, row * 1.5, money)
    sheet.write_formula("B8", "=SUM(B2:B6)", None, 1500)
    sheet.write_rich_string("C8", "plain ", book.add_format({"italic": True}), "slanted")
    sheet.merge_range("A10:C11", "merged")
    sheet.add_table("F1:G4", {"name": "Firms", "columns": [{"header": "Name"}, {"header": "Size"}]})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Figures!$B$2:$B$6", "trendline": {"type": "linear"}})
    sheet.insert_chart("J2", chart)
    sheet.add_sparkline("E2", {"range": "Figures!B2:D2"})
    sheet.conditional_format("B2:B6", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("C2:C6", {"validate": "list", "source": ["x", "y"]})
    sheet.freeze_panes(1, 1)
    sheet.set_column("D:D", 14, money)
    sheet.set_header("&CFigures")


def _png() -> bytes:
    """Return a picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rIdInj{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def _injected(plain: Path, path: Path) -> Path:
    """Put parts in that XlsxWriter does not make, with the references to them."""
    added = {
        "xl/worksheets/_rels/sheet3.xml.rels": _relation(
            1, "threadedComment", "../threadedComments/threadedComment1.xml"
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": _relation(2, "slicer", "../slicers/slicer1.xml")
        + _relation(3, "pivotTable", "../pivotTables/pivotTable1.xml"),
        "xl/_rels/workbook.xml.rels": _relation(4, "person", "persons/person.xml")
        + _relation(5, "calcChain", "calcChain.xml")
        + _relation(6, "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
    }
    own = {
        "xl/pivotTables/_rels/pivotTable1.xml.rels": _relation(
            7, "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"
        ),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _relation(
            9, "pivotCacheRecords", "pivotCacheRecords1.xml"
        ),
    }
    chain = (
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B8" i="1"/>'
        '<c r="A1" i="2"/><c r="A2" i="2"/><c r="A3" i="2"/></calcChain>'
    )
    types = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.{kind}+xml"/>' for part, kind in TYPES.items()
    )
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            if part in added:
                data = data.replace(b"</Relationships>", added[part].encode() + b"</Relationships>")
            if part == "[Content_Types].xml":
                data = data.replace(b"</Types>", types.encode() + b"</Types>")
            if part == "xl/workbook.xml":
                caches = b'<pivotCaches><pivotCache cacheId="1" r:id="rIdInj6"/></pivotCaches></workbook>'
                data = data.replace(b"</workbook>", caches).replace(b' fullCalcOnLoad="1"', b"")
            target.writestr(part, data)
        for part, text in {**INJECTED, "xl/calcChain.xml": chain}.items():
            target.writestr(part, text)
        for part, text in own.items():
            target.writestr(part, f'<Relationships xmlns="{PACKAGE_RELATIONS}">{text}</Relationships>')
    plain.unlink()
    return path


def raw_parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a package as they are packed."""
    found = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for part in archive.infolist():
            file.seek(part.header_offset)
            name, extra = struct.unpack("<26xHH", file.read(30))
            file.seek(name + extra, 1)
            found[part.filename] = file.read(part.compress_size)
    return found


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Return a copy of a package whose parts went through a function."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.namelist():
            copy.writestr(part, change(part, source.read(part)))
    return target
