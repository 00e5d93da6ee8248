"""The mapping page as its users meet it: the decimal question, units, header rows, recipes and new columns."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from storage.exchange.recipes import remembered_recipes
from tests.ui.pages.test_import import FIGURES, Rows, opened, page, reviewed, settled, texts, workbook
from ui.importing.recipe_acts import take_from, write_to
from ui.importing.recipe_row import NamePopup, RecipeRow
from ui.importing.role_menu import RoleMenu
from ui.importing.state import Step
from ui.importing.unit_popup import UnitPopup
from ui.page import Context
from ui.pages.import_ import ImportPage

__all__ = ["page"]

OPEN = """Cluster;Period;Workers;Firms
Pangyo Techno Valley;2015-12;1.234;5.678
Gumi Industrial Complex;2015-12;2.345;9.1
"""


@pytest.fixture
def undecided(tmp_path: Path) -> Path:
    path = tmp_path / "open.csv"
    path.write_text(OPEN.replace("9.1", "9.123"), encoding="utf-8")
    return path


def amounts(page: ImportPage) -> list[float | None]:
    return [row.quantity.amount for row in page.session.state.planned.staged[0].rows]


def test_open_decimal_mark_is_asked_with_a_number_of_the_file(qtbot: QtBot, page: ImportPage, undecided: Path) -> None:
    opened(qtbot, page, undecided)
    assert (page.mapping.question.isVisible(), page.mapping.question.comma.text()) == (
        True,
        "Decimal comma: it is 1234",
    )


def test_answered_decimal_mark_is_asked_no_more(qtbot: QtBot, page: ImportPage, undecided: Path) -> None:
    opened(qtbot, page, undecided)
    page.mapping.question.comma.click()
    settled(qtbot, page)
    assert (page.mapping.question.isVisible(), amounts(page)) == (False, [1234, 5678, 2345, 9123])


def test_proven_decimal_mark_is_not_asked(qtbot: QtBot, page: ImportPage, undecided: Path) -> None:
    undecided.write_text(OPEN, encoding="utf-8")
    opened(qtbot, page, undecided)
    assert not page.mapping.question.isVisible()


def test_unit_of_a_column_is_told(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    page.mapping.change_unit(2)
    popup = page.mapping.findChild(UnitPopup)
    popup.line.setText("천명")
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert "Read as: 72,500,000 persons (72,500 × 1,000)" in page.mapping.model.reading(1, 2)


def test_unit_is_offered_for_figures_only(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    page.mapping.open_roles(0, QPoint(0, 0))
    menu = page.mapping.findChildren(RoleMenu)[-1]
    assert not any(action.text().startswith("Unit: ") for action in menu.actions())
    menu.close()


def row_action(page: ImportPage, row: int, words: str) -> tuple[QMenu, QAction]:
    page.mapping.table.header_wanted.emit(row)
    menu = [menu for menu in page.mapping.findChildren(QMenu) if not isinstance(menu, RoleMenu)][-1]
    return menu, next(action for action in menu.actions() if words in action.text())


def test_click_on_a_row_makes_it_the_header_row(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    menu, action = row_action(page, 1, "Row 2 is the header row")
    action.trigger()
    menu.close()
    settled(qtbot, page)
    assert page.session.state.planned.recipe.mappings[0].header_rows == (1,)


def test_header_row_is_found_again(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    page.mapping.set_header_row(2)
    settled(qtbot, page)
    menu, action = row_action(page, 0, "Find the header row again")
    action.trigger()
    menu.close()
    settled(qtbot, page)
    assert page.session.state.planned.recipe.mappings[0].header_rows == (0,)


def test_panel_tells_how_sure_and_why(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    assert "of this reading" in texts(page.column_panel)


# Recipes


def kept(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    """Keep the recipe of the figures with the firms ignored."""
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    page.session.set_role("Firms (firms)", "ignore")
    settled(qtbot, page)
    page.mapping.recipe_button.keep()
    settled(qtbot, page)


def test_recipe_is_kept_without_importing(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    kept(qtbot, page, tmp_path)
    recipe = remembered_recipes(context.bridge.catalogue)[-1]
    assert (recipe.name, recipe.tables[0].roles["Firms (firms)"]) == ("figures", "ignore")


def test_keeping_is_undone(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    before = context.bridge.catalogue.checksum()
    kept(qtbot, page, tmp_path)
    context.bridge.undo()
    assert context.bridge.catalogue.checksum() == before


def test_recipe_is_put_aside(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    kept(qtbot, page, tmp_path)
    page.mapping.recipe_button.read_afresh()
    settled(qtbot, page)
    assert page.mapping.model.headerData(3, Qt.Orientation.Horizontal) == "D, Metric: Firms"


def test_recipe_goes_to_a_file_and_back(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    kept(qtbot, page, tmp_path)
    write_to(page.session, "figures", tmp_path / "r.json")
    context.bridge.undo()
    assert take_from(page.session, tmp_path / "r.json") == "figures"


def test_file_that_is_no_recipe_says_so_in_its_place(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path, FIGURES))
    take_from(page.session, workbook(tmp_path, FIGURES, "other.csv"))
    assert "is no recipe" in page.notice.text


LATER: Rows = [
    [*FIGURES[0], "Patents"],
    *([*row[:3], 700, place] for place, row in enumerate(FIGURES[1:])),
]


def test_later_edition_asks_about_its_new_column_only(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, workbook(tmp_path, FIGURES))
    with qtbot.waitSignal(page.session.applied):
        page.session.apply()
    opened(qtbot, page, workbook(tmp_path, LATER, "later.csv"))
    heads = [page.mapping.model.headerData(column, Qt.Orientation.Horizontal) for column in range(5)]
    asked = [column for column in range(5) if page.mapping.model.is_new(column)]
    assert (page.session.state.step, asked, heads[3]) == (Step.MAPPING, [4], "D, Metric: Firms")


def test_new_column_is_named_above_and_in_the_panel(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    kept(qtbot, page, tmp_path)
    opened(qtbot, page, workbook(tmp_path, LATER, "later.csv"))
    told = texts(page.column_panel)
    assert all(words in told for words in ("new in this edition", "New since then: Patents"))
    assert "Most headers are those of" in texts(page.mapping)


def test_recipe_is_renamed_at_the_beginning(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    kept(qtbot, page, tmp_path)
    page.session.close()
    settled(qtbot, page)
    qtbot.waitUntil(lambda: bool(page.start.findChildren(RecipeRow)))
    page.start.findChildren(RecipeRow)[-1].ask_name()
    popup = page.start.findChild(NamePopup)
    popup.line.setText("Quarterly")
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    assert [recipe.name for recipe in remembered_recipes(context.bridge.catalogue)] == ["Quarterly"]


def test_a_wrong_total_is_a_problem_below_the_sheet_and_beside_it(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    rows: Rows = [
        ["Cluster", "Period", "Workers (persons)"],
        ["Pangyo Techno Valley", "2015-12", 100],
        ["Gumi Industrial Complex", "2015-12", 200],
        ["Total", "2015-12", 301],
    ]
    opened(qtbot, page, workbook(tmp_path, rows))
    assert "1 problem" in texts(page.inspector)
    assert "2 figures · 1 problem · " in texts(page.mapping)
