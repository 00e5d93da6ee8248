"""Starting the window on a catalogue, and one catalogue after another."""

from __future__ import annotations

import faulthandler
import logging
import sys
import tempfile
from enum import StrEnum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TypeVar

import platformdirs
from PySide6.QtCore import QObject, QSettings, QTimer, Slot, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from storage.catalogue import Catalogue
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.bridge import Bridge
from ui.fonts import ensure_korean
from ui.guided_tour import draw_pages
from ui.icons import Tone, icon
from ui.job import Jobs
from ui.language import Language, LanguageSwitch, tr
from ui.page import Context
from ui.pages import PAGES
from ui.preferences import load_preferences, save_preferences
from ui.problems import Problems, log_qt_message
from ui.rescue import RescueDialog
from ui.theme import Scheme, Theme, TypeSize, sized, tabular
from ui.window import Window
from ui.window_commands import SUFFIX, FileRequest, Opening

NAME = "Cluster Atlas"
FOLDER = "cluster-atlas"
DEFAULT_FILE = f"atlas{SUFFIX}"
LOG_SIZE = 1_000_000
KOREAN_FAMILIES = (
    "Apple SD Gothic Neo", "Malgun Gothic", "Pretendard", "Noto Sans KR", "Noto Sans CJK KR", "NanumGothic",
    "NanumBarunGothic", "UnDotum", "WenQuanYi Micro Hei",
)  # fmt: skip

Choice = TypeVar("Choice", bound=StrEnum)


class Application(QObject):
    """Holds what outlives a window: preferences, theme, language, problems."""

    def __init__(self, app: QApplication, settings: QSettings, folder: Path | None = None) -> None:
        """`folder` takes the place of the user's data folder."""
        super().__init__(app)
        self._app = app
        self._folder = folder or default_path().parent
        self._settings = settings
        self.preferences = load_preferences(settings)
        self.theme = Theme(app, _choice(Scheme.SYSTEM, self.preferences.scheme))
        self.languages = LanguageSwitch(app, _choice(Language.SYSTEM, self.preferences.language))
        self.problems = Problems(self)
        self.problems.expected.connect(self._tell)
        self.window: Window | None = None
        self._next: Catalogue | None = None

    def show(self, catalogue: Catalogue) -> Window:
        """Show a catalogue in a window and close the one shown before, which stays when the new one cannot be made."""
        before = self.window
        if before is not None:
            before.remember()
        self.window = self._make_window(catalogue)
        self.preferences.remember_file(catalogue.path)
        self.window.show()
        if before is not None:
            before.replaced = True
            before.close()
            before.deleteLater()
        return self.window

    def _make_window(self, catalogue: Catalogue) -> Window:
        states = dict(self.preferences.page_states)
        if str(catalogue.path.resolve()) != self.preferences.last_file:
            # ids of one catalogue mean nothing in another
            self.preferences.page_states.clear()
        jobs = Jobs(self.problems.meet)
        context = Context(Bridge(catalogue), jobs, self.theme, self.preferences, self._folder)
        try:
            window = Window(context, self.languages, PAGES)
        except CatalogueError:
            self.preferences.page_states.update(states)
            context.jobs.close()
            context.bridge.close()
            raise
        window.file_requested.connect(self._open)
        window.closed.connect(self._save)
        return window

    def open_first(self, wanted: Path | None) -> None:
        """Show the wanted file, else the last one, else the default one, which is made with the sample at first."""
        if wanted is not None:
            self.show(Catalogue.open(wanted))
            return
        if not self.preferences.last_file:
            self._open_default()
            return
        try:
            self.show(Catalogue.open(Path(self.preferences.last_file)))
        except CatalogueError as error:
            self._open_default()
            self._tell(error)

    def rescue(self, error: CatalogueError) -> bool:
        """Offer ways out when not even the default file opens; tell whether one was taken."""
        path = default_path()
        dialog = RescueDialog(path, error, Catalogue.newest_backup(path))
        dialog.exec()
        if dialog.catalogue is None:
            return False
        self.show(dialog.catalogue)
        return True

    def _open_default(self) -> None:
        path = default_path()
        if path.exists():
            self.show(Catalogue.open(path))
            return
        window = self.show(Catalogue.create(path, sample=True))
        hint = msg("This is the sample. File > New begins an empty catalogue of your own.")
        window.context.toast(hint)

    @Slot(object)
    def _open(self, request: FileRequest) -> None:
        try:
            catalogue = _opened(request)
        except CatalogueError as error:
            self._tell(error)
            return
        # the window that asked goes away, so not from within its own signal
        self._next = catalogue
        QTimer.singleShot(0, self, self._show_next)

    @Slot()
    def _show_next(self) -> None:
        catalogue, self._next = self._next, None
        if catalogue is None:
            return
        try:
            self.show(catalogue)
        except CatalogueError as error:
            self._tell(error)

    @Slot(object)
    def _tell(self, error: CatalogueError) -> None:
        if self.window is not None:
            self.window.show_trouble(error)

    @Slot()
    def _save(self) -> None:
        save_preferences(self.preferences, self._settings)


