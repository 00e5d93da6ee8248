"""A quarterly file with a recipe: mapped once by hand, then it opens ready mapped, and asks about what changed only."""

import shutil
from pathlib import Path

from openpyxl import Workbook

from main import main
from storage.catalogue import Catalogue
from storage.exchange.recipes import remembered_recipes
from tests.journeys.desk import Desk, figures, table
from ui.importing.role_menu import MetricPopup
from ui.importing.state import Step
from ui.importing.unit_popup import UnitPopup

RECIPE = "Parks, quarterly"
HEADER = ["Site", "Quarter", "Heads", "Turnover", "Surveyor"]
RENAMED = ["Site", "Quarter", "Heads", "Sales volume", "Surveyor"]
PANGYO, GUMI = "Pangyo Techno Valley", "Gumi Industrial Complex"
EDITIONS: dict[str, list[tuple[str, int, float]]] = {
    "2019 Q1": [(PANGYO, 81_000, 19_000.5), (GUMI, 90_500, 7_300)],
    "2019 Q2": [(PANGYO, 82_000, 19_100), (GUMI, 90_600, 7_250.25)],
    "2019 Q3": [(PANGYO, 83_000, 19_200), (GUMI, 90_700, 7_200)],
    "2019 Q4": [(PANGYO, 84_000, 19_300), (GUMI, 90_800, 7_150)],
}


def edition(folder: Path, period: str, header: list[str] = HEADER) -> Path:
    """One quarter's file as the agency sends it: a title, a blank row, the table."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Quarterly survey of parks"])
    sheet.append([])
    sheet.append(header)
    for name, heads, turnover in EDITIONS[period]:
        sheet.append([name, period, heads, turnover, "Kim"])
    book.save(folder / f"{period}.xlsx")
    return folder / f"{period}.xlsx"


def map_figures(desk: Desk, letters: str, metric: str, unit: str) -> None:
    """Say by clicks which metric and unit the figures of a column have."""
    desk.choose(desk.column_button(letters), "Figures of another metric")
    desk.type_into(desk.page.mapping.findChildren(MetricPopup)[-1].metric_line, metric)
    desk.choose(desk.column_button(letters), "Unit: ")
    desk.type_into(desk.page.mapping.findChildren(UnitPopup)[-1].line, unit)


def roles(desk: Desk) -> list[str]:
    return [column.role for column in desk.state.planned.recipe.mappings[0].columns]


def map_first(desk: Desk, folder: Path) -> None:
    """Map the first edition by hand, name its recipe, apply."""
    desk.drop(edition(folder, "2019 Q1"))
    map_figures(desk, "C", "Workers", "persons")
    map_figures(desk, "D", "Sales", "million KRW")
    desk.type_into(desk.page.mapping.recipe, RECIPE)
    desk.press("Go on to the names")
    desk.apply()


def stated(*periods: str) -> dict[tuple[str, str, str], float]:
    """The figures of the editions in plain units."""
    rows = [(period, *row) for period in periods for row in EDITIONS[period]]
    return {(name, "Workers", period): heads for period, name, heads, _ in rows} | {
        (name, "Sales", period): turnover * 1e6 for period, name, _, turnover in rows
    }


SHOWN = ["19,000.5 million", "19,100 million", "19,200 million"]
MAPPED = ["entity", "period", "value:Workers", "value:Sales", "attribute"]


def test_quarterly_file_with_a_recipe(desk: Desk, tmp_path: Path) -> None:
    # the first edition is mapped by hand, under a name
    map_first(desk, tmp_path)
    assert RECIPE in [recipe.name for recipe in remembered_recipes(desk.catalogue)]

    # the second opens ready mapped, at its review
    desk.drop(edition(tmp_path, "2019 Q2"))
    assert (desk.state.step, desk.state.recipe_name, roles(desk)) == (Step.REVIEW, RECIPE, MAPPED)
    desk.apply()

    # the third has one header changed: that column is asked about, the others stay as they are known
    desk.drop(edition(tmp_path, "2019 Q3", RENAMED))
    assert (desk.state.step, desk.state.recipe_name) == (Step.MAPPING, RECIPE)
    assert [place for place in range(5) if desk.page.mapping.model.is_new(place)] == [3]
    assert desk.page.mapping.table.currentIndex().column() == 3
    assert [role for place, role in enumerate(roles(desk)) if place != 3] == MAPPED[:3] + MAPPED[4:]
    map_figures(desk, "D", "Sales", "million KRW")
    desk.press("Go on to the names")
    desk.apply()
    assert figures(desk.catalogue, "2019") == stated("2019 Q1", "2019 Q2", "2019 Q3")
    desk.press("Show the figures")
    shown = table(desk.window.navigation.current.table)
    assert [row["Value"] for row in shown if row["Metric"] == "Sales" and row["Record"] == PANGYO] == SHOWN
    assert {row["Source"] for row in shown} == {RECIPE}


def test_recipe_serves_the_command_line(desk: Desk, sample_file: Path, tmp_path: Path) -> None:
    map_first(desk, tmp_path)

    # the next edition opens ready mapped; its recipe is written to a file for a colleague
    fourth = edition(tmp_path, "2019 Q4")
    desk.drop(fourth)
    assert (desk.state.step, desk.state.recipe_name) == (Step.REVIEW, RECIPE)
    desk.press("1 Mapping")
    recipe, theirs = tmp_path / "parks.recipe.json", tmp_path / "theirs.clusters"
    desk.save_as(lambda: desk.choose(lambda: desk.click(desk.page.mapping.recipe_button), "Write the recipe"), recipe)
    desk.press("3 Review")
    desk.apply()
    shutil.copy(sample_file, theirs)
    assert main(["recipes", str(theirs), "--import", str(recipe)]) == 0
    assert main(["import", str(theirs), str(fourth), "--recipe", RECIPE]) == 0
    catalogue = Catalogue.open(theirs)
    assert figures(catalogue, "2019 Q4") == figures(desk.catalogue, "2019 Q4") == stated("2019 Q4")
    catalogue.close()
