"""Other records as links, and a pencil where one of them can be exchanged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from storage.domain.fields import Ref
from ui.icons import Tone, icon
from ui.language import name_of, other_name, tr
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
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._column)
        self._tools: RowTools | None = None

    def _pencil(self, parent: QWidget) -> tuple[QToolButton, ...]:
        button = small_button("pencil", tr("Choose another"), parent)
        button.clicked.connect(self.edit_wanted)
        return (button,)

    def show_refs(self, refs: Sequence[Ref], kind: str, *, editable: bool) -> None:
        """Show these records."""
        if editable and self._tools is None:
            self._tools = RowTools(self, self._pencil)
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
            if self._tools is not None:
                self._tools.watch(link)
            self._column.addWidget(link)


class RowTools(QWidget):
    """Small buttons at the right end of a row that come with the mouse or the focus, so that lists stay calm."""

    def __init__(self, row: QWidget, buttons: Callable[[QWidget], Sequence[QToolButton]]) -> None:
        super().__init__(row)
        self._row = row
        self._make = buttons
        self._made = False
        self.hide()
        row.installEventFilter(self)

    def watch(self, widget: QWidget) -> None:
        """Come also when this part of the row gets the focus."""
        widget.installEventFilter(self)

    def come(self) -> None:
        """Show the buttons, making them on first use."""
        if not self._made:
            self._made = True
            line = QHBoxLayout(self)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(0)
            for button in self._make(self):
                line.addWidget(button)
                button.installEventFilter(self)
            self.adjustSize()
        self.move(self._row.width() - self.width(), 0)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come on entering and on focus, go when both are elsewhere."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.come()
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            # where the focus goes is known only after this event
            QTimer.singleShot(0, self, self._go)
        elif event.type() == QEvent.Type.Resize and watched is self._row:
            self.move(self._row.width() - self.width(), 0)
        return super().eventFilter(watched, event)

    @Slot()
    def _go(self) -> None:
        focus = QApplication.focusWidget()
        if not self._row.underMouse() and not (focus is not None and self._row.isAncestorOf(focus)):
            self.hide()
