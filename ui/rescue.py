"""The way out when the program can open no catalogue at its start: a backup, another file, or a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout

from storage.catalogue import Catalogue
from storage.errors import CatalogueError
from ui.language import tr
from ui.theme import Space
from ui.widgets.labels import Label


class RescueDialog(QDialog):
    """Says what is wrong with a file, which stays as it is; `catalogue` is what was opened in its place."""

    def __init__(self, damaged: Path, error: CatalogueError, backup: Path | None) -> None:
        super().__init__()
        self.catalogue: Catalogue | None = None
        self._damaged = damaged
        self._backup = backup
        self._fresh = free_name(damaged)
        self.setWindowTitle(tr("The catalogue cannot be opened"))
        self._sentence = Label(tr(error.text), "title", self, wrap=True)
        kept = tr("The file stays as it is: {path}", path=str(damaged))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        self._column.setSpacing(Space.M)
        self._column.addWidget(self._sentence)
        self._column.addWidget(Label(kept, "muted", self, wrap=True))
        if backup is not None:
            self._column.addWidget(Label(tr("The newest backup: {path}", path=str(backup)), "muted", self, wrap=True))
            self.from_backup = self._button(tr("Open a copy of the newest backup"), self._take_backup)
        self.from_file = self._button(tr("Choose another file …"), self._ask_file)
        self.begin = self._button(tr("Begin a new catalogue as {name}", name=self._fresh.name), self._begin)
        self._button(tr("Quit"), self.reject)
        self.setMinimumWidth(520)

    def _button(self, text: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(run)
        self._column.addWidget(button)
        return button

    @property
    def sentence(self) -> str:
        """What is said to be wrong."""
        return self._sentence.text()

    @Slot()
    def _take_backup(self) -> None:
        # a copy, as backups are kept unchanged and the oldest ones go
        assert self._backup is not None
        try:
            backup = Catalogue.open(self._backup)
            try:
                backup.save_copy(self._fresh)
            finally:
                backup.close()
            self._take(Catalogue.open(self._fresh))
        except CatalogueError as error:
            self._sentence.setText(tr(error.text))

    @Slot()
    def _ask_file(self) -> None:
        kinds = tr("Catalogues ({patterns})", patterns=f"*{self._damaged.suffix}")
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a catalogue"), str(self._damaged.parent), kinds)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Open another file in place of the damaged one, or say why not."""
        try:
            self._take(Catalogue.open(path))
        except CatalogueError as error:
            self._sentence.setText(tr(error.text))

    @Slot()
    def _begin(self) -> None:
        try:
            self._take(Catalogue.create(self._fresh, sample=False))
        except CatalogueError as error:
            self._sentence.setText(tr(error.text))

    def _take(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.accept()


def free_name(path: Path) -> Path:
    """Return a path beside another one that no file has."""
    n = 2
    while (free := path.with_name(f"{path.stem} {n}{path.suffix}")).exists():
        n += 1
    return free
