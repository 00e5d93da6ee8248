"""One record as the inspector's sections read it; what several of them need is read once. No widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from storage.domain.fields import Ref
from storage.domain.query import AnyOf, Condition, Order, Query, Where
from storage.domain.summary import Point, Series, Summary

if TYPE_CHECKING:
    from storage.catalogue import Catalogue

ENTITIES = ("cluster", "organisation", "region")
SHOWN_RECORDS = 40
SHOWN_FIGURES = 200
MOST_RECORDS = 1_000

Record = dict[str, Any]


class Reading:
    """Reads from a catalogue on any thread; made anew for every time that a record is shown."""

    def __init__(self, catalogue: Catalogue, kind: str, id: int) -> None:
        self.catalogue = catalogue
        self.kind = kind
        self.id = id

    def records(self, kind: str, where: Condition, order: str = "", limit: int = MOST_RECORDS) -> list[Record]:
        """Return records as values by field key, with their `id`, at most `limit`."""
        orders = (Order(order),) if order else ()
        ids = self.catalogue.ids(Query(kind, where, orders))[:limit]
        return self.by_id(kind, [int(id) for id in ids])

    def by_id(self, kind: str, ids: Sequence[int]) -> list[Record]:
        """Return records as values by field key, with their `id`, in the order of the ids."""
        fields = [field for field in self.catalogue.kinds[kind].fields if field.editable and not field.multiple]
        keys = [field.key for field in fields]
        rows = self.catalogue.rows(kind, ids, fields)
        return [{"id": id, **dict(zip(keys, row, strict=True))} for id, row in zip(ids, rows, strict=True)]

    @cached_property
    def relations(self) -> list[Record]:
        """The relations of an entity, in both directions."""
        return self.records("relation", AnyOf((Where("subject_id", "=", self.id), Where("object_id", "=", self.id))))

    @cached_property
    def figures(self) -> list[Record]:
        """The figures of a metric or a source, newest first, at most SHOWN_FIGURES."""
        where = Where("metric_id" if self.kind == "metric" else "source", "=", self.id)
        ids = self.catalogue.ids(Query("observation", where, (Order("period", down=True),)))
        return self.by_id("observation", [int(id) for id in ids[:SHOWN_FIGURES]])

    @cached_property
    def figure(self) -> Record:
        """The one figure that is shown."""
        return self.by_id("observation", [self.id])[0]

    @cached_property
    def series(self) -> list[Series]:
        """The series of an entity, those of a metric's newest records, or those beside one figure."""
        if self.kind in ENTITIES:
            return self.catalogue.series(Summary((self.id,)))
        if self.kind == "metric":
            entities = tuple(dict.fromkeys(figure["entity_id"].id for figure in self.figures))[:SHOWN_RECORDS]
            return self.catalogue.series(Summary(entities, (self.id,)))
        if self.kind == "observation" and self.figure["entity_id"] is not None:
            return self.catalogue.series(Summary((self.figure["entity_id"].id,), (self.figure["metric_id"].id,)))
        return []

    @cached_property
    def points(self) -> list[Point]:
        """All figures of the series; for one figure that one alone."""
        found = [point for series in self.series for point in series.points]
        return [point for point in found if self.kind != "observation" or point.observation == self.id]

    @cached_property
    def unit_codes(self) -> dict[int, str]:
        """The codes of the units in the series ("KRW"), by id."""
        return self.codes_of([series.unit for series in self.series])

    def codes_of(self, units: Sequence[Ref | None]) -> dict[int, str]:
        """Return the codes of units by id."""
        ids = sorted({unit.id for unit in units if unit is not None})
        code = self.catalogue.kinds["unit"].field("code")
        return {id: str(row[0]) for id, row in zip(ids, self.catalogue.rows("unit", ids, [code]), strict=True)}
