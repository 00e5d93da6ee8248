"""Writing a workbook, of the whole catalogue or of one view, as a job with progress."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.query import Query
from storage.domain.text import msg
from ui.job import Progress
from ui.language import current_code, tr
from ui.opening import open_file
from ui.page import Context
from ui.saving import Saving

if TYPE_CHECKING:
    from storage.exchange.exporting import ExportReport

SUFFIX = ".xlsx"


class Export:
    """Asks where to, writes on a worker, and offers to open what was written."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context = context
        self._parent = parent
        self._last = Path()

    def ask(self, query: Query | None = None, name: str = "") -> None:
        """Ask for a file and write the records that the query finds, or all of them."""
        catalogue = self._context.bridge.catalogue
        proposed = catalogue.path.with_name(f"{name or catalogue.path.stem}{SUFFIX}")
        kinds = tr("Workbooks ({patterns})", patterns=f"*{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, tr("Export a workbook"), str(proposed), kinds)
        if chosen:
            self.write(Path(chosen).with_suffix(SUFFIX), query)

    def write(self, path: Path, query: Query | None = None) -> None:
        """Write the workbook."""
        catalogue, language = self._context.bridge.catalogue, current_code()

        def work(target: Path, progress: Progress) -> ExportReport:
            # reading and writing workbooks is heavy to import
            from storage.exchange.exporting import export_catalogue  # noqa: PLC0415

            return export_catalogue(catalogue, target, query=query, language=language, tell=progress)

        Saving(self._context, work, self._written).write(path)

    def _written(self, report: ExportReport) -> None:
        self._last = report.path
        rows = f"{sum(report.rows.values()):,}"
        done = msg("Exported {n} records to {file}", n=rows, file=report.path.name)
        self._context.toast(done, tr("Open"), self._open)

    def _open(self) -> None:
        open_file(self._context, self._last)
