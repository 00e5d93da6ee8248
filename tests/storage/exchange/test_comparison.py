"""A comparison as a workbook: figures side by side under native charts, one by one, and the passages they rest on."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook as ExcelBook

from storage.domain.fields import Ref
from storage.domain.periods import parse_period
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series
from storage.exchange.exporting import export_figures

PERSONS, FIRMS = Ref(1, "persons", "명"), Ref(2, "firms", "개사")
WORKERS, COMPANIES = Ref(1, "Workers", "종사자 수"), Ref(2, "Firms", "기업 수")


def point(year: str, value: float, *, source: str = "Article", preferred: bool = False, **more: object) -> Point:
    given = {"status": "A", "scenario": "actual", "measure": "level", "competing": 0, "note": "", "text": ""} | more
    quantity = Quantity(value, precision="about" if value > 60_000 else "exact")
    return Point(
        observation=1, period=parse_period(year), quantity=quantity, preferred=preferred, source=source,
        locator="line 1", quote="=quoted", **given,
    )  # fmt: skip


def series(entity: str, metric: Ref, unit: Ref, *points: Point) -> Series:
    return Series(Ref(1, entity), metric, unit, None, "", points)


COMPARED = (
    series(
        "Pangyo", WORKERS, PERSONS, point("2014", 50_000), point("2015", 70_000, preferred=True), point("2015", 65_000)
    ),
    series("Daedeok", WORKERS, PERSONS, point("2015", 30_000, source="Report"), point("2016", 9, scenario="target")),
    series("Pangyo", COMPANIES, FIRMS, point("2015", 1_000)),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison that was written."""
    path = tmp_path_factory.mktemp("compared") / "comparison.xlsx"
    export_figures(path, "=Workers and firms", COMPARED, "en")
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[ExcelBook]:
    """The comparison as openpyxl sees it."""
    book = openpyxl.load_workbook(path)
    yield book
    book.close()


def rows(book: ExcelBook, sheet: str, first: int) -> list[list[object]]:
    return [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=first)]


def test_the_figures_stand_side_by_side(book: ExcelBook) -> None:
    assert rows(book, "Comparison", 1) == [
        ["=Workers and firms", None, None, None, None, None, None],
        ["Of competing figures the preferred one is shown; all of them are on the sheet “Figures”.", *[None] * 6],
        ["Record", "Metric", "Unit", "Scenario", "2014", "2015", "2016"],
        ["Daedeok", "Workers", "persons", None, None, 30_000, None],
        ["Daedeok", "Workers", "persons", "Target", None, None, 9],
        ["Pangyo", "Firms", "firms", None, None, 1_000, None],
        ["Pangyo", "Workers", "persons", None, 50_000, 70_000, None],
    ]


def test_there_is_a_chart_for_every_metric_and_unit(book: ExcelBook) -> None:
    assert [len(chart.series) for chart in book["Comparison"]._charts] == [3, 1]


def test_a_chart_holds_its_figures_for_programs_that_do_not_calculate(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert ("<c:v>30000</c:v>" in chart, "<c:v>2015</c:v>" in chart) == (True, True)


def test_one_period_is_drawn_as_bars(tmp_path: Path) -> None:
    export_figures(tmp_path / "bars.xlsx", "Firms", COMPARED[2:], "en")
    with zipfile.ZipFile(tmp_path / "bars.xlsx") as package:
        assert "<c:barChart>" in package.read("xl/charts/chart1.xml").decode()


def test_every_figure_is_listed_with_its_source(book: ExcelBook) -> None:
    assert [[row[0], row[6], row[7], row[16]] for row in rows(book, "Figures", 2)] == [
        ["Pangyo", "2014", 50_000, "1"], ["Pangyo", "2015", 70_000, "1"], ["Pangyo", "2015", 65_000, "1"],
        ["Daedeok", "2015", 30_000, "2"], ["Daedeok", "2016", 9, "1"], ["Pangyo", "2015", 1_000, "1"],
    ]  # fmt: skip


def test_every_passage_is_cited_once_with_what_it_is_cited_for(book: ExcelBook) -> None:
    cited = ["Pangyo · Workers · 2014", "Pangyo · Workers · 2015", "Daedeok · Workers · 2016", "Pangyo · Firms · 2015"]
    assert rows(book, "Sources", 2) == [
        ["1", "Article", "line 1", "=quoted", "\n".join(cited)],
        ["2", "Report", "line 1", "=quoted", "Daedeok · Workers · 2015"],
    ]


def test_names_follow_the_language(tmp_path: Path) -> None:
    export_figures(tmp_path / "korean.xlsx", "비교", COMPARED, "ko")
    book = openpyxl.load_workbook(tmp_path / "korean.xlsx")
    assert {row[1] for row in rows(book, book.sheetnames[0], 4)} == {"종사자 수", "기업 수"}


def test_nothing_to_compare_is_still_a_workbook(tmp_path: Path) -> None:
    export_figures(tmp_path / "none.xlsx", "Nothing", (), "en")
    assert openpyxl.load_workbook(tmp_path / "none.xlsx").sheetnames == ["Comparison", "Figures", "Sources"]
