"""The head of the inspector: the record's names, what kind it is, and its tags."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.domain.fields import Choice, Field, RecordKind
from ui.inspector.values import Save, ValueView
from ui.language import current_code, tr
from ui.models.columns import shown
from ui.theme import Space
from ui.widgets.editors import Choose
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Tag, TagTone

NAMES = ("name", "name_ko", "title")
TAGGED: dict[str, tuple[str, ...]] = {
    "cluster": ("type", "status"),
    "organisation": ("type", "helix"),
    "region": ("level",),
    "metric": ("nature",),
    "source": ("type",),
}
TONES: dict[str, TagTone] = {"operating": "good", "candidate": "mind", "planned": "mind"}


class Header(QWidget):
    """Both names, edited in place, and under them tags of kind, type and status."""

    overtaken = Signal(object)
    history_wanted = Signal(object)

    def __init__(self, kind: RecordKind, choose: Choose, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.names = [self._name(field, choose) for field in kind.fields if field.key in NAMES]
        self._tags = FlowLayout(spacing=Space.XS)
        self._tags.setContentsMargins(Space.XS, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._names_column = QVBoxLayout()
        self._names_column.setSpacing(0)
        self._column.addLayout(self._names_column)
        self._column.addSpacing(Space.XS)
        self._column.addLayout(self._tags)

    def _name(self, field: Field, choose: Choose) -> ValueView:
        view = ValueView(field, choose, self)
        view.overtaken.connect(self.overtaken)
        view.history_wanted.connect(self.history_wanted)
        return view

    def show_record(self, values: dict[str, Any], save: Save) -> None:
        """Show the names and tags of a record, by field key."""
        self._arrange(values)
        for view in self.names:
            if view.editor is None:
                view.show_value(values[view.field.key], save, self._placeholder(view.field))
        self._tags.clear()
        self._add_tag(tr(self._kind.label), "neutral")
        for key in TAGGED.get(self._kind.key, ()):
            field = self._kind.field(key)
            assert isinstance(field.type, Choice)
            if values[key]:
                self._add_tag(shown(field, values[key]), TONES.get(values[key], "accent"))

    def _arrange(self, values: dict[str, Any]) -> None:
        """Put the name in the window's language first, unless there is none."""
        own = "name_ko" if current_code() == "ko" else "name"
        order = sorted(self.names, key=lambda view: (not values[view.field.key], view.field.key != own))
        for place, view in enumerate(order):
            view.set_role("muted" if place else "headline")
            self._names_column.insertWidget(place, view)

    def settle(self) -> None:
        """Keep what open editors hold."""
        for view in self.names:
            view.settle()
            view.close_editor()

    def _placeholder(self, field: Field) -> str:
        return tr("Add a Korean name") if field.key == "name_ko" else tr("Add a name")

    def _add_tag(self, text: str, tone: TagTone) -> None:
        self._tags.addWidget(Tag(text, tone, self))
