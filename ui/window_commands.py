"""What can be done anywhere in the window: files, undo, views, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from ui.collecting.making import TemplateMaking
from ui.command import Command
from ui.export import Export
from ui.help import ShortcutList, TextDialog, about, getting_started
from ui.job import Progress
from ui.language import Language, LanguageSwitch, current_code, tr
from ui.page import Context
from ui.theme import Scheme

if TYPE_CHECKING:
    from ui.window import Window

SUFFIX = ".clusters"
SCHEMES = {Scheme.SYSTEM: msg("As the system"), Scheme.LIGHT: msg("Light"), Scheme.DARK: msg("Dark")}
SCHEME_ICONS = {Scheme.SYSTEM: "sun-moon", Scheme.LIGHT: "sun", Scheme.DARK: "moon"}
LANGUAGES = {  # each in itself, whatever the window speaks
    Language.ENGLISH: Text("{name}", {"name": "English"}),
    Language.KOREAN: Text("{name}", {"name": "한국어"}),
}


def named(name: str) -> Path:
    """Return the file of that name with the suffix of a catalogue; a dot in "Gyeonggi 2.0" is none."""
    return Path(name if name.endswith(SUFFIX) else f"{name}{SUFFIX}")


class Opening(Enum):
    """How a catalogue file is to be opened."""

    EXISTING = "existing"
    EMPTY = "empty"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A catalogue that the user wants in place of this one."""

    path: Path
    how: Opening = Opening.EXISTING


