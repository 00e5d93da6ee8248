"""Workbooks of many programs take values, colours and notes; LibreOffice opens what comes of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from storage.workbook.patching.archive import is_patchable
from storage.workbook.patching.book import WorkbookPatch
from storage.workbook.patching.markup import sound_xml
from storage.workbook.reader import read_workbook
from tests.office import needs_office, saved_by_office
from tests.storage.workbook.patching.rich import raw_parts, rich_book

FAR = (1_500, 40)  # where no file has a cell
SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
FILES = sorted(p for p in SHARED.rglob("*") if p.suffix in (".xlsx", ".xlsm") and "broken" not in p.parts)


@pytest.mark.real_files
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_any_program_is_patched(path: Path, tmp_path: Path) -> None:
    if not is_patchable(path):
        return  # its parts are in UTF-16
    target = tmp_path / path.name
    with WorkbookPatch(path) as patch:
        sheet = patch.sheets[0]
        for place in ((0, 0), FAR):
            patch.colour(sheet, place, "FFC7CE")
            patch.note(sheet, place, "remark")
        patch.write(sheet, FAR, 0.1)
        patch.save(target)
    before, after = raw_parts(path), raw_parts(target)
    changed = [name for name in before if before[name] != after[name]]
    assert 0 < len(changed) <= 12 + len([name for name in before if "sheets/" in name])
    with zipfile.ZipFile(target) as archive:
        for name in {*changed, *(after.keys() - before.keys())}:
            sound_xml(archive.read(name))


@needs_office
@pytest.mark.slow
def test_libreoffice_opens_the_copy_and_works_out_its_formulas(tmp_path: Path) -> None:
    source, target = rich_book(tmp_path / "rich.xlsx"), tmp_path / "copy.xlsx"
    with WorkbookPatch(source) as patch:
        patch.write("Figures", (1, 1), 1000.0)
        patch.colour("Figures", (1, 3), "FFC7CE")
        patch.note("Figures", (1, 3), "too high")
        patch.save(target)
    saved = saved_by_office(target)
    summary = read_workbook(saved).sheet("Summary")
    assert summary is not None
    assert (summary.value(0, 0), summary.value(1, 0)) == (2400.0, 4800.0)
    with pytest.warns(UserWarning, match="not supported"):
        assert openpyxl.load_workbook(saved)["Figures"]["D2"].comment.text == "too high"
