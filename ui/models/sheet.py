"""One sheet of a workbook as it stands in the file, with what each column and each cell is read as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from storage.domain.problem import Problem
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

    OUTSIDE, HEADER, FIGURE, NAME, LEFT_OUT, PROBLEM = range(6)


@dataclass(frozen=True, slots=True)
class HeaderLook:
    """What stands over a column: its letters and, within the table, the button with its role."""

    letters: str
    role: str = ""
    tone: Tone = "neutral"
    faint: bool = False


class SheetModel(QAbstractTableModel):
    """Rows and columns counted as in Excel; `STATE` and the tool tip say how a cell was read."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", [])
        self._mapping: Mapping | None = None
        self._columns: dict[int, ColumnRole] = {}
        self._figures: dict[str, StagedFigure] = {}
        self._problems: dict[str, Problem] = {}

    def set_sheet(self, sheet: Sheet, mapping: Mapping | None, staged: Staged | None) -> None:
        """Show a sheet with its mapping and what was read; another reading of the same sheet keeps the place."""
        same = sheet is self._sheet
        if not same:
            self.beginResetModel()
        self._sheet = sheet
        self._mapping = mapping
        self._columns = {column.index: column for column in mapping.columns} if mapping else {}
        self._figures = {figure.cell: figure for figure in staged.rows} if staged else {}
        self._problems = {problem.cell: problem for problem in staged.problems} if staged else {}
        if not same:
            self.endResetModel()
        elif sheet.height and sheet.width:
            self.dataChanged.emit(self.index(0, 0), self.index(sheet.height - 1, sheet.width - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, sheet.width - 1)

    def column(self, section: int) -> ColumnRole | None:
        """Return the role of a column, None outside the table."""
        return self._columns.get(section)

    def _look(self, section: int) -> HeaderLook:
        letters, column = column_letters(section), self._columns.get(section)
        if column is None:
            return HeaderLook(letters)
        text = role_text(column.role)
        if not is_sure(column):
            return HeaderLook(letters, tr("{role} ?", role=text), "mind")
        return HeaderLook(letters, text, "accent" if column.holds_values else "neutral", column.role in LEFT_OUT)

    def state(self, row: int, column: int) -> CellState:
        """Return how a cell is drawn."""
        mapping, role = self._mapping, self._columns.get(column)
        if mapping is None or role is None or row > mapping.last_row:
            return CellState.OUTSIDE
        if row in mapping.header_rows:
            return CellState.HEADER
        if row < mapping.first_row:
            return CellState.OUTSIDE
        cell = address(row, column)
        if cell in self._problems:
            return CellState.PROBLEM
        if role.holds_values:
            return CellState.FIGURE if cell in self._figures else CellState.LEFT_OUT
        return CellState.LEFT_OUT if role.role in LEFT_OUT else CellState.NAME

    def reading(self, row: int, column: int) -> str:
        """Return how a cell was read, as a tool tip says it."""
        cell = address(row, column)
        problem = self._problems.get(cell)
        if problem is not None:
            return f"{tr(problem.cause)}\n{tr(problem.remedy)}"
        figure = self._figures.get(cell)
        if figure is not None:
            return figure_text(figure)
        role = self._columns.get(column)
        state = self.state(row, column)
        if role is None or state is CellState.OUTSIDE:
            return ""
        if state is CellState.HEADER:
            return reason_text(role)
        return tr("Left out") if state is CellState.LEFT_OUT else role_text(role.role)

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
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
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
            number = isinstance(self._sheet.value(row, column), (int, float))
            return RIGHT if number else LEFT
        return self.state(row, column) if role == STATE else None


def figure_text(figure: StagedFigure) -> str:
    """Return a figure as it was read: of whom, what, when, how much."""
    period, quantity = figure.period, figure.quantity
    amount = quantity.amount
    rows = [
        (tr("Read as"), f"{amount:,.15g} {figure.unit}".strip() if amount is not None else quantity.text),
        (tr("Metric"), figure.metric.name),
        (tr("Record"), " · ".join(filter(None, (figure.entity.name or figure.entity.code, figure.entity.code)))),
        (tr("Lies in"), figure.entity.parent.name if figure.entity.parent else ""),
        (tr("Sector"), figure.sector.name or figure.sector.code if figure.sector else ""),
        (tr("Period"), period_text(period.format(current_code()), period.start, period.end) if period else ""),
        (tr("Scope"), figure.scope),
        (tr("Scenario"), figure.scenario),
        (tr("Status"), figure.status),
        (tr("Note"), figure.note),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def period_text(text: str, start: str | None, end: str | None) -> str:
    """Return a period with its half-open interval."""
    return tr("{period} ({start} to before {end})", period=text, start=start, end=end) if start and end else text
