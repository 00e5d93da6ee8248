"""A template for data collection is made from the window, filled in by a colleague, and comes back."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt

from storage.domain.query import Query
from tests.journeys.desk import Desk, figures, table
from ui.collecting.dialog import TemplateDialog
from ui.importing.state import Step
from ui.widgets.suggest_box import SuggestBox

PANGYO, GUMI, WORKERS, SALES = "Pangyo Techno Valley", "Gumi Industrial Complex", "Workers", "Sales"


def choose(desk: Desk, box: SuggestBox, name: str) -> None:
    """Type a name into a search field and take the record when it is found."""
    desk.click(box)
    desk.qtbot.keyClicks(box, name)
    desk.qtbot.waitUntil(lambda: box.list is not None and box.list.isVisible() and _title(box) == name)
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)


def _title(box: SuggestBox) -> str:
    current = box.list.current if box.list else None
    return current.title if current else ""


# what the colleague fills in, by sheet, metric and period
ANSWERS: dict[tuple[str, str, str], dict[str, object]] = {
    (PANGYO, WORKERS, "2018"): {"Value": 63_050, "Status": "Provisional"},
    (PANGYO, SALES, "2019"): {"Value": 107.2},
    (GUMI, SALES, "2018"): {"Value": 41_100, "Unit": "billion South Korean won"},
}
HEAD = 3


def filled(path: Path) -> Path:
    """Answer some rows, say who, save."""
    book = openpyxl.load_workbook(path)
    for (sheet, metric, period), cells in ANSWERS.items():
        columns = {cell.value: cell.column for cell in book[sheet][HEAD]}
        rows = range(HEAD + 1, book[sheet].max_row + 1)
        row = next(r for r in rows if (book[sheet].cell(r, 1).value, book[sheet].cell(r, 2).value) == (metric, period))
        for header, value in cells.items():
            book[sheet].cell(row, columns[header]).value = value
    [name] = [row[1] for row in book["Instructions"].iter_rows() if row[0].value == "Filled in by"]
    name.value = "Kim Minji"
    book.save(path)
    return path


def test_template_is_made_filled_in_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    path, before = tmp_path / "survey.xlsx", figures(desk.catalogue, "201")
    desk.menu_bar("File", "Make a collection template")
    [dialog] = desk.window.findChildren(TemplateDialog)
    choose(desk, dialog.records.box, PANGYO)
    choose(desk, dialog.records.box, GUMI)
    choose(desk, dialog.metrics.box, WORKERS)
    choose(desk, dialog.metrics.box, SALES)
    desk.type_into(dialog.periods, "2018, 2019", leave=False)
    desk.save_as(lambda: desk.press("Make the template …", dialog), path)
    assert not dialog.isVisible()

    desk.drop(filled(path))
    assert desk.state.step is Step.REVIEW, "nothing is to be mapped, and no name is asked"
    assert desk.page.review.banner.text.startswith("A template filled in: 3 of 8 figures were answered")
    desk.apply()
    assert figures(desk.catalogue, "201") == before | {
        (PANGYO, WORKERS, "2018"): 63_050, (PANGYO, SALES, "2019"): 107.2e12, (GUMI, SALES, "2018"): 41_100e9,
    }  # fmt: skip
    assert [row[1] for row in desk.catalogue.stored(Query("observation"), ("value", "status")) if row[2] == "P"] == [
        63_050
    ]
    desk.press("Show the figures")
    shown = table(desk.window.navigation.current.table)
    assert [row["Value"] for row in shown] == ["63,050", "107.2 trillion", "41,100 billion"]
    assert all("Kim Minji" in row["Source"] for row in shown)
