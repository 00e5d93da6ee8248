"""Files made to hurt: each ends in one sentence that names it, soon and in little memory."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

if not Path("/proc/self/status").exists():
    pytest.skip("memory is measured as Linux tells it", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY = 300_000  # KiB, in the process that asks and in the one that reads
LONGEST = 20  # seconds of a machine that does much else
BOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
READ = """
import json, resource, sys
from pathlib import Path
from storage.errors import WorkbookError
from storage.workbook.reader import read_workbook
try:
    said = f"read {len(read_workbook(Path(sys.argv[1])).sheets)} sheets"
except WorkbookError as error:
    said = str(error)
# what getrusage says of this process counts the one that started it, too
[own] = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(json.dumps([said, max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)]))
"""
Edit = Callable[[dict[str, bytes]], None]


def one_cell(path: Path) -> dict[str, bytes]:
    """The parts of a sound workbook of one cell."""
    book = openpyxl.Workbook()
    book.active["A1"] = "Region"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def cells(*places: str) -> bytes:
    rows = b"".join(
        f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>1</v></c></row>'.encode()
        for place in places
    )
    return HEAD + b"<sheetData>" + rows + b"</sheetData></worksheet>"


def sheet_of(content: bytes) -> Edit:
    return lambda parts: parts.update({SHEET: content})


def without(name: str) -> Edit:
    def edit(parts: dict[str, bytes]) -> None:
        del parts[name]

    return edit


def to_itself(parts: dict[str, bytes]) -> None:
    """Let the workbook's one sheet be the workbook."""
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"/xl/worksheets/sheet1.xml", b"/xl/workbook.xml")


def nested(parts: dict[str, bytes]) -> None:
    parts[SHEET] = HEAD + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</worksheet>"


def many_parts(parts: dict[str, bytes]) -> None:
    parts.update({f"xl/media/{number}": b"" for number in range(25_000)})


def many_strings(parts: dict[str, bytes]) -> None:
    """Let each of many cells be the same long text."""
    rows = b'<row><c t="inlineStr"><is><t>' + b"x" * 30_000 + b"</t></is></c></row>"
    parts[SHEET] = HEAD + b"<sheetData>" + rows * 5_000 + b"</sheetData></worksheet>"


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
)
EDITS: dict[str, Edit] = {
    "entities that multiply": sheet_of(ENTITIES + b"]><worksheet>&j;</worksheet>"),
    "entities in UTF-16": sheet_of((ENTITIES + b"]><worksheet>&j;</worksheet>").decode().encode("utf-16")),
    "a cell in the last corner": sheet_of(cells("A1", "XFD1048576")),
    "a row far down": sheet_of(cells("A1", "ZZ90000")),
    "a cell beyond the sheet": sheet_of(cells("A1", "ZZZZ99999999")),
    "blanks that unpack": sheet_of(HEAD + b"<sheetData>" + b" " * 200_000_000 + b"</sheetData></worksheet>"),
    "a picture that unpacks": lambda parts: parts.update({"xl/media/image1.png": bytes(300_000_000)}),
    "one text, many times": many_strings,
    "a sheet that is the workbook": to_itself,
    "elements in elements": nested,
    "no relations": without("xl/_rels/workbook.xml.rels"),
    "no sheet": without(SHEET),
    "no workbook": without(BOOK),
    "too many parts": many_parts,
    "an encoding nobody knows": sheet_of(b'<?xml version="1.0" encoding="A0"?>' + cells("A1")),
}


def read(path: Path) -> tuple[str, int]:
    """Read it in a process of its own; return what was said and the most memory taken, in KiB."""
    asked = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=True
    )
    said, used = json.loads(asked.stdout)
    return said, used


@pytest.mark.parametrize("name", EDITS)
def test_a_hostile_package_ends_in_one_sentence(name: str, tmp_path: Path) -> None:
    parts = one_cell(tmp_path / "sound.xlsx")
    EDITS[name](parts)
    said, used = read(packed(tmp_path / "sent.xlsx", parts))
    assert said.startswith("sent.xlsx ")
    assert used < MOST_MEMORY


def test_a_sound_package_is_read_by_the_same_way(tmp_path: Path) -> None:
    path = packed(tmp_path / "sent.xlsx", one_cell(tmp_path / "sound.xlsx"))
    assert read(path)[0] == "read 1 sheets"


def test_a_false_dimension_is_not_believed(tmp_path: Path) -> None:
    parts = one_cell(tmp_path / "sound.xlsx")
    parts[SHEET] = cells("A1", "B2").replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    said, used = read(packed(tmp_path / "sent.xlsx", parts))
    assert (said, used < MOST_MEMORY) == ("read 1 sheets", True)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short(kept: float, tmp_path: Path) -> None:
    one_cell(tmp_path / "sound.xlsx")
    data = (tmp_path / "sound.xlsx").read_bytes()
    (tmp_path / "sent.xlsx").write_bytes(data[: int(len(data) * kept)])
    assert read(tmp_path / "sent.xlsx")[0].startswith("sent.xlsx ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)), ("page.xls", b"<html><table></table></html>"),
        ("program.xlsb", b"MZ" + bytes(200)), ("old.xls", b"\x09\x08\x10\x00" + bytes(600)),
        ("text.ods", "이름,값\n".encode()), ("data.csv", bytes(range(256)) * 50),
    ],
)  # fmt: skip
def test_a_wrong_ending(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert read(tmp_path / name)[0].startswith(f"{name} ")


def test_an_encrypted_open_document_is_told(tmp_path: Path) -> None:
    manifest = b'<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    path = packed(tmp_path / "sent.ods", {"META-INF/manifest.xml": manifest, "content.xml": b"\x07\x01"})
    assert "is protected by a password" in read(path)[0]


def test_an_open_document_that_does_not_say_so(tmp_path: Path) -> None:
    path = packed(tmp_path / "sent.ods", {"mimetype": b"", "content.xml": b"<content/>"})
    assert read(path)[0].startswith("sent.ods is damaged")
