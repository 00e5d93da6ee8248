"""Whole stories through the real window, with all its pages."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.desk import Desk
from tests.ui.conftest import bridge, context, jobs, languages, light, problems, theme
from ui.language import LanguageSwitch
from ui.page import Context
from ui.pages import PAGES
from ui.window import Window

__all__ = ["bridge", "context", "jobs", "languages", "light", "problems", "theme"]


@pytest.fixture
def window(
    qtbot: QtBot, context: Context, languages: LanguageSwitch, problems: list[BaseException]
) -> Iterator[Window]:
    """The window on a copy of the sample; no job of it may fail unexpectedly."""
    window = Window(context, languages, PAGES)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()
    window.deleteLater()
    assert problems == []


@pytest.fixture
def desk(qtbot: QtBot, window: Window) -> Desk:
    """The person at the window."""
    return Desk(qtbot, window)
