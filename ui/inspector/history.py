"""What happened to a record, newest first, and taking it back; also the history of one field alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from storage.domain.fields import Field
from storage.domain.text import msg
from storage.errors import CatalogueError
from ui.inspector.links import small_button
from ui.inspector.past import PastChange, past_changes
from ui.inspector.reading import Reading
from ui.inspector.section import InspectorSection
from ui.language import tr
from ui.models.columns import label_of
from ui.models.revisions import local_time
from ui.theme import Space
from ui.widgets.labels import Label, section_header


class PastChangeRow(QWidget):
    """One revision: what it changed here, its label, who and when; emits `undo_wanted(number)`."""

    undo_wanted = Signal(int)

    def __init__(self, past: PastChange, parent: QWidget) -> None:
        super().__init__(parent)
        self._past = past
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS, 0, 0, Space.XS)
        column.setSpacing(0)
        for line in past.lines:
            column.addWidget(Label(line, "plain", self, wrap=True))
        revision = past.revision
        facts = tr("{label} · {author} · {time}", label=revision.text, author=revision.author,
                   time=local_time(revision.at))  # fmt: skip
        below = QHBoxLayout()
        below.addWidget(Label(facts, "small", self, wrap=True), 1)
        if past.stands and revision.kind == "edit" and revision.id > 1:
            below.addWidget(self._undo_button(), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)

    def _undo_button(self) -> QPushButton:
        self.undo = QPushButton(tr("Undo"), self)
        self.undo.setProperty("link", True)
        self.undo.setAccessibleName(tr("Undo: {label}", label=self._past.revision.text))
        self.undo.clicked.connect(self._ask)
        return self.undo

    @Slot()
    def _ask(self) -> None:
        self.undo_wanted.emit(self._past.revision.id)


class HistorySection(InspectorSection):
    """The newest changes of the record; `show_field` puts the history of one field above them."""

    key = "history"
    heading = msg("History")
    reads = ()

    @staticmethod
    def read(reading: Reading) -> list[PastChange]:
        """Return the changes."""
        return past_changes(reading)

    def fill(self, data: list[PastChange]) -> None:
        """Make a row for each revision."""
        self.clear()
        self._add_rows(self.first(data))

    def _add_rows(self, data: Sequence[PastChange]) -> None:
        for past in data:
            row = PastChangeRow(past, self.content)
            row.undo_wanted.connect(self._undo)
            self.column.addWidget(row)

    def show_field(self, reading: Reading, field: Field) -> None:
        """Show the history of one field, until the cross is pressed or the record changes."""
        self.clear()
        head = QHBoxLayout()
        head.addWidget(section_header(tr("History of {field}", field=label_of(field)), self.content), 1)
        back = small_button("x", tr("Show the whole history"), self.content)
        back.clicked.connect(self._show_record)
        head.addWidget(back)
        bar = QWidget(self.content)
        bar.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(bar)
        self._add_rows(past_changes(reading, field))
        self.set_open(True)
        back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_record(self) -> None:
        reading = Reading(self.context.bridge.catalogue, *self.subject)
        self.show_data(self.subject, self.read(reading))

    @Slot(int)
    def _undo(self, number: int) -> None:
        try:
            self.context.bridge.undo(number)
        except CatalogueError as error:
            self.overtaken.emit(error.text)
