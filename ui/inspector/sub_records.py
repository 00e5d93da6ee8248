"""Records that hang on the one shown (names, relations, passages): listed, added, edited and deleted in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.domain.changes import ChangeSet, insert
from storage.domain.fields import Field, Ref
from storage.domain.text import Text, msg
from ui.choosing import Chooser
from ui.inspector.add_form import AddForm
from ui.inspector.field_rows import FieldRows
from ui.inspector.links import RecordLink, small_button
from ui.inspector.reading import Record
from ui.inspector.section import InspectorSection
from ui.inspector.writing import RecordWriter
from ui.language import tr
from ui.page import Context
from ui.theme import Space
from ui.widgets.active_label import ActiveLabel
from ui.widgets.labels import Label


@dataclass(frozen=True, slots=True)
class SubRecord:
    """One line: the values, what it is called, small print; `link` is a record (kind, ref) to go to."""

    values: Record
    name: str
    detail: str = ""
    quote: str = ""
    group: str = ""
    link: tuple[str, Ref] | None = None


class SubRecordLine(QWidget):
    """A line with pencil and bin; the pencil opens all fields of the record under it."""

    record_wanted = Signal(str, int)
    overtaken = Signal(object)

    def __init__(self, shown: SubRecord, writer: RecordWriter, fields: tuple[Field, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = shown
        self._writer = writer
        self._fields = fields
        self._form: FieldRows | None = None
        edit = small_button("pencil", tr("Edit {name}", name=shown.name), self)
        edit.clicked.connect(self.toggle)
        self.bin = small_button("trash-2", tr("Delete {name}", name=shown.name), self)
        self.bin.clicked.connect(self._delete)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name())
        if shown.detail:
            words.addWidget(_indented(Label(shown.detail, "small", self, wrap=True)))
        if shown.quote:
            words.addWidget(_indented(Label(tr("“{quote}”", quote=shown.quote), "muted", self, wrap=True)))
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addLayout(words, 1)
        for button in (edit, self.bin):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(top)

    def _name(self) -> ActiveLabel:
        if self._shown.link is not None:
            link = RecordLink(*self._shown.link, self)
            link.record_wanted.connect(self.record_wanted)
            return link
        self.name = ActiveLabel(self._shown.name, "plain", self)
        self.name.activated.connect(self.begin)
        return self.name

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

    @Slot()
    def _delete(self) -> None:
        self._writer.delete()


def _indented(label: Label) -> Label:
    label.setContentsMargins(Space.XS, 0, 0, 0)
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
        self._open: set[int] = set()
        self._lines: dict[int, SubRecordLine] = {}
        self._form: AddForm | None = None
        self._data: list[SubRecord] = []

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
        """Make the lines, under headers where they are grouped, and the link to add one."""
        opened = {id for id, line in self._lines.items() if line.form is not None and not line.form.isHidden()}
        self.clear()
        self._lines = {}
        self._form = None
        group = ""
        for shown in data:
            if shown.group != group:
                group = shown.group
                self.column.addWidget(_indented(Label(group, "small", self.content)))
            line = self._line(shown)
            if shown.values["id"] in opened:
                line.toggle()
        self._data = data
        self.add_button = self.add_link(tr(self.add_label))
        self.add_button.clicked.connect(self.begin_add)

    def _line(self, shown: SubRecord) -> SubRecordLine:
        record_id = shown.values["id"]
        writer = RecordWriter(self.context.bridge, self.kind, record_id, shown.name)
        line = self._lines[record_id] = SubRecordLine(shown, writer, self._fields(), self.content)
        line.record_wanted.connect(self.open_record)
        line.overtaken.connect(self.overtaken)
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
