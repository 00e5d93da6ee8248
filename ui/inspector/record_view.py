"""All of one kind of record: head, fields and sections; made once for a kind and filled for each record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from storage.domain.changes import Revision
from storage.domain.fields import Field
from storage.domain.text import Text
from ui.choosing import Chooser
from ui.inspector.conflicts import ConflictsSection
from ui.inspector.field_rows import FieldRows
from ui.inspector.figure_head import FigureHead
from ui.inspector.figures import CitingFiguresSection, FiguresSection
from ui.inspector.header import NAMES, Header
from ui.inspector.history import HistorySection
from ui.inspector.named_sections import IndustriesSection, NamesSection, PassagesSection, RelationsSection
from ui.inspector.reading import Reading
from ui.inspector.section import InspectorSection
from ui.inspector.sources import SourcesSection
from ui.inspector.writing import RecordWriter
from ui.job import Progress
from ui.language import current_code, name_of, tr
from ui.page import Context
from ui.theme import Space
from ui.widgets.notice import NoticeBar

ENTITY_SECTIONS: tuple[type[InspectorSection], ...] = (
    FiguresSection, ConflictsSection, NamesSection, RelationsSection, IndustriesSection, SourcesSection, HistorySection,
)  # fmt: skip
SECTIONS: dict[str, tuple[type[InspectorSection], ...]] = {
    "cluster": ENTITY_SECTIONS,
    "organisation": ENTITY_SECTIONS,
    "region": ENTITY_SECTIONS,
    "metric": (FiguresSection, ConflictsSection, SourcesSection, HistorySection),
    "source": (PassagesSection, CitingFiguresSection, HistorySection),
    "observation": (ConflictsSection, SourcesSection, HistorySection),
}
# these have a section of their own, or say what a section shows anyhow
ELSEWHERE = {"sectors", "figures", "relations", "records", "passages", "competing", "entity_kind", "source"}
PATIENCE_MS = 120
MOST_STEPS = 10

Found = tuple[tuple[str, int], list[Any]]


class RecordView(QScrollArea):
    """Shows one record at a time; emits `filled` when all sections are, `gone` when the record is no longer there."""

    filled = Signal()
    gone = Signal()

    def __init__(self, kind: str, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._catalogue = context.bridge.catalogue
        self.kind = self._catalogue.kinds[kind]
        self.record_id = 0
        self._waiting: list[tuple[InspectorSection, Any]] = []
        self._chooser = Chooser(self._catalogue)
        self._content = QWidget()
        self._content.setObjectName("inspectorContent")
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._impatience = self._timer(PATIENCE_MS, self._hide_sections)
        self._breath = self._timer(0, self._fill_next)
        self._growth = self._timer(0, self._grow)
        self._steps = 0
        self.filled.connect(self._begin_growing)
        self._build()

    def _timer(self, interval: int, call: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(call)
        return timer

    def _build(self) -> None:
        self.notice = NoticeBar(self._content)
        self.head = (FigureHead if self.kind.key == "observation" else Header)(self.kind, self._chooser, self._content)
        shown = [f for f in self.kind.fields if f.key not in NAMES and f.key not in ELSEWHERE]
        shown.sort(key=lambda field: (field.key == "note", not field.listed))
        self.rows = FieldRows(shown, self._chooser, self._content)
        self.rows.record_wanted.connect(self._open_record)
        self.sections = {kind.key: kind(self._context, self._content) for kind in SECTIONS[self.kind.key]}
        column = QVBoxLayout(self._content)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.XL)
        column.setSpacing(Space.S)
        for widget in (self.notice, self.head, self.rows, *self.sections.values()):
            column.addWidget(widget)
        column.addStretch()
        for part in (self.head, self.rows):
            part.overtaken.connect(self._overtaken)
            part.history_wanted.connect(self._show_own_history)
        for section in self.sections.values():
            section.overtaken.connect(self._overtaken)
            section.history_wanted.connect(self._show_history)
            section.revealed.connect(self._reveal)

    # Showing

    def show_record(self, record_id: int) -> None:
        """Show a record; what was being edited in the one before is kept."""
        if record_id != self.record_id:
            self.settle()
            self.notice.clear()
            self.verticalScrollBar().setValue(0)
        self.record_id = record_id
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the record again: its fields at once, its sections on a worker."""
        fields = self.kind.fields
        row = self._catalogue.rows(self.kind.key, [self.record_id], fields)[0]
        values = dict(zip((field.key for field in fields), row, strict=True))
        if all(values[field.key] is None for field in fields if field.required):
            self.gone.emit()
            return
        writer = RecordWriter(self._context.bridge, self.kind.key, self.record_id, self._name_of(values))
        self.head.show_record(values, writer.save)
        self.rows.show_values(values, writer.save)
        self._waiting = []
        self._impatience.start()
        sections = SECTIONS[self.kind.key]
        reading = Reading(self._catalogue, self.kind.key, self.record_id)
        self._context.jobs.read(f"inspector {id(self)}", partial(_read_sections, sections, reading), self._fill)

    def _name_of(self, values: dict[str, Any]) -> str:
        if self.kind.key == "observation":
            ref = self._catalogue.refs("observation", [self.record_id])[self.record_id]
            return ref.label(current_code())
        return str(values.get("title") or name_of(values.get("name") or "", values.get("name_ko") or ""))

    def _fill(self, found: Found) -> None:
        subject, data = found
        if subject == (self.kind.key, self.record_id):
            self._impatience.stop()
            self._waiting = list(zip(self.sections.values(), data, strict=True))
            self._fill_next()

    @Slot()
    def _fill_next(self) -> None:
        """Fill one section and let the window breathe before the next one."""
        if not self._waiting:
            self.filled.emit()
            return
        section, part = self._waiting.pop(0)
        section.show_data((self.kind.key, self.record_id), part)
        self._breath.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to what wraps anew."""
        super().resizeEvent(event)
        self._begin_growing()

    @Slot()
    def _begin_growing(self) -> None:
        self._steps = MOST_STEPS
        self._growth.start()

    @Slot()
    def _grow(self) -> None:
        """Give the content its height, step by step: what wraps anew asks for more only once it was laid out."""
        before = self._content.height()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))
        self._steps -= 1
        needed = self._content.heightForWidth(self._content.width())
        if self._steps > 0 and (self._content.height() != before or self._content.height() < needed):
            self._growth.start()

    @Slot()
    def _hide_sections(self) -> None:
        """Hide what still belongs to the record before, when reading takes longer than one notices."""
        for section in self.sections.values():
            if section.subject != (self.kind.key, self.record_id):
                section.hide()

    # Changes

    def concerns(self, revision: Revision) -> bool:
        """Return whether a revision may have changed what is shown."""
        kinds = {self.kind.key, *(kind for section in self.sections.values() for kind in section.reads)}
        return revision.touches(*kinds)

    def settle(self) -> None:
        """Keep what open editors hold."""
        self.head.settle()
        self.rows.settle()

    @Slot(object)
    def _overtaken(self, text: Text) -> None:
        self.notice.tell(tr(text), "mind")
        self.reload()

    @Slot(object)
    def _show_own_history(self, field: Field) -> None:
        self._show_history(field, self.kind.key, self.record_id)

    @Slot(object, str, int)
    def _show_history(self, field: Field, kind: str, record_id: int) -> None:
        section = self.sections["history"]
        assert isinstance(section, HistorySection)
        section.show_field(Reading(self._catalogue, kind, record_id), field)
        self._reveal(section)

    @Slot(QWidget)
    def _reveal(self, widget: QWidget) -> None:
        # the layout makes room for it only after this
        QTimer.singleShot(0, self, partial(self.ensureWidgetVisible, widget))

    @Slot(str, int)
    def _open_record(self, kind: str, record_id: int) -> None:
        self.sections["history"].open_record(kind, record_id)


def _read_sections(sections: Sequence[type[InspectorSection]], reading: Reading, progress: Progress) -> Found:
    # classes, not widgets: the last hold on a widget must not be let go of on a worker
    data = []
    for section in sections:
        progress.check()
        data.append(section.read(reading))
    return (reading.kind, reading.id), data
