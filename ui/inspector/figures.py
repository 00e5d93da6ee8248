"""Sections of figures: those of an entity, those of a metric by record, those that cite a source."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from storage.domain.changes import ChangeSet, insert
from storage.domain.fields import Ref
from storage.domain.quantities import format_quantity
from storage.domain.text import msg
from ui.choosing import Chooser
from ui.inspector.add_form import AddForm
from ui.inspector.figure_lines import FigureLine, figure_lines, shown_name, unit_text
from ui.inspector.figure_row import FigureRow
from ui.inspector.reading import ENTITIES, SHOWN_FIGURES, SHOWN_RECORDS, Reading, Record
from ui.inspector.section import InspectorSection
from ui.inspector.writing import RecordWriter
from ui.language import current_code, tr
from ui.page import Context

# what a new figure of a record still needs, by the column that is known
ASKED = {"entity_id": "metric_id", "metric_id": "entity_id"}


class FiguresSection(InspectorSection):
    """The newest figure of each metric with its course; of a metric, the newest figure of each record."""

    key = "figures"
    heading = msg("Figures")
    reads = ("observation", "metric", "unit", "entity", "sector")

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._form: AddForm | None = None

    @staticmethod
    def read(reading: Reading) -> list[FigureLine]:
        """Return a line for each series."""
        return figure_lines(reading.series, reading.unit_codes, by_entity=reading.kind == "metric")

    def fill(self, data: list[FigureLine]) -> None:
        """Make the rows."""
        self.clear()
        self._form = None
        for line in self.first(data):
            self.column.addWidget(self._row(line))
        self._add_notes(data)
        if self.owner in ASKED:
            self.add_button = self.add_link(tr("Add a figure"))
            self.add_button.clicked.connect(self._ask)

    def _row(self, line: FigureLine) -> FigureRow:
        bridge = self.context.bridge
        writer = RecordWriter(bridge, "observation", line.observation, line.record)
        row = FigureRow(line, bridge.catalogue.kinds["observation"].field("value"), writer.save, self.content)
        row.figure_wanted.connect(self._open_figure)
        row.value.overtaken.connect(self.overtaken)
        row.history_wanted.connect(self.history_wanted)
        return row

    def _add_notes(self, data: list[FigureLine]) -> None:
        if self.subject[0] == "metric" and len(data) >= SHOWN_RECORDS:
            self.add_note(tr("The newest {n} records; all of them are on the data page.", n=SHOWN_RECORDS))
        elif self.subject[0] == "source" and len(data) >= SHOWN_FIGURES:
            self.add_note(tr("The newest {n} figures; all of them are on the data page.", n=SHOWN_FIGURES))

    @property
    def owner(self) -> str:
        """The column by which the figures belong to the record that is shown."""
        kind = self.subject[0]
        return "entity_id" if kind in ENTITIES else f"{kind}_id"

    def is_empty(self, data: list[FigureLine]) -> bool:
        """Return whether there is nothing to show and nothing can be added."""
        return not data and self.owner not in ASKED

    @property
    def form(self) -> AddForm | None:
        """The form for a new figure while it is open."""
        return self._form

    @Slot()
    def _ask(self) -> None:
        self.begin_add()

    def begin_add(self, metric: Ref | None = None) -> None:
        """Open the form for a new figure, of a metric that is already known or still to be chosen."""
        if not self.is_open:
            self.set_open(True)
            self._fill_when_open()
        if self._form is None:
            kind = self.context.bridge.catalogue.kinds["observation"]
            fields = [kind.field(key) for key in (ASKED[self.owner], "period", "value")]
            form = self._form = AddForm(fields, Chooser(self.context.bridge.catalogue), self._make, self.content)
            form.closed.connect(self._close_form)
            self.column.addWidget(form)
            self.add_button.hide()
            form.show()
        if metric is not None:
            self._form.editors["metric_id"].set_value(metric)
        self._form.begin()
        self.revealed.emit(self._form)

    def _make(self, values: dict[str, Any]) -> None:
        kind = self.context.bridge.catalogue.kinds["observation"]
        columns: dict[str, Any] = {self.owner: self.subject[1]}
        for key, value in values.items():
            columns |= kind.field(key).write(value)
        label = msg("Add {record}", record=tr(kind.label))
        self.context.bridge.perform(ChangeSet.of([insert("observation", columns)]), label)

    @Slot()
    def _close_form(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            self.column.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.add_button.show()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _open_figure(self, observation: int) -> None:
        self.context.open_record("observation", observation)


class CitingFiguresSection(FiguresSection):
    """The figures that were taken from a source, newest period first."""

    key = "citing figures"
    heading = msg("Figures from this source")

    @staticmethod
    def read(reading: Reading) -> list[FigureLine]:
        """Return a line for each figure."""
        figures = reading.figures
        codes = reading.codes_of([figure["unit_id"] for figure in figures])
        return [_cited(figure, codes) for figure in figures]


def _cited(figure: Record, codes: dict[int, str]) -> FigureLine:
    quantity = figure["value"]
    title = tr("{record}: {metric}", record=shown_name(figure["entity_id"]), metric=shown_name(figure["metric_id"]))
    detail = figure["period"].format(current_code()) if figure["period"] else ""
    value = format_quantity(quantity, current_code()) if quantity else figure["value_text"] or ""
    unit = unit_text(figure["unit_id"], codes)
    metric, record = shown_name(figure["metric_id"]), shown_name(figure["entity_id"])
    return FigureLine(figure["id"], title, detail, value, unit, (), (), quantity, metric, record)
