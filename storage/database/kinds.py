"""Every kind of record with its Fields, read off the models, and the fields that SQL works out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, Table, func, select
from sqlalchemy.sql.elements import ColumnElement

from storage.database.tables import default_of, table, tables_of
from storage.domain.fields import Choice, Field, FieldType, Number, RecordKind, Reference, References
from storage.domain.text import Text, msg

FIXED = ("id", "kind")  # what a record keeps from its making


@dataclass(frozen=True)
class Link:
    """A link table: which of its columns is this record, which the other, and which rows count."""

    field: Field
    owner: Column[Any]
    target: Column[Any]
    only: ColumnElement[bool] | None = None

    def rows(self) -> Select[Any]:
        """Select (owner, target) pairs."""
        pairs = select(self.owner.label("owner"), self.target.label("target"))
        return pairs if self.only is None else pairs.where(self.only)


@dataclass(frozen=True)
class Derived:
    """A field that SQL works out for each record; `through` is the reference and the table where it simply lies."""

    field: Field
    expression: ColumnElement[Any]
    through: tuple[Column[Any], Column[Any]] | None = None


@dataclass(frozen=True)
class Rules:
    """What a written record must keep to; `types` are the columns that may be written, as Python keeps them."""

    required: frozenset[str]
    choices: dict[str, frozenset[str]]
    defaults: dict[str, Any]
    references: frozenset[str]
    labels: dict[str, Text]
    types: dict[str, type]
    bounds: dict[str, Number]

    def label(self, column: str) -> Text:
        """Return what people call the column."""
        return self.labels.get(column, Text(column))


def _fields(kind: str) -> tuple[Field, ...]:
    return tuple(
        replace(column.info["field"], key=column.name, default=default_of(column))
        for part in tables_of(kind)
        for column in part.columns
        if "field" in column.info
    )


def _derived_field(key: str, label: Text, type: FieldType, *, listed: bool = True) -> Field:
    return Field(key, label, type, listed=listed, editable=False)


def _count(label: Text, key: str, other: Table, column: str, own: Table) -> Derived:
    amount = select(func.count()).where(other.c[column] == own.c.id).scalar_subquery()
    return Derived(_derived_field(key, label, Number(whole=True)), amount)


entity, relation, observation = table("entity"), table("relation"), table("observation")
passage, metric, source = table("passage"), table("metric"), table("source")

PLACE = Link(
    _derived_field("place", msg("Place"), References("entity")),
    relation.c.subject_id, relation.c.object_id, relation.c.type.in_(("located in", "part of")),
)  # fmt: skip
SECTORS = Link(
    _derived_field("sectors", msg("Industries"), References("sector")),
    table("specialisation").c.entity_id, table("specialisation").c.sector_id,
)  # fmt: skip
OPERATORS = Link(
    _derived_field("operator", msg("Operator"), References("entity"), listed=False),
    relation.c.object_id, relation.c.subject_id, relation.c.type.in_(("operates", "leads")),
)  # fmt: skip
LINKS: dict[str, tuple[Link, ...]] = {
    "cluster": (PLACE, SECTORS, OPERATORS), "organisation": (PLACE, SECTORS), "region": (PLACE,),
}  # fmt: skip

FIGURES = _count(msg("Figures"), "figures", observation, "entity_id", entity)
RELATIONS = Derived(
    _derived_field("relations", msg("Relations"), Number(whole=True), listed=False),
    select(func.count())
    .where((relation.c.subject_id == entity.c.id) | (relation.c.object_id == entity.c.id))
    .scalar_subquery(),
)


def _competing() -> Derived:
    other = observation.alias("competing")
    parts = ("entity_id", "metric_id", "sector_id", "period_start", "period_end", "scope", "scenario", "measure")
    same_key = [other.c[name].is_not_distinct_from(observation.c[name]) for name in parts]
    differs = [other.c.id != observation.c.id, observation.c.period_start.is_not(None)]
    amount = select(func.count()).where(*same_key, *differs).scalar_subquery()
    return Derived(_derived_field("competing", msg("Competing figures"), Number(whole=True), listed=False), amount)


DERIVED: dict[str, tuple[Derived, ...]] = {
    "cluster": (FIGURES, RELATIONS),
    "organisation": (FIGURES, RELATIONS),
    "region": (FIGURES, RELATIONS),
    "metric": (
        _count(msg("Figures"), "figures", observation, "metric_id", metric),
        Derived(
            _derived_field("records", msg("Records"), Number(whole=True)),
            select(func.count(func.distinct(observation.c.entity_id)))
            .where(observation.c.metric_id == metric.c.id)
            .scalar_subquery(),
        ),
    ),
    "source": (
        Derived(
            _derived_field("figures", msg("Figures"), Number(whole=True)),
            select(func.count())
            .select_from(observation.join(passage, observation.c.passage_id == passage.c.id))
            .where(passage.c.source_id == source.c.id)
            .scalar_subquery(),
        ),
        _count(msg("Passages"), "passages", passage, "source_id", source),
    ),
    "observation": (
        Derived(
            _derived_field("source", msg("Source"), Reference("source")),
            select(passage.c.source_id).where(passage.c.id == observation.c.passage_id).scalar_subquery(),
            (observation.c.passage_id, passage.c.source_id),
        ),
        _competing(),
        Derived(
            _derived_field("entity_kind", msg("Kind of record"), Choice(()), listed=False),
            select(entity.c.kind).where(entity.c.id == observation.c.entity_id).scalar_subquery(),
        ),
    ),
}

LABELS: dict[str, tuple[Text, Text, tuple[str, ...]]] = {
    "cluster": (msg("Cluster"), msg("Clusters"), ("type", "place", "sectors", "status")),
    "organisation": (msg("Organisation"), msg("Organisations"), ("type", "helix", "place", "sectors")),
    "region": (msg("Region"), msg("Regions"), ("level", "place", "code_system")),
    "alias": (msg("Alias"), msg("Aliases"), ("type", "language")),
    "relation": (msg("Relation"), msg("Relations"), ("type",)),
    "sector": (msg("Sector"), msg("Sectors"), ("classification",)),
    "specialisation": (msg("Specialisation"), msg("Specialisations"), ("role",)),
    "unit": (msg("Unit"), msg("Units"), ("dimension",)),
    "metric": (msg("Metric"), msg("Metrics"), ("nature", "unit_id", "aggregation")),
    "observation": (
        msg("Observation"), msg("Data"),
        ("metric_id", "scenario", "status", "scope", "source", "precision", "preferred"),
    ),
    "source": (msg("Source"), msg("Sources"), ("type", "publisher", "language")),
    "passage": (msg("Passage"), msg("Passages"), ("source_id",)),
    "view": (msg("Saved view"), msg("Saved views"), ("page",)),
    "recipe": (msg("Recipe"), msg("Recipes"), ()),
}  # fmt: skip


def _kind(key: str) -> RecordKind:
    label, plural, facets = LABELS[key]
    own = _fields(key)
    worked_out = (*(link.field for link in LINKS.get(key, ())), *(d.field for d in DERIVED.get(key, ())))
    return RecordKind(key, label, plural, own + worked_out, facets, key in ("cluster", "organisation", "region"))


KINDS: dict[str, RecordKind] = {key: _kind(key) for key in LABELS}


@cache
def checks(kind: str) -> Rules:
    """Return what a record of the kind must keep to."""
    columns = [column for part in tables_of(kind) for column in part.columns]
    fields = {column.name: column.info["field"] for column in columns if "field" in column.info}
    choices = {name: field.type for name, field in fields.items() if isinstance(field.type, Choice)}
    choices |= {column.name: column.info["choice"] for column in columns if "choice" in column.info}
    return Rules(
        required=frozenset(name for name, field in fields.items() if field.required),
        choices={name: frozenset(o.key for o in kind.options) for name, kind in choices.items()},
        defaults={column.name: default_of(column) for column in columns if column.server_default is not None},
        references=frozenset(column.name for column in columns if column.foreign_keys and column.name != "id"),
        labels={name: field.label for name, field in fields.items()},
        types={column.name: column.type.python_type for column in columns if column.name not in FIXED},
        bounds={name: field.type for name, field in fields.items() if isinstance(field.type, Number)},
    )
