"""The choices of one filter: its values with their counts, or a comparison where values are numbers or periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from storage.domain.fields import Field
from storage.domain.periods import Period
from storage.domain.quantities import Quantity
from storage.domain.text import msg
from storage.errors import InvalidInput
from ui.language import tr
from ui.models.columns import label_of
from ui.models.filters import Filter, Mode
from ui.theme import Space
from ui.widgets.chip import Chip
from ui.widgets.labels import Label, restyle
from ui.widgets.popup import Popup
from ui.widgets.search_box import SearchBox

VALUE = Qt.ItemDataRole.UserRole
LINE = 26
MODES: tuple[tuple[Mode, Any], ...] = (("any", msg("any of")), ("all", msg("all of")), ("none", msg("none of")))
OPERATORS = {
    "=": msg("is"), "!=": msg("is not"), "<": msg("below"), "<=": msg("at most"), ">": msg("above"),
    ">=": msg("at least"), "overlaps": msg("during"), "contains": msg("contains"),
    "blank": msg("is blank"), "not blank": msg("is not blank"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a field with the number of records that have it."""

    value: Any
    label: str
    count: int


class FacetPopup(Popup):
    """Emits `chosen(Filter | None)` with each tick, so that the list narrows at once."""

    chosen = Signal(object)

    def __init__(self, field: Field, current: Filter | None, parent: QWidget) -> None:
        super().__init__(label_of(field), parent)
        self._key = field.key
        self._ticked: list[Any] = list(current.values) if current else []
        self._mode: Mode = current.mode if current else "any"
        self.search = SearchBox(tr("Find a value"), self)
        self.search.searched.connect(self._narrow)
        self.search.left_down.connect(self._enter_list)
        self.values = QTreeWidget(self)
        self.values.setColumnCount(2)
        self.values.setHeaderHidden(True)
        self.values.setRootIsDecorated(False)
        self.values.setUniformRowHeights(True)
        self.values.setAccessibleName(label_of(field))
        self.values.header().setStretchLastSection(False)
        self.values.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.values.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.values.itemChanged.connect(self._changed)
        self.column.addLayout(self._mode_row(every=field.multiple))
        self.column.addWidget(self.search)
        self.column.addWidget(self.values, 1)
        self.setFixedSize(300, 360)
        self.setFocusProxy(self.search)

    def _mode_row(self, *, every: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        self._modes = QButtonGroup(self)
        for mode, text in MODES:
            if mode == "all" and not every:
                continue
            chip = Chip(tr(text), self, checkable=True)
            chip.setObjectName(mode)
            chip.setChecked(mode == self._mode)
            self._modes.addButton(chip)
            row.addWidget(chip)
        row.addStretch()
        self._clear = QPushButton(tr("Clear"), self)
        self._clear.setProperty("link", True)
        self._clear.clicked.connect(self._untick)
        row.addWidget(self._clear)
        self._modes.buttonClicked.connect(self._mode_chosen)
        return row

    def show_facets(self, facets: Sequence[FacetValue]) -> None:
        """List the values, the ticked ones first; later, under the hands, in the same order and at the same line."""
        places = {item.data(0, VALUE): place for place, item in enumerate(self._items())}
        current = self.values.currentItem()
        value = None if current is None else current.data(0, VALUE)

        def rank(facet: FacetValue) -> int:
            return places.get(facet.value, len(places)) if places else int(facet.value not in self._ticked)

        self.values.blockSignals(True)
        self.values.clear()
        self.values.addTopLevelItems([self._item(facet) for facet in sorted(facets, key=rank)])
        if current is not None:
            self._return_to(value, places[value])
        self.values.blockSignals(False)
        self._narrow(self.search.text())

    def _item(self, facet: FacetValue) -> QTreeWidgetItem:
        item = QTreeWidgetItem([facet.label or tr("(blank)"), f"{facet.count:,}"])
        item.setData(0, VALUE, facet.value)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(0, facet.label)
        item.setSizeHint(0, QSize(0, LINE))
        ticked = facet.value in self._ticked
        item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return item

    def _return_to(self, value: Any, place: int) -> None:
        items = self._items()
        found = next((item for item in items if item.data(0, VALUE) == value), None)
        if found is None and items:
            found = items[min(place, len(items) - 1)]
        if found is not None:
            self.values.setCurrentItem(found)

    def _items(self) -> list[QTreeWidgetItem]:
        found = [self.values.topLevelItem(place) for place in range(self.values.topLevelItemCount())]
        return [item for item in found if item is not None]

    @Slot(str)
    def _narrow(self, words: str) -> None:
        wanted = words.casefold()
        for item in self._items():
            item.setHidden(wanted not in item.text(0).casefold())

    @Slot()
    def _enter_list(self) -> None:
        self.values.setFocus()
        first = next((item for item in self._items() if not item.isHidden()), None)
        if first is not None:
            self.values.setCurrentItem(first)

    @Slot(QTreeWidgetItem, int)
    def _changed(self, item: QTreeWidgetItem, _column: int) -> None:
        value = item.data(0, VALUE)
        if item.checkState(0) == Qt.CheckState.Checked:
            self._ticked.append(value)
        else:
            self._ticked = [ticked for ticked in self._ticked if ticked != value]
        self._tell()

    @Slot(QAbstractButton)
    def _mode_chosen(self, button: QAbstractButton) -> None:
        self._mode = next(mode for mode, _ in MODES if mode == button.objectName())
        if self._ticked:
            self._tell()

    @Slot()
    def _untick(self) -> None:
        self._ticked = []
        self.values.blockSignals(True)
        for item in self._items():
            item.setCheckState(0, Qt.CheckState.Unchecked)
        self.values.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self.chosen.emit(Filter(self._key, self._mode, tuple(self._ticked)) if self._ticked else None)


class ComparePopup(Popup):
    """A comparison with a number, a period or words; emits `chosen(Filter | None)` on Return."""

    chosen = Signal(object)

    def __init__(self, field: Field, current: Filter | None, parent: QWidget) -> None:
        super().__init__(label_of(field), parent)
        self._field = field
        self.operator = QComboBox(self)
        self.operator.setAccessibleName(tr("Comparison"))
        for name in field.operators:
            self.operator.addItem(tr(OPERATORS[name]), name)
        self.value = QLineEdit(self)
        self.value.setPlaceholderText(label_of(field))
        self.value.setAccessibleName(label_of(field))
        self.value.returnPressed.connect(self._take)
        self.trouble = Label("", "small", self, wrap=True)
        self.trouble.hide()
        take = QPushButton(tr("Filter"), self)
        take.setProperty("primary", True)
        take.clicked.connect(self._take)
        row = QHBoxLayout()
        row.addWidget(self.operator)
        row.addWidget(self.value, 1)
        self.column.addWidget(Label(label_of(field), "section", self))
        self.column.addLayout(row)
        self.column.addWidget(self.trouble)
        self.column.addWidget(take, 0, Qt.AlignmentFlag.AlignRight)
        self.operator.currentIndexChanged.connect(self._operator_changed)
        if current is not None:
            self.operator.setCurrentIndex(max(self.operator.findData(current.operator), 0))
            self.value.setText(str(current.values[0]) if current.values else "")
        self._operator_changed()
        self.setFixedWidth(320)
        self.setFocusProxy(self.value)

    @Slot()
    def _operator_changed(self) -> None:
        self.value.setEnabled(self.operator.currentData() not in ("blank", "not blank"))

    @Slot()
    def _take(self) -> None:
        name = self.operator.currentData()
        try:
            values = (self._value(name),) if self.value.isEnabled() else ()
        except InvalidInput as error:
            restyle(self.value, "invalid", value=True)
            self.trouble.setText(tr(error.text))
            self.trouble.show()
            self.adjustSize()
            return
        self.chosen.emit(Filter(self._field.key, "compare", values, name))
        self.close()

    def _value(self, name: str) -> Any:
        value = self.value.text().strip() if name == "contains" else self._field.parse(self.value.text())
        if value in (None, ""):
            raise InvalidInput(msg("Say what to compare with."))
        if isinstance(value, Quantity):
            return value.amount
        return value.text if isinstance(value, Period) else value
