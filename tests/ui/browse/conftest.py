"""A page of clusters on the sample, shown and settled."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from ui.browse.page import RecordsPage
from ui.page import Context
from ui.pages.clusters import ClustersPage
from ui.pages.data import DataPage

Settle = Callable[[], None]


@pytest.fixture
def settle(qtbot: QtBot, context: Context) -> Settle:
    """Wait until what was asked is shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: context.jobs.idle)
        qtbot.wait(1)
        qtbot.waitUntil(lambda: context.jobs.idle)

    return wait


def shown(qtbot: QtBot, context: Context, page: RecordsPage, settle: Settle) -> RecordsPage:
    qtbot.addWidget(page)
    context.bridge.changed.connect(page.hear)
    page.resize(1000, 700)
    page.enter()
    page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.addWidget(page.inspector)
    settle()
    return page


@pytest.fixture
def page(qtbot: QtBot, context: Context, settle: Settle) -> RecordsPage:
    return shown(qtbot, context, ClustersPage(context), settle)


@pytest.fixture
def data_page(qtbot: QtBot, context: Context, settle: Settle) -> RecordsPage:
    return shown(qtbot, context, DataPage(context), settle)
