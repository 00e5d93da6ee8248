from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from storage.domain.comparison import MetricFacts, compare
from storage.errors import CatalogueError
from tests.storage.domain.made_figures import point, series
from tests.ui.charts.made_comparisons import CHOICE
from ui.charts.kinds.line import LINE
from ui.charts.picture import SIZE, Picture, mime_data, sources_line, svg, write_png, write_svg
from ui.charts.plan import Plan
from ui.charts.planning import plan_for
from ui.language import Language, LanguageSwitch
from ui.theme import LIGHT, Scheme, Theme

TEXT = "{http://www.w3.org/2000/svg}text"


def plan(shape: str = "line") -> Plan:
    given = [
        series(0, y2010=20_000, a=point("2011", 70_000, precision="about", low=66_000, high=72_000)),
        series(1, y2010=45_000, b=point("2011", 49_000, status="B")),
    ]
    comparison = compare(given, {1: MetricFacts("stock")})
    return plan_for(comparison, replace(CHOICE, shape=shape))


def picture(made: Plan) -> Picture:
    return Picture("종사자: Pangyo, Daedeok", made, date(2026, 3, 9))


def words(content: bytes) -> list[str]:
    return ["".join(node.itertext()).strip() for node in ET.fromstring(content).iter(TEXT)]


@pytest.mark.parametrize(
    "word",
    [
        "종사자: Pangyo, Daedeok", "Workers (persons)", "2010", "2011", "50k", "Pangyo", "Daedeok", "2026-03-09",
        "Source: Korea IT Times, line 14", "Daedeok: break in “Workers” at 2011. Before and after do not compare.",
    ],
)  # fmt: skip
def test_an_svg_holds_its_words_as_text(qtbot: QtBot, theme: Theme, word: str) -> None:
    # a change of font parts a text in two
    assert word.replace(" ", "") in "".join(words(svg(picture(plan())).data())).replace(" ", "")


def test_an_svg_holds_korean_text(qtbot: QtBot, theme: Theme, languages: LanguageSwitch) -> None:
    languages.set_language(Language.KOREAN)
    found = "".join(words(svg(picture(plan())).data())).replace(" ", "")
    assert [word for word in ("종사자수(명)", "판교", "대덕", "5만") if word not in found] == []


def test_columns_bring_their_legend(qtbot: QtBot, theme: Theme) -> None:
    assert {"Pangyo", "Daedeok"} <= set(words(svg(picture(plan("columns"))).data()))


def test_an_svg_is_drawn_with_lines_not_pixels(qtbot: QtBot, theme: Theme) -> None:
    content = svg(picture(plan())).data()
    assert b"<image" not in content
    assert ET.fromstring(content).get("viewBox") == f"0 0 {SIZE.width()} {SIZE.height()}"


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_png_has_its_scale(qtbot: QtBot, theme: Theme, tmp_path: Path, scale: int) -> None:
    write_png(picture(plan()), scale, tmp_path / "a.png")
    read = QImage(str(tmp_path / "a.png"))
    assert read.size() == SIZE * scale


def test_a_picture_is_light_also_in_the_dark(qtbot: QtBot, light: Theme, tmp_path: Path) -> None:
    light.set_scheme(Scheme.DARK)
    write_png(picture(plan()), 1, tmp_path / "a.png")
    read = QImage(str(tmp_path / "a.png"))
    assert {read.pixelColor(x, y).name() for x, y in ((3, 3), (700, 90), (3, 690))} == {LIGHT.panel.lower()}


def test_lines_are_drawn_in_their_colours(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    write_png(picture(plan()), 1, tmp_path / "a.png")
    read = QImage(str(tmp_path / "a.png"))
    found = {read.pixelColor(x, y).name() for x in range(0, 1200, 2) for y in range(60, 600, 2)}
    assert {LIGHT.series[0].lower(), LIGHT.series[1].lower()} <= found


def test_the_clipboard_gets_pixels_and_svg(qtbot: QtBot, theme: Theme) -> None:
    data = mime_data(picture(plan()))
    assert data.hasImage()
    assert "Pangyo" in words(data.data("image/svg+xml").data())


def test_a_file_that_cannot_be_written_is_said(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"a\.svg"):
        write_svg(picture(plan()), tmp_path / "missing" / "a.svg")


def test_many_sources_are_counted() -> None:
    many = [point(str(2000 + n), n + 1, source=f"S{n}", locator="") for n in range(6)]
    made = LINE.plan(compare([series(0, **{f"f{n}": one for n, one in enumerate(many)})], {}), CHOICE)
    assert sources_line(made) == "Source: S0; S1; S2 and 3 more"
