"""The panel of one name: what it may mean, a search for another record, new, or left out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from storage.domain.fields import Field, Ref, Reference
from storage.domain.proposal import LEAVE_OUT, MAKE_NEW, Candidate, NameMatch
from storage.domain.text import msg
from ui.importing.constants import KINDS
from ui.importing.state import State
from ui.language import current_code, name_of, ntr, tr
from ui.models.names import NameKey, NameModel
from ui.theme import Space
from ui.widgets.editors import Choose
from ui.widgets.editors.reference import ReferenceEditor
from ui.widgets.labels import Label, Tag, restyle, section_header


class NamePanel(QWidget):
    """Emits `chosen([name], choice | None)` and `picked(name, Ref)`."""

    chosen = Signal(object, object)
    picked = Signal(object, object)

    def __init__(self, model: NameModel, choose: Choose, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._choose = choose
        self._name: NameMatch | None = None
        self._shown: tuple[NameKey, int | None] | None = None
        self._search: ReferenceEditor | None = None
        self._headline = Label("", "headline", wrap=True)
        self._facts = Label("", "muted", wrap=True)
        self._state = Tag()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        self._column.setSpacing(Space.S)
        for widget in (self._headline, self._facts, self._state):
            self._column.addWidget(widget)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(Space.XS)
        self._column.addLayout(self._choices)
        self._column.addStretch()

    def show_name(self, name: NameMatch | None, state: State) -> None:
        """Show one name with its choices."""
        choice = state.choices.choices.get(name.key) if name else None
        if name is not None and self._shown == (name.key, choice):
            return
        self._shown = (name.key, choice) if name else None
        self._name = name
        self._clear()
        self._headline.setText(name.name if name else tr("Nothing chosen"))
        self._facts.setText(_facts(name) if name else "")
        self._state.setVisible(name is not None)
        if name is None:
            return
        self._state.show_tag(*self._model.tag(name))
        if name.candidates:
            self._choices.addWidget(section_header(tr("It may be")))
        for place, candidate in enumerate(name.candidates, 1):
            self._add(_candidate(place, candidate), candidate.id, chosen=choice == candidate.id)
        self._choices.addWidget(section_header(tr("Another record")))
        self._choices.addWidget(self._search_for(name, state.choices.found(name)))
        self._choices.addWidget(section_header(tr("Or")))
        self._add(tr("N  Make it new"), MAKE_NEW, chosen=choice == MAKE_NEW)
        self._add(tr("L  Leave its figures out"), LEAVE_OUT, chosen=choice == LEAVE_OUT)

    def _clear(self) -> None:
        while item := self._choices.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _add(self, text: str, choice: int, *, chosen: bool) -> None:
        button = QPushButton(text.replace("&", "&&"))
        button.setAccessibleName(tr("{choice}, chosen", choice=text) if chosen else text)
        restyle(button, "chosen", chosen)
        button.setToolTip(text)
        button.setProperty("choice", True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._tell, choice))
        self._choices.addWidget(button)

    def _tell(self, choice: int, _checked: bool = False) -> None:
        self.chosen.emit([self._name], choice)

    def _search_for(self, name: NameMatch, ref: Ref | None) -> ReferenceEditor:
        field = Field("record", msg("Another record"), Reference(name.role))
        self._search = ReferenceEditor(field, self, current_code(), self._choose)
        self._search.set_value(ref)
        self._search.committed.connect(self._picked)
        return self._search

    @Slot()
    def _picked(self) -> None:
        ref = self._search.value() if self._search else None
        if ref is not None:
            self.picked.emit(self._name, ref)


def _facts(name: NameMatch) -> str:
    figures = ntr("{n} figure", "{n} figures", name.count) if name.count else tr("others lie in it")
    sheet, _, cell = name.cell.rpartition("!")
    place = tr("first in {cell}", cell=cell) if cell else ""
    where = tr("lies in {place}", place=name.parent) if name.parent else ""
    return " · ".join(filter(None, (figures, place, sheet, name.code, where)))


def _candidate(place: int, candidate: Candidate) -> str:
    score = tr("{score} % alike", score=f"{candidate.score:.0f}")
    # the reason is a kind of record where several bear the name, else a spelling folded for the machine
    why = tr(KINDS[candidate.why]) if candidate.why in KINDS else ""
    return "   ".join(filter(None, (f"{place}  {name_of(candidate.name, candidate.name_ko)}", score, why)))
