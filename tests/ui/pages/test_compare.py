import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.changes import ChangeSet, insert
from storage.domain.periods import parse_period
from storage.domain.text import msg
from ui.charts.board import Board
from ui.charts.choice import Choice
from ui.charts.plan import Mark
from ui.charts.record_chip import RecordChip
from ui.compare.reading import Reading
from ui.language import Language
from ui.page import Context, Selection
from ui.pages.compare import ComparePage
from ui.theme import Scheme

UNITS = {"PS": ("persons", "명"), "F": ("firms", "개사"), "KRW": ("won", "원"), "USD": ("dollars", "달러")}
METRICS = {
    "Workers": ("종사자 수", "PS"),
    "Firms": ("기업 수", "F"),
    "Sales": ("매출액", "KRW"),
    "Patents": ("특허", "F"),
}
CLUSTERS = {
    "Pangyo": "판교",
    "Daedeok": "대덕",
    "Gumi": "구미",
    "Empty Valley": "빈 밸리",
    "Sihwa": "시화",
    "Gwanggyo": "광교",
}
YEARS = range(2010, 2016)


class Maker:
    """Gathers records under ids of its own."""

    def __init__(self) -> None:
        self.changes = []
        self.ids: dict[str, int] = {}

    def add(self, called: str, kind: str, **values: object) -> int:
        self.ids[called] = -len(self.changes) - 1
        self.changes.append(insert(kind, values, self.ids[called]))
        return self.ids[called]

    def figure(self, cluster: str, metric: str, period: str, value: float | None, **more: object) -> None:
        read = parse_period(period)
        self.add(
            f"{cluster} {metric} {period} {len(self.changes)}", "observation", entity_id=self.ids[cluster],
            metric_id=self.ids[metric], period=period, period_start=read.start, period_end=read.end, value=value,
            **{"passage_id": self.ids["passage"], **more},
        )  # fmt: skip


def made() -> Maker:
    make = Maker()
    source = make.add("source", "source", title="Survey")
    make.add("passage", "passage", source_id=source, locator="table 3", quote="nearly 70,000 people")
    make.add("other", "passage", source_id=source, locator="line 9")
    for code, (name, korean) in UNITS.items():
        make.add(code, "unit", code=code, name=name, name_ko=korean)
    for name, (korean, unit) in METRICS.items():
        nature = "flow" if name == "Sales" else "stock"
        make.add(name, "metric", name=name, name_ko=korean, unit_id=make.ids[unit], nature=nature)
    for name, korean in CLUSTERS.items():
        make.add(name, "cluster", name=name, name_ko=korean)
    for place, cluster in enumerate(("Pangyo", "Daedeok", "Gumi")):
        for year in YEARS:
            make.figure(cluster, "Workers", str(year), (place + 1) * 10_000 + (year - 2010) * 1_000)
            make.figure(cluster, "Firms", str(year), (place + 1) * 100 + year - 2010)
    make.figure("Gwanggyo", "Workers", "2015", 43_000)
    make.figure("Gwanggyo", "Workers", "2015", 41_000, passage_id=make.ids["other"])
    make.figure("Gwanggyo", "Workers", "2016", 70_000, low=66_000, high=72_000, precision="about")
    make.figure("Gwanggyo", "Workers", "2020", 100_000, scenario="target")
    make.figure("Pangyo", "Sales", "2015", 70, multiplier=1e12)
    make.figure("Daedeok", "Sales", "2015", 2, multiplier=1e9, unit_id=make.ids["USD"])
    make.figure("Sihwa", "Patents", "2030", 5, scenario="target")
    return make


