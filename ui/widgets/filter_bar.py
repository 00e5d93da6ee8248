"""The chips above a table: each a field, its chosen values with their counts, and a cross that clears it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from storage.domain.fields import Field
from ui.icons import Tone, icon
from ui.language import tr
from ui.models.columns import label_of, shown
from ui.models.filters import Filter, Narrowing
from ui.widgets.chip import Chip, FacetChip
from ui.widgets.facet_popup import OPERATORS, ComparePopup, FacetPopup, FacetValue
from ui.widgets.flow_layout import FlowLayout

NAMED_VALUES = 2
COMPARED = ("number", "quantity", "period", "words")
NOTHING = Narrowing({})


class FieldChip(FacetChip):
    """The chip of one field; Delete clears it and reaches nothing else."""

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(label_of(field), parent)
        self.field = field

    def event(self, event: QEvent) -> bool:
        """Keep Delete from the page's own shortcut."""
        clears = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if clears and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class FilterBar(QWidget):
    """Emits `changed(Narrowing)`, and `facets_wanted(key)` when the values of a field are to be shown."""

    changed = Signal(object)
    facets_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._always: tuple[str, ...] = ()
        self._narrowing = NOTHING
        self._known: dict[str, dict[Any, FacetValue]] = {}
        self._chips: dict[str, FieldChip] = {}
        self._popup: FacetPopup | ComparePopup | None = None
        self._open_key = ""
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._more_chosen)
        self._row = FlowLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)

    @property
    def narrowing(self) -> Narrowing:
        """What is filtered now."""
        return self._narrowing

    @property
    def popup(self) -> FacetPopup | ComparePopup | None:
        """The choices that are open, None while none are."""
        return self._popup if self._popup is not None and isValid(self._popup) else None

    def chip(self, key: str) -> FieldChip:
        """Return the chip of a field."""
        return self._chips[key]

    def counts(self, field: Field) -> bool:
        """Whether the field offers its values with their counts; others are compared."""
        return field.key in self._always or field.type.name not in COMPARED

    def set_fields(self, fields: Sequence[Field], always: Sequence[str]) -> None:
        """Offer these fields; chips of `always` stand there even while they filter nothing."""
        self._fields = {field.key: field for field in fields}
        self._always = tuple(key for key in always if key in self._fields)
        self._build()

    def set_narrowing(self, narrowing: Narrowing) -> None:
        """Show these filters without telling anybody."""
        self._narrowing = narrowing
        self._build()

    def show_facets(self, key: str, facets: Sequence[FacetValue]) -> None:
        """Take the values of a field, for its open choices and for the words on its chip."""
        self._known[key] = {facet.value: facet for facet in facets}
        popup = self.popup
        if isinstance(popup, FacetPopup) and self._open_key == key:
            popup.show_facets(facets)
        if key in self._chips:
            self._describe(self._chips[key])

    def _build(self) -> None:
        focus = next((key for key, chip in self._chips.items() if chip.hasFocus()), "")
        self._row.clear()
        self._chips = {}
        for key in dict.fromkeys((*self._always, *self._narrowing.filters)):
            if key in self._fields:
                self._add_chip(self._fields[key])
        if self._narrowing.rest is not None:
            rest = Chip(tr("Condition of the view"), self, tone="accent")
            rest.setIcon(icon("x", Tone.ACCENT))
            rest.clicked.connect(self._drop_rest)
            self._row.addWidget(rest)
        self._row.addWidget(self._more_button())
        if self._narrowing.active:
            clear = QPushButton(tr("Clear filters"), self)
            clear.setProperty("link", True)
            clear.clicked.connect(self.clear)
            self._row.addWidget(clear)
        if focus in self._chips:
            self._chips[focus].setFocus()

    def _add_chip(self, field: Field) -> None:
        chip = self._chips[field.key] = FieldChip(field, self)
        chip.clicked.connect(self._chip_clicked)
        chip.cleared.connect(self._chip_cleared)
        self._describe(chip)
        self._row.addWidget(chip)
        chip.show()

    def _more_button(self) -> Chip:
        self._menu.clear()
        for key, field in self._fields.items():
            if key not in self._chips:
                self._menu.addAction(label_of(field)).setData(key)
        more = Chip(tr("Filter"), self)
        more.setIcon(icon("plus", Tone.MUTED))
        more.setMenu(self._menu)
        more.setEnabled(not self._menu.isEmpty())
        more.setAccessibleName(tr("Add a filter"))
        return more

    def _describe(self, chip: FieldChip) -> None:
        found = self._narrowing.filters.get(chip.field.key)
        chip.set_choice("" if found is None else self._summary(chip.field, found))

    def _summary(self, field: Field, chosen: Filter) -> str:
        if chosen.mode == "compare":
            words = [tr(OPERATORS[chosen.operator]), *(_value_text(field, value) for value in chosen.values)]
            return " ".join(words)
        known = self._known.get(field.key, {})
        named = [self._named(field, value, known.get(value)) for value in chosen.values[:NAMED_VALUES]]
        left = len(chosen.values) - len(named)
        text = (" + " if chosen.mode == "all" else ", ").join(named) + (f" +{left}" if left else "")
        return tr("not {values}", values=text) if chosen.mode == "none" else text

    def _named(self, field: Field, value: Any, known: FacetValue | None) -> str:
        if known is None:
            return tr("(blank)") if value is None else _value_text(field, value)
        return f"{known.label or tr('(blank)')} {known.count:,}"

    @Slot()
    def _chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FieldChip):
            self._open(chip)

    def _open(self, chip: FieldChip) -> None:
        self._open_key = chip.field.key
        kind = FacetPopup if self.counts(chip.field) else ComparePopup
        self._popup = kind(chip.field, self._narrowing.filters.get(chip.field.key), self)
        self._popup.chosen.connect(self._chosen)
        self._popup.open_below(chip)
        if self.counts(chip.field):
            self.facets_wanted.emit(chip.field.key)

    @Slot(object)
    def _chosen(self, found: Filter | None) -> None:
        filters = dict(self._narrowing.filters)
        filters.pop(self._open_key, None)
        if found is not None:
            filters[found.key] = found
        self._narrow(Narrowing(filters, self._narrowing.rest))

    @Slot()
    def _chip_cleared(self) -> None:
        chip = self.sender()
        if isinstance(chip, FieldChip):
            filters = {key: f for key, f in self._narrowing.filters.items() if key != chip.field.key}
            self._narrow(Narrowing(filters, self._narrowing.rest))

    @Slot(QAction)
    def _more_chosen(self, action: QAction) -> None:
        key = str(action.data())
        if key not in self._chips:
            self._add_chip(self._fields[key])
        self._row.invalidate()
        self._open(self._chips[key])

    @Slot()
    def _drop_rest(self) -> None:
        self._narrow(Narrowing(self._narrowing.filters))

    @Slot()
    def clear(self) -> None:
        """Filter nothing."""
        self._narrow(NOTHING)

    def _narrow(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self._build()
        self.changed.emit(narrowing)


def _value_text(field: Field, value: Any) -> str:
    return shown(field, value) if field.type.name in ("choice", "yes-no", "number") else str(value)
