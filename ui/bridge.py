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

    `changed(Revision)` follows every write, also those of jobs; `performed(Revision)` what `perform` announces.
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
        before = self.catalogue.revision
        revision = self.catalogue.apply(changes, label)
        # changes that change nothing make no revision, and nothing is to be announced then
        if announce and revision.id != before:
            self.performed.emit(revision)
        return revision

    def undo(self, revision: int | None = None) -> Revision:
        """Take back the last revision, or the given one; raises UndoBlocked when a later one stands in the way."""
        return self.catalogue.undo(revision)

    def redo(self, revision: int | None = None) -> Revision:
        """Write again what was undone last, or the given revision; raises UndoBlocked when that cannot be."""
        return self.catalogue.redo(revision)

    def close(self) -> None:
        """Hear no more of the catalogue, and close it."""
        self._unsubscribe()
        self.catalogue.close()
