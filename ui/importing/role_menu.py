"""The menu of a column: what it may mean, and another metric for its figures."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from storage.workbook.roles import ColumnRole, is_value, value_role
from ui.language import tr
from ui.models.roles import GROUPS, role_text
from ui.widgets.labels import Label
from ui.widgets.popup import Popup

OTHER_METRIC, UNIT = "…", "unit …"


class RoleMenu(QMenu):
    """Emits `chosen(role)`, `metric_wanted` for figures of another metric or period, `unit_wanted` for another unit."""

    chosen = Signal(str)
    metric_wanted = Signal()
    unit_wanted = Signal()

    def __init__(self, column: ColumnRole, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What “{column}” means", column=column.header))
        if is_value(column.role):
            self._add(role_text(column.role), column.role, checked=True)
        for place, (title, roles) in enumerate(GROUPS):
            part = self if place == 0 else self.addMenu(tr(title))
            for role in roles:
                if role != column.role or not is_value(role):
                    self._add(role_text(role), role, checked=role == column.role, part=part)
        self._add(tr("Figures of another metric or period …"), OTHER_METRIC)
        if is_value(column.role):
            self._add(tr("Unit: {unit} …", unit=column.unit or tr("none told")), UNIT)
        self.triggered.connect(self._triggered)

    def _add(self, text: str, role: str, *, checked: bool = False, part: QMenu | None = None) -> None:
        action = (part or self).addAction(text.replace("&", "&&"))
        action.setData(role)
        action.setCheckable(checked)
        action.setChecked(checked)

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        if action.data() == OTHER_METRIC:
            self.metric_wanted.emit()
        elif action.data() == UNIT:
            self.unit_wanted.emit()
        else:
            self.chosen.emit(str(action.data()))


class MetricPopup(Popup):
    """Asks which metric and period the figures of a column are of; emits `chosen(role)`."""

    chosen = Signal(str)

    def __init__(self, column: ColumnRole, parent: QWidget) -> None:
        super().__init__(tr("Figures of “{column}”", column=column.header), parent)
        self.metric_line = self._line(tr("Metric"), column.metric or column.header)
        self.period_line = self._line(tr("Period"), column.period)
        self.period_line.setPlaceholderText(tr("as the other columns say"))
        take = QPushButton(tr("Read as these figures"), self)
        take.setProperty("primary", True)
        take.clicked.connect(self._take)
        self.column.addWidget(take)
        self.setFixedWidth(280)
        self.setFocusProxy(self.metric_line)

    def _line(self, title: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setAccessibleName(title)
        line.returnPressed.connect(self._take)
        self.column.addWidget(Label(title, "section", self))
        self.column.addWidget(line)
        return line

    @Slot()
    def _take(self) -> None:
        self.chosen.emit(value_role(self.metric_line.text().strip(), self.period_line.text().strip()))
        self.close()
