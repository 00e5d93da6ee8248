"""Reports: the newest figures filled into a copy of the analyst's own workbook, at the cells that are mapped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from storage.domain.changes import Revision
from storage.domain.fields import Ref
from storage.domain.report import MappedCell, Wanted
from storage.domain.text import msg
from storage.errors import CatalogueError
from storage.workbook.sheet import Range, address, place_of
from ui.choosing import Chooser
from ui.command import Command
from ui.language import tr
from ui.models.report_sheet import ReportSheetModel
from ui.page import Context, Page, Section
from ui.reporting.actions import ReportActions
from ui.reporting.cell_panel import CellPanel, addresses
from ui.reporting.posing import Posing
from ui.reporting.session import ReportSession
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import Label
from ui.widgets.report_table import ReportTable


class ReportPage(Page):
    """Choose a workbook, map its cells, save the filled copy; the session holds where one is."""

    id = "report"
    title = msg("Reports")
    icon = "file-spreadsheet"
    section = Section.KEEP

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.session = ReportSession(context, self)
        self.session.moved.connect(self._show)
        self._actions = ReportActions(self.session, self)
        self._area: Range | None = None
        self._panel: CellPanel | None = None

    # Building

    def build(self) -> QWidget:
        """Make the head, the sheet, and what stands there before a workbook is chosen."""
        self._panel = None
        self.model = ReportSheetModel()
        self.table = ReportTable(self.model, self.context.theme)
        self.table.chosen.connect(self._chosen)
        self._stack = QStackedWidget()
        sentence = tr("Choose a report workbook of your own, select its cells, and say once which figures they show. "
                      "From then on the newest ones are filled into a copy in one step; charts, formulas and formats "
                      "stay, and the workbook itself is never changed.")  # fmt: skip
        self._stack.addWidget(EmptyState(sentence, "file-spreadsheet", self._actions.choose()))
        self._stack.addWidget(self._work())
        self.setFocusProxy(self.table)
        return self._stack

    def _work(self) -> QWidget:
        self._title, self._trouble = Label("", "title"), Label("", "problem", wrap=True)
        self.names, self.sheets = QComboBox(), QComboBox()
        self.names.setEditable(True)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.setMinimumWidth(200)
        self.names.setAccessibleName(tr("Name of the mapping"))
        self.names.setToolTip(tr("The mapping is kept under this name; the next edition of the workbook takes it up."))
        self.names.textActivated.connect(self.session.choose)
        self.sheets.setAccessibleName(tr("Sheet"))
        self.sheets.textActivated.connect(self.session.show_sheet)
        buttons = [CommandButton(command, link=True) for command in (self._actions.choose(), self._actions.close())]
        self._buttons = [*buttons, CommandButton(self._actions.fill(), primary=True)]
        below = (Label(tr("Sheet"), "small"), self.sheets, Label(tr("Mapping"), "small"), self.names)
        return self._column(_row([self._title], self._buttons), _row(below, ()))

    def _column(self, top: QHBoxLayout, below: QHBoxLayout) -> QWidget:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addLayout(below)
        self._trouble.setContentsMargins(Space.L, 0, Space.L, 0)
        column.addWidget(self._trouble)
        column.addWidget(self.table, 1)
        return work

    def build_inspector(self) -> QWidget:
        """Make the panel of what is chosen."""
        self._panel = panel = CellPanel(Chooser(self.context.bridge.catalogue))
        panel.map_wanted.connect(self.map_cell)
        panel.block_wanted.connect(self.map_block)
        panel.free_wanted.connect(self.free)
        panel.cell_wanted.connect(self.go_to)
        self._show()
        return panel

    @property
    def panel(self) -> CellPanel:
        """The panel at the right."""
        assert self._panel is not None
        return self._panel

    # Showing

    @Slot()
    def _show(self) -> None:
        if self._panel is None:
            return
        state = self.session.state
        self._stack.setCurrentIndex(0 if state.sheet is None else 1)
        self._trouble.setText(tr(state.trouble) if state.trouble else "")
        self._trouble.setVisible(state.trouble is not None)
        if state.sheet is not None and state.workbook is not None and state.path is not None:
            self._title.setText(state.path.name)
            _fill(self.sheets, [sheet.name for sheet in state.workbook.sheets], state.sheet.name)
            _fill(self.names, sorted({known.name for known in state.known} | {state.report.name}), state.report.name)
            self.model.show_sheet(state.sheet, state.on_sheet)
            self._area = self.table.area()
        for button in self._buttons:
            button.update_state()
        self._panel.show_area(self._area, state)
        self._panel.show_state(state)
        self.commands_changed.emit()

    @Slot(object)
    def _chosen(self, area: Range | None) -> None:
        self._area = area
        state = self.session.state
        self.panel.show_area(area, state)
        mapped = state.on_sheet.get(address(area[0], area[1])) if area and area[:2] == area[2:] else None
        if mapped is not None:
            wanted, catalogue = mapped.found.mapped.wanted, self.context.bridge.catalogue
            ids = {"entity": wanted.entity, "metric": wanted.metric, "sector": wanted.sector}
            found = [catalogue.refs(kind, [id]).get(id) if id else None for kind, id in ids.items()]
            self.panel.show_refs(*found)

    @Slot(str, str)
    def go_to(self, sheet: str, cell: str) -> None:
        """Show a cell."""
        self.session.show_sheet(sheet)
        if (place := place_of(cell)) is not None:
            self.table.go_to(*place)

    # Mapping

    def _told(self) -> tuple[Ref | None, Ref | None, Ref | None] | None:
        """Return record, metric and sector of the form; None, with the reason beside it, where one is no record."""
        found: list[Ref | None] = []
        for editor in (self.panel.entity_editor, self.panel.metric_editor, self.panel.sector_editor):
            try:
                found.append(editor.value())
            except CatalogueError as error:
                editor.problem(error.text)
                return None
        return found[0], found[1], found[2]

    @Slot()
    def map_cell(self) -> None:
        """Have the chosen cell show the figure of the form."""
        told, state, panel = self._told(), self.session.state, self.panel
        if told is None or self._area is None or state.sheet is None:
            return
        for ref, editor in zip(told[:2], (panel.entity_editor, panel.metric_editor), strict=True):
            if ref is None:
                editor.problem(msg("Choose a record."))
                return
        entity, metric, sector = told
        assert entity is not None
        assert metric is not None
        period, scope = panel.period.text().strip(), panel.scope.text().strip()
        wanted = Wanted(entity.id, metric.id, period, sector.id if sector else None, scope)
        cell = address(self._area[0], self._area[1])
        shows, divisor = panel.shows.currentData(), float(panel.divisor.currentData())
        self.session.map_cells((MappedCell(state.sheet.name, cell, wanted, shows, divisor),))

    @Slot()
    def map_block(self) -> None:
        """Map the chosen block by its headers; the form says what they leave open."""
        # matching names is heavy to import
        from storage.exchange.report_mapping import Block  # noqa: PLC0415

        told, sheet = self._told(), self.session.state.sheet
        if told is None or self._area is None or sheet is None:
            return
        entity, metric = (ref.id if ref else None for ref in told[:2])
        divisor = float(self.panel.divisor.currentData())
        self.session.map_block(Block(sheet, self._area, entity, metric, self.panel.period.text().strip(), divisor))

    @Slot()
    def free(self) -> None:
        """Leave the chosen cells as they are in the file."""
        if self._area is not None and self.session.state.sheet is not None:
            name = self.session.state.sheet.name
            self.session.unmap(frozenset(f"{name}!{cell}" for cell in addresses(self._area)))

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return self._actions.commands()

    # What the window asks

    def refresh(self, revision: Revision | None) -> None:
        """Show what the cells come to as the catalogue is now."""
        self.session.catch_up(revision)

    def receive(self, payload: object) -> None:
        """Begin with a file."""
        if isinstance(payload, Path):
            self.session.open(payload)

    def state(self) -> dict[str, Any]:
        """Remember the folder of the last report."""
        return {"folder": self._actions.folder}

    def restore(self, state: dict[str, Any]) -> None:
        """Begin in that folder."""
        folder = state.get("folder")
        if isinstance(folder, str) and Path(folder).is_dir():
            self._actions.folder = folder

    def pose(self) -> None:
        """Map the cells of an example, for the guided tour."""
        Posing(self.session, self)


def _row(left: Sequence[QWidget], right: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    row.setContentsMargins(Space.L, Space.S, Space.L, 0)
    for widget in left:
        row.addWidget(widget)
    row.addStretch()
    for widget in right:
        row.addWidget(widget)
    return row


def _fill(box: QComboBox, names: Sequence[str], current: str) -> None:
    if [box.itemText(place) for place in range(box.count())] != list(names):
        box.clear()
        box.addItems(list(names))
    box.setCurrentIndex(box.findText(current, Qt.MatchFlag.MatchExactly))
