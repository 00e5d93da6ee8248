"""The panel of a chosen cell or block: what it shows, what it is to show, and what the copy will change."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from storage.domain.fields import Field, Ref, Reference
from storage.domain.report import Shows
from storage.domain.text import Text, msg
from storage.workbook.sheet import Range, address
from ui.language import current_code, ntr, tr
from ui.models.report_sheet import shown_text
from ui.reporting.session import ReportState
from ui.theme import Space
from ui.widgets.active_label import ActiveLabel
from ui.widgets.editors import Choose
from ui.widgets.editors.reference import ReferenceEditor
from ui.widgets.labels import Label, section_header

LISTED = 30
METRIC = msg("Metric")
SHOWN: dict[Shows, Text] = {
    Shows.VALUE: msg("The value"),
    Shows.TEXT: msg("The value as text"),
    Shows.PERIOD: msg("Its period"),
    Shows.SOURCE: msg("Its source"),
}
DIVISORS: dict[float, Text] = {
    1.0: msg("as it is"), 1e3: msg("in thousands"), 1e4: msg("in ten thousands (만)"), 1e6: msg("in millions"),
    1e8: msg("in hundred millions (억)"), 1e9: msg("in billions"), 1e12: msg("in trillions (조)"),
}  # fmt: skip


class CellPanel(QScrollArea):
    """Emits `map_wanted`, `block_wanted`, `free_wanted` for what is chosen, and `cell_wanted(sheet, cell)`."""

    map_wanted = Signal()
    block_wanted = Signal()
    free_wanted = Signal()
    cell_wanted = Signal(str, str)

    def __init__(self, choose: Choose, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._headline, self._now = Label("", "headline", wrap=True), Label("", "muted", wrap=True)
        self.free = QPushButton(tr("Leave it as it is in the file"))
        self.free.clicked.connect(self.free_wanted)
        self.entity_editor = ReferenceEditor(
            Field("entity", msg("Record"), Reference("entity")), self, current_code(), choose
        )
        self.metric_editor = ReferenceEditor(
            Field("metric", msg("Metric"), Reference("metric")), self, current_code(), choose
        )
        sector = Field("sector", msg("Sector"), Reference("sector"))
        self.sector_editor = ReferenceEditor(sector, self, current_code(), choose)
        self.period = QLineEdit()
        self.period.setPlaceholderText(tr("the latest"))
        self.scope = QLineEdit()
        self.scope.setPlaceholderText(tr("of everything"))
        self.shows, self.divisor = QComboBox(), QComboBox()
        for key, text in SHOWN.items():
            self.shows.addItem(tr(text), key)
        for divisor, text in DIVISORS.items():
            self.divisor.addItem(tr(text), divisor)
        self.map = QPushButton(tr("Show this figure here"))
        self.map.setProperty("primary", True)
        self.map.clicked.connect(self.map_wanted)
        self.block = QPushButton(tr("Map the block by its headers"))
        self.block.setProperty("primary", True)
        self.block.clicked.connect(self.block_wanted)
        self._hint = Label(tr("Names stand down its side; periods or metrics across its top. What the headers leave "
                              "open is taken from here."), "small", wrap=True)  # fmt: skip
        self._list_header, self._list = section_header(""), QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("inspectorContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self._headline)
        column.addWidget(self._now)
        column.addWidget(self.free, 0, Qt.AlignmentFlag.AlignLeft)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Space.XS)
        for text, widget in self._parts():
            form.addWidget(section_header(text))
            widget.setAccessibleName(text)
            form.addWidget(widget)
        form.addSpacing(Space.S)
        for button in (self.map, self.block):
            form.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        form.addWidget(self._hint)
        column.addWidget(self._form)
        self._list.setSpacing(Space.XS)
        column.addWidget(self._list_header)
        column.addLayout(self._list)
        column.addStretch()
        self.setWidget(content)

    def _parts(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (tr("Record"), self.entity_editor), (tr("Metric"), self.metric_editor), (tr("Period"), self.period),
            (tr("Sector"), self.sector_editor), (tr("Scope"), self.scope), (tr("Shows"), self.shows),
            (tr("Numbers"), self.divisor),
        )  # fmt: skip

    def show_area(self, area: Range | None, state: ReportState) -> None:
        """Show what is chosen, with what it shows now; a mapped cell fills the form."""
        whole = area is not None and area[:2] != area[2:]
        self._form.setVisible(area is not None and state.sheet is not None)
        for widget in (self.block, self._hint):
            widget.setVisible(whole)
        self.map.setVisible(not whole)
        if area is None or state.sheet is None:
            self._now.setVisible(state.sheet is not None)
            self._headline.setVisible(state.sheet is not None)
            self._headline.setText(tr("Choose a cell or a block"))
            self._now.setText(tr("Then say which figure it shows. The file itself is never changed: a copy is filled."))
            self.free.hide()
            return
        self._headline.show()
        self._now.show()
        first = address(area[0], area[1])
        last = address(area[2], area[3])
        self._headline.setText(tr("Block {first}:{last}", first=first, last=last) if whole else
                               tr("Cell {cell}", cell=first))  # fmt: skip
        self._show_mapped(area, state)

    def _show_mapped(self, area: Range, state: ReportState) -> None:
        mapped = [cell for key, cell in state.on_sheet.items() if key in addresses(area)]
        self.free.setVisible(bool(mapped))
        if not mapped:
            self._now.setText(tr("Nothing of the catalogue is shown here."))
            return
        cell = mapped[0]
        if len(mapped) > 1:
            self._now.setText(ntr("{n} cell shows a figure", "{n} cells show figures", len(mapped)))
            return
        self._now.setText(_line(cell.found.title, cell.last, cell.found.shown, cell.reason))
        self._show_wanted(state, cell.found.mapped.key)

    def _show_wanted(self, state: ReportState, key: str) -> None:
        mapped = state.planned[key].found.mapped
        self.period.setText(mapped.wanted.period)
        self.scope.setText(mapped.wanted.scope)
        self.shows.setCurrentIndex(max(self.shows.findData(mapped.shows), 0))
        self.divisor.setCurrentIndex(max(self.divisor.findData(mapped.divisor), 0))

    def show_refs(self, entity: Ref | None, metric: Ref | None, sector: Ref | None = None) -> None:
        """Show record, metric and sector of a mapped cell."""
        self.sector_editor.set_value(sector)
        if entity is not None:
            self.entity_editor.set_value(entity)
        if metric is not None:
            self.metric_editor.set_value(metric)

    def show_state(self, state: ReportState) -> None:
        """List the mapped cells: first what cannot be filled, then what is new, then the rest."""
        while item := self._list.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        cells = sorted(state.planned.values(), key=lambda cell: (cell.reason is None, not cell.changed))
        left = sum(cell.reason is not None for cell in cells)
        new = sum(cell.changed for cell in cells)
        text = tr("Mapped cells: {n} · new: {new} · left as they are: {left}", n=len(cells), new=new, left=left)
        self._list_header.setText(text if cells else "")
        for cell in cells[:LISTED]:
            mapped = cell.found.mapped
            line = _line(cell.found.title, cell.last, cell.found.shown, cell.reason)
            text = tr("{cell}: {line}", cell=mapped.key, line=line)
            label = ActiveLabel(text, "plain" if cell.reason is None else "problem")
            label.activated.connect(partial(self.cell_wanted.emit, mapped.sheet, mapped.cell))
            self._list.addWidget(label)


def addresses(area: Range) -> frozenset[str]:
    """Return the addresses of all cells of a block."""
    rows, columns = range(area[0], area[2] + 1), range(area[1], area[3] + 1)
    return frozenset(address(row, column) for row in rows for column in columns)


def _line(title: str, last: float | str | None, shown: float | str | None, reason: Text | None) -> str:
    if reason is not None:
        return tr("{title} – left as it is: {reason}", title=title, reason=reason)
    if last is None or last == shown:
        return tr("{title}: {shown}", title=title, shown=shown_text(shown))
    return tr("{title}: {last} → {shown}", title=title, last=shown_text(last), shown=shown_text(shown))
