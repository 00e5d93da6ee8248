"""What can be done around a report: choose a workbook, save the filled copy, put it away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.text import msg
from ui.command import Command
from ui.language import tr
from ui.reporting.session import ReportSession

PATTERNS = "*.xlsx *.xlsm"


class ReportActions(QObject):
    """The commands of the page."""

    def __init__(self, session: ReportSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._window = parent
        self.folder = str(Path.home())

    def commands(self) -> Sequence[Command]:
        """Return what is in the palette and the menus."""
        return self.choose(), self.fill(), self.close()

    def choose(self) -> Command:
        """Return the command that asks for a report workbook."""
        return Command("report-choose", msg("Choose a report workbook …"), self._choose_file, None, "folder-open")

    def fill(self) -> Command:
        """Return the command that asks where the filled copy goes."""
        label = msg("Save a filled copy …")
        return Command("report-fill", label, self._ask_target, "Ctrl+Return", "download", self._can_fill)

    def close(self) -> Command:
        """Return the command that puts the report away."""
        return Command("report-close", msg("Put it away"), self._session.close, None, "x", self._is_open)

    def _can_fill(self) -> bool:
        return self._session.state.can_fill

    def _is_open(self) -> bool:
        return self._session.state.path is not None

    def _choose_file(self) -> None:
        kinds = tr("Workbooks ({patterns})", patterns=PATTERNS)
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Fill a report workbook"), self.folder, kinds)
        if name:
            self.folder = str(Path(name).parent)
            self._session.open(Path(name))

    def _ask_target(self) -> None:
        path = self._session.state.path
        if path is None:
            return
        proposed = path.with_name(tr("{file} filled", file=path.stem) + path.suffix)
        kinds = tr("Workbooks ({patterns})", patterns=f"*{path.suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self._window, tr("Save a filled copy"), str(proposed), kinds)
        if chosen:
            self._session.fill(Path(chosen).with_suffix(path.suffix))
