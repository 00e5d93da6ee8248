"""`main.py fill`, and the copy with remarks of `main.py import`, as scripts rely on them."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from storage.catalogue import Catalogue
from storage.commands import run


@pytest.fixture
def file(catalogue: Catalogue) -> str:
    return str(catalogue.path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Report")
        sheet.write_row("A1", ["", "Workers", "Firms"])
        sheet.write_column("A2", ["Pangyo Techno Valley", "Nowhere"])
    return path


def test_a_block_is_mapped_by_its_headers_and_filled(
    file: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.xlsx"
    assert run(["fill", file, str(source), str(out), "--report", "Q", "--map", "Report!A1:C3"]) == 0
    sheet = openpyxl.load_workbook(out)["Report"]
    assert isinstance(sheet["B2"].value, (int, float))
    assert sheet["B3"].value is None
    assert "“Nowhere” is no name" in capsys.readouterr().out


def test_the_mapping_is_kept_for_the_next_time(
    file: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["fill", file, str(source), str(tmp_path / "1.xlsx"), "--report", "Q", "--map", "Report!A1:C3"])
    assert run(["fill", file, str(source), str(tmp_path / "2.xlsx"), "--report", "Q"]) == 0
    assert "0 of them changed since last time" in capsys.readouterr().out


def test_an_unknown_report_ends_in_one_sentence(
    file: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fill", file, str(source), str(tmp_path / "1.xlsx"), "--report", "Q"]) == 1
    assert capsys.readouterr().err == "There is no report “Q”; known are: –.\n"


def test_a_report_is_no_view_to_export(file: str, source: Path, tmp_path: Path) -> None:
    run(["fill", file, str(source), str(tmp_path / "1.xlsx"), "--report", "Q", "--map", "Report!A1:C3"])
    assert run(["export", file, str(tmp_path / "2.xlsx"), "--view", "Q"]) == 1


def test_an_import_writes_a_copy_with_remarks(file: str, tmp_path: Path) -> None:
    sent, out = tmp_path / "sent.csv", tmp_path / "remarks.xlsx"
    sent.write_text(
        "Cluster,Year,Workers\nAlpha,2015,70\nBeta,2015,80\nGamma,2015,see note\nDelta,2015,90\n", encoding="utf-8"
    )
    assert run(["import", file, str(sent), "--create-missing", "--dry-run", "--remarks", str(out)]) == 0
    assert openpyxl.load_workbook(out).worksheets[0]["C4"].comment is not None


def test_what_is_filled_and_left_is_told_in_the_language_of_the_texts(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "years.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Report")
        sheet.write_row("A1", ["", "2015", "1871"])
        sheet.write_row("A2", ["Pangyo Techno Valley"])
    block = ["--map", "Report!A1:C2", "--metric", "Workers", "--language", "ko"]
    assert run(["fill", file, str(path), str(tmp_path / "out.xlsx"), "--report", "Q", *block]) == 0
    written, _, left = capsys.readouterr().out.splitlines()
    assert written.endswith("1개 칸을 채웠고, 그중 1개가 지난번과 다릅니다.")
    assert "그대로 둠: 그 기간의 값은 없습니다" in left
