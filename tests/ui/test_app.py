import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage.catalogue import Catalogue
from storage.database.engine import Database
from storage.domain.query import Query
from storage.errors import CatalogueError
from ui.app import Application
from ui.language import Language
from ui.preferences import load_preferences, save_preferences
from ui.theme import Scheme, Theme
from ui.window_commands import FileRequest, Opening

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def application(
    qapp: QApplication, settings: QSettings, light: Theme, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Application]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    application = Application(qapp, settings)
    yield application
    if application.window is not None:
        application.window.close()
        application.window.deleteLater()
    application.theme.set_scheme(Scheme.LIGHT)
    application.languages.set_language(Language.ENGLISH)


@pytest.fixture(scope="module")
def started_modules() -> frozenset[str]:
    """What a process has loaded once it can show the window."""
    code = "import sys, ui.app; print(*sys.modules)"
    return frozenset(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split())


def shown(application: Application) -> Path:
    assert application.window is not None
    return application.window.context.bridge.catalogue.path


def make(path: Path) -> Path:
    Catalogue.create(path, sample=False).close()
    return path


def truncated(path: Path) -> Path:
    Catalogue.create(path, sample=True).close()
    path.write_bytes(path.read_bytes()[:60_000])
    return path


def test_first_start_shows_the_sample(application: Application) -> None:
    application.open_first(None)
    assert application.window.context.bridge.catalogue.count(Query("cluster")) > 0


def test_first_start_says_how_to_begin_an_empty_one(application: Application) -> None:
    application.open_first(None)
    assert "File > New" in application.window.toast.text


def test_second_start_finds_the_default_file(application: Application) -> None:
    application.open_first(None)
    first = shown(application)
    application.preferences.last_file = ""
    application.open_first(None)
    assert shown(application) == first


def test_wanted_file_is_shown(application: Application, tmp_path: Path) -> None:
    application.open_first(make(tmp_path / "mine.clusters"))
    assert shown(application).name == "mine.clusters"


def test_last_file_is_shown_again(application: Application, tmp_path: Path) -> None:
    application.preferences.remember_file(make(tmp_path / "mine.clusters"))
    application.open_first(None)
    assert shown(application).name == "mine.clusters"


def test_last_file_that_is_gone_is_told(application: Application, tmp_path: Path) -> None:
    application.preferences.remember_file(tmp_path / "gone.clusters")
    application.open_first(None)
    assert (shown(application).name, "gone.clusters" in application.window.toast.text) == ("atlas.clusters", True)


def test_last_file_that_is_broken_is_told(application: Application, tmp_path: Path) -> None:
    broken = tmp_path / "broken.clusters"
    broken.write_text("no catalogue")
    application.preferences.remember_file(broken)
    application.open_first(None)
    assert (shown(application).name, "broken.clusters" in application.window.toast.text) == ("atlas.clusters", True)


def test_missing_file_is_refused(application: Application, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError):
        application.open_first(tmp_path / "gone.clusters")


@pytest.mark.parametrize("how", [Opening.EMPTY, Opening.SAMPLE])
def test_new_catalogue_takes_the_place_of_the_old(
    qtbot: QtBot, application: Application, tmp_path: Path, how: Opening
) -> None:
    application.open_first(make(tmp_path / "mine.clusters"))
    application.window.file_requested.emit(FileRequest(tmp_path / "new.clusters", how))
    qtbot.waitUntil(lambda: shown(application).name == "new.clusters")
    count = application.window.context.bridge.catalogue.count(Query("cluster"))
    assert (count > 0) is (how is Opening.SAMPLE)


def test_file_that_cannot_be_opened_leaves_the_old_one(application: Application, tmp_path: Path) -> None:
    application.open_first(make(tmp_path / "mine.clusters"))
    application.window.file_requested.emit(FileRequest(tmp_path / "gone.clusters"))
    assert (shown(application).name, "gone.clusters" in application.window.toast.text) == ("mine.clusters", True)


def test_damaged_file_leaves_the_old_one(application: Application, tmp_path: Path) -> None:
    application.open_first(make(tmp_path / "mine.clusters"))
    application.window.file_requested.emit(FileRequest(truncated(tmp_path / "damaged.clusters")))
    QCoreApplication.processEvents()
    assert (shown(application).name, application.window.isVisible()) == ("mine.clusters", True)
    assert "damaged.clusters" in application.window.toast.text


def test_damage_met_by_the_new_window_leaves_the_old_one(application: Application, tmp_path: Path) -> None:
    application.open_first(make(tmp_path / "mine.clusters"))
    opened = Catalogue.open(make(tmp_path / "damaged.clusters"))
    truncated(tmp_path / "other.clusters").replace(tmp_path / "damaged.clusters")
    opened.close()
    application._next = Catalogue(Database(tmp_path / "damaged.clusters"))
    application._show_next()
    assert (shown(application).name, application.window.isVisible()) == ("mine.clusters", True)
    assert application.preferences.last_file == str(tmp_path / "mine.clusters")


def test_states_of_the_pages_are_kept_when_the_same_file_opens_again(application: Application, tmp_path: Path) -> None:
    path = make(tmp_path / "mine.clusters")
    application.open_first(path)
    application.window.navigation.show_page("history")
    application.window.navigation.current.search("words")
    application.show(Catalogue.open(path))
    assert application.window.navigation.current.state()["words"] == "words"


def test_selection_of_another_catalogue_is_forgotten(application: Application, tmp_path: Path) -> None:
    application.preferences.page_states["history"] = {"chosen": 9}
    application.open_first(make(tmp_path / "mine.clusters"))
    assert "history" not in application.preferences.page_states


def test_closing_saves_the_preferences(application: Application, settings: QSettings, tmp_path: Path) -> None:
    application.open_first(make(tmp_path / "mine.clusters"))
    application.window.close()
    assert load_preferences(settings).last_file == str(tmp_path / "mine.clusters")


def test_saved_scheme_and_language_are_in_force(
    qapp: QApplication, settings: QSettings, application: Application
) -> None:
    application.preferences.scheme, application.preferences.language = "dark", "ko"
    save_preferences(application.preferences, settings)
    again = Application(qapp, settings)
    found = (again.theme.scheme, again.languages.language)
    again.languages.set_language(Language.ENGLISH)
    again.theme.set_scheme(Scheme.LIGHT)
    assert found == (Scheme.DARK, Language.KOREAN)


@pytest.mark.slow
def test_tour_draws_every_page_in_both_schemes_and_languages(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "main.py", "tour", str(tmp_path)], cwd=ROOT, check=True, timeout=300)
    from ui.pages import PAGES

    expected = {
        f"{page.id}-{scheme}-{code}.png" for page in PAGES for scheme in ("light", "dark") for code in ("en", "ko")
    }
    assert {path.name for path in tmp_path.iterdir()} == expected


@pytest.mark.slow
def test_window_on_a_missing_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "main.py", str(tmp_path / "gone.clusters")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.count("\n"), "Traceback" in done.stderr) == (1, 1, False)


@pytest.mark.parametrize("name", ["xlsxwriter", "openpyxl", "python_calamine", "pyqtgraph", "alembic", "rapidfuzz"])
def test_start_is_spared_what_is_heavy(name: str, started_modules: frozenset[str]) -> None:
    assert name not in started_modules
