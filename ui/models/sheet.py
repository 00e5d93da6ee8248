"""One sheet of a workbook as it stands in the file, with what each column and each cell is read as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from storage.domain.number_grammar import says_missing
from storage.domain.problem import Problem
from storage.domain.vocabulary import STATUSES
from storage.workbook.roles import ColumnRole
from storage.workbook.sheet import Sheet, address, column_letters
from storage.workbook.staged import Staged, StagedFigure
from ui.language import current_code, tr
from ui.models.columns import Tone
from ui.models.roles import LEFT_OUT, is_sure, reason_text, role_text

if TYPE_CHECKING:
    from storage.workbook.mapping import Mapping

Index = QModelIndex | QPersistentModelIndex
STATE = Qt.ItemDataRole.UserRole
LOOK = Qt.ItemDataRole.UserRole + 1
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class CellState(Enum):
    """How a cell is drawn."""

    OUTSIDE, HEADER, FIGURE, NAME, PERIOD, MISSING, LEFT_OUT, DOUBT, PROBLEM = range(9)


@dataclass(frozen=True, slots=True)
class HeaderLook:
    """What stands over a column: its letters and, within the table, the button with its role."""

    letters: str
    role: str = ""
    tone: Tone = "neutral"
    faint: bool = False


@dataclass(frozen=True)
class TableRead:
    """How one table of a sheet was read; `unknown` are the places of the columns that the recipe did not know."""

    mapping: Mapping | None = None
    staged: Staged | None = None
    unknown: frozenset[int] = frozenset()


UNREAD = TableRead()


class SheetModel(QAbstractTableModel):
    """Rows and columns counted as in Excel; `STATE` and the tool tip say how a cell was read."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", [])
        self._read = UNREAD
        self._columns: dict[int, ColumnRole] = {}
        self._figures: dict[str, StagedFigure] = {}
        self._problems: dict[str, Problem] = {}
        self._doubts: dict[str, Problem] = {}

    def set_sheet(self, sheet: Sheet, read: TableRead = UNREAD) -> None:
        """Show a sheet with what was read; another reading of the same sheet keeps the place."""
        same = sheet is self._sheet
        if not same:
            self.beginResetModel()
        mapping, staged = read.mapping, read.staged
        self._sheet, self._read = sheet, read
        self._columns = {column.index: column for column in mapping.columns} if mapping else {}
        self._figures = {figure.cell: figure for figure in staged.rows} if staged else {}
        self._problems = {problem.cell: problem for problem in staged.problems} if staged else {}
        self._doubts = {doubt.cell: doubt for doubt in staged.doubts} if staged else {}
        if not same:
            self.endResetModel()
        elif sheet.height and sheet.width:
            self.dataChanged.emit(self.index(0, 0), self.index(sheet.height - 1, sheet.width - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, sheet.width - 1)

    def column(self, section: int) -> ColumnRole | None:
        """Return the role of a column, None outside the table."""
        return self._columns.get(section)

    def is_new(self, section: int) -> bool:
        """Whether the recipe did not know the column."""
        return section in self._read.unknown

    def _look(self, section: int) -> HeaderLook:
        letters, column = column_letters(section), self._columns.get(section)
        if column is None:
            return HeaderLook(letters)
        text = role_text(column.role)
        if self.is_new(section):
            return HeaderLook(letters, tr("New: {role} ?", role=text), "mind")
        if not is_sure(column):
            return HeaderLook(letters, tr("{role} ?", role=text), "mind")
        return HeaderLook(letters, text, "accent" if column.holds_values else "neutral", column.role in LEFT_OUT)

    def state(self, row: int, column: int) -> CellState:
        """Return how a cell is drawn."""
        mapping, role = self._read.mapping, self._columns.get(column)
        if mapping is None or role is None or row > mapping.last_row:
            return CellState.OUTSIDE
        if row in mapping.header_rows:
            return CellState.HEADER
        if row < mapping.first_row:
            return CellState.OUTSIDE
        cell = address(row, column)
        if cell in self._problems:
            return CellState.PROBLEM
        if cell in self._doubts:
            return CellState.DOUBT
        return self._value_state(row, role) if role.holds_values else _name_state(role)

    def _value_state(self, row: int, role: ColumnRole) -> CellState:
        if address(row, role.index) in self._figures:
            return CellState.FIGURE
        text = self._sheet.text(row, role.index)
        return CellState.MISSING if text and says_missing(text) else CellState.LEFT_OUT

    def reading(self, row: int, column: int) -> str:
        """Return how a cell was read, as a tool tip says it."""
        cell = address(row, column)
        found = self._problems.get(cell) or self._doubts.get(cell)
        figure = self._figures.get(cell)
        told = [f"{tr(found.cause)}\n{tr(found.remedy)}"] if found else []
        if figure is not None:
            return "\n".join([*told, figure_text(figure)])
        return told[0] if told else self._plain_reading(row, column)

    def _plain_reading(self, row: int, column: int) -> str:
        role, state = self._columns.get(column), self.state(row, column)
        if role is None or state is CellState.OUTSIDE:
            return ""
        if state is CellState.HEADER:
            return reason_text(role)
        if state is CellState.MISSING:
            return tr("Read as missing: there is no figure")
        if state is CellState.LEFT_OUT:
            blank = role.holds_values and not self._sheet.text(row, column)
            return tr("Blank: there is no figure") if blank else tr("Left out")
        return tr("Read as: {reading}", reading=role_text(role.role))

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows of the sheet."""
        return 0 if parent is not None and parent.isValid() else self._sheet.height

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns of the sheet."""
        return 0 if parent is not None and parent.isValid() else self._sheet.width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return row numbers; for columns letters and role, the reason as the tool tip, and the look."""
        if orientation is Qt.Orientation.Vertical:
            return _row_number(section, role)
        column = self._columns.get(section)
        if role == LOOK:
            return self._look(section)
        if role == Qt.ItemDataRole.ToolTipRole and column is not None:
            return reason_text(column)
        if role == Qt.ItemDataRole.DisplayRole:
            letters = column_letters(section)
            return f"{letters}, {role_text(column.role)}" if column else letters
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text as it stands in the file, how it was read, and how it is drawn."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._sheet.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.reading(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            figure = self.state(row, column) in (CellState.FIGURE, CellState.MISSING)
            return RIGHT if figure or isinstance(self._sheet.value(row, column), (int, float)) else LEFT
        return self.state(row, column) if role == STATE else None


def _row_number(row: int, role: int) -> str | None:
    if role == Qt.ItemDataRole.ToolTipRole:
        return tr("Click to make row {row} the header row", row=row + 1)
    return str(row + 1) if role == Qt.ItemDataRole.DisplayRole else None


def _name_state(role: ColumnRole) -> CellState:
    if role.role in LEFT_OUT:
        return CellState.LEFT_OUT
    return CellState.PERIOD if role.role == "period" else CellState.NAME


def figure_text(figure: StagedFigure) -> str:
    """Return a figure as it was read: of whom, what, when, how much."""
    period = figure.period
    status = next((tr(option.label) for option in STATUSES.options if option.key == figure.status), figure.status)
    rows = [
        (tr("Read as"), amount_text(figure)),
        (tr("Metric"), figure.metric.name),
        (tr("Record"), " · ".join(filter(None, (figure.entity.name or figure.entity.code, figure.entity.code)))),
        (tr("Lies in"), figure.entity.parent.name if figure.entity.parent else ""),
        (tr("Sector"), figure.sector.name or figure.sector.code if figure.sector else ""),
        (tr("Period"), period_text(period.format(current_code()), period.start, period.end) if period else ""),
        (tr("Scope"), figure.scope),
        (tr("Scenario"), figure.scenario),
        (tr("Status"), status if figure.status not in ("", "A") else ""),
        (tr("Note"), figure.note),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def amount_text(figure: StagedFigure) -> str:
    """Return the amount in plain units, and how it came from the number in the cell."""
    quantity = figure.quantity
    if quantity.value is None or quantity.amount is None:
        return quantity.text
    amount = f"{quantity.amount:,.15g} {figure.unit}".strip()
    if quantity.multiplier == 1.0:
        return amount
    return tr("{amount} ({value} × {multiplier})", amount=amount, value=f"{quantity.value:,.15g}",
              multiplier=f"{quantity.multiplier:,.15g}")  # fmt: skip


def period_text(text: str, start: str | None, end: str | None) -> str:
    """Return a period with its half-open interval."""
    return tr("{period} ({start} to before {end})", period=text, start=start, end=end) if start and end else text
