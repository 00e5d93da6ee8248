"""Edits of one record, each as one revision with a label that says what it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storage.domain.changes import ChangeSet, delete, update
from storage.domain.fields import Field
from storage.domain.quantities import Quantity
from storage.domain.text import Text, msg
from ui.bridge import Bridge


@dataclass(frozen=True)
class RecordWriter:
    """Writes to the record of a kind and id; `name` is what labels call it."""

    bridge: Bridge
    kind: str
    id: int
    name: str

    def save(self, field: Field, before: Any, after: Any) -> None:
        """Change one field; raise CatalogueError (StaleChange when it is no longer as seen), nothing written then."""
        change = update(self.kind, self.id, seen_columns(field, before), new_columns(self.kind, field, before, after))
        self._perform(ChangeSet.of([change]), msg("Change {field} of {name}", field=field.label, name=self.name))

    def delete(self) -> None:
        """Delete the record; the toast offers to take it back."""
        self._perform(ChangeSet.of([delete(self.kind, self.id)]), msg("Delete {name}", name=self.name))

    def _perform(self, changes: ChangeSet, label: Text) -> None:
        self.bridge.perform(changes, label)


def seen_columns(field: Field, value: Any) -> dict[str, Any]:
    """Return the stored columns of a value that the user saw; of a blank one only those that are blank for sure."""
    columns = field.write(value)
    return columns if value is not None else {name: stored for name, stored in columns.items() if stored is None}


def new_columns(kind: str, field: Field, before: Any, after: Any) -> dict[str, Any]:
    """Return the stored columns of a value that takes another's place, with those that it makes untrue."""
    columns = field.write(after)
    if kind == "observation" and isinstance(before, Quantity) and _figures(before) != _figures(after):
        # another figure is no longer what the source says in its own words
        columns["value_text"] = None
    return columns


def _figures(quantity: Quantity | None) -> tuple[float | None, ...]:
    """The value in plain units; where there are bounds alone, these."""
    if quantity is None:
        return ()
    given = (quantity.low, quantity.high) if quantity.value is None else (quantity.value,)
    return tuple(None if one is None else one * quantity.multiplier for one in given)
