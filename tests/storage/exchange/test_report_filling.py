"""The newest figures in a copy of the analyst's own report, and what changed since the last time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.report import MappedCell, Report, Shows, Wanted
from storage.domain.text import msg
from storage.errors import InvalidInput, WorkbookError
from storage.exchange.report_figures import find_figures
from storage.exchange.report_filling import fill_report, report_named, save_report, saved_reports
from storage.exchange.report_mapping import Block, map_block
from storage.workbook.reader import read_workbook
from storage.workbook.sheet import CellValue, Sheet

ALPHA, BETA, WORKERS, SALES = 1, 2, 1, 2


@pytest.fixture
def figures(empty: Catalogue) -> Catalogue:
    """Two clusters with workers (a stock) and firms."""
    changes = [
        insert("cluster", {"name": "Alpha", "name_ko": "알파"}, -1),
        insert("cluster", {"name": "Beta"}, -2),
        insert("metric", {"name": "Workers", "nature": "stock"}, -11),
        insert("metric", {"name": "Sales", "nature": "flow"}, -12),
        *(figure(-1, -11, year, amount) for year, amount in ((2014, 58.0), (2015, 70.0))),
        figure(-2, -11, 2015, 10.5, month="-12"),
        figure(-1, -12, 2015, 3e11, month="-03"),
        figure(-2, -12, 2014, 5e11, scope="manufacturing"),
    ]
    empty.apply(ChangeSet.of(changes), msg("Figures"))
    return empty


def figure(entity: int, metric: int, year: int, value: float, *, month: str = "", scope: str = "") -> object:
    start = f"{year}{month or '-01'}-01"
    number = int(month[1:]) if month else 12
    end = f"{year + (number == 12)}-{number % 12 + 1:02}-01"
    return insert("observation", {
        "entity_id": entity, "metric_id": metric, "period": f"{year}{month}", "period_start": start,
        "period_end": end, "value": value, "scope": scope, "value_text": str(value),
    })  # fmt: skip


def cell(wanted: Wanted, address: str = "B2", **more: object) -> MappedCell:
    return MappedCell("Report", address, wanted, **more)


def shown(catalogue: Catalogue, mapped: MappedCell) -> object:
    [found] = find_figures(catalogue, [mapped])
    return found.shown if found.reason is None else str(found.reason)


def test_a_cell_without_a_figure_says_what_there_is_instead(empty: Catalogue) -> None:
    known = {"entity_id": -1, "metric_id": -2, "period": "2011", "period_start": "2011-01-01"}
    changes = [
        insert("cluster", {"name": "Alpha"}, -1),
        insert("metric", {"name": "Firms"}, -2),
        insert("observation", known | {"value": 2.0, "measure": "ratio to base", "base": "2005"}),
        insert("observation", known | {"value": 9.0, "scenario": "target"}),
    ]
    empty.apply(ChangeSet.of(changes), msg("Figures"))
    assert shown(empty, cell(Wanted(1, 1))) == "There are only figures of another kind: Ratio to base period, Target."


def test_a_figure_that_its_source_does_not_give_is_named(empty: Catalogue) -> None:
    missing = {"entity_id": -1, "metric_id": -2, "period": "2011", "status": "M", "value_text": "n/a"}
    changes = [insert("cluster", {"name": "Alpha"}, -1), insert("metric", {"name": "Firms"}, -2),
               insert("observation", missing)]  # fmt: skip
    empty.apply(ChangeSet.of(changes), msg("Figures"))
    assert shown(empty, cell(Wanted(1, 1))) == "Its sources say that there is no figure."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Report")
        sheet.write_row("A1", ["Cluster", "Workers", "2014"])
        sheet.write_column("A2", ["Alpha", "Beta", "Sum"])
        sheet.write_formula("B4", "=B2+B3", None, 0)
    return path


# Which figure


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        (Wanted(ALPHA, WORKERS), 70.0),
        (Wanted(ALPHA, WORKERS, "2014"), 58.0),
        (Wanted(BETA, WORKERS, "2015"), 10.5),  # a stock at the end of the year
        (Wanted(BETA, SALES, scope="manufacturing"), 5e11),
        (Wanted(ALPHA, WORKERS, "2010"), "There is none of that period; there are: 2014, 2015."),
        (Wanted(ALPHA, SALES, "2015"), "There is none of that period; there are: 2015-03."),  # a flow of one month
        (Wanted(BETA, SALES), "There is none of that scope; there are: manufacturing."),
        (Wanted(ALPHA, 99), "Its record or metric was deleted."),
    ],
)
def test_the_wanted_figure_is_found(figures: Catalogue, wanted: Wanted, value: object) -> None:
    assert shown(figures, cell(wanted)) == value


@pytest.mark.parametrize(
    ("shows", "value"), [(Shows.VALUE, 3000.0), (Shows.PERIOD, "2015-03"), (Shows.TEXT, "300,000,000,000")]
)
def test_a_figure_is_shown_as_asked(figures: Catalogue, shows: Shows, value: object) -> None:
    assert shown(figures, cell(Wanted(ALPHA, SALES), shows=shows, divisor=1e8)) == value


def test_the_preferred_of_competing_figures_is_shown(figures: Catalogue) -> None:
    [source] = [insert("source", {"title": "Other"}, -1)]
    rival = figure(ALPHA, WORKERS, 2015, 71.0)
    values = rival.after | {"preferred": True, "passage_id": -2}
    passage = insert("passage", {"source_id": -1, "locator": "p. 1"}, -2)
    figures.apply(ChangeSet.of([source, passage, insert("observation", values)]), msg("Another"))
    assert shown(figures, cell(Wanted(ALPHA, WORKERS))) == 71.0


# A block by its headers


def block(rows: list[list[CellValue]], **more: object) -> Block:
    sheet = Sheet("Report", rows)
    return Block(sheet, (0, 0, sheet.height - 1, sheet.width - 1), **more)


def test_a_header_with_a_unit_is_shown_in_that_size(figures: Catalogue) -> None:
    found = map_block(figures, block([["", "Workers (persons)", "Sales (억원)"], ["Alpha"]]))
    assert [(cell.cell, cell.wanted.metric, cell.divisor) for cell in found.cells] == [
        ("B2", WORKERS, 1.0), ("C2", SALES, 1e8),
    ]  # fmt: skip


def test_names_down_and_metrics_across(figures: Catalogue) -> None:
    found = map_block(figures, block([["", "Workers", "Sales"], ["알파", None, None], ["Beta", None, None]]))
    assert {c.cell: (c.wanted.entity, c.wanted.metric, c.wanted.period) for c in found.cells} == {
        "B2": (ALPHA, WORKERS, ""), "C2": (ALPHA, SALES, ""), "B3": (BETA, WORKERS, ""), "C3": (BETA, SALES, ""),
    }  # fmt: skip


def test_names_down_and_periods_across(figures: Catalogue) -> None:
    found = map_block(figures, block([["", 2014.0, "2015"], ["Alpha", None, None]], metric=WORKERS))
    assert [c.wanted.period for c in found.cells] == ["2014", "2015"]


def test_the_only_scope_that_there_is_is_taken(figures: Catalogue) -> None:
    found = map_block(figures, block([["", "Sales"], ["Beta", None]]))
    assert found.cells[0].wanted.scope == "manufacturing"


def test_an_unknown_header_is_told(figures: Catalogue) -> None:
    found = map_block(figures, block([["", "Workers"], ["Alpha", None], ["Gamma", None]]))
    assert [problem.cell for problem in found.problems] == ["A3"]


def test_a_block_without_a_known_pair_is_refused(figures: Catalogue) -> None:
    with pytest.raises(InvalidInput, match="names down its side"):
        map_block(figures, block([["", 2014.0], ["Alpha", None]]))


# Keeping


def test_a_report_is_kept_and_undone(figures: Catalogue) -> None:
    report = Report("Quarterly", (cell(Wanted(ALPHA, WORKERS), shows=Shows.TEXT, divisor=1e8),))
    kept = save_report(figures, report, msg("Map"))
    assert saved_reports(figures) == [kept]
    figures.undo()
    assert saved_reports(figures) == []


def test_a_cell_that_is_mapped_again_shows_the_new_figure() -> None:
    report = Report("Q", (cell(Wanted(ALPHA, WORKERS)),)).with_cells((cell(Wanted(BETA, WORKERS)),))
    assert [c.wanted.entity for c in report.cells] == [BETA]


def test_an_unknown_report_is_told_with_those_that_there_are(figures: Catalogue) -> None:
    save_report(figures, Report("Quarterly"), msg("Map"))
    with pytest.raises(InvalidInput, match="no report “Yearly”; known are: Quarterly"):
        report_named(figures, "Yearly")


# Filling


def test_figures_stand_in_the_copy(figures: Catalogue, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    report = Report("Q", (cell(Wanted(ALPHA, WORKERS)), cell(Wanted(BETA, WORKERS), "B3")))
    fill_report(figures, report, source, target)
    sheet = openpyxl.load_workbook(target)["Report"]
    assert (sheet["B2"].value, sheet["B3"].value, sheet["B4"].value) == (70, 10.5, "=B2+B3")


def test_what_changed_since_last_time_is_told(figures: Catalogue, source: Path, tmp_path: Path) -> None:
    report = save_report(figures, Report("Q", (cell(Wanted(ALPHA, WORKERS)),)), msg("Map"))
    fill_report(figures, report, source, tmp_path / "first.xlsx")
    figures.apply(ChangeSet.of([figure(ALPHA, WORKERS, 2016, 80.0)]), msg("A year later"))
    filling = fill_report(figures, report_named(figures, "Q"), source, tmp_path / "second.xlsx")
    assert [(done.last, done.found.shown) for done in filling.changed] == [(70.0, 80.0)]


def test_filling_the_same_again_makes_no_revision(figures: Catalogue, source: Path, tmp_path: Path) -> None:
    report = save_report(figures, Report("Q", (cell(Wanted(ALPHA, WORKERS)),)), msg("Map"))
    fill_report(figures, report, source, tmp_path / "first.xlsx")
    before = figures.revision
    filling = fill_report(figures, report_named(figures, "Q"), source, tmp_path / "second.xlsx")
    assert (filling.revision, filling.changed, figures.revision) == (None, [], before)


def test_cells_without_a_figure_and_formulas_are_left_and_told(
    figures: Catalogue, source: Path, tmp_path: Path
) -> None:
    good, none, formula = cell(Wanted(ALPHA, WORKERS)), cell(Wanted(ALPHA, 99), "C2"), cell(Wanted(1, 1), "B4")
    elsewhere = replace(good, sheet="Gone")
    filling = fill_report(figures, Report("Q", (good, none, formula, elsewhere)), source, tmp_path / "filled.xlsx")
    assert [(left.found.mapped.key, str(left.reason)) for left in filling.left] == [
        ("Report!C2", "Its record or metric was deleted."),
        ("Report!B4", "B4: it holds a formula"),
        ("Gone!B2", "The workbook has no sheet “Gone”."),
    ]


def test_a_report_without_any_figure_is_refused(figures: Catalogue, source: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Nothing can be filled in"):
        fill_report(figures, Report("Q", (cell(Wanted(ALPHA, 99)),)), source, tmp_path / "filled.xlsx")


def test_the_report_itself_is_never_rewritten(figures: Catalogue, source: Path) -> None:
    before = source.read_bytes()
    with pytest.raises(WorkbookError, match="never rewritten"):
        fill_report(figures, Report("Q", (cell(Wanted(ALPHA, WORKERS)),)), source, source)
    assert source.read_bytes() == before


def test_the_copy_reads_the_same_figures(figures: Catalogue, source: Path, tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    fill_report(figures, Report("Q", (cell(Wanted(BETA, WORKERS)),)), source, target)
    assert read_workbook(target).sheets[0].value(1, 1) == 10.5
