"""The one declaration of every record: columns, keys and Fields."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from storage.domain import vocabulary as words
from storage.domain.fields import Field, FieldType, Number, PeriodOf, QuantityOf, Reference, Words, YesNo
from storage.domain.text import Text as Label
from storage.domain.text import msg

NAMING = {
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}  # fmt: skip


class Base(DeclarativeBase):
    """Every table of a catalogue."""

    metadata = MetaData(naming_convention=NAMING)


class Record(Base):
    """A table whose rows are journaled; ids are never used again."""

    __abstract__ = True
    __table_args__: Any = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)


def column(label: Label, kind: FieldType, *, required: bool = False, listed: bool = True,
           on_delete: str | None = None) -> MappedColumn[Any]:  # fmt: skip
    """Declare a column that people see, with its Field; `on_delete` says what becomes of it without its record."""
    field = Field("", label, kind, required=required, listed=listed)
    if isinstance(kind, Reference):
        table = "entity" if kind.kind in ("cluster", "organisation", "region") else kind.kind
        rule = on_delete or ("CASCADE" if required else "SET NULL")
        return mapped_column(ForeignKey(f"{table}.id", ondelete=rule), nullable=not required, info={"field": field})
    return mapped_column(nullable=not required, info={"field": field})


def words_column(label: Label, *, long: bool = False, required: bool = False, listed: bool = True) -> MappedColumn[Any]:
    """Declare a column of text."""
    field = Field("", label, Words(long), required=required, listed=listed)
    return mapped_column(Text, nullable=not required, info={"field": field})


class Entity(Record):
    """A cluster, an organisation or a region: whatever figures and relations are about."""

    __tablename__ = "entity"
    __mapper_args__: dict[str, Any] = {"polymorphic_on": "kind", "polymorphic_abstract": True}
    __table_args__: Any = (Index("ix_entity_kind_name", "kind", "name"), {"sqlite_autoincrement": True})
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = words_column(msg("Name"), required=True)
    name_ko: Mapped[str | None] = words_column(msg("Korean name"))
    code: Mapped[str | None] = words_column(msg("Code"), listed=False)
    code_system: Mapped[str | None] = words_column(msg("Code system"), listed=False)
    latitude: Mapped[float | None] = column(msg("Latitude"), Number(-90, 90), listed=False)
    longitude: Mapped[float | None] = column(msg("Longitude"), Number(-180, 180), listed=False)
    url: Mapped[str | None] = words_column(msg("Web address"), listed=False)
    note: Mapped[str | None] = words_column(msg("Note"), long=True, listed=False)


class Cluster(Entity):
    """A techno valley, science park, complex, zone or corridor."""

    __tablename__ = "cluster"
    __table_args__: Any = ()
    __mapper_args__: dict[str, Any] = {"polymorphic_identity": "cluster"}
    id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True)
    type: Mapped[str | None] = column(msg("Type"), words.CLUSTER_TYPES)
    status: Mapped[str | None] = column(msg("Status"), words.CLUSTER_STATUSES)
    since: Mapped[str | None] = column(msg("Since"), PeriodOf())
    since_start: Mapped[str | None]
    since_end: Mapped[str | None]


class Organisation(Entity):
    """A firm, university, institute, agency, body or person."""

    __tablename__ = "organisation"
    __table_args__: Any = ()
    __mapper_args__: dict[str, Any] = {"polymorphic_identity": "organisation"}
    id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True)
    type: Mapped[str | None] = column(msg("Type"), words.ORGANISATION_TYPES)
    helix: Mapped[str | None] = column(msg("Helix role"), words.HELIX_ROLES)
    since: Mapped[str | None] = column(msg("Since"), PeriodOf())
    since_start: Mapped[str | None]
    since_end: Mapped[str | None]


class Region(Entity):
    """A nation, province, municipality or other reference area of figures."""

    __tablename__ = "region"
    __table_args__: Any = ()
    __mapper_args__: dict[str, Any] = {"polymorphic_identity": "region"}
    id: Mapped[int] = mapped_column(ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[str | None] = column(msg("Level"), words.REGION_LEVELS)


class Source(Record):
    """A document or data set that figures come from."""

    __tablename__ = "source"
    title: Mapped[str] = words_column(msg("Title"), required=True)
    type: Mapped[str | None] = column(msg("Type"), words.SOURCE_TYPES)
    publisher: Mapped[str | None] = words_column(msg("Publisher"))
    author: Mapped[str | None] = words_column(msg("Author"))
    language: Mapped[str | None] = column(msg("Language"), words.LANGUAGES)
    published: Mapped[str | None] = column(msg("Published"), PeriodOf())
    published_start: Mapped[str | None]
    published_end: Mapped[str | None]
    url: Mapped[str | None] = words_column(msg("Web address"), listed=False)
    note: Mapped[str | None] = words_column(msg("Note"), long=True, listed=False)


class Passage(Record):
    """A place in a source, with its words."""

    __tablename__ = "passage"
    source_id: Mapped[int] = column(msg("Source"), Reference("source"), required=True)
    locator: Mapped[str] = words_column(msg("Locator"), required=True)
    quote: Mapped[str | None] = words_column(msg("Quote"), long=True)
    language: Mapped[str | None] = column(msg("Language"), words.LANGUAGES, listed=False)
    note: Mapped[str | None] = words_column(msg("Note"), long=True, listed=False)


class Alias(Record):
    """Another name of an entity, by language, script, validity and source."""

    __tablename__ = "alias"
    entity_id: Mapped[int] = column(msg("Record"), Reference("entity"), required=True)
    name: Mapped[str] = words_column(msg("Name"), required=True)
    type: Mapped[str | None] = column(msg("Type"), words.ALIAS_TYPES)
    language: Mapped[str | None] = column(msg("Language"), words.LANGUAGES)
    script: Mapped[str | None] = column(msg("Script"), words.SCRIPTS, listed=False)
    valid: Mapped[str | None] = column(msg("Valid"), PeriodOf())
    valid_start: Mapped[str | None]
    valid_end: Mapped[str | None]
    source_id: Mapped[int | None] = column(msg("Source"), Reference("source"))
    note: Mapped[str | None] = words_column(msg("Note"), long=True, listed=False)


class Relation(Record):
    """What one entity is to another, and when."""

    __tablename__ = "relation"
    subject_id: Mapped[int] = column(msg("Subject"), Reference("entity"), required=True)
    type: Mapped[str] = column(msg("Relation"), words.RELATION_TYPES, required=True)
    object_id: Mapped[int] = column(msg("Object"), Reference("entity"), required=True)
    role: Mapped[str | None] = words_column(msg("Role"))
    valid: Mapped[str | None] = column(msg("Valid"), PeriodOf())
    valid_start: Mapped[str | None]
    valid_end: Mapped[str | None]
    passage_id: Mapped[int | None] = column(msg("Passage"), Reference("passage"), listed=False)
    note: Mapped[str | None] = words_column(msg("Note"), long=True, listed=False)


class Sector(Record):
    """A code of a classification of industries."""

    __tablename__ = "sector"
    __table_args__: Any = (
        Index("uq_sector_code", "classification", "code", unique=True), {"sqlite_autoincrement": True},
    )  # fmt: skip
    classification: Mapped[str] = words_column(msg("Classification"), required=True)
    code: Mapped[str] = words_column(msg("Code"), required=True)
    name: Mapped[str] = words_column(msg("Name"), required=True)
    name_ko: Mapped[str | None] = words_column(msg("Korean name"))
    parent_id: Mapped[int | None] = column(msg("Parent"), Reference("sector"), listed=False)


class Specialisation(Record):
    """A sector in which an entity works or is meant to work."""

    __tablename__ = "specialisation"
    entity_id: Mapped[int] = column(msg("Record"), Reference("entity"), required=True)
    sector_id: Mapped[int] = column(msg("Sector"), Reference("sector"), required=True)
    role: Mapped[str | None] = column(msg("Role"), words.SECTOR_ROLES)
    passage_id: Mapped[int | None] = column(msg("Passage"), Reference("passage"), listed=False)


class Unit(Record):
    """A unit of measure; `factor` leads to the base unit of its dimension."""

    __tablename__ = "unit"
    __table_args__: Any = (Index("uq_unit_code", "code", unique=True), {"sqlite_autoincrement": True})
    code: Mapped[str] = words_column(msg("Code"), required=True)
    name: Mapped[str] = words_column(msg("Name"), required=True)
    name_ko: Mapped[str | None] = words_column(msg("Korean name"))
    dimension: Mapped[str | None] = words_column(msg("Dimension"))
    factor: Mapped[float | None] = column(msg("Factor to base unit"), Number())


class Metric(Record):
    """An indicator that is observed: its meaning, unit and how it adds up."""

    __tablename__ = "metric"
    name: Mapped[str] = words_column(msg("Name"), required=True)
    name_ko: Mapped[str | None] = words_column(msg("Korean name"))
    code: Mapped[str | None] = words_column(msg("Code"), listed=False)
    unit_id: Mapped[int | None] = column(msg("Unit"), Reference("unit"), on_delete="RESTRICT")
    nature: Mapped[str | None] = column(msg("Nature"), words.METRIC_NATURES)
    aggregation: Mapped[str | None] = column(msg("Aggregation"), words.AGGREGATIONS)
    statistical_unit: Mapped[str | None] = words_column(msg("Statistical unit"))
    legal_basis: Mapped[str | None] = words_column(msg("Legal basis"), listed=False)
    definition: Mapped[str | None] = words_column(msg("Definition"), long=True)


SERIES_KEY = (
    "entity_id", "metric_id", text("coalesce(sector_id, 0)"), text("coalesce(period_start, period, '')"),
    text("coalesce(period_end, '')"), "scope", "scenario", "measure",
)  # fmt: skip


class Observation(Record):
    """One figure: its key, its value with bounds, and where it stands."""

    __tablename__ = "observation"
    __table_args__: Any = (
        Index("ix_observation_series", "metric_id", "entity_id", "period_start"),
        Index(
            "uq_observation_key", *SERIES_KEY, text("coalesce(passage_id, 0)"), unique=True,
        ),
        Index(
            "uq_observation_preferred", *SERIES_KEY, unique=True, sqlite_where=text("preferred"),
        ),
        CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="bounds"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip
    entity_id: Mapped[int] = column(msg("Record"), Reference("entity"), required=True)
    metric_id: Mapped[int] = column(msg("Metric"), Reference("metric"), required=True)
    # a figure of one industry must not become one of them all
    sector_id: Mapped[int | None] = column(msg("Sector"), Reference("sector"), listed=False, on_delete="CASCADE")
    period: Mapped[str | None] = column(msg("Period"), PeriodOf())
    period_start: Mapped[str | None]
    period_end: Mapped[str | None]
    value: Mapped[float | None] = column(msg("Value"), QuantityOf())
    low: Mapped[float | None]
    high: Mapped[float | None]
    precision: Mapped[str] = mapped_column(Text, server_default="exact", info={"choice": words.PRECISION_OPTIONS})
    multiplier: Mapped[float] = mapped_column(server_default="1.0")
    value_text: Mapped[str | None] = words_column(msg("As given"))
    unit_id: Mapped[int | None] = column(msg("Unit"), Reference("unit"), on_delete="RESTRICT")
    scope: Mapped[str] = mapped_column(Text, server_default="", info={"field": Field("", msg("Scope"), Words())})
    scenario: Mapped[str] = mapped_column(
        Text, server_default="actual", info={"field": Field("", msg("Scenario"), words.SCENARIOS)}
    )
    measure: Mapped[str] = mapped_column(
        Text, server_default="level", info={"field": Field("", msg("Measure"), words.MEASURES, listed=False)}
    )
    base: Mapped[str | None] = column(msg("Base period"), PeriodOf(), listed=False)
    base_start: Mapped[str | None]
    base_end: Mapped[str | None]
    status: Mapped[str] = mapped_column(
        Text, server_default="A", info={"field": Field("", msg("Status"), words.STATUSES)}
    )
    preferred: Mapped[bool] = mapped_column(server_default="0", info={"field": Field("", msg("Preferred"), YesNo())})
    reason: Mapped[str | None] = words_column(msg("Reason for preference"), long=True, listed=False)
    passage_id: Mapped[int | None] = column(msg("Passage"), Reference("passage"))
    locator: Mapped[str | None] = words_column(msg("Cell or line"), listed=False)
    note: Mapped[str | None] = words_column(msg("Note"), long=True, listed=False)


class View(Record):
    """A question that was given a name."""

    __tablename__ = "view"
    name: Mapped[str] = words_column(msg("Name"), required=True)
    page: Mapped[str] = words_column(msg("Page"), required=True)
    definition: Mapped[str] = words_column(msg("Definition"), long=True, required=True, listed=False)


class Recipe(Record):
    """How a workbook was read, remembered by the fingerprint of its headers."""

    __tablename__ = "recipe"
    name: Mapped[str] = words_column(msg("Name"), required=True)
    fingerprint: Mapped[str] = words_column(msg("Fingerprint"), required=True, listed=False)
    definition: Mapped[str] = words_column(msg("Definition"), long=True, required=True, listed=False)
    source_id: Mapped[int | None] = column(msg("Source"), Reference("source"))


class RevisionRow(Base):
    """An applied change set in the journal."""

    __tablename__ = "revision"
    __table_args__: Any = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(Text)
    label_values: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    target: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    change_count: Mapped[int] = mapped_column(server_default="0")
    tables: Mapped[str] = mapped_column(Text, server_default="")


class ChangeRow(Base):
    """One row before and after, written by triggers alone."""

    __tablename__ = "change"
    __table_args__: Any = (Index("ix_change_row", "record_table", "row_id", "revision_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    record_table: Mapped[str] = mapped_column(Text)
    row_id: Mapped[int]
    action: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class Writing(Base):
    """The revision that is being written; empty between writes, so that no write passes the journal."""

    __tablename__ = "writing"
    __table_args__: Any = (CheckConstraint("id = 1", name="single"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int]


class Setting(Base):
    """What belongs to the file itself: its id, made at creation."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


def _index_references() -> None:
    """Index every reference with which no other index begins: without one, deleting a record reads whole tables.

    Blanks are left out, or SQLite would look for "no sector" in an index where nearly every row is the same.
    """
    for part in Base.metadata.sorted_tables:
        leading = {next(iter(index.columns)).name for index in part.indexes if index.dialect_kwargs == {}}
        for reference in part.columns:
            if reference.foreign_keys and not reference.primary_key and reference.name not in leading:
                Index(None, reference, sqlite_where=reference.is_not(None) if reference.nullable else None)


_index_references()
