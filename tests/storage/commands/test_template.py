"""`main.py template`: by name, back by `main.py import`, one sentence for a mistake."""

import json
from pathlib import Path

import openpyxl
import pytest

from storage.commands import run

PANGYO = "Pangyo Techno Valley"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sample.clusters"
    run(["new", str(path)])
    return path


def made(file: Path, *more: str) -> Path:
    path = file.with_name("template.xlsx")
    assert run(["template", str(file), str(path), *more]) == 0
    return path


def test_it_says_what_it_wrote(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    path = made(file, "--cluster", PANGYO, "--metric", "Workers", "--metric", "Firms", "--periods", "2023,2024")
    assert capsys.readouterr().out == f"Wrote {path}: figures asked for: 4, sheets: 1.\n"


def test_a_metric_alone_has_a_sheet_of_its_own(file: Path) -> None:
    path = made(file, "--metric", "종사자 수", "--periods", "2024", "--language", "ko")
    assert openpyxl.load_workbook(path).sheetnames[:2] == ["작성 안내", "종사자 수"]


def test_what_was_filled_in_comes_back_by_import(file: Path, tmp_path: Path) -> None:
    path = made(file, "--cluster", "PTV", "--metric", "Workers", "--periods", "2024")
    book = openpyxl.load_workbook(path)
    book[PANGYO]["D4"] = 71_000
    book.save(path)
    report = tmp_path / "report.json"
    assert run(["import", str(file), str(path), "--report", str(report)]) == 0
    counts = json.loads(report.read_text(encoding="utf-8"))
    assert (counts["kinds"]["observation"]["new"], counts["invalid"], counts["ignored"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--periods", "2024"], "--cluster or --metric"),
        (["--cluster", "Atlantis", "--periods", "2024"], "no “Atlantis”"),
        (["--cluster", PANGYO, "--periods", "soon"], "soon"),
        (["--cluster", PANGYO, "--periods", ","], "which periods"),
    ],
)
def test_a_mistake_ends_with_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str], more: list[str], said: str
) -> None:
    code = run(["template", str(file), str(file.with_name("t.xlsx")), *more])
    error = capsys.readouterr().err
    assert (code, said in error, len(error.strip().splitlines())) == (1, True, 1)


def test_a_template_is_a_workbook(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", str(file), "t.csv", "--cluster", PANGYO, "--periods", "2024"]) == 1
    assert "end it in .xlsx" in capsys.readouterr().err
