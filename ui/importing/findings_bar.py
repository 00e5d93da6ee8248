"""Findings about the workbook that belong to no item of its review, such as a total that its parts do not make."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from storage.domain.problem import Problem
from ui.importing.state import State
from ui.language import ntr, tr
from ui.widgets.notice import NoticeBar


class FindingsBar(NoticeBar):
    """Emits `cell_wanted(sheet, cell)` for the cell of the first finding."""

    cell_wanted = Signal(str, str)

    def show_state(self, state: State) -> None:
        """Tell the first finding and how many more there are; hide where there is none."""
        found = [doubt for sheet in state.planned.staged for doubt in sheet.doubts] if state.planned else []
        if not found:
            self.clear()
            return
        first, more = found[0], len(found) - 1
        text = _told(first, several=bool(state.workbook and len(state.workbook.sheets) > 1))
        if more:
            text = tr("{finding} ({more})", finding=text, more=ntr("{n} more", "{n} more", more))
        self.tell(text, "mind", tr("Show the cell"), partial(self.cell_wanted.emit, first.sheet, first.cell))


def _told(finding: Problem, *, several: bool) -> str:
    cell = f"{finding.sheet}!{finding.cell}" if several else finding.cell
    return tr("{cell}: {cause} {remedy}", cell=cell, cause=tr(finding.cause), remedy=tr(finding.remedy))
