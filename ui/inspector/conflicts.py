"""Competing figures side by side, each with its source; one of them can be preferred, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from storage.domain.changes import ChangeSet, update
from storage.domain.fields import Field, Ref, Words
from storage.domain.summary import Point
from storage.domain.text import msg
from storage.domain.vocabulary import SCENARIOS
from storage.errors import CatalogueError, StaleChange
from ui.inspector.figure_lines import ConflictSet, conflict_sets, value_text
from ui.inspector.reading import Reading
from ui.inspector.section import InspectorSection
from ui.language import current_code, tr
from ui.theme import Space, tabular
from ui.widgets.active_label import ActiveLabel
from ui.widgets.editors import FieldEditor, editor_for
from ui.widgets.labels import Label, Tag

VALUE_WIDTH = 92


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The sets, and why figures were preferred, by observation."""

    sets: tuple[ConflictSet, ...]
    reasons: dict[int, str | None]


class CompetingFigure(QWidget):
    """One figure of a set; emits `preferred(point, reason)`, and `figure_wanted(observation)` when activated."""

    preferred = Signal(object, str)
    asked = Signal(QWidget)
    figure_wanted = Signal(int)

    def __init__(self, point: Point, reason: str | None, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.point = point
        self._field = replace(field, required=True, label=msg("Why this one?"), type=Words())
        self.editor: FieldEditor | None = None
        value = ActiveLabel(value_text(point), "plain", self)
        value.setFont(tabular(value.font()))
        value.setFixedWidth(VALUE_WIDTH)
        value.activated.connect(self._open)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, Space.XS)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(value, 0, 0, top)
        place = Label(_place_of(point), "small", self, wrap=True)
        place.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        place.setContentsMargins(0, 3, 0, 0)
        self._grid.addWidget(place, 0, 1)
        self._grid.addWidget(self._mark(), 0, 2, top)
        self._grid.setColumnStretch(1, 1)
        self._why = Label("", "small", self)
        self._why.hide()
        self._grid.addWidget(self._why, 1, 0, 1, 3)
        if point.preferred and reason:
            self._grid.addWidget(Label(reason, "muted", self, wrap=True), 1, 1, 1, 2)

    def _mark(self) -> QWidget:
        if self.point.preferred:
            return Tag(tr("preferred"), "good", self)
        self.button = QPushButton(tr("Prefer"), self)
        self.button.setProperty("link", True)
        self.button.setAccessibleName(tr("Prefer {value} from {source}", value=value_text(self.point),
                                         source=self.point.source))  # fmt: skip
        self.button.clicked.connect(self.ask)
        return self.button

    @Slot()
    def ask(self) -> None:
        """Ask for the reason, in place."""
        if self.editor is not None:
            return
        self.editor = editor_for(self._field, self, current_code(), _no_records)
        self.editor.committed.connect(self._commit)
        self.editor.cancelled.connect(self.close_editor)
        self._why.setText(tr(self._field.label))
        self._why.show()
        self._grid.addWidget(self.editor, 2, 0, 1, 3)
        self.editor.set_value(None)
        self.editor.show()
        self.editor.begin()
        self.button.setEnabled(False)
        self.asked.emit(self)

    @Slot()
    def _commit(self) -> None:
        assert self.editor is not None
        self.preferred.emit(self.point, self.editor.value())

    @Slot()
    def close_editor(self) -> None:
        """Ask no more."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self._why.hide()
        self.button.setEnabled(True)

    @Slot()
    def _open(self) -> None:
        self.figure_wanted.emit(self.point.observation)


def _no_records(_kind: str, _words: str) -> list[Ref]:
    return []


def _place_of(point: Point) -> str:
    parts = [point.source, point.locator]
    if point.scenario != "actual":
        parts.append(tr(SCENARIOS.label(point.scenario)))
    return ", ".join(part for part in parts if part) or tr("without a source")


class ConflictsSection(InspectorSection):
    """The sets of competing figures of an entity, of a metric, or beside one figure."""

    key = "conflicts"
    heading = msg("Competing figures")
    reads = ("observation", "source", "passage")

    @staticmethod
    def read(reading: Reading) -> Conflicts:
        """Return the sets with the reasons of those preferred."""
        sets = conflict_sets(reading.series, by_entity=reading.kind == "metric")
        if reading.kind == "observation":
            sets = [one for one in sets if any(point.observation == reading.id for point in one.points)]
        ids = [point.observation for one in sets for point in one.points]
        reason = reading.catalogue.kinds["observation"].field("reason")
        rows = reading.catalogue.rows("observation", ids, [reason])
        return Conflicts(tuple(sets), {id: str(row[0] or "") or None for id, row in zip(ids, rows, strict=True)})

    def is_empty(self, data: Conflicts) -> bool:
        """Return whether nothing competes."""
        return not data.sets

    def count(self, data: Conflicts) -> int:
        """Return the number of sets."""
        return len(data.sets)

    def fill(self, data: Conflicts) -> None:
        """Make a header and the figures of each set."""
        self.clear()
        self._conflicts = data
        field = self.context.bridge.catalogue.kinds["observation"].field("reason")
        for one in self.first(data.sets):
            title = Label(one.title, "strong", self.content, wrap=True)
            title.setIndent(Space.XS)
            self.column.addWidget(title)
            for point in one.points:
                row = CompetingFigure(point, data.reasons[point.observation], field, self.content)
                row.preferred.connect(self._prefer)
                row.asked.connect(self.revealed)
                row.figure_wanted.connect(self._open_figure)
                self.column.addWidget(row)

    @Slot(object, str)
    def _prefer(self, point: Point, reason: str) -> None:
        row = self.sender()
        assert isinstance(row, CompetingFigure)
        try:
            self.context.bridge.perform(
                self._changes(point, reason),
                msg("Prefer {value} from {source}", value=value_text(point), source=point.source),
            )
        except StaleChange as error:
            self.overtaken.emit(error.text)
        except CatalogueError as error:
            if row.editor is not None:
                row.editor.problem(error.text)
        else:
            row.close_editor()

    def _changes(self, point: Point, reason: str) -> ChangeSet:
        one = next(one for one in self._conflicts.sets if point in one.points)
        reasons = self._conflicts.reasons
        changes = []
        if (old := one.preferred) is not None:
            # the other steps back first: at most one of a set may be preferred at any time
            before = {"preferred": True, "reason": reasons[old.observation]}
            changes.append(update("observation", old.observation, before, {"preferred": False, "reason": None}))
        before = {"preferred": False, "reason": reasons[point.observation]}
        changes.append(update("observation", point.observation, before, {"preferred": True, "reason": reason}))
        return ChangeSet.of(changes)

    @Slot(int)
    def _open_figure(self, observation: int) -> None:
        self.context.open_record("observation", observation)
