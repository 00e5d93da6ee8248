"""Sections of figures: those of an entity, those of a metric by record, those that cite a source."""

from __future__ import annotations

from PySide6.QtCore import Slot

from storage.domain.quantities import format_quantity
from storage.domain.text import msg
from ui.inspector.figure_lines import FigureLine, figure_lines, shown_name, unit_text
from ui.inspector.figure_row import FigureRow
from ui.inspector.reading import SHOWN_FIGURES, SHOWN_RECORDS, Reading, Record
from ui.inspector.section import InspectorSection
from ui.language import current_code, tr


class FiguresSection(InspectorSection):
    """The newest figure of each metric with its course; of a metric, the newest figure of each record."""

    key = "figures"
    heading = msg("Figures")
    reads = ("observation", "metric", "unit", "entity", "sector")

    @staticmethod
    def read(reading: Reading) -> list[FigureLine]:
        """Return a line for each series."""
        return figure_lines(reading.series, reading.unit_codes, by_entity=reading.kind == "metric")

    def fill(self, data: list[FigureLine]) -> None:
        """Make the rows."""
        self.clear()
        for line in self.first(data):
            row = FigureRow(line, self.content)
            row.figure_wanted.connect(self._open_figure)
            self.column.addWidget(row)
        if self.subject[0] == "metric" and len(data) >= SHOWN_RECORDS:
            self.add_note(tr("The newest {n} records; all of them are on the data page.", n=SHOWN_RECORDS))
        elif self.subject[0] == "source" and len(data) >= SHOWN_FIGURES:
            self.add_note(tr("The newest {n} figures; all of them are on the data page.", n=SHOWN_FIGURES))

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
    return FigureLine(figure["id"], title, detail, value, unit_text(figure["unit_id"], codes), ())
