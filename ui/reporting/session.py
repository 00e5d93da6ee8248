"""A report under hand: its workbook, what its cells show, and the copy that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storage.domain.changes import Revision
from storage.domain.report import MappedCell, Report
from storage.domain.text import Text, msg
from storage.errors import CatalogueError
from storage.workbook.sheet import Sheet, Workbook
from ui.job import Progress
from ui.language import current_code, tr
from ui.opening import open_file
from ui.page import Context
from ui.saving import Saving

if TYPE_CHECKING:
    from storage.exchange.report_filling import FilledCell, Filling
    from storage.exchange.report_mapping import Block, MappedBlock


ALIKE = 4  # first letters that the names of two editions must share


@dataclass
class ReportState:
    """What is known of the report; `planned` is what each cell will show, by its key; `trouble` a sentence to show."""

    path: Path | None = None
    workbook: Workbook | None = None
    sheet: Sheet | None = None
    report: Report = field(default_factory=lambda: Report(""))
    known: tuple[Report, ...] = ()
    planned: Mapping[str, FilledCell] = field(default_factory=dict)
    trouble: Text | None = None

    @property
    def on_sheet(self) -> dict[str, FilledCell]:
        """What is planned for the cells of the sheet that is shown, by address."""
        shown = self.sheet.name if self.sheet else ""
        mapped = (cell for cell in self.planned.values() if cell.found.mapped.sheet == shown)
        return {cell.found.mapped.cell: cell for cell in mapped}

    @property
    def can_fill(self) -> bool:
        """Whether there is a figure for any cell."""
        return any(cell.reason is None for cell in self.planned.values())


class ReportSession(QObject):
    """Emits `moved` whenever the state is another one."""

    moved = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.state = ReportState()

    def open(self, path: Path) -> None:
        """Read a report workbook; the mapping that bears its name is taken up."""
        catalogue = self._context.bridge.catalogue

        def read(progress: Progress) -> tuple[Workbook, list[Report]]:
            # reading workbooks is heavy to import
            from storage.exchange.importing import open_workbook  # noqa: PLC0415
            from storage.exchange.report_filling import saved_reports  # noqa: PLC0415

            def cancelled() -> bool:
                progress.check()
                return False

            return open_workbook(path, cancelled), saved_reports(catalogue)

        def opened(found: tuple[Workbook, list[Report]]) -> None:
            workbook, known = found
            self.state = ReportState(path, workbook, workbook.sheets[0], Report(path.stem), tuple(known))
            self.choose(self._likely_name(path.stem))

        title = tr("Reading {file}", file=path.name)
        self._context.jobs.run(title, read, opened, self._failed)

    def _failed(self, error: CatalogueError) -> None:
        self.state.trouble = error.text
        self.moved.emit()

    def close(self) -> None:
        """Put the report away."""
        self.state = ReportState()
        self.moved.emit()

    def choose(self, name: str) -> None:
        """Take up the mapping of that name, or begin it."""
        name = name.strip() or self.state.report.name
        self.state.report = next((known for known in self.state.known if known.name == name), Report(name))
        self.plan()

    def _likely_name(self, stem: str) -> str:
        """Return the name of the mapping for a file: its own, else that of an earlier edition with the same sheets."""
        sheets = {sheet.name for sheet in self.state.workbook.sheets} if self.state.workbook else set()
        fitting = [known.name for known in self.state.known if {cell.sheet for cell in known.cells} <= sheets]
        alike = {name: _letters_shared(stem.casefold(), name.casefold()) for name in fitting}
        best = max(alike, key=lambda name: (name == stem, alike[name]), default=stem)
        return best if best == stem or alike[best] >= ALIKE else stem

    def show_sheet(self, name: str) -> None:
        """Show another sheet."""
        if self.state.workbook is not None:
            self.state.sheet = self.state.workbook.sheet(name) or self.state.sheet
            self.moved.emit()

    def plan(self) -> None:
        """Find out what each cell will show, as the catalogue is now."""
        catalogue, state, language = self._context.bridge.catalogue, self.state, current_code()
        path, report = state.path, state.report
        if path is None:
            return

        def work(_progress: Progress) -> list[FilledCell] | Text:
            # the writers are heavy to import
            from storage.exchange.report_filling import planned_cells  # noqa: PLC0415

            try:
                return planned_cells(catalogue, report, path, language)
            except CatalogueError as error:
                return error.text

        def planned(found: list[FilledCell] | Text) -> None:
            if isinstance(found, Text):
                state.trouble, state.planned = found, {}
            else:
                state.planned = {cell.found.mapped.key: cell for cell in found}
            self.moved.emit()

        self._context.jobs.read("report-plan", work, planned)
        self.moved.emit()

    def catch_up(self, revision: Revision | None) -> None:
        """Plan again after the catalogue changed; a mapping that was undone is read again."""
        if self.state.path is None:
            return
        if revision is None or revision.touches("view"):
            # the writers are heavy to import
            from storage.exchange.report_filling import saved_reports  # noqa: PLC0415

            self.state.known = tuple(saved_reports(self._context.bridge.catalogue))
            self.choose(self.state.report.name)
        else:
            self.plan()

    # Mapping

    def map_cells(self, cells: tuple[MappedCell, ...]) -> None:
        """Have cells show figures; kept at once, and undoable."""
        label = msg("Map cells of the report “{name}”: {n}", n=len(cells), name=self.state.report.name)
        self._keep(self.state.report.with_cells(cells), label)

    def unmap(self, keys: frozenset[str]) -> None:
        """Have cells show nothing of the catalogue any more."""
        label = msg("Free cells of the report “{name}”: {n}", n=len(keys), name=self.state.report.name)
        self._keep(self.state.report.without(keys), label)

    def _keep(self, report: Report, label: Text) -> None:
        # the writers are heavy to import
        from storage.exchange.report_filling import NEW, report_changes  # noqa: PLC0415

        self.state.trouble = None
        try:
            revision = self._context.bridge.perform(report_changes(self._context.bridge.catalogue, report), label)
        except CatalogueError as error:
            self._failed(error)
            return
        self.state.report = replace(report, id=report.id or revision.new_ids[NEW])
        self.plan()

    def map_block(self, block: Block) -> None:
        """Map a block by its headers; what they leave open is told."""
        catalogue, state = self._context.bridge.catalogue, self.state

        def work(_progress: Progress) -> MappedBlock | Text:
            # matching names is heavy to import
            from storage.exchange.report_mapping import map_block  # noqa: PLC0415

            try:
                return map_block(catalogue, block)
            except CatalogueError as error:
                return error.text

        def mapped(found: MappedBlock | Text) -> None:
            if isinstance(found, Text):
                state.trouble = found
                self.moved.emit()
                return
            self.map_cells(tuple(found.cells))
            for problem in found.problems[:1]:
                told = msg("{cell}: {cause} {remedy}", cell=problem.cell, cause=problem.cause, remedy=problem.remedy)
                state.trouble = told
            self.moved.emit()

        self._context.jobs.read("report-block", work, mapped)

    # The copy

    def fill(self, target: Path) -> None:
        """Write the copy."""
        catalogue, state, language = self._context.bridge.catalogue, self.state, current_code()
        source, report = state.path, state.report
        if source is None:
            return

        def work(path: Path, _progress: Progress) -> Filling:
            # the writers are heavy to import
            from storage.exchange.report_filling import fill_report  # noqa: PLC0415

            return fill_report(catalogue, report, source, path, language)

        Saving(self._context, work, self._filled, self._failed).write(target)

    def _filled(self, filling: Filling) -> None:
        self.state.trouble = None
        file, count = filling.path.name, f"{len(filling.cells) - len(filling.left):,}"
        text = msg(
            "Filled {file} · cells: {n} · new: {changed}", file=file, n=count, changed=f"{len(filling.changed):,}"
        )
        self._context.toast(text, tr("Open"), partial(open_file, self._context, filling.path))
        self.moved.emit()


def _letters_shared(one: str, other: str) -> int:
    """Return how many first letters two names share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
