"""What a workbook brings in is doubted where it should be, and goes in all the same."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from storage.catalogue import Catalogue
from storage.commands import run
from storage.domain.changes import ChangeSet, insert
from storage.domain.proposal import Item, Naming, Outcome, Proposal
from storage.domain.quality.figures import COLUMNS
from storage.domain.query import Query
from storage.domain.text import msg
from storage.exchange import importing
from storage.exchange.exporting import export_catalogue
from storage.exchange.options import Options
from storage.exchange.quality import with_doubts
from tests.storage.exchange.edits import column, edited, put, row_of

Propose = Callable[..., Proposal]


@pytest.fixture
def propose(catalogue: Catalogue, tmp_path: Path) -> Propose:
    """Read rows as a workbook and hold them against the catalogue."""

    def read(*rows: tuple[object, ...], into: Catalogue = catalogue, name: str = "figures.csv") -> Proposal:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        workbook = importing.open_workbook(path)
        recipe = importing.plan(into, workbook, Options())
        return importing.propose_workbook(into, workbook, recipe, Naming(create_missing=True))

    return read


def doubts(proposal: Proposal) -> list[tuple[str, str]]:
    """Cell and cause of everything that is doubtful."""
    return [(found.cell, str(found.cause)) for item in proposal.doubtful for found in item.doubts]


HEADER = ("Cluster", "Year", "Workers")
LOST = ("Alpha", 2015, 1_030_000)
GROWTH = (("Alpha", 2011, 1000), ("Alpha", 2012, 1010), ("Alpha", 2013, 1025), ("Alpha", 2014, 1020))


def test_a_lost_multiplier_is_told_with_its_cell(propose: Propose) -> None:
    ((cell, cause),) = doubts(propose(HEADER, *GROWTH, LOST))
    assert (cell, "1,030,000 is about 1,000 times" in cause) == ("C6", True)


def test_a_doubtful_figure_is_written_unless_somebody_says_no(propose: Propose, catalogue: Catalogue) -> None:
    proposal = propose(HEADER, *GROWTH, LOST)
    before = catalogue.count(Query("observation"))
    importing.apply(catalogue, proposal, {})
    assert catalogue.count(Query("observation")) == before + 5


def test_the_catalogue_is_the_measure_of_the_next_edition(propose: Propose, catalogue: Catalogue) -> None:
    importing.apply(catalogue, propose(HEADER, *GROWTH), {})
    assert [cell for cell, _ in doubts(propose(HEADER, *GROWTH, LOST))] == ["C6"]


def test_a_changed_figure_is_held_against_its_other_periods(propose: Propose, catalogue: Catalogue) -> None:
    importing.apply(catalogue, propose(HEADER, *GROWTH, ("Alpha", 2015, 1030)), {})
    assert [cell for cell, _ in doubts(propose(HEADER, *GROWTH, LOST))] == ["C6"]


def test_our_own_export_is_checked_on_its_way_back(propose: Propose, catalogue: Catalogue, tmp_path: Path) -> None:
    importing.apply(catalogue, propose(HEADER, *GROWTH, ("Alpha", 2015, 1030)), {})
    path = tmp_path / "export.xlsx"
    export_catalogue(catalogue, path)

    def edit(book: Workbook) -> None:
        sheet = book["Observations"]
        put(sheet, row_of(sheet, "Value", 1030), Value=1_030_000)
        put(sheet, row_of(sheet, "Value", 1025), Note="checked")

    proposal = importing.propose_export(catalogue, importing.open_workbook(edited(path, edit)))
    ((_, cause),) = doubts(proposal)
    assert (proposal.counts()["changed"], "about 1,000 times as much" in cause) == (2, True)


def test_a_sound_workbook_is_not_doubted(propose: Propose) -> None:
    assert doubts(propose(HEADER, *GROWTH)) == []


def test_an_unknown_unit_is_told_once_where_it_first_stands(propose: Propose) -> None:
    rows = (("Alpha", 2010 + n, "Output", "zorkmids", 100 + n) for n in range(3))
    ((_, cause),) = doubts(propose(("Cluster", "Year", "Metric", "Unit", "Value"), *rows))
    assert cause.startswith("“zorkmids” is no unit")


def test_districts_that_the_workbook_makes_are_parts_of_their_province(propose: Propose, empty: Catalogue) -> None:
    place = insert("region", {"name": "Gyeonggi", "level": "province"}, -1)
    parts = [insert("region", {"name": name}, -2 - n) for n, name in enumerate(("Suwon", "Ansan"))]
    ties = [insert("relation", {"subject_id": -2 - n, "type": "part of", "object_id": -1}) for n in range(2)]
    empty.apply(ChangeSet.of([place, *parts, *ties]), msg("Regions"))
    rows = (("Region", "Year", "Firms"), ("Gyeonggi", 2015, 5), ("Suwon", 2015, 2310), ("Ansan", 2015, 2690))
    ((cell, cause),) = doubts(propose(*rows, into=empty))
    assert (cell, "its 2 parts together (5,000)" in cause) == ("C2", True)


def test_the_report_bears_the_doubts(catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, report = tmp_path / "figures.csv", tmp_path / "report.json"
    path.write_text("\n".join(",".join(map(str, row)) for row in (HEADER, *GROWTH, LOST)), encoding="utf-8")
    argv = ["import", str(catalogue.path), str(path), "--create-missing", "--dry-run", "--report", str(report)]
    assert run(argv) == 0
    (told,) = json.loads(report.read_text(encoding="utf-8"))["doubts"]
    assert (told["cell"], told["outcome"], "1 to check" in capsys.readouterr().out) == ("C6", "new", True)


REAL = ("korea/지표.xlsx", "metro/VC.csv", "oecd/FDIs.csv", "mit_reap/MIT_REAP_cohort_1_dashboard_data.xlsx")
MOST_DOUBTED = 0.01  # of the figures of a sound workbook; whoever is warned more often no longer looks


@pytest.mark.real_files
@pytest.mark.parametrize("name", REAL)
def test_the_tables_of_agencies_are_hardly_doubted(name: str, empty: Catalogue, shared_data: Path) -> None:
    workbook = importing.open_workbook(shared_data / "agency" / name)
    recipe = importing.plan(empty, workbook, Options())
    proposal = importing.propose_workbook(empty, workbook, recipe, Naming(create_missing=True))
    figures = sum(item.kind == "observation" for item in proposal.items)
    assert figures > 0
    assert len(proposal.doubtful) <= MOST_DOUBTED * figures


def test_the_sample_is_not_doubted(catalogue: Catalogue) -> None:
    stored = catalogue.stored(Query("observation"), COLUMNS)
    told = [insert("observation", dict(zip(COLUMNS, values, strict=True))) for _, *values in stored]
    items = [Item(0, "observation", Outcome.NEW, "", "", "", "", take=(change,)) for change in told]
    found = with_doubts(catalogue, items)
    assert (len(found), [str(doubt.cause) for item in found for doubt in item.doubts]) == (68, [])


def test_a_figure_of_an_export_that_became_a_thousand_times_as_much(catalogue: Catalogue, tmp_path: Path) -> None:
    def multiply(book: Workbook) -> None:
        sheet = book["Observations"]
        put(sheet, 2, Value=sheet.cell(2, column(sheet, "Value")).value * 1000)

    export_catalogue(catalogue, tmp_path / "export.xlsx")
    workbook = importing.open_workbook(edited(tmp_path / "export.xlsx", multiply))
    [(_, cause)] = doubts(importing.propose_export(catalogue, workbook))
    assert "1,000 times as much as what it replaces" in cause
