"""A comparison as a workbook: figures side by side under native charts, one by one, and the passages they rest on."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook as ExcelBook

from storage.domain.drawing import Drawing, DrawnPanel, DrawnPoint, DrawnSeries, Shape
from storage.domain.fields import Ref
from storage.domain.periods import parse_period
from storage.domain.quantities import Quantity
from storage.domain.summary import Point, Series
from storage.exchange.exporting import export_figures
from storage.workbook.charts import COLOURS
from tests.office import needs_office, saved_by_office

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


def drawn(name: str, *amounts: float | None, colour: int = 0, pale: bool = False) -> DrawnSeries:
    """A series over 2014, 2015 and so on; None is a gap."""
    points = [
        DrawnPoint(
            str(2014 + n), amount, point(str(2014 + n), amount), 2014.0 + n, n, begins=n == 0 or amounts[n - 1] is None
        )
        for n, amount in enumerate(amounts)
        if amount is not None
    ]
    return DrawnSeries(name, tuple(points), colour, pale=pale)


YEARS = ("2014", "2015", "2016", "2017")
PANGYO, DAEDEOK = drawn("Pangyo", 50_000, 70_000, None, 73_000), drawn("Daedeok", 30_000, 31_000, 32_000, colour=1)


def panel(shape: Shape, *series: DrawnSeries, categories: tuple[str, ...] = YEARS, **more: object) -> Drawing:
    return Drawing((DrawnPanel(shape, "Workers", "persons", series, categories, **more),))  # type: ignore[arg-type]


LINES = panel(Shape.LINES, PANGYO, DAEDEOK)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison that was written."""
    path = tmp_path_factory.mktemp("compared") / "comparison.xlsx"
    export_figures(path, "=Workers and firms", COMPARED, "en", LINES)
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


def test_notes_on_figures_name_their_source(book: ExcelBook) -> None:
    notes = {
        cell.coordinate: cell.comment.text for row in book["Comparison"].iter_rows() for cell in row if cell.comment
    }
    assert notes["F7"] == "[1] Article, line 1\n“=quoted”"


def chart_xml(path: Path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(f"xl/charts/chart{number}.xml").decode()


def written(tmp_path: Path, drawing: Drawing) -> Path:
    export_figures(tmp_path / "drawn.xlsx", "Compared", COMPARED, "en", drawing)
    return tmp_path / "drawn.xlsx"


def test_a_chart_holds_its_figures_for_programs_that_do_not_calculate(path: Path) -> None:
    chart = chart_xml(path)
    assert ("<c:v>30000</c:v>" in chart, "<c:v>2015</c:v>" in chart) == (True, True)


def test_a_gap_in_a_line_is_a_gap_on_the_sheet(book: ExcelBook) -> None:
    sheet = book["Charts"]
    first = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "Series") + 1
    assert [[cell.value for cell in row] for row in sheet.iter_rows(first, first + 4)] == [
        ["Pangyo", "2014", 2014, 50_000], ["Pangyo", "2015", 2015, 70_000], [None] * 4,
        ["Pangyo", "2017", 2017, 73_000], ["Daedeok", "2014", 2014, 30_000],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "element"),
    [
        (Shape.LINES, "<c:scatterChart>"), (Shape.COLUMNS, '<c:barDir val="col"/>'),
        (Shape.BARS, '<c:barDir val="bar"/>'), (Shape.DOTS, "<c:lineChart>"), (Shape.POINTS, "<c:scatterChart>"),
    ],
)  # fmt: skip
def test_every_shape_has_its_native_chart(tmp_path: Path, shape: Shape, element: str) -> None:
    chart = chart_xml(written(tmp_path, panel(shape, PANGYO, DAEDEOK, x_title="Firms")))
    assert (element in chart, "dispBlanksAs" in chart) == (True, False)  # Excel leaves gaps where nothing is said


@pytest.mark.parametrize("shape", list(Shape))
def test_series_wear_the_colours_of_the_window(tmp_path: Path, shape: Shape) -> None:
    chart = chart_xml(written(tmp_path, panel(shape, PANGYO, DAEDEOK, x_title="Firms")))
    assert all(colour.removeprefix("#") in chart for colour in COLOURS[:2])


def test_axes_say_what_they_measure(tmp_path: Path) -> None:
    chart = chart_xml(written(tmp_path, panel(Shape.POINTS, PANGYO, x_title="Firms (number)")))
    assert [f"<a:t>{words}</a:t>" in chart for words in ("Workers", "persons", "Firms (number)")] == [True] * 3


def test_charts_read_the_cells_below_them(tmp_path: Path) -> None:
    path = written(tmp_path, panel(Shape.COLUMNS, PANGYO, DAEDEOK))
    [chart] = openpyxl.load_workbook(path)["Charts"]._charts
    sheet = openpyxl.load_workbook(path)["Charts"]
    cells = chart.series[1].val.numRef.f.removeprefix("Charts!").replace("$", "")
    assert [row[0].value for row in sheet[cells]] == [30_000, 31_000, 32_000, None]


