"""The writes of a page of records: each one revision, in a job when it is large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from storage.domain.changes import Change, ChangeSet, Revision, delete, insert, update
from storage.domain.fields import Field
from storage.domain.text import Text, msg
from storage.errors import CatalogueError, StaleChange
from ui.inspector.writing import new_columns, seen_columns
from ui.job import Progress
from ui.language import current_code, tr
from ui.models.columns import metric_of
from ui.page import Context

AT_ONCE = 300

Done = Callable[[Revision], object]
Failed = Callable[[CatalogueError], object]


def change_of(kind: str, record_id: int, field: Field, before: Any, after: Any) -> Change | None:
    """Return the change of a field from one value to another, None where they are stored alike."""
    if field.write(before) == field.write(after):
        return None
    return update(kind, record_id, seen_columns(field, before), new_columns(kind, field, before, after))


class Writer(QObject):
    """Writes changes to records of one kind."""

    def __init__(self, context: Context, kind: str, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind

    def name(self, record_id: int) -> str:
        """Return what a record is called."""
        found = self._context.bridge.catalogue.refs(self._kind, [record_id])
        return found[record_id].label(current_code()) if record_id in found else f"#{record_id}"

    def edit(self, record_id: int, field: Field, before: Any, after: Any) -> None:
        """Change one field of one record, or the figure that it shows; raises CatalogueError, nothing written then."""
        catalogue, called = self._context.bridge.catalogue, field.label
        if (metric := metric_of(field)) is None:
            change = change_of(self._kind, record_id, field, before, after)
        else:
            called = Text(catalogue.refs("metric", [metric])[metric].label(current_code()))
            change = self._figure_change(record_id, metric, before, after)
        if change is not None:
            label = msg("Change {field} of {name}", field=called, name=self.name(record_id))
            self._context.bridge.perform(ChangeSet.of([change]), label)

    def _figure_change(self, record_id: int, metric: int, before: Any, after: Any) -> Change | None:
        catalogue = self._context.bridge.catalogue
        figure = catalogue.latest_figure(record_id, metric)
        if figure is None:
            raise StaleChange(msg("The figure is no longer there; nothing was written."))
        return change_of("observation", figure, catalogue.kinds["observation"].field("value"), before, after)

    def add(self, values: dict[str, Any]) -> int:
        """Make a record of stored columns; return its id. Raises CatalogueError."""
        kind = self._context.bridge.catalogue.kinds[self._kind]
        label = msg("Add {kind}", kind=kind.label)
        revision = self._context.bridge.perform(ChangeSet.of([insert(self._kind, values, -1)]), label)
        return revision.new_ids[-1]

    def delete(self, ids: Sequence[int]) -> None:
        """Delete records without asking; the toast offers to undo it."""
        if len(ids) == 1:
            label = msg("Delete {name}", name=self.name(ids[0]))
        else:
            label = msg("Delete {n} records", n=f"{len(ids):,}")
        self.apply([delete(self._kind, id) for id in ids], label, self._show_trouble)

    def apply(self, changes: Sequence[Change], label: Text, failed: Failed, done: Done | None = None) -> None:
        """Write changes as one revision, many of them in a job; `failed` hears why nothing was written."""
        written = ChangeSet.of(changes)
        bridge = self._context.bridge
        if len(changes) > AT_ONCE:

            def work(_progress: Progress) -> Revision:
                return bridge.perform(written, label)

            self._context.jobs.run(tr(label), work, done or _nothing, failed)
            return
        try:
            revision = bridge.perform(written, label)
        except CatalogueError as error:
            failed(error)
            return
        if done is not None:
            done(revision)

    def _show_trouble(self, error: CatalogueError) -> None:
        self._context.toast(error.text)


def _nothing(_revision: Revision) -> None:
    """Leave it at that: the toast says what was written."""
