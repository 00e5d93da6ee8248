"""The copy with remarks is offered in the review, where there is something to remark."""

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from ui.importing.state import Step
from ui.page import Context
from ui.pages.import_ import ImportPage

FAULTY = """Cluster,Period,Workers (persons)
Gumi Industrial Complex,2016-12,102240
Changwon Industrial Complex,2016-12,126400
Ulsan Industrial Complex,2016-12,see note
Gunsan Industrial Complex,2016-12,11310
"""


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportPage:
    page = ImportPage(context)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    assert page.inspector is not None
    qtbot.addWidget(page.inspector)
    return page


def reviewed(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    path.write_text(FAULTY, encoding="utf-8")
    page.session.open(path)
    for _ in range(3):
        qtbot.waitUntil(lambda: page.session.state.busy is None and page.context.jobs.idle, timeout=20_000)
        if page.session.state.step is not Step.REVIEW:
            page.session.go_on()
    qtbot.waitUntil(lambda: page.session.state.step is Step.REVIEW and page.context.jobs.idle, timeout=20_000)


def offered(page: ImportPage) -> bool:
    [command] = [command for command in page.commands() if command.id == "import-remarks"]
    return command.enabled()


def test_remarks_are_offered_where_a_cell_could_not_be_read(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, tmp_path / "sent.csv")
    assert offered(page)


def test_no_remarks_are_offered_before_a_workbook_is_reviewed(page: ImportPage) -> None:
    assert not offered(page)


def test_the_copy_bears_the_remarks(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    reviewed(qtbot, page, tmp_path / "sent.csv")
    target, told = tmp_path / "remarks.xlsx", []
    page.context.toast_requested.connect(told.append)
    page._actions.remarks.write(target)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0].text.startswith("Saved remarks.xlsx with ")
    assert openpyxl.load_workbook(target).worksheets[0]["C4"].comment is not None
