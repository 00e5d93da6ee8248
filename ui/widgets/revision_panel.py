"""One revision at the right: what it is, what it did, and the button that takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storage.domain.changes import Revision
from ui.command import Command
from ui.language import ntr, tr
from ui.models.change_lines import ChangeLine
from ui.models.revisions import KINDS, local_time
from ui.theme import Space
from ui.widgets.buttons import CommandButton
from ui.widgets.change_list import ChangeList
from ui.widgets.labels import Label, Tag, section_header
from ui.widgets.notice import NoticeBar

SHOWN_CHANGES = 500


class RevisionPanel(QWidget):
    """`notice` says why a revision cannot be taken back; `changes` lists what it did."""

    def __init__(self, undo: Command, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = Label("", "headline", wrap=True)
        self._facts = Label("", "muted", wrap=True)
        self._state = Tag(tr("taken back"), "mind")
        self._undo_button = CommandButton(undo)
        self._changes_header = section_header("")
        self.notice = NoticeBar()
        self.changes = ChangeList(tr("Changes of the revision"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.S)
        column.setSpacing(Space.S)
        for widget in (self._headline, self._facts, self._state):
            column.addWidget(widget)
        column.addSpacing(Space.XS)
        column.addWidget(self._undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.notice)
        column.addSpacing(Space.S)
        column.addWidget(self._changes_header)
        column.addWidget(self.changes, 1)

    def show_revision(self, revision: Revision | None, *, taken_back: bool) -> None:
        """Show a revision, its changes still to come; None for none."""
        self.notice.clear()
        self._headline.setText(tr(revision.text) if revision else tr("Nothing chosen"))
        self._facts.setText(_facts(revision) if revision else "")
        self._state.setVisible(taken_back)
        self._undo_button.update_state()
        self._changes_header.setText(_size(revision) if revision else "")
        self.changes.lines.set_lines([])

    def show_changes(self, lines: list[ChangeLine]) -> None:
        """Show what it did."""
        self.changes.lines.set_lines(lines)

    def tell(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Say why it cannot be taken back, and the way out."""
        self.notice.tell(text, "mind", action, run)


def _size(revision: Revision) -> str:
    if revision.change_count <= SHOWN_CHANGES:
        return ntr("{n} change", "{n} changes", revision.change_count)
    return tr("The first {n} of {total} changes", n=SHOWN_CHANGES, total=f"{revision.change_count:,}")


def _facts(revision: Revision) -> str:
    return tr(
        "Revision {n} · {kind} · {changes} · {author} · {time}",
        n=f"{revision.id:,}",
        kind=KINDS[revision.kind],
        changes=ntr("{n} change", "{n} changes", revision.change_count),
        author=revision.author,
        time=local_time(revision.at),
    )
