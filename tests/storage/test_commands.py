"""The headless commands, as scripts rely on them: counts, exit codes, one sentence for a mistake."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from storage.catalogue import Catalogue
from storage.commands import run
from storage.exchange.exporting import export_catalogue

ROWS = [
    ["Cluster", "Year", "Workers"],
    ["Alpha", 2015, 70],
    ["Beta", 2015, 80],
    ["Gamma", 2015, "?!"],
    ["Delta", 2015, 90],
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "c.clusters"
    assert run(["new", str(path), "--empty"]) == 0
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(ROWS)
    return path


def bring_in(file: Path, workbook: Path, *more: str) -> dict[str, Any]:
    report = file.with_name("report.json")
    assert run(["import", str(file), str(workbook), "--create-missing", "--report", str(report), *more]) == 0
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def checksum(file: Path) -> str:
    catalogue = Catalogue.open(file)
    try:
        return catalogue.checksum()
    finally:
        catalogue.close()


def test_the_report_has_the_counts_in_total_and_by_kind(file: Path, workbook: Path) -> None:
    report = bring_in(file, workbook)
    names = {"new", "changed", "same", "removed", "conflicts", "invalid", "ignored"}
    assert names <= report.keys()
    assert all(set(counts) == names for counts in report["kinds"].values())
    assert (report["kinds"]["observation"]["new"], report["kinds"]["observation"]["invalid"]) == (3, 1)


def test_a_workbook_that_can_only_be_compared_two_ways_is_reported_so(
    file: Path, tmp_path: Path, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    export_catalogue(catalogue, tmp_path / "other.xlsx")
    report = bring_in(file, tmp_path / "other.xlsx", "--dry-run")
    assert report["banner"].startswith("This workbook comes from another catalogue.")
    assert report["banner"] in capsys.readouterr().out


def test_the_report_names_cell_cause_and_remedy_of_each_problem(file: Path, workbook: Path) -> None:
    problem = bring_in(file, workbook)["problems"][0]
    assert (problem["cell"], set(problem)) == ("C4", {"sheet", "cell", "cause", "remedy"})


def test_the_report_names_the_revision(file: Path, workbook: Path) -> None:
    assert bring_in(file, workbook)["revision"] == 1


def test_a_dry_run_writes_nothing_and_has_no_revision(file: Path, workbook: Path) -> None:
    before = checksum(file)
    assert (bring_in(file, workbook, "--dry-run")["revision"], checksum(file)) == (None, before)


def test_export_followed_by_import_changes_nothing(tmp_path: Path) -> None:
    file, workbook = tmp_path / "s.clusters", tmp_path / "s.xlsx"
    run(["new", str(file)])
    run(["export", str(file), str(workbook)])
    report = bring_in(file, workbook)
    assert {name: report[name] for name in ("new", "changed", "conflicts", "invalid", "revision")} == {
        "new": 0, "changed": 0, "conflicts": 0, "invalid": 0, "revision": None,
    }  # fmt: skip


def test_undo_and_redo_lead_back_and_forth(file: Path, workbook: Path) -> None:
    before = checksum(file)
    bring_in(file, workbook)
    after = checksum(file)
    assert (run(["undo", str(file)]), checksum(file)) == (0, before)
    assert (run(["redo", str(file)]), checksum(file)) == (0, after)


def test_history_is_told_as_json(file: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(file, workbook)
    capsys.readouterr()
    run(["history", str(file), "--json"])
    assert [(r["revision"], r["label"], r["kind"]) for r in json.loads(capsys.readouterr().out)] == [
        (1, "Import t.csv", "import")
    ]


def test_search_is_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["new", str(tmp_path / "s.clusters")])
    capsys.readouterr()
    run(["search", str(tmp_path / "s.clusters"), "판교", "--json"])
    assert json.loads(capsys.readouterr().out)[0]["title"] == "Pangyo Techno Valley"


def test_a_sound_file_passes_the_check(file: Path) -> None:
    assert run(["check", str(file)]) == 0


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["new", "{file}"], "there already"),
        (["check", "gone.clusters"], "gone.clusters"),
        (["undo", "{file}"], "nothing to undo"),
        (["redo", "{file}"], "nothing to redo"),
        (["import", "{file}", "gone.xlsx"], "gone.xlsx"),
        (["import", "{file}", "{workbook}", "--sheet", "None"], "no sheet “None”"),
        (["import", "{file}", "{workbook}", "--map", "Colour=entity"], "Colour"),
        (["import", "{file}", "{workbook}", "--map", "Cluster=colour"], "colour"),
        (["import", "{file}", "{workbook}", "--map", "nonsense"], "name=value"),
        (["import", "{file}", "{workbook}", "--report", "gone/r.json"], "no folder “gone”"),
        (["import", "{file}", "{workbook}", "--recipe", "None"], "no recipe “None”"),
        (["export", "{file}", "{file}.xlsx", "--view", "None"], "no saved view “None”"),
    ],
)
def test_a_mistake_ends_with_one_sentence_and_exit_code_1(
    file: Path, workbook: Path, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    code = run([word.format(file=file, workbook=workbook) for word in argv])
    error = capsys.readouterr().err
    assert (code, said in error, len(error.strip().splitlines())) == (1, True, 1)


@pytest.mark.parametrize(
    "argv", [[], ["import"], ["new"], ["history", "a", "b"], ["import", "a", "b", "--on-conflict", "x"]]
)
def test_wrong_use_ends_with_exit_code_2(argv: list[str]) -> None:
    assert run(argv) == 2


def test_conflicts_can_be_made_to_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, workbook = tmp_path / "s.clusters", tmp_path / "t.csv"
    run(["new", str(file)])
    rows = "Cluster,Period,Workers\nPangyo Techno Valley,2015-12,66000\nPTV,2016-12,70000\n"
    workbook.write_text(rows, encoding="utf-8")
    before = checksum(file)
    assert run(["import", str(file), str(workbook), "--on-conflict", "fail"]) == 1
    assert (checksum(file), "in conflict" in capsys.readouterr().err) == (before, True)