@pytest.fixture(scope="session")
def compared_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A catalogue with several years of figures, built once, and the ids of its records by name."""
    path = tmp_path_factory.mktemp("compared") / "compared.clusters"
    catalogue = Catalogue.create(path, sample=False)
    make = made()
    revision = catalogue.apply(ChangeSet.of(make.changes), msg("Figures"))
    catalogue.close()
    return path, {name: revision.new_ids[id] for name, id in make.ids.items()}


@pytest.fixture
def ids(compared_file: tuple[Path, dict[str, int]]) -> dict[str, int]:
    return compared_file[1]


@pytest.fixture
def catalogue(compared_file: tuple[Path, dict[str, int]], tmp_path: Path) -> Iterator[Catalogue]:
    path = tmp_path / "copy.clusters"
    path.write_bytes(compared_file[0].read_bytes())
    catalogue = Catalogue.open(path)
    yield catalogue
    catalogue.close()


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ComparePage:
    page = ComparePage(context)
    qtbot.addWidget(page)
    page.resize(900, 800)
    context.bridge.changed.connect(page.hear)
    page.show()
    page.enter()
    assert page.inspector is not None
    qtbot.addWidget(page.inspector)
    settle(qtbot, context)
    return page


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: context.jobs.idle)


def choose(qtbot: QtBot, page: ComparePage, *records: int) -> None:
    page.receive(Selection("cluster", records))
    settle(qtbot, page.context)


def click(qtbot: QtBot, page: ComparePage, text: str) -> None:
    """Click a button or chip by its words."""
    button = next(
        found for found in page.findChildren(QPushButton)
        if found.isVisible() and found.accessibleName().split("  ")[0] == text
    )  # fmt: skip
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, page.context)


def chips(page: ComparePage) -> list[RecordChip]:
    return [chip for chip in page.findChildren(RecordChip) if chip.isVisible()]


def marks(page: ComparePage) -> list[Mark]:
    return [mark for _, mark in page._plan.marks()]


def test_an_empty_comparison_says_what_to_do(page: ComparePage) -> None:
    assert page._bench.empty_sentence.startswith("Choose what to compare")


def test_the_empty_page_offers_the_best_documented(qtbot: QtBot, page: ComparePage) -> None:
    click(qtbot, page, "Compare the best documented ones")
    assert [chip.record.name for chip in chips(page)] == ["Pangyo", "Daedeok", "Gumi", "Gwanggyo"]
    assert page._bench.empty_sentence == ""


def test_a_selection_is_drawn_over_time(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Daedeok"], ids["Pangyo"])
    assert page._plan.kind.id == "line"
    assert page._bench.title.accessibleName() == "Firms: Daedeok, Pangyo"
    assert [entry.name for entry in page._plan.entries] == ["Daedeok", "Pangyo"]


def test_a_record_is_added_by_a_search(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    box = page._bench.choices.records
    box.setFocus()
    qtbot.keyClicks(box, "daed")
    qtbot.waitUntil(lambda: box.list is not None and box.list.isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(qtbot, page.context)
    assert [chip.record.name for chip in chips(page)] == ["Pangyo", "Daedeok"]


def test_a_record_goes_with_its_cross(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    chip = chips(page)[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    settle(qtbot, page.context)
    assert [chip.record.name for chip in chips(page)] == ["Gumi"]


def test_a_record_goes_with_delete_and_the_focus_stays_near(
    qtbot: QtBot, page: ComparePage, ids: dict[str, int]
) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    chips(page)[0].setFocus()
    qtbot.keyClick(chips(page)[0], Qt.Key.Key_Delete)
    settle(qtbot, page.context)
    assert [chip.record.name for chip in chips(page)] == ["Gumi"]
    assert chips(page)[0].hasFocus()


def test_a_record_that_stays_keeps_its_colour(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    qtbot.keyClick(chips(page)[0], Qt.Key.Key_Delete)
    settle(qtbot, page.context)
    assert [entry.colour for entry in page._plan.entries] == [1]


def test_many_records_do_not_fill_the_page(qtbot: QtBot, page: ComparePage, context: Context) -> None:
    many = ChangeSet.of(insert("cluster", {"name": f"C{n:02}"}, -n) for n in range(1, 31))
    made = context.bridge.perform(many, msg("Many")).new_ids
    choose(qtbot, page, *made.values())
    assert len(chips(page)) == 10
    click(qtbot, page, "and 20 more")
    assert len(chips(page)) == 30


def test_metrics_are_added_and_left_out_by_their_chips(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    click(qtbot, page, "Workers")
    assert [panel.title for panel in page._plan.panels] == ["Firms", "Workers"]
    click(qtbot, page, "Firms")
    assert [panel.title for panel in page._plan.panels] == ["Workers"]


def test_a_metric_is_added_by_a_search(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    box = page._bench.choices.metrics
    box.setFocus()
    qtbot.keyClicks(box, "Work")
    qtbot.waitUntil(lambda: box.list is not None and box.list.isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(qtbot, page.context)
    assert {panel.title for panel in page._plan.panels} == {"Firms", "Workers"}


def test_different_units_of_a_metric_are_parted(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Daedeok"])
    page.receive(Selection("metric", (ids["Sales"],)))
    settle(qtbot, page.context)
    assert [panel.unit for panel in page._plan.panels] == ["won", "dollars"]
    assert any("different units" in note for note in page._panel.notes)


@pytest.mark.parametrize(("chip", "kind"), [("Bar", "bars"), ("Bar by period", "columns"), ("Scatter", "scatter")])
def test_the_kind_of_chart_is_chosen(
    qtbot: QtBot, page: ComparePage, ids: dict[str, int], chip: str, kind: str
) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    click(qtbot, page, chip)
    assert page._plan.kind.id == kind
    assert not page._plan.empty


def test_periods_narrow_the_chart(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    box = page._bench.options.first
    box.setFocus()
    qtbot.keyClicks(box, "2013")
    box.activated.emit(box.currentIndex())
    settle(qtbot, page.context)
    assert page._plan.grid.columns == ("2013", "2014", "2015")


def test_bars_of_a_chosen_period(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    click(qtbot, page, "Bar")
    box = page._bench.options.period
    box.setCurrentIndex(box.findText("2012"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, page.context)
    assert sorted(mark.figure.amount for mark in marks(page)) == [102, 302]


def test_targets_are_shown_when_asked_for(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Gwanggyo"])
    assert "target" not in {mark.line.scenario for mark in marks(page)}
    click(qtbot, page, "Target")
    assert "target" in {mark.line.scenario for mark in marks(page)}


def test_only_targets_are_better_than_nothing(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Sihwa"])
    assert [mark.figure.amount for mark in marks(page)] == [5]


def test_records_without_figures_say_so(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Empty Valley"])
    assert "no figures that can be drawn" in page._bench.empty_sentence


def test_a_metric_that_nobody_has_leads_back_to_one_that_all_have(
    qtbot: QtBot, page: ComparePage, ids: dict[str, int]
) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    page.receive(Selection("metric", (ids["Patents"],)))
    settle(qtbot, page.context)
    assert page._bench.empty_sentence == "These records have no figures for: Patents."
    click(qtbot, page, "Show the metric that most of them have")
    assert page._bench.empty_sentence == ""


def test_a_click_on_a_mark_opens_the_figure(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    canvas = page._bench.chart.canvas
    canvas.grab()
    mark = marks(page)[3]
    with qtbot.waitSignal(page.context.record_requested) as asked:
        qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.spot(mark).at.toPoint())
    assert asked.args == ["observation", mark.figure.point.observation]


def test_return_on_a_cell_opens_the_figure(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    table = page._bench.table
    table.setCurrentIndex(table.model().index(0, 2))
    with qtbot.waitSignal(page.context.record_requested) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args[0] == "observation"


def test_a_chip_opens_its_record(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    with qtbot.waitSignal(page.context.record_requested) as asked:
        qtbot.keyClick(chips(page)[0], Qt.Key.Key_Return)
    assert asked.args == ["cluster", ids["Pangyo"]]


def test_the_panel_says_what_to_mind(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Gwanggyo"])
    notes = " ".join(page._panel.notes)
    assert "43,000 and 41,000 compete" in notes
    assert "Approximate figures: 1." in notes


def test_the_table_goes_to_the_clipboard(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    qtbot.keyClick(page._bench.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[:2] == [
        "Firms (firms)\t2010\t2011\t2012\t2013\t2014\t2015", "Pangyo\t100\t101\t102\t103\t104\t105",
    ]  # fmt: skip
    assert "<table>" in data.html()


def test_the_picture_goes_to_the_clipboard(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    click(qtbot, page, "Copy picture")
    assert QGuiApplication.clipboard().mimeData().hasImage()


def test_pictures_are_saved_with_a_way_to_them(
    qtbot: QtBot, page: ComparePage, ids: dict[str, int], tmp_path: Path
) -> None:
    choose(qtbot, page, ids["Pangyo"])
    with qtbot.waitSignal(page.context.toast_requested) as told:
        page._outputs.save_svg(tmp_path / "a.svg")
    page._outputs.save_png(tmp_path / "a.png", 2)
    assert "Pangyo" in (tmp_path / "a.svg").read_text("utf-8")
    assert (tmp_path / "a.png").stat().st_size > 5_000
    assert (told.args[0].text, told.args[0].action) == ("Saved a.svg", "Show in folder")


class Opener(QObject):
    """Takes the files that would be opened."""

    opened = Signal(QUrl)

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.emit(url)


def test_the_figures_open_as_a_workbook(
    qtbot: QtBot, page: ComparePage, ids: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    with qtbot.waitSignal(opener.opened, timeout=20_000) as opened:
        page._outputs.open_workbook()
    QDesktopServices.unsetUrlHandler("file")
    path = Path(opened.args[0].toLocalFile())
    assert (path.parent.parent, path.name) == (tmp_path, "Firms Pangyo, Gumi.xlsx")
    words = {str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row}
    assert {"Pangyo", "Gumi", "Firms"} <= words


def test_the_window_starts_without_the_chart_library() -> None:
    code = "import sys, ui.app; assert 'pyqtgraph' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


def test_what_is_chosen_survives_a_restart(
    qtbot: QtBot, page: ComparePage, context: Context, ids: dict[str, int]
) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    click(qtbot, page, "Bar by period")
    context.preferences.page_states["compare"] = page.state()
    again = ComparePage(context)
    qtbot.addWidget(again)
    again.show()
    again.enter()
    qtbot.addWidget(again.inspector)
    settle(qtbot, context)
    assert again._plan == page._plan


def test_another_language_keeps_the_choice(qtbot: QtBot, page: ComparePage, ids: dict[str, int], languages) -> None:
    choose(qtbot, page, ids["Pangyo"], ids["Gumi"])
    languages.set_language(Language.KOREAN)
    page.retranslate()
    qtbot.addWidget(page.inspector)
    settle(qtbot, page.context)
    assert [entry.name for entry in page._plan.entries] == ["판교", "구미"]
    assert page._plan.panels[0].unit == "개사"


def test_another_theme_recolours_the_chart(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    page.context.theme.set_scheme(Scheme.DARK)
    shown = page._bench.chart.canvas.grab().toImage().pixelColor(3, 3).name()
    assert shown == page.context.theme.tokens.panel.lower()


def test_a_change_of_a_figure_is_drawn(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    choose(qtbot, page, ids["Pangyo"])
    values = {"entity_id": ids["Pangyo"], "metric_id": ids["Firms"], "value": 999.0}
    period = {"period": "2019", "period_start": "2019-01-01", "period_end": "2020-01-01"}
    with qtbot.waitSignal(page.context.bridge.changed):
        page.context.bridge.perform(ChangeSet.of([insert("observation", values | period)]), msg("Add"))
    settle(qtbot, page.context)
    assert 999 in [mark.figure.amount for mark in marks(page)]


def test_a_deleted_record_leaves_the_comparison(qtbot: QtBot, page: ComparePage, ids: dict[str, int]) -> None:
    page._choose(replace(page._choice.with_records([ids["Pangyo"], 99_999])))
    settle(qtbot, page.context)
    assert page._choice.records == (ids["Pangyo"],)


def test_nothing_can_be_exported_without_a_chart(page: ComparePage) -> None:
    assert not any(command.enabled() for command in page.commands())


def test_a_catalogue_without_figures_offers_no_comparison(qtbot: QtBot, page: ComparePage) -> None:
    page._take(Reading(Board(), Choice(), anything=False))
    assert "no figures to compare" in page._bench.empty_sentence
    shown = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert "Compare the best documented ones" not in shown
