"""The one door to a catalogue: reading, writing, history and search. It delegates only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storage.database import checking, exports, history, journal, names, past, search, select, undoing
from storage.database.backup import copy_to, newest_backup
from storage.database.documents import refresh_search
from storage.database.engine import Connection, Database
from storage.database.expressions import metric_fields
from storage.database.kinds import KINDS
from storage.database.schema import SCHEMA, create_file, identity, open_file
from storage.database.search import Hit
from storage.database.select import Facet
from storage.database.summaries import select_series
from storage.database.writing import write_changes
from storage.domain.changes import ChangeSet, FieldChange, Revision
from storage.domain.exported import Export
from storage.domain.fields import Field, RecordKind, Ref
from storage.domain.names import KnownName
from storage.domain.query import Query
from storage.domain.summary import Series, Summary
from storage.domain.text import Text, msg
from storage.errors import InvalidInput, UndoBlocked
from storage.sample import sample_changes

# what a reader of the catalogue gets back belongs to its door
__all__ = ["Catalogue", "Facet", "Hit", "Row", "Subscriber"]

Subscriber = Callable[[Revision], None]
Row = tuple[object, ...]


class Catalogue:
    """One open catalogue file. Any thread may read; writes take turns."""

    kinds: dict[str, RecordKind] = KINDS
    schema: int = SCHEMA

    def __init__(self, database: Database) -> None:
        self._database = database
        self._subscribers: list[Subscriber] = []
        self._writing = threading.Lock()

    @classmethod
    def create(cls, path: Path, *, sample: bool) -> Catalogue:
        """Make a catalogue file, with the sample or empty; raise CatalogueError when the name is taken."""

        def fill(database: Database) -> None:
            if sample:
                cls(database).apply(sample_changes(), msg("Sample catalogue"))

        create_file(path, fill)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Catalogue:
        """Open a catalogue file, migrating an older one after a backup; raise CatalogueError otherwise."""
        return cls(open_file(path))

    @staticmethod
    def newest_backup(path: Path) -> Path | None:
        """Return the latest backup of a catalogue file, None where there is none."""
        return newest_backup(path)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._database.path

    @property
    def revision(self) -> int:
        """The number of the newest revision, 0 before the first."""
        with self._database.read() as connection:
            return journal.last_revision(connection)

    @property
    def identity(self) -> str:
        """The id that the file was given when it was made."""
        with self._database.read() as connection:
            return identity(connection)

    def close(self) -> None:
        """Bring everything into the one file and let go of it."""
        self._database.close()

    # Reading

    def fields(self, kind: str) -> tuple[Field, ...]:
        """Return the fields of a kind; for entities also the latest figure of every metric they have."""
        own = self.kinds[kind].fields
        if not self.kinds[kind].is_entity:
            return own
        with self._database.read() as connection:
            return (*own, *metric_fields(connection, kind))

    def ids(self, query: Query) -> NDArray[np.int64]:
        """Return the ids of the records that a query finds, in its order."""
        with self._database.read() as connection:
            return select.select_ids(connection, query)

    def count(self, query: Query) -> int:
        """Return how many records a query finds."""
        with self._database.read() as connection:
            return select.count_rows(connection, query)

    def rows(self, kind: str, ids: Sequence[int] | NDArray[np.int64], fields: Sequence[Field]) -> list[Row]:
        """Return the fields' values of each record, in the order of the ids."""
        with self._database.read() as connection:
            return select.select_rows(connection, kind, list(ids), fields)

    def facets(self, query: Query, field: Field, limit: int = 200) -> list[Facet]:
        """Return the values of a field among the query's records, the most frequent first."""
        with self._database.read() as connection:
            return select.select_facets(connection, query, field, limit)

    def refs(self, kind: str, ids: Sequence[int]) -> dict[int, Ref]:
        """Return what records are called, by id."""
        with self._database.read() as connection:
            return names.refs(connection, kind, list(ids))

    def stored(self, query: Query, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Return (id, *columns) as they are stored, for every record that a query finds."""
        with self._database.read() as connection:
            return select.select_stored(connection, query, columns)

    def stored_now(
        self, kind: str, columns: Sequence[str], ids: Collection[int] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return (id, *columns) as they are stored, for those ids that are there or for the whole kind."""
        with self._database.read() as connection:
            return past.select_now(connection, kind, columns, ids)

    def states_at(self, revision: int, kind: str) -> dict[int, past.State]:
        """Return what each record touched since a revision was then, by column; None where it was not there."""
        with self._database.read() as connection:
            return past.states_at(connection, revision, kind)

    def known_names(self, kind: str) -> list[KnownName]:
        """Return all entities, metrics, sectors, units or sources with every name they go by."""
        with self._database.read() as connection:
            return names.known_names(connection, kind)

    def entity_kind(self, id: int) -> str:
        """Return whether an entity is a cluster, an organisation or a region."""
        with self._database.read() as connection:
            return names.entity_kind(connection, id)

    def series(self, summary: Summary) -> list[Series]:
        """Return the figures that a summary asks for."""
        with self._database.read() as connection:
            return select_series(connection, summary)

    def latest_figure(self, entity: int, metric: int) -> int | None:
        """Return the observation that an entity's column of a metric shows, None where there is no figure."""
        with self._database.read() as connection:
            return select.latest_figure(connection, entity, metric)

    def search(self, words: str, limit: int = 50, kinds: Sequence[str] = ()) -> list[Hit]:
        """Return the records found by words, best first."""
        with self._database.read() as connection:
            return search.search(connection, words, limit, kinds)

    # Writing

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Have the callback told of every revision, on the writing thread; return how to stop it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    def apply(self, changes: ChangeSet, label: Text, kind: str = "edit") -> Revision:
        """Write all the changes as one revision, or none of them; raise StaleChange or InvalidInput.

        Changes that change nothing make no revision: the newest one is returned then.
        """
        new_ids: dict[int, int] = {}

        def write(connection: Connection) -> int:
            number = journal.open_revision(connection, label, kind)
            new_ids.update(write_changes(connection, changes, number))
            return number

        return self._revise(write, new_ids)

    def undo(self, number: int | None = None) -> Revision:
        """Take back a revision (the newest that stands); raise UndoBlocked when a later one builds on it."""
        return self._revise(lambda connection: undoing.undo(connection, number), {})

    def redo(self, number: int | None = None) -> Revision:
        """Write an undone revision again (the one undone last); raise UndoBlocked when that cannot be."""
        return self._revise(lambda connection: undoing.redo(connection, number), {})

    def _revise(self, write: Callable[[Connection], int], new_ids: dict[int, int]) -> Revision:
        with self._writing, self._database.write() as connection:
            number = write(connection)
            written = journal.close_revision(connection, number)
            if written:
                refresh_search(connection, number)
            elif number == 1:
                raise InvalidInput(msg("There is nothing to write."))
            revision = journal.revision(connection, journal.last_revision(connection))
        revision.new_ids.update(new_ids)
        if written:
            for subscriber in tuple(self._subscribers):
                subscriber(revision)
        return revision

    # History

    def undo_label(self) -> Text | None:
        """Return the label of what undo would take back."""
        return self._label(journal.undo_target)

    def redo_label(self) -> Text | None:
        """Return the label of what redo would write again."""
        return self._label(journal.redo_target)

    def _label(self, choose: Callable[[Connection, int | None], tuple[int, int]]) -> Text | None:
        with self._database.read() as connection:
            try:
                return journal.revision(connection, choose(connection, None)[0]).text
            except UndoBlocked:
                return None

    def history(self, limit: int = 10_000) -> list[Revision]:
        """Return the revisions, newest first."""
        with self._database.read() as connection:
            last = journal.last_revision(connection)
            return journal.revisions(connection, "r.id > :first", {"first": last - limit})

    def standing(self) -> frozenset[int]:
        """Return the numbers of the revisions that stand: neither undone nor themselves an undo."""
        with self._database.read() as connection:
            return frozenset(journal.stack(connection).standing)

    def changes_of(self, number: int, limit: int = 2_000) -> list[FieldChange]:
        """Return what a revision did, field by field."""
        with self._database.read() as connection:
            return history.revision_changes(connection, number, limit)

    def history_of(self, kind: str, id: int, column: str | None = None, limit: int = 200) -> list[FieldChange]:
        """Return the history of a record or of one of its columns, newest first."""
        with self._database.read() as connection:
            return history.record_changes(connection, kind, id, column, limit)

    # Exports

    def remember_export(self, export: Export) -> bool:
        """Write down what was exported, as no revision; return False where the file cannot be written."""
        if not self._database.writable:
            return False
        with self._writing, self._database.write() as connection:
            exports.remember_export(connection, export)
        return True

    def known_export(self, id: str) -> Export | None:
        """Return the export of that id, None when this file does not know it."""
        with self._database.read() as connection:
            return exports.known_export(connection, id)

    # The file

    def check(self) -> list[Text]:
        """Return what is wrong with the file, nothing for a sound one."""
        with self._database.read() as connection:
            return checking.faults(connection)

    def checksum(self) -> str:
        """Return a SHA-256 over all records."""
        with self._database.read() as connection:
            return checking.checksum(connection)

    def save_copy(self, target: Path) -> None:
        """Write a whole, verified copy under another name."""
        copy_to(self._database, target)
