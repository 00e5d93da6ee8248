"""What goes out of a comparison: the picture to the clipboard or a file, the table, the figures as a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from storage.domain.summary import Series
from storage.domain.text import Text, msg
from ui.charts.native import drawing_of
from ui.charts.picture import Picture, mime_data, write_png, write_svg
from ui.charts.plan import Plan
from ui.command import Command, CommandAction
from ui.icons import icon
from ui.job import Progress
from ui.language import current_code, tr
from ui.opening import open_file, show_folder
from ui.page import Context
from ui.widgets.buttons import CommandButton

SCALES = (1, 2, 4)
ILLEGAL = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: its title, its plan, and the series behind it."""

    title: str
    plan: Plan
    series: Sequence[Series]


class Outputs(QObject):
    """Does it, and says so in a toast."""

    def __init__(self, parent: QWidget, context: Context, shown: Callable[[], Shown]) -> None:
        super().__init__(parent)
        self._page = parent
        self._context = context
        self._shown = shown

    def copy_command(self) -> Command:
        """Return the command that puts the picture on the clipboard."""
        return Command("copy-picture", msg("Copy picture"), self.copy_picture, "Ctrl+Shift+C", "image", self._any)

    def save_commands(self) -> tuple[Command, ...]:
        """Return the commands that write files."""
        return (
            *(Command(f"save-png-{n}", _png_label(n), partial(self._ask_png, n), None, "download", self._any)
              for n in SCALES),
            Command("save-svg", msg("Save as SVG"), self._ask_svg, None, "download", self._any),
            Command("figures-workbook", msg("Open the figures as a workbook"), self.open_workbook, None,
                    "file-spreadsheet", self._any),
        )  # fmt: skip

    def buttons(self, *more: Command) -> tuple[QWidget, QWidget]:
        """Return the buttons of a page's head: one that copies, one with a menu of files and of further commands."""
        button = QToolButton()
        button.setText(tr("Export"))
        button.setAccessibleName(tr("Export"))
        button.setProperty("button", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("chevron-down"))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for command in (*self.save_commands(), *more):
            action = CommandAction(command, menu)
            menu.aboutToShow.connect(action.update_state)
            menu.addAction(action)
        button.setMenu(menu)
        return CommandButton(self.copy_command()), button

    def _any(self) -> bool:
        return not self._shown().plan.empty

    def picture(self) -> Picture:
        """Return the picture of what is shown."""
        shown = self._shown()
        return Picture(shown.title, shown.plan, datetime.now(UTC).astimezone().date())

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setMimeData(mime_data(self.picture()))
        self._context.toast(msg("The picture is on the clipboard."))

    def _ask_png(self, scale: int) -> None:
        if path := self._ask(tr("Save the picture"), ".png", tr("Pictures ({patterns})", patterns="*.png")):
            self.save_png(path, scale)

    def _ask_svg(self) -> None:
        if path := self._ask(tr("Save the picture"), ".svg", tr("Pictures ({patterns})", patterns="*.svg")):
            self.save_svg(path)

    def save_png(self, path: Path, scale: int) -> None:
        """Write the picture as PNG."""
        write_png(self.picture(), scale, path)
        self._tell_saved(path)

    def save_svg(self, path: Path) -> None:
        """Write the picture as SVG."""
        write_svg(self.picture(), path)
        self._tell_saved(path)

    def _ask(self, title: str, suffix: str, kinds: str) -> Path | None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        proposed = str(Path(folder) / (file_name(self._shown().title) + suffix))
        name, _ = QFileDialog.getSaveFileName(self._page, title, proposed, kinds)
        return Path(name).with_suffix(suffix) if name else None

    def open_workbook(self) -> None:
        """Write the figures as a workbook and open it with the program for such files."""
        shown, language = self._shown(), current_code()
        drawing = drawing_of(shown.plan)
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)) / "cluster-atlas"

        def work(_progress: Progress) -> Path:
            # reading and writing workbooks is heavy to import
            from storage.exchange.exporting import export_figures  # noqa: PLC0415

            folder.mkdir(parents=True, exist_ok=True)
            path = free_path(folder, file_name(shown.title), ".xlsx")
            export_figures(path, shown.title, shown.series, language, drawing)
            return path

        self._context.jobs.run(tr("Writing the workbook"), work, self._open)

    def _open(self, path: Path) -> None:
        open_file(self._context, path)

    def _tell_saved(self, path: Path) -> None:
        text = msg("Saved {name}", name=path.name)
        self._context.toast(text, tr("Show in folder"), partial(show_folder, self._context, path))


def _png_label(scale: int) -> Text:
    return msg("Save as PNG, {n}×", n=scale)


def file_name(title: str) -> str:
    """Return a title as a file's name on any system."""
    return " ".join(ILLEGAL.sub(" ", title).split()).strip(" .")[:LONGEST_NAME].strip(" .") or "figures"


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path that no file has: a workbook that is still open elsewhere must not be written over."""
    path, n = folder / f"{stem}{suffix}", 2
    while path.exists():
        path, n = folder / f"{stem} {n}{suffix}", n + 1
    return path
