"""Showing a written file in the program for such files; where there is none, saying so and offering its folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from storage.domain.text import msg
from ui.language import tr
from ui.page import Context


def open_file(context: Context, path: Path) -> None:
    """Open a file, and say in a toast whether a program took it."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        text = msg("Opened {name}", name=path.name)
    else:
        text = msg("No program here opens {name}; it lies in {folder}", name=path.name, folder=str(path.parent))
    context.toast(text, tr("Show in folder"), partial(show_folder, context, path))


def show_folder(context: Context, path: Path) -> None:
    """Open the folder of a file, or say where it is."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
        context.toast(msg("The folder is {folder}", folder=str(path.parent)))
