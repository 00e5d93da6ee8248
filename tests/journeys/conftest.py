"""Whole stories through the real window, with all its pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from tests.journeys.desk import Desk
from tests.ui.conftest import bridge, context, jobs, languages, light, problems, theme
from ui.bridge import Bridge
from ui.job import Jobs
from ui.language import LanguageSwitch
from ui.page import Context
from ui.pages import PAGES
from ui.preferences import Preferences
from ui.theme import Theme
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


@pytest.fixture
def file(sample_file: Path, tmp_path: Path) -> Path:
    """A catalogue that several windows open, one after the other."""
    path = tmp_path / "mine.clusters"
    path.write_bytes(sample_file.read_bytes())
    return path


@pytest.fixture
def open_window(
    qtbot: QtBot, file: Path, light: Theme, languages: LanguageSwitch, tmp_path: Path
) -> Iterator[Callable[[], Window]]:
    """Start the program on the file: a new catalogue, a new window, the same folder of the user."""
    windows: list[Window] = []

    def opened() -> Window:
        jobs = Jobs(lambda error: pytest.fail(str(error)))
        context = Context(Bridge(Catalogue.open(file)), jobs, light, Preferences(), tmp_path / "user")
        window = Window(context, languages, PAGES)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()