def run(argv: list[str], version: str = "") -> int:
    """Open the window on `FILE`, or on the last catalogue; the result is the exit code."""
    app = make_application(version)
    start_log()
    ensure_korean(app)
    settings_file = platformdirs.user_config_path(FOLDER, appauthor=False) / "settings.ini"
    application = Application(app, QSettings(str(settings_file), QSettings.Format.IniFormat))
    try:
        application.open_first(Path(argv[0]) if argv else None)
    except CatalogueError as error:
        print(tr(error.text), file=sys.stderr)
        # who names a file sees the terminal; who clicks an icon sees nothing of it
        if argv or not application.rescue(error):
            return 1
    application.problems.install()
    code = app.exec()
    application.problems.remove()
    return code


def tour(directory: str) -> int:
    """Draw every page, light and dark, English and Korean, to PNG files; the result is the exit code."""
    qInstallMessageHandler(log_qt_message)
    app = make_application("")
    try:
        ensure_korean(app)
    except FileNotFoundError:
        print("No font with Korean could be loaded, so the pictures would show boxes.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        application = Application(app, settings, Path(folder))
        window = application.show(Catalogue.create(Path(folder) / f"{tr('Sample')}{SUFFIX}", sample=True))
        draw_pages(window, application.theme, application.languages, Path(directory))
        window.close()
    return 0


def default_path() -> Path:
    """Return where the catalogue lies that opens when none is named."""
    return platformdirs.user_data_path(FOLDER, appauthor=False) / DEFAULT_FILE


def make_application(version: str) -> QApplication:
    """Make the Qt application with its name, font and icon."""
    app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setApplicationVersion(version)
    app.setDesktopFileName(FOLDER)
    app.setFont(tabular(sized(_with_korean(app.font()), TypeSize.BASE)))
    app.setWindowIcon(icon("boxes", Tone.ACCENT))
    return app


def _with_korean(font: QFont) -> QFont:
    """Name the system's text fonts for Korean; left alone, Qt may fall back to a script or a display font."""
    known = set(QFontDatabase.families(QFontDatabase.WritingSystem.Korean))
    # the default may be an alias such as "Sans Serif", behind which the first Korean font would take the Latin too
    font.setFamilies([QFontInfo(font).family(), *(name for name in KOREAN_FAMILIES if name in known)])
    return font


def start_log() -> None:
    """Keep what goes wrong, crashes of the interpreter too, in the user's log folder."""
    folder = platformdirs.user_log_path(FOLDER, appauthor=False, ensure_exists=True)
    handler = RotatingFileHandler(folder / "atlas.log", maxBytes=LOG_SIZE, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # the file must stay open as long as the program runs
    faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))


def _opened(request: FileRequest) -> Catalogue:
    if request.how is Opening.EXISTING:
        return Catalogue.open(request.path)
    return Catalogue.create(request.path, sample=request.how is Opening.SAMPLE)


def _choice(default: Choice, value: str) -> Choice:
    kind = type(default)
    return kind(value) if value in set(kind) else default
