"""An example report for the guided tour: its cells are mapped as somebody would map their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from storage.workbook.sheet import Range
from ui.reporting.session import ReportSession

EXAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "example-report.xlsx"
BLOCK: Range = (2, 0, 7, 1)


class Posing(QObject):
    """Opens the example, and maps its block once it is read."""

    def __init__(self, session: ReportSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        session.moved.connect(self._map)
        session.open(EXAMPLE)

    @Slot()
    def _map(self) -> None:
        # matching names is heavy to import
        from storage.exchange.report_mapping import Block  # noqa: PLC0415

        sheet = self._session.state.sheet
        if sheet is not None:
            self._session.moved.disconnect(self._map)
            self._session.map_block(Block(sheet, BLOCK))
            self.deleteLater()