@pytest.mark.parametrize("shape", [Shape.LINES, Shape.COLUMNS, Shape.BARS])
def test_bounds_are_drawn_as_whiskers_over_cells(tmp_path: Path, shape: Shape) -> None:
    low = DrawnPoint("2014", 50.0, point("2014", 50.0), 2014.0, 0, bounds=(40.0, 70.0))
    path = written(tmp_path, panel(shape, PANGYO, DrawnSeries("Seoul", (low,))))
    book = openpyxl.load_workbook(path)
    ranges = re.findall(r"<c:f>Charts!([$A-Z0-9:]+)</c:f>", chart_xml(path).split("<c:errBars>")[-1])[:2]
    cells = [[row[0].value for row in book["Charts"][found]] for found in ranges]
    assert [[value for value in column if value is not None] for column in cells] == [[20], [10]]


def test_hedged_figures_are_tinted(tmp_path: Path) -> None:
    chart = chart_xml(written(tmp_path, panel(Shape.BARS, PANGYO)))  # 70,000 and 73,000 are only about right
    assert chart.count("<c:dPt>") == 2


@needs_office
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler) is not installed")
def test_libreoffice_draws_the_charts(tmp_path: Path) -> None:
    panels = tuple(panel(shape, PANGYO, DAEDEOK, x_title="Firms").panels[0] for shape in Shape)
    pdf = saved_by_office(written(tmp_path, Drawing(panels)), "pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    assert [text.count(words) > 4 for words in ("Pangyo", "Daedeok", "Workers", "persons")] == [True] * 4


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
    export_figures(tmp_path / "korean.xlsx", "비교", COMPARED, "ko", LINES)
    book = openpyxl.load_workbook(tmp_path / "korean.xlsx")
    assert {row[1] for row in rows(book, book.sheetnames[1], 4)} == {"종사자 수", "기업 수"}


def test_nothing_to_compare_is_still_a_workbook(tmp_path: Path) -> None:
    export_figures(tmp_path / "none.xlsx", "Nothing", (), "en", Drawing())
    assert openpyxl.load_workbook(tmp_path / "none.xlsx").sheetnames == ["Comparison", "Figures", "Sources"]


def test_characters_that_xml_cannot_hold_do_not_break_the_workbook(tmp_path: Path) -> None:
    old = point("2015", 1_000, source="Art\x0bicle", note="\x01")
    drawing = panel(
        Shape.BARS, DrawnSeries("Pan\x0bgyo", (DrawnPoint("2015", 1_000.0, old),)), categories=("Pan\x0bgyo",)
    )
    export_figures(tmp_path / "old.xlsx", "Old\x0b", (series("Pan\x0bgyo", WORKERS, PERSONS, old),), "en", drawing)
    assert len(openpyxl.load_workbook(tmp_path / "old.xlsx")["Charts"]._charts) == 1


def test_words_of_a_source_longer_than_a_cell_are_told_to_the_end(tmp_path: Path) -> None:
    words = "판교 technovalley " * 5_000
    figure = replace(point("2015", 1_000, text=words, note=words), quote=words)
    export_figures(tmp_path / "long.xlsx", "Long", (series("Pangyo", WORKERS, PERSONS, figure),), "en", Drawing())
    book = openpyxl.load_workbook(tmp_path / "long.xlsx")
    assert "".join(str(row[3]) for row in rows(book, "Sources", 2)) == words
    assert book["Figures"]["R2"].value.endswith(" …")


# What the chart looks like


def axis_mins(path: Path, drawing: Drawing) -> list[float]:
    export_figures(path, "Reach", COMPARED, "en", drawing)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/charts/chart1.xml").decode()
    return [float(low) for low in re.findall(r'<c:min val="([^"]+)"', xml)]


@pytest.mark.parametrize(
    ("amounts", "low"),
    [((79.0, 87.0), 78), ((10.0, 87.0), 0), ((50_000.0, 52_000.0), 49_000), ((80.0, 80.0), 0)],
)
def test_amounts_far_from_zero_are_told_apart(tmp_path: Path, amounts: tuple[float, ...], low: float) -> None:
    assert axis_mins(tmp_path / "reach.xlsx", panel(Shape.LINES, drawn("Pangyo", *amounts))) == [2013, low]


def test_bars_begin_at_zero(tmp_path: Path) -> None:
    assert axis_mins(tmp_path / "reach.xlsx", panel(Shape.COLUMNS, drawn("Pangyo", 79.0, 87.0))) == [0]


def test_parts_of_years_and_bounds_are_shown_without_noise(tmp_path: Path) -> None:
    one = DrawnPoint("2014 Q1", 82.2, point("2014", 82.2), 2014.12328767123, bounds=(78.1, 86.3))
    export_figures(tmp_path / "bounds.xlsx", "x", COMPARED, "en", panel(Shape.LINES, DrawnSeries("Pangyo", (one,))))
    sheet = openpyxl.load_workbook(tmp_path / "bounds.xlsx").worksheets[0]
    [row] = [row for row in sheet.iter_rows() if row[1].value == "2014 Q1"]
    assert row[2].number_format == "0.00"
    assert [cell.value for cell in row[4:6]] == [4.1, 4.1]
