"""An import of yesterday is taken back today, with one undo, after other work; what builds on it stands in its way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.domain.query import Query
from tests.journeys.desk import Desk, figures, table
from ui.browse.page import RecordsPage
from ui.window import Window

PANGYO, GUMI = "Pangyo Techno Valley", "Gumi Industrial Complex"
ROWS = [[PANGYO, 2018, 63_050, 1_309], [GUMI, 2018, 92_126, 2_011], ["Nowhere Campus", 2018, 120, 7]]
Open = Callable[[], Desk]


def workbook(path: Path) -> Path:
    book = Workbook()
    book.active.append(["Cluster", "Year", "Workers (persons)", "Firms (firms)"])
    for row in ROWS:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def start(qtbot: QtBot, open_window: Callable[[], Window]) -> Open:
    """Begin a day at a new window."""
    return lambda: Desk(qtbot, open_window())


def contents(catalogue: Catalogue) -> dict[str, int]:
    """How many records of each kind there are."""
    return {kind: catalogue.count(Query(kind)) for kind in catalogue.kinds}


def imported(desk: Desk, path: Path) -> None:
    desk.drop(workbook(path))
    desk.press("Go on to the names")
    desk.press("Make the unknown name new")
    desk.press("Review the changes")
    desk.apply()


def since(desk: Desk, *names: str) -> list[str]:
    """What the page of the clusters shows under “Since”."""
    page = desk.show("clusters")
    assert isinstance(page, RecordsPage)
    shown = {row["Name"]: row["Since"] for row in table(page.table)}
    return [shown[name] for name in names]


def chosen(desk: Desk) -> int:
    """The revision that the history shows."""
    return int(desk.window.navigation.current.state()["chosen"])


def test_import_of_yesterday_is_taken_back_and_later_work_stays(start: Open, tmp_path: Path) -> None:
    yesterday = start()
    before, figures_before = contents(yesterday.catalogue), figures(yesterday.catalogue)
    checksum = yesterday.catalogue.checksum()
    imported(yesterday, tmp_path / "2018.xlsx")
    assert contents(yesterday.catalogue) != before
    yesterday.window.close()

    today = start()
    today.edit("clusters", "Ansan Science Park", "Since", "2011")
    today.edit("clusters", PANGYO, "Since", "2005")  # the import told figures of it, but nothing of this field
    today.show("import")
    today.press("Undo", today.page)  # not the one of a toast
    assert (contents(today.catalogue), figures(today.catalogue)) == (before, figures_before)
    assert since(today, "Ansan Science Park", PANGYO) == ["2011", "2005"]
    today.show("import")
    assert today.button("Do again").isVisible()

    today.undo()
    today.undo()
    assert today.catalogue.checksum() == checksum


def test_what_builds_on_the_import_is_named_and_shown(start: Open, tmp_path: Path) -> None:
    yesterday = start()
    before = contents(yesterday.catalogue)
    imported(yesterday, tmp_path / "2018.xlsx")
    yesterday.window.close()

    today = start()
    today.edit("clusters", "Nowhere Campus", "Since", "1999")
    built, later = contents(today.catalogue), today.catalogue.revision
    today.show("import")
    today.press("Undo", today.page)  # not the one of a toast
    assert (contents(today.catalogue), "Change Since of Nowhere Campus" in today.page.notice.text) == (built, True)

    # the way out leads to what is in the way
    way_out = f"Show revision {later}"
    today.press(way_out)
    assert chosen(today) == later

    # the history, gone to afresh, shows the import, says the same, and leads there as well
    today.window.close()
    today = start()
    today.show("import")
    today.press("Import 2018.xlsx")
    assert chosen(today) == later - 1
    history = today.window.navigation.current
    today.press("Undo this", history.inspector)
    today.press(way_out, history.inspector)

    # once that is taken back, nothing is in the way any longer
    today.press("Undo this", history.inspector)
    today.show("import")
    today.press("Undo", today.page)  # not the one of a toast
    assert contents(today.catalogue) == before
