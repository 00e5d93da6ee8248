"""The catalogue as the window sees it: a change on any thread becomes a signal on the UI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from storage.domain.changes import ChangeSet, Revision
from storage.domain.text import Text

if TYPE_CHECKING:
    from storage.catalogue import Catalogue


class Bridge(QObject):
    """Wraps one open catalogue; read through `catalogue`, write through `perform`.

    `changed(Revision)` follows every write, also those of jobs; `performed(Revision)` those that deserve a toast.
    """

    changed = Signal(object)
    performed = Signal(object)
    _written = Signal(object)

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = catalogue
        self._written.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = catalogue.subscribe(self._written.emit)

    def perform(self, changes: ChangeSet, label: Text, *, announce: bool = True) -> Revision:
        """Write changes as one revision; raises CatalogueError, nothing being written then."""
        return self._announced(self.catalogue.apply(changes, label), announce)

    def undo(self, revision: int | None = None) -> Revision:
        """Take back the last revision, or the given one; raises UndoBlocked when a later one stands in the way."""
        return self._announced(self.catalogue.undo(revision), True)

    def redo(self) -> Revision:
        """Do again what was undone last; raises CatalogueError when there is nothing."""
        return self._announced(self.catalogue.redo(), True)

    def close(self) -> None:
        """Hear no more of the catalogue, and close it."""
        self._unsubscribe()
        self.catalogue.close()

    def _announced(self, revision: Revision, announce: bool) -> Revision:
        if announce:
            self.performed.emit(revision)
        return revision
