"""Cells are found and changed in place, however a program writes its sheets."""

from __future__ import annotations

import pytest

from storage.workbook.patching.cells import CellEdit
from storage.workbook.patching.markup import Unsound, attribute, sound_xml, with_attribute
from storage.workbook.patching.sheet_part import SheetPart, range_of
from storage.workbook.patching.styles_part import MINIMAL, StylesPart
from storage.workbook.sheet import place_of

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> SheetPart:
    return SheetPart(
        b'<worksheet xmlns="'
        + MAIN
        + b'">'
        + before
        + b"<sheetData>"
        + rows
        + b"</sheetData>"
        + after
        + b"</worksheet>"
    )


def written(part: SheetPart, edits: dict[str, object]) -> str:
    places = {place_of(cell): CellEdit(writes=True, value=value) for cell, value in edits.items()}
    return part.patched(places, lambda style, _colour: style).decode()


@pytest.mark.parametrize(
    ("rows", "cell", "patched"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c></row>', "A1", '<row r="1"><c r="A1"><v>5</v></c></row>'),
        (b'<row r="1"><c r="A1" t="s" s="3"><v>1</v></c></row>', "A1", '<row r="1"><c r="A1" s="3"><v>5</v></c></row>'),
        (b'<row r="1"><c r="B1" s="3"/></row>', "A1", '<row r="1"><c r="A1"><v>5</v></c><c r="B1" s="3"/></row>'),
        (b'<row r="1"><c r="A1"/></row>', "C1", '<row r="1"><c r="A1"/><c r="C1"><v>5</v></c></row>'),
        (b'<row r="3"/>', "B3", '<row r="3"><c r="B3"><v>5</v></c></row>'),
        (b'<row r="3"/>', "B2", '<row r="2"><c r="B2"><v>5</v></c></row><row r="3"/>'),
        (b'<row r="3"/>', "B4", '<row r="3"/><row r="4"><c r="B4"><v>5</v></c></row>'),
        (b"<row><c><v>1</v></c><c><v>2</v></c></row>", "B1", "<row><c><v>1</v></c><c><v>5</v></c></row>"),
        (b"<!-- <row r='9'> --><row r='1'><c r='A1'/></row>", "A1", "<row r='1'><c r='A1'><v>5</v></c></row>"),
        (b'<row spans="1:1" r="1"><c r="A1"/></row>', "A1", '<row spans="1:1" r="1"><c r="A1"><v>5</v></c></row>'),
        (b'<row r="1" spans="1:1"><c r="A1"/></row>', "B1", '<row r="1"><c r="A1"/><c r="B1"><v>5</v></c></row>'),
        (b'<row r="1" s="7" customFormat="1"/>', "A1", 's="7" customFormat="1"><c r="A1" s="7"><v>5</v></c></row>'),
    ],
)
def test_a_value_goes_to_its_place(rows: bytes, cell: str, patched: str) -> None:
    assert patched in written(sheet(rows), {cell: 5})


def test_rows_come_where_there_are_none_yet() -> None:
    part = SheetPart(b'<worksheet xmlns="' + MAIN + b'"><sheetData/><pageMargins/></worksheet>')
    assert '<sheetData><row r="2"><c r="B2"><v>5</v></c></row></sheetData><pageMargins/>' in written(part, {"B2": 5})


def test_a_prefix_of_the_names_is_kept() -> None:
    part = SheetPart(b'<x:worksheet xmlns:x="' + MAIN + b'"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>')
    assert '<x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row>' in written(part, {"A1": 5})


def test_what_else_a_cell_bears_stays() -> None:
    rows = b'<row r="1"><c r="A1" ph="1" cm="2" unknown="&lt;"><f>B1</f><v>1</v><extLst><ext/></extLst></c></row>'
    assert '<c r="A1" ph="1" unknown="&lt;"><v>5</v><extLst><ext/></extLst></c>' in written(sheet(rows), {"A1": 5})


def test_text_is_no_markup() -> None:
    xml = written(sheet(b""), {"A1": "<b>&한_x0041_"})
    assert '<t xml:space="preserve">&lt;b&gt;&amp;&#54620;_x005F_x0041_</t>' in xml


def test_the_told_size_grows() -> None:
    part = sheet(b'<row r="2"><c r="B2"/></row>', before=b'<dimension ref="B2"/>')
    assert '<dimension ref="A1:B2"/>' in written(part, {"A1": 5})


@pytest.mark.parametrize(
    "rows",
    [b'<row r="2"/><row r="1"/>', b'<row r="1"><c r="B1"/><c r="A1"/></row>', b'<row r="1"><c r="?"/></row>'],
)
def test_a_sheet_out_of_order_is_refused(rows: bytes) -> None:
    with pytest.raises(Unsound):
        written(sheet(rows), {"Z1": 5, "Z9": 5})


@pytest.mark.parametrize("data", [b"<a>", b"<!DOCTYPE a><a/>", b"", b"\xff\xfe<\x00a\x00"])
def test_a_part_that_is_no_sound_xml_is_refused(data: bytes) -> None:
    with pytest.raises((Unsound, UnicodeDecodeError)):
        sound_xml(data)


def test_a_part_in_utf16_becomes_one_in_utf8() -> None:
    assert sound_xml('<?xml version="1.0" encoding="UTF-16"?><a>한</a>'.encode("utf-16")).endswith("<a>한</a>".encode())


@pytest.mark.parametrize(
    ("tag", "value"), [(b'<c r="A1" s="2"/>', "2"), (b"<c s='2'>", "2"), (b'<c x:s="1">', None), (b'<c t="s=1">', None)]
)
def test_an_attribute_is_told_from_others(tag: bytes, value: str | None) -> None:
    assert attribute(tag, b"s") == value


def test_an_attribute_is_set_where_it_is_or_at_the_end() -> None:
    assert with_attribute(b'<c s="1" t="s"/>', b"s", b"4") == b'<c s="4" t="s"/>'
    assert with_attribute(b"<c/>", b"s", b"4") == b'<c s="4"/>'


@pytest.mark.parametrize(("text", "area"), [("B2:C5", (1, 1, 4, 2)), ("$A$1", (0, 0, 0, 0))])
def test_a_range_is_read(text: str, area: tuple[int, int, int, int]) -> None:
    assert range_of(text) == area


# Styles


def test_a_colour_is_added_once() -> None:
    styles = StylesPart(MINIMAL)
    assert styles.filled(0, "FFC7CE") == styles.filled(0, "FFC7CE") == 1
    assert styles.to_xml().count(b'rgb="FFFFC7CE"') == 1


def test_styles_that_lack_lists_get_them_in_order() -> None:
    styles = StylesPart(b'<styleSheet xmlns="' + MAIN + b'"><cellXfs count="1"><xf/></cellXfs><dxfs/></styleSheet>')
    styles.filled(0, "FFC7CE")
    xml = styles.to_xml()
    names = [b"<fonts>", b"<fills", b"<borders>", b"<cellStyleXfs>", b"<cellXfs", b"<dxfs/>"]
    assert sorted(names, key=xml.index) == names
