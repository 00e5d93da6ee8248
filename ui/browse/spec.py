"""What makes one page of records different from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.domain.fields import Field
from storage.domain.query import Order
from storage.domain.text import Text
from ui.models.columns import METRIC


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A kind of record and how it is listed.

    `columns` are the usual ones, followed by `figures` metrics; `new_fields` are asked for a new record,
    and the records with the most `pose_by` make a good picture. Of what is
    `collectable` others can be asked for figures.
    """

    kind: str
    columns: tuple[str, ...]
    new_fields: tuple[str, ...]
    new_text: Text
    none_yet: Text
    figures: int = 0
    comparable: bool = False
    collectable: bool = False
    order: tuple[Order, ...] = ()
    pose_by: str = "figures"

    def usual_columns(self, fields: Sequence[Field]) -> tuple[str, ...]:
        """Return the keys of the columns that are shown until the user chooses others."""
        metrics = [field.key for field in fields if field.key.startswith(METRIC)]
        return (*self.columns, *metrics[: self.figures])
