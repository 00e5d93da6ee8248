"""Records that hang on the one shown (names, relations, passages): listed, added, edited and deleted in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from storage.domain.changes import ChangeSet, insert
from storage.domain.fields import Field, Ref
from storage.domain.text import Text, msg
from ui.choosing import Chooser
from ui.inspector.add_form import AddForm
from ui.inspector.field_rows import NARROW, FieldRows, set_beside
from ui.inspector.links import RecordLink, RowTools, small_button
from ui.inspector.reading import Record
from ui.inspector.section import InspectorSection
from ui.inspector.writing import RecordWriter
from ui.language import tr
from ui.page import Context
from ui.theme import Space
from ui.widgets.active_label import ActiveLabel
from ui.widgets.labels import Label

TOOLS_WIDTH = 48


@dataclass(frozen=True, slots=True)
class SubRecord:
    """One line: the values, what it is called, small print, a quote; `link` is a record (kind, ref) to go to.

    `lead` stands before the line, where it differs from the one before.
    """

    values: Record
    name: str
    detail: str = ""
    quote: str = ""
    lead: str = ""
    link: tuple[str, Ref] | None = None


class SubRecordLine(QWidget):
    """A line with pencil and bin; the pencil opens all fields of the record under it."""

    record_wanted = Signal(str, int)
    overtaken = Signal(object)
    history_wanted = Signal(object, str, int)

    def __init__(self, shown: SubRecord, writer: RecordWriter, fields: tuple[Field, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = shown
        self._writer = writer
        self._fields = fields
        self._form: FieldRows | None = None
        self._lead: Label | None = None
        self.name = self._name()
        self.tools = RowTools(self, self._buttons)
        self.tools.watch(self.name)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(Space.S)
        self._top.addLayout(self._words(), 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._top)

    def show_lead(self, text: str) -> None:
        """Put a label before the line, in the column of the labels; above it where there is no room."""
        lead = self._lead = Label(text, "muted", self, wrap=True)
        lead.setContentsMargins(0, 2, 0, 0)
        lead.setIndent(0)
        self._top.insertWidget(0, lead, 0, Qt.AlignmentFlag.AlignTop)
        set_beside(self._top, lead, beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the label above the line where there is no room for both."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)

    @Slot()
    def _arrange(self) -> None:
        if self._lead is not None:
            beside = self.width() >= NARROW
            set_beside(self._top, self._lead, beside=beside)
            self._lead.setVisible(beside or bool(self._lead.text()))

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addSpacing(TOOLS_WIDTH)
        words.addLayout(first)
        if self._shown.detail:
            words.addWidget(_indented(Label(self._shown.detail, "small", self, wrap=True)))
        if self._shown.quote:
            quote = tr("“{quote}”", quote=self._shown.quote)
            words.addWidget(_indented(Label(quote, "muted", self, wrap=True)))
        return words

    def _name(self) -> ActiveLabel:
        if self._shown.link is not None:
            link = RecordLink(*self._shown.link, self)
            link.record_wanted.connect(self.record_wanted)
            return link
        name = ActiveLabel(self._shown.name, "plain", self)
        name.activated.connect(self.begin)
        return name

    def _buttons(self, parent: QWidget) -> tuple[QToolButton, ...]:
        edit = small_button("pencil", tr("Edit {name}", name=self._shown.name), parent)
        edit.clicked.connect(self.toggle)
        remove = small_button("trash-2", tr("Delete {name}", name=self._shown.name), parent)
        remove.clicked.connect(self._delete)
        return edit, remove

    @property
    def form(self) -> FieldRows | None:
        """The rows of all fields, once opened."""
        return self._form

    @Slot()
    def toggle(self) -> None:
        """Show the fields, or put them away."""
        if self._form is None:
            self._form = FieldRows(self._fields, Chooser(self._writer.bridge.catalogue), self)
            self._form.overtaken.connect(self.overtaken)
            self._form.record_wanted.connect(self.record_wanted)
            self._form.history_wanted.connect(self._ask_history)
            self._form.show_values(self._shown.values, self._writer.save)
            self._form.setContentsMargins(Space.S, 0, 0, Space.S)
            self._column.addWidget(self._form)
            return
        self._form.setVisible(self._form.isHidden())

    @Slot()
    def begin(self) -> None:
        """Show the fields and edit the first one."""
        if self._form is None or self._form.isHidden():
            self.toggle()
        assert self._form is not None
        next(iter(self._form.rows.values())).view.begin()

    @Slot(object)
    def _ask_history(self, field: Field) -> None:
        self.history_wanted.emit(field, self._writer.kind, self._writer.id)

    @Slot()
    def _delete(self) -> None:
        self._writer.delete()


def _indented(label: Label) -> Label:
    label.setIndent(Space.XS)
    return label


class SubRecordsSection(InspectorSection):
    """Lists the sub-records of one kind; subclasses say which, how they read and what a new one needs."""

    kind: ClassVar[str]
    owner: ClassVar[str]
    add_label: ClassVar[Text]
    asked: ClassVar[tuple[str, ...]]
    hidden: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._lines: dict[int, SubRecordLine] = {}
        self._form: AddForm | None = None

    @property
    def lines(self) -> dict[int, SubRecordLine]:
        """The lines by the id of their record."""
        return self._lines

    @property
    def form(self) -> AddForm | None:
        """The form for a new record while it is open."""
        return self._form

    def is_empty(self, data: list[SubRecord]) -> bool:
        """Return False: something can always be added."""
        return False

    def fill(self, data: list[SubRecord]) -> None:
        """Make the lines and the link to add one."""
        opened = {id for id, line in self._lines.items() if line.form is not None and not line.form.isHidden()}
        self.clear()
        self._lines = {}
        self._form = None
        leads = any(shown.lead for shown in data)
        before = ""
        for shown in self.first(data):
            line = self._line(shown)
            if leads:
                line.show_lead("" if shown.lead == before else shown.lead)
            before = shown.lead
            if shown.values["id"] in opened:
                line.toggle()
        self.add_button = self.add_link(tr(self.add_label))
        self.add_button.clicked.connect(self.begin_add)

    def _line(self, shown: SubRecord) -> SubRecordLine:
        record_id = shown.values["id"]
        writer = RecordWriter(self.context.bridge, self.kind, record_id, shown.name)
        line = self._lines[record_id] = SubRecordLine(shown, writer, self._fields(), self.content)
        line.record_wanted.connect(self.open_record)
        line.overtaken.connect(self.overtaken)
        line.history_wanted.connect(self.history_wanted)
        self.column.addWidget(line)
        return line

    def _fields(self) -> tuple[Field, ...]:
        kind = self.context.bridge.catalogue.kinds[self.kind]
        return tuple(f for f in kind.fields if f.editable and f.key != self.owner and f.key not in self.hidden)

    def asked_fields(self) -> list[Field]:
        """Return the fields of the form for a new record."""
        kind = self.context.bridge.catalogue.kinds[self.kind]
        return [kind.field(key) for key in self.asked]

    def columns_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the stored columns of a new record for the values of the form."""
        kind = self.context.bridge.catalogue.kinds[self.kind]
        columns: dict[str, Any] = {self.owner: self.subject[1]}
        for key, value in values.items():
            columns |= kind.field(key).write(value)
        return columns

    @Slot()
    def begin_add(self) -> None:
        """Open the form for a new record."""
        if self._form is not None:
            return
        chooser = Chooser(self.context.bridge.catalogue)
        self._form = AddForm(self.asked_fields(), chooser, self._make, self.content)
        self._form.closed.connect(self._close_form)
        self.column.addWidget(self._form)
        self.add_button.hide()
        self._form.show()
        self._form.begin()
        self.revealed.emit(self._form)

    def _make(self, values: dict[str, Any]) -> None:
        label = tr(self.context.bridge.catalogue.kinds[self.kind].label)
        changes = ChangeSet.of([insert(self.kind, self.columns_of(values))])
        self.context.bridge.perform(changes, msg("Add {record}", record=label))

    @Slot()
    def _close_form(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            self.column.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.add_button.show()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
