"""A window on a sample catalogue, made anew for each test from one file that is built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from ui.bridge import Bridge
from ui.fonts import ensure_korean
from ui.job import Jobs
from ui.language import Language, LanguageSwitch
from ui.page import Context
from ui.preferences import Preferences
from ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    ensure_korean(qapp)
    return Theme(qapp, Scheme.LIGHT)


@pytest.fixture
def light(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.set_scheme(Scheme.LIGHT)


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[LanguageSwitch]:
    switch = LanguageSwitch(qapp, Language.ENGLISH)
    yield switch
    switch.set_language(Language.ENGLISH)


@pytest.fixture
def problems() -> list[BaseException]:
    """What jobs report to the hook."""
    return []


@pytest.fixture
def jobs(qtbot: QtBot, problems: list[BaseException]) -> Iterator[Jobs]:
    jobs = Jobs(problems.append)
    yield jobs
    jobs.close()


@pytest.fixture
def bridge(qtbot: QtBot, catalogue: Catalogue) -> Bridge:
    return Bridge(catalogue)


@pytest.fixture
def context(bridge: Bridge, jobs: Jobs, light: Theme, languages: LanguageSwitch, tmp_path: Path) -> Context:
    return Context(bridge, jobs, light, Preferences(), tmp_path / "data")
