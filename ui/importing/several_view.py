"""Several workbooks on one page: what each would change, where they disagree, and one button for all of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.command import Command
from ui.importing.several import Received, Several, SeveralSession
from ui.language import ntr, tr
from ui.models.disputes import DisputeModel, FieldName
from ui.theme import Space, Theme
from ui.widgets.buttons import CommandButton
from ui.widgets.dispute_table import DisputeTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.labels import Label, Tag, TagTone, section_header
from ui.widgets.notice import NoticeBar

NAME_WIDTH = 240
MOST_FILES_SHOWN = 6  # before the list of files scrolls


class SeveralView(QWidget):
    """Emits `alone_wanted(place)` for a workbook that is to be reviewed by itself."""

    alone_wanted = Signal(int)

    def __init__(
        self, session: SeveralSession, theme: Theme, field_name: FieldName, commands: tuple[Command, Command]
    ) -> None:
        """`commands` are the one that begins anew and the one that applies."""
        super().__init__()
        self._session = session
        self.model = DisputeModel(field_name)
        self.table = DisputeTable(self.model, theme)
        self.table.chosen.connect(self._chosen)
        self._title = Label("", "title")
        self._busy = Label("", "muted")
        again, forward = commands
        self.forward = CommandButton(forward, primary=True)
        self._again = CommandButton(again, link=True)
        self._notice = NoticeBar()
        self._files = QWidget()
        self._rows = QGridLayout(self._files)
        self._rows.setContentsMargins(Space.L, 0, Space.L, 0)
        self._rows.setHorizontalSpacing(Space.L)
        self._rows.setVerticalSpacing(Space.S)
        self._rows.setColumnStretch(1, 1)
        self._rows.setColumnMinimumWidth(0, NAME_WIDTH)
        self._disputes_title = section_header("")
        self._hint = Label("", "small", wrap=True)
        self._shown: tuple[Received, ...] = ()
        self._lay_out()
        self.setFocusProxy(self.table)
        session.moved.connect(self.show_state)
        self.show_state()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.L, Space.S, Space.L, 0)
        head.setSpacing(Space.M)
        head.addWidget(self._title)
        head.addWidget(self._busy, 1)
        head.addWidget(self._again)
        head.addWidget(self.forward)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._files)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        told = QVBoxLayout()
        told.setContentsMargins(Space.L, Space.S, Space.L, 0)
        told.addWidget(self._disputes_title)
        told.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self._scroll)
        column.addLayout(told)
        column.addWidget(self.table, 1)

    @Slot()
    def show_state(self) -> None:
        """Show where the import stands."""
        state = self._session.state
        names = [file.path.name for file in state.files]
        self._title.setText(ntr("{n} workbook", "{n} workbooks", len(names)))
        self._busy.setText(tr(state.busy) if state.busy else "")
        self._show_files(state)
        self.model.show_disputes(names, state.disputes, state.chosen)
        self._show_hint(state)
        if state.trouble is not None:
            self._notice.tell(tr(state.trouble), "bad")
        else:
            self._notice.clear()
        for button in (self._again, self.forward):
            button.update_state()

    def _show_hint(self, state: Several) -> None:
        count, open_ = len(state.disputes), state.undecided
        self._disputes_title.setText(tr("Where they disagree") if count else "")
        self._disputes_title.setVisible(count > 0)
        self.table.setVisible(count > 0)
        if not count:
            self._hint.setText(tr("The workbooks do not disagree with each other.") if state.ready else "")
            return
        hint = tr("Click the value that is right, or press 0 for the catalogue, 1 to 9 for a workbook.")
        left = ntr("{n} undecided: stays as it is", "{n} undecided: stay as they are", open_) if open_ else ""
        self._hint.setText(" · ".join(filter(None, (hint, left))))

    def _show_files(self, state: Several) -> None:
        if state.files == self._shown:
            return
        self._shown = state.files
        while item := self._rows.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, file in enumerate(state.files):
            self._add_file(place, file)
        row = Space.ROW + Space.S
        self._scroll.setFixedHeight(min(len(state.files), MOST_FILES_SHOWN) * row + Space.S)

    def _add_file(self, place: int, file: Received) -> None:
        name = ElidedLabel("strong")
        name.show_text(f"{place + 1}  {file.path.name}")
        self._rows.addWidget(name, place, 0)
        self._rows.addWidget(Label(_told(file), "muted", wrap=True), place, 1)
        tag, tone = _state(file)
        self._rows.addWidget(Tag(tag, tone), place, 2)
        if (button := self._button(place, file)) is not None:
            self._rows.addWidget(button, place, 3)
        self._rows.setRowMinimumHeight(place, Space.ROW)

    def _button(self, place: int, file: Received) -> QPushButton | None:
        if file.opened is None or (file.written and file.revision is None):
            return None
        text = tr("Undo") if file.written else tr("Review alone")
        button = QPushButton(text)
        button.setProperty("link", True)
        button.setAccessibleName(tr("{what}: {file}", what=text, file=file.path.name))
        button.clicked.connect(partial(self._undo if file.written else self._review, place))
        return button

    def _undo(self, place: int, _checked: bool = False) -> None:
        self._session.undo(place)

    def _review(self, place: int, _checked: bool = False) -> None:
        self.alone_wanted.emit(place)

    @Slot(int, int)
    def _chosen(self, row: int, place: int) -> None:
        dispute = self.model.dispute(row)
        if dispute is not None:
            self._session.choose(dispute, place)


def _told(file: Received) -> str:
    if file.trouble is not None:
        return tr(file.trouble)
    proposal = file.proposal
    if proposal is None:
        trouble = file.opened.trouble if file.opened else None
        return tr(trouble) if trouble else tr("Columns or names of it are to be told first.")
    counts = proposal.counts()
    told = [
        ntr("{n} new", "{n} new", counts["new"]) if counts["new"] else "",
        ntr("{n} changed", "{n} changed", counts["changed"]) if counts["changed"] else "",
        ntr("{n} conflict kept as it is", "{n} conflicts kept as they are", counts["conflicts"])
        if counts["conflicts"]
        else "",
        ntr("{n} missing row kept", "{n} missing rows kept", counts["removed"]) if counts["removed"] else "",
        ntr("{n} invalid", "{n} invalid", counts["invalid"]) if counts["invalid"] else "",
    ]
    return " · ".join(filter(None, told)) or tr("The catalogue says all of this already.")


def _state(file: Received) -> tuple[str, TagTone]:
    if file.written and file.revision is not None:
        return tr("revision {n}", n=file.revision.id), "good"
    if file.written:
        return tr("nothing to write"), "neutral"
    if file.trouble is not None:
        return tr("not read"), "bad"
    return (tr("ready"), "accent") if file.proposal else (tr("asks first"), "mind")
