"""Other records as links, and a pencil where one of them can be exchanged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from storage.domain.fields import Ref
from ui.icons import Tone, icon
from ui.language import name_of, other_name, tr
from ui.theme import Space
from ui.widgets.active_label import ActiveLabel


class RecordLink(ActiveLabel):
    """A record's name; emits `record_wanted(kind, id)` when followed. Kind `entity` stands for any of its kinds."""

    record_wanted = Signal(str, int)

    def __init__(self, kind: str, ref: Ref, parent: QWidget) -> None:
        super().__init__(name_of(ref.name, ref.name_ko), "link", parent)
        self._kind = kind
        self._ref = ref
        self.setToolTip(other_name(ref.name, ref.name_ko))
        self.setAccessibleName(tr("Open {name}", name=self.text()))
        self.activated.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        self.record_wanted.emit(self._kind, self._ref.id)


def small_button(icon_name: str, name: str, parent: QWidget) -> QToolButton:
    """Return a small button with an icon and a name."""
    button = QToolButton(parent)
    button.setIcon(icon(icon_name, Tone.MUTED))
    button.setIconSize(QSize(14, 14))
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button


class RefLinks(QWidget):
    """The records that a field refers to, one under the other; emits `edit_wanted` and `record_wanted(kind, id)`."""

    edit_wanted = Signal()
    record_wanted = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[Ref, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._pencil = small_button("pencil", tr("Choose another"), self)
        self._pencil.clicked.connect(self.edit_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addLayout(self._column, 1)
        row.addWidget(self._pencil, 0, Qt.AlignmentFlag.AlignTop)

    def show_refs(self, refs: Sequence[Ref], kind: str, *, editable: bool) -> None:
        """Show these records."""
        self._pencil.setVisible(editable)
        if tuple(refs) == self._shown:
            return
        self._shown = tuple(refs)
        while item := self._column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for ref in refs:
            link = RecordLink(kind, ref, self)
            link.record_wanted.connect(self.record_wanted)
            self._column.addWidget(link)
