"""Second step: what the names mean that the catalogue does not know for sure; those that it knows, when wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from storage.domain.proposal import CONTAINED, LEAVE_OUT, MAKE_NEW, NameMatch, Sureness
from storage.domain.text import Text
from ui.importing.constants import KINDS
from ui.importing.session import ImportSession
from ui.importing.state import State
from ui.importing.work import Names
from ui.language import ntr, tr
from ui.models.names import TAG, NameColumn, NameModel
from ui.theme import Space, Theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label
from ui.widgets.tag_delegate import TagDelegate

WIDTHS = {NameColumn.WHAT: 80, NameColumn.COUNT: 76, NameColumn.CELL: 88, NameColumn.STATE: 96}
FIRST_DIGIT, LAST_DIGIT = Qt.Key.Key_1, Qt.Key.Key_5


class NameTable(QTableView):
    """Keys: 1 to 5 a candidate, N new, L leave out, Backspace open again; emits `chosen(names, choice | None)`."""

    chosen = Signal(object, object)
    name_shown = Signal(object)

    def __init__(self, model: NameModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = model
        self.setModel(model)
        self.setItemDelegateForColumn(NameColumn.STATE, TagDelegate(theme, TAG, self))
        self.setAccessibleName(tr("Names to decide"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(Space.ROW)
        header = self.horizontalHeader()
        header.setFixedHeight(Space.HEADER)
        header.setHighlightSections(False)
        for column in (NameColumn.NAME, NameColumn.MEANS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for place, width in WIDTHS.items():
            self.setColumnWidth(place, width)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        theme.changed.connect(self.viewport().update)

    def chosen_names(self) -> list[NameMatch]:
        """Return the names of the selected rows."""
        found = [self.names.name(index.row()) for index in self.selectionModel().selectedRows()]
        return [name for name in found if name is not None]

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.name_shown.emit(self.names.name(now.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the deciding keys."""
        key, names = event.key(), self.chosen_names()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not names:
            super().keyPressEvent(event)
        elif FIRST_DIGIT <= key <= LAST_DIGIT:
            candidates = names[0].candidates
            place = key - FIRST_DIGIT
            if place < len(candidates):
                self.chosen.emit(names[:1], candidates[place].id)
        elif key in (Qt.Key.Key_N, Qt.Key.Key_L):
            self.chosen.emit(names, MAKE_NEW if key == Qt.Key.Key_N else LEAVE_OUT)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.chosen.emit(names, None)
        else:
            super().keyPressEvent(event)


class NamesView(QWidget):
    """The names, and above them what can be decided for all at once."""

    name_shown = Signal(object)

    def __init__(
        self, session: ImportSession, theme: Theme, kind_labels: Mapping[str, Text], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._of: Names | None = None
        self._listed: tuple[NameMatch, ...] = ()
        self.model = NameModel(kind_labels)
        self.table = NameTable(self.model, theme)
        self.table.chosen.connect(self.choose)
        self.table.name_shown.connect(self.name_shown)
        self._summary = Label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        above = QVBoxLayout()
        above.setContentsMargins(Space.L, 0, Space.L, 0)
        above.addWidget(self._bulk())
        column.addLayout(above)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, Space.S)
        foot.addWidget(self._summary, 1)
        foot.addWidget(Label(tr("1 to 5 take a candidate · N new · L left out · Backspace opens again"), "small"))
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def _bulk(self) -> QWidget:
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("New names are"))
        for key, label in KINDS.items():
            self.kind.addItem(tr(label), key)
        self.kind.activated.connect(self._kind_chosen)
        self.make_all = QPushButton()
        self.make_all.clicked.connect(self._make_all)
        self.take_best = QPushButton()
        self.take_best.clicked.connect(self._take_best)
        self.known = QPushButton()
        self.known.setCheckable(True)
        self.known.setProperty("link", True)
        self.known.toggled.connect(self._known_toggled)
        bulk = QWidget()
        row = FlowLayout(bulk)
        for part in (Label(tr("New names are"), "small"), self.kind, self.take_best, self.make_all, self.known):
            row.addWidget(part)
        return bulk

    def show_state(self, state: State) -> None:
        """Show the names as they stand."""
        if state.names is None:
            return
        if self._of is not state.names:
            self._of = state.names
            self.known.setChecked(not state.names.asked)
            self._list_names()
        self.model.refresh()
        self.kind.setCurrentIndex(max(self.kind.findData(state.choices.new_kind), 0))
        unknown, doubtful = self._open(Sureness.UNKNOWN), self._open(Sureness.DOUBTFUL)
        self._summary.setText(_summary(state))
        self.make_all.setText(ntr("Make the unknown name new", "Make all {n} unknown names new", len(unknown)))
        self.make_all.setVisible(bool(unknown))
        self.take_best.setText(
            ntr("Take the best match of the doubtful name", "Take the best match of {n} doubtful names", len(doubtful))
        )
        self.take_best.setVisible(bool(doubtful))
        count = len(state.names.known)
        shown, hidden = tr("Hide the names that are known"), ntr("Show {n} known name", "Show {n} known names", count)
        self.known.setText(shown if self.known.isChecked() else hidden)
        self.known.setVisible(count > 0)
        self.name_shown.emit(self.model.name(self.table.currentIndex().row()))

    def _list_names(self) -> None:
        names = self._of
        if names is not None:
            self._listed = (*names.asked, *(names.known if self.known.isChecked() else ()))
            self.model.set_names(self._listed, self._session.state.choices)
            self.table.selectRow(0)

    @Slot()
    def _known_toggled(self) -> None:
        self._list_names()
        self.show_state(self._session.state)

    def _names(self) -> Sequence[NameMatch]:
        return self._listed

    def _open(self, sureness: Sureness) -> list[NameMatch]:
        choices = self._session.state.choices
        found = [name for name in self._names() if name.sureness is sureness and choices.is_open(name)]
        # a name that merely holds the other one is for a person to judge, one by one
        return [name for name in found if not name.candidates or name.candidates[0].score > CONTAINED]

    @Slot(object, object)
    def choose(self, names: Sequence[NameMatch], choice: int | None) -> None:
        """Decide names, or open them again; a single one leads on to the next one that is open."""
        choices = self._session.state.choices
        if choice is None:
            choices.forget(names)
        else:
            choices.choose(names, choice)
            if len(names) == 1:
                self._go_to_open()
        self._session.names_moved()

    def _go_to_open(self) -> None:
        choices, names, row = self._session.state.choices, self._names(), self.table.currentIndex().row()
        for place in (*range(row + 1, len(names)), *range(row)):
            if choices.is_open(names[place]):
                self.table.selectRow(place)
                return

    @Slot()
    def _make_all(self) -> None:
        self._session.state.choices.choose(self._open(Sureness.UNKNOWN), MAKE_NEW)
        self._session.names_moved()

    @Slot()
    def _take_best(self) -> None:
        for name in self._open(Sureness.DOUBTFUL):
            self._session.state.choices.choose([name], name.candidates[0].id)
        self._session.names_moved()

    @Slot()
    def _kind_chosen(self) -> None:
        self._session.state.choices.new_kind = str(self.kind.currentData())
        self._session.names_moved()


def _summary(state: State) -> str:
    assert state.names is not None
    known = ntr("{n} name is known", "{n} names are known", len(state.names.known))
    if not state.open_names:
        return tr("All decided · {known}", known=known)
    asked = ntr("{n} name to decide", "{n} names to decide", state.open_names)
    return tr("{asked} · {known}", asked=asked, known=known)
