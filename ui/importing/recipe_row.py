"""A remembered recipe in the list at the beginning: rename it, write it to a file, forget it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from ui.icons import icon
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label
from ui.widgets.popup import Popup


class NamePopup(Popup):
    """Emits `chosen(name)`."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(tr("Rename the recipe {name}", name=name), parent)
        self.line = QLineEdit(name, self)
        self.line.setAccessibleName(tr("Name of the recipe"))
        self.line.returnPressed.connect(self._take)
        take = QPushButton(tr("Rename"), self)
        take.setProperty("primary", True)
        take.clicked.connect(self._take)
        for part in (self.line, take):
            self.column.addWidget(part)
        self.setFixedWidth(280)
        self.setFocusProxy(self.line)

    @Slot()
    def _take(self) -> None:
        self.chosen.emit(self.line.text().strip())
        self.close()


class RecipeRow(QWidget):
    """Emits `renamed(old, new)`, `export_wanted(name)` and `forget_wanted`."""

    renamed = Signal(str, str)
    export_wanted = Signal(str)
    forget_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._more = QToolButton()
        self._more.setIcon(icon("ellipsis"))
        self._more.setIconSize(QSize(Space.ICON, Space.ICON))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setAccessibleName(tr("More for the recipe {name}", name=name))
        menu = QMenu(self._more)
        menu.addAction(tr("Rename …"), self.ask_name)
        menu.addAction(tr("Write the recipe to a file …"), self._want_export)
        self._more.setMenu(menu)
        forget = QPushButton(tr("Forget"))
        forget.setProperty("link", True)
        forget.setToolTip(tr("Forget the recipe {name}", name=name))
        forget.setAccessibleName(forget.toolTip())
        forget.clicked.connect(self.forget_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(Label(name))
        row.addStretch()
        row.addWidget(self._more)
        row.addWidget(forget)

    @Slot()
    def ask_name(self) -> None:
        """Ask for another name."""
        popup = NamePopup(self._name, self)
        popup.chosen.connect(self._chosen)
        popup.open_below(self._more)

    @Slot(str)
    def _chosen(self, name: str) -> None:
        if name != self._name:
            self.renamed.emit(self._name, name)

    @Slot()
    def _want_export(self) -> None:
        self.export_wanted.emit(self._name)