class FileCommands(QObject):
    """New, open, save a copy, import, export."""

    def __init__(self, window: Window, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._export = Export(context, window)
        self._template = TemplateMaking(context, window)

    def commands(self) -> Sequence[Command]:
        """Return the commands of the File menu."""
        return (
            Command("new", msg("New empty catalogue …"), self.new, QKeySequence.StandardKey.New, "file-plus"),
            Command("new-sample", msg("New catalogue with the sample …"), self.new_sample, None, "file-plus"),
            Command("open", msg("Open …"), self.open, QKeySequence.StandardKey.Open, "folder-open"),
            Command("copy", msg("Save a copy …"), self.save_copy, QKeySequence.StandardKey.SaveAs, "save"),
            Command("import", msg("Import a workbook …"), self.import_workbook, "Ctrl+I", "download"),
            Command("export", msg("Export a workbook …"), self._export.ask, "Ctrl+E", "upload"),
            Command("template", msg("Make a collection template …"), self._template.ask, None, "file-spreadsheet"),
            Command("quit", msg("Quit"), self._window.close, "Ctrl+Q", "log-out"),
        )

    def recent(self) -> list[Command]:
        """Return a command for each recent file that is still there."""
        here = self._context.bridge.catalogue.path
        paths = [Path(name) for name in self._context.preferences.recent_files]
        return [
            Command(f"recent-{path}", Text("{path}", {"path": path}), partial(self.request, path))
            for path in paths
            if path != here and path.exists()
        ]

    def new(self) -> None:
        """Ask where, and begin an empty catalogue."""
        self._new(Opening.EMPTY)

    def new_sample(self) -> None:
        """Ask where, and begin a catalogue with the sample."""
        self._new(Opening.SAMPLE)

    def open(self) -> None:
        """Ask which, and open a catalogue."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open a catalogue"), self._folder(), _filter())
        if name:
            self.request(Path(name))

    def save_copy(self) -> None:
        """Ask where, and write a copy; the catalogue at hand stays open."""
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save a copy"), self._folder(), _filter())
        if name:
            self.copy_to(named(name))

    def copy_to(self, target: Path) -> None:
        """Write a copy of the catalogue."""
        catalogue = self._context.bridge.catalogue

        def work(_progress: Progress) -> Path:
            catalogue.save_copy(target)
            return target

        self._context.jobs.run(tr("Saving a copy"), work, self._copied)

    def import_workbook(self) -> None:
        """Ask which, and hand a workbook to the import page."""
        kinds = tr("Workbooks ({patterns})", patterns="*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv")
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Import a workbook"), self._folder(), kinds)
        if name:
            self._context.import_file(Path(name))

    def request(self, path: Path, how: Opening = Opening.EXISTING) -> None:
        """Ask the program to open a catalogue in place of this one."""
        self._window.file_requested.emit(FileRequest(path, how))

    def _new(self, how: Opening) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Begin a new catalogue"), self._folder(), _filter())
        if name:
            self.request(named(name), how)

    def _copied(self, target: Path) -> None:
        self._context.toast(msg("Saved a copy as {name}", name=target.name))

    def _folder(self) -> str:
        return str(self._context.bridge.catalogue.path.parent)


def _filter() -> str:
    return tr("Catalogues ({patterns})", patterns=f"*{SUFFIX}")


class EditCommands(QObject):
    """Undo and redo, with the label of what they would do."""

    def __init__(self, parent: QObject, context: Context) -> None:
        super().__init__(parent)
        self._context = context

    def commands(self) -> Sequence[Command]:
        """Return undo and redo."""
        return (
            Command("undo", self._undo_text, self.undo, QKeySequence.StandardKey.Undo, "undo-2", self._can_undo),
            Command("redo", self._redo_text, self.redo, "Ctrl+Y", "redo-2", self._can_redo),
        )

    def undo(self) -> None:
        """Take back the last revision, and say which."""
        label = self._context.bridge.catalogue.undo_label()
        if label is not None and self._tried(self._context.bridge.undo):
            self._context.toast(msg("Undone: {label}", label=label), tr("Redo"), self.redo)

    def redo(self) -> None:
        """Do again what was undone last, and say what."""
        label = self._context.bridge.catalogue.redo_label()
        if label is not None and self._tried(self._context.bridge.redo):
            self._context.toast(msg("Done again: {label}", label=label), tr("Undo"), self.undo)

    def _tried(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except CatalogueError as error:
            self._context.toast(error.text)
            return False
        return True

    def _can_undo(self) -> bool:
        return self._context.bridge.catalogue.undo_label() is not None

    def _can_redo(self) -> bool:
        return self._context.bridge.catalogue.redo_label() is not None

    def _undo_text(self) -> Text:
        label = self._context.bridge.catalogue.undo_label()
        return msg("Undo") if label is None else msg("Undo: {label}", label=label)

    def _redo_text(self) -> Text:
        label = self._context.bridge.catalogue.redo_label()
        return msg("Redo") if label is None else msg("Redo: {label}", label=label)


class ViewCommands(QObject):
    """Light and dark, the language."""

    def __init__(self, parent: QObject, context: Context, languages: LanguageSwitch) -> None:
        super().__init__(parent)
        self._context = context
        self._languages = languages

    def commands(self) -> Sequence[Command]:
        """Return a command for each scheme and language, and the two that go to the next one."""
        schemes = (
            Command(
                f"scheme-{scheme.value}", text, partial(self.set_scheme, scheme), None, SCHEME_ICONS[scheme],
                checked=partial(self._has_scheme, scheme),
            )
            for scheme, text in SCHEMES.items()
        )  # fmt: skip
        languages = (
            Command(
                f"language-{language.value}", text, partial(self.set_language, language), None, "languages",
                checked=partial(self._has_language, language),
            )
            for language, text in LANGUAGES.items()
        )  # fmt: skip
        return (*schemes, *languages)

    def switches(self) -> Sequence[Command]:
        """Return the two commands of the status bar: the other language, the next scheme."""
        return (
            Command("next-language", self._other_language, self.next_language, icon="languages"),
            Command("next-scheme", self._scheme_text, self.next_scheme, icon="sun-moon"),
        )

    def set_scheme(self, scheme: Scheme) -> None:
        """Use light, dark, or what the desktop says."""
        self._context.preferences.scheme = scheme.value
        self._context.theme.set_scheme(scheme)

    def set_language(self, language: Language) -> None:
        """Use a language."""
        self._context.preferences.language = language.value
        self._languages.set_language(language)

    def next_scheme(self) -> None:
        """Go from system to light to dark."""
        order = list(SCHEMES)
        self.set_scheme(order[(order.index(self._context.theme.scheme) + 1) % len(order)])

    def next_language(self) -> None:
        """Use the other language."""
        self.set_language(Language.ENGLISH if current_code() == Language.KOREAN else Language.KOREAN)

    def _scheme_text(self) -> Text:
        return SCHEMES[self._context.theme.scheme]

    def _other_language(self) -> Text:
        return LANGUAGES[Language.ENGLISH if current_code() == Language.KOREAN else Language.KOREAN]

    def _has_scheme(self, scheme: Scheme) -> bool:
        return self._context.theme.scheme is scheme

    def _has_language(self, language: Language) -> bool:
        return current_code() == language


class HelpCommands(QObject):
    """First steps, the list of shortcuts, about."""

    def __init__(self, window: QWidget, all_commands: Callable[[], Sequence[Command]]) -> None:
        super().__init__(window)
        self._window = window
        self._all_commands = all_commands

    def commands(self) -> Sequence[Command]:
        """Return the commands of the Help menu."""
        return (
            Command("getting-started", msg("Getting started"), self.show_first_steps, "F1", "circle-help"),
            Command("shortcuts", msg("Keyboard shortcuts"), self.show_shortcuts, "Ctrl+/", "keyboard"),
            Command("about", msg("About Cluster Atlas"), self.show_about, None, "info"),
        )

    def show_first_steps(self) -> None:
        """Open the first steps."""
        TextDialog(tr("Getting started"), getting_started(), self._window).open()

    def show_shortcuts(self) -> None:
        """Open the list of shortcuts, with those of the page shown."""
        ShortcutList(self._all_commands(), self._window).open()

    def show_about(self) -> None:
        """Open the licences."""
        TextDialog(tr("About Cluster Atlas"), about(), self._window).open()
