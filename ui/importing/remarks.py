"""A copy of the workbook under review with remarks in its cells, to send back to whoever sent it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from storage.domain.proposal import Outcome
from storage.domain.text import msg
from ui.command import Command
from ui.importing.session import ImportSession
from ui.importing.state import Step
from ui.job import Progress
from ui.language import current_code, tr
from ui.opening import open_file
from ui.page import Context
from ui.saving import Saving

if TYPE_CHECKING:
    from storage.exchange.error_workbook import RemarksReport

MACROS = ".xlsm"  # a copy with macros must keep its name's end


class Remarks:
    """Asks where to, writes on a worker, and offers to open the copy."""

    def __init__(self, context: Context, session: ImportSession, parent: QWidget) -> None:
        self._context = context
        self._session = session
        self._parent = parent

    def command(self) -> Command:
        """Return the command that asks for a file."""
        label = msg("Send back …")
        return Command("import-remarks", label, self.ask, None, "file-up", self._can_remark)

    def _can_remark(self) -> bool:
        """Whether the review holds anything that the sender should look at."""
        state = self._session.state
        if state.step is not Step.REVIEW or state.review is None or state.busy is not None:
            return False
        proposal = state.review.proposal
        noted = (Outcome.INVALID, Outcome.CONFLICT)
        return bool(proposal.problems) or any(item.outcome in noted or item.doubts for item in proposal.items)

    def ask(self) -> None:
        """Ask for a file and write the copy."""
        path = self._session.state.path
        if path is None:
            return
        suffix = MACROS if path.suffix.lower() == MACROS else ".xlsx"
        proposed = path.with_name(tr("{file} with remarks", file=path.stem) + suffix)
        kinds = tr("Workbooks ({patterns})", patterns=f"*{suffix}")
        title = tr("Save a copy with remarks")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, title, str(proposed), kinds)
        if chosen:
            self.write(Path(chosen).with_suffix(suffix))

    def write(self, target: Path) -> None:
        """Write the copy."""
        state = self._session.state
        workbook, review, language = state.workbook, state.review, current_code()
        if workbook is None or review is None:
            return
        proposal, decisions = review.proposal, review.decisions

        def work(path: Path, _progress: Progress) -> RemarksReport:
            # writing workbooks is heavy to import
            from storage.exchange.error_workbook import remarks_of, write_remarks  # noqa: PLC0415

            return write_remarks(workbook, remarks_of(proposal, decisions), path, language)

        Saving(self._context, work, self._written).write(target)

    def _written(self, report: RemarksReport) -> None:
        text = msg("Saved {file} with {count} remarks", file=report.path.name, count=f"{report.remarks:,}")
        self._context.toast(text, tr("Open"), partial(open_file, self._context, report.path))
